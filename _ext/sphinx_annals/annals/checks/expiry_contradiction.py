from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Treaty
from sphinx_annals.dates import Day, HistoricalDate, after_term, day_in_words
from sphinx_annals.language import ENGLISH


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
