"""Checks of dates: of one object, of a whole and its parts, of treaties, of sources."""

from dataclasses import replace

from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Event, Treaty
from sphinx_annals.dates import Calendar, Day, HistoricalDate, after_term, day_in_words
from sphinx_annals.language import ENGLISH


@check("older-source", Severity.ERROR)
def older_source(book: Book) -> Found:
    """A source was published before what it is cited for."""
    for use in book.uses:
        work, date = book.works.get(use.citation.key), use.reported
        first = date.earliest if date and not date.is_uncertain else None
        if not (work and date and first and work.published_by):
            continue
        # a document of a day is dated as it dates itself, in the same calendar
        written = replace(date, calendar=Calendar.GREGORIAN).earliest or first
        if work.published_by < min(first, written):
            days = work.published_by, first
            published, reported = (day_in_words(day, ENGLISH) for day in days)
            said = f"{work.key} was published by {published}, before {reported}"
            yield use, f"{said}, the first day of what it is cited for"


@check("outside-parent", Severity.ERROR)
def outside_parent(book: Book) -> Found:
    """An event begins before or ends after the event it is part of."""
    for event in book.catalogue.of_type(Event):
        parent = book.catalogue.find(event.part_of or "")
        if isinstance(parent, Event) and event.date and parent.date:
            sides = _sides(event.date, parent.date)
            if sides:
                whole = f"{parent.id}, which it is part of ({parent.date})"
                yield event, f"{event.date} {sides} {whole}"


def _sides(child: HistoricalDate, parent: HistoricalDate) -> str:
    if child.is_uncertain or parent.is_uncertain:
        return ""
    ends_known = child.start and child.end  # "../1950" may as well be 1940
    starts = child.start.latest if child.start and ends_known else child.latest
    ends = child.end.earliest if child.end and ends_known else child.earliest
    first, last = parent.earliest, parent.latest
    # An interval is outside where an end of it surely is; a point only where all of it is.
    before = first and ((starts and starts < first) or (child.latest and child.latest < first))
    after = last and ((ends and ends > last) or (child.earliest and child.earliest > last))
    words = [word for word, on in (("begins before", before), ("ends after", after)) if on]
    return " and ".join(words)


@check("expiry-contradiction", Severity.ERROR)
def expiry_contradiction(book: Book) -> Found:
    """An expiry fits neither signature nor entry into force with the term added."""
    for treaty in book.catalogue.of_type(Treaty):
        starts = [d for d in (treaty.in_force, treaty.signed) if d and not d.is_uncertain]
        if not treaty.term or not treaty.expiry or not starts:
            continue
        # Jurists differ: a term of years ends on the anniversary, or on the day before it.
        spans = [span for date in starts if (span := after_term(date, treaty.term))]
        dates = treaty.expiry.members or (treaty.expiry,)
        if spans and not any(_meets(date, span) for date in dates for span in spans):
            ends = " or ".join(dict.fromkeys(day_in_words(last, ENGLISH) for _, last in spans))
            term = f"the term of {treaty.term} ends {ends}"
            yield treaty, f"expiry {treaty.expiry}, but {term}"


def _meets(date: HistoricalDate, span: tuple[Day, Day]) -> bool:
    first, last = (None, None) if date.is_uncertain else (date.earliest, date.latest)
    return not ((last and last < span[0]) or (first and first > span[1]))


@check("impossible-order", Severity.ERROR)
def impossible_order(book: Book) -> Found:
    """Dates of one object, or of an event and those it follows, come in an impossible order."""
    for record in book.catalogue.records:
        dates = dict(record.dates)
        for first, second in ((first, f.name) for f in record.fields for first in f.after):
            if first in dates and second in dates and _before(dates[second], dates[first]):
                yield record, f"{second} {dates[second]} comes before {first} {dates[first]}"
    for conflict in book.catalogue.chronology.conflicts:
        event, *between, earlier = map(book.catalogue.find, conflict.chain)
        whole = book.catalogue.find(conflict.whole)
        assert isinstance(event, Event)
        assert isinstance(earlier, Event)
        direct = not between and not whole
        if direct and book.catalogue.find(event.part_of or "") is earlier:
            continue  # outside-parent says so
        way = "".join(f" by way of {id}" for id in conflict.chain[1:-1])
        told = f"it follows {earlier.id} ({earlier.date}){way}"
        if isinstance(whole, Event):
            yield event, f"{told}, but is part of {whole.id} ({whole.date})"
        else:
            yield event, f"{event.date}, but {told}"


def _before(one: HistoricalDate, other: HistoricalDate) -> bool:
    known = not one.is_uncertain and not other.is_uncertain
    return bool(known and one.latest and other.earliest and one.latest < other.earliest)
