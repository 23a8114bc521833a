"""What a PDF gets after Typst has made it: it becomes smaller, opens with its bookmarks, names the
heads of rows in tables, has its links led to their places, and gets marks for the cutter.

Pure: no Sphinx. What is changed here is text in the form that Typst gives to the objects of a PDF;
pages stay as they are, and so do the metadata by which a file says that it is PDF/UA or PDF/A.
"""

import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from sphinx_annals.pdf.markup import points
from sphinx_annals.pdf.typesetting.objects import Objects, kids, read, reference, stream, with_kids
from sphinx_annals.pdf.typesetting.places import PREFIX, Place

#: PDF 1.4 has no object streams, and PDF/A-1 is PDF 1.4.
_WITHOUT = frozenset({"1.4", "a-1a", "a-1b"})

#: How long marks are, and how far from the bleed.
_MARK, _GAP = 12.0, 3.0

#: Where a link leads that names nothing.
_START = Place(1, 0, 0, "1")
#: What a mark of a footnote and the note lead to, with the number and the name of the note, as
#: ``mark-of`` writes them.
_NOTE = re.compile("(note|mark):([^:]+):(.+)")
_ACROSS = {"note": "mark", "mark": "note"}

# Objects, as Typst writes them.
_ELEMENT = "<</Type/StructElem/S/{}/"
_ROW, _CELL, _STRONG = (_ELEMENT.format(kind).encode() for kind in ("TR", "TD", "Strong"))
_ANNOTATIONS = re.compile(rb"/Annots\[([^\]]*)\]")
_REFERENCE = re.compile(rb"(\d+) 0 R")
_LINK = re.compile(
    rb"(?P<head><</Type/Annot/Subtype/Link/Rect\[(?P<left>\S+) \S+ \S+ (?P<top>[^\]]+)\].*?)"
    rb"/A<</Type/Action/S/URI/URI(?P<uri>\((?:[^\\]|\\.)*?\)|<\w*>)>>"
    rb"(?P<tail>.*?)(?:/Contents(?:\(.*\)|<\w*>))?>>",
    re.DOTALL,
)
_STRUCTURE = re.compile(rb"/StructTreeRoot (\d+) 0 R")
_PARENTS = re.compile(rb"/ParentTree<</Nums\[([^\]]*)\]")
_OWN_PLACE = re.compile(rb"/StructParent (\d+)")
_NUMBERED = re.compile(rb"(\d+) (\d+) 0 R")
_BOX = re.compile(rb"/MediaBox\[([^\]]*)\]")
_ESCAPED = re.compile(rb"\\([0-7]{3}|.)", re.DOTALL)
_CONTROLS = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def finished(
    data: bytes,
    standards: Iterable[str],
    bleed: str = "",
    places: Mapping[str, Place] = MappingProxyType({}),
    page_word: str = "page",
) -> bytes:
    """Give a PDF that is complete, with its objects compressed, unless a standard forbids that.

    Links within it lead to *places*; *page_word* is the word for a page in its language.
    With a *bleed* such as "3mm" its pages have that much more on each side, and marks where the
    paper is cut. The same bytes give the same bytes.
    """
    pdf = read(data)
    _say_how_it_opens(pdf)
    _name_heads_of_rows(pdf)
    _name_labels(pdf, _aim_links(pdf, places, page_word))
    if bleed:
        for page in pdf.pages():
            _mark(pdf, page, points(bleed))
    return pdf.written(packed=not _WITHOUT & set(standards))


def _say_how_it_opens(pdf: Objects) -> None:
    """Show the bookmarks, if there are some. Leave out that no tag is suspect: it is the default
    (ISO 32000-1, table 321), and poppler reports it as a wrong type.
    """
    text = pdf.texts[pdf.root].replace(b"/Suspects false", b"", 1)
    mode = b"/PageMode/UseOutlines" if b"/Outlines " in text else b""
    pdf.texts[pdf.root] = text.replace(b"/Type/Catalog", b"/Type/Catalog" + mode, 1)


def _name_heads_of_rows(pdf: Objects) -> None:
    """Tag as a head the first cell of a row that is all strong, as those of stub columns are.

    Typst has heads of columns alone.
    """
    for row in [text for text in pdf.texts if text.startswith(_ROW)]:
        cell = next(filter(None, kids(row)), None)
        if cell and pdf.texts[cell].startswith(_CELL) and _is_strong(pdf, cell):
            text = pdf.texts[cell].replace(b"/S/TD", b"/S/TH", 1)
            said = b"/A[<</O/Table/Scope/Row>>"
            more, what = (said, b"/A[") if b"/A[" in text else (said + b"]/K[", b"/K[")
            pdf.texts[cell] = text.replace(what, more, 1)


def _is_strong(pdf: Objects, element: int) -> bool:
    """Tell whether all that an element shows is strong."""
    text = pdf.texts[element]
    within = kids(text)
    return text.startswith(_STRONG) or (
        bool(within) and all(kid and _is_strong(pdf, kid) for kid in within)
    )


class _Spot(NamedTuple):
    page: int
    left: bytes
    top: bytes


def _aim_links(pdf: Objects, places: Mapping[str, Place], page_word: str) -> list[int]:
    """Have links that name a label lead to where it stands, and say what page that is; footnotes
    and their marks lead to each other. Give the links of footnotes.

    One that stands nowhere is the start of the book.
    """
    pages = pdf.pages()
    notes: list[tuple[int, re.Match[bytes], re.Match[str]]] = []
    spots: dict[str, _Spot] = {}
    for page in pages:
        found = _ANNOTATIONS.search(pdf.texts[page])
        for number in map(int, _REFERENCE.findall(found[1] if found else b"")):
            link = _LINK.fullmatch(pdf.texts[number])
            uri = _text(link["uri"]) if link else ""
            if link and uri.startswith(PREFIX):
                place = places.get(uri.removeprefix(PREFIX), _START)
                goal = pages[place.page - 1]
                spot = _Spot(goal, _number(place.x), _number(_box(pdf, goal)[3] - place.y))
                pdf.texts[number] = _leading(link, spot, f"{page_word} {place.shown}")
            elif link and (note := _NOTE.fullmatch(uri)):
                notes.append((number, link, note))
                spots.setdefault(uri, _Spot(page, link["left"], link["top"]))
    for number, link, note in notes:
        kind, shown, name = note.groups()
        spot = spots.get(f"{_ACROSS[kind]}:{shown}:{name}", spots[note[0]])
        pdf.texts[number] = _leading(link, spot, shown)
    return [number for number, _, _ in notes]


def _leading(link: re.Match[bytes], spot: _Spot, words: str) -> bytes:
    goal = b"/Dest[%d 0 R/XYZ %b %b null]" % spot
    return b"%b%b%b/Contents%b>>" % (link["head"], goal, link["tail"], _said(words))


def _name_labels(pdf: Objects, links: Iterable[int]) -> None:
    """Put each of some links into an element that says that it is the label of a note."""
    structure = _STRUCTURE.search(pdf.texts[pdf.root])
    tree = _PARENTS.search(pdf.texts[int(structure[1])]) if structure else None
    elements = dict(_NUMBERED.findall(tree[1])) if tree else {}
    labels: dict[int, dict[int, int]] = {}
    for link in links:
        place = _OWN_PLACE.search(pdf.texts[link])
        if place and place[1] in elements:
            element = int(elements[place[1]])
            parent = reference(pdf.texts[element], "P")
            form = _ELEMENT.format("Lbl").encode() + b"P %d 0 R/K[%d 0 R]>>"
            label = pdf.add(form % (parent, element))
            old, new = (b"/P %d 0 R" % above for above in (parent, label))
            pdf.texts[element] = pdf.texts[element].replace(old, new, 1)
            labels.setdefault(parent, {})[element] = label
    for parent, others in labels.items():
        pdf.texts[parent] = with_kids(pdf.texts[parent], others)


def _mark(pdf: Objects, page: int, bleed: float) -> None:
    """Widen a page by its bleed and by what holds the marks, which are no part of the text."""
    left, bottom, right, top = _box(pdf, page)
    slug = bleed + _GAP + _MARK
    boxes = b"".join(
        b"/%b[%b]" % (name, b" ".join(map(_number, (left - by, bottom - by, right + by, top + by))))
        for name, by in ((b"TrimBox", 0.0), (b"BleedBox", bleed), (b"MediaBox", slug))
    )
    lines = []
    for x, outwards in ((left, -1), (right, 1)):
        for y, upwards in ((bottom, -1), (top, 1)):
            start = bleed + _GAP
            for dx, dy in ((outwards, 0), (0, upwards)):
                ends = [(x + dx * far, y + dy * far) for far in (start, start + _MARK)]
                lines.append("{:.2f} {:.2f} m {:.2f} {:.2f} l S".format(*ends[0], *ends[1]))
    drawn = "Q /Artifact BMC q 0 0 0 1 K 0.25 w " + " ".join(lines) + " Q EMC"
    content = reference(pdf.texts[page], "Contents")
    around = [pdf.add(stream(part)) for part in (b"q", drawn.encode())]
    contents = b"/Contents[%d 0 R %d 0 R %d 0 R]" % (around[0], content, around[1])
    text = _BOX.sub(boxes, pdf.texts[page], count=1)
    pdf.texts[page] = text.replace(b"/Contents %d 0 R" % content, contents, 1)


def _box(pdf: Objects, page: int) -> list[float]:
    found = _BOX.search(pdf.texts[page])
    return [float(side) for side in found[1].split()] if found else [0.0, 0.0, 0.0, 0.0]


def _number(value: float) -> bytes:
    return f"{value:.3f}".rstrip("0").rstrip(".").encode()


def _text(written: bytes) -> str:
    """Read a string of bytes (ISO 32000-1, 7.3.4)."""
    if written.startswith(b"<"):
        return bytes.fromhex(written[1:-1].decode()).decode()

    def char(found: re.Match[bytes]) -> bytes:
        sign = found[1]
        return bytes([int(sign, 8)]) if sign.isdigit() else _CONTROLS.get(sign, sign)

    return _ESCAPED.sub(char, written[1:-1]).decode()


def _said(words: str) -> bytes:
    """Write a text that readers of the file show (ISO 32000-1, 7.9.2.2)."""
    return b"<FEFF%b>" % words.encode("utf-16-be").hex().upper().encode()
