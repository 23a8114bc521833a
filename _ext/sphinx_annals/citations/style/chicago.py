"""References in the style of *The Chicago Manual of Style*, 17th edition.

Author-date (chapter 15) or notes and bibliography (chapter 14). Pure: an entry goes in, rich
text comes out, and no entry, however poor, is an error.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from sphinx_annals.citations.entry import TYPES, Entry, Rich, day_text
from sphinx_annals.citations.style import elements, names, titles
from sphinx_annals.citations.style.elements import commas
from sphinx_annals.citations.style.locators import dashes, show_locator
from sphinx_annals.citations.style.order import year_label


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
PERIODICALS = ("article", "periodical")
PAPERS = ("letter", "archival")


def reference(entry: Entry, letter: str = "", options: Options | None = None) -> Rich:
    """Format an entry of the list; `letter` tells it from works of the same name and year."""
    return _List(entry, letter, options or Options()).text()


def full_note(entry: Entry, locator: str = "", options: Options | None = None) -> Rich:
    """Format the first note on a work, without its full stop."""
    return _Note(entry, "", replace(options or Options(), style="notes")).note(locator)


def short_note(entry: Entry, locator: str = "") -> Rich:
    """Format a later note: names, short title, locator (Chicago 14.30)."""
    name, title = names.short_names(entry), titles.short_title(entry)
    same = str(name) == str(title)
    return _clauses(["" if same else name, title, show_locator(locator)])


Piece = Rich | str
"""A part of a reference; what is empty is left out."""


def _clauses(pieces: Iterable[Piece]) -> Rich:
    """Join with commas that stand inside quotation marks; a bracket takes no comma."""
    out = Rich()
    for piece in (Rich(piece) for piece in pieces if piece):
        before = out if str(piece).startswith("(") else out.clause()
        out = before + " " + piece if before else piece
    return out


class _List:
    """One entry of a reference list or bibliography, sentence by sentence."""

    def __init__(self, entry: Entry, letter: str, options: Options) -> None:
        self.entry = entry
        self.kind = entry.kind
        self.form = options.date_form
        self.year = year_label(entry, letter)
        self.dated = options.style != "notes"
        self.accessed = elements.accessed(entry, self.form)

    @cached_property
    def heading(self) -> Rich:
        return names.heading(self.entry)

    def text(self) -> Rich:
        title = titles.title(self.entry)
        heading = self.heading or Rich("" if title else self.entry.key)
        # “Forthcoming” opens a sentence, but “n.d.” stays small (Chicago 15.44–45)
        state = self.entry.date is None and self.entry.has("pubstate")
        year = Rich(self.year if self.dated else "")
        year = year.capitalised() if state else year
        opening = (heading, year, title) if heading else (title, year)
        address = elements.link(self.entry)
        pieces = [*opening, *(Rich(piece).capitalised() for piece in self.body())]
        closed = [*(piece.sentence() for piece in pieces), address + "." if address else address]
        out = Rich()
        for piece in filter(None, closed):
            out = out + " " + piece if out else piece
        return out

    def body(self) -> list[Piece]:
        """Give what stands between the title and the address, notes and day of access last."""
        entry, form = self.entry, self.kind.form
        if form == "chapter":
            own = self.chapter()
        elif form in PERIODICALS:
            own = [*names.contributions(entry), self.journal()]
        else:
            # what has no publisher has a date and a place
            loose = form in ("online", "thesis", *PAPERS)
            own = self.loose() if loose else self.book()
            own = [titles.addon(entry), *names.contributions(entry), *own]
        return [*own, entry.rich("note"), entry.rich("addendum"), self.accessed]

    def book(self) -> list[Piece]:
        entry = self.entry
        out: list[Piece] = [elements.edition(entry), elements.volumes(entry)]
        if self.kind.form == "report":
            out.append(elements.report(entry))
        elif self.kind.form == "item":
            version = entry.text("version")
            out += [entry.text("type"), version and f"Version {version}"]
        out += [elements.series(entry), elements.part(entry)]
        house = elements.publication(entry)
        if not house and not self.dated:
            house = entry.text("howpublished")
        else:
            out.append(entry.rich("howpublished"))
        if str(self.heading) == house and entry.type in ("misc", "legal"):
            house = ""
        return [*out, *self.published(house)]

    def published(self, house: str) -> list[Piece]:
        """Give publisher and date: the notes style closes with the year what the other opens."""
        date = self.precise_date()
        return [house, date] if self.dated else [commas(house, date or self.year)]

    def precise_date(self) -> str:
        """Give the full date of works that have one and are no books."""
        date = self.entry.date
        if not self.kind.day or not date or not date.start or not date.start.month:
            return ""
        return day_text(date, self.form)

    def chapter(self) -> list[Piece]:
        entry = self.entry
        book = titles.container(entry)
        extras: list[str] = []
        owners, role = entry.names("bookauthor"), entry.creators[0]
        owned = owners.names not in ((), entry.names("author").names) and role != "bookauthor"
        if owned and entry.type == "inbook":
            extras.append(f"by {names.people(entry, 'bookauthor')}")
        extras += names.contributions(entry) if book else []
        volumes, whole = elements.volumes(entry), entry.has("maintitle")
        extras += ["" if whole else str(volumes), elements.edition(entry), elements.pages(entry)]
        shown = commas(*extras)
        return [
            titles.addon(entry),
            "In " + book + (shown and f", {shown}") if book else shown,
            volumes if whole and entry.has("volume") else "",
            elements.series(entry),
            entry.text("eventtitle"),
            *self.published(elements.publication(entry)),
        ]

    def journal(self) -> Rich:
        """Title, volume, issue and pages of a periodical (Chicago 14.171, 15.48–50)."""
        entry = self.entry
        name = titles.core_title(entry, "journal")
        same = not entry.creators[1] and str(self.heading) == str(name)
        text = Rich() if same else name.italic()
        series = entry.text("series")
        if series and text:
            ser = f"{elements.ordinal(int(series))} ser." if series.isdigit() else series
            text += f", {ser},"
        told = TYPES.get(entry.subtype, self.kind)
        daily = told.form == "daily" or not entry.has("volume", "number")
        return (self.daily if daily else self.numbered)(text, elements.pages(entry))

    def numbered(self, text: Rich, pages: str) -> Rich:
        """Give the name of a periodical with volume, issue and pages."""
        volume, issue = (dashes(self.entry.text(name)) for name in ("volume", "number"))
        if volume:
            text += f" {volume}" if text else volume
        if issue and not (self.dated and volume):
            text += f", no. {issue}" if text else f"no. {issue}"
        bracket = self.when()
        if self.dated:
            bracket = volume and (issue or self.entry.text("issue") or self.month())
        colon = ":" if self.dated and volume and not bracket else ": "
        return text + (f" ({bracket})" if bracket else "") + (pages and f"{colon}{pages}")

    def month(self) -> str:
        return day_text(self.entry.date, self.form, year=False)

    def when(self) -> str:
        """Give the date of an issue, for the notes style."""
        return day_text(self.entry.date, self.form) if self.month() else self.year

    def daily(self, text: Rich, pages: str) -> Rich:
        date = self.when() if self.month() or not self.dated else ""
        shown = commas(self.entry.text("issue"), date, pages)
        return text + (f", {shown}" if text and shown else shown)

    def loose(self) -> list[Piece]:
        entry = self.entry
        kind, printed = entry.text("type"), entry.rich("howpublished")
        if self.kind.form == "thesis":
            place = entry.text("institution", "organization", "publisher")
            year = "" if self.dated else self.loose_date()
            return [commas(elements.thesis(entry), place, year), printed]
        if self.kind.form == "online":
            site = entry.text("journaltitle", "booktitle", "maintitle", "eventtitle")
            body = entry.text("organization", "institution", "publisher")
            body = "" if body == str(self.heading) else body
            return [site, body, kind, entry.text("version"), printed, self.loose_date()]
        to = names.people(entry, "recipient") if self.kind.form == "letter" else ""
        out: list[Piece] = [to and f"Letter to {to}", kind, self.loose_date()]
        out += [entry.rich("eventtitle"), printed]
        return [*out, elements.archive(entry), entry.text("publisher")]

    def loose_date(self) -> str:
        # the day of access stands in for the date of a page that has none (14.207)
        if self.kind.form == "online" and self.entry.date is None and self.accessed:
            return ""
        return self.precise_date() or ("" if self.dated else self.year)


class _Note(_List):
    """The first note on a work: one sentence of clauses, facts in parentheses."""

    def note(self, locator: str) -> Rich:
        entry, at = self.entry, show_locator(locator)
        head = [names.note_names(entry), titles.title(entry)]
        journal = titles.core_title(entry, "journal").italic()
        if self.kind.form not in PERIODICALS:
            after = self.after_title()
        elif entry.has("volume", "number"):
            named = self.numbered(journal, at or elements.pages(entry))
            after, at = [*names.contributions(entry, note=True), named], ""
        else:
            after = [self.daily(journal, "")]
        read = self.accessed[:1].lower() + self.accessed[1:]
        return _clauses(
            [*(head if any(head) else [entry.key]), *after, at, read, elements.link(entry)]
        )

    def after_title(self) -> list[Piece]:
        entry, form = self.entry, self.kind.form
        book = titles.container(entry) if form == "chapter" else ""
        out: list[Piece] = ["in " + book if book else ""]
        out += names.contributions(entry, note=True)
        out += [elements.edition(entry), elements.volumes(entry), elements.series(entry)]
        if form == "online":
            out += [entry.text("organization", "publisher"), self.loose_date()]
            return [piece for piece in out if str(piece) != str(self.heading)]
        if form in PAPERS:
            return [*out, self.loose_date(), elements.archive(entry)]
        if form == "thesis":
            facts = commas(elements.thesis(entry), entry.text("institution"), self.year)
            return [*out, f"({facts})"]
        if entry.type == "report":
            out.append(elements.report(entry))
        house = commas(*map(str, self.published(elements.publication(entry))))
        return [*out, entry.rich("howpublished"), f"({house})"]
