"""Change a key in the .bib files and in every document.

Shows what would change. With --yes it is written: all files or none.
Citing roles, lists of sources and the fields crossref, xdata, xref, related,
entryset and ids are followed; code blocks and comments are left alone.

examples:
  python -m sphinx_annals.citations rename heinzig2004 heinzig2004soviet
  python -m sphinx_annals.citations rename heinzig2004 heinzig2004soviet --yes
"""

import argparse
import difflib
from collections.abc import Iterator
from pathlib import Path

from sphinx_annals.citations.bib import Span, is_named, named, parse, replaced
from sphinx_annals.citations.cli.output import Arguments, Output, count, printable
from sphinx_annals.citations.cli.writing import NOT_YET, Change, read_utf8, valid_key, write
from sphinx_annals.citations.scan import Project, ProjectError, scan, shown
from sphinx_annals.text import did_you_mean

ARGUMENTS: Arguments = {
    "old": {"metavar": "OLD", "help": "the key as it is"},
    "new": {"metavar": "NEW", "help": "the key as it shall be"},
    "--yes": {"action": "store_true", "help": "write the changes"},
}
Found = tuple[Path, str, list[Span]]
"""A file, its text, and where that names the key."""


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    """Show the changes, write them with --yes; 1 if the renaming is refused."""
    refusal = _refusal(args.old, args.new, project)
    if refusal:
        out.complain(refusal)
        return 1
    changes = [
        Change(path, text, replaced(text, spans, args.new), len(set(spans)))
        for path, text, spans in (*_in_bibliography(args.old, project), *_cited(args.old, project))
        if spans
    ]
    if project.unread:
        fault = project.unread[0]
        raise ProjectError(f"{shown(fault.path)}: {fault.message}; nothing is changed")
    for change in changes:
        _show(change, out)
    places = sum(change.places for change in changes)
    summary = f"{count(places, 'place')} in {count(len(changes), 'file')}"
    if args.yes:
        write(changes)
        out.line(f"Renamed {args.old} to {args.new}: {summary}.")
    else:
        out.line(f"Would rename {args.old} to {args.new}: {summary}. {NOT_YET}")
    return 0


def _refusal(old: str, new: str, project: Project) -> str:
    library = project.library
    if not valid_key(new):
        return f"{new!r} cannot be a key: use letters, digits and . _ : + / -"
    if old not in library.entries:
        main = library.aliases.get(old)
        if main:
            return f"{old!r} is another id of {main!r}; rename that, or edit its field “ids”"
        if not any(raw.key == old for read in project.sources for raw in read.entries):
            return f"no entry {old!r}{did_you_mean(old, library.near)}"
    taken = {raw.key.casefold(): raw.key for read in project.sources for raw in read.entries}
    other = library.aliases.get(new) or taken.get(new.casefold())
    if old == new or (other is not None and other != old):
        return f"{new!r} exists already" + ("" if other in (None, new) else f" ({other})")
    return ""


def _in_bibliography(old: str, project: Project) -> Iterator[Found]:
    known = False
    for path in (*project.bibfiles, *project.overlays):
        text = read_utf8(path)
        yield path, text, list(named(text, old))
        known = known or any(is_named(text, entry, old) for entry in parse(text).entries)
    if not known:
        raise ProjectError(f"no .bib file has the key {old!r} as it is cited; mend the entry first")


def _cited(old: str, project: Project) -> Iterator[Found]:
    names = {prefix + old for prefix in project.prefixes}
    for path, text in project.texts.items():
        cites = (cite for cite in scan(text, path.suffix) if cite.key in names)
        yield path, text, [Span(cite.end - len(old), cite.end) for cite in cites]


def _show(change: Change, out: Output) -> None:
    name = shown(change.path)
    before, after = (printable(text).split("\n") for text in (change.before, change.after))
    for line in difflib.unified_diff(before, after, name, name, n=1, lineterm=""):
        colour = {"-": "red", "+": "green", "@": "dim"}.get(line[:1], "")
        out.line(out.style(line, colour) if colour else line)
