"""The ``data-downloads`` directive: a list of the exports, with what each is for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.nodes import Node
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_annals.annals.directives.base import AnnalsDirective, Option
from sphinx_annals.annals.doctree.folds import folded, folded_summary
from sphinx_annals.annals.doctree.nodes import passed
from sphinx_annals.annals.doctree.renderer import PAGED
from sphinx_annals.annals.domain import AnnalsDomain, catalogue_of, works_of
from sphinx_annals.annals.export.base import Download, formats_of, say_missing
from sphinx_annals.annals.export.builder import FOLDER, site_of, writes_site
from sphinx_annals.annals.export.publication import Publication
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.text import did_you_mean

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

MARK = "annals-downloads"
_MOST_IN_LINE = 8
"""Of more files each gets a line."""


class downloads(nodes.General, nodes.Element):  # noqa: N801
    """The place of a list of downloads; ``formats`` are the ids of those wanted."""


class DownloadsDirective(AnnalsDirective):
    """A list of the exports, of all formats or of those named."""

    declared: ClassVar[dict[str, Option]] = {
        "formats": Option("formats", convert.words, "write ids of formats: json, csv"),
    }

    def run(self) -> list[Node]:
        """Leave a placeholder; the numbers are known when all documents are read."""
        known = formats_of(self.env.events)
        asked = self.read_options().get("formats", ())
        for name in asked:
            if name not in known:
                hint = did_you_mean(name, known) or f"; known: {', '.join(known)}"
                self.warn(Subtype.OPTION, f":formats: {name!r} is no format{hint}")
            elif missing := say_missing([known[name]]):
                self.warn(Subtype.EXPORT, f":formats: {name} is left out: {missing}")
        self.env.metadata[self.env.current_document.docname][MARK] = "yes"
        node = downloads(formats=[name for name in known if name in (asked or known)])
        self.set_source_info(node)
        return [node]


class ListDownloads(SphinxPostTransform):
    """Put the list in its place."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Fill every placeholder of the document."""
        self.builder = cast("AnnalsDomain", self.env.domains["annals"]).builder
        for place in list(self.document.findall(downloads)):
            items = [self._item(item) for item in lists_of(self.builder, place["formats"])]
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
        if self.builder.format in PAGED:
            return []
        in_order = sorted(found, key=lambda download: download.file)
        files = [nodes.list_item("", nodes.paragraph("", "", *self._file(d))) for d in in_order]
        listed = nodes.bullet_list("", *files, bullet="-", classes=[f"{MARK}-files"])
        if self.builder.format != "html":
            return [listed]
        return [folded("", folded_summary("", "The files"), listed, classes=["annals-folded"])]

    def _file(self, download: Download) -> list[Node]:
        size = f" ({download.size})" if download.records else ""
        return [self._link(download.file), nodes.Text(size)]

    def _link(self, file: str) -> Node:
        builder, base = self.builder, site_of(self.builder).base
        if writes_site(builder):
            here = builder.get_target_uri(self.env.current_document.docname)
            base = "../" * here.count("/")
        elif not base:  # on paper, with no address to lead to
            return nodes.Text(file)
        if not self.config.annals_export_in_html:
            return nodes.Text(file)
        return nodes.reference(file, file, refuri=f"{base}{FOLDER}/{file}", internal=False)


def lists_of(builder: Builder, wanted: list[str]) -> Iterator[tuple[str, str, list[Download]]]:
    """Give title, sentence and files of each format that has something in it."""
    env = builder.env
    publication = Publication(site_of(builder), catalogue_of(env), works_of(env))
    for id, format in formats_of(env.events).items():
        found = [d for d in format.downloads(publication) if d.records != 0]
        if id in wanted and found and not format.missing:
            yield format.title, format.sentence, found


def changed_lists(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give the pages with a list when its numbers changed since this builder last ran."""
    pages = [name for name in sorted(env.found_docs) if MARK in env.metadata.get(name, ())]
    if not pages:
        return []
    shown = repr(list(lists_of(app.builder, list(formats_of(env.events)))))
    known = env.domains["annals"].data.setdefault("downloads", {})
    if known.get(app.builder.name) == shown:
        return []
    known[app.builder.name] = shown
    return pages


def setup(app: Sphinx) -> None:
    """Register directive, node and transform."""
    builders = ["html", "latex", "text", "man", "texinfo", "typst"]
    visitors: Any = dict.fromkeys(builders, passed)
    app.add_node(downloads, **visitors)
    app.add_directive_to_domain("annals", "data-downloads", DownloadsDirective)
    app.add_post_transform(ListDownloads)
    app.connect("env-updated", changed_lists)
