"""Citations in the text: “(Heinzig 2004, 364)”, “Heinzig (2004, 364)”, as rich text and nodes.

The roles are those of sphinxcontrib-bibtex 2.7; the forms Chicago's, 17th edition, 15.20–15.30.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from docutils import nodes
from sphinx.builders import Builder
from sphinx.errors import NoUri

from sphinx_annals.citations.build.nodes import citation_group
from sphinx_annals.citations.build.render import to_nodes
from sphinx_annals.citations.build.resolution import Resolution
from sphinx_annals.citations.entry import (
    Entry,
    Rich,
    Span,
    capitalised,
    clause,
    plain,
    rich,
    sentence,
    tidy,
)
from sphinx_annals.citations.style import Options, chicago, show_locator
from sphinx_annals.fences.sphinx import curly
from sphinx_annals.text import Citation


class Piece(NamedTuple):
    """One cited work in the text: what stands before it, what links, and where to."""

    lead: str
    text: Rich
    key: str
    known: bool


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


class Writer:
    """Writes the citations of one build; keeps nothing but the addresses it has seen."""

    def __init__(self, resolution: Resolution, options: Options) -> None:
        self.resolution = resolution
        self.options = options
        self._uris: dict[tuple[str, str, str], str] = {}

    def locator(self, target: Citation) -> str:
        """Give the locator in the style's form."""
        return curly(show_locator(target.locator, page_labels=self.options.page_labels))

    def pieces(self, kind: str, targets: Iterable[Citation], docname: str = "") -> Iterator[Piece]:
        """Take a role apart into linked pieces with their separators.

        What the piece before shows already is not repeated: of the same work only the place is
        given, of other works by the same names only the year.
        """
        base, full = split_kind(kind)
        before: _Before | None = None
        first = True
        for target, *more in self.runs(base, targets):
            entry = self.resolution.entry(target.key)
            mark = self.resolution.mark(target.key, docname) if base in MARKED else ""
            prefix = f"{curly(target.prefix)} " if target.prefix else ""
            if entry is not None and mark:
                text = self.marked(base, (target, *more), entry, mark, full=full)
                yield Piece(prefix if first else f", {prefix}", text, target.key, True)
                before, first = None, False
                continue
            shown = ", ".join(self.locator(place) for place in (target, *more))
            names: Rich = ()
            if entry is None:
                text = rich(f"{target.key}?" + (f", {shown}" if shown else ""))
            else:
                label = self.resolution.label(entry)
                names = label.all_names if full else label.names
                alike = before is not None and not prefix and before.names == names
                again = before if alike and shown else None
                if again and again.key == entry.key and again.located and base in PLACED:
                    yield Piece(", ", rich(shown), target.key, True)
                    continue
                skip = alike and base in ("p", "alp")
                text = self.core(base, () if skip else names, label.year, shown)
            lead = "" if first else self.lead(base, before, names, shown)
            yield Piece(lead + prefix, text, target.key, entry is not None)
            before = _Before(entry.key if entry else "", names, bool(shown))
            first = False

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

    def marked(
        self, base: str, places: Sequence[Citation], entry: Entry, mark: str, *, full: bool
    ) -> Rich:
        """Give a work by the label of its list: “1, p. 3”, in the text “Heinzig [1, p. 3]”."""
        shown = ", ".join(curly(show_locator(t.locator, page_labels=True)) for t in places)
        text = rich(f"{mark}, {shown}" if shown else mark)
        if base not in TEXTUAL:
            return text
        label = self.resolution.label(entry)
        names = label.all_names if full else label.names
        names = capitalised(names) if base == "ct" else names
        return tidy((*names, Span(" ["), *text, Span("]")))

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
        if base in ("ct", "cauthor"):
            names = capitalised(names)
        tail = f"{year}, {locator}" if locator else year
        if base in ("t", "ct"):
            return tidy((*names, Span(f" ({tail})")))
        if base in ("author", "cauthor", "authorpar"):
            return tidy((*clause(names), Span(f" {locator}"))) if locator else names
        if base in ("year", "yearpar") or not names:
            return rich(tail)
        # Chicago 15.44–45: n.d. and forthcoming follow a comma
        if plain(names).endswith("”") or (year[:1].isalpha() and not year.startswith("ca.")):
            names = clause(names)
        return tidy((*names, Span(f" {tail}")))

    def text(self, kind: str, targets: Sequence[Citation], docname: str = "") -> Rich:
        """Give the whole citation as rich text."""
        if kind == "empty":
            return ()
        inner: list[Span] = []
        for piece in self.pieces(kind, targets, docname):
            inner += [Span(piece.lead), *piece.text]
        around = self.brackets(kind, targets, docname)
        return tidy((Span(around[0]), *inner, Span(around[1])))

    def group(
        self, kind: str, targets: Sequence[Citation], docname: str, builder: Builder
    ) -> citation_group:
        """Give the whole citation as a node, each work a link to its entry."""
        group = citation_group("", classes=["citation-group"])
        if kind == "empty":
            return group
        before, after = self.brackets(kind, targets, docname)
        pieces = list(self.pieces(kind, targets, docname))
        named = split_kind(kind)[0] in TEXTUAL | AUTHORS
        for index, piece in enumerate(pieces):
            lead = before + piece.lead
            if named and index and index == len(pieces) - 1:
                lead = piece.lead.replace(", ", " and " if index == 1 else ", and ", 1)
            if lead:
                group += nodes.Text(lead)
            before = ""
            group += self.link(piece, docname, builder)
        if after:
            group += nodes.Text(after)
        return group

    def note(
        self,
        targets: tuple[Citation, ...],
        forms: tuple[str, ...],
        docname: str,
        builder: Builder,
        *,
        stop: bool,
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
            if lead:
                group += nodes.Text(lead)
            known = self.resolution.entry(target.key) is not None
            group += self.linked_runs(text, target.key, known, docname, builder)
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

    def linked_runs(
        self, text: Rich, key: str, known: bool, docname: str, builder: Builder
    ) -> list[nodes.Node]:
        """Link what is not a link already."""
        out: list[nodes.Node] = []
        for external, run in groupby(text, key=lambda span: bool(span.href)):
            piece = tuple(run)
            if external or not plain(piece).strip(" .,;"):
                out += to_nodes(piece)
            else:
                out += self.link(Piece("", piece, key, known), docname, builder)
        return out

    def link(self, piece: Piece, docname: str, builder: Builder) -> list[nodes.Node]:
        """Link a piece to the list entry; without a list it stays text."""
        inner = to_nodes(piece.text)
        if not piece.known:
            return [nodes.strong("", "", *inner, classes=["citation-unknown"])]
        place = self.resolution.place(piece.key, docname)
        if place is None:
            return inner
        node = nodes.reference("", "", *inner, internal=True, classes=["citation-link"])
        if place.docname == docname:
            node["refid"] = place.anchor
        else:
            uri = self.uri(builder, docname, place.docname)
            if uri is None:
                return inner
            node["refuri"] = f"{uri}#{place.anchor}"
        return [node]

    def uri(self, builder: Builder, origin: str, goal: str) -> str | None:
        """Give the relative address of a document, or None where the builder has none."""
        key = (builder.name, origin, goal)
        if key not in self._uris:
            try:
                self._uris[key] = builder.get_relative_uri(origin, goal)
            except NoUri:
                return None
        return self._uris[key]
