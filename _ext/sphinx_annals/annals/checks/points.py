"""Checks of points: disputes, their verdicts, and where they stand."""

from collections import defaultdict
from dataclasses import replace

from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.criticism import Status
from sphinx_annals.annals.model import WEIGHTS, Statement, Use

_MOST = 8


@check("open-dispute", Severity.WARNING)
def open_dispute(book: Book) -> Found:
    """Accounts exclude each other, without a verdict."""
    for comparison in book.criticism.all():
        if comparison.status is Status.DISPUTED and comparison.accounts:
            first = comparison.accounts[0]
            values = ", ".join(dict.fromkeys(repr(a.value) for a in comparison.accounts))
            label = comparison.property.replace("-", " ")
            # an account may name its object by a retired id: the finding has the present one
            use = Use(first.citation, first.docname, first.line, comparison.of, first.file)
            yield use, f"{label} is disputed ({values}); add a verdict on it"


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


@check("crowded", Severity.INFO)
def crowded(book: Book) -> Found:
    """More than eight major points stand in one document, more than readers of a story bear."""
    homes: dict[str, list[Statement]] = defaultdict(list)
    for point in book.criticism.all():
        if point.weight == WEIGHTS[0]:
            homes[point.home.docname].append(replace(point.home, of=point.of))
    for docname, found in homes.items():
        if len(found) > _MOST:
            says = f"the major point no. {_MOST + 1} of {len(found)} in {docname!r}"
            yield found[_MOST], f"{says}; make some of them minor"


@check("double-witness", Severity.WARNING)
def double_witness(book: Book) -> Found:
    """A verdict has more accounts on its side, but not more independent witnesses."""
    for comparison in book.criticism.all():
        witnesses = book.criticism.dependence.of(comparison.accounts)
        for verdict in comparison.verdicts if len(comparison.accounts) > 2 else ():
            given, against = book.criticism.sides(comparison, verdict.prefers or "")
            own = witnesses.independent(given)
            others = witnesses.independent(against, apart=witnesses.roots(given))
            if len(given) > len(against) and own <= others:
                first = given[0].citation
                use = Use(first, verdict.docname, verdict.line, comparison.of, verdict.file)
                label = comparison.property.replace("-", " ")
                word = "witness" if own == 1 else "witnesses"
                said = f"{len(given)} accounts give {verdict.prefers!r}, but make {own} {word}"
                yield use, f"{label}: {said}, against {others}; say what else speaks for it"
