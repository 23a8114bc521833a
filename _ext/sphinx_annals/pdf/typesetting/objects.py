"""The objects of a PDF that Typst has made: read, changed as text, and written again.

Pure: no Sphinx. This reads no other PDF: Typst writes each object by itself, uncompressed, with one
table of where they are, and neither updates nor encryption (ISO 32000-1, 7.5). The structure of a
tagged book is thousands of small objects; compressed together they take a third. To make values of
all of them and text again, as libraries for any PDF do, takes a tenth of the time of a whole book.
"""

import re
import struct
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

#: How many objects are compressed together: who wants one of them reads them all.
_TOGETHER = 200
_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")
_OBJECT = re.compile(rb"(\d+) 0 obj\n(.*)\nendobj\s*", re.DOTALL)
#: How long a row of the table is: where an object begins, its generation, whether it is in use.
_ROW = 20
_SIZE = re.compile(rb"/Size \d+")
#: What an element of the structure, or a node of the pages, holds: objects, and marked content.
_KIDS = re.compile(rb"(/(?:K|Kids)\[)([^\[\]]*)\]")
_KID = re.compile(rb"<<.*?>>|(\d+) 0 R|\d+")


class FormError(ValueError):
    """A PDF that has not the form that Typst gives to it."""


@dataclass
class Objects:
    """A PDF: the line of its version, its objects, and its trailer.

    An object is the text of its value, such as ``<</Type/Page …>>``, a stream with its data. It
    stands at its number; the first is none, as in every PDF.
    """

    head: bytes
    texts: list[bytes]
    trailer: bytes

    @property
    def root(self) -> int:
        """The number of the catalogue."""
        return reference(self.trailer, "Root")

    def add(self, text: bytes) -> int:
        """Add an object and give its number."""
        self.texts.append(text)
        return len(self.texts) - 1

    def pages(self) -> list[int]:
        """Give the numbers of the pages in their order."""
        found, waiting = list[int](), [reference(self.texts[self.root], "Pages")]
        while waiting:
            number = waiting.pop()
            if self.texts[number].startswith(b"<</Type/Pages"):
                waiting += [kid for kid in kids(self.texts[number])[::-1] if kid]
            else:
                found.append(number)
        return found

    def written(self, *, packed: bool) -> bytes:
        """Give the file; *packed* with its objects compressed, which readers of PDF 1.5 know."""
        return _packed(self) if packed else _plain(self)


def read(data: bytes) -> Objects:
    """Read a PDF as Typst writes it. Raises :exc:`FormError` if it has another form."""
    start = int(data[data.rindex(b"startxref") + len(b"startxref") :].split()[0])
    table = _TABLE.match(data, start)
    if table is None:
        raise FormError("the PDF has no plain table of its objects")
    count, first = int(table[1]), table.end()
    rows = range(first + _ROW, first + count * _ROW, _ROW)
    places = sorted((int(data[row : row + 10]), number) for number, row in enumerate(rows, 1))
    texts = [b""] * count
    for (at, number), (end, _) in pairwise([*places, (start, 0)]):
        found = _OBJECT.fullmatch(data, at, end)
        if found is None or int(found[1]) != number:
            raise FormError(f"the object {number} of the PDF has another form")
        texts[number] = found[2]
    trailer = data[first + count * _ROW : data.rindex(b"startxref")]
    return Objects(data[: places[0][0]], texts, trailer.removeprefix(b"trailer").strip())


def reference(text: bytes, name: str) -> int:
    """Give the number of the object that an entry refers to.

    Raises :exc:`FormError` if there is none.
    """
    found = re.search(rb"/%b (\d+) 0 R" % name.encode(), text)
    if found is None:
        raise FormError(f"an object of the PDF has no /{name}")
    return int(found[1])


def kids(text: bytes) -> list[int | None]:
    """Give what an element holds: the numbers of elements, and None for each marked content."""
    found = _KIDS.search(text)
    return [int(kid[1]) if kid[1] else None for kid in _KID.finditer(found[2])] if found else []


def with_kids(text: bytes, others: dict[int, int]) -> bytes:
    """Give an element with others in the place of some of those that it holds."""

    def kid(found: re.Match[bytes]) -> bytes:
        number = int(found[1]) if found[1] else 0
        return b"%d 0 R" % others[number] if number in others else found[0]

    return _KIDS.sub(lambda found: found[1] + _KID.sub(kid, found[2]) + b"]", text, count=1)


def _plain(pdf: Objects) -> bytes:
    body, places = _laid(pdf.head, dict(enumerate(pdf.texts[1:], 1)))
    rows = [b"0000000000 65535 f\r\n", *(b"%010d 00000 n\r\n" % at for at in places.values())]
    trailer = _SIZE.sub(b"/Size %d" % len(rows), pdf.trailer)
    table = [b"xref\n0 %d\n" % len(rows), *rows, b"trailer\n", trailer, b"\n"]
    return b"".join([body, *table, _end(len(body))])


def _packed(pdf: Objects) -> bytes:
    """Write streams as they are, and all others in streams of objects (ISO 32000-1, 7.5.7)."""
    alone = {number: text for number, text in enumerate(pdf.texts) if text.endswith(b"endstream")}
    others = [number for number in range(1, len(pdf.texts)) if number not in alone]
    groups = (others[at : at + _TOGETHER] for at in range(0, len(others), _TOGETHER))
    holders = dict(enumerate(groups, len(pdf.texts)))
    held = {holder: _together(pdf, group) for holder, group in holders.items()}
    body, places = _laid(pdf.head, alone | held)
    # of the table: its kinds are free, by itself, within a stream
    rows = {0: (0, 0, 65535)} | {number: (1, at, 0) for number, at in places.items()}
    for holder, group in holders.items():
        rows |= {number: (2, holder, place) for place, number in enumerate(group)}
    last = len(rows)
    rows[last] = (1, len(body), 0)
    table = b"".join(struct.pack(">BIH", *rows[number]) for number in range(last + 1))
    entries = _SIZE.sub(b"/Size %d" % (last + 1), pdf.trailer.strip()[2:-2])
    own, _ = _laid(b"", {last: stream(table, b"/Type/XRef/W[1 4 2]" + entries)})
    return b"".join([body, own, _end(len(body))])


def _together(pdf: Objects, numbers: Sequence[int]) -> bytes:
    """Give the stream that holds some objects, with where each begins in it."""
    texts = [pdf.texts[number] for number in numbers]
    starts = accumulate((len(text) + 1 for text in texts), initial=0)
    head = b" ".join(b"%d %d" % place for place in zip(numbers, starts, strict=False)) + b"\n"
    what = b"/Type/ObjStm/N %d/First %d" % (len(numbers), len(head))
    return stream(head + b"\n".join(texts), what)


def _laid(head: bytes, texts: Mapping[int, bytes]) -> tuple[bytes, dict[int, int]]:
    """Give objects, by number, one after another behind the head of a file, and their places."""
    made = [b"%d 0 obj\n%b\nendobj\n" % item for item in texts.items()]
    places = accumulate(map(len, made), initial=len(head))
    return b"".join([head, *made]), dict(zip(texts, places, strict=False))


def stream(data: bytes, entries: bytes = b"") -> bytes:
    """Give the text of an object that holds data, compressed, with what else is said of it."""
    packed = zlib.compress(data)
    form = b"<<%b/Filter/FlateDecode/Length %d>>stream\n%b\nendstream"
    return form % (entries, len(packed), packed)


def _end(start: int) -> bytes:
    return b"startxref\n%d\n%%%%EOF\n" % start
