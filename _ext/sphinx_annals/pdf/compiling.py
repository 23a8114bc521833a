"""Run the Typst compiler in-process and make its complaints point at the source document.

The generated file carries comments ``//@ docname:line``; the nearest one
above an error says where the author should look.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import typst
from sphinx.errors import SphinxError

from sphinx_annals.extension import command
from sphinx_annals.fences.typst import is_loss, is_unsettled, places, undisplayable
from sphinx_annals.pdf.fonts import compiler
from sphinx_annals.pdf.glyphs import Glyphs, named, pattern
from sphinx_annals.pdf.markup import string, value
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.text import write_if_changed

#: Also used by the translator to write the comments.
SOURCE_MARK = "//@ "
_ALT = re.compile(r'\balt: "(?:[^"\\]|\\.)*"')
_RAW = re.compile(r"/\*@raw (?P<place>.*?)\*/(?P<code>.*?)/\*@\*/", re.DOTALL)


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
    for number in _lines_of(diagnostic, source):
        *_, (_line, place) = islice(_lines_with_places(source), number)
        if place:
            return place
    return None


def _lines_of(diagnostic: str, source: Path) -> Iterator[int]:
    """Give the lines of the generated file that a diagnostic names.

    The error may arise in the template, which may have the same name; then whoever called it
    stands further down.
    """
    own = source.parts[-2:]
    for file, number in places(diagnostic):
        named = Path(file).parts[-2:]
        if named == own[-len(named) :]:
            yield number


def set_aside(source: Path, diagnostic: str, fonts: typst.Fonts) -> str | None:
    """Have one piece of an author's own Typst printed as it stands; give its place, if it is one.

    Such a piece is meant where the compiler stopped, or is one that it cannot read by itself: a
    bracket too many is found at the end of what stands round it.
    """
    text = source.read_text(encoding="utf-8")
    pieces = list(_RAW.finditer(text))
    lines = set(_lines_of(diagnostic, source))

    def is_named(piece: re.Match[str]) -> bool:
        start = text.count("\n", 0, piece.start()) + 1
        return not lines.isdisjoint(range(start, start + piece[0].count("\n") + 1))

    alone = (piece for piece in pieces if not _can_be_read(piece["code"], fonts))
    piece = next(filter(is_named, pieces), None) or next(alone, None)
    if piece is None:
        return None
    code = piece["code"].strip()
    shown = f"#raw({string(code)}, block: {value(code != piece['code'])})"
    write_if_changed(source, f"{text[: piece.start()]}{shown}{text[piece.end() :]}".encode())
    return piece["place"]


def _can_be_read(code: str, fonts: typst.Fonts) -> bool:
    try:
        compiler(fonts, f"#if false [\n{code}\n]".encode()).query("<none>")
    except RuntimeError:
        return False
    return True


def raw(code: str, place: str) -> str:
    """Give a piece of Typst that an author wrote so that it can be set aside if it is refused."""
    return f"/*@raw {place}*/{code}/*@*/"


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
    refused: list[Note] = []
    while True:
        try:
            data, warnings = book.compile_with_warnings(
                format="pdf", pdf_standards=standards, timestamp=timestamp, sys_inputs=inputs
            )
        except typst.TypstError as exc:
            # Other standards print an empty frame; PDF/UA refuses, so it is set anew without them.
            more = Glyphs(fonts).to_blame(undisplayable(exc.diagnostic)).difference(gone)
            if more:  # each turn names some that were not known before, so that the loop ends
                gone += sorted(more)
                inputs["absent"] = pattern(gone)
                continue
            place = set_aside(source, exc.diagnostic, fonts)
            if place is None:
                raise _error(exc, source) from exc
            message = f"Typst refuses what is written for it: {exc.message}; it is printed as code"
            refused.append((Subtype.TYPST, message, place))
            continue
        notes = [
            (Subtype.TYPST, _told(w.message), source_location(w.diagnostic, source))
            for w in warnings
        ]
        if "pages" in inputs or not any(is_unsettled(words) for _, words, _ in notes):
            break
        inputs["pages"] = "always"
    assert isinstance(data, bytes)
    return data, [*_absent_notes(gone, source), *refused, *notes]


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


def _absent_notes(absent: Iterable[str], source: Path) -> list[Note]:
    found: dict[str | None, list[str]] = {}
    wanted = set(absent)
    for line, place in _lines_with_places(source):
        if not line.isascii() and not line.startswith(SOURCE_MARK):
            line = without_alternatives(line)
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
