from dataclasses import replace

from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import WEIGHTS


@check("unlisted-point", Severity.INFO)
def unlisted_point(book: Book) -> Found:
    """No list shows a minor or textual point, so that it stands where it is written."""
    for point in book.criticism.all():
        listed = (point.of, point.property) in book.listed
        if point.weight != WEIGHTS[0] and not listed:
            label = point.question or point.title
            yield (
                replace(point.home, of=point.of),
                f"{label!r} stands in no list; add a point-list, or make it major",
            )
