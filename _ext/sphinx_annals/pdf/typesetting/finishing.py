"""What a PDF gets after Typst has made it: it becomes smaller, opens with its bookmarks, names the
heads of rows in tables, has its links led to their places, and gets marks for the cutter.

Pure: no Sphinx. Typst writes each object by itself, uncompressed. The structure of a tagged book
is thousands of small objects; together they are compressed to a third. Neither pages change, nor
the metadata by which a file says that it is PDF/UA or PDF/A.
"""

import io
import re
from collections.abc import Iterable, Mapping
from types import MappingProxyType

import pikepdf

from sphinx_annals.pdf.markup import points
from sphinx_annals.pdf.typesetting.places import PREFIX, Place

#: PDF 1.4 has no object streams, and PDF/A-1 is PDF 1.4.
_WITHOUT = frozenset({"1.4", "a-1a", "a-1b"})

#: A row in the structure, as Typst writes it.
_ROW = re.compile(rb"^(\d+) 0 obj\n<</Type/StructElem/S/TR\b", re.MULTILINE)

#: How long marks are, and how far from the bleed.
_MARK, _GAP = 12.0, 3.0

#: Where a link leads that names nothing.
_START = Place(1, 0, 0, "1")
#: What a mark of a footnote and the note lead to, with the number and the name of the note, as
#: ``mark-of`` writes them.
_NOTE = re.compile("(note|mark):([^:]+):(.+)")
_ACROSS = {"note": "mark", "mark": "note"}


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
    old = bool(_WITHOUT & set(standards))
    mode = pikepdf.ObjectStreamMode
    made = io.BytesIO()
    with pikepdf.Pdf.open(io.BytesIO(data)) as pdf:
        if "/Outlines" in pdf.Root:
            pdf.Root.PageMode = pikepdf.Name.UseOutlines
        _say_nothing_usual(pdf)
        _name_heads_of_rows(pdf, data)
        _aim_links(pdf, places, page_word)
        if bleed:
            for page in pdf.pages:
                _mark(pdf, page, points(bleed))
        pdf.save(
            made,
            object_stream_mode=mode.preserve if old else mode.generate,
            deterministic_id=True,
            fix_metadata_version=False,
        )
    return made.getvalue()


def _say_nothing_usual(pdf: pikepdf.Pdf) -> None:
    """Leave out that no tag is suspect: it is the default (ISO 32000-1, table 321), and poppler
    reports it as a wrong type.
    """
    marks = pdf.Root.get("/MarkInfo")
    if marks is not None and "/Suspects" in marks and not marks.Suspects:
        del marks["/Suspects"]


def _name_heads_of_rows(pdf: pikepdf.Pdf, data: bytes) -> None:
    """Tag as a head the first cell of a row that is all strong, as those of stub columns are.

    Typst has heads of columns alone. Its *data* say which of the many objects are rows.
    """
    for found in _ROW.finditer(data):
        element = pdf.get_object(int(found[1]), 0)
        cells = [cell for cell in _children(element) if _is_element(cell)]
        if cells and cells[0].S == pikepdf.Name.TD and _is_strong(cells[0]):
            scope = pikepdf.Dictionary(O=pikepdf.Name.Table, Scope=pikepdf.Name.Row)
            own = cells[0].get("/A")
            others = own if isinstance(own, pikepdf.Array) else [own] if own is not None else []
            cells[0].S = pikepdf.Name.TH
            cells[0].A = pikepdf.Array([*others, scope])


def _aim_links(pdf: pikepdf.Pdf, places: Mapping[str, Place], page_word: str) -> None:
    """Have links that name a label lead to where it stands, and say what page that is; footnotes
    and their marks lead to each other.

    One that stands nowhere is the start of the book.
    """
    pages = list(pdf.pages)
    notes: list[tuple[re.Match[str], pikepdf.Object]] = []
    spots: dict[str, list[pikepdf.Object | float]] = {}
    for page in pages:
        for link in page.obj.get("/Annots") or ():
            uri = bytes(link.A.URI).decode() if "/A" in link and "/URI" in link.A else ""
            if uri.startswith(PREFIX):
                place = places.get(uri.removeprefix(PREFIX), _START)
                goal = pages[place.page - 1]
                top = float(goal.mediabox[3]) - place.y
                _lead(link, [goal.obj, place.x, top], f"{page_word} {place.shown}")
            elif note := _NOTE.fullmatch(uri):
                notes.append((note, link))
                spots.setdefault(uri, [page.obj, link.Rect[0], link.Rect[3]])
    tagged = "/StructTreeRoot" in pdf.Root
    elements = pikepdf.NumberTree(pdf.Root.StructTreeRoot.ParentTree) if tagged else {}
    for note, link in notes:
        kind, number, name = note.groups()
        _lead(link, spots.get(f"{_ACROSS[kind]}:{number}:{name}", spots[note[0]]), number)
        if tagged:
            _name_label(pdf, elements[int(link.StructParent)])


def _lead(link: pikepdf.Object, spot: list[pikepdf.Object | float], words: str) -> None:
    page, x, top = spot
    del link["/A"]
    link.Dest = pikepdf.Array([page, pikepdf.Name.XYZ, x, top, None])
    link.Contents = pikepdf.String(words)


def _name_label(pdf: pikepdf.Pdf, element: pikepdf.Object) -> None:
    """Put an element into one that says that it is the label of a note."""
    parent = element.P
    said = pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.Lbl, P=parent)
    said.K = pikepdf.Array([element])
    label = pdf.make_indirect(said)
    own = element.objgen
    parent.K = pikepdf.Array(
        [label if _is_element(c) and c.objgen == own else c for c in _children(parent)]
    )
    element.P = label


def _children(element: pikepdf.Object) -> list[pikepdf.Object]:
    found = element.get("/K")
    return list(found) if isinstance(found, pikepdf.Array) else [] if found is None else [found]


def _is_element(child: pikepdf.Object) -> bool:
    return isinstance(child, pikepdf.Dictionary) and "/S" in child


def _is_strong(element: pikepdf.Object) -> bool:
    """Tell whether all that an element shows is strong."""
    if element.S == "/Strong":
        return True
    children = _children(element)
    return bool(children) and all(_is_element(c) and _is_strong(c) for c in children)


def _mark(pdf: pikepdf.Pdf, page: pikepdf.Page, bleed: float) -> None:
    """Widen a page by its bleed and by what holds the marks, which are no part of the text."""
    left, bottom, right, top = map(float, page.mediabox)
    slug = bleed + _GAP + _MARK
    page.obj.TrimBox = pikepdf.Array([left, bottom, right, top])
    page.obj.BleedBox = pikepdf.Array([left - bleed, bottom - bleed, right + bleed, top + bleed])
    page.obj.MediaBox = pikepdf.Array([left - slug, bottom - slug, right + slug, top + slug])
    lines = []
    for x, outwards in ((left, -1), (right, 1)):
        for y, upwards in ((bottom, -1), (top, 1)):
            start = bleed + _GAP
            for dx, dy in ((outwards, 0), (0, upwards)):
                ends = [(x + dx * far, y + dy * far) for far in (start, start + _MARK)]
                lines.append("{:.2f} {:.2f} m {:.2f} {:.2f} l S".format(*ends[0], *ends[1]))
    drawn = "/Artifact BMC q 0 0 0 1 K 0.25 w " + " ".join(lines) + " Q EMC"
    page.contents_add(b"q", prepend=True)
    page.contents_add(f"Q {drawn}".encode())
