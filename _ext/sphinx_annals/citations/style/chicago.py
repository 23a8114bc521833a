"""References in the style of *The Chicago Manual of Style*, 17th edition.

Author-date (chapter 15) or notes and bibliography (chapter 14). Pure: an entry goes in, rich
text comes out, and no entry, however poor, is an error.
"""

from __future__ import annotations

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
from sphinx_annals.citations.style import parts
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


class _List:
    """One entry of a reference list or bibliography, sentence by sentence."""

    def __init__(self, entry: Entry, letter: str, options: Options) -> None:
        self.entry = entry
        self.options = options
        self.year = year_label(entry, letter)
        self.dated = options.style != "notes"
        self.role, self.names = entry.creators

    def text(self) -> Rich:
        title = parts.title(self.entry)
        heading = self.heading() or (() if title else rich(self.entry.key))
        pieces: list[Rich] = []
        if heading:
            pieces.append(sentence(heading))
        else:
            pieces.append(sentence(title))
        if self.dated:
            pieces.append(sentence(rich(self.year_at_start())))
        if heading and title:
            pieces.append(sentence(title))
        pieces += [sentence(capitalised(piece)) for piece in self.body() if piece]
        pieces += self.tail()
        return join(pieces)

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
            forms = parts.role_forms(self.entry, self.role)
            many = len(self.names.names) > 1 or self.names.others
            text += f", {forms.many if many else forms.one}"
        return rich(text)

    def body(self) -> list[Rich]:
        kind = self.entry.type
        if kind in CHAPTERS:
            return self.chapter()
        if kind in ("article", "periodical"):
            return [rich(text) for text in self.contributed()] + [self.journal()]
        if kind in ("online", "thesis", "letter", "archival", "unpublished"):
            return self.loose()
        return self.book()

    def contributed(self) -> list[str]:
        return parts.contributions(self.entry, self.role)

    def book(self) -> list[Rich]:
        entry = self.entry
        out = [parts.addon(entry)]
        out += [rich(text) for text in self.contributed()]
        out += [rich(parts.edition(entry)), parts.volumes(entry)]
        if entry.type in ("report", "manual", "legal", "patent"):
            out.append(rich(parts.report(entry)))
        elif entry.type in ("misc", "image", "video", "audio", "software", "dataset", "booklet"):
            out.append(rich(entry.text("type")))
            out.append(rich(entry.text("version") and f"Version {entry.text('version')}"))
        out += [parts.series(entry), rich(parts.part(entry))]
        house = parts.publication(entry)
        if not house and not self.dated:
            house = entry.text("howpublished")
        else:
            out.append(entry.rich("howpublished"))
        if plain(self.heading()) == house and entry.type in ("misc", "online", "legal"):
            house = ""
        if self.dated:
            out += [rich(house), rich(self.precise_date())]
        else:
            out.append(rich(self.with_year(house)))
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

    def chapter(self) -> list[Rich]:
        entry = self.entry
        holder: list[Span] = []
        if parts.container(entry):
            holder = [Span("In "), *parts.container(entry)]
        extras = []
        owners = entry.names("bookauthor") if entry.type == "inbook" else None
        if owners and self.role != "bookauthor" and owners.names != entry.names("author").names:
            extras.append(f"by {parts.people(entry, 'bookauthor')}")
        extras += [text for text in self.contributed() if holder]
        extras.append(plain(parts.volumes(entry)) if not entry.has("maintitle") else "")
        pages = parts.pages(entry)
        edition = parts.edition(entry)
        for extra in filter(None, (*extras, edition, pages)):
            holder.append(Span(f", {extra}" if holder else extra))
        out = [parts.addon(entry), tidy(tuple(holder))]
        if entry.has("maintitle") and entry.has("volume"):
            out.append(parts.volumes(entry))
        out += [parts.series(entry), rich(entry.text("eventtitle"))]
        house = parts.publication(entry)
        out.append(rich(house) if self.dated else rich(self.with_year(house)))
        return out

    def journal(self) -> Rich:
        """Title, volume, issue and pages of a periodical (Chicago 14.171, 15.48–50)."""
        entry = self.entry
        name = parts.title_core(entry, "journal")
        head = self.heading() if not self.names else ()
        text: list[Span] = [*toggle_italic(name)] if name and plain(head) != plain(name) else []
        volume, pages = entry.text("volume"), parts.pages(entry)
        series = entry.text("series")
        if series and text:
            ser = f"{parts.ordinal(int(series))} ser." if series.isdigit() else series
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
        date = day_text(self.entry.date, self.options.date_form) if self.month() else ""
        if not date and not self.dated:
            date = self.year
        facts = [self.entry.text("issue"), date, pages]
        shown = ", ".join(filter(None, facts))
        if shown:
            text.append(Span(f", {shown}" if text else shown))
        return tidy(tuple(text))

    def loose(self) -> list[Rich]:
        """Web pages, theses, letters and papers: no publisher, but a date and a place."""
        entry = self.entry
        out: list[Rich] = [parts.addon(entry)]
        out += [rich(text) for text in self.contributed()]
        if entry.type == "thesis":
            place = entry.text("institution", "organization", "publisher")
            kind = parts.thesis(entry)
            year = "" if self.dated else self.loose_date()
            out.append(rich(", ".join(filter(None, (kind, place, year)))))
        elif entry.type == "online":
            site = entry.text("journaltitle", "booktitle", "maintitle", "eventtitle")
            body = entry.text("organization", "institution", "publisher")
            body = "" if body == plain(self.heading()) else body
            out += [rich(site), rich(body), rich(entry.text("type")), rich(entry.text("version"))]
        else:
            if entry.type == "letter" and entry.names("recipient"):
                out.append(rich(f"Letter to {parts.people(entry, 'recipient')}"))
            out.append(rich(entry.text("type")))
        if entry.type not in ("online", "thesis"):
            out.append(rich(self.loose_date()))
            if entry.has("eventtitle"):
                out.append(entry.rich("eventtitle"))
            out.append(entry.rich("howpublished"))
            out.append(rich(parts.archive(entry)))
            out.append(rich(entry.text("publisher")))
        else:
            date = "" if entry.type == "thesis" else self.loose_date()
            out += [entry.rich("howpublished"), rich(date)]
        return out

    def loose_date(self) -> str:
        exact = self.precise_date()
        # the day of access stands in for the date of a page that has none (14.207)
        read = parts.accessed(self.entry, self.options.date_form)
        if self.entry.type == "online" and self.entry.date is None and read:
            return ""
        return exact if self.dated else (exact or self.year)

    def tail(self) -> list[Rich]:
        """Notes, the day of access and the address close every entry."""
        entry = self.entry
        out = [sentence(capitalised(entry.rich(name))) for name in ("note", "addendum")]
        out.append(sentence(rich(parts.accessed(entry, self.options.date_form))))
        address = parts.link(entry)
        out.append((*address, Span(".")) if address else ())
        return [piece for piece in out if piece]


class _Note(_List):
    """The first note on a work: one sentence of clauses, facts in parentheses."""

    def __init__(self, entry: Entry, options: Options) -> None:
        super().__init__(entry, "", Options("notes", options.date_form, options.page_labels))

    def text(self, locator: str = "") -> Rich:
        entry = self.entry
        names = self.note_names()
        title = parts.title(entry)
        shown = show_locator(locator)
        head = [piece for piece in (names, title) if piece] or [rich(entry.key)]
        if entry.type in ("article", "periodical") and (entry.has("volume") or entry.has("number")):
            others = [rich(t) for t in parts.contributions(entry, self.role, note=True)]
            text = self.clauses([*head, *others, self.journal_note(shown)])
            shown = ""
        else:
            text = self.clauses([*head, *self.clauses_after_title()])
        if shown:
            text = tidy((*clause(text), Span(f" {shown}")))
        read = parts.accessed(entry, self.options.date_form)
        if read:
            text = tidy((*clause(text), Span(f" {read[:1].lower()}{read[1:]}")))
        address = parts.link(entry)
        return tidy((*clause(text), Span(" "), *address)) if address else text

    @staticmethod
    def clauses(pieces: list[Rich]) -> Rich:
        """Join with commas that stand inside quotation marks; a bracket takes no comma."""
        out: Rich = ()
        for piece in filter(None, pieces):
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
            forms = parts.role_forms(self.entry, self.role)
            text += f", {forms.many if len(shown) > 1 else forms.one}"
        return rich(text)

    def journal_note(self, locator: str) -> Rich:
        entry = self.entry
        text: list[Span] = [*toggle_italic(parts.title_core(entry, "journal"))]
        volume, issue = entry.text("volume"), dashes(entry.text("number"))
        if volume:
            text.append(Span(f" {dashes(volume)}"))
        if issue:
            text.append(Span(f", no. {issue}"))
        at = locator or parts.pages(entry)
        text.append(Span(f" ({self.when()})" + (f": {at}" if at else "")))
        return tidy(tuple(text))

    def clauses_after_title(self) -> list[Rich]:
        entry = self.entry
        out: list[Rich] = []
        if entry.type in CHAPTERS and parts.container(entry):
            out.append((Span("in "), *parts.container(entry)))
        elif entry.type in ("article", "periodical"):
            return [self.daily([*toggle_italic(parts.title_core(entry, "journal"))], "")]
        out += [rich(text) for text in parts.contributions(entry, self.role, note=True)]
        out += [rich(parts.edition(entry)), parts.volumes(entry), parts.series(entry)]
        if entry.type == "report":
            out.append(rich(parts.report(entry)))
        if entry.type == "online":
            out += [rich(entry.text("organization", "publisher")), rich(self.loose_date())]
            return [piece for piece in out if plain(piece) != plain(self.heading())]
        if entry.type in ("letter", "archival", "unpublished"):
            return [*out, rich(self.loose_date()), rich(parts.archive(entry))]
        if entry.type == "thesis":
            facts = (parts.thesis(entry), entry.text("institution"), self.year)
            return [*out, rich(f"({', '.join(filter(None, facts))})")]
        out.append(entry.rich("howpublished"))
        return [*out, rich(f"({self.with_year(parts.publication(entry))})")]
