"""The exports in a build: the ``annals`` builder, and the same files beside the HTML."""

import datetime
import hashlib
import os
from collections.abc import Iterable, Mapping, Set
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.dummy import DummyBuilder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.errors import ExtensionError
from sphinx.util import logging

from sphinx_annals.annals.domain import catalogue_of, domain_of, works_of
from sphinx_annals.annals.export.base import formats_of, makeable, say_missing
from sphinx_annals.annals.export.bodies import Bodies, resolve, texts_in
from sphinx_annals.annals.export.cards import cards_of
from sphinx_annals.annals.export.linked_data import Describer, script
from sphinx_annals.annals.export.publication import Publication, Site
from sphinx_annals.annals.model import Verdict
from sphinx_annals.annals.views import Corpus
from sphinx_annals.builders import write_output
from sphinx_annals.cards import page_address, shows_cards
from sphinx_annals.interfaces import CARDS, Card
from sphinx_annals.settings import add_setting
from sphinx_annals.text import printable

logger = logging.getLogger(__name__)
FOLDER = "data"


class DataBuilder(DummyBuilder):
    """Writes what the annotations state in the formats of other tools."""

    name = format = "annals"
    epilog = "The data are in %(outdir)s."

    def init(self) -> None:
        """Refuse to begin what cannot be finished."""
        message = say_missing(formats_of(self.events).values())
        if message:
            raise ExtensionError(message)

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Give the address that the HTML builder gives a document."""
        suffix = self.config.html_link_suffix or self.config.html_file_suffix or ".html"
        return f"{quote(docname)}{suffix}"

    def get_outdated_docs(self) -> set[str]:
        """Give none: which texts are old is known when all documents have been read."""
        return set()

    def write_documents(self, docnames: Set[str]) -> None:
        """Resolve the documents that show something new, so that their texts pass by."""
        resolve(self.env, sorted(docnames))


def writes_site(builder: Builder) -> bool:
    """Tell whether a builder writes a site of pages: html, dirhtml and the like."""
    return (
        isinstance(builder, StandaloneHTMLBuilder)
        and builder.format == "html"
        and builder.out_suffix == ".html"
        and builder.name not in ("singlehtml", "epub")
    )


def site_of(builder: Builder) -> Site:
    """Give the addresses of a project as its builder writes them."""
    config, base = builder.config, (builder.config.html_baseurl or "").strip()
    return Site(
        title=" ".join(printable(config.project).split()),
        version=config.release or config.version,
        language=config.language or "en",
        base=f"{base.rstrip('/')}/" if base.startswith(("http://", "https://")) else "",
        page=lambda docname: quote(page_address(builder, docname)),
        permanent_ids=config.annals_permanent_ids,
    )


def publication_of(
    builder: Builder,
    bodies: Mapping[str, str] | None = None,
    reasons: Mapping[Verdict, str] | None = None,
) -> Publication:
    """Give a project as its builder writes it, with the texts of bodies and verdicts if known."""
    criticism = domain_of(builder.env).criticism
    return Publication(site_of(builder), criticism, bodies or {}, reasons or {}, stamp())


def stamp() -> datetime.datetime:
    """Give the time that formats demand: SOURCE_DATE_EPOCH, or a constant, never the clock."""
    try:
        seconds = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    except ValueError:
        seconds = 0
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


class Exporter:
    """Writes the data of one build, and beside pages the permanent addresses of objects."""

    def start(self, app: Sphinx) -> None:
        """Learn what this build is to write (``builder-inited``)."""
        self.alone, self.beside = isinstance(app.builder, DataBuilder), writes_site(app.builder)
        self.makes_data = self.alone or (self.beside and app.config.annals_export_in_html)
        self.reads = self.makes_data or (self.beside and shows_cards(app))
        if self.alone or self.beside:
            self.bodies = Bodies(app.builder)
        message = say_missing(formats_of(app.events).values()) if self.makes_data else ""
        if message:  # no warning: who installs no extra need not want its formats
            logger.info("left out of %s/: %s", FOLDER, message)

    def collect(self, _app: Sphinx, doctree: nodes.document, docname: str) -> None:
        """Take the texts of a page as it passes by (``doctree-resolved``)."""
        if self.reads:
            self.bodies.collect(doctree, docname)
        elif self.beside:
            self.bodies.changed = True

    def finish(self, app: Sphinx, error: Exception | None) -> None:
        """Write what changed (``build-finished``)."""
        if error is None and (self.alone or self.beside) and not self._is_current(app.builder):
            files: dict[str, bytes] = {}
            if self.reads:
                self.bodies.complete()
            if self.makes_data:
                folder = "" if self.alone else f"{FOLDER}/"
                publication = publication_of(app.builder, *self.bodies.texts())
                # a site that states nothing has no data beside its pages
                states = self.alone or publication.catalogue.records or publication.works
                for format in makeable(app.events) if states else ():
                    made = format.make(publication)
                    files |= {f"{folder}{name}": content for name, content in made.items()}
                logger.info("%d files of data", len(files))
            if self.beside and app.config.annals_permanent_ids:
                files |= permanent_pages(app.builder)
            self.bodies.files = write_files(Path(app.outdir), files, self.bodies.files)
            self.bodies.save()

    def cards(self, app: Sphinx) -> Iterable[Card]:
        """Give the cards of the objects and points of a site, when :meth:`finish` is done."""
        if not self.beside:
            return ()
        publication = publication_of(app.builder, *self.bodies.texts())
        return cards_of(publication, domain_of(app.env).derived(Corpus))

    def _is_current(self, builder: Builder) -> bool:
        """Tell whether the last export still holds: no page passed by, the rest is as it was.

        Where a file of it was harmed, all pages pass by.
        """
        bodies, basis = self.bodies, _basis(builder)
        is_current = not bodies.changed and bodies.made_from == basis and not bodies.stale()
        bodies.made_from = basis
        return is_current


def _basis(builder: Builder) -> str:
    """Give what exports are made from but for the pages: settings, works, this package."""
    site, env = site_of(builder), builder.env
    # Another version of this package may write other files of the same pages.
    code = max(path.stat().st_mtime_ns for path in Path(__file__).parents[1].rglob("*.py"))
    wanted = builder.config.annals_export_in_html, builder.config.link_cards
    settings = *wanted, site.permanent_ids, str(stamp()), code
    address = site.title, site.version, site.language, site.base, site.page("a/b")
    formats = [format.id for format in makeable(env.events)]
    works = list(works_of(env).values())
    # all_docs has the time at which each document was read: so no change of one is missed
    basis = repr((settings, address, formats, works, sorted(env.all_docs.items())))
    return hashlib.blake2b(basis.encode("utf-8", "replace"), digest_size=16).hexdigest()


def write_files(folder: Path, files: Mapping[str, bytes], old: Iterable[str]) -> list[str]:
    """Write what changed, remove what an earlier build wrote and this does not; give the names."""
    for name in sorted(set(old) - files.keys()):
        path = folder / name
        path.unlink(missing_ok=True)
        # the folder of a permanent address goes with its page
        if path.parent != folder and path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()
    for name, content in files.items():
        write_output(folder / name, content)
    return sorted(files)


def permanent_pages(builder: Any) -> dict[str, bytes]:
    """Give a page for each id, retired ones and those of points too, that leads to its place."""
    book, corpus = publication_of(builder), domain_of(builder.env).derived(Corpus)
    taken = {Path(builder.get_outfilename(name)) for name in builder.env.found_docs}
    places = {r.id: (r.heading, r.docname, r.anchor) for r in book.catalogue.records}
    for alias, id in book.catalogue.aliases.items():
        places.setdefault(alias, places[id])
    for point in corpus.criticism.all():
        title = point.question or point.title
        place = title, corpus.document_of(point), point.home.anchor
        places.setdefault(book.id_of_point(point), place)
    found = {}
    for id, place in places.items():
        name = f"id/{id}/index.html"
        if book.site.permanent(id) and Path(builder.outdir, name) not in taken:
            found[name] = _page(*place, name, book.site).encode("utf-8", "replace")
    return found


def _page(title: str, docname: str, anchor: str, name: str, site: Site) -> str:
    page, title = site.page(docname), escape(title)
    target = escape("../" * name.count("/") + page + f"#{quote(anchor)}")
    canonical = f'<link rel="canonical" href="{escape(site.base + page)}">\n' if site.base else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{escape(site.language)}">\n<meta charset="utf-8">\n'
        f'<title>{title}</title>\n<meta http-equiv="refresh" content="0; url={target}">\n'
        f'{canonical}<p><a href="{target}">{title}</a></p>\n</html>\n'
    )


def embed_linked_data(
    app: Sphinx, pagename: str, _template: str, context: dict[str, Any], doctree: Any
) -> None:
    """Describe the objects of a page in its head (``html-page-context``)."""
    if doctree is None or not writes_site(app.builder) or not app.config.annals_linked_data:
        return
    catalogue = catalogue_of(app.env)
    records = [r for r in catalogue.in_document(pagename).records if catalogue.find(r.id) is r]
    if not records:
        return
    texts = texts_in(doctree)
    lead = {record.id: texts.get(record.anchor, "").partition("\n\n")[0] for record in records}
    address = app.builder.get_target_uri(pagename)
    describer = Describer(publication_of(app.builder, lead), address)
    context["metatags"] = context.get("metatags", "") + "\n" + script(describer.graph(records))


def setup(app: Sphinx) -> None:
    """Register the builder, its settings, and what goes into the HTML output."""
    app.add_builder(DataBuilder)
    for name, help in (
        ("annals_export_in_html", f"Put the data beside the pages, in the folder `{FOLDER}/`."),
        ("annals_permanent_ids", "Write a page at `id/<id>/` for each id, retired ones too."),
        ("annals_linked_data", "Describe the objects of each page in JSON-LD in its head."),
    ):
        add_setting(app, name, True, "html", bool, help)
    exporter = Exporter()
    app.connect("builder-inited", exporter.start)
    app.connect("doctree-resolved", exporter.collect)
    app.connect("html-page-context", embed_linked_data)
    app.connect("build-finished", exporter.finish)
    app.connect(CARDS, exporter.cards)
