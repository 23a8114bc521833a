"""Add entries from BibTeX or CSL-JSON on standard input.

Shows what would be appended; --yes writes it, and leaves the rest of the file
as it is, byte for byte. An entry whose key or DOI is there already is refused.
An entry without a key gets one of author, year and title: zubok1997hong.
Nothing is looked up: of a DOI or an ISBN alone this command makes no entry.

examples:
  sphinx-annals cite add < zotero-export.bib
  sphinx-annals cite add --yes < zotero-export.json
  curl -LH 'Accept: application/x-bibtex' https://doi.org/10.1162/… | \\
      sphinx-annals cite add
"""

import argparse
import json
import re
import sys
from collections.abc import Container, Iterable
from dataclasses import replace
from itertools import filterfalse
from pathlib import Path

from sphinx_annals import cli
from sphinx_annals.citations.bib import RawEntry, as_bibtex, decode, parse
from sphinx_annals.citations.cli.keys import valid_key
from sphinx_annals.citations.entry import Entry, normalise
from sphinx_annals.citations.formats import csl, is_json
from sphinx_annals.citations.scan import Project
from sphinx_annals.sources import ProjectError, shown
from sphinx_annals.text import numbered, romanised, squeezed

ARGUMENTS: cli.Arguments = {
    "--to": {"metavar": "FILE", "help": "append to this .bib file (needed if there are several)"},
    "--yes": {"action": "store_true", "help": "write"},
}
_NUMBER = re.compile(
    r"(?i)(?:doi:\s*|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+$|(?:isbn:?\s*)?[\dX -]{10,17}$"
)
SKIPPED = """
a an the on of in and for to from with at by der die das le la les l un une el los il new o ob v i
iz k
"""


def run(args: argparse.Namespace, project: Project) -> int:
    """Show or append the new entries; 1 if any is refused."""
    if sys.stdin is None:
        raise ProjectError("there is no standard input; pipe BibTeX or CSL-JSON into this command")
    if sys.stdin.isatty():
        cli.complain("Paste BibTeX or CSL-JSON, then press Ctrl-D (on Windows Ctrl-Z and Enter).")
    data = sys.stdin.buffer
    return append(data.read(), "standard input", project, to=args.to, yes=args.yes)


def append(data: bytes, name: str, project: Project, *, to: str = "", yes: bool = False) -> int:
    """Show or append the new entries of a text, which has a name; 1 if any is refused."""
    files = [*filterfalse(is_json, project.bibfiles)]
    if not to and len(files) > 1:
        names = ", ".join(map(shown, files))
        raise ProjectError(f"there are several .bib files; choose one with --to: {names}")
    target = Path(to or next(iter(files), project.bibfiles[0]))
    if is_json(target):
        raise ProjectError(f"{shown(target)} is exported; add it there, or use --to")
    given = read_entries(data, name)
    accepted, refused = select(given, project)
    for message in refused:
        cli.complain(message)
    if not accepted:
        return 1
    before = cli.read_utf8(target)
    written = [as_bibtex(entry.type, entry.key, entry.fields) for entry in accepted]
    addition = cli.appended(before, "\n\n".join(written) + "\n")
    added = parse(before + addition).entries[-len(accepted) :]
    if _content(added) != _content(accepted):  # would not be read again as it was meant
        raise ProjectError(f"{shown(target)} does not end with a whole entry; mend it first")
    print(addition.replace("\r\n", "\n").strip("\n"))
    keys = ", ".join(entry.key for entry in accepted)
    if yes:
        cli.write([cli.Change(target, before, before + addition)])
        cli.complain(f"Added {keys} to {shown(target)}.")
    else:
        entries = cli.count(len(accepted), "entry", "entries")
        cli.complain(f"Would add {entries} to {shown(target)}: {keys}. {cli.NOT_YET}")
    return 1 if refused else 0


def read_entries(data: bytes, name: str) -> list[RawEntry]:
    """Read BibTeX or CSL-JSON; raises ProjectError where it is neither, or has faults."""
    text, faults = decode(data, name)
    if text.lstrip()[:1] in ("{", "["):
        try:
            return _keyed(csl.entries(json.loads(text)))
        except (json.JSONDecodeError, csl.CslError, RecursionError) as error:
            raise ProjectError(f"{name} is not CSL-JSON: {error}") from error
    read = parse(text.replace("\r\n", "\n"))
    faults += tuple(finding for finding in read.findings if finding.code != "key")
    if faults:
        lines = [f"{name}:{fault.line}: {fault.message}" for fault in faults]
        raise ProjectError("\n".join([*lines, "nothing is added; mend the input first"]))
    if not read.entries and _NUMBER.match(text.strip()):
        raise ProjectError(
            "a DOI or an ISBN alone, and this command stays offline; pipe in what doi.org, a "
            "library or Zotero gives for it (see --help)"
        )
    if not read.entries:
        raise ProjectError(f"{name} holds neither BibTeX nor CSL-JSON")
    return _keyed(read.entries)


def _keyed(entries: Iterable[RawEntry]) -> list[RawEntry]:
    """Give the entries without keys that cannot stand everywhere."""
    return [
        replace(e, key="" if e.key.startswith("nokey-") or not valid_key(e.key) else e.key)
        for e in entries
    ]


def select(given: list[RawEntry], project: Project) -> tuple[list[RawEntry], list[str]]:
    """Give every entry a key, and tell those that are new from those that are refused and why."""
    library = project.library
    keys = [raw.key for read in project.sources for raw in read.entries]
    taken = {key.casefold() for key in (*library.entries, *library.aliases, *keys)}
    dois = {entry.doi.lower(): entry.key for entry in library.entries.values() if entry.doi}
    accepted: list[RawEntry] = []
    refused: list[str] = []
    for number, raw in enumerate(given, 1):
        entry = normalise(raw.key, raw.type, raw.fields)
        name = raw.key or entry.text("title") or f"entry {number}"
        if other := dois.get(entry.doi.lower()):
            refused.append(f"{name}: refused; {other} has this DOI")
        elif raw.key.casefold() in taken:
            refused.append(f"{name}: refused; the key exists already")
        else:
            key = raw.key or make_key(entry, taken)
            taken.add(key.casefold())
            dois |= {entry.doi.lower(): key} if entry.doi else {}
            accepted.append(replace(raw, key=key))
    return accepted, refused


def make_key(entry: Entry, taken: Container[str]) -> str:
    """Make a key of author, year and first word of the title that nothing else has."""
    _, names = entry.creators
    named = squeezed(names.names[0].surname if names else entry.text("shorthand"))
    author = "".join(char for char in named if char.isascii())
    year = entry.date.year if entry.date else "ND"
    year = "".join(char for char in year if char.isalnum() and char.isascii())
    title = entry.text("shorttitle", "titleromanised", "title", "titletranslated", "booktitle")
    words = (word for word in romanised(title) if word.isascii() and not word.isdigit())
    word = next((word for word in words if word not in SKIPPED.split()), "")
    base = f"{author}{year}{word}" if author else f"{word or 'anon'}{year}"
    return next(key for key in numbered(base) if key.casefold() not in taken)


def _content(entries: Iterable[RawEntry]) -> list[object]:
    """Give what entries say, whatever their line ends."""
    return [(e.key, e.type, [(f, t.split()) for f, t in e.fields.items()]) for e in entries]
