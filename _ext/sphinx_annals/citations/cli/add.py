"""Add entries from BibTeX or CSL-JSON on standard input.

Shows what would be appended; --yes writes it, and leaves the rest of the file
as it is, byte for byte. An entry whose key or DOI is there already is refused.
An entry without a key gets one of author, year and title: zubok1997hong.

examples:
  python -m sphinx_annals.citations add < zotero-export.bib
  python -m sphinx_annals.citations add --yes < zotero-export.json
  curl -LH 'Accept: application/x-bibtex' https://doi.org/10.1162/… | \\
      python -m sphinx_annals.citations add --make-keys
"""

import argparse
import json
import re
import sys
from collections.abc import Container, Iterable
from dataclasses import replace
from itertools import chain
from itertools import count as count_up
from pathlib import Path
from string import ascii_lowercase

from sphinx_annals.citations.bib import Finding, RawEntry, parse
from sphinx_annals.citations.cli.output import Arguments, Output, count
from sphinx_annals.citations.cli.writing import NOT_YET, Change, read_utf8, valid_key, write
from sphinx_annals.citations.entry import Entry, normalise
from sphinx_annals.citations.formats import csl
from sphinx_annals.citations.scan import Project, ProjectError, shown
from sphinx_annals.text import romanised, squeezed

ARGUMENTS: Arguments = {
    "--make-keys": {"action": "store_true", "help": "make new keys, though the entries have some"},
    "--to": {
        "default": "",
        "metavar": "FILE",
        "help": "append to this .bib file (needed if there are several)",
    },
    "--yes": {"action": "store_true", "help": "write"},
}
SKIPPED = """
a an the on of in and for to from with at by der die das le la les l un une el los il new o ob v i
iz k
"""


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    """Show or append the new entries; 1 if any is refused."""
    target = _target(args.to, project)
    given, faults = read_entries(_standard_input())
    for finding in faults:
        out.complain(f"standard input:{finding.line}: {finding.message}")
    if faults:
        out.complain("nothing is added; mend the input first")
        return 1
    accepted, refused = select(given, project, make_keys=args.make_keys)
    for message in refused:
        out.complain(message)
    if not accepted:
        return 1
    before = read_utf8(target)
    addition = appended(before, accepted)
    _check(before, addition, accepted, target)
    out.line(addition.replace("\r\n", "\n").strip("\n"))
    keys = ", ".join(entry.key for entry in accepted)
    if args.yes:
        write([Change(target, before, before + addition)])
        out.complain(f"Added {keys} to {shown(target)}.")
    else:
        entries = count(len(accepted), "entry", "entries")
        out.complain(f"Would add {entries} to {shown(target)}: {keys}. {NOT_YET}")
    return 1 if refused else 0


def _target(name: str, project: Project) -> Path:
    if name:
        return Path(name)
    if len(project.bibfiles) > 1:
        names = ", ".join(shown(path) for path in project.bibfiles)
        raise ProjectError(f"there are several .bib files; choose one with --to: {names}")
    return project.bibfiles[0]


def _standard_input() -> str:
    if sys.stdin is None or sys.stdin.isatty():
        raise ProjectError(
            "nothing on standard input; pipe BibTeX or CSL-JSON into this command, as in "
            "`python -m sphinx_annals.citations add < export.bib`"
        )
    data = sys.stdin.buffer.read()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ProjectError(f"standard input:{line}: not UTF-8") from error


def read_entries(text: str) -> tuple[list[RawEntry], list[Finding]]:
    """Read BibTeX or CSL-JSON; raises ProjectError where the text is neither."""
    if text.lstrip()[:1] in ("{", "["):
        try:
            return list(csl.entries(json.loads(text))), []
        except json.JSONDecodeError as error:
            raise ProjectError(f"standard input:{error.lineno}: not JSON: {error.msg}") from error
        except (csl.CslError, RecursionError) as error:
            raise ProjectError(f"standard input: not CSL-JSON: {error}") from error
    read = parse(re.sub(r"\r\n|\r", "\n", text), "standard input")
    if not read.entries and not read.findings:
        raise ProjectError("standard input holds neither BibTeX nor CSL-JSON")
    faults = [finding for finding in read.findings if finding.code != "key"]
    named = [
        entry
        if not entry.key.startswith("nokey-") and valid_key(entry.key)
        else replace(entry, key="")
        for entry in read.entries
    ]
    return named, faults


def select(
    given: list[RawEntry], project: Project, *, make_keys: bool
) -> tuple[list[RawEntry], list[str]]:
    """Give every entry a key, and tell those that are new from those that are refused and why."""
    library = project.library
    keys = [raw.key for read in project.sources for raw in read.entries]
    taken = {key.casefold() for key in (*library.entries, *library.aliases, *keys)}
    dois = {entry.doi.lower(): entry.key for entry in library.entries.values() if entry.doi}
    titles = {_fingerprint(entry): entry.key for entry in library.entries.values()}
    accepted: list[RawEntry] = []
    refused: list[str] = []
    for number, raw in enumerate(given, 1):
        entry = normalise(raw.key, raw.type, raw.fields)
        doi, mark = entry.doi.lower(), _fingerprint(entry)
        reason = ""
        if doi in dois:
            reason = f"{dois[doi]} has this DOI"
        elif not make_keys and raw.key and raw.key.casefold() in taken:
            reason = "the key exists already (--make-keys makes a new one)"
        elif mark in titles and entry.text("title"):
            reason = f"{titles[mark]} has this title, author and year"
        if reason:
            name = raw.key or entry.text("title") or f"entry {number}"
            refused.append(f"{name}: refused; {reason}")
            continue
        key = raw.key if raw.key and not make_keys else make_key(entry, taken)
        taken.add(key.casefold())
        dois |= {doi: key} if doi else {}
        titles[mark] = key
        accepted.append(replace(raw, key=key))
    return accepted, refused


def _fingerprint(entry: Entry) -> tuple[str, str, str]:
    _, names = entry.creators
    first = squeezed(names.names[0].surname) if names else ""
    return squeezed(entry.text("title")), first, entry.date.year if entry.date else ""


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
    ends: Iterable[str] = chain(["", *ascii_lowercase[1:]], (f"-{n}" for n in count_up(27)))
    return next(base + end for end in ends if (base + end).casefold() not in taken)


def appended(before: str, added: list[RawEntry]) -> str:
    """Give what comes behind `before`, with its kind of line ends."""
    text = "\n".join(_bibtex(entry) for entry in added)
    if before.strip("\ufeff\r\n"):
        text = "\n" + text if before.endswith(("\n", "\r")) else "\n\n" + text
    newline = next((end for end in ("\r\n", "\n", "\r") if end in before), "\n")
    return text.replace("\n", newline)


def _bibtex(entry: RawEntry) -> str:
    width = max(map(len, entry.fields), default=0)
    lines = [f"  {name:<{width}} = {{{value}}},\n" for name, value in entry.fields.items()]
    return f"@{entry.type}{{{entry.key},\n{''.join(lines)}}}\n"


def _check(before: str, addition: str, added: list[RawEntry], target: Path) -> None:
    """Refuse to write what would not be read again as it was meant."""

    def content(entries: Iterable[RawEntry]) -> list[object]:
        return [
            (entry.key, entry.type, {name: text.split() for name, text in entry.fields.items()})
            for entry in entries
        ]

    old = parse(before).entries
    new = parse(before + addition).entries
    if new[: len(old)] != old or content(new[len(old) :]) != content(added):
        raise ProjectError(f"{shown(target)} does not end with a whole entry; mend it first")
