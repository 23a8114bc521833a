from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Event
from sphinx_annals.dates import HistoricalDate


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


def _before(one: HistoricalDate | None, other: HistoricalDate | None) -> bool:
    if not one or not other or one.is_uncertain or other.is_uncertain:
        return False
    return bool(one.latest and other.earliest and one.latest < other.earliest)
