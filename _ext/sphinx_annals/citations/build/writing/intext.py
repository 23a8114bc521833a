"""Citations in the text: “(Heinzig 2004, 364)”, “Heinzig (2004, 364)”, as rich text and nodes.

The roles are those of sphinxcontrib-bibtex 2.7; the forms Chicago's, 17th edition, 15.20–15.30.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, partial
from itertools import groupby
from typing import Any, NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.environment import BuildEnvironment
from sphinx.errors import NoUri

from sphinx_annals.builders import escaped, href_of, link, prints
from sphinx_annals.citations.build.nodes import citation_group, printed_group, tied, to_nodes
from sphinx_annals.citations.build.writing.resolution import Resolution
from sphinx_annals.citations.entry import Entry, Rich, is_closed
from sphinx_annals.citations.style import chicago, conjunction, show_locator
from sphinx_annals.fences.sphinx import copies_of_titles, curly, rename_sections
from sphinx_annals.language import Language
from sphinx_annals.text import Citation


class Piece(NamedTuple):
    """One cited work in the text: what stands before it, what links, and where to.

    ``names`` are those that it shows, ``located`` tells whether it names a place in the work,
    ``second`` whether it is what the work before it was read in.
    """

    lead: str
    text: Rich
    key: str
    names: Rich = Rich()
    located: bool = False
    second: bool = False


NOTHING = Piece("", Rich(), "")
PARENTHESES = frozenset({"p", "labelpar", "yearpar", "authorpar", "shortpar"})
SHORT = frozenset({"short", "shortpar"})
"""What is no role: a note in its short form, where no note can stand."""
TEXTUAL = frozenset({"t", "ct"})
MARKED = frozenset({"p", "alp", "label", "labelpar", "t", "ct"})
AUTHORS = frozenset({"author", "cauthor"})
NAMING = AUTHORS | {"authorpar"}
PLACED = MARKED - TEXTUAL | {"year", "yearpar"}
"""Roles that give several places in one work one after another."""


def prefixed(target: Citation) -> str:
    """Give what stands before a citation, with a blank."""
    return f"{curly(target.prefix)} " if target.prefix else ""


def _unknown(key: str, located: str) -> Rich:
    return Rich(f"{key}?, {located}" if located else f"{key}?")


def _runs(base: str, targets: Iterable[Citation]) -> list[list[Citation]]:
    """Put places of one work together that the text names once: “Heinzig (2004, 3, 5)”."""
    runs: list[list[Citation]] = []
    for target in targets:
        joins = base in TEXTUAL and target.locator and not (target.prefix or target.via)
        last = runs[-1][-1] if runs else target
        if runs and joins and last.locator and last.key == target.key and not last.via:
            runs[-1].append(target)
        else:
            runs.append([target])
    return runs


def _core(base: str, names: Rich, year: str, locator: str, language: Language) -> Rich:
    """Give the linked text of one work; a bracket in it is left open."""
    tail = f"{year}, {locator}" if locator else year
    if base in TEXTUAL:
        return names + f" ({tail}"
    if base in NAMING:
        return names.clause() + f" {locator}" if locator else names
    if base in ("year", "yearpar") or not names:
        return Rich(tail)
    return chicago.dated(names, tail, language)


def _run(
    first: Piece,
    seconds: Iterable[Citation],
    before: Piece,
    told: Callable[[Citation], Rich],
    language: Language,
) -> list[Piece]:
    """Give a work with what it was read in, which is not told again behind one read there too."""
    run = [first]
    for work in seconds:
        run[-1] = run[-1]._replace(text=run[-1].text.clause())
        if before.second and before.key == work.key:
            shown = curly(show_locator(work.locator, language=language))
            there = language.gettext(chicago.CITED_THERE)
            text = f"{there}, {shown}" if shown else there
            run.append(Piece(" ", Rich(text), work.key, second=True))
        else:
            lead = f" {language.gettext(chicago.CITED_IN)} {prefixed(work)}"
            run.append(Piece(lead, told(work), work.key, second=True))
    return run


@dataclass
class Writer(Resolution):
    """Writes the citations of one build; there is no builder yet while documents are read."""

    builder: Any = None

    @cached_property
    def _uri(self) -> Callable[[str, str], str]:
        return cache(self.builder.get_relative_uri)

    @cached_property
    def listed_as(self) -> Mapping[str, str]:
        """What each work is called where others list it: in inventories and in the search."""
        listed = {}
        for key, entry in self.library.entries.items():
            title = entry.text("title", "booktitle", "maintitle")
            known = f"{self.names(entry)} {self.year(entry)}"
            listed[key] = f"{known}, {title}" if title and title not in known else known
        return listed

    def pieces(self, kind: str, targets: Iterable[Citation], docname: str) -> Iterator[Piece]:
        """Take a role apart into linked pieces with their separators.

        What the piece before shows already is not repeated: of the same work only the place is
        given, of other works by the same names only the year.
        """
        base = kind.removesuffix("s")  # roles that give all names end with it
        before = NOTHING
        for index, places in enumerate(_runs(base, targets)):
            key, prefix = places[0].key, prefixed(places[0])
            entry = self.entry(key)
            mark = self.mark(key, docname) if base in MARKED else ""
            # beside a label pages say what they are
            labels = bool(mark) or self.options.page_labels
            shown = ", ".join(curly(self.located(t.locator, labels=labels)) for t in places)
            names = Rich()
            if entry:
                names = self.names(entry, full=kind != base)
                names = names.capitalised() if base in ("ct", "cauthor") else names
            alike = str(names) == str(before.names)  # in whatever language each work is
            skip = alike and base in ("p", "alp")
            # years of the same names follow by commas, until a place comes between: 15.30
            close = skip and names and not (before.located or shown)
            lead = ", " if mark or close or base in TEXTUAL | AUTHORS else "; "
            alone = shown and not prefix and not places[0].via and base in PLACED
            again = alone and alike and before.located
            end = ("]" if mark else ")") if entry and base in TEXTUAL else ""
            if entry is None:
                text = _unknown(key, shown)
            elif mark:  # “1, p. 3”, in the text “Heinzig [1, p. 3]”
                tail = f"{mark}, {shown}" if shown else mark
                text = names + f" [{tail}" if base in TEXTUAL else Rich(tail)
                names, shown = Rich(), ""  # each label is whole, whatever stands before it
            elif again and self.entry(before.key) is entry:
                lead, text = ", ", Rich(shown)
            else:
                told = Rich() if skip and not prefix else names
                text = _core(base, told, self.year(entry), shown, self.options.language)
            first = Piece((lead if index else "") + prefix, text, key, names, bool(shown))
            seconds = places[0].works[1:] if base not in NAMING else ()
            in_brief = partial(self._in_brief, docname)
            run = _run(first, seconds, before, in_brief, self.options.language)
            before = run[-1]
            yield from (*run[:-1], before._replace(text=before.text + end))

    def _in_brief(self, docname: str, work: Citation) -> Rich:
        entry, mark = self.entry(work.key), self.mark(work.key, docname)
        labels = bool(mark) or self.options.page_labels
        shown = curly(self.located(work.locator, labels=labels))
        if entry is None:
            return _unknown(work.key, shown)
        if mark:
            return Rich(f"{mark}, {shown}" if shown else mark)
        return _core("alp", self.names(entry), self.year(entry), shown, self.options.language)

    def located(self, locator: str, *, labels: bool = False) -> str:
        """Give a locator as the text shows it, with its label or without that of pages."""
        return show_locator(locator, page_labels=labels, language=self.options.language)

    def brief(self, key: str) -> str:
        """Give a work as the text cites it, without its place."""
        if self.options.style == "notes" and (entry := self.entry(key)):
            return str(self._again(entry))
        return str(self._in_brief("", Citation(key)))

    def group(self, kind: str, targets: Sequence[Citation], docname: str) -> citation_group:
        """Give the whole citation as a node, each work a link to its entry."""
        if kind == "empty":
            return self.grouped((), docname)
        base = kind.removesuffix("s")
        marked = base in MARKED and any(self.mark(t.key, docname) for t in targets)
        before, after = ("[", "]") if marked else ("(", ")")
        if base not in PARENTHESES:
            before = after = ""
        found = self._noted(targets) if base in SHORT else self.pieces(kind, targets, docname)
        pieces = list(found)
        firsts = [index for index, piece in enumerate(pieces) if not piece.second]
        if base in TEXTUAL | AUTHORS and len(firsts) > 1:
            # in a sentence the last of several is joined in words, whatever its prefix
            last, word = pieces[firsts[-1]], conjunction(len(firsts), self.options.language)
            pieces[firsts[-1]] = last._replace(lead=last.lead.replace(", ", word, 1))
        if before:
            pieces[0] = pieces[0]._replace(lead=before + pieces[0].lead)
            pieces.append(Piece(after, Rich(), ""))
        is_printed = self.builder is not None and prints(self.builder)
        return self._printed(pieces, docname) if is_printed else self.grouped(pieces, docname)

    def grouped(
        self, pieces: Iterable[Piece], docname: str, *, whole: bool = True
    ) -> citation_group:
        """Make a node of pieces, each a link, as a ``whole`` or but for links of its own."""
        group = citation_group("", classes=["citation-group"])
        linked = self.link if whole else self.linked
        for piece in pieces:
            group += [nodes.Text(piece.lead)] if piece.lead else []
            group += linked(piece.text, piece.key, docname)
        return group

    def _printed(self, pieces: Iterable[Piece], docname: str) -> printed_group:
        text = html = ""
        for piece in pieces:
            text += piece.lead + str(piece.text)
            inner = tied(piece.text.html())
            if address := self._goal(piece.key, docname) if inner else {}:
                inner = link(inner, href_of(address), ["citation-link"])
            elif inner and self.entry(piece.key) is None:
                inner = f'<strong class="citation-unknown">{inner}</strong>'
            html += escaped(piece.lead) + inner
        return printed_group("", tied(text), classes=["citation-group"], html=html)

    def note(
        self, targets: Sequence[Citation], new: Iterable[str], docname: str, *, stop: bool
    ) -> citation_group:
        """Give the text of a note: each work with its locator, in full if its key is ``new``.

        ``stop`` closes it; inside a note of the author's own the author closes the sentence.
        """
        pieces = self._noted(targets, new)
        if stop:
            # a note opens with a capital, a particle of a name too (Chicago 8.5)
            _, text, key, *_ = first = pieces[0]
            text = text.capitalised() if self.entry(key) and not first.lead else text
            pieces[0] = first._replace(lead=first.lead[:1].upper() + first.lead[1:], text=text)
            pieces[-1] = pieces[-1]._replace(text=pieces[-1].text.sentence())
        return self.grouped(pieces, docname, whole=False)

    def _noted(self, targets: Iterable[Citation], new: Iterable[str] = ()) -> list[Piece]:
        waiting = set(new)

        def told(work: Citation) -> Rich:
            entry, located = self.entry(work.key), curly(work.locator)
            if entry is None:
                return _unknown(work.key, located)
            if work.key not in waiting:
                return self._again(entry, located)
            waiting.remove(work.key)
            return chicago.full_note(entry, located, self.options)

        pieces: list[Piece] = []
        before = NOTHING
        for target in targets:
            prefix, alone = prefixed(target), target.locator and not (target.prefix or target.via)
            again = alone and target.key == before.key and not before.second
            text = Rich(self.located(curly(target.locator))) if again else told(target)
            lead = ", " if again else "; " if pieces else ""
            first = Piece(lead + prefix, text, target.key)
            pieces += _run(first, target.works[1:], before, told, self.options.language)
            before = pieces[-1]
        return pieces

    def _again(self, entry: Entry, located: str = "") -> Rich:
        first = self.called.get(entry.key, "")
        return chicago.short_note(entry, located, self.options, first)

    def linked(self, text: Rich, key: str, docname: str) -> list[nodes.Node]:
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
        if inner and self.entry(key) is None:
            return [nodes.strong("", "", *inner, classes=["citation-unknown"])]
        address = self._goal(key, docname) if inner else {}
        if not address:
            return inner
        classes = ["citation-link"]
        return [nodes.reference("", "", *inner, internal=True, classes=classes, **address)]

    def _goal(self, key: str, docname: str) -> dict[str, str]:
        place = self.place(key, docname)
        return self.address(docname, place.docname, place.anchor) if place else {}

    def address(self, origin: str, goal: str, anchor: str) -> dict[str, str]:
        """Give what leads from one document to a place in another, nothing if nothing can."""
        if origin == goal:
            return {"refid": anchor}
        try:
            return {"refuri": f"{self._uri(origin, goal)}#{anchor}"}
        except NoUri:
            return {}


def close_once(node: nodes.Element, shown: nodes.Element) -> None:
    """Take the full stop away that follows a citation which ends a sentence: “n.d.”, “et al.”."""
    parent = node.parent
    at = parent.index(node) + 1
    after = parent[at] if at < len(parent) else None
    if not isinstance(after, nodes.Text) or after[:1] != "." or after[1:2] == ".":
        return
    text = shown.astext()
    # what stands in brackets closes no sentence round them: “(Li, n.d.).”
    if is_closed(text) and not text.endswith((")", "]")):
        parent[at] = nodes.Text(after[1:])


def mark_headings(titles: Iterable[nodes.title], docname: str, writer: Writer) -> None:
    """Give citations in headings a text and a mark, before titles and labels are collected.

    Earlier they have none, so that the id of a section does not hang on what it cites.
    """
    for title in titles:
        for node in title.findall(addnodes.pending_xref):
            if "use" in node:
                inner = next(node.findall(nodes.inline))
                inner["citation"] = (node["reftype"], node["targets"], docname)
                inner += nodes.Text(writer.group(*inner["citation"]).astext())


def update_headings(env: BuildEnvironment, docnames: Iterable[str], writer: Writer) -> None:
    """Write the final text into every copy of a heading."""
    for docname in sorted(docnames):
        copies = copies_of_titles(env, docname)
        for node in (node for copy in copies for node in copy.findall(nodes.inline)):
            if "citation" in node:
                before, after = node.astext(), writer.group(*node["citation"]).astext()
                if after != before:
                    node.children = [nodes.Text(after)]
                    rename_sections(env, docname, before, after)
