"""What views of networks share: which ties they show, as a drawing with a table."""

from abc import abstractmethod
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.doctree import Cell, Renderer, joined, make_table
from sphinx_annals.annals.drawings import Frame, NetworkNode, NetworkTie, draw_network
from sphinx_annals.annals.model import Link
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.drawn.figure import PAGE_WIDTH, Drawn, FigureView
from sphinx_annals.annals.views.options import number
from sphinx_annals.extension import require
from sphinx_annals.language import Language, message
from sphinx_annals.text import filing_key


class Passage(NamedTuple):
    """Where something is told that is no object: a work in a list, a point among its sources."""

    title: str
    place: tuple[str, str] | None
    key: str = ""


Named = Link | Passage
"""A member of a network, or what ties two of them."""


class Tie(NamedTuple):
    """Two members, in words what is between them, and all in which it shows.

    ``names`` are those of the two, ``one_way`` tells that the first does it to the second.
    """

    one: Named
    other: Named
    names: tuple[str, str]
    relation: str
    things: tuple[Named, ...]
    one_way: bool = False


class Ties(NamedTuple):
    """The ties that are shown, the strongest first, and how many members are left out."""

    ties: tuple[Tie, ...]
    left_out: int


@dataclass(frozen=True, kw_only=True)
class NetworkView(FigureView[Ties | None]):
    """Members that something ties, drawn by the extra ``networks``."""

    in_words = message("The same as a table")
    script = "networks.js"
    scrolls = True
    scaled_width = PAGE_WIDTH
    members: ClassVar[str]
    """How many of what it ties are drawn, for the catalogues."""
    heads: ClassVar[tuple[str, str, str, str]]
    """The headings of its table: of the one, what is between, the other, and in what it shows."""
    meaning: ClassVar[tuple[str, str]] = ("", "")
    """What whole and dashed lines are, where there are both."""

    least: int = number(1, "How many events, treaties or points make a tie; by itself 1.")
    most: int = number(30, "How many members are drawn, those with most ties; by itself 30.")

    def __post_init__(self) -> None:
        require(f"The view {self.name!r}", "networks")

    @abstractmethod
    def ties(self, corpus: Corpus) -> Iterator[Tie]:
        """Give all ties that pass the filter, whatever their weight."""

    def shown(self, corpus: Corpus) -> Ties | None:
        """Give the ties of those with most of them; members that are no more tied are left out."""
        strong = [tie for tie in self.ties(corpus) if len(tie.things) >= self.least]
        weights: Counter[Named] = Counter()
        names: dict[Named, str] = {}
        for tie in strong:
            names |= zip((tie.one, tie.other), tie.names, strict=True)
            weights.update(dict.fromkeys((tie.one, tie.other), len(tie.things)))
        order = sorted(weights, key=lambda named: (-weights[named], filing_key(names[named])))
        chosen = set(order[: self.most])
        kept = [tie for tie in strong if {tie.one, tie.other} <= chosen]
        kept.sort(key=lambda tie: (-len(tie.things), *map(filing_key, tie.names), tie.relation))
        left = len(weights) - len({named for tie in kept for named in (tie.one, tie.other)})
        return Ties(tuple(kept), left) if kept else None

    def draw(self, shown: Ties | None, frame: Frame, render: Renderer) -> Drawn:
        assert shown
        members = _members(shown.ties)
        index = {named: n for n, (named, _) in enumerate(members)}
        network = draw_network(
            [NetworkNode(name, _href(named, render)) for named, name in members],
            [NetworkTie(index[a], index[b], n, way) for (a, b, way), n in _lines(shown.ties)],
            frame,
            meaning=self.meaning,
            scaled=not render.scrolls,
        )
        return Drawn([network])

    def listed(self, shown: Ties | None, render: Renderer) -> nodes.Element:
        assert shown
        semicolon = render.language.mark("; ")
        rows: list[list[Cell]] = [
            [
                [_node(tie.one, render)],
                [nodes.Text(tie.relation)],
                [_node(tie.other, render)],
                joined(([_node(thing, render)] for thing in tie.things), semicolon),
            ]
            for tie in shown.ties
        ]
        # without what is between them where that is always the same
        columns = [n for n in range(4) if self.heads[n]]
        heads = [render.language.gettext(self.heads[n]) for n in columns]
        cells = [[row[n] for n in columns] for row in rows]
        widths = [(24, 14, 24, 60)[n] for n in columns]
        label = self.title_in_words(render.language)
        (table,) = make_table(heads, cells, widths, label=label, html=render.html)
        assert isinstance(table, nodes.table)
        return table

    def remark(self, shown: Ties | None, language: Language) -> str:
        """Say how many are left out, if any is."""
        if not shown or not shown.left_out:
            return ""
        count, left = len(_members(shown.ties)), shown.left_out
        return language.gettext(self.members).format(count=count, left=left)


def _members(ties: Iterable[Tie]) -> list[tuple[Named, str]]:
    """Give the members by name, so that each drawing of them begins alike."""
    found = {
        named: name
        for tie in ties
        for named, name in zip((tie.one, tie.other), tie.names, strict=True)
    }
    return sorted(found.items(), key=lambda item: filing_key(item[1]))


def _lines(ties: Sequence[Tie]) -> Iterator[tuple[tuple[Named, Named, bool], int]]:
    """Give each line once, with its weight: ties of one pair that have no direction are one."""
    weights: Counter[tuple[Named, Named, bool]] = Counter()
    for tie in ties:
        turned = (tie.other, tie.one, tie.one_way)
        line = turned if turned in weights else (tie.one, tie.other, tie.one_way)
        weights[line] += len(tie.things)
    yield from weights.items()


def _node(named: Named, render: Renderer) -> Node:
    match named:
        case Link():
            return render.link(named)
        case Passage(title, place):
            return render.work(place, title)


def _href(named: Named, render: Renderer) -> str | None:
    match named:
        case Link(id):
            return render.href(render.catalogue.find(id))
        case Passage(_, place):
            return render.address(*place) if place else None
