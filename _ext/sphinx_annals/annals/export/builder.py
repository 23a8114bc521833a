"""The exports in a build: the ``annals`` builder, and the same files beside the HTML."""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping, Set
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from docutils import nodes
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.util import logging

from sphinx_annals.annals.checks.builder import catalogue_of, write_if_changed
from sphinx_annals.annals.export.bib_files import bib_files, works_of
from sphinx_annals.annals.export.bodies import Bodies, read_at, states, texts_in
from sphinx_annals.annals.export.formats import files_of
from sphinx_annals.annals.export.linked_data import Describer, script
from sphinx_annals.annals.export.publication import Publication, Site
from sphinx_annals.annals.model.records import Article, Record

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)
FOLDER = "data"


def site_of(app: Sphinx) -> Site:
    """Give the addresses of a project as its builder writes them."""
    config, base = app.config, (app.config.html_baseurl or "").strip()
    return Site(
        title=config.project,
        version=config.release or config.version,
        language=config.language or "en",
        base=f"{base.rstrip('/')}/" if base.startswith(("http://", "https://")) else "",
        page=app.builder.get_target_uri,
        permanent_ids=config.annals_permanent_ids,
    )


def publication_of(app: Sphinx, bodies: Bodies) -> Publication:
    """Give what exports draw on."""
    bodies.complete(app)
    return Publication(
        site_of(app), catalogue_of(app.env), works_of(app), bodies.by_id(app), bodies.reasons(app)
    )


def writes_site(builder: Builder) -> bool:
    """Tell whether a builder writes a site of pages: html, dirhtml and the like."""
    return (
        isinstance(builder, StandaloneHTMLBuilder)
        and builder.format == "html"
        and builder.out_suffix == ".html"
        and builder.name not in ("singlehtml", "epub")
    )


def stamp() -> datetime.datetime:
    """Give the time that formats demand: SOURCE_DATE_EPOCH, or a constant, never the clock."""
    try:
        seconds = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    except ValueError:
        seconds = 0
    return datetime.datetime.fromtimestamp(seconds, datetime.UTC)


def write_files(folder: Path, files: Mapping[str, bytes], old: list[str]) -> list[str]:
    """Write what changed, remove what an earlier build wrote and this does not; give the names."""
    for name in sorted(set(old) - files.keys()):
        path = folder / name
        path.unlink(missing_ok=True)
        if path.parent != folder and path.parent.is_dir() and not any(path.parent.iterdir()):
            path.parent.rmdir()
    for name, content in files.items():
        write_if_changed(folder / name, content)
    return sorted(files)


def is_current(app: Sphinx, bodies: Bodies, folder: Path) -> bool:
    """Tell whether the last export still holds: no page passed by, and the rest is as it was."""
    bodies.load(app.builder)
    basis = _basis(app)
    if bodies.changed or bodies.made_from != basis or bodies.stale(app):
        bodies.made_from = basis
        return False
    return all((folder / name).is_file() for name in bodies.files)


def _basis(app: Sphinx) -> str:
    """Give what exports are made from but for the pages: settings, works, this package."""
    site, config = site_of(app), app.config
    code = max(path.stat().st_mtime_ns for path in Path(__file__).parents[1].rglob("*.py"))
    settings = (config.annals_export_in_html, config.annals_permanent_ids, str(stamp()), code,
                site.title, site.version, site.language, site.base, site.page("a/b"))  # fmt: skip
    read = [(name, read_at(app.builder, name)) for name in sorted(app.env.found_docs)]
    return repr((*settings, bib_files(app), read))


class DataBuilder(Builder):
    """Writes what the annotations state in the formats of other tools."""

    name = "annals"
    format = "annals"
    epilog = "The data are in %(outdir)s."
    allow_parallel = True
    bodies: Bodies

    def get_outdated_docs(self) -> list[str]:
        """Give the documents whose texts are to be taken again."""
        return self.bodies.stale(self._app)

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Give the address that the HTML builder gives a document."""
        config = self.config
        suffix = config.html_link_suffix or config.html_file_suffix or ".html"
        return f"{docname}{suffix}"

    def write_documents(self, docnames: Set[str]) -> None:
        """Resolve the documents with annotations, so that their texts pass by."""
        for docname in sorted(docnames):
            if states(self._app, docname):
                self.env.apply_post_transforms(self.env.get_doctree(docname), docname)

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write nothing for a single document."""

    def finish(self) -> None:
        """Write the files that changed."""
        if is_current(self._app, self.bodies, Path(self.outdir)):
            return
        publication = publication_of(self._app, self.bodies)
        files = files_of(publication, stamp())
        self.bodies.files = write_files(Path(self.outdir), files, self.bodies.files)
        self.bodies.save(self._app)
        logger.info("%d files of data", len(files))


def make_builder(bodies: Bodies) -> type[DataBuilder]:
    """Give the builder that shares the texts gathered."""
    return type("DataBuilder", (DataBuilder,), {"bodies": bodies, "__doc__": DataBuilder.__doc__})


def write_beside_html(bodies: Bodies) -> Callable[[Sphinx, Exception | None], None]:
    """Give the handler that puts data and permanent addresses into the HTML output."""

    def handle(app: Sphinx, exception: Exception | None) -> None:
        if exception is not None or not writes_site(app.builder):
            return
        if is_current(app, bodies, Path(app.outdir)):
            return
        files: dict[str, bytes] = {}
        if app.config.annals_export_in_html:
            publication = publication_of(app, bodies)
            made = files_of(publication, stamp())
            files |= {f"{FOLDER}/{name}": content for name, content in made.items()}
        if app.config.annals_permanent_ids:
            files |= permanent_pages(app)
        bodies.files = write_files(Path(app.outdir), files, bodies.files)
        bodies.save(app)

    return handle


def permanent_pages(app: Sphinx) -> dict[str, bytes]:
    """Give a page for each id, retired ones included, that leads to where the object stands."""
    site, catalogue = site_of(app), catalogue_of(app.env)
    builder: Any = app.builder
    taken = {Path(builder.get_outfilename(name)) for name in app.env.found_docs}
    ids = {record.id: record for record in catalogue.records}
    for alias, id in catalogue.aliases.items():
        ids.setdefault(alias, ids[id])
    found = {}
    for id, record in ids.items():
        name = f"id/{id}/index.html"
        if site.permanent(id) and Path(app.outdir, name) not in taken:
            found[name] = _page(record, name, site).encode("utf-8", "replace")
    return found


def _page(record: Record, name: str, site: Site) -> str:
    page = quote(site.page(record.docname))
    target = escape("../" * name.count("/") + page + f"#{quote(record.anchor)}")
    title = escape(record.heading if isinstance(record, Article) else record.title)
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
    publication = Publication(site_of(app), catalogue, works_of(app), lead)
    describer = Describer(publication, app.builder.get_target_uri(pagename))
    context["metatags"] = context.get("metatags", "") + "\n" + script(describer.graph(records))
