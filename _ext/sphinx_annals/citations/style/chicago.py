"""References in the style of *The Chicago Manual of Style*, 17th edition.

Author-date (chapter 15) or notes and bibliography (chapter 14). Pure: an entry goes in, rich
text comes out, and no entry, however poor, is an error.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sphinx_annals.citations.entry import (
    Entry,
    Rich,
    Span,
    capitalised,
    clause,
    day_text,
    join,
    plain,
    rich,
    sentence,
    tidy,
    toggle_italic,
)
from sphinx_annals.citations.style import elements
from sphinx_annals.citations.style.labels import (
    corporate,
    list_names,
    short_names,
    short_title,
    year_label,
)
from sphinx_annals.citations.style.locators import dashes, show_locator


@dataclass(frozen=True, slots=True)
class Options:
    """What may be chosen: style, order of day and month, “p.” before page numbers.

    `labels` lets citations show the label of a list in one of pybtex's styles.
    """

    style: str = "author-date"
    date_form: str = "mdy"
    page_labels: bool = False
    labels: bool = True


STYLES = ("author-date", "notes")
CHAPTERS = frozenset({"incollection", "inproceedings", "inreference", "inbook"})

UNDAYED = CHAPTERS | {"book", "collection", "reference", "proceedings", "manual"}


def reference(entry: Entry, letter: str = "", options: Options | None = None) -> Rich:
    """Format an entry of the list; `letter` tells it from works of the same name and year."""
    return _List(entry, letter, options or Options()).text()


def full_note(entry: Entry, locator: str = "", options: Options | None = None) -> Rich:
    """Format the first note on a work, without its full stop."""
    return _Note(entry, options or Options(style="notes")).text(locator)


def short_note(entry: Entry, locator: str = "") -> Rich:
    """Format a later note: names, short title, locator (Chicago 14.30)."""
    name = short_names(entry)
    title = short_title(entry)
    text = title if plain(name) == plain(title) else (*clause(name), Span(" "), *title)
    shown = show_locator(locator)
    return tidy((*clause(text), Span(f" {shown}"))) if shown else tidy(text)


Piece = Rich | str
"""A part of a reference; what is empty is left out."""


def _rich(piece: Piece) -> Rich:
    return rich(piece) if isinstance(piece, str) else piece


class _List:
    """One entry of a reference list or bibliography, sentence by sentence."""

    def __init__(self, entry: Entry, letter: str, options: Options) -> None:
        self.entry = entry
        self.options = options
        self.year = year_label(entry, letter)
        self.dated = options.style != "notes"
        self.role, self.names = entry.creators

    def text(self) -> Rich:
        title = elements.title(self.entry)
        heading = self.heading() or (() if title else rich(self.entry.key))
        year = rich(self.year_at_start()) if self.dated else ()
        opening = (heading, year, title) if heading else (title, year)
        body = [sentence(capitalised(_rich(piece))) for piece in self.body() if piece]
        return join([*map(sentence, opening), *body, *self.tail()])

    def year_at_start(self) -> str:
        """Give the year as it opens a sentence: “Forthcoming”, but “n.d.” (Chicago 15.44–45)."""
        state = self.entry.date is None and bool(self.entry.pubstate)
        return self.year[:1].upper() + self.year[1:] if state else self.year

    def heading(self) -> Rich:
        """Give the names that open the entry, with “ed.” and the like after them."""
        if not self.names:
            body = corporate(self.entry)
            if body and self.entry.type == "article":
                return toggle_italic(rich(body))
            return rich(body)
        text = list_names(self.names)
        if self.role in ("editor", "translator", "director"):
            forms = elements.role_forms(self.entry, self.role)
            many = len(self.names.names) > 1 or self.names.others
            text += f", {forms.many if many else forms.one}"
        return rich(text)

    def body(self) -> list[Piece]:
        kind = self.entry.type
        if kind in CHAPTERS:
            return self.chapter()
        if kind in ("article", "periodical"):
            return [*self.contributed(), self.journal()]
        if kind in ("online", "thesis", "letter", "archival", "unpublished"):
            return self.loose()
        return self.book()

    def contributed(self) -> list[str]:
        return elements.contributions(self.entry, self.role)

    def book(self) -> list[Piece]:
        entry = self.entry
        out: list[Piece] = [elements.addon(entry), *self.contributed()]
        out += [elements.edition(entry), elements.volumes(entry)]
        if entry.type in ("report", "manual", "legal", "patent"):
            out.append(elements.report(entry))
        elif entry.type in ("misc", "image", "video", "audio", "software", "dataset", "booklet"):
            version = entry.text("version")
            out += [entry.text("type"), version and f"Version {version}"]
        out += [elements.series(entry), elements.part(entry)]
        house = elements.publication(entry)
        if not house and not self.dated:
            house = entry.text("howpublished")
        else:
            out.append(entry.rich("howpublished"))
        if plain(self.heading()) == house and entry.type in ("misc", "online", "legal"):
            house = ""
        out += [house, self.precise_date()] if self.dated else [self.with_year(house)]
        return out

    def with_year(self, house: str) -> str:
        """Publication facts of the notes style: the year closes them."""
        date = self.precise_date() or self.year
        return f"{house}, {date}" if house else date

    def precise_date(self) -> str:
        """Give the full date of works that have one and are no books."""
        if self.entry.type in UNDAYED:
            return ""
        date = self.entry.date
        if date is None or date.start is None or not date.start.month:
            return ""
        return day_text(date, self.options.date_form)

    def chapter(self) -> list[Piece]:
        entry = self.entry
        book = elements.container(entry)
        holder: list[Span] = [Span("In "), *book] if book else []
        extras: list[str] = []
        owners = entry.names("bookauthor") if entry.type == "inbook" else None
        if owners and self.role != "bookauthor" and owners.names != entry.names("author").names:
            extras.append(f"by {elements.people(entry, 'bookauthor')}")
        extras += self.contributed() if holder else []
        extras.append("" if entry.has("maintitle") else plain(elements.volumes(entry)))
        for extra in filter(None, (*extras, elements.edition(entry), elements.pages(entry))):
            holder.append(Span(f", {extra}" if holder else extra))
        of_whole = elements.volumes(entry) if entry.has("maintitle") and entry.has("volume") else ()
        house = elements.publication(entry)
        return [
            elements.addon(entry),
            tidy(tuple(holder)),
            of_whole,
            elements.series(entry),
            entry.text("eventtitle"),
            house if self.dated else self.with_year(house),
        ]

    def journal(self) -> Rich:
        """Title, volume, issue and pages of a periodical (Chicago 14.171, 15.48–50)."""
        entry = self.entry
        name = elements.title_core(entry, "journal")
        head = self.heading() if not self.names else ()
        text: list[Span] = [*toggle_italic(name)] if name and plain(head) != plain(name) else []
        volume, pages = entry.text("volume"), elements.pages(entry)
        series = entry.text("series")
        if series and text:
            ser = f"{elements.ordinal(int(series))} ser." if series.isdigit() else series
            text.append(Span(f", {ser},"))
        issue = dashes(entry.text("number"))
        daily = entry.subtype in ("newspaper", "magazine") or not (volume or issue)
        if daily:
            return self.daily(text, pages)
        if volume:
            text.append(Span((" " if text else "") + dashes(volume)))
        if self.dated:
            season = entry.text("issue") or self.month()
            bracket = issue or ("" if not volume else season)
            if not volume:
                text.append(Span(f"{', ' if text else ''}no. {issue}"))
            elif bracket:
                text.append(Span(f" ({bracket})"))
            if pages:
                text.append(Span(f":{pages}" if volume and not bracket else f": {pages}"))
        else:
            if issue:
                text.append(Span(f"{', ' if text else ''}no. {issue}"))
            text.append(Span(f" ({self.when()})" + (f": {pages}" if pages else "")))
        return tidy(tuple(text))

    def month(self) -> str:
        return day_text(self.entry.date, self.options.date_form, year=False)

    def when(self) -> str:
        """Give the date of an issue, for the notes style."""
        return day_text(self.entry.date, self.options.date_form) if self.month() else self.year

    def daily(self, text: list[Span], pages: str) -> Rich:
        date = self.when() if self.month() or not self.dated else ""
        shown = ", ".join(filter(None, (self.entry.text("issue"), date, pages)))
        if shown:
            text.append(Span(f", {shown}" if text else shown))
        return tidy(tuple(text))

    def loose(self) -> list[Piece]:
        """Web pages, theses, letters and papers: no publisher, but a date and a place."""
        entry = self.entry
        out: list[Piece] = [elements.addon(entry), *self.contributed()]
        if entry.type == "thesis":
            place = entry.text("institution", "organization", "publisher")
            year = "" if self.dated else self.loose_date()
            facts = ", ".join(filter(None, (elements.thesis(entry), place, year)))
            return [*out, facts, entry.rich("howpublished")]
        if entry.type == "online":
            site = entry.text("journaltitle", "booktitle", "maintitle", "eventtitle")
            body = entry.text("organization", "institution", "publisher")
            body = "" if body == plain(self.heading()) else body
            out += [site, body, entry.text("type"), entry.text("version")]
            return [*out, entry.rich("howpublished"), self.loose_date()]
        if entry.type == "letter" and entry.names("recipient"):
            out.append(f"Letter to {elements.people(entry, 'recipient')}")
        out += [entry.text("type"), self.loose_date()]
        out += [entry.rich("eventtitle"), entry.rich("howpublished")]
        return [*out, elements.archive(entry), entry.text("publisher")]

    def loose_date(self) -> str:
        exact = self.precise_date()
        # the day of access stands in for the date of a page that has none (14.207)
        read = elements.accessed(self.entry, self.options.date_form)
        if self.entry.type == "online" and self.entry.date is None and read:
            return ""
        return exact if self.dated else (exact or self.year)

    def tail(self) -> list[Rich]:
        """Notes, the day of access and the address close every entry."""
        entry = self.entry
        read = elements.accessed(entry, self.options.date_form)
        notes = (entry.rich("note"), entry.rich("addendum"), rich(read))
        address = elements.link(entry)
        closed = [sentence(capitalised(note)) for note in notes if note]
        return [*closed, (*address, Span("."))] if address else closed


class _Note(_List):
    """The first note on a work: one sentence of clauses, facts in parentheses."""

    def __init__(self, entry: Entry, options: Options) -> None:
        super().__init__(entry, "", Options("notes", options.date_form, options.page_labels))

    def text(self, locator: str = "") -> Rich:
        entry = self.entry
        title = elements.title(entry)
        shown = show_locator(locator)
        head = [piece for piece in (self.note_names(), title) if piece] or [rich(entry.key)]
        if entry.type in ("article", "periodical") and (entry.has("volume") or entry.has("number")):
            others = elements.contributions(entry, self.role, note=True)
            text = self.clauses([*head, *others, self.journal_note(shown)])
            shown = ""
        else:
            text = self.clauses([*head, *self.clauses_after_title()])
        read = elements.accessed(entry, self.options.date_form)
        tails = [rich(shown), rich(read[:1].lower() + read[1:]), elements.link(entry)]
        for tail in filter(None, tails):
            text = tidy((*clause(text), Span(" "), *tail))
        return text

    @staticmethod
    def clauses(pieces: Iterable[Piece]) -> Rich:
        """Join with commas that stand inside quotation marks; a bracket takes no comma."""
        out: Rich = ()
        for piece in (_rich(piece) for piece in pieces if piece):
            if not out:
                out = piece
            elif plain(piece).startswith("("):
                out = (*out, Span(" "), *piece)
            else:
                out = (*clause(out), Span(" "), *piece)
        return tidy(out)

    def note_names(self) -> Rich:
        if not self.names:
            # an unsigned piece of a newspaper opens with its title (14.191)
            return () if self.entry.type == "article" else self.heading()
        names = self.names
        shown = [name.direct for name in names.names]
        many = len(shown) > 3 or names.others
        text = f"{shown[0]} et al." if many else list_names(names, invert=False)
        if self.role in ("editor", "translator", "director"):
            forms = elements.role_forms(self.entry, self.role)
            text += f", {forms.many if len(shown) > 1 else forms.one}"
        return rich(text)

    def journal_note(self, locator: str) -> Rich:
        entry = self.entry
        text: list[Span] = [*toggle_italic(elements.title_core(entry, "journal"))]
        volume, issue = entry.text("volume"), dashes(entry.text("number"))
        if volume:
            text.append(Span(f" {dashes(volume)}"))
        if issue:
            text.append(Span(f", no. {issue}"))
        at = locator or elements.pages(entry)
        text.append(Span(f" ({self.when()})" + (f": {at}" if at else "")))
        return tidy(tuple(text))

    def clauses_after_title(self) -> list[Piece]:
        entry = self.entry
        if entry.type in ("article", "periodical"):
            return [self.daily([*toggle_italic(elements.title_core(entry, "journal"))], "")]
        book = elements.container(entry) if entry.type in CHAPTERS else ()
        out: list[Piece] = [(Span("in "), *book) if book else ""]
        out += elements.contributions(entry, self.role, note=True)
        out += [elements.edition(entry), elements.volumes(entry), elements.series(entry)]
        if entry.type == "report":
            out.append(elements.report(entry))
        if entry.type == "online":
            out += [entry.text("organization", "publisher"), self.loose_date()]
            return [piece for piece in out if plain(_rich(piece)) != plain(self.heading())]
        if entry.type in ("letter", "archival", "unpublished"):
            return [*out, self.loose_date(), elements.archive(entry)]
        if entry.type == "thesis":
            facts = (elements.thesis(entry), entry.text("institution"), self.year)
            return [*out, f"({', '.join(filter(None, facts))})"]
        return [
            *out,
            entry.rich("howpublished"),
            f"({self.with_year(elements.publication(entry))})",
        ]
