"""`rename`: a new key for an entry, in the .bib files and in every document."""

from __future__ import annotations

import argparse
import difflib
from collections.abc import Iterator
from pathlib import Path

from sphinx_annals.citations.bib import source
from sphinx_annals.citations.bib.raw import RawEntry
from sphinx_annals.citations.bib.source import Span
from sphinx_annals.citations.cli.output import Output, count
from sphinx_annals.citations.cli.writing import Change, valid_key, write
from sphinx_annals.citations.scan import markdown as scan
from sphinx_annals.citations.scan.project import Project, ProjectError, shown
from sphinx_annals.text import did_you_mean

HELP = "change a key in the .bib files and in every document"
EPILOG = """\
Shows what would change. With --yes it is written: all files or none.
Citing roles, lists of sources and the fields crossref, xdata, xref, related,
entryset and ids are followed; code blocks and comments are left alone.

examples:
  python -m sphinx_annals.citations rename heinzig2004 heinzig2004soviet
  python -m sphinx_annals.citations rename heinzig2004 heinzig2004soviet --yes
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("old", metavar="OLD", help="the key as it is")
    parser.add_argument("new", metavar="NEW", help="the key as it shall be")
    parser.add_argument("--yes", action="store_true", help="write the changes")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    """Show the changes, write them with --yes; 1 if the renaming is refused."""
    refusal = _refusal(args.old, args.new, project)
    if refusal:
        out.complain(refusal)
        return 1
    changes = [*_in_bibliography(args.old, args.new, project),
               *_in_documents(args.old, args.new, project)]  # fmt: skip
    if project.unread:
        path, reason = project.unread[0]
        raise ProjectError(f"{shown(path)}: {reason}; nothing is changed")
    for change in changes:
        _show(change, out)
    places = sum(change.places for change in changes)
    summary = f"{count(places, 'place')} in {count(len(changes), 'file')}"
    if args.yes:
        write(changes)
        out.line(f"Renamed {args.old} to {args.new}: {summary}.")
    else:
        out.line(f"Would rename {args.old} to {args.new}: {summary}. Nothing is written yet; "
                 "add --yes.")  # fmt: skip
    return 0


def _refusal(old: str, new: str, project: Project) -> str:
    library = project.library
    if not valid_key(new):
        return f"{new!r} cannot be a key: use letters, digits and . _ : + / -"
    if old not in library.entries:
        main = library.aliases.get(old)
        if main:
            return f"{old!r} is another id of {main!r}; rename that, or edit its field “ids”"
        if not any(raw.key == old for raw in _all(project)):
            return f"no entry {old!r}{did_you_mean(old, library.near)}"
    taken = {raw.key.casefold(): raw.key for raw in _all(project)}
    other = library.aliases.get(new) or taken.get(new.casefold())
    if old == new or (other is not None and other != old):
        return f"{new!r} exists already" + ("" if other in (None, new) else f" ({other})")
    return ""


def _all(project: Project) -> Iterator[RawEntry]:
    for read in (*project.sources, *project.overlaid):
        yield from read.entries


def _in_bibliography(old: str, new: str, project: Project) -> Iterator[Change]:
    found = False
    for path in (*project.bibfiles, *project.overlays):
        text = _text(path)
        spans = list(source.named(text, old))
        found = found or any(entry.key == old and text[slice(*entry.name)] == old
                             for entry in source.entries(text))  # fmt: skip
        if spans:
            yield Change(path, text, source.replaced(text, spans, new), len(set(spans)))
    if not found:
        raise ProjectError(f"no .bib file has the key {old!r} as it is cited; mend the entry first")


def _text(path: Path) -> str:
    text = scan.read_text(path)
    if "\0" in text:
        raise ProjectError(f"{shown(path)} is not UTF-8; save it as UTF-8 first")
    return text


def _in_documents(old: str, new: str, project: Project) -> Iterator[Change]:
    for path, text in project.texts.items():
        spans = []
        for cite in scan.scan(text, path.suffix):
            for prefix in ("", *project.prefixes):
                if cite.key == prefix + old:
                    spans.append(Span(cite.start + len(prefix), cite.end))
                    break
        if spans:
            yield Change(path, text, source.replaced(text, spans, new), len(set(spans)))


def _show(change: Change, out: Output) -> None:
    name = shown(change.path)
    before, after = (text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
                     .replace("\r\n", "\n").replace("\r", "\n").split("\n")
                     for text in (change.before, change.after))  # fmt: skip
    for line in difflib.unified_diff(before, after, name, name, n=1, lineterm=""):
        colour = {"-": "red", "+": "green", "@": "dim"}.get(line[:1], "")
        out.line(out.style(line, colour) if colour else line)
