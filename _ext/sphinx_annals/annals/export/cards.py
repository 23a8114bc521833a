"""What links show of the objects and of the points that they lead to."""

from collections.abc import Iterator
from html import escape

from sphinx_annals.annals.criticism import Comparison
from sphinx_annals.annals.export.publication import Publication
from sphinx_annals.annals.model import (
    Article,
    Authority,
    Event,
    Record,
    Treaty,
    in_text,
    label_of,
    when,
)
from sphinx_annals.annals.views import Corpus
from sphinx_annals.dates import in_words
from sphinx_annals.interfaces import Card
from sphinx_annals.language import Language
from sphinx_annals.text import first_sentence, sentence_on


def cards_of(book: Publication, corpus: Corpus) -> Iterator[Card]:
    """Give a card for each object, and for each point where it stands."""
    for record in book.catalogue.records:
        kind = _kind(record, book.catalogue.language)
        about = "; ".join(filter(None, _known_by(record, book)))
        said = book.bodies.get(record.id, "")
        if isinstance(record, Event):  # it may share a paragraph with others
            said = sentence_on(said.replace("\n\n", " "), f"{record.title} {about}")
        place = record.docname, record.anchor, kind, record.heading, about
        yield Card(*place, _sentence(said), book.site.address(record))
    for point in corpus.criticism.all():
        yield _of_point(point, book, corpus)


def _known_by(record: Record, book: Publication) -> Iterator[str]:
    """Say which of many it is: an event by date and place, others by dates and what they were."""
    place = book.catalogue.find(getattr(record, "place", None) or "")
    places, language = [place.display] if place else [], book.catalogue.language
    match record:
        case Event():
            date = when(record, book.catalogue)
            dates = [in_text(date, book.catalogue)] if date else []
            yield ", ".join(dates + places)
        case Article(treaty=str(treaty)) if found := book.catalogue.find(treaty):
            yield found.heading
        case Authority() if record.role:
            yield record.role
    if not isinstance(record, Event):
        for name, date in record.dates:
            label = language.inside(language.gettext(label_of(name)))
            phrase = language.pgettext("life", "{label} {date}")
            yield phrase.format(label=label, date=in_words(date, language))
        yield from places


def _kind(record: Record, language: Language) -> str:
    if isinstance(record, Treaty):
        kind = language.pgettext("choice", record.treaty_kind.replace("-", " "))
        return kind[:1].upper() + kind[1:]
    return language.gettext(label_of(record.kind.value))


def _of_point(point: Comparison, book: Publication, corpus: Corpus) -> Card:
    record = book.catalogue.find(point.of)
    name = point.question or f"{record.heading if record else point.of}: {point.title}"
    language = book.catalogue.language
    counted = [point.counted(language)] if len(point.accounts) > 1 else []
    about = ", ".join([point.status.label(language), *counted])
    said = next((book.reasons[v] for v in point.verdicts if v in book.reasons), "")
    where = corpus.document_of(point), point.home.anchor
    address = book.site.permanent(book.id_of_point(point)) or book.site.section_url(*where)
    return Card(*where, language.gettext("Point"), name, about, _sentence(said), address)


def _sentence(text: str) -> str:
    return escape(first_sentence(text.partition("\n\n")[0]), quote=False)
