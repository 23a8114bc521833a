"""Citations and lists in a CSL style: what Typst sets of them, put where the house's own would be.

The style says how a work is shown; what goes beyond CSL stays the house's: prefixes, locators with
any label, several works in one role, what was read at second hand, links, and links back.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.build.nodes import citation_group
from sphinx_annals.citations.build.roles import BibList, Use
from sphinx_annals.citations.build.writing.intext import (
    AUTHORS,
    PARENTHESES,
    SHORT,
    TEXTUAL,
    Piece,
    Writer,
    prefixed,
)
from sphinx_annals.citations.build.writing.resolution import Work
from sphinx_annals.citations.entry import Entry, Rich
from sphinx_annals.citations.style import STYLES, chicago, conjunction, csl
from sphinx_annals.citations.style.csl import Form, Request, Sheet, SheetError, Typeset
from sphinx_annals.fences.sphinx import curly
from sphinx_annals.text import Citation, each_work

_FORMS: Mapping[str, Form] = {
    **dict.fromkeys(TEXTUAL, "prose"),
    **dict.fromkeys((*AUTHORS, "authorpar"), "author"),
    **dict.fromkeys(("year", "yearpar"), "year"),
    **dict.fromkeys(SHORT, "again"),
}
"""How a role is set; every other one stands in brackets, or as a number, as the style has it."""
_EMPTY = re.compile(r"\s*\(\)")
"""What a style that shows no year leaves behind a name."""
_OPENING, _CLOSING = re.compile(r"^[(\[]"), re.compile(r"[)\]]$")


@dataclass
class SheetWriter(Writer):
    """Writes the citations of a build in a CSL style.

    ``kept`` is what earlier builds were given for the same works, by their fingerprint.
    """

    sheet: Sheet = field(kw_only=True)
    language: str = field(kw_only=True)
    kept: dict[str, Typeset] = field(kw_only=True)

    def _settle(self, wanted: Mapping[str, Entry]) -> None:
        """Have everything set at once; a style that cannot be used leaves the house's own."""
        super()._settle(wanted)
        cited = (found for found in map(self.entry, self.cited) if found)
        works = {entry.key: entry for entry in (*cited, *wanted.values())}
        entries = {key: entry for key, entry in works.items() if csl.is_described(entry)}
        requests = {r for r in self._requests() if all(key in entries for key, _ in r.cited)}
        base = self._fingerprint(entries)
        self.typeset = self.kept.get(base) or Typeset()
        missing = requests - self.typeset.citations.keys()
        if entries and (missing or not self.typeset.references):
            try:
                made = csl.typeset(self.sheet, entries, sorted(missing), self.language)
            except SheetError as error:
                message = f"{error}; citations are in the style {STYLES[0]!r}"
                self.problems[Subtype.STYLE, message, ("", 0)] = None
            else:
                made.citations |= self.typeset.citations
                self.typeset = made
        self.kept.clear()
        self.kept[base] = self.typeset
        self._turn = {key: number for number, key in enumerate(self.typeset.references)}

    def _fingerprint(self, entries: Mapping[str, Entry]) -> str:
        works = [(key, entry.declared_type, entry.fields) for key, entry in entries.items()]
        return hashlib.sha256(repr((self.sheet.digest, self.language, works)).encode()).hexdigest()

    def _requests(self) -> Iterator[Request]:
        for docname in self.order:
            for use in self.uses.get(docname, ()):
                yield from self._asked(use.kind, use.targets)

    def _asked(self, kind: str, targets: Sequence[Citation]) -> Iterator[Request]:
        """Give what a role needs to be set: its works together, and what was read by itself."""
        form = _FORMS.get(kind.removesuffix("s"), "normal")
        for work in each_work(targets) if self.sheet.notes else ():
            yield from (self._one("first", work), self._one("again", work))
        if form in ("prose", "author", "year"):
            yield from (self._one(form, target) for target in targets)
            yield from (self._one("author", Citation(target.key)) for target in targets)
        elif not self.sheet.notes:
            yield Request("normal", tuple(map(self._cited, targets)))
        for work in each_work(targets) if not self.sheet.notes else ():
            yield from (self._one("normal", work), self._one("normal", Citation(work.key)))

    def _one(self, form: Form, target: Citation) -> Request:
        return Request(form, (self._cited(target),))

    def _cited(self, target: Citation) -> tuple[str, bool]:
        entry = self.entry(target.key)
        return (entry.key if entry else ""), bool(target.locator)

    def _set(self, form: Form, targets: Sequence[Citation]) -> list[Piece]:
        """Give works as the style sets them, with their prefixes and locators; none if it cannot.

        Between works stands text that is on none: a bracket, a semicolon, a dash of a range.
        """
        parts = self.typeset.citations.get(Request(form, tuple(map(self._cited, targets))), ())
        waiting: dict[str, list[Citation]] = defaultdict(list)
        for target in targets:
            waiting[self._cited(target)[0]].append(target)
        pieces: list[Piece] = []
        before = Rich()
        for text, key in parts:
            if not waiting.get(key):
                before += text
                continue
            target = waiting[key].pop(0) if len(waiting[key]) > 1 else waiting[key][0]
            placed = csl.located(text, curly(target.locator), self.sheet)
            pieces.append(Piece(str(before) + prefixed(target), placed, target.key))
            before = Rich()
        if pieces and before:
            pieces.append(Piece(str(before), Rich(), ""))
        return pieces

    def _in_order(self, item: BibList, works: list[Work]) -> list[Work]:
        ordered = super()._in_order(item, works)
        if item.style or not (self.typeset.references and self.sheet.listed):
            return ordered
        return sorted(ordered, key=lambda w: self._turn.get(w.entry.key, len(self._turn)))

    def _reference(self, entry: Entry, style: str) -> Rich:
        made = Rich() if style else self.typeset.references.get(entry.key, Rich())
        return made or super()._reference(entry, style)

    def _alone(self, target: Citation) -> Rich:
        """Give a work without the brackets of its citation, as the text calls it."""
        form: Form = "again" if self.sheet.notes else "normal"
        pieces = self._set(form, [target])
        return _bare(pieces)[0].text if pieces else Rich()

    @property
    def _read_in(self) -> str:
        return f", {self.options.language.gettext(chicago.CITED_IN)} "

    def _in_brief(self, docname: str, work: Citation) -> Rich:
        return self._alone(work) or super()._in_brief(docname, work)

    def brief(self, key: str) -> str:
        """Give a work as the text cites it, without its place."""
        return str(self._alone(Citation(key))) or super().brief(key)

    def group(self, kind: str, targets: Sequence[Citation], docname: str) -> citation_group:
        """Give the whole citation as a node, each work a link to its entry."""
        pieces = self._group(kind, targets, docname)
        if not pieces:
            return super().group(kind, targets, docname)
        return self.grouped(pieces, docname, whole=False)

    def _group(self, kind: str, targets: Sequence[Citation], docname: str) -> list[Piece]:
        base = kind.removesuffix("s")
        known = all(self.entry(work.key) for work in each_work(targets))
        if kind == "empty" or not known or (base in SHORT and not self.sheet.notes):
            return []
        # a work without anything to call it by, or a style that cannot be used: the house's own
        if not all(self._alone(target) for target in targets):
            return []
        form = _FORMS.get(base, "again" if self.sheet.notes else "normal")
        if form == "normal":
            pieces = self._together(targets)
            pieces = _bare(pieces) if base == "alp" else pieces
        else:
            pieces = list(self._joined(form, targets, docname))
            if base in PARENTHESES and pieces:
                pieces[0] = pieces[0]._replace(lead=f"({pieces[0].lead}")
                pieces.append(Piece(")", Rich(), ""))
        return self._with_seconds(pieces, targets, docname)

    def _together(self, targets: Sequence[Citation]) -> list[Piece]:
        """Give works in one bracket, in the order of the style, or the author's if they have words.

        “See … and, of late, …” cannot be sorted.
        """
        if len(targets) == 1 or not any(target.prefix for target in targets):
            return self._set("normal", targets)
        runs = [self._set("normal", [target]) for target in targets]
        whole = [piece for run in runs for piece in _bare(run)[: len(run)]]
        bare = [piece for piece in whole if piece.key]
        out = [piece._replace(lead="; " + piece.lead) for piece in bare]
        first, last = runs[0][0], runs[0][-1]
        out[0] = bare[0]._replace(lead=(_OPENING.match(first.lead) or [""])[0] + bare[0].lead)
        return out if last.key else [*out, Piece(last.lead, Rich(), "")]

    def _joined(self, form: Form, targets: Sequence[Citation], docname: str) -> Iterator[Piece]:
        """Give works that a sentence names one after another."""
        for number, target in enumerate(targets):
            last = number == len(targets) - 1
            word = conjunction(len(targets), self.options.language) if last else ", "
            lead = (word if form in ("prose", "author") else "; ") if number else ""
            entry = self.entry(target.key)
            text = _whole(self._set(form, [target])).each(partial(_EMPTY.sub, ""))
            alone = Citation(target.key)
            numbered = not any(map(str.isalpha, str(self._alone(alone))))
            named = bool(str(_whole(self._set("author", [alone]))).strip())
            if entry and form != "year" and (numbered or not named):
                # numbers, and works without a name: the house says who wrote what
                text = _whole(self._set("normal", [target])) if numbered else text
                tail = text if form == "prose" else Rich()
                text = self.names(entry) + (" " + tail if tail else "")
            yield Piece(lead, text, target.key)

    def _with_seconds(
        self, pieces: list[Piece], targets: Sequence[Citation], docname: str
    ) -> list[Piece]:
        """Put what a work was read in behind it."""
        read = {target.key: target.works[1:] for target in targets if target.via}
        out: list[Piece] = []
        for piece in pieces:
            out.append(piece)
            for work in read.pop(piece.key, ()):
                text = self._in_brief(docname, work)
                out.append(Piece(self._read_in, text, work.key, second=True))
        return out

    def _noted(self, targets: Iterable[Citation], new: Iterable[str] = ()) -> list[Piece]:
        works = list(targets)
        if not all(self.entry(work.key) for work in each_work(works)):
            return super()._noted(works, new)
        # a style that cites in the text cites so in a note
        waiting = set(new) if self.sheet.notes else set()
        later: Form = "again" if self.sheet.notes else "normal"
        pieces: list[Piece] = []
        for target in works:
            for place, work in enumerate(target.works):
                form: Form = "first" if work.key in waiting else later
                waiting.discard(work.key)
                text = _whole(_bare(self._set(form, [replace(work, prefix="")])))
                lead = self._read_in if place else "; " if pieces else ""
                pieces.append(Piece(lead + prefixed(work), text, work.key, second=bool(place)))
        return pieces if all(piece.text for piece in pieces) else super()._noted(works, new)

    def digest(self, docname: str, names: Mapping[tuple[str, str], str]) -> str:
        """Give a fingerprint of all that this document shows of citations and lists."""
        uses: Sequence[Use] = self.uses.get(docname, ())
        asked = [request for use in uses for request in self._asked(use.kind, use.targets)]
        lists = [self.contents.get((docname, item.id)) for item in self.lists.get(docname, ())]
        works = [work.entry for parts in lists for _, members in parts or () for work in members]
        shown = [self.typeset.citations.get(request) for request in asked]
        shown_lists = [self.typeset.references.get(entry.key) for entry in works]
        state = (super().digest(docname, names), shown, shown_lists)
        return hashlib.sha256(repr(state).encode()).hexdigest() if uses or lists else ""


def _whole(pieces: Sequence[Piece]) -> Rich:
    """Join the pieces of one work, without the full stop of a note."""
    out = Rich()
    for piece in pieces:
        out += piece.lead + piece.text
    return out.last(lambda text: text.removesuffix("."))


def _bare(pieces: list[Piece]) -> list[Piece]:
    """Take the brackets round a citation away; those that a number has itself stay (IEEE)."""
    if not pieces or pieces[-1].key:
        return pieces
    first, *_, last = pieces
    out = [first._replace(lead=_OPENING.sub("", first.lead)), *pieces[1:]]
    out[-1] = last._replace(lead=_CLOSING.sub("", last.lead))
    return out
