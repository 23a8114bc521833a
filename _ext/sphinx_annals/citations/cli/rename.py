"""Change a key in the .bib files and in every document.

Shows what would change. With --yes it is written: all files or none.
Citing roles, lists of sources, filters of lists and the fields crossref,
xdata, xref, related, entryset, ids and derivesfrom are followed; code blocks
and comments are left alone.

examples:
  sphinx-annals cite rename heinzig2004 heinzig2004soviet
  sphinx-annals cite rename heinzig2004 heinzig2004soviet --yes
"""

import argparse
import re
from collections.abc import Iterator
from itertools import filterfalse
from pathlib import Path

from sphinx_annals.citations.bib import Span, is_named, named, parse
from sphinx_annals.citations.cli.keys import valid_key
from sphinx_annals.citations.formats import is_json
from sphinx_annals.citations.scan import Project
from sphinx_annals.cli import Arguments, complain, read_utf8, rename
from sphinx_annals.sources import Edit, ProjectError, shown
from sphinx_annals.text import did_you_mean

ARGUMENTS: Arguments = {
    "old": {"metavar": "OLD", "help": "the key as it is"},
    "new": {"metavar": "NEW", "help": "the key as it shall be"},
    "--yes": {"action": "store_true", "help": "write the changes"},
}
Found = Iterator[tuple[Path, str, set[Span]]]
"""Files with their texts, and where those name the key."""


def run(args: argparse.Namespace, project: Project) -> int:
    """Show the changes, write them with --yes; 1 if the renaming is refused."""
    old, new = args.old, args.new
    refusal = _refusal(old, new, project)
    if refusal:
        complain(refusal)
        return 1
    edits = {
        path: [*(Edit(*span, new) for span in spans), *_in_filters(text, old, new)]
        for path, text, spans in (*_in_bibliography(old, project), *_cited(old, project))
    }
    if project.unread:
        fault = project.unread[0]
        raise ProjectError(f"{shown(fault.path)}: {fault.message}; nothing is changed")
    rename(old, new, edits, yes=args.yes)
    return 0


def _in_filters(text: str, old: str, new: str) -> Iterator[Edit]:
    """Give what changes where the filter of a list, or of a group, names the key as one."""
    quoted = re.compile(rf"([\"'])(?P<key>(?i:{re.escape(old)}))\1")
    for line in re.finditer(r"^[ \t]*:?(?:filter|group):.*\bkey\b.*", text, re.MULTILINE):
        for found in quoted.finditer(text, *line.span()):
            yield Edit(*found.span("key"), new.lower())  # filters compare keys in small letters


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


def _in_bibliography(old: str, project: Project) -> Found:
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


def _cited(old: str, project: Project) -> Found:
    names = {prefix + old for prefix in project.prefixes}
    for path, text in project.texts.items():
        cites = (cite for cite in project.scanned(path, text) if cite.key in names)
        # the prefix of a list stays
        yield path, text, {Span(cite.end - len(old), cite.end) for cite in cites}
