"""Change a key in the .bib files and in every document.

Shows what would change. With --yes it is written: all files or none.
Citing roles, lists of sources, filters of lists and the fields crossref,
xdata, xref, related, entryset, ids and derivesfrom are followed; code blocks
and comments are left alone.

examples:
  python -m sphinx_annals.citations rename heinzig2004 heinzig2004soviet
  python -m sphinx_annals.citations rename heinzig2004 heinzig2004soviet --yes
"""

import argparse
import re
from collections.abc import Iterator
from functools import partial
from itertools import filterfalse
from pathlib import Path

from sphinx_annals.citations.bib import Span, is_named, named, parse, replaced
from sphinx_annals.citations.cli.keys import valid_key
from sphinx_annals.citations.formats import is_json
from sphinx_annals.citations.scan import Project
from sphinx_annals.cli import Arguments, Change, complain, count, offer, read_utf8
from sphinx_annals.sources import ProjectError, shown
from sphinx_annals.text import did_you_mean

ARGUMENTS: Arguments = {
    "old": {"metavar": "OLD", "help": "the key as it is"},
    "new": {"metavar": "NEW", "help": "the key as it shall be"},
    "--yes": {"action": "store_true", "help": "write the changes"},
}
Found = tuple[Path, str, set[Span]]
"""A file, its text, and where that names the key."""


def run(args: argparse.Namespace, project: Project) -> int:
    """Show the changes, write them with --yes; 1 if the renaming is refused."""
    old, new = args.old, args.new
    refusal = _refusal(old, new, project)
    if refusal:
        complain(refusal)
        return 1
    every = (*_in_bibliography(old, project), *_cited(old, project))
    found = [item for item in every if _count(old, item)]
    if project.unread:
        fault = project.unread[0]
        raise ProjectError(f"{shown(fault.path)}: {fault.message}; nothing is changed")
    changes = [Change(path, text, _renamed(text, spans, old, new)) for path, text, spans in found]
    places = count(sum(map(partial(_count, old), found)), "place")
    summary = f"{old} to {new}: {places} in {count(len(changes), 'file')}"
    offer(changes, f"rename {summary}", f"Renamed {summary}.", yes=args.yes)
    return 0


def _filters(old: str) -> re.Pattern[str]:
    """Match the key where the filter of a list, or of a group, names it as one."""
    head = r"^[ \t]*:?(?:filter|group):(?=[^\n]*\bkey\b)[^\n]*?"
    return re.compile(rf"({head}([\"']))(?i:{re.escape(old)})(\2)", re.MULTILINE)


def _renamed(text: str, spans: set[Span], old: str, new: str) -> str:
    # filters compare keys in small letters
    return _filters(old).sub(rf"\g<1>{new.lower()}\g<3>", replaced(text, spans, new))


def _count(old: str, found: Found) -> int:
    _, text, spans = found
    return len(spans) + len(_filters(old).findall(text))


def _refusal(old: str, new: str, project: Project) -> str:
    library = project.library
    taken = {raw.key.casefold(): raw.key for read in project.sources for raw in read.entries}
    if not valid_key(new):
        return f"{new!r} cannot be a key: use letters, digits and . _ : + / -"
    if main := library.aliases.get(old):
        return f"{old!r} is another id of {main!r}; rename that, or edit its field “ids”"
    if old not in (*library.entries, *taken.values()):
        return f"no entry {old!r}{did_you_mean(old, library.near)}"
    other = library.aliases.get(new) or taken.get(new.casefold())
    if other and (old == new or other != old):
        return f"{new!r} exists already" + ("" if other == new else f" ({other})")
    return ""


def _in_bibliography(old: str, project: Project) -> Iterator[Found]:
    known = False
    entry = project.library.get(old)
    if entry and is_json(Path(entry.path)):
        raise ProjectError(f"{old!r} is a key of CSL-JSON; change it where that is exported from")
    for path in filterfalse(is_json, (*project.bibfiles, *project.overlays)):
        text = read_utf8(path)
        yield path, text, set(named(text, old))
        known = known or any(is_named(text, entry, old) for entry in parse(text).entries)
    if not known:
        raise ProjectError(f"no .bib file has the key {old!r} as it is cited; mend the entry first")


def _cited(old: str, project: Project) -> Iterator[Found]:
    names = {prefix + old for prefix in project.prefixes}
    for path, text in project.texts.items():
        cites = (cite for cite in project.scanned(path, text) if cite.key in names)
        # the prefix of a list stays
        yield path, text, {Span(cite.end - len(old), cite.end) for cite in cites}
