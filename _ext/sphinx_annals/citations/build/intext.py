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

from sphinx_annals.citations.build.nodes import citation_group, to_nodes
from sphinx_annals.citations.build.resolution import Resolution
from sphinx_annals.citations.entry import Rich
from sphinx_annals.citations.style import chicago, show_locator
from sphinx_annals.fences.sphinx import curly
from sphinx_annals.text import Citation


class Piece(NamedTuple):
    """One cited work in the text: what stands before it, what links, and where to.

    `names` are those that it shows, `located` tells whether it names a place in the work.
    """

    lead: str
    text: Rich
    key: str
    names: Rich = Rich()
    located: bool = False


PARENTHESES = frozenset({"p", "labelpar", "yearpar", "authorpar"})
TEXTUAL = frozenset({"t", "ct"})
MARKED = frozenset({"p", "alp", "label", "labelpar", "t", "ct"})
AUTHORS = frozenset({"author", "cauthor"})
PLACED = MARKED - TEXTUAL | {"year", "yearpar"}
"""Roles that give several places in one work one after another."""


def _relative_uri(builder: Builder | None, origin: str, goal: str) -> str | None:
    try:
        return builder.get_relative_uri(origin, goal) if builder else None
    except NoUri:
        return None


def _text(text: str) -> list[nodes.Text]:
    return [nodes.Text(text)] if text else []


def _prefix(target: Citation) -> str:
    return f"{curly(target.prefix)} " if target.prefix else ""


def _unknown(key: str, located: str) -> Rich:
    return Rich(f"{key}?, {located}" if located else f"{key}?")


def _runs(base: str, targets: Iterable[Citation]) -> list[list[Citation]]:
    """Put places of one work together that the text names once: “Heinzig (2004, 3, 5)”."""
    runs: list[list[Citation]] = []
    for target in targets:
        joins = base in TEXTUAL and target.locator and not target.prefix
        if runs and joins and runs[-1][-1].locator and runs[-1][-1].key == target.key:
            runs[-1].append(target)
        else:
            runs.append([target])
    return runs


def _core(base: str, names: Rich, year: str, locator: str) -> Rich:
    """Give the linked text of one work."""
    tail = f"{year}, {locator}" if locator else year
    if base in TEXTUAL:
        return names + f" ({tail})"
    if base in ("author", "cauthor", "authorpar"):
        return names.clause() + f" {locator}" if locator else names
    if base in ("year", "yearpar") or not names:
        return Rich(tail)
    # Chicago 15.44–45: n.d. and forthcoming follow a comma
    if str(names).endswith("”") or (year[:1].isalpha() and not year.startswith("ca.")):
        names = names.clause()
    return names + f" {tail}"


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
        base = kind.removesuffix("s")  # roles that give all names end with it
        before = Piece("", Rich(), "")
        for index, places in enumerate(_runs(base, targets)):
            key, prefix = places[0].key, _prefix(places[0])
            entry = self.resolution.entry(key)
            mark = self.resolution.mark(key, docname) if base in MARKED else ""
            # beside a label pages say what they are
            labels = bool(mark) or self.options.page_labels
            shown = ", ".join(curly(show_locator(t.locator, page_labels=labels)) for t in places)
            names = Rich()
            if entry:
                label = self.resolution.label(entry)
                names = label.names if kind == base else label.all_names
                names = names.capitalised() if base in ("ct", "cauthor") else names
            alike = names == before.names
            skip = alike and base in ("p", "alp")
            close = skip and names and not (before.located or shown)
            lead = ", " if mark or close or base in TEXTUAL | AUTHORS else "; "
            again = alike and not prefix and shown and before.located and base in PLACED
            if entry is None:
                text = _unknown(key, shown)
            elif mark:  # “1, p. 3”, in the text “Heinzig [1, p. 3]”
                tail = f"{mark}, {shown}" if shown else mark
                text = names + f" [{tail}]" if base in TEXTUAL else Rich(tail)
                names, shown = Rich(), ""  # each label is whole, whatever stands before it
            elif again and self.resolution.entry(before.key) is entry:
                lead, text = ", ", Rich(shown)
            else:
                text = _core(base, Rich() if skip and not prefix else names, label.year, shown)
            before = Piece((lead if index else "") + prefix, text, key, names, bool(shown))
            yield before

    def group(self, kind: str, targets: Sequence[Citation], docname: str) -> citation_group:
        """Give the whole citation as a node, each work a link to its entry."""
        group = citation_group("", classes=["citation-group"])
        if kind == "empty":
            return group
        base = kind.removesuffix("s")
        marked = base in MARKED and any(self.resolution.mark(t.key, docname) for t in targets)
        before, after = ("[", "]") if marked else ("(", ")")
        if base not in PARENTHESES:
            before = after = ""
        pieces = list(self.pieces(kind, targets, docname))
        for index, piece in enumerate(pieces):
            lead = piece.lead
            if base in TEXTUAL | AUTHORS and index and index == len(pieces) - 1:
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
        for index, (target, form) in enumerate(zip(targets, forms, strict=True)):
            key, prefix, located = target.key, _prefix(target), curly(target.locator)
            again = index and located and not prefix and key == targets[index - 1].key
            entry = self.resolution.entry(key)
            if again:
                text = Rich(show_locator(located))
            elif entry is None:
                text = _unknown(key, located)
            elif form == "full":
                text = chicago.full_note(entry, located, self.options)
            else:
                text = chicago.short_note(entry, located)
            if stop and not index:
                prefix = prefix[:1].upper() + prefix[1:]
            if stop and index == len(targets) - 1:
                text = text.sentence()
            lead = ", " if again else "; " if index else ""
            group += [*_text(lead + prefix), *self.linked_runs(text, key, docname)]
        return group

    def linked_runs(self, text: Rich, key: str, docname: str) -> list[nodes.Node]:
        """Link what is not a link already."""
        out: list[nodes.Node] = []
        for external, run in groupby(text, key=lambda span: bool(span.href)):
            piece = Rich(run)
            own = external or not str(piece).strip(" .,;")
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
