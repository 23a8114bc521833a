from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Event
from sphinx_annals.dates import HistoricalDate


@check("impossible-order", Severity.ERROR)
def impossible_order(book: Book) -> Found:
    """Dates come in an impossible order."""
    for record in book.catalogue.records:
        dates = dict(record.dates)
        for first, second in ((first, f.name) for f in record.fields for first in f.after):
            if first in dates and second in dates and _before(dates[second], dates[first]):
                yield record, f"{second} {dates[second]} comes before {first} {dates[first]}"
    for event in book.catalogue.of_type(Event):
        for id in event.follows:
            earlier = book.catalogue.find(id)
            if isinstance(earlier, Event) and _before(event.date, earlier.date):
                yield event, f"{event.date}, but it follows {earlier.id} ({earlier.date})"


def _before(one: HistoricalDate | None, other: HistoricalDate | None) -> bool:
    if not one or not other or one.is_uncertain or other.is_uncertain:
        return False
    return bool(one.latest and other.earliest and one.latest < other.earliest)
