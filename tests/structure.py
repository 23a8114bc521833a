"""What a tagged PDF says of itself, read by pikepdf: what a validator of PDF/UA asks first.

Rules are those of ISO 14289-1 (PDF/UA-1) and ISO 32000-1, 14.8, as the Matterhorn Protocol numbers
them; what only eyes can judge, such as whether an alternative text is true, is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

#: What may stand directly below the root of a structure, or what only groups.
GROUPS = {"Document", "Part", "Art", "Sect", "Div", "NonStruct", "TOC", "Index", "BlockQuote"}
BLOCKS = {"P", "L", "Table", "Figure", "Formula", "Caption", "Code", "Note", "Aside", "FENote"}
BLOCKS |= {"H", "Title", *(f"H{level}" for level in range(1, 7))}
#: What else may hold a link.
HOLDERS = {"LBody", "Lbl", "TD", "TH", "TOCI"}
#: What an element must hold, and nothing else.
KIDS = {
    "L": {"LI", "Caption", "L"},
    "LI": {"Lbl", "LBody"},
    "Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
    "THead": {"TR"},
    "TBody": {"TR"},
    "TFoot": {"TR"},
    "TR": {"TH", "TD"},
    "TOC": {"TOCI", "TOC", "Caption"},
}


class Structure:
    """The tree of a PDF's tags, and what is wrong with it."""

    def __init__(self, file: Path) -> None:
        self.pdf = pikepdf.open(file)
        self.root = self.pdf.Root.get("/StructTreeRoot")
        self.roles = self.root.get("/RoleMap", {}) if self.root is not None else {}

    def kind(self, element: Any) -> str:
        """Give the type of an element, as its role has it."""
        name = str(element.get("/S", "")).removeprefix("/")
        while f"/{name}" in self.roles and str(self.roles[f"/{name}"]) != f"/{name}":
            name = str(self.roles[f"/{name}"]).removeprefix("/")
        return name

    def kids(self, element: Any) -> list[Any]:
        """Give what an element holds: elements, marked content, objects."""
        found = None if element is None else element.get("/K")
        if found is None:
            return []
        return list(found) if isinstance(found, pikepdf.Array) else [found]

    def elements(self) -> Iterator[tuple[Any, list[str]]]:
        """Give every element in the order of reading, with the types of what it stands in."""
        waiting: list[tuple[Any, list[str]]] = [(kid, []) for kid in self.kids(self.root)][::-1]
        while waiting:
            element, above = waiting.pop()
            if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
                continue
            yield element, above
            within = [*above, self.kind(element)]
            waiting += [(kid, within) for kid in self.kids(element)][::-1]

    def faults(self) -> list[str]:
        """Give what is wrong, each kind with what it was found in, none twice."""
        return list(dict.fromkeys([*self._document(), *self._tree()]))

    def _document(self) -> Iterator[str]:
        root = self.pdf.Root
        if self.root is None or not root.get("/MarkInfo", {}).get("/Marked"):
            yield "it is not tagged"
        if not str(root.get("/Lang", "")):
            yield "it names no language"
        if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
            yield "a window has the name of its file for a title"
        with self.pdf.open_metadata(update_docinfo=False) as metadata:
            if metadata.get("pdfuaid:part") != "1":
                yield "it does not say that it is PDF/UA-1"
            if not metadata.get("dc:title"):
                yield "it has no title"
        if any(page.get("/Tabs") != "/S" for page in self.pdf.pages if "/Annots" in page):
            yield "a page with links has no order of tabs"

    def _tree(self) -> Iterator[str]:
        level = 0
        for element, above in self.elements():
            kind, parent = self.kind(element), above[-1] if above else ""
            kids = [kid for kid in self.kids(element) if isinstance(kid, pikepdf.Dictionary)]
            inner = [self.kind(kid) for kid in kids if "/S" in kid]
            wanted = KIDS.get(kind)
            if wanted and not set(inner) <= wanted:
                yield f"{kind} holds {', '.join(sorted(set(inner) - wanted))}"
            if parent in ("", "Document", "Sect", "Part") and kind not in GROUPS | BLOCKS:
                yield f"{kind} stands directly under {parent or 'the root'}"
            if kind in GROUPS - {"Document"} and len(inner) < len(self.kids(element)):
                yield f"{kind} holds content that is in no block"
            if heading := re.fullmatch(r"H([1-6])", kind):
                if int(heading[1]) > level + 1:
                    yield f"H{level} is followed by {kind}"
                level = int(heading[1])
            if kind in ("Figure", "Formula") and not str(element.get("/Alt", "")).strip():
                yield f"{kind} has no words"
            if kind == "TH" and not self._scope(element):
                yield "TH has no scope"
            if kind == "Link":
                if not any(kid.get("/Type") == "/OBJR" for kid in kids):
                    yield "Link leads nowhere"
                if not any(name in HOLDERS or name in BLOCKS for name in above):
                    yield f"Link stands in no block, but under {parent}"

    def _scope(self, element: Any) -> bool:
        given = element.get("/A", [])
        owners = given if isinstance(given, pikepdf.Array) else [given]
        return any("/Scope" in owner for owner in owners if isinstance(owner, pikepdf.Dictionary))
