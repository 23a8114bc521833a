"""Show an entry, its BibTeX, and where it is cited.

examples:
  sphinx-annals cite show heinzig2004arduous
  sphinx-annals cite show --json heinzig2004arduous
"""

import argparse
import textwrap
from pathlib import Path
from typing import Any

from sphinx_annals.citations.bib import as_bibtex, parse
from sphinx_annals.citations.cli.keys import KEYS, entries_of
from sphinx_annals.citations.cli.search import described
from sphinx_annals.citations.entry import Entry
from sphinx_annals.citations.formats import is_json
from sphinx_annals.citations.scan import Project
from sphinx_annals.cli import JSON, Arguments, count, print_json, print_wrapped, printable
from sphinx_annals.sources import read_text, shown

ARGUMENTS: Arguments = {**KEYS, **JSON}


def run(args: argparse.Namespace, project: Project) -> int:
    """Print each entry; 1 if a key is unknown."""
    found = [_described(entry, project) for entry in entries_of(args.keys, project)]
    if args.json:
        print_json(found)
    else:
        for number, about in enumerate(found):
            print(end="\n" if number else "")
            _show(about, project)
    return 0 if len(found) == len(args.keys) else 1


def _described(entry: Entry, project: Project) -> dict[str, Any]:
    places = [
        {"file": shown(p.path), "line": p.line, "column": p.column + 1, "locator": p.locator}
        for p in project.cited
        if p.real == entry.key  # under whichever of its keys
    ]
    return {**described(entry, project), "bibtex": _source(entry), "cited": places}


def _source(entry: Entry) -> str:
    """Give an entry as its file has it; of CSL-JSON what was read of it."""
    if is_json(Path(entry.path)):
        return as_bibtex(entry.declared_type, entry.key, entry.fields)
    text = read_text(Path(entry.path))
    whole = next((raw.whole for raw in parse(text).entries if raw.line == entry.line), (0, 0))
    return printable(text[slice(*whole)])


def _show(about: dict[str, Any], project: Project) -> None:
    print(f"{about['key']}  {about['file']}:{about['line']}\n")
    print_wrapped(about["reference"], 2, 2)
    print(f"\n{textwrap.indent(about['bibtex'], '  ')}\n")
    places = about["cited"]
    if project.root is None:
        print("No conf.py here: where it is cited is not known.")
    else:
        print(f"Cited {count(len(places), 'time')}:" if places else "Not cited.")
    for place in places:
        print(f"  {place['file']}:{place['line']}  {place['locator']}".rstrip())
