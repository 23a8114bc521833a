from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Article


@check("never-mentioned", Severity.INFO)
def never_mentioned(book: Book) -> Found:
    """Neither prose nor another annotation refers to an object."""
    used = {
        target.id
        for record in book.catalogue.records
        if not isinstance(record, Article)  # each names its treaty, which makes none known
        for _, id, _ in record.references
        if (target := book.catalogue.find(id)) and target is not record
    }
    for record in book.catalogue.records:
        if record.id not in used and not book.catalogue.mentions_of(record.id):
            role = f"{{{record.kind.value}}}`{record.id}`"
            yield record, f"never mentioned; refer to it as {role}"
