"""Show an entry, its BibTeX, and where it is cited.

examples:
  python -m sphinx_annals.citations show heinzig2004arduous
  python -m sphinx_annals.citations show --json heinzig2004arduous
"""

import argparse
from pathlib import Path
from typing import Any

from sphinx_annals.citations.bib import parse
from sphinx_annals.citations.cli.output import JSON, Arguments, Output, count, printable
from sphinx_annals.citations.cli.search import described
from sphinx_annals.citations.entry import Entry
from sphinx_annals.citations.scan import Project, read_text, shown
from sphinx_annals.text import did_you_mean

ARGUMENTS: Arguments = {
    "keys": {"nargs": "+", "metavar": "KEY", "help": "the key of an entry"},
    **JSON,
}


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    """Print each entry; 1 if a key is unknown."""
    found = []
    for key in args.keys:
        entry = project.library.get(key)
        if entry is None:
            out.complain(f"no entry {key!r}{did_you_mean(key, project.library.near)}")
        else:
            found.append(_described(entry, project))
    if args.json:
        out.json(found)
    else:
        for number, about in enumerate(found):
            if number:
                out.line()
            _show(about, project, out)
    return 0 if len(found) == len(args.keys) else 1


def _show(about: dict[str, Any], project: Project, out: Output) -> None:
    out.line(f"{out.style(about['key'], 'bold')}  {about['file']}:{about['line']}")
    out.line()
    out.wrapped(about["reference"], 2, 2)
    out.line()
    for line in about["bibtex"].splitlines():
        out.line(f"  {line}")
    out.line()
    places = about["cited"]
    if project.root is None:
        out.line("No conf.py here: where it is cited is not known.")
    else:
        out.line(f"Cited {count(len(places), 'time')}:" if places else "Not cited.")
    for place in places:
        out.line(f"  {place['file']}:{place['line']}  {place['locator']}".rstrip())


def bibtex(entry: Entry) -> str:
    """Give the entry's text as its file has it."""
    try:
        text = read_text(Path(entry.path))
    except OSError:
        return ""
    whole = next((raw.whole for raw in parse(text).entries if raw.line == entry.line), (0, 0))
    return printable(text[slice(*whole)])


def _described(entry: Entry, project: Project) -> dict[str, Any]:
    places = [
        {"file": shown(p.path), "line": p.line, "column": p.column + 1, "locator": p.locator}
        for p in project.cited
        if p.real == entry.key  # under whichever of its keys
    ]
    return {**described(entry, project), "bibtex": bibtex(entry), "cited": places}
