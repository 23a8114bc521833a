from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Identifier, Record


@check("shared-identifier", Severity.ERROR)
def shared_identifier(book: Book) -> Found:
    """Two objects have one identifier in an authority file."""
    owners: dict[tuple[str, str], Record] = {}
    for record in book.catalogue.records:
        for field in record.fields:
            if not isinstance(field.type, Identifier) or not (number := record.value(field)):
                continue
            other = owners.setdefault((field.name, number), record)
            if other is not record:
                place = f"{other.file or other.docname}, line {other.line}"
                who = f"{other.kind.value} {other.id!r} ({place})"
                yield record, f"{who} has {field.name} {number} too; one of them is mistaken"
