"""`search`: entries by author, title, year or key, best first."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import NamedTuple

from sphinx_annals.citations.cli.output import Output, count
from sphinx_annals.citations.entry.model import Entry
from sphinx_annals.citations.entry.richtext import is_cjk, plain
from sphinx_annals.citations.entry.vocabulary import NAME_FIELDS
from sphinx_annals.citations.scan.project import Project, shown
from sphinx_annals.citations.style import chicago
from sphinx_annals.text import Nearest, nearest, romanised

HELP = "find entries by author, title, year or key"
EPILOG = """\
Every word must occur, in any order; a part of a word will do. Capitals and
diacritics do not count, and Cyrillic is also found by its romanised form.

examples:
  python -m sphinx_annals.citations search heinzig
  python -m sphinx_annals.citations search zubok 1997
  python -m sphinx_annals.citations search 中苏
  python -m sphinx_annals.citations search --json treaty | jq '.[].key'
"""

TITLES = ("title", "subtitle", "booktitle", "maintitle", "journaltitle", "shorttitle", "series",
          "titleoriginal", "titleromanised", "titletranslated", "eventtitle")  # fmt: skip
OTHER = ("publisher", "institution", "organization", "location", "keywords", "doi", "isbn",
         "eprint", "note", "shorthand", "ids", "library")  # fmt: skip


class Indexed(NamedTuple):
    """An entry's searchable words by weight."""

    entry: Entry
    fields: tuple[tuple[int, str], ...]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("words", nargs="+", metavar="WORD", help="what to look for")
    parser.add_argument("-n", "--limit", type=int, default=20, metavar="N",
                        help="show at most N entries (20; 0 for all)")  # fmt: skip
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    """Print the entries that match; 1 if there are none."""
    index = [indexed(entry) for entry in project.library.entries.values()]
    query = [word for text in args.words for word in romanised(text)]
    found = ranked(index, query)
    limit = args.limit if args.limit > 0 else len(found)
    if args.json:
        out.json([described(entry, project) for entry in found[:limit]])
        return 0 if found else 1
    for entry in found[:limit]:
        out.line(out.style(entry.key, "bold"))
        out.wrapped(plain(chicago.reference(entry, options=project.options)), 4)
    if len(found) > limit:
        out.line(f"… and {count(len(found) - limit, 'more entry', 'more entries')}; "
                 "add a word, or -n 0 for all")  # fmt: skip
    if not found:
        hint = suggestion(index, query)
        out.complain(f"nothing found for {' '.join(args.words)!r}"
                     + (f"; did you mean {hint!r}?" if hint else ""))  # fmt: skip
    return 0 if found else 1


def described(entry: Entry, project: Project) -> dict[str, object]:
    """Return an entry as JSON has it."""
    role, names = entry.creators
    return {
        "key": entry.key, "type": entry.type,
        "names": [name.inverted for name in names.names], "role": role,
        "year": entry.date.year if entry.date else "",
        "title": entry.text("title", "booktitle", "maintitle"), "doi": entry.doi,
        "reference": plain(chicago.reference(entry, options=project.options)),
        "file": shown(entry.path), "line": entry.line,
    }  # fmt: skip


def indexed(entry: Entry) -> Indexed:
    """Fold an entry's fields once."""
    people = [text for role in NAME_FIELDS for name in entry.names(role).names
              for text in (name.direct, name.original)]  # fmt: skip
    year = entry.date.year if entry.date else ""
    return Indexed(entry, (
        (9, _folded(entry.key)), (8, _folded(" ".join(people))),
        (7, _folded(f"{year} {entry.text('year')}")),
        (6, _folded(" ".join(entry.text(name) for name in TITLES))),
        (2, _folded(" ".join(entry.text(name) for name in OTHER))),
    ))  # fmt: skip


def _folded(text: str) -> str:
    return " ".join(romanised(text))


def ranked(index: Iterable[Indexed], query: list[str]) -> list[Entry]:
    """Return the entries in which every word occurs, best first, then as the file has them."""
    scored: list[tuple[int, Entry]] = []
    for item in index:
        scores = [max((_score(word, text) * weight for weight, text in item.fields), default=0)
                  for word in query]  # fmt: skip
        if scores and all(scores):
            scored.append((sum(scores), item.entry))
    return [entry for _, entry in sorted(scored, key=lambda pair: -pair[0])]


def _score(word: str, text: str) -> int:
    """3 for a whole word, 2 for the beginning of one, 1 for a part."""
    if word not in text:
        return 0
    padded = f" {text} "
    if f" {word} " in padded or is_cjk(word):
        return 3
    if f" {word}" in padded:
        return 2
    return 1 if len(word) > 2 else 0


def suggestion(index: Iterable[Indexed], query: list[str]) -> str:
    """Return the query with its unknown words replaced by near ones, or the empty string."""
    known = {word for item in index for _, text in item.fields for word in text.split()}
    words = Nearest(sorted(known))
    near = [w if any(w in other for other in known) else nearest(w, words) for w in query]
    return " ".join(near) if near != query and all(near) else ""
