"""Bring the catalogues of our words up to date with the code: make words.

    python tools/make_words.py           add what is new to each catalogue, drop what is gone
    python tools/make_words.py --check   exit with 1 if one is not current or lacks a translation

Words stand in the code as ``language.gettext("…")``, ``ngettext`` and ``pgettext``, or where they
are declared as ``message("…")``; a function of :data:`TABLES` finds those of a table.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

from babel import Locale
from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "_ext" / "sphinx_annals"
KEYWORDS: Mapping[str, Any] = {
    "gettext": None,
    "ngettext": (1, 2),
    "pgettext": ((1, "c"), 2),
    "message": None,
    "say": None,
    "messages": (1, 2),
}
Found = Iterator[tuple[int, str, Any, list[str]]]


def _fields(*_: Any, **__: Any) -> Found:
    """Give the kinds of objects, the labels of fields and of relations seen from the other side,
    and what one chooses among; authority files have names of their own.
    """
    from sphinx_annals.annals.model import (
        BUILT_IN,
        Choice,
        Identifier,
        Kind,
        columns_of,
        heading_of,
    )

    for kind in Kind:
        yield 0, "gettext", kind.plural, []
        names = {field.name for field in BUILT_IN[kind] if isinstance(field.type, Identifier)}
        for field in BUILT_IN[kind]:
            if field.stands == "nowhere" or field.name in names:
                continue
            yield 0, "gettext", field.label, []
            for word in field.type.words if isinstance(field.type, Choice) else ():
                yield 0, "pgettext", ("choice", word.replace("-", " ")), []
        for column in columns_of(BUILT_IN, kind):
            if column not in names:
                yield 0, "gettext", heading_of(BUILT_IN, kind, column), []


def _dates(file: BinaryIO, *_: Any, **__: Any) -> Found:
    """Give the words of dates, those said of a point in the context of each kind of point."""
    table = tomllib.load(file)
    for phrase in table["points"].values():
        for context in ("day", "month", "year", "span"):
            yield 0, "pgettext", (context, phrase), []
    for phrase in table["seasons"].values():
        yield 0, "gettext", phrase, []


def _roles(file: BinaryIO, *_: Any, **__: Any) -> Found:
    """Give the roles of people, round their names and behind them."""
    for forms in tomllib.load(file)["roles"].values():
        for phrase in forms:
            yield 0, "pgettext", ("role", phrase), []


def _locators(file: BinaryIO, *_: Any, **__: Any) -> Found:
    """Give the labels before a place in a work, and before several."""
    for label in (label for pair in tomllib.load(file).items() for label in pair):
        yield 0, "pgettext", ("locator", f"{label} {{place}}"), []


def _works(file: BinaryIO, *_: Any, **__: Any) -> Found:
    """Give the kinds of works: what one without a title is called, headings, theses, reports."""
    from sphinx_annals.citations.entry import TYPES

    for kind in TYPES.values():
        yield 0, "pgettext", ("work", kind.noun or kind.type), []
        yield 0, "pgettext", ("works", kind.group), []
    for genre in [names[-1] for names in tomllib.load(file)["genres"].values()]:
        yield 0, "pgettext", ("work", genre), []


TABLES: Mapping[str, Callable[..., Found]] = {
    "citations/entry/biblatex.toml": _works,
    "citations/style/locators.toml": _locators,
    "citations/style/references.toml": _roles,
    "dates/phrases.toml": _dates,
    "annals/model/fields.toml": _fields,
}
"""What finds the words of a table, by its file."""


@cache
def template() -> Catalog:
    """Give all words, each once, with the files that they stand in."""
    from sphinx_annals.language import MARKS

    found = Catalog(charset="utf-8")
    methods = [*TABLES.items(), ("**.py", "python"), ("**.js", "javascript")]
    for name, _, said, comments, context in extract_from_dir(
        HOUSE, methods, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
    ):
        found.add(said, locations=[(name, None)], auto_comments=comments, context=context)
    for mark in MARKS:
        found.add(mark, locations=[("language/language.py", None)], context="punctuation")
    return found


def text(name: str) -> str:
    """Give a catalogue as it should be: with all words, and with no others."""
    from sphinx_annals.language import path_of

    path = path_of(name)
    catalogue = read_po(BytesIO(path.read_bytes() if path.exists() else b""), locale=name)
    catalogue.update(template(), no_fuzzy_matching=True, keep_user_comments=True)
    catalogue.obsolete.clear()
    written = BytesIO()
    write_po(written, catalogue, width=100, omit_header=True, sort_output=True)
    return _head(name, catalogue) + written.getvalue().decode()


def _head(name: str, catalogue: Catalog) -> str:
    """Give the header without the day and the names that gettext asks for: git knows those."""
    language = Locale.parse(name).get_language_name("en")
    said = (
        f"Language: {name}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
        f"Plural-Forms: {catalogue.plural_forms}",
    )
    lines = "".join(f'"{line}\\n"\n' for line in said)
    return f'# The words of sphinx-annals in {language}.\nmsgid ""\nmsgstr ""\n{lines}\n'


def missing(name: str) -> list[str]:
    """Give the words of a catalogue that have no translation."""
    catalogue = read_po(BytesIO(text(name).encode()), locale=name)
    return [
        str(said.id)
        for said in catalogue
        if said.id and not all([said.string] if isinstance(said.string, str) else said.string)
    ]


def main(arguments: Sequence[str]) -> int:
    """Write the catalogues, or tell whether they are current and whole."""
    sys.path.insert(0, str(HOUSE.parent))
    from sphinx_annals.language import LANGUAGES, path_of

    failed = 0
    for name in LANGUAGES:
        path, wanted = path_of(name), text(name)
        if "--check" not in arguments:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(wanted, "utf-8")
        elif wanted != path.read_text("utf-8"):
            print(f"{path.relative_to(ROOT)} is not current; run make words")
            failed = 1
        if lacking := missing(name):
            print(f"{path.relative_to(ROOT)}: {len(lacking)} without translation: {lacking}")
            failed = 1
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
