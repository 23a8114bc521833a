"""What the compiler refuses is replaced by its text, so that one bad place costs itself alone.

Pure: no Sphinx. The generated file carries three kinds of comments. ``//@ docname:line`` says where
the author should look; ``/*@raw place*/ … /*@*/`` holds Typst that an author wrote; and
``//# number`` … ``//# end`` hold a block, or a heading, for which the translator has its text.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import typst

from sphinx_annals.fences.typst import places
from sphinx_annals.pdf.markup import string, value
from sphinx_annals.pdf.typesetting.fonts import compiler
from sphinx_annals.text import write_if_changed

#: Also used by the translator to write the comments.
SOURCE_MARK = "//@ "
BLOCK_MARK = "//# "
BLOCK_END = f"\n{BLOCK_MARK}end\n"
_RAW = re.compile(r"/\*@raw (?P<place>.*?)\*/(?P<code>.*?)/\*@\*/", re.DOTALL)
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"')
#: Behind a colon it is an address.
_COMMENT = re.compile(r"(?<!:)//")
_BLOCK = re.compile(rf"^{BLOCK_MARK}(\d+)\n(.*?)^{BLOCK_MARK}end\n", re.MULTILINE | re.DOTALL)
_ANCHOR = re.compile(r'#metadata\(none\)#label\("(?:[^"\\]|\\.)*"\)')


class Plain(NamedTuple):
    """What stands for a block that is refused: where it was written, and its text as markup."""

    place: str
    text: Callable[[], str]


class Mended(NamedTuple):
    """One thing that is printed otherwise than it was written."""

    place: str
    shown: str


def raw(code: str, place: str) -> str:
    """Give a piece of Typst that an author wrote so that it can be set aside if it is refused."""
    return f"/*@raw {place}*/{ended(code)}/*@*/"


def ended(code: str) -> str:
    """End the comments of a piece of Typst with it; they would hide what stands behind it."""
    bare = _STRING.sub("", code)
    line = "\n" if _COMMENT.search(bare.rpartition("\n")[2]) else ""
    return code + line + "*/" * (bare.count("/*") - bare.count("*/"))


def lines_with_places(source: Path) -> Iterator[tuple[str, str | None]]:
    """Give the lines of the generated file, each with the last ``docname:line`` above it."""
    place = None
    for line in source.read_text(encoding="utf-8").splitlines():
        if line.startswith(SOURCE_MARK):
            place = line.removeprefix(SOURCE_MARK).strip()
        yield line, place


def source_location(diagnostic: str, source: Path) -> str | None:
    """Give ``docname:line`` for a Typst *diagnostic* about the file *source*."""
    for number in _lines_of(diagnostic, source):
        *_, (_line, place) = islice(lines_with_places(source), number)
        if place:
            return place
    return None


def _lines_of(diagnostic: str, source: Path) -> Iterator[int]:
    """Give the lines of the generated file that a diagnostic names.

    The error may arise in the template, which may have the same name in its folder; then whoever
    called it stands further down. Files are named from the folder of the process.
    """
    own = source.resolve()
    return (number for file, number in places(diagnostic) if Path(file).resolve() == own)


def mend(
    source: Path,
    diagnostic: str,
    fonts: typst.Fonts,
    plain: Sequence[Plain],
    refused: Callable[[], bool],
) -> list[Mended]:
    """Have what was refused printed as its text; give what that was, nothing if it is not known.

    *refused* tells whether the file as it then stands is refused for the same reason.
    """
    lines = sorted(set(_lines_of(diagnostic, source)))
    found = _set_aside(source, lines, fonts)
    return [found] if found else _replaced(source, lines, fonts, plain, refused)


def _set_aside(source: Path, lines: Sequence[int], fonts: typst.Fonts) -> Mended | None:
    """Have one piece of an author's own Typst printed as it stands.

    Such a piece is meant where the compiler stopped, or is one that it cannot read by itself: a
    bracket too many is found at the end of what stands round it.
    """
    text = source.read_text(encoding="utf-8")
    pieces = list(_RAW.finditer(text))
    alone = (piece for piece in pieces if not _can_be_read(piece["code"], fonts))
    piece = next((p for p in pieces if _is_among(p, lines)), None) or next(alone, None)
    if piece is None:
        return None
    code = piece["code"].strip()
    shown = f"#raw({string(code)}, block: {value(code != piece['code'])})"
    write_if_changed(source, f"{text[: piece.start()]}{shown}{text[piece.end() :]}".encode())
    return Mended(piece["place"], "it is printed as code")


def _is_among(piece: re.Match[str], lines: Sequence[int]) -> bool:
    """Tell whether one of these lines of the file is within a piece of it."""
    start = piece.string.count("\n", 0, piece.start()) + 1
    return any(start <= line <= start + piece[0].count("\n") for line in lines)


def _can_be_read(code: str, fonts: typst.Fonts) -> bool:
    try:
        compiler(fonts, f"#if false [\n{code}\n]".encode()).query("<none>")
    except RuntimeError:
        return False
    return True


def _replaced(
    source: Path,
    lines: Sequence[int],
    fonts: typst.Fonts,
    plain: Sequence[Plain],
    refused: Callable[[], bool],
) -> list[Mended]:
    """Put the text of blocks in their places: of those named, or of those found by trying.

    Where one cannot be read, those behind it are named for what is left open in it.
    """
    text = source.read_text(encoding="utf-8")
    blocks = list(_BLOCK.finditer(text))
    named = [block for block in blocks if _is_among(block, lines)]
    unread = [block for block in named if not _can_be_read(block[2], fonts)]
    bad = unread or named or _found_by_halves(source, text, blocks, refused)
    texts = {int(block[1]): plain[int(block[1])].text() for block in bad}
    write_if_changed(source, _without(text, bad, texts).encode())
    return [Mended(plain[int(b[1])].place, "its text is printed without its form") for b in bad]


def _without(text: str, blocks: Sequence[re.Match[str]], texts: dict[int, str]) -> str:
    """Give the file without these blocks, of which anchors are left, and what is given of text."""
    written, done = [], 0
    for block in blocks:
        anchors = "".join(_ANCHOR.findall(block[2]))
        written += [text[done : block.start()], anchors, texts.get(int(block[1]), ""), "\n"]
        done = block.end()
    return "".join([*written, text[done:]])


def _found_by_halves(
    source: Path, text: str, blocks: Sequence[re.Match[str]], refused: Callable[[], bool]
) -> list[re.Match[str]]:
    """Give the blocks that are refused also where no other block stands beside them.

    The compiler does not always say where it stopped: of what a template does to the letters of
    a block it names the template alone.
    """

    def refused_alone(first: int, last: int) -> bool:
        others = [*blocks[:first], *blocks[last:]]
        write_if_changed(source, _without(text, others, {}).encode())
        return refused()

    found = []
    waiting = [] if refused_alone(0, 0) else [(0, len(blocks))]
    while waiting:
        first, last = waiting.pop()
        if last - first > 1:
            middle = (first + last) // 2
            in_first = refused_alone(first, middle)
            # What is not in the one half is in the other.
            in_last = not in_first or refused_alone(middle, last)
            waiting += [(middle, last)] * in_last + [(first, middle)] * in_first
        elif last - first == 1 and refused_alone(first, last):
            found.append(blocks[first])
    write_if_changed(source, text.encode())
    return found
