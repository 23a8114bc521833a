"""Objects of one kind with one name, variants included, that may be the same.

Two whose dates exclude each other are two; provisions are named within their treaties.
"""

from collections.abc import Iterable, Iterator

from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Article, Kind, Record
from sphinx_annals.dates import Day, overlapping
from sphinx_annals.text import fold


@check("shared-name", Severity.WARNING)
def shared_name(book: Book) -> Found:
    """Two objects of one kind have one name, variants included, and no dates tell them apart."""
    groups: dict[tuple[Kind, str], dict[str, Record]] = {}
    for record in book.catalogue.records:
        if not isinstance(record, Article):
            for name in (record.title, *(name.text for name in record.names)):
                groups.setdefault((record.kind, fold(name)), {})[record.id] = record
    seen = set()
    for (kind, _), group in groups.items():
        for one, other in overlapping(_spans(group.values())):
            if (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                place = f"{one.file or one.docname}, line {one.line}"
                message = f"{kind.value} {one.id!r} ({place}) has this name"
                yield other, message + "; keep one, the other as an alias"


def _spans(records: Iterable[Record]) -> Iterator[tuple[Day | None, Day | None, Record]]:
    for record in records:
        date = record.dates[0][1] if record.dates else None
        yield (date.earliest, date.latest, record) if date else (None, None, record)
