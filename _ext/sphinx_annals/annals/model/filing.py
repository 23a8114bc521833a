"""How records are headed in indices, and by which text a heading files."""

from sphinx_annals.annals.model.catalogue import Catalogue
from sphinx_annals.annals.model.records import Article, Record
from sphinx_annals.annals.model.values import Kind
from sphinx_annals.text import headword


def filed(record: Record, name: str = "") -> str:
    """Give the text by which a record files, or another name of it: without a first article.

    What looks like an article may be a person's family name: An Ziwen.
    """
    name = name or record.filing
    return name if record.kind is Kind.PERSON else headword(name)


def headings(record: Record, catalogue: Catalogue) -> tuple[str, ...]:
    """Give the heading of a record, with the one below it for a provision of a treaty.

    A semicolon would part them once more.
    """
    if not isinstance(record, Article):
        return (_one(record.filing),)
    treaty = catalogue.find(record.treaty or "", Kind.TREATY)
    own = _one(record.heading)
    return (_one(treaty.filing), own) if treaty else (own,)


def names_of(record: Record) -> list[str]:
    """Give the other names of a record as they stand in the general index."""
    return [_one(name.text) for name in record.names]


def _one(heading: str) -> str:
    # a replacement loses what is emphasised in it
    return heading.replace(";", ",") if ";" in heading else heading


def filing_forms(catalogue: Catalogue) -> dict[str, str]:
    """Give the text by which headings file, for those that do not as they stand."""
    forms: dict[str, str] = {}
    # People last: where a person and a place have one name, no article is taken off.
    for record in sorted(catalogue.records, key=lambda record: record.kind is Kind.PERSON):
        for name in (headings(record, catalogue)[0], *names_of(record)):
            forms[name] = filed(record, name)
    return {name: form for name, form in forms.items() if form != name}
