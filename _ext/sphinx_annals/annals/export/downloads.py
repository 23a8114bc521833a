"""The ``data-downloads`` directive: a list of the exports, with what each is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.nodes import Node
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_annals.annals.checks.builder import catalogue_of
from sphinx_annals.annals.checks.findings import nearest
from sphinx_annals.annals.directives.base import AnnalsDirective, Option
from sphinx_annals.annals.doctree.folds import folded, folded_summary
from sphinx_annals.annals.doctree.nodes import pass_through
from sphinx_annals.annals.doctree.renderer import PAGED
from sphinx_annals.annals.export.bib_files import works_of
from sphinx_annals.annals.export.builder import FOLDER, site_of, writes_site
from sphinx_annals.annals.export.formats import FORMATS, Download
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import converters as convert

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_annals.annals.domain import AnnalsDomain

MARK = "annals-downloads"
_MOST_IN_LINE = 8
"""Of more files each gets a line."""


class downloads(nodes.General, nodes.Element):  # noqa: N801
    """The place of a list of downloads; ``formats`` are the ids of those wanted."""


class DownloadsDirective(AnnalsDirective):
    """A list of the exports, of all formats or of those named."""

    declared: ClassVar[dict[str, Option]] = {
        "formats": Option("formats", convert.words, f"known: {', '.join(f.id for f in FORMATS)}"),
    }

    def run(self) -> list[Node]:
        """Leave a placeholder; the numbers are known when all documents are read."""
        known = [format.id for format in FORMATS]
        wanted = self.read_options().get("formats", known)
        for name in wanted:
            if name not in known:
                hint = nearest(name, known) or f"; known: {', '.join(known)}"
                self.warn(Subtype.OPTION, f":formats: {name!r} is no format{hint}")
        self.env.metadata[self.env.current_document.docname][MARK] = "yes"
        node = downloads(formats=[name for name in known if name in wanted])
        self.set_source_info(node)
        return [node]


class ListDownloads(SphinxPostTransform):
    """Put the list in its place."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Fill every placeholder of the document."""
        for place in list(self.document.findall(downloads)):
            items = [self._item(item) for item in lists_of(self.env._app, place["formats"])]
            content = nodes.bullet_list("", *items, bullet="-", classes=[MARK])
            place.replace_self([content] if items else [])

    def _item(self, item: tuple[str, str, list[Download]]) -> nodes.list_item:
        title, sentence, found = item
        content: list[Node] = [nodes.strong(title, title), nodes.Text(": ")]
        if len(found) > _MOST_IN_LINE:
            content.append(nodes.Text(f"{len(found)} files. {sentence}"))
            return nodes.list_item("", nodes.paragraph("", "", *content), *self._many(found))
        for index, download in enumerate(found):
            content += [nodes.Text(", ")] if index else []
            content += self._file(download)
        content.append(nodes.Text(f". {sentence}"))
        return nodes.list_item("", nodes.paragraph("", "", *content))

    def _many(self, found: list[Download]) -> list[Node]:
        """List many files by name: folded on the web, and not on paper."""
        builder = self.env._app.builder
        if builder.format in PAGED:
            return []
        in_order = sorted(found, key=lambda download: download.file)
        files = [nodes.list_item("", nodes.paragraph("", "", *self._file(d))) for d in in_order]
        listed = nodes.bullet_list("", *files, bullet="-", classes=[f"{MARK}-files"])
        if builder.format != "html":
            return [listed]
        return [folded("", folded_summary("", "The files"), listed, classes=["annals-folded"])]

    def _file(self, download: Download) -> list[Node]:
        size = f" ({download.size})" if download.records else ""
        return [self._link(download.file), nodes.Text(size)]

    def _link(self, file: str) -> Node:
        app = self.env._app
        if writes_site(app.builder) and app.config.annals_export_in_html:
            up = "../" * app.builder.get_target_uri(self.env.current_document.docname).count("/")
            return nodes.reference(file, file, refuri=f"{up}{FOLDER}/{file}", internal=False)
        base = site_of(app).base
        if base and app.config.annals_export_in_html:
            return nodes.reference(file, file, refuri=f"{base}{FOLDER}/{file}", internal=False)
        return nodes.Text(file)


def lists_of(app: Sphinx, wanted: list[str]) -> Iterator[tuple[str, str, list[Download]]]:
    """Give title, sentence and files of each format that has something in it."""
    catalogue, works = catalogue_of(app.env), works_of(app)
    for format in FORMATS:
        found = [d for d in format.downloads(catalogue, works) if d.records or format.id == "akn"]
        if format.id in wanted and found:
            yield format.title, format.sentence, found


def changed_lists(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give the pages with a list when its numbers changed since this builder last ran."""
    pages = [name for name in sorted(env.found_docs) if MARK in env.metadata.get(name, ())]
    if not pages:
        return []
    domain = cast("AnnalsDomain", env.domains["annals"])
    shown = repr(list(lists_of(app, [format.id for format in FORMATS])))
    known = domain.data.setdefault("downloads", {})
    if known.get(app.builder.name) == shown:
        return []
    known[app.builder.name] = shown
    return pages


def setup(app: Sphinx) -> None:
    """Register directive, node and transform."""
    plain = (pass_through, pass_through)
    app.add_node(downloads, html=plain, latex=plain, text=plain, man=plain, texinfo=plain,
                 typst=plain)  # fmt: skip
    app.add_directive_to_domain("annals", "data-downloads", DownloadsDirective)
    app.add_post_transform(ListDownloads)
    app.connect("env-updated", changed_lists)
