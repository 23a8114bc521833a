"""Citations in the text: “(Heinzig 2004, 364)”, “Heinzig (2004, 364)”, as rich text and nodes.

The roles are those of sphinxcontrib-bibtex 2.7; the forms Chicago's, 17th edition, 15.20–15.30.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from itertools import groupby
from typing import NamedTuple

from docutils import nodes
from sphinx.builders import Builder
from sphinx.errors import NoUri

from sphinx_annals.citations.build.nodes import citation_group
from sphinx_annals.citations.build.render import to_nodes
from sphinx_annals.citations.build.resolution import Resolution
from sphinx_annals.citations.entry import (
    Rich,
    Span,
    capitalised,
    clause,
    plain,
    rich,
    sentence,
    tidy,
)
from sphinx_annals.citations.style import chicago, show_locator
from sphinx_annals.fences.sphinx import curly
from sphinx_annals.text import Citation


class Piece(NamedTuple):
    """One cited work in the text: what stands before it, what links, and where to."""

    lead: str
    text: Rich
    key: str


PARENTHESES = frozenset({"p", "labelpar", "yearpar", "authorpar"})
TEXTUAL = frozenset({"t", "ct"})
MARKED = frozenset({"p", "alp", "label", "labelpar", "t", "ct"})
AUTHORS = frozenset({"author", "cauthor"})
PLACED = MARKED - TEXTUAL | {"year", "yearpar"}
"""Roles that give several places in one work one after another."""


class _Before(NamedTuple):
    """What the piece before shows: the work, its names, whether a place in it."""

    key: str
    names: Rich
    located: bool


def split_kind(kind: str) -> tuple[str, bool]:
    """Take the “s” of roles that give all names from their names."""
    full = kind.endswith("s")
    return (kind[:-1] if full else kind), full


def _relative_uri(builder: Builder | None, origin: str, goal: str) -> str | None:
    try:
        return builder.get_relative_uri(origin, goal) if builder else None
    except NoUri:
        return None


def _text(text: str) -> list[nodes.Text]:
    return [nodes.Text(text)] if text else []


class Writer:
    """Writes the citations of one build; keeps nothing but the addresses it has seen."""

    def __init__(self, resolution: Resolution, builder: Builder | None = None) -> None:
        self.resolution = resolution
        self.options = resolution.options
        self._uri = cache(partial(_relative_uri, builder))

    def pieces(self, kind: str, targets: Iterable[Citation], docname: str) -> Iterator[Piece]:
        """Take a role apart into linked pieces with their separators.

        What the piece before shows already is not repeated: of the same work only the place is
        given, of other works by the same names only the year.
        """
        base, full = split_kind(kind)
        before: _Before | None = None
        for index, (target, *more) in enumerate(self.runs(base, targets)):
            entry = self.resolution.entry(target.key)
            mark = self.resolution.mark(target.key, docname) if base in MARKED else ""
            prefix = f"{curly(target.prefix)} " if target.prefix else ""
            shown = self.located((target, *more), page_labels=bool(mark))
            if entry is None:
                lead = self.lead(base, before, (), shown) if index else ""
                text = rich(f"{target.key}?" + (f", {shown}" if shown else ""))
                yield Piece(lead + prefix, text, target.key)
                before = _Before("", (), bool(shown))
                continue
            label = self.resolution.label(entry)
            names = label.all_names if full else label.names
            names = capitalised(names) if base in ("ct", "cauthor") else names
            if mark:  # “1, p. 3”, in the text “Heinzig [1, p. 3]”
                tail = f"{mark}, {shown}" if shown else mark
                text = tidy((*names, Span(f" [{tail}]"))) if base in TEXTUAL else rich(tail)
                yield Piece(f", {prefix}" if index else prefix, text, target.key)
                before = None
                continue
            alike = before is not None and not prefix and before.names == names
            again = before if alike and shown else None
            if again and again.key == entry.key and again.located and base in PLACED:
                yield Piece(", ", rich(shown), target.key)
                continue
            lead = self.lead(base, before, names, shown) if index else ""
            skip = alike and base in ("p", "alp")
            text = self.core(base, () if skip else names, label.year, shown)
            yield Piece(lead + prefix, text, target.key)
            before = _Before(entry.key, names, bool(shown))

    def located(self, places: Iterable[Citation], *, page_labels: bool) -> str:
        """Give places in one work in the style's form; beside a label pages say what they are."""
        labels = page_labels or self.options.page_labels
        return ", ".join(curly(show_locator(t.locator, page_labels=labels)) for t in places)

    def runs(self, base: str, targets: Iterable[Citation]) -> list[list[Citation]]:
        """Places of one work that the text names once: “Heinzig (2004, 3, 5)”."""
        runs: list[list[Citation]] = []
        for target in targets:
            joins = base in TEXTUAL and target.locator and not target.prefix
            if runs and joins and runs[-1][-1].locator and runs[-1][-1].key == target.key:
                runs[-1].append(target)
            else:
                runs.append([target])
        return runs

    def brackets(self, kind: str, targets: Iterable[Citation], docname: str) -> tuple[str, str]:
        """Give what stands around a citation: square brackets around labels."""
        base, _ = split_kind(kind)
        if base not in PARENTHESES:
            return "", ""
        marked = base in MARKED and any(self.resolution.mark(t.key, docname) for t in targets)
        return ("[", "]") if marked else ("(", ")")

    @staticmethod
    def lead(base: str, before: _Before | None, names: Rich, shown: str) -> str:
        """Give the separator before a work: a semicolon, or a comma where nothing is repeated."""
        if base in TEXTUAL | AUTHORS:
            return ", "
        alike = before is not None and names and before.names == names and not before.located
        return ", " if alike and not shown and base in ("p", "alp") else "; "

    def core(self, base: str, names: Rich, year: str, locator: str) -> Rich:
        """Give the linked text of one work."""
        tail = f"{year}, {locator}" if locator else year
        if base in TEXTUAL:
            return tidy((*names, Span(f" ({tail})")))
        if base in ("author", "cauthor", "authorpar"):
            return tidy((*clause(names), Span(f" {locator}"))) if locator else names
        if base in ("year", "yearpar") or not names:
            return rich(tail)
        # Chicago 15.44–45: n.d. and forthcoming follow a comma
        if plain(names).endswith("”") or (year[:1].isalpha() and not year.startswith("ca.")):
            names = clause(names)
        return tidy((*names, Span(f" {tail}")))

    def group(self, kind: str, targets: Sequence[Citation], docname: str) -> citation_group:
        """Give the whole citation as a node, each work a link to its entry."""
        group = citation_group("", classes=["citation-group"])
        if kind == "empty":
            return group
        before, after = self.brackets(kind, targets, docname)
        pieces = list(self.pieces(kind, targets, docname))
        named = split_kind(kind)[0] in TEXTUAL | AUTHORS
        for index, piece in enumerate(pieces):
            lead = piece.lead
            if named and index and index == len(pieces) - 1:
                lead = lead.replace(", ", " and " if index == 1 else ", and ", 1)
            group += [*_text(before + lead), *self.link(piece.text, piece.key, docname)]
            before = ""
        group += _text(after)
        return group

    def note(
        self, targets: Sequence[Citation], forms: Sequence[str], docname: str, *, stop: bool
    ) -> citation_group:
        """Give the text of a note: each work in full or short, with its locator.

        `stop` closes it; inside a note of the author's own the author closes the sentence.
        """
        group = citation_group("", classes=["citation-group"])
        for index, target in enumerate(targets):
            again = index and target.key == targets[index - 1].key and not target.prefix
            lead = ", " if again and target.locator else "; " if index else ""
            prefix = f"{curly(target.prefix)} " if target.prefix else ""
            lead += prefix if index or not stop else prefix[:1].upper() + prefix[1:]
            text = self.noted(target, "" if again and target.locator else forms[index])
            if stop and index == len(targets) - 1:
                text = sentence(text)
            group += [*_text(lead), *self.linked_runs(text, target.key, docname)]
        return group

    def noted(self, target: Citation, form: str) -> Rich:
        """One work of a note; without a form its locator alone."""
        entry = self.resolution.entry(target.key)
        located = curly(target.locator)
        if not form:
            return rich(show_locator(located))
        if entry is None:
            return rich(f"{target.key}?" + (f", {located}" if located else ""))
        if form == "full":
            return chicago.full_note(entry, located, self.options)
        return chicago.short_note(entry, located)

    def linked_runs(self, text: Rich, key: str, docname: str) -> list[nodes.Node]:
        """Link what is not a link already."""
        out: list[nodes.Node] = []
        for external, run in groupby(text, key=lambda span: bool(span.href)):
            piece = tuple(run)
            own = external or not plain(piece).strip(" .,;")
            out += to_nodes(piece) if own else self.link(piece, key, docname)
        return out

    def link(self, text: Rich, key: str, docname: str) -> list[nodes.Node]:
        """Link a piece to the list entry; without a list it stays text."""
        inner = to_nodes(text)
        if self.resolution.entry(key) is None:
            return [nodes.strong("", "", *inner, classes=["citation-unknown"])]
        place = self.resolution.place(key, docname)
        address = self.address(docname, place.docname, place.anchor) if place else {}
        if not address:
            return inner
        classes = ["citation-link"]
        return [nodes.reference("", "", *inner, internal=True, classes=classes, **address)]

    def address(self, origin: str, goal: str, anchor: str) -> dict[str, str]:
        """Give what leads from one document to a place in another, nothing if nothing can."""
        if origin == goal:
            return {"refid": anchor}
        uri = self._uri(origin, goal)
        return {} if uri is None else {"refuri": f"{uri}#{anchor}"}
