"""Lay a book out until the pages that it names are right, and say where everything stands.

Pure: no Sphinx. ``templates/places.typ`` says why Typst is told these places and does not look
them up: what it looks up while it lays out takes most of its time and memory.
"""

import json
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

import typst

from sphinx_annals.pdf.typesetting.fonts import compiler
from sphinx_annals.text import UNFINISHED

#: After so many rounds, references to a page say so on that page too, which always settles.
ROUNDS = 5
#: What a link within the book leads to until its place is known, before the name of a label.
PREFIX = "place:"

_ASK = "{ let found = query(<whereabouts>); if found.len() > 0 { (found.first().value)() } }"
#: Where a label, a reference to a page, a chapter and a footnote stand in a source.
_MARK = re.compile(
    r'#label\("([^"]*)"\)|\bown: (\d+)|#hd\("chapter", \d+, "([^"]*)"|#note\("([^"]*)"'
    "|#open-chapter"
)
#: How many characters of a source make a page, about: enough for the digits of its number.
_CHARACTERS = 5_000


class Place(NamedTuple):
    """Where a label stands: the page, counted from 1, and from its left and top, in points."""

    page: int
    x: float
    y: float
    shown: str
    """The number of the page as it is printed."""


class Layout(NamedTuple):
    """A book that is laid out; *settled* if the pages that it names are those where things are."""

    book: typst.Compiler
    places: dict[str, Place]
    settled: bool


@contextmanager
def told_folder(source: Path) -> Iterator[Path]:
    """Give a folder in which one build tells Typst the places; it is there until the PDF is made.

    Each build has its own, since two may go on in one folder. They are files, and no inputs by
    value, since Typst would do again all that it keeps from the round before. Raises OSError.
    """
    folder = tempfile.mkdtemp(prefix=UNFINISHED, dir=source.parent)
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def lay_out(source: Path, folder: Path, fonts: typst.Fonts, inputs: Mapping[str, str]) -> Layout:
    """Lay *source* out as often as it takes, first as a draft with places that are guessed, then
    each time with those of the time before.

    *folder* is one of :func:`told_folder`, which the layout needs as long as it is used.

    Faults of the source are left to the compiler, which names them when it makes the PDF. A design
    without ``whereabouts`` is told nothing, and asks Typst.
    """
    made = partial(compiler, fonts, str(source), root=str(source.parent))
    paths = {name: f"/{folder.name}/{name}" for name in ("places", "draft")}
    book = made(sys_inputs=_as_input({**inputs, **paths}))
    told = found = guessed(source.read_text(encoding="utf-8"))
    for turn in range(2 * ROUNDS):
        told = found
        known = {**told, "always": turn >= ROUNDS}
        (folder / "places").write_text(json.dumps(known), encoding="utf-8")
        (folder / "draft").write_text("draft" if turn == 0 else "", encoding="utf-8")
        answer = None
        with suppress(RuntimeError):
            answer = json.loads(book.eval(_ASK))
        if answer is None:
            return Layout(made(sys_inputs=_as_input(inputs)), {}, settled=True)
        found = answer
        if turn and _printed(found) == _printed(told):
            break
    places = {name: Place(**place) for name, place in found["labels"].items()}
    return Layout(book, places, _printed(found) == _printed(told))


def _as_input(given: Mapping[str, str]) -> dict[str, str]:
    """Give as one input what a source is given: several have another order in each compiler, and
    where it is not that of the round before, Typst does again all that it keeps from that.
    """
    return {"given": json.dumps(given)} if given else {}


def guessed(text: str) -> dict[str, Any]:
    """Guess where everything in a source stands, as ``whereabouts`` says it: a number of a page
    that has as many digits, beside as many others, keeps the lines as they will be.
    """
    labels, chapters, references, marks, count = {}, [], {}, {}, 0
    for found in _MARK.finditer(text):
        page = 1 + found.start() // _CHARACTERS
        name, own, number, note = found.groups()
        if name is not None:
            labels[name] = {"page": page, "x": 0, "y": 0, "shown": str(page)}
        elif own is not None:
            references[own] = page
        elif number is not None:
            chapters.append({"page": page, "number": number or None})
        elif note is not None:
            marks[note] = count = count + 1
        else:
            count = 0
    return {"labels": labels, "chapters": chapters, "from": references, "marks": marks, "notes": {}}


def _printed(places: dict[str, Any]) -> dict[str, Any]:
    """Give what changes the layout: not at what height a label stands on its page."""
    labels = {name: (found["page"], found["shown"]) for name, found in places["labels"].items()}
    return {**places, "labels": labels}
