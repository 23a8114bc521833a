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
from sphinx_annals.citations.entry.model import Entry
from sphinx_annals.citations.entry.richtext import (
    Rich,
    Span,
    capitalised,
    clause,
    plain,
    rich,
    sentence,
    tidy,
)
from sphinx_annals.citations.style import chicago
from sphinx_annals.citations.style.chicago import Options
from sphinx_annals.citations.style.locators import show_locator
from sphinx_annals.text import Target, curly


class Piece(NamedTuple):
    """One cited work in the text: what stands before it, what links, and where to."""

    lead: str
    text: Rich
    key: str
    known: bool


PARENTHESES = frozenset({"p", "ps", "labelpar", "yearpar", "authorpar", "authorpars"})
TEXTUAL = frozenset({"t", "ts", "ct", "cts"})
MARKED = frozenset({"p", "alp", "label", "labelpar", "t", "ct"})
AUTHORS = frozenset({"author", "authors", "cauthor", "cauthors"})


class Writer:
    """Writes the citations of one build; keeps nothing but the addresses it has seen."""

    def __init__(self, resolution: Resolution, options: Options) -> None:
        self.resolution = resolution
        self.options = options
        self._uris: dict[tuple[str, str, str], str] = {}

    def locator(self, target: Target) -> str:
        """The locator in the style's form."""
        return curly(show_locator(target.locator, page_labels=self.options.page_labels))

    def pieces(self, kind: str, targets: Iterable[Target], docname: str = "") -> list[Piece]:
        """Take a role apart into linked pieces with their separators."""
        full = kind.endswith("s") and kind != "s"
        base = kind[:-1] if full else kind
        out: list[Piece] = []
        before: tuple[str, Rich, str, bool] | None = None
        for target, *more in self.runs(base, targets):
            entry = self.resolution.entry(target.key)
            shown = ", ".join(self.locator(place) for place in (target, *more))
            mark = self.resolution.mark(target.key, docname) if base in MARKED else ""
            if entry is not None and mark:
                out.append(
                    self.marked(base, (target, *more), entry, mark, first=not out, full=full)
                )
                before = None
                continue
            same = before is not None and not target.prefix
            if entry is None:
                text = rich(f"{target.key}?" + (f", {shown}" if shown else ""))
                names: Rich = ()
            else:
                label = self.resolution.label(entry)
                names = label.all_names if full else label.names
                same_names = same and before is not None and before[1] == names
                if same_names and before and before[0] == entry.key and shown and before[3]:
                    text, lead = rich(shown), ", "
                    if base in ("p", "alp", "label", "labelpar", "year", "yearpar"):
                        out.append(Piece(lead, text, target.key, True))
                        continue
                skip = same_names and base in ("p", "alp")
                text = self.core(base, () if skip else names, label.year, shown)
            lead = self.lead(base, out, before, names, shown)
            lead += f"{curly(target.prefix)} " if target.prefix else ""
            out.append(Piece(lead, text, target.key, entry is not None))
            before = (entry.key if entry else "", names, target.key, bool(shown))
        return out

    def runs(self, base: str, targets: Iterable[Target]) -> Iterator[list[Target]]:
        """Places of one work that the text names once: “Heinzig (2004, 3, 5)”."""
        run: list[Target] = []
        for target in targets:
            alike = run and base in TEXTUAL and target.locator and not target.prefix
            if alike and run[-1].locator and run[-1].key == target.key:
                run.append(target)
                continue
            if run:
                yield run
            run = [target]
        if run:
            yield run

    def marked(self, base: str, places: Sequence[Target], entry: Entry, mark: str, *, first: bool,
               full: bool) -> Piece:  # fmt: skip
        """A work by the label of its list: “1, p. 3”, in the text “Heinzig [1, p. 3]”."""
        target = places[0]
        shown = ", ".join(curly(show_locator(t.locator, page_labels=True)) for t in places)
        text = rich(f"{mark}, {shown}" if shown else mark)
        if base in TEXTUAL:
            label = self.resolution.label(entry)
            names = label.all_names if full else label.names
            names = capitalised(names) if base == "ct" else names
            text = tidy((*names, Span(" ["), *text, Span("]")))
        lead = "" if first else ", "
        lead += f"{curly(target.prefix)} " if target.prefix else ""
        return Piece(lead, text, target.key, True)

    def brackets(self, kind: str, targets: Iterable[Target], docname: str) -> tuple[str, str]:
        """What stands around a citation: square brackets around labels."""
        if kind not in PARENTHESES:
            return "", ""
        base = kind.removesuffix("s")
        marked = base in MARKED and any(self.resolution.mark(t.key, docname) for t in targets)
        return ("[", "]") if marked else ("(", ")")

    @staticmethod
    def lead(base: str, out: list[Piece], before: tuple[str, Rich, str, bool] | None,
             names: Rich, shown: str) -> str:  # fmt: skip
        """The separator before a work: a semicolon, or a comma where nothing is repeated."""
        if not out:
            return ""
        if base in TEXTUAL or base in AUTHORS:
            return ", "
        alike = before is not None and before[1] == names and names
        if alike and not before[3] and not shown and base in ("p", "alp"):  # type: ignore[index]
            return ", "
        return "; "

    def core(self, base: str, names: Rich, year: str, locator: str) -> Rich:
        """The linked text of one work."""
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

    def text(self, kind: str, targets: Sequence[Target], docname: str = "") -> Rich:
        """The whole citation as rich text."""
        if kind == "empty":
            return ()
        inner: list[Span] = []
        for piece in self.pieces(kind, targets, docname):
            inner += [Span(piece.lead), *piece.text]
        around = self.brackets(kind, targets, docname)
        return tidy((Span(around[0]), *inner, Span(around[1])))

    def group(self, kind: str, targets: Sequence[Target], docname: str,
              builder: Builder) -> citation_group:  # fmt: skip
        """The whole citation as a node, each work a link to its entry."""
        group = citation_group("", classes=["citation-group"])
        if kind == "empty":
            return group
        before, after = self.brackets(kind, targets, docname)
        pieces = self.pieces(kind, targets, docname)
        for index, piece in enumerate(pieces):
            lead = before + piece.lead
            if (kind in TEXTUAL or kind in AUTHORS) and index and index == len(pieces) - 1:
                lead = piece.lead.replace(", ", " and " if index == 1 else ", and ", 1)
            if lead:
                group += nodes.Text(lead)
            before = ""
            group += self.link(piece, docname, builder)
        if after:
            group += nodes.Text(after)
        return group

    def note(self, targets: tuple[Target, ...], forms: tuple[str, ...], docname: str,
             builder: Builder, *, stop: bool) -> citation_group:  # fmt: skip
        """The text of a note: each work in full or short, with its locator.

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

    def noted(self, target: Target, form: str) -> Rich:
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

    def linked_runs(self, text: Rich, key: str, known: bool, docname: str,
                    builder: Builder) -> list[nodes.Node]:  # fmt: skip
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
        """The relative address of a document, or None where the builder has none."""
        key = (builder.name, origin, goal)
        if key not in self._uris:
            try:
                self._uris[key] = builder.get_relative_uri(origin, goal)
            except NoUri:
                return None
        return self._uris[key]
