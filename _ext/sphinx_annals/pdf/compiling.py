"""Run the Typst compiler in-process and make its complaints point at the source document.

The generated file carries comments ``//@ docname:line``; the nearest one
above an error says where the author should look.
"""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import typst
from sphinx.errors import SphinxError

from sphinx_annals.extension import command
from sphinx_annals.fences.typst import is_unsettled, places, undisplayable
from sphinx_annals.pdf.fonts import compiler
from sphinx_annals.pdf.glyphs import Glyphs, named, pattern
from sphinx_annals.pdf.messages import Subtype

#: Also used by the translator to write the comments.
SOURCE_MARK = "//@ "


class CompileError(SphinxError):
    """Typst refused the generated file; the message holds place, reason and hint."""

    category = "Typst error"

    def __init__(self, message: str, location: str | None = None) -> None:
        super().__init__(message)
        self.location = location


Note = tuple[Subtype, str, str | None]
"""One warning of the compiler: its kind, its words, the place in the source document if known."""


def _lines_with_places(source: Path) -> Iterator[tuple[str, str | None]]:
    """Give the lines of the generated file, each with the last ``docname:line`` above it."""
    place = None
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith(SOURCE_MARK):
            place = line.removeprefix(SOURCE_MARK).strip()
        yield line, place


def source_location(diagnostic: str, source: Path) -> str | None:
    """Give ``docname:line`` for a Typst *diagnostic* about the file *source*."""
    for file, number in places(diagnostic):
        # The error may arise in the template; then whoever called it stands further down.
        if file.endswith(source.name):
            *_, (_line, place) = islice(_lines_with_places(source), number)
            if place:
                return place
    return None


def compile_pdf(
    source: Path,
    fonts: typst.Fonts,
    standards: list[Any],
    timestamp: int,
    absent: Iterable[str] = (),
) -> tuple[bytes, list[Note]]:
    """Compile *source* and give the PDF and the compiler's warnings.

    Raises :exc:`CompileError`. A page reference that is printed only when its target is on
    another page can keep the layout from settling; then it is compiled again with every
    page printed, which always settles. *absent* are characters that no font has, whose
    numbers are printed; more that the compiler finds make it start again.
    """
    book = compiler(fonts, str(source), root=str(source.parent))
    gone = list(absent)
    inputs = {"absent": pattern(gone)} if gone else {}
    while True:
        try:
            data, warnings = book.compile_with_warnings(
                format="pdf", pdf_standards=standards, timestamp=timestamp, sys_inputs=inputs
            )
        except typst.TypstError as exc:
            # Other standards print an empty frame; PDF/UA refuses, so it is set anew without them.
            more = Glyphs(fonts).to_blame(undisplayable(exc.diagnostic)).difference(gone)
            if not more:
                found = next(places(exc.diagnostic), None)
                place = f" ({Path(found[0]).name}, line {found[1]})" if found else ""
                hints = "".join(f"\n  hint: {hint}" for hint in exc.hints)
                location = source_location(exc.diagnostic, source)
                raise CompileError(f"{exc.message}{place}{hints}", location) from exc
            # each turn names some that were not known before, so that the loop ends
            gone += sorted(more)
            inputs["absent"] = pattern(gone)
            continue
        notes = [
            (Subtype.TYPST, w.message, source_location(w.diagnostic, source)) for w in warnings
        ]
        if "pages" in inputs or not any(is_unsettled(words) for _, words, _ in notes):
            break
        inputs["pages"] = "always"
    assert isinstance(data, bytes)
    return data, [*_absent_notes(gone, source), *notes]


def _absent_notes(absent: Iterable[str], source: Path) -> list[Note]:
    found: dict[str | None, list[str]] = {}
    wanted = set(absent)
    for line, place in _lines_with_places(source):
        if not line.isascii() and not line.startswith(SOURCE_MARK):
            chars = [char for char in dict.fromkeys(line) if char in wanted]
            wanted.difference_update(chars)  # the first place is enough
            found.setdefault(place, []).extend(chars)
    remedy = (
        f"the numbers are printed instead; run {command('emoji')}, or add a font with typst_fonts"
    )
    return [
        (Subtype.FONT, f"no font has {named(chars)}; {remedy}", place)
        for place, chars in found.items()
        if named(chars)
    ]
