"""EPUB: what a valid and accessible file states of itself beside what Sphinx's builder states.

Sphinx's builder of that name gives its place to `EpubBuilder`. The rules are those of EPUB 3.3
(https://www.w3.org/TR/epub-33/) and of EPUB Accessibility 1.1
(https://www.w3.org/TR/epub-a11y-11/), which epubcheck reads.
"""

import html
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.dom.minidom import Document, Element, parse
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders.epub3 import Epub3Builder
from sphinx.config import Config
from sphinx.locale import _
from sphinx.util import logging

from sphinx_annals.builders.outputs import write_output
from sphinx_annals.messages import warn
from sphinx_annals.text import UNFINISHED

UNSTATED = "unknown"
"""What Sphinx writes for a setting that a project leaves out."""
CONTENT = {"svg": re.compile("<svg[ >]"), "mathml": re.compile("<math[ >]")}
"""What a page may hold that its item in the manifest has to declare, and how it begins there."""
_EMPTY = re.compile(r"""<((?:br|hr|img|input|wbr)\b(?:[^<>"'/]|"[^"]*"|'[^']*')*)/?>""")
"""Elements without content, which HTML leaves open: MyST writes one for each task of a list."""

Meta = list[tuple[str, str]]


def _pairs(given: Any) -> Meta:
    """Give each property with each of its values; ValueError says what can be read."""
    pairs: Meta = []
    for name, values in given.items() if isinstance(given, dict) else [(None, [])]:
        listed = [values] if isinstance(values, str) else values
        texts = [name, *listed] if isinstance(listed, list | tuple) else [None]
        if not all(isinstance(text, str) for text in texts):
            raise ValueError("write a dictionary of properties, each with a text or a list of them")
        pairs += [(name, one) for one in listed]
    return pairs


class EpubBuilder(Epub3Builder):
    """Sphinx's builder, with files that epubcheck and reading systems take as they are.

    Items of the manifest declare drawings and the cover; every page states its language; the
    indices and the numbers of chapters stand in the contents; the package has the metadata of
    ``epub_meta``, and none that nobody stated. References to the search, which a file has not,
    become plain text. Fonts may be in WOFF2, which Sphinx does not know and EPUB 3.3 does.
    """

    media_types = Epub3Builder.media_types | {".woff2": "font/woff2"}

    def prepare_writing(self, docnames: set[str]) -> None:  # type: ignore[override]
        """State the language of each page."""
        super().prepare_writing(docnames)
        language = html.escape(self.config.epub_language)
        tag = f'{self.html_tag[:-1]} lang="{language}" xml:lang="{language}">'
        self.globalcontext["html_tag"] = tag

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write a page without links to the search, and with markup as XML wants it."""
        search = self.get_relative_uri(docname, "search")
        for link in list(doctree.findall(nodes.reference)):
            if link.get("refuri") == search:
                link.replace_self(link.children)
        for raw in doctree.findall(nodes.raw):
            raw[:] = [nodes.Text(_EMPTY.sub(r"<\1/>", raw.astext()))]
        super().write_doc(docname, doctree)

    def handle_finish(self) -> None:
        """Write the contents, of which Sphinx makes three from the first document.

        Each time it resolves that, and says once more what its page has said.
        """
        with logging.pending_warnings() as pending:
            pending.addFilter(lambda record: not getattr(record, "location", None))
            super().handle_finish()

    def get_refnodes(
        self, doctree: nodes.Node, result: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        """Give the lines of the contents, with the numbers that the headings have."""
        before = len(result)
        result = super().get_refnodes(doctree, result)
        if isinstance(doctree, nodes.reference) and len(result) > before:
            number = ".".join(map(str, doctree.get("secnumber") or ()))
            if number:
                suffix = html.escape(self.config.html_secnumber_suffix)
                result[-1]["text"] = f"{number}{suffix}{result[-1]['text']}"
        return result

    def build_content(self) -> None:
        """Write the package document, and give the contents the indices that follow the text."""
        # Sphinx's note of other settings that an earlier build had: no file of the book
        Path(self.outdir, ".buildinfo.bak").unlink(missing_ok=True)
        self.config.epub_exclude_files = [*self.config.epub_exclude_files, *self._left_over()]
        super().build_content()
        path = Path(self.outdir, "content.opf")
        with parse(str(path)) as package:
            self._declare(package)
            self._describe(package)
            path.write_bytes(package.toxml(encoding="utf-8"))
        indices = [(name, str(index.localname)) for name, index, _, _ in self.domain_indices]
        if self.use_index:
            indices.append(("genindex", _("Index")))
        self.refnodes += [
            {"level": 1, "refuri": f"{name}{self.out_suffix}", "text": html.escape(title)}
            for name, title in indices
        ]

    def _left_over(self) -> Iterator[str]:
        """Give what earlier builds have left: files of another name, pictures of no page."""
        folder = Path(self.outdir)
        yield from (path.name for path in folder.glob("*.epub"))
        yield from (path.name for path in folder.glob(f"{UNFINISHED}*"))
        pages = b"".join(path.read_bytes() for path in folder.rglob(f"*{self.out_suffix}"))
        for path in Path(folder, self.imagedir).glob("*.*"):
            if quote(path.name).encode() not in pages:
                yield f"{self.imagedir}/{path.name}"

    def build_epub(self) -> None:
        """Pack the file without the times of its parts, so that the same book gives the same."""
        folder = Path(self.outdir)
        names = "mimetype", "META-INF/container.xml", "content.opf", "toc.ncx", *self.files
        packed = BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as book:
            for name in names:
                part = ZipInfo(name)  # of 1980, the first year that there is
                # a reading system looks for the type at the begin, as it is
                stored = ZIP_STORED if name == "mimetype" else ZIP_DEFLATED
                book.writestr(part, (folder / name).read_bytes(), stored)
        write_output(folder / f"{self.config.epub_basename}.epub", packed.getvalue())

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        """Let the older contents name the book as the package document does."""
        given = super().toc_metadata(level, navpoints)
        return given | {"uid": html.escape(self.config.epub_identifier)}

    def _declare(self, package: Document) -> None:
        """Say of each item what its reader has to know."""
        metas = package.getElementsByTagName("meta")
        cover = [m.getAttribute("content") for m in metas if m.getAttribute("name") == "cover"]
        for item in package.getElementsByTagName("item"):
            found = {item.getAttribute("properties")}
            if item.getAttribute("id") in cover:
                found.add("cover-image")
            name = item.getAttribute("href")
            if name.endswith(self.out_suffix) and name in self.files:
                page = Path(self.outdir, name).read_text(encoding="utf-8")
                found |= {what for what, begin in CONTENT.items() if begin.search(page)}
            if found := found - {""}:
                item.setAttribute("properties", " ".join(sorted(found)))

    def _describe(self, package: Document) -> None:
        """Add the metadata that the project states, and drop what nobody stated."""
        (metadata,) = package.getElementsByTagName("metadata")
        for name in ("description", "contributor"):
            for node in package.getElementsByTagName(f"dc:{name}"):
                if _text(node) in ("", UNSTATED):
                    metadata.removeChild(node)
        for name, value in _pairs(self.config.epub_meta):
            node = package.createElement("meta")
            node.setAttribute("property", name)
            node.appendChild(package.createTextNode(value))
            metadata.appendChild(node)


def _text(node: Element) -> str:
    return "".join(child.data for child in node.childNodes if child.nodeType == node.TEXT_NODE)


def _check_settings(_app: Sphinx, config: Config) -> None:
    """Warn of metadata that cannot be read, and leave it out."""
    try:
        _pairs(config.epub_meta)
    except ValueError as error:
        warn(("epub", "config"), f"epub_meta: {error}")
        config.epub_meta = {}


def _add_styles(app: Sphinx) -> None:
    if isinstance(app.builder, EpubBuilder):
        app.add_css_file("epub-notes.css")


def setup(app: Sphinx) -> None:
    """Put the builder in the place of Sphinx's."""
    app.add_builder(EpubBuilder, override=True)
    about = "Properties of the package document, such as `schema:accessMode`, with their values."
    app.add_config_value("epub_meta", {}, "epub", Any, about)
    app.connect("config-inited", _check_settings)
    app.connect("builder-inited", _add_styles)
