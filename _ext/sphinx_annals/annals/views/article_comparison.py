"""The provisions of treaties side by side, with their parallel texts."""

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.doctree import (
    Cell,
    Renderer,
    account_note,
    annotation,
    annotation_title,
    body_of,
    cited_sources,
    make_table,
    name_languages,
    verdict_note,
    without_tables,
)
from sphinx_annals.annals.model import Article, Kind, Link, Markup, Treaty
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.annals.views.base import ViewOfObjects
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.options import asked, chosen
from sphinx_annals.language import message

_DIGITS = 18
"""More make no number of a provision."""
_LEAST = 75
"""What share of a hundred all columns have whose text is short."""


def alignment(text: str) -> tuple[tuple[str, ...], ...]:
    """Read rows of provisions, one for each treaty: ``6 = 5; 1 = 3; - = notes``."""
    rows = []
    for piece in convert.split(text, ";"):
        names = tuple(name.strip() for name in piece.split("="))
        if len(names) < 2 or not all(names):
            raise ValueError(f"{piece!r} aligns nothing; write: 6 = 5; 1 = 3; - = notes")
        rows.append(tuple("" if n in "-–—" else convert.article_number(n) for n in names))
    return tuple(rows)


class Provision(NamedTuple):
    """A provision in its column: its heading, what labels its row, and what stands for its body."""

    heading: Link
    label: str
    numbered: bool
    markup: Markup | None


class AlignedTreaties(NamedTuple):
    """The titles of the treaties, and rows of their provisions."""

    titles: tuple[str, ...]
    rows: tuple[tuple[Provision | None, ...], ...]


@dataclass(frozen=True, kw_only=True)
class ArticleComparison(ViewOfObjects[AlignedTreaties | None]):
    """The provisions of the treaties named, side by side, with their parallel texts."""

    name = "article-comparison"
    nothing = message("No provision")
    borrows = True
    kind = Kind.TREATY

    align: tuple[tuple[str, ...], ...] = asked(
        alignment,
        "write: 6 = 5; 1 = 3; - = notes",
        about="Which provisions stand side by side; by themselves those of one number.",
    )
    rows: tuple[str, ...] = asked(
        chosen("rows", "all", "aligned"),
        "all or aligned",
        about="All provisions, or those aligned alone.",
    )

    def problems(self, corpus: Corpus) -> Iterator[str]:
        if len(self.targets) < 2:
            yield "compares nothing; write the ids of two or more treaties after it"
        yield from super().problems(corpus)
        for id, column, names in zip(
            self.targets, self._columns(corpus), zip_longest(*self.align), strict=False
        ):
            record = corpus.catalogue.find(id)
            for name in names:
                if name and isinstance(record, Treaty) and _tail(name) not in column:
                    known = ", ".join(dict.fromkeys(map(_name, column.values()))) or "none"
                    yield f":align: {record.id} has no provision {name!r}; it has {known}"

    def shown(self, corpus: Corpus) -> AlignedTreaties | None:
        """Set provisions side by side: as told, then by number, then the rest one by one."""
        wanted = corpus.selection(self)
        columns = self._columns(corpus)

        def row(names: Sequence[str], placed: Set[str] = frozenset()) -> list[Article | None]:
            pairs = zip_longest(columns, names[: len(columns)])
            found = [column.get(_tail(name or "")) for column, name in pairs]
            return [a if a and a in wanted and a.id not in placed else None for a in found]

        found = [row(names) for names in self.align]
        if "aligned" not in self.rows:  # what no author aligned stands beside what ends alike
            placed = {article.id for told in found for article in told if article}
            tails = dict.fromkeys(_name(a) for column in columns for a in column.values())
            found += [row([tail] * len(columns), placed) for tail in tails]
        found = [articles for articles in found if any(articles)]
        if "aligned" not in self.rows:
            found.sort(key=lambda articles: _numeric(next(_name(a) for a in articles if a)))
        if not found:
            return None
        rows = tuple(tuple(_provision(a) if a else None for a in articles) for articles in found)
        return AlignedTreaties(tuple(map(corpus.title_of, self.targets)), rows)

    def _columns(self, corpus: Corpus) -> list[dict[str, Article]]:
        """Give the provisions of each treaty by what names them."""
        found = [corpus.catalogue.find(id, Kind.TREATY) for id in self.targets]
        articles = corpus.catalogue.articles_of
        return [_named(articles(record) if isinstance(record, Treaty) else ()) for record in found]

    def nodes(self, shown: AlignedTreaties | None, render: Renderer) -> list[Node]:
        """Give a table with a column for each treaty, and one of labels where numbers make one."""
        assert shown
        cells: list[list[Cell]] = [
            [_substance(provision, render) if provision else [] for provision in provisions]
            for provisions in shown.rows
        ]
        heads, widths = list(shown.titles), _measured(cells)
        kinds = [{p.numbered for p in provisions if p} for provisions in shown.rows]
        # labels are of use where rows have numbers, and none sets one beside what has none
        if {True} in kinds and {True, False} not in kinds:
            provision = render.language.gettext("Provision")
            heads, widths = [provision, *heads], [20, *widths]
            for provisions, row in zip(shown.rows, cells, strict=True):
                labels = dict.fromkeys(provision.label for provision in provisions if provision)
                row.insert(0, [nodes.Text(" / ".join(labels))])
        return make_table(heads, cells, widths, caption=self.title, html=render.html)


def _measured(rows: Sequence[Sequence[Cell]]) -> list[int]:
    """Give each column the share of a hundred that its text has, but room for a few words."""
    lengths = [
        sum(len(n.astext()) for cell in column for n in cell) for column in zip(*rows, strict=True)
    ]
    total = sum(lengths) or 1
    return [max(100 * length // total, _LEAST // len(lengths)) for length in lengths]


def _provision(a: Article) -> Provision:
    label = _name(a) if a.number else a.title
    return Provision(Link(a.id, a.heading), label, bool(a.number), a.markup)


def _name(a: Article) -> str:
    """Give what names a provision within its treaty: its number, whatever its id, or that's end."""
    return convert.article_number(a.number) if a.number else _tail(a.id)


def _named(articles: Sequence[Article]) -> dict[str, Article]:
    """Give provisions by what names them, or else by the ends of their ids."""
    found = {_name(a): a for a in articles}
    for article in articles:
        found.setdefault(_tail(article.id), article)
    return found


def _tail(name: str) -> str:
    """Give the part of a provision's id that its treaty does not give."""
    return name.rsplit("/", 1)[-1]


def _numeric(tail: str) -> tuple[int, int, str]:
    digits = "".join(c for c in tail.split("(")[0] if c.isdecimal())[:_DIGITS]
    # those without a number follow, in the order in which they are told
    return (0, int(digits), tail) if tail[:1].isdecimal() else (1, 0, "")


def _substance(provision: Provision, render: Renderer) -> list[Node]:
    """Give a provision's heading, its substance and its parallel texts."""
    record = render.catalogue.find(provision.heading.id)
    if record is None:
        return []
    node = render.as_read.annotation(record.docname, record.anchor)
    apparatus = (annotation, annotation_title, account_note, cited_sources, verdict_note)
    sources = [child for child in node.children if isinstance(child, cited_sources)]
    body = [child for child in body_of(node) if not isinstance(child, apparatus)]
    found = render.borrow(body, record.docname)
    name_languages(found, render)
    if sources:
        cited = render.borrow(sources, record.docname)
        found.append(nodes.paragraph("", "", *cited, classes=["annals-cited"]))
    if render.builder.format not in ("html", "latex", "typst"):
        found = without_tables(found)
    return [nodes.paragraph("", "", render.link(provision.heading)), *found]
