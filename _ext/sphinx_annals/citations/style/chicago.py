"""References in the style of *The Chicago Manual of Style*, 17th edition.

Author-date (chapter 15) or notes and bibliography (chapter 14). Pure: an entry goes in, rich
text comes out, and no entry, however poor, is an error.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from sphinx_annals.citations.entry import (
    NAME_FIELDS,
    QUOTED,
    SEASONS,
    TOLD,
    TYPES,
    Date,
    Entry,
    Rich,
    circa,
    day_text,
)
from sphinx_annals.citations.style import elements, names, titles
from sphinx_annals.citations.style.elements import commas
from sphinx_annals.citations.style.locators import dashes, show_locator
from sphinx_annals.citations.style.options import USUAL, Options
from sphinx_annals.citations.style.order import year_label
from sphinx_annals.citations.style.phrases import filled, quotes
from sphinx_annals.language import Language, message
from sphinx_annals.text import is_number, read_table

CITED_IN, CITED_THERE = message("cited in"), message("cited there")
"""What leads from a work to where it was read of (14.260), and there once more."""
_TABLE = read_table(Path(__file__).with_name("references.toml"))
REFERENCES: Mapping[str, str] = _TABLE["told"]
"""What lists and notes tell of a work, by its form."""
BEHIND: str = _TABLE["behind"]["all"]
"""What closes each."""
_DESCRIBING = frozenset(_TABLE["small"]["pieces"].split())
_SMALL = re.compile(rf"(?i:{'|'.join(map(re.escape, _TABLE['small']['words'].split()))})(?![\w.])")


def reference(entry: Entry, letter: str = "", options: Options = USUAL) -> Rich:
    """Format an entry of the list; ``letter`` tells it from works of the same name and year."""
    entry = _shown(entry, options, pages=False)
    work = _Work(entry, letter, options)
    title = titles.title(entry, options.language)
    nothing = Rich() if title else titles.untitled(entry, options.language).capitalised()
    heading = work.heading or nothing
    # “Forthcoming” opens a sentence, but “n.d.” stays small (Chicago 15.44–45)
    state = entry.date is None and entry.has("pubstate")
    year = Rich(work.year if work.dated else "")
    year = year.capitalised() if state else year
    opening = (heading, year, title) if heading else (title, year)
    told = (*work.pieces(REFERENCES[work.form]), *work.pieces(BEHIND), work.accessed)
    body = [Rich(piece).capitalised() for piece in told if piece]
    body = [piece for piece in body if piece != heading]  # “Letter to …” of one nobody signed
    address = elements.link(entry)
    closed = [piece.sentence() for piece in (*opening, *body)]
    # what is added to a reference stands behind the address that closes it
    closed += [address + "." if address else address, entry.rich("addendum").sentence()]
    out = Rich()
    for piece in filter(None, closed):
        out = out + " " + piece if out else piece
    return titles.native(entry, out, options.language)


def _shown(entry: Entry, options: Options, *, pages: bool = True) -> Entry:
    """Leave out what the 18th edition does: where a publisher of a book since 1900 sits (14.30).

    In a list also the pages of a chapter (14.8): without ``pages``.
    """
    if options.edition < 18:
        return entry
    date = entry.date.start if entry.date else None
    house = entry.has("publisher") and entry.kind.form in ("book", "chapter")
    gone = {"location"} if house and (date is None or date.numbers[0] >= 1900) else set()
    if not pages and entry.kind.form == "chapter":
        gone.add("pages")
    kept = {name: text for name, text in entry.fields.items() if name not in gone}
    return replace(entry, fields=kept) if len(kept) < len(entry.fields) else entry


def full_note(entry: Entry, locator: str = "", options: Options = USUAL) -> Rich:
    """Format the first note on a work, without its full stop."""
    language = options.language
    at = show_locator(locator, language=language)
    options = replace(options, style="notes")
    entry = _shown(entry, options)
    work = _Work(entry, "", options, at)
    head = [names.note_names(entry, options), titles.title(entry, language)]
    # a letter that nobody signed opens with whom it is to
    to = work.form == "letter" and entry.has("recipient")
    head = head if any(head) or to else [titles.untitled(entry, language)]
    # articles have the passage behind their colon
    at = "" if work.form in ("article", "periodical") else at
    after = (*work.pieces(REFERENCES[work.form]), at, *work.pieces(BEHIND))
    told = _clauses([*head, *after, _small(work.accessed), elements.link(entry)])
    return titles.native(entry, told, language)


def short_note(entry: Entry, locator: str = "", options: Options = USUAL, first: str = "") -> Rich:
    """Format a later note: names, short title, locator (Chicago 14.30), or shorthand (14.60).

    What has no title is told by its date; ``first`` is what its first author is called, where that
    is not the surname.
    """
    language = options.language
    at = show_locator(locator, language=language)
    if entry.has("shorthand"):
        return titles.native(entry, _clauses([entry.rich("shorthand"), at]), language)
    name = names.short_names(entry, options, first=first)
    title = titles.short_title(entry, language)
    same = str(name) == str(title)
    named = entry.date is None or title != titles.untitled(entry, language)
    day = "" if named else day_text(entry.date, options.date_form, language)
    told = _clauses(["" if same else name, title, day, at])
    return titles.native(entry, told, language)


def forms(entry: Entry, locator: str = "", options: Options = USUAL) -> dict[str, str]:
    """Give how a work is shown as plain text: in a list, and in the text or in its notes."""
    listed = {"list": str(reference(entry, options=options))}
    if options.style == "notes":
        first, later = full_note(entry, locator, options), short_note(entry, locator, options)
        return listed | {"note": str(first.sentence()), "later": str(later.sentence())}
    language = options.language
    shown = show_locator(locator, page_labels=options.page_labels, language=language)
    year = commas(year_label(entry, language=language), shown)
    return listed | {"text": f"({dated(names.short_names(entry, options), year, language)})"}


def dated(named: Rich, year: str, language: Language) -> Rich:
    """Put a year, and what follows it, behind names in the text.

    “N.d.” and “forthcoming” follow a comma (Chicago 15.44–45).
    """
    about = year.startswith(circa(language).partition("{year}")[0] or year)
    if str(named).endswith(QUOTED) or (year[:1].isalpha() and not about):
        named = named.clause()
    return named + f" {year}"


def unprinted(entry: Entry) -> tuple[str, ...]:
    """Give the fields that tell of a work and of which no reference to it shows anything."""
    whole, written = str(reference(entry)), entry.fields.values()

    def shown(field: str) -> bool:
        # most are found as they stand; the rest shows when the field is taken away
        people = entry.names(field).names if field in NAME_FIELDS else ()
        value = people[0].surname if people else entry.text(field)
        # a body that is its own author is told once
        others = sum(_has_word(text, value) and text.strip("{}") != value for text in written)
        if _has_word(whole, value) and others <= (entry.fields[field].strip("{}") != value):
            return True
        without = {name: text for name, text in entry.fields.items() if name != field}
        rest = replace(entry, fields=without)
        return str(reference(rest)) != whole or full_note(rest) != full_note(entry)

    told = (name for name in entry.fields if name in TOLD and entry.text(name))
    return tuple(name for name in told if not _own(entry, name) and not shown(name))


def _has_word(text: str, word: str) -> bool:
    at = text.find(word)
    before, after = text[at - 1 : at], text[at + len(word) : at + len(word) + 1]
    return at >= 0 and not before.isalnum() and not after.isalnum()


def _own(entry: Entry, field: str) -> bool:
    """Tell whether a field says what goes without saying: “editor” of editors, a first edition.

    The pages of a book may be a count.
    """
    if field == "edition":
        return not elements.edition(entry, USUAL)
    if field == "pages":
        return entry.kind.whole
    return entry.text(field).lower() + "type" == field


_FIRST = {
    (True, True): message("first published {year} by {names} in {place}"),
    (True, False): message("first published {year} by {names}"),
    (False, True): message("first published {year} in {place}"),
}
"""How a work first came out, by whether it is known who published it, and where."""
Piece = Rich | str
"""A part of a reference; what is empty is left out."""


def _small(piece: Piece) -> Rich:
    """Let a clause begin with a small letter, unless its first word may be a name."""
    text = Rich(piece)
    if not text or not _SMALL.match(text[0].text):
        return text
    return text.first(lambda first: first[0].lower() + first[1:])


def _clauses(pieces: Iterable[Piece]) -> Rich:
    """Join with commas that stand inside quotation marks; a bracket takes no comma."""
    out = Rich()
    for piece in (Rich(piece) for piece in pieces if piece):
        before = out if str(piece).startswith("(") else out.clause()
        out = before + " " + piece if before else piece
    return out


class _Work:
    """A work and what can be told of it; ``at`` is the passage that a note is on."""

    def __init__(self, entry: Entry, letter: str, options: Options, at: str | None = None) -> None:
        self.entry = entry
        self.form = entry.kind.form
        self.options = options
        self.language = options.language
        self.at = at
        self.year = year_label(entry, letter, options.language)
        self.dated = options.style != "notes"
        self.heading = names.heading(entry, options)
        self.accessed = elements.accessed(entry, options)

    def pieces(self, words: str) -> Iterator[Piece]:
        """Give the pieces of these names."""
        for word in words.split():
            if word == "people":
                yield from () if self._issued() else self.people()
            elif self.at is not None and word in _DESCRIBING:
                yield _small(self._piece(word))
            else:
                yield self._piece(word)

    def _piece(self, word: str) -> Piece:
        if word in FACTS:
            return FACTS[word](self.entry, self.options)
        return PIECES[word](self) if word in PIECES else self.entry.rich(word)

    def people(self) -> list[str]:
        """Give those who do not open the entry."""
        return names.contributions(self.entry, self.options, note=self.at is not None)

    def _issued(self) -> bool:
        """Tell whether people stand with the issue that they edited."""
        return self.form in ("article", "periodical") and self.entry.has("issuetitle")

    def printed(self) -> Rich:
        """How it is published, unless that stands in for its publisher."""
        entry = self.entry
        told = self.form == "item" if self.at is not None else False
        house = not told and (self.dated or self.at is not None or elements.publication(entry))
        return entry.rich("howpublished" if house else "")

    def published(self) -> str:
        """Who published it, and when: a note has it in brackets (Chicago 14.20).

        The notes style closes the entry of a list with the year that the other opens it with.
        """
        entry = self.entry
        if self.at is not None:
            printed = entry.text("howpublished") if self.form == "item" else ""
            house = commas(printed, elements.publication(entry))
            return f"({commas(house, self.full_date() or self.year)})"
        house = elements.publication(entry)
        if not house and not self.dated and self.form != "chapter":
            house = entry.text("howpublished")
        if str(self.heading) == house and entry.type in ("misc", "legal"):
            house = ""
        day = self.full_date()
        if self.dated:
            return ". ".join(filter(None, (house.removesuffix(".") if day else house, day)))
        return commas(house, day or self.year)

    def event(self) -> str:
        """Give what a paper was read at, where and when."""
        entry = self.entry
        if not entry.has("eventtitle", "eventtitleaddon", "venue", "eventdate"):
            return ""
        held = self.days(entry.dated("eventdate"))
        return commas(*map(entry.text, ("eventtitle", "eventtitleaddon", "venue")), held)

    def origin(self) -> Piece:
        """Tell how a work came out first (Chicago 14.114); its year alone stands with the year."""
        entry, first, language = self.entry, self.entry.dated("origdate"), self.language
        title, people = titles.core_title(entry, "orig"), entry.text("origpublisher")
        place, year = entry.text("origlocation"), first.year_in(language) if first else ""
        if title:
            told = commas(": ".join(filter(None, (place, people))), year)
            phrase = language.gettext("originally published as {title}")
            return filled(phrase, title=title.italic()) + (told and f" ({told})")
        if people or place:
            phrase = _FIRST[bool(people), bool(place)]
            told = language.gettext(phrase).format(names=people, place=place, year=year)
            return " ".join(told.split())
        if not entry.has("origlanguage") or entry.names("translator"):
            return ""
        told = names.original_language(entry, language)
        return language.gettext("translated from the {language}").format(language=told)

    def full_date(self) -> str:
        """Give the full date of works that have one and are no books."""
        date = self.entry.date
        known = self.entry.kind.day and date and date.start and date.start.numbers[1]
        return self.days(date) if known else ""

    def days(self, date: Date | None) -> str:
        """Give a date as the style has it."""
        return day_text(date, self.options.date_form, self.language)

    def day(self) -> str:
        """Give the date of what has no publisher."""
        # the day of access stands in for the date of a page that has none (14.207)
        if self.form == "online" and self.entry.date is None and self.accessed:
            return ""
        return self.full_date() or ("" if self.dated else self.year)

    def within(self) -> Piece:
        """Give the book that holds a chapter, with all that is known of it."""
        entry, language, options = self.entry, self.language, self.options
        book = titles.container(entry, language)
        owners = entry.names("bookauthor")
        owned = owners.names not in ((), entry.names("author").names)
        extras: list[str] = []
        if owned and entry.creators[0] != "bookauthor":
            people = names.people(entry, "bookauthor", options)
            extras.append(language.gettext("by {names}").format(names=people))
        extras += self.people()
        if not (entry.has("booktitle") and entry.has("maintitle")):
            extras.append(str(elements.volumes(entry, options, alone=True)))
        extras += [elements.edition(entry, options), elements.chapter(entry, options)]
        shown = commas(*extras, "" if self.at is not None else elements.pages(entry))
        if not book:
            return shown
        return filled(language.gettext("in {book}"), book=book) + (shown and f", {shown}")

    def degree(self) -> str:
        """Give the kind of a thesis with its university."""
        place = self.entry.text("institution", "organization", "publisher")
        kind = elements.genre(self.entry, self.options) or self.language.pgettext("work", "Thesis")
        if self.at is not None and re.match(r"\w[^\W\d_A-Z]+\b", kind):  # “PhD” stays what it is
            kind = self.language.inside(kind)
        told = commas(kind, place, "" if self.dated else self.year)
        return told if self.at is None else f"({told})"

    def body(self) -> str:
        """Give who publishes a page, unless that opens the entry."""
        body = self.entry.text("organization", "institution", "publisher")
        return "" if body == str(self.heading) else body

    def issue(self) -> Rich:
        """Give the title of the issue that holds an article (Chicago 14.178)."""
        entry = self.entry
        title = entry.whole_title("issue")
        if not title:
            return title
        language, addition = self.language, entry.rich("issuetitleaddon")
        whole = title.quoted(quotes(language))
        if self.form != "periodical":
            whole = filled(language.gettext("in {book}"), book=whole)
        special = language.gettext("special issue")
        pieces: tuple[Piece, ...] = (addition, *self.people(), special)
        for piece in pieces:
            if piece:
                whole = whole.clause() + " " + piece
        return whole

    def journal(self) -> Rich:
        """Issue, title, volume, number and pages of a periodical (Chicago 14.171, 15.48–50)."""
        entry = self.entry
        name = titles.core_title(entry, "journal")
        # an unsigned piece is filed under its newspaper, but a note opens with its title
        opens = self.at is None and not entry.creators[1] and str(self.heading) == str(name)
        addition = entry.text("journaltitleaddon") if name else ""
        text = Rich() if opens else name.italic()
        if addition:
            text = text + f", {addition}" if text else Rich(addition)
        series = entry.text("series")
        if series and text:
            if is_number(series):
                counted = elements.ordinal(int(series), self.language)
                series = self.language.gettext("{ordinal} ser.").format(ordinal=counted)
            text += f", {series}"
        if issue := self.issue():
            text = Rich([*issue.clause(), " ", *text]) if text else issue
        month = day_text(entry.date, self.options.date_form, self.language, year=False)
        issued = self.days(entry.date) if month else self.year
        told = TYPES.get(entry.subtype, entry.kind)
        if told.form == "daily" or not entry.has("volume", "number"):
            pages = elements.pages(entry) if self.at is None else self.at
            when = issued if month or not self.dated else ""
            shown = commas(elements.edition(entry, self.options), entry.text("issue"), when, pages)
            return text + (f", {shown}" if text and shown else shown)
        volume, number = (dashes(entry.text(name)) for name in ("volume", "number"))
        if volume:
            # behind a series, or “special issue” alone, a volume follows like any clause
            text = text if str(name) and not (opens or series) else text.clause()
            text += f" {volume}" if text else volume
        if number and not (self.dated and volume):
            counted = elements.numbered(number, self.options)
            text += f", {counted}" if text else counted
        # a season, or whatever an issue is called, stands beside its number
        season = entry.text("issue")
        if self.dated and not season and entry.date and entry.date.start:
            season = self.language.gettext(SEASONS.get(entry.date.start.numbers[1], ""))
        bracket = commas("" if season in issued else season, issued)
        if self.dated:
            bracket = commas(number, season) or month if volume else season
        # no space follows the colon behind a volume without an issue (14.116, 15.48)
        colon = ":" if self.dated and volume and not bracket else ": "
        pages = self.at or elements.pages(entry)
        return text + (f" ({bracket})" if bracket else "") + (pages and f"{colon}{pages}")


FACTS: Mapping[str, Callable[[Entry, Options], Piece]] = {
    make.__name__: make
    for make in (
        *(titles.addon, elements.archive, elements.container, elements.edition, elements.part),
        *(elements.recipient, elements.release, elements.report, elements.reprint),
        *(elements.series, elements.volumes, elements.whole),
    )
}
PIECES: Mapping[str, Callable[[_Work], Piece]] = {
    make.__name__: make
    for make in (
        *(_Work.body, _Work.day, _Work.degree, _Work.event, _Work.journal, _Work.origin),
        *(_Work.printed, _Work.published, _Work.within),
    )
}
