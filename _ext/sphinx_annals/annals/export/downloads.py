"""The ``data-downloads`` view: a list of the exports, with what each is for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.doctree import Renderer, bulleted, fold
from sphinx_annals.annals.export.base import Download, formats_of, makeable, say_missing
from sphinx_annals.annals.export.builder import FOLDER, publication_of, site_of, writes_site
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import WordList
from sphinx_annals.annals.views import Corpus, View, asked
from sphinx_annals.language import Language
from sphinx_annals.text import meant_or_all

MARK = "annals-downloads"
_MOST_IN_LINE = 8
"""Of more files each gets a line."""
Listed = tuple[str, str, tuple[Download, ...]]
"""A format as a list has it: its title, its sentence, its files."""


@dataclass(frozen=True, kw_only=True)
class DataDownloads(View[Sequence[Listed]]):
    """A list of the exports, of all formats or of those named."""

    name: ClassVar[str] = "data-downloads"
    subtype: ClassVar[Subtype] = Subtype.EXPORT

    formats: tuple[str, ...] = asked(
        WordList().convert,
        "write ids of formats: json, csv",
        subtype=Subtype.OPTION,
        about="These formats alone.",
    )

    def problems(self, corpus: Corpus) -> Iterator[str]:
        """Say which formats are unknown, and which cannot be made here."""
        known = formats_of(corpus.env.events)
        for name in self.formats:
            if name not in known:
                yield f":formats: {name!r} is no format{meant_or_all(name, known)}"
            elif missing := say_missing([known[name]]):
                yield f":formats: {name} is left out: {missing}"

    def shown(self, corpus: Corpus) -> Sequence[Listed]:
        """Give the formats that are asked for, can be made, and have something in them."""
        publication = publication_of(corpus.builder)
        found = []
        for format in makeable(corpus.env.events):
            files = tuple(file for file in format.downloads(publication) if file.records != 0)
            if files and format.id in (self.formats or (format.id,)):
                found.append((format.title, format.sentence, files))
        return found

    def nodes(self, shown: Sequence[Listed], render: Renderer) -> list[Node]:
        """Give a line for each format, with links to its files."""
        items = [_item(listed, render) for listed in shown]
        return [nodes.bullet_list("", *items, bullet="-", classes=[MARK])] if items else []

    def on_page(self, content: list[Node], language: Language) -> list[Node]:
        """Give the list as any list."""
        return content


def _item(listed: Listed, render: Renderer) -> nodes.list_item:
    title, sentence, files = listed
    language = render.language
    colon, comma, stop = map(language.mark, (": ", ", ", ". "))
    line, below = nodes.paragraph("", "", nodes.strong(title, title)), []
    if len(files) > _MOST_IN_LINE:
        count = language.ngettext("{count} file", "{count} files", len(files))
        line += nodes.Text(f"{colon}{count}")
        below = _many(files, render)
    else:
        for index, download in enumerate(files):
            line += [nodes.Text(comma if index else colon), *_file(download, render)]
    line += nodes.Text(f"{stop}{language.gettext(sentence)}")
    return nodes.list_item("", line, *below)


def _many(files: Sequence[Download], render: Renderer) -> list[Node]:
    """List many files by name: folded on the web, and not on paper."""
    if render.paged:
        return []
    ordered = sorted(files, key=lambda download: download.file)
    listed = bulleted((_file(download, render) for download in ordered), classes=[f"{MARK}-files"])
    if not render.html:
        return [listed]
    return [fold(render.language.gettext("The files"), listed, classes=["annals-folded"])]


def _file(download: Download, render: Renderer) -> list[Node]:
    if not download.records:
        return [_link(download.file, render)]
    return [_link(download.file, render), render.remark(download.size(render.language))]


def _link(file: str, render: Renderer) -> Node:
    builder, base = render.builder, site_of(render.builder).base
    beside = writes_site(builder)
    # on paper there may be no address to lead to
    if not builder.config.annals_export_in_html or not (beside or base):
        return nodes.Text(file)
    base = "../" * builder.get_target_uri(render.docname).count("/") if beside else base
    return nodes.reference(file, file, refuri=f"{base}{FOLDER}/{file}", internal=False)
