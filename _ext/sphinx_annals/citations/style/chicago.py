"""References in the style of *The Chicago Manual of Style*, 17th edition.

Author-date (chapter 15) or notes and bibliography (chapter 14). Pure: an entry goes in, rich
text comes out, and no entry, however poor, is an error.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from sphinx_annals.citations.entry import TYPES, Entry, Rich, day_text, read_table
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
CITED_IN, CITED_THERE = "cited in", "cited there"
"""What leads from a work to where it was read of (14.260), and there once more."""
REFERENCES = read_table(Path(__file__).with_name("references.toml"))
"""What lists and notes tell of a work, by its form."""


def reference(entry: Entry, letter: str = "", options: Options | None = None) -> Rich:
    """Format an entry of the list; `letter` tells it from works of the same name and year."""
    work = _Work(entry, letter, options or Options())
    title = titles.title(entry)
    heading = work.heading or Rich("" if title else entry.key)
    # “Forthcoming” opens a sentence, but “n.d.” stays small (Chicago 15.44–45)
    state = entry.date is None and entry.has("pubstate")
    year = Rich(work.year if work.dated else "")
    year = year.capitalised() if state else year
    opening = (heading, year, title) if heading else (title, year)
    told = (*work.pieces(f"{REFERENCES['list'][work.form]} note"), work.accessed)
    body = [Rich(piece).capitalised() for piece in told if piece]
    address = elements.link(entry)
    closed = [piece.sentence() for piece in (*opening, *body)]
    # what is added to a reference stands behind the address that closes it
    closed += [address + "." if address else address, entry.rich("addendum").sentence()]
    out = Rich()
    for piece in filter(None, closed):
        out = out + " " + piece if out else piece
    return out


def full_note(entry: Entry, locator: str = "", options: Options | None = None) -> Rich:
    """Format the first note on a work, without its full stop."""
    at = show_locator(locator)
    work = _Work(entry, "", replace(options or Options(), style="notes"), at)
    head = [names.note_names(entry), titles.title(entry)]
    after = [*work.pieces(REFERENCES["note"][work.form])]
    if work.form not in ("article", "periodical"):  # these have it behind their colon
        after.append(at)
    read = work.accessed[:1].lower() + work.accessed[1:]
    return _clauses([*(head if any(head) else [entry.key]), *after, read, elements.link(entry)])


def short_note(entry: Entry, locator: str = "") -> Rich:
    """Format a later note: names, short title, locator (Chicago 14.30), or shorthand (14.60)."""
    if entry.has("shorthand"):
        return _clauses([entry.rich("shorthand"), show_locator(locator)])
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


class _Work:
    """A work and what can be told of it; `at` is the passage that a note is on."""

    def __init__(self, entry: Entry, letter: str, options: Options, at: str | None = None) -> None:
        self.entry = entry
        self.form = entry.kind.form
        self.days = options.date_form
        self.at = at
        self.year = year_label(entry, letter)
        self.dated = options.style != "notes"
        self.heading = names.heading(entry)
        self.accessed = elements.accessed(entry, self.days)

    def pieces(self, words: str) -> Iterator[Piece]:
        """Give the pieces of these names."""
        for word in words.split():
            if word == "people":
                yield from names.contributions(self.entry, note=self.at is not None)
            elif word in FACTS:
                yield FACTS[word](self.entry)
            else:
                yield PIECES[word](self) if word in PIECES else self.entry.rich(*word.split("/"))

    def printed(self) -> Rich:
        """How it is published, unless that stands in for its publisher."""
        house = self.dated or elements.publication(self.entry)
        return self.entry.rich("howpublished" if house else "")

    def house(self) -> str:
        """Who published it; the notes style closes with the year what the other opens."""
        entry = self.entry
        house = elements.publication(entry)
        if not house and not self.dated and self.form != "chapter":
            house = entry.text("howpublished")
        if str(self.heading) == house and entry.type in ("misc", "legal"):
            house = ""
        return house if self.dated else commas(house, self.full_date() or self.year)

    def facts(self) -> str:
        """Place, publisher and date in a note; of what is no book also how it is published."""
        printed = self.entry.text("howpublished") if self.form == "item" else ""
        house = elements.publication(self.entry)
        return f"({commas(printed, house, self.full_date() or self.year)})"

    def full_date(self) -> str:
        """Give the full date of works that have one and are no books."""
        date = self.entry.date
        known = self.entry.kind.day and date and date.start and date.start.month
        return day_text(date, self.days) if known else ""

    def date(self) -> str:
        return self.full_date() if self.dated else ""

    def day(self) -> str:
        """Give the date of what has no publisher."""
        # the day of access stands in for the date of a page that has none (14.207)
        if self.form == "online" and self.entry.date is None and self.accessed:
            return ""
        return self.full_date() or ("" if self.dated else self.year)

    def within(self) -> Piece:
        """Give the book that holds a chapter, in a list with all that is known of it."""
        entry, book = self.entry, titles.container(self.entry)
        if self.at is not None:
            return "in " + book if book else ""
        extras: list[str] = []
        owners, role = entry.names("bookauthor"), entry.creators[0]
        owned = owners.names not in ((), entry.names("author").names) and role != "bookauthor"
        if owned and entry.type == "inbook":
            extras.append(f"by {names.people(entry, 'bookauthor')}")
        extras += names.contributions(entry) if book else []
        volumes = "" if entry.has("maintitle") else str(elements.volumes(entry))
        shown = commas(*extras, volumes, elements.edition(entry), elements.pages(entry))
        return "In " + book + (shown and f", {shown}") if book else shown

    def degree(self) -> str:
        """Give the kind of a thesis with its university."""
        place = self.entry.text("institution", "organization", "publisher")
        kind = self.entry.genre[-1] or "Thesis"
        if self.at is not None:  # “PhD” stays what it is
            kind = re.sub(r"^[A-Z](?=[a-z’]+\b)", lambda first: first[0].lower(), kind)
        told = commas(kind, place, "" if self.dated else self.year)
        return told if self.at is None else f"({told})"

    def body(self) -> str:
        """Give who publishes a page, unless that opens the entry."""
        body = self.entry.text("organization", "institution", "publisher")
        return "" if body == str(self.heading) else body

    def journal(self) -> Rich:
        """Title, volume, issue and pages of a periodical (Chicago 14.171, 15.48–50)."""
        entry = self.entry
        name = titles.core_title(entry, "journal")
        # an unsigned piece is filed under its newspaper, but a note opens with its title
        opens = self.at is None and not entry.creators[1] and str(self.heading) == str(name)
        text = Rich() if opens else name.italic()
        series = entry.text("series")
        if series and text:
            ser = f"{elements.ordinal(int(series))} ser." if series.isdigit() else series
            text += f", {ser},"
        month = day_text(entry.date, self.days, year=False)
        issued = day_text(entry.date, self.days) if month else self.year
        told = TYPES.get(entry.subtype, entry.kind)
        if told.form == "daily" or not entry.has("volume", "number"):
            pages = elements.pages(entry) if self.at is None else self.at
            shown = commas(entry.text("issue"), issued if month or not self.dated else "", pages)
            return text + (f", {shown}" if text and shown else shown)
        volume, issue = (dashes(entry.text(name)) for name in ("volume", "number"))
        if volume:
            text += f" {volume}" if text else volume
        if issue and not (self.dated and volume):
            text += f", no. {issue}" if text else f"no. {issue}"
        bracket = issued
        if self.dated:
            bracket = volume and (issue or entry.text("issue") or month)
        # no space follows the colon behind a volume without an issue (14.116, 15.48)
        colon = ":" if self.dated and volume and not bracket else ": "
        pages = self.at or elements.pages(entry)
        return text + (f" ({bracket})" if bracket else "") + (pages and f"{colon}{pages}")


FACTS: Mapping[str, Callable[[Entry], Piece]] = {
    make.__name__: make
    for make in (
        *(titles.addon, elements.archive, elements.edition, elements.part, elements.recipient),
        *(elements.release, elements.report, elements.series, elements.volumes, elements.whole),
    )
}
PIECES: Mapping[str, Callable[[_Work], Piece]] = {
    make.__name__: make
    for make in (
        *(_Work.body, _Work.date, _Work.day, _Work.degree, _Work.facts, _Work.house),
        *(_Work.journal, _Work.printed, _Work.within),
    )
}
