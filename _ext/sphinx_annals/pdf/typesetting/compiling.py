"""Run the Typst compiler in-process and make its complaints point at the source document."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import typst
from sphinx.errors import SphinxError

from sphinx_annals.fences.typst import is_loss, places, undisplayable
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.typesetting.glyphs import Glyphs, named, pattern, remedy
from sphinx_annals.pdf.typesetting.mending import (
    SOURCE_MARK,
    Plain,
    lines_with_places,
    mend,
    source_location,
)
from sphinx_annals.pdf.typesetting.places import Place, lay_out, told_folder

_ALT = re.compile(r'alt: "(?:[^"\\]|\\.)*"')


class CompileError(SphinxError):
    """Typst refused the generated file; the message holds place, reason and hint."""

    category = "Typst error"

    def __init__(self, message: str, location: str | None = None) -> None:
        super().__init__(message)
        self.location = location


Note = tuple[Subtype, str, str | None]
"""One warning of the compiler: its kind, its words, the place in the source document if known."""


def compile_pdf(
    source: Path,
    fonts: typst.Fonts,
    standards: list[Any],
    timestamp: int,
    absent: Iterable[str] = (),
    plain: Sequence[Plain] = (),
    packages: Container[str] = (),
) -> tuple[bytes, dict[str, Place], list[Note]]:
    """Compile *source* and give the PDF, where its labels stand, and the compiler's warnings.

    Raises :exc:`CompileError`. *absent* are characters that no font has, whose numbers are
    printed; more that the compiler finds make it start again. *plain* is what may stand for
    each block of the source that is refused. *packages* are those whose fonts are offered.
    """
    gone, refused = list(absent), list[Note]()
    asked = dict[str, Any](format="pdf", pdf_standards=standards, timestamp=timestamp)
    with told_folder(source) as folder:
        while True:
            told = {"absent": pattern(gone)} if gone else {}
            book, found, settled = lay_out(source, folder, fonts, told)
            try:
                data, warnings = book.compile_with_warnings(**asked)
            except typst.TypstError as exc:
                # Other standards print an empty frame; PDF/UA refuses: it is set without them.
                more = Glyphs(fonts).to_blame(undisplayable(exc.diagnostic)).difference(gone)
                if more:  # each turn names some that were not known before: the loop ends
                    gone += sorted(more)
                    continue
                same = partial(_is_refused, book, asked, exc.message)
                mended = mend(source, exc.diagnostic, fonts, plain, same)
                if not mended:
                    raise _error(exc, source) from exc
                message = f"Typst refuses this: {exc.message}"
                refused += [(Subtype.TYPST, f"{message}; {m.shown}", m.place) for m in mended]
            else:
                break
    assert isinstance(data, bytes)
    notes = [
        (Subtype.TYPST, _told(w.message), source_location(w.diagnostic, source)) for w in warnings
    ]
    if not settled:
        message = "the pages do not come to rest: a reference may name the page before or after"
        notes.append((Subtype.TYPST, message, None))
    return data, found, [*_absent_notes(gone, source, packages), *refused, *notes]


def _is_refused(book: typst.Compiler, asked: Mapping[str, Any], reason: str) -> bool:
    """Tell whether a book as it stands is refused for a reason."""
    try:
        book.compile_with_warnings(**asked)
    except typst.TypstError as exc:
        return bool(exc.message == reason)
    return False


def _told(message: str) -> str:
    return f"something is not printed here: {message}" if is_loss(message) else message


def _error(exc: typst.TypstError, source: Path) -> CompileError:
    found = next(places(exc.diagnostic), None)
    place = f" ({Path(found[0]).name}, line {found[1]})" if found else ""
    hints = "".join(f"\n  hint: {hint}" for hint in exc.hints)
    location = source_location(exc.diagnostic, source)
    return CompileError(f"{exc.message}{place}{hints}", location)


def without_alternatives(markup: str) -> str:
    """Give markup without the words for images, which are not printed."""
    return _ALT.sub("", markup)


def _absent_notes(absent: Iterable[str], source: Path, packages: Container[str]) -> list[Note]:
    found: dict[str | None, list[str]] = {}
    wanted = set(absent)
    for line, place in lines_with_places(source):
        if not line.isascii() and not line.startswith(SOURCE_MARK):
            line = without_alternatives(line)
            chars = [char for char in dict.fromkeys(line) if char in wanted]
            wanted.difference_update(chars)  # the first place is enough
            found.setdefault(place, []).extend(chars)
    return [
        (Subtype.FONT, f"no font has {named(some)}; the numbers are printed instead; {what}", place)
        for place, chars in found.items()
        for what, some in _by_remedy(chars, packages).items()
        if named(some)
    ]


def _by_remedy(chars: Iterable[str], packages: Container[str]) -> dict[str, list[str]]:
    sorted_out: dict[str, list[str]] = {}
    for char in chars:
        sorted_out.setdefault(remedy(char, packages), []).append(char)
    return sorted_out
