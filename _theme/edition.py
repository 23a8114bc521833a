"""What the templates ask for: how a page is cited, described and listed; no inline styles."""

from __future__ import annotations

import json
import re
import shutil
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from docutils import nodes
from feed import Edition, atom, editions
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.typing import ExtensionMetadata
from sphinx_annals.interfaces import CITED_AS, Card
from sphinx_annals.text import romanised

HERE = Path(__file__).parent
NOT_FOUND = "404"
FEED = "editions.xml"
_DAY = re.compile(r"\d{1,2} \w+ \d{4}")


@dataclass(frozen=True)
class Work:
    """The book, or a page of *book*, as readers cite it and catalogues describe it."""

    title: str
    about: str
    editors: str
    edition: str
    year: str
    language: str
    book: str = ""
    number: str = ""
    url: str = ""

    @property
    def chicago(self) -> str:
        """Give a reference as *The Chicago Manual of Style* has it (17th ed., 14.106), as HTML."""
        editors = escape(self.editors[:1].lower() + self.editors[1:])
        if self.book:
            within = f"Chap. {escape(self.number)} in" if self.number else "In"
            book = f"{within} <cite>{escape(self.book)}</cite>, edited by {editors}."
            text = f"“{escape(self.title)}{'' if self.title[-1:] in '?!.' else '.'}” {book}"
        else:
            text = f"<cite>{escape(self.title)}</cite>. Edited by {editors}."
        text += f" Edition {escape(self.edition)}, {escape(self.year)}."
        return f"{text} {escape(self.url)}." if self.url else text

    @property
    def forms(self) -> Iterator[tuple[str, str]]:
        """Give each form in which it can be cited, with its text as HTML."""
        yield "Chicago", self.chicago
        yield "BibTeX", f"<pre>{escape(self.bibtex)}</pre>"
        yield "CSL-JSON", f"<pre>{escape(self.csl)}</pre>"

    @property
    def key(self) -> str:
        """A key of ASCII letters; a chapter in another script has its number."""
        slug = nodes.make_id(" ".join(romanised(self.title))) or f"chapter-{self.number or 0}"
        return f"{slug}-{self.year}"

    @property
    def bibtex(self) -> str:
        """Give an entry for BibTeX and biblatex."""
        fields = {
            "title": self.title,
            "booktitle": self.book,
            "chapter": self.number,
            "editor": self.editors,
            "edition": self.edition,
            "year": self.year,
            "url": self.url,
        }
        # the second pair keeps capitals, and a group from being read as a person
        whole = {"title", "booktitle", "editor"}
        lines = [
            f"  {name} = {{{{{_tex(value)}}}}}" if name in whole else f"  {name} = {{{value}}}"
            for name, value in fields.items()
            if value
        ]
        kind = "incollection" if self.book else "book"
        return f"@{kind}{{{self.key},\n" + ",\n".join(lines) + "\n}"

    @property
    def csl(self) -> str:
        """Give an entry in CSL-JSON, which Zotero and pandoc read."""
        entry = {
            "id": self.key,
            "type": "chapter" if self.book else "book",
            "title": self.title,
            "container-title": self.book,
            "chapter-number": self.number,
            "editor": [{"literal": self.editors}],
            "edition": self.edition,
            "issued": {"date-parts": [[int(self.year)]]},
            "language": self.language,
            "URL": self.url,
        }
        return json.dumps([_stated(entry)], ensure_ascii=False, indent=2)

    def linked_data(self, licence: str, base: str) -> dict[str, Any]:
        """Describe the work in the words of schema.org; a page says which book it is part of."""
        kind = "Chapter" if self.number else "WebPage" if self.book else "Book"
        book = {"@type": "Book", "@id": base, "name": self.book, "url": base}
        return _stated(
            {
                "@context": "https://schema.org",
                "@type": kind,
                "@id": self.url,
                "url": self.url,
                "name": self.title,
                "description": self.about,
                "position": self.number,
                "isPartOf": _stated(book) if self.book else None,
                "bookEdition": "" if self.book else self.edition,
                "editor": {"@type": "Organization", "name": self.editors},
                "datePublished": self.year,
                "inLanguage": self.language,
                "license": licence,
            }
        )


def _stated(entry: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if value}


def _tex(text: str) -> str:
    return re.sub(r"([&%#_$])", r"\\\1", text)


def _lead(doctree: nodes.document) -> str:
    """Give the first paragraph that stands in the text itself, not longer than a preview shows."""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section):
            return textwrap.shorten(paragraph.astext(), 300, placeholder=" …")
    return ""


def describe(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give the templates the work that a page is (``html-page-context``): none for an index."""
    env, config = app.env, app.config
    context["edition"] = f"{config.release}, {config.today}"
    context["address"] = config.html_baseurl
    context["feed"] = FEED if _editions(app) else ""
    if doctree is None:
        return
    is_book = page == config.root_doc
    number = env.toc_secnumbers.get(page, {}).get("", ())
    work = _work(
        config,
        title=config.project if is_book else env.titles[page].astext(),
        about=_lead(doctree),
        book="" if is_book else config.project,
        number=".".join(map(str, number)),
        url=_address(app, page),
    )
    context["work"] = work
    context["linked_data"] = work.linked_data(context["licence"][1], config.html_baseurl)
    if is_book:
        parts = [
            _part("Chapter", env.titles[name].astext(), _address(app, name))
            for name in env.toctree_includes.get(page, [])
            if env.toc_secnumbers.get(name, {}).get("")
        ]
    else:
        parts = [
            _part("CreativeWork", name, work.url and f"{work.url}#{anchor}")
            for anchor, name in _sections(env.tocs[page])
        ]
    context["linked_data"] |= {"hasPart": parts} if parts else {}


def _part(kind: str, name: str, address: str) -> dict[str, Any]:
    return _stated({"@type": kind, "@id": address, "name": name, "url": address})


def _sections(contents: nodes.Node) -> Iterator[tuple[str, str]]:
    """Give the anchors and titles of the sections right below the title of a page."""
    for sections in contents.findall(nodes.bullet_list):
        within = sections.parent
        if isinstance(within, nodes.list_item) and within.parent is contents:
            for item in sections.children:
                if isinstance(item, nodes.list_item):
                    link = next(iter(item.findall(nodes.reference)))
                    yield link["anchorname"].removeprefix("#"), link.astext()


def _work(config: Config, **told: str) -> Work:
    """Give a work of this edition."""
    return Work(
        editors=config.author,
        edition=config.release,
        year=config.today,
        language=config.language,
        **told,
    )


def cite_cards(app: Sphinx) -> Callable[[Card], Iterable[tuple[str, str]]]:
    """Say how an event, a treaty, a point is cited, as a page is (``link-card-cited-as``)."""
    config = app.config

    def forms(card: Card) -> Iterable[tuple[str, str]]:
        url = card.address if config.html_baseurl else ""
        return _work(config, title=card.name, about="", book=config.project, url=url).forms

    return forms


def _address(app: Sphinx, page: str) -> str:
    """Give the address of a page on the network, nothing where the book has none."""
    base = app.config.html_baseurl
    name = "" if page == app.config.root_doc else app.builder.get_target_uri(page)
    return urljoin(base, name) if base else ""


def drop_inline_styles(app: Sphinx, doctree: nodes.document, _docname: str) -> None:
    """Leave widths to the style sheet: a strict policy lets no ``style`` through.

    A column that is left to itself would break a day into three lines.
    """
    if app.builder.format != "html":
        return
    for table in doctree.findall(nodes.table):
        table["classes"] = [name for name in table["classes"] if name != "colwidths-given"]
        for cell in table.findall(nodes.entry):
            if _DAY.fullmatch(cell.astext()):
                cell["classes"].append("one-line")
    for image in doctree.findall(nodes.image):
        if image.attributes.pop("width", ""):
            image["classes"].append("wide")


def part_subtitle(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Let the cover set the subtitle apart: what follows the colon."""
    title = next(iter(doctree.findall(nodes.title)), None)
    if docname == app.config.root_doc and app.builder.format == "html" and title is not None:
        first, colon, rest = title.astext().partition(": ")
        if colon:
            title.clear()
            title += [
                nodes.Text(first),
                nodes.inline("", colon, classes=["unseen"]),  # for who hears it read
                nodes.inline("", rest, classes=["subtitle"]),
            ]


def dress_file(app: Sphinx) -> None:
    """Give an EPUB the family of the site (``builder-inited``): its theme is Sphinx's."""
    if app.builder.name != "epub":
        return
    static = Path(app.outdir, "_static")
    for source in (*HERE.glob("static/fonts/*.woff2"), HERE / "static/faces.css"):
        copy = static / source.relative_to(HERE / "static")
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, copy)
    shutil.copyfile(HERE / "epub/file.css", static / "file.css")
    for sheet in ("faces.css", "file.css"):
        app.add_css_file(sheet)


def add_pages(app: Sphinx) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Give the page for addresses that lead nowhere (``html-collect-pages``); a file has none."""
    if app.builder.name != "epub":
        yield NOT_FOUND, {}, f"{NOT_FOUND}.html"


def list_pages(app: Sphinx, exception: Exception | None) -> None:
    """Tell crawlers all pages, where the book has an address (``build-finished``)."""
    if exception or app.builder.format != "html" or not app.config.html_baseurl:
        return
    if app.builder.name == "epub":
        return
    addresses = [_address(app, page) for page in sorted(app.env.found_docs)]
    rows = "".join(f"<url><loc>{escape(one)}</loc></url>\n" for one in addresses)
    out = Path(app.builder.outdir)
    space = "http://www.sitemaps.org/schemas/sitemap/0.9"
    sitemap = f'<?xml version="1.0" encoding="utf-8"?>\n<urlset xmlns="{space}">\n{rows}</urlset>\n'
    (out / "sitemap.xml").write_text(sitemap, encoding="utf-8")
    where = urljoin(app.config.html_baseurl, "sitemap.xml")
    (out / "robots.txt").write_text(
        f"User-agent: *\nAllow: /\nSitemap: {where}\n", encoding="utf-8"
    )
    if found := _editions(app):
        base, config = app.config.html_baseurl, app.config
        made = atom(found, config.project, config.author, base, urljoin(base, FEED))
        (out / FEED).write_bytes(made)


def _editions(app: Sphinx) -> list[Edition]:
    """Give the editions to list: none where the book has no address or no changelog."""
    changelog = Path(app.confdir, "CHANGELOG.md")
    if not app.config.html_baseurl or not changelog.is_file():
        return []
    text = changelog.read_text(encoding="utf-8")
    return editions(text, app.config.release, app.config.today)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Connect what this edition adds to its pages."""
    app.setup_extension("sphinx_annals.cards")
    app.connect("builder-inited", dress_file)
    app.connect("html-page-context", describe)
    app.connect(CITED_AS, cite_cards)
    app.connect("doctree-resolved", drop_inline_styles)
    app.connect("doctree-resolved", part_subtitle)
    app.connect("html-collect-pages", add_pages)
    app.connect("build-finished", list_pages)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
