"""Give an object another id, everywhere; the old one still leads to it.

Shows what would change. With --yes it is written: all files or none.
Directives, roles, options, filters, accounts, links such as [](#id) and
annals_acknowledged in conf.py are followed, in what documents include and in
translations as well; code blocks and comments are left alone. The old id becomes one of the
object's aliases, as do those of the provisions of a treaty.

examples:
  sphinx-annals rename treaty-signed treaty-signed-1950
  sphinx-annals rename treaty-signed treaty-signed-1950 --yes
"""

import argparse
import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sphinx_annals.annals.cli.book import Book
from sphinx_annals.annals.model import Kind
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.annals.scan import Stated, named_in_messages
from sphinx_annals.cli import Arguments, complain, read_utf8, rename
from sphinx_annals.sources import Directive, Edit, ProjectError, shown, strings
from sphinx_annals.text import did_you_mean, line_starts, newline_of

ARGUMENTS: Arguments = {
    "old": {"metavar": "OLD", "help": "the id as it is"},
    "new": {"metavar": "NEW", "help": "the id as it shall be"},
    "--yes": {"action": "store_true", "help": "write the changes"},
}
_CONF = "annals_acknowledged"


def run(args: argparse.Namespace, book: Book) -> int:
    """Show the changes, write them with --yes; 1 if the renaming is refused."""
    old, new = args.old, args.new
    refusal = _refusal(old, new, book)
    if refusal:
        complain(refusal)
        return 1
    for path, why in book.sources.unreadable.items():
        raise ProjectError(f"{shown(path)}: {why}; nothing is changed")
    renamed = _renamed(old, new, book)
    edits = {path: list(_edits(path, renamed, book)) for path in book.scans}
    edits |= {path: list(_in_messages(path, renamed)) for path in _translations(book)}
    edits[book.root / "conf.py"] = list(_in_conf(book.root / "conf.py", renamed))
    rename(old, new, edits, yes=args.yes)
    return 0


def _refusal(old: str, new: str, book: Book) -> str:
    try:
        convert.identifier(new)
    except ValueError as error:
        return str(error)
    if main := book.aliases.get(old):
        return f"{old!r} is a retired id of {main!r}; rename that, or edit its aliases"
    if old not in book.objects:
        return f"no object {old!r}{did_you_mean(old, book.objects)}"
    twice = [path for path, stated in book.stated if stated.id == old]
    if len(twice) > 1:
        return f"{old!r} is stated in {' and in '.join(map(shown, twice))}; give one another id"
    if new != old and book.aliases.get(new) == old:
        return ""  # back to what it was
    if new in book.objects or new in book.aliases:
        return f"{new!r} exists already; free is {book.free_id(new)!r}"
    return ""


def _renamed(old: str, new: str, book: Book) -> dict[str, str]:
    """Give the ids that change: with a treaty's those of its provisions that begin with it."""
    renamed = {old: new}
    if book.objects[old][1].kind is Kind.TREATY:
        for _, stated in book.stated:
            if stated.treaty == old and stated.id.startswith(f"{old}/"):
                renamed[stated.id] = new + stated.id.removeprefix(old)
    return renamed


def _edits(path: Path, renamed: Mapping[str, str], book: Book) -> Iterator[Edit]:
    """Give what changes in a source file."""
    text, found = book.sources.texts[path], book.scans[path]
    anchors = {convert.anchor(id): convert.anchor(new) for id, new in renamed.items()}
    holders = {book.objects[id][0] for id in renamed}
    for named in found.named:
        known: Mapping[str, str] = renamed if named.file is None else {**anchors, **renamed}
        if named.id in known and (not named.file or _leads_to(named.file, path, holders, book)):
            yield Edit(named.start, named.end, known[named.id])
    for stated in found.stated:
        if stated.id in renamed:
            yield from _restated(stated, renamed, text)


def _leads_to(file: str, path: Path, holders: Iterable[Path], book: Book) -> bool:
    """Tell whether a link with a file leads to where objects stand, or to what includes that."""
    base = book.root if file.startswith("/") else path.parent
    leads = (base / file.lstrip("/")).resolve()
    around = (page for holder in holders for page in (holder, *book.sources.includers(holder)))
    return leads in {page.resolve() for page in around}


def _restated(stated: Stated, renamed: Mapping[str, str], text: str) -> Iterator[Edit]:
    """Give what changes where an object is stated: its id, and that the old one is retired."""
    old, new, directive = stated.id, renamed[stated.id], stated.directive
    added = []
    if ids := stated.lines("id"):
        yield Edit(ids[0].value.start, ids[0].value.end, new)
    elif stated.treaty not in renamed:  # else it is made of the treaty's
        added.append(f"id: {new}")
    if not (aliases := stated.lines("aliases")):
        added.append(f"aliases: {old}")
    elif new in stated.aliases:
        others = (alias for alias in stated.aliases if alias != new)
        yield Edit(aliases[0].value.start, aliases[-1].value.end, ", ".join((*others, old)))
    else:
        yield Edit(aliases[-1].value.end, aliases[-1].value.end, f", {old}")
    if added:
        newline = newline_of(text)
        above = ids[0].value if ids else directive.argument
        first = directive.options[0].start if directive.options else None
        lines = [_beginning(directive, text) + line for line in added]
        if first is not None and not ids:
            yield Edit(first, first, "".join(line + newline for line in lines))
        else:
            ends = re.compile(r"[\r\n]|\Z").search(text, above.end)
            at = ends.start() if ends else len(text)
            yield Edit(at, at, "".join(newline + line for line in lines))


def _beginning(directive: Directive, text: str) -> str:
    """Give what stands before the name of an option: blanks, and a colon but between hyphens."""
    if directive.options:
        found = re.compile(r"[ \t]*:?").match(text, directive.options[0].start)
        return found[0] if found else ""
    inner = "" if directive.mark else "   "
    return f"{directive.line[: directive.indent]}{inner}:"


def _translations(book: Book) -> Iterator[Path]:
    """Give the .po files of the project."""
    for name in strings(book.settings, "locale_dirs") or ["locales"]:
        yield from sorted((book.root / name).glob("*/LC_MESSAGES/**/*.po"))


def _in_messages(path: Path, renamed: Mapping[str, str]) -> Iterator[Edit]:
    """Give what changes in translations: they are found by the text that they translate."""
    for named in named_in_messages(read_utf8(path)):
        if named.id in renamed and not named.file:
            yield Edit(named.start, named.end, renamed[named.id])


def _in_conf(conf: Path, renamed: Mapping[str, str]) -> Iterator[Edit]:
    """Give what changes where conf.py acknowledges what was found of an object."""
    text = read_utf8(conf)
    starts = line_starts(text)
    for node in ast.parse(text.removeprefix("\ufeff")).body:
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(target, ast.Name) and target.id == _CONF for target in targets):
            for key in getattr(getattr(node, "value", None), "keys", ()):
                if isinstance(key, ast.Constant) and str(key.value) in renamed:
                    line = text[starts[key.lineno - 1] :].encode()
                    start, end = (
                        starts[key.lineno - 1] + len(line[:column].decode())
                        for column in (key.col_offset, key.end_col_offset or key.col_offset)
                    )
                    quote = text[end - 1]
                    yield Edit(start, end, f"{quote}{renamed[str(key.value)]}{quote}")
