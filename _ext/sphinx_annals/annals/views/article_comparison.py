"""The provisions of treaties side by side, with their parallel texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from docutils import nodes
from docutils.nodes import Element, Node

from sphinx_annals.annals.doctree.nodes import (
    SOURCES,
    account_note,
    annotation,
    annotation_title,
    verdict_note,
)
from sphinx_annals.annals.doctree.renderer import Renderer, name_languages
from sphinx_annals.annals.doctree.tables import Cell, make_table
from sphinx_annals.annals.model import Article, Kind, Link, Markup, Treaty
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.annals.views.base import ViewOfObjects
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.options import asked, chosen


def alignment(text: str) -> tuple[tuple[str, ...], ...]:
    """Read rows of provisions, one for each treaty: ``6 = 5; 1 = 3; - = notes``."""
    rows = []
    for piece in convert.split(text, ";"):
        names = tuple(name.strip() for name in piece.split("="))
        if len(names) < 2 or not all(names):
            raise ValueError(f"{piece!r} aligns nothing; write: 6 = 5; 1 = 3; - = notes")
        rows.append(tuple("" if n in "-–—" else convert.article_number(n) for n in names))
    return tuple(rows)


_Row = tuple[Article | None, ...]


@dataclass(frozen=True, slots=True)
class Provision:
    """A provision in its column: its heading, and what stands for its substance."""

    heading: Link
    numbered: bool
    markup: Markup | None


@dataclass(frozen=True, slots=True)
class AlignedRow:
    """A row: the provisions of each treaty, None where it has none."""

    label: str
    provisions: tuple[Provision | None, ...]


@dataclass(frozen=True, slots=True)
class AlignedTreaties:
    """The titles of the treaties, and the rows of their provisions."""

    titles: tuple[str, ...]
    rows: tuple[AlignedRow, ...]


@dataclass(frozen=True, kw_only=True)
class ArticleComparison(ViewOfObjects[AlignedTreaties]):
    """The provisions of the treaties named, side by side."""

    name: ClassVar[str] = "article-comparison"
    noun: ClassVar[str] = "provision"
    borrows: ClassVar[bool] = True
    kind: ClassVar[Kind | None] = Kind.TREATY

    align: tuple[tuple[str, ...], ...] = asked(alignment, "write: 6 = 5; 1 = 3; - = notes")
    rows: tuple[str, ...] = asked(chosen("rows", "all", "aligned"), "write all or aligned")

    def problems(self, corpus: Corpus) -> Iterator[str]:
        """Ask for two treaties or more, and for provisions that they have."""
        if len(self.targets) < 2:
            yield "compares nothing; write the ids of two or more treaties after it"
        yield from super().problems(corpus)
        for id, column, names in zip(
            self.targets, self._columns(corpus), zip_longest(*self.align), strict=False
        ):
            record = corpus.catalogue.find(id)
            for name in names:
                if name and isinstance(record, Treaty) and _tail(name) not in column:
                    known = ", ".join(column) or "none"
                    yield f":align: {record.id} has no provision {name!r}; it has {known}"

    def shown(self, corpus: Corpus) -> AlignedTreaties:
        """Set provisions side by side: as told, then by number, then the rest one by one."""
        wanted = corpus.selection(self.filter)
        columns = [
            {tail: article for tail, article in column.items() if article in wanted}
            for column in self._columns(corpus)
        ]
        told = [
            tuple(column.get(_tail(name or "")) for name, column in zip_longest(names, columns))
            for names in (names[: len(columns)] for names in self.align)
        ]
        found = [row for row in told if any(row)]
        if "aligned" not in self.rows:
            found += _rest(columns, {article.id for row in told for article in row if article})
            found.sort(key=lambda row: _numeric(next(_tail(a.id) for a in row if a)))
        rows = [
            AlignedRow(_label(row), tuple(_provision(a) if a else None for a in row))
            for row in found
        ]
        return AlignedTreaties(tuple(map(corpus.title_of, self.targets)), tuple(rows))

    def _columns(self, corpus: Corpus) -> list[dict[str, Article]]:
        """Give the provisions of each treaty by the ends of their ids."""
        treaties = [corpus.catalogue.find(id) for id in self.targets]
        return [
            {_tail(article.id): article for article in corpus.catalogue.articles_of(treaty)}
            if isinstance(treaty, Treaty)
            else {}
            for treaty in treaties
        ]

    def nodes(self, shown: AlignedTreaties, render: Renderer) -> list[Node]:
        """Give a table with a column for each treaty, and one of labels where numbers make one."""
        if not shown.rows:
            return []
        cells: list[list[Cell]] = [
            [_substance(provision, render) if provision else [] for provision in row.provisions]
            for row in shown.rows
        ]
        heads, widths = list(shown.titles), [40] * len(shown.titles)
        if _numbered(shown.rows):
            labels = [nodes.Text(row.label) for row in shown.rows]
            cells = [[[label], *row] for label, row in zip(labels, cells, strict=True)]
            heads, widths = ["Provision", *heads], [10, *widths]
        caption = [nodes.Text(self.caption)] if self.caption else []
        return make_table(heads, cells, widths, caption=caption, html=render.html)


def _rest(columns: Sequence[dict[str, Article]], placed: set[str]) -> Iterator[_Row]:
    """Give what no author aligned: what ends alike in one row."""
    tails = dict.fromkeys(tail for column in columns for tail in column)
    for tail in sorted(tails, key=_numeric):
        found = [column.get(tail) for column in columns]
        row = tuple(a if a and a.id not in placed else None for a in found)
        if any(row):
            yield row


def _provision(article: Article) -> Provision:
    heading = Link(article.id, article.heading)
    return Provision(heading, bool(article.number), article.markup)


def _tail(name: str) -> str:
    """Give the part of a provision's id that its treaty does not give."""
    return name.rsplit("/", 1)[-1]


def _numeric(tail: str) -> tuple[int, int, str]:
    digits = "".join(c for c in tail.split("(")[0] if c.isdigit())
    # those without a number follow, in the order in which they are told
    return (0, int(digits), tail) if tail[:1].isdigit() and digits else (1, 0, "")


def _label(row: _Row) -> str:
    labels = dict.fromkeys(_tail(a.id) if a.number else a.title for a in row if a)
    return " / ".join(labels)


def _numbered(rows: Sequence[AlignedRow]) -> bool:
    """Tell whether rows have numbers, and none sets a number beside what has none."""
    kinds = [{provision.numbered for provision in row.provisions if provision} for row in rows]
    return {True} in kinds and {True, False} not in kinds


def _substance(provision: Provision, render: Renderer) -> list[Node]:
    """Give a provision's heading, its substance and its parallel texts."""
    target = render.target(provision.heading)
    if target is None:
        return []
    node = render.as_read.annotation(target.docname, target.anchor)
    body = [child for child in node.children if not _is_apparatus(child)]
    found = render.borrow(body, target.docname)
    name_languages(found)
    sources = [child for child in node.children if _is_sources(child)]
    if sources:
        cited = render.borrow(sources, target.docname)
        found.append(nodes.paragraph("", "", *cited, classes=["annals-cited"]))
    return [nodes.paragraph("", "", render.link(provision.heading)), *found]


def _is_apparatus(child: Node) -> bool:
    kinds = (annotation, annotation_title, account_note, verdict_note)
    return isinstance(child, kinds) or _is_sources(child)


def _is_sources(child: Node) -> bool:
    return isinstance(child, Element) and SOURCES in child.get("classes", [])
