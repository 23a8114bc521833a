"""Find entries by author, title, year or key.

Every word must occur, in any order; a part of a word will do. Capitals and
diacritics do not count, and Cyrillic is also found by its romanised form.

examples:
  sphinx-annals cite search heinzig
  sphinx-annals cite search zubok 1997
  sphinx-annals cite search 中苏
  sphinx-annals cite search --json treaty | jq '.[].key'
"""

import argparse
from collections.abc import Iterable
from typing import Any

from sphinx_annals.citations.entry import NAME_FIELDS, Entry, is_cjk
from sphinx_annals.citations.scan import Project
from sphinx_annals.cli import JSON, Arguments, complain, print_json, print_wrapped
from sphinx_annals.sources import shown
from sphinx_annals.text import did_you_mean, romanised

ARGUMENTS: Arguments = {
    "words": {"nargs": "+", "metavar": "WORD", "help": "what to look for"},
    **JSON,
}
TITLES = """title subtitle booktitle maintitle journaltitle shorttitle series titleoriginal
titleromanised titletranslated eventtitle"""
OTHER = """publisher institution organization location keywords doi isbn eprint note shorthand ids
library"""
Indexed = tuple[Entry, dict[int, str]]
"""An entry with its searchable words by weight."""


def run(args: argparse.Namespace, project: Project) -> int:
    """Print the entries that match; 1 if there are none."""
    index = [indexed(entry) for entry in project.library.entries.values()]
    query = [word for text in args.words for word in romanised(text)]
    found = ranked(index, query)
    if args.json:
        print_json([described(entry, project) for entry in found])
        return 0 if found else 1
    for entry in found:
        print(entry.key)
        print_wrapped(project.reference(entry), 4)
    if not found:
        known = " ".join(text for _, fields in index for text in fields.values())
        hints = (did_you_mean(word, known.split()) for word in query if word not in known)
        complain(f"nothing found for {' '.join(args.words)!r}{next(filter(None, hints), '')}")
    return 0 if found else 1


def described(entry: Entry, project: Project) -> dict[str, Any]:
    """Give an entry as JSON has it."""
    role, names = entry.creators
    return {
        "key": entry.key,
        "type": entry.type,
        "names": [name.inverted for name in names.names],
        "role": role,
        "year": entry.date.year if entry.date else "",
        "title": entry.text("title", "booktitle", "maintitle"),
        "doi": entry.doi,
        "reference": project.reference(entry),
        "file": shown(entry.path),
        "line": entry.line,
    }


def indexed(entry: Entry) -> Indexed:
    """Fold an entry's fields once."""
    names = [name for role in NAME_FIELDS for name in entry.names(role).names]
    texts = {
        9: [entry.key],
        8: [text for name in names for text in (name.direct, name.original)],
        7: [entry.date.year if entry.date else "", entry.text("year")],
        6: map(entry.text, TITLES.split()),
        2: map(entry.text, OTHER.split()),
    }
    return entry, {w: " ".join(romanised(" ".join(words))) for w, words in texts.items()}


def ranked(index: Iterable[Indexed], query: list[str]) -> list[Entry]:
    """Give the entries in which every word occurs, best first, then as the file has them."""
    scored: list[tuple[int, Entry]] = []
    for entry, fields in index:
        scores = [max(_score(word, fields[w]) * w for w in fields) for word in query]
        if scores and all(scores):
            scored.append((sum(scores), entry))
    return [entry for _, entry in sorted(scored, key=lambda pair: -pair[0])]


def _score(word: str, text: str) -> int:
    """Give 3 for a whole word, 2 for the beginning of one, 1 for a part."""
    if word not in text:
        return 0
    if f" {word} " in f" {text} " or is_cjk(word):  # Chinese does not part its words
        return 3
    return 2 if f" {word}" in f" {text}" else int(len(word) > 2)
