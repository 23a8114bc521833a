from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Event
from sphinx_annals.dates import HistoricalDate


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
