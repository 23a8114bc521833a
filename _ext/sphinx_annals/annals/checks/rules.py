"""The checks: pure generators of findings, one for each rule.

Dates are compared by the days that they leave possible: what is reported is certain, never
a matter of precision ("1950" lies in "January 1950 – February 1950"), and dates that authors
mark as uncertain or approximate contradict nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from sphinx_annals.annals.checks.circles import graph_of, rings
from sphinx_annals.annals.checks.citations import Book
from sphinx_annals.annals.checks.findings import Finding, Severity
from sphinx_annals.annals.criticism.comparing import Status, all_comparisons, property_label
from sphinx_annals.annals.criticism.values import normalise
from sphinx_annals.annals.export.works import Works, located_pages, show_pages
from sphinx_annals.annals.model.catalogue import Catalogue
from sphinx_annals.annals.model.records import Article, Event, Record, Treaty
from sphinx_annals.annals.model.terms import Kind, TreatyKind
from sphinx_annals.dates import Day, HistoricalDate, after_term, show_day

Rule = Callable[[Book], Iterator[Finding]]


def _at(code: str, record: Record, message: str) -> Finding:
    severity = CODES[code].severity
    message = f"{record.id}: {message}"
    return Finding(code, severity, message, record.docname, record.line, record.id, record.file)


def older_sources(book: Book) -> Iterator[Finding]:
    """Find sources that were published before what they report."""
    for use in book.uses:
        work, date = book.work(use.citation.key), use.reported
        first = date.earliest if date and not date.is_uncertain else None
        if work and first and work.published_by and work.published_by < first:
            message = (
                f"{use.object}: {work.key} was published by {show_day(work.published_by)}, "
                f"before {show_day(first)}, the first day of what it is cited for"
            )
            yield Finding("older-source", CODES["older-source"].severity, message,
                          use.docname, use.line, use.object, use.file)  # fmt: skip


def locators_outside(book: Book) -> Iterator[Finding]:
    """Find page locators outside the pages of the entry that is cited."""
    seen = set()
    for use in book.uses:
        work = book.work(use.citation.key)
        spans = work.pages if work else ()
        place = (use.object or (use.docname, use.line), use.citation.key, use.citation.locator)
        if not work or not spans or place in seen:
            continue
        seen.add(place)
        for first, last in located_pages(use.citation.locator):
            if not any(low <= first and last <= high for low, high in spans):
                prefix = f"{use.object}: " if use.object else ""
                pages = show_pages(spans)
                message = f"{prefix}{use.citation.locator!r} lies outside {work.key}, pp. {pages}"
                yield Finding("locator-outside", CODES["locator-outside"].severity, message,
                              use.docname, use.line, use.object or work.key, use.file)  # fmt: skip
                break


def outside_parent(book: Book) -> Iterator[Finding]:
    """Find events that begin before or end after the event they are part of."""
    for event in book.catalogue.of_type(Event):
        parent = book.catalogue.find(event.part_of or "")
        if not isinstance(parent, Event) or not event.date or not parent.date:
            continue
        sides = _sides(event.date, parent.date)
        if sides:
            message = f"{event.date} {sides} {parent.id}, which it is part of ({parent.date})"
            yield _at("outside-parent", event, message)


def _sides(child: HistoricalDate, parent: HistoricalDate) -> str:
    if child.is_uncertain or parent.is_uncertain:
        return ""
    ends_known = child.start and child.end  # "../1950" may as well be 1940
    starts = child.start.latest if child.start and ends_known else child.latest
    ends = child.end.earliest if child.end and ends_known else child.earliest
    first, last = parent.earliest, parent.latest
    before = first and ((starts and starts < first) or (child.latest and child.latest < first))
    after = last and ((ends and ends > last) or (child.earliest and child.earliest > last))
    words = [word for word, on in (("begins before", before), ("ends after", after)) if on]
    return " and ".join(words)


def expiry_contradictions(book: Book) -> Iterator[Finding]:
    """Find expiries that fit neither signature nor entry into force plus the term.

    A term of years ends on the anniversary or on the day before it; both are let pass.
    """
    for treaty in book.catalogue.of_type(Treaty):
        starts = [d for d in (treaty.in_force, treaty.signed) if d and not d.is_uncertain]
        if not treaty.term or not treaty.expiry or not starts:
            continue
        spans = [span for date in starts if (span := after_term(date, treaty.term))]
        dates = treaty.expiry.members or (treaty.expiry,)
        if spans and not any(_meets(date, span) for date in dates for span in spans):
            shown = " or ".join(dict.fromkeys(show_day(last) for _, last in spans))
            message = f"expiry {treaty.expiry}, but the term of {treaty.term.display} ends {shown}"
            yield _at("expiry-contradiction", treaty, message)


def _meets(date: HistoricalDate, span: tuple[Day, Day]) -> bool:
    first, last = (None, None) if date.is_uncertain else (date.earliest, date.latest)
    return not ((last and last < span[0]) or (first and first > span[1]))


def impossible_orders(book: Book) -> Iterator[Finding]:
    """Find dates of one object that come in an impossible order."""
    for record in book.catalogue.records:
        dates = dict(record.dates)
        pairs = [(first, field.name) for field in record.fields for first in field.after]
        for first, second in pairs:
            if first in dates and second in dates and _before(dates[second], dates[first]):
                message = f"{second} {dates[second]} comes before {first} {dates[first]}"
                yield _at("impossible-order", record, message)
    for event in book.catalogue.of_type(Event):
        for id in event.follows:
            earlier = book.catalogue.find(id)
            if isinstance(earlier, Event) and _before(event.date, earlier.date):
                message = f"{event.date}, but it follows {earlier.id} ({earlier.date})"
                yield _at("impossible-order", event, message)


def _before(one: HistoricalDate | None, other: HistoricalDate | None) -> bool:
    if not one or not other or one.is_uncertain or other.is_uncertain:
        return False
    return bool(one.latest and other.earliest and one.latest < other.earliest)


def circular_relations(book: Book) -> Iterator[Finding]:
    """Find objects that in the end are part of, follow or replace themselves."""
    for option in book.catalogue.relations:
        for ring in rings(graph_of(book.catalogue, option)):
            record = book.catalogue.find(ring[0])
            if record:
                way = f" by way of {', '.join(ring[1:])}" if ring[1:] else ""
                yield _at("circular", record, f":{option}: leads back to it{way}")


def incomplete_treaties(book: Book) -> Iterator[Finding]:
    """Find treaties without parties, signatories or entry into force."""
    for treaty in book.catalogue.of_type(Treaty):
        if not treaty.parties:
            yield _at("no-parties", treaty, "no parties; add :parties: with the ids of states")
        if not treaty.signatories:
            yield _at("no-signatories", treaty, "no signatories; add :signatories: with ids")
        lasting = treaty.treaty_kind is not TreatyKind.DECLARATION
        if lasting and not treaty.in_force:
            yield _at("no-entry-into-force", treaty, "no entry into force; add :in-force:")


def unsourced(book: Book) -> Iterator[Finding]:
    """Find annotations with no source of their own, in an account or in their body."""
    cited = {use.object for use in book.uses}
    for record in book.catalogue.records:
        if record.id not in cited:
            message = "no source; add :sources:, or cite one in its body"
            yield _at("no-source", record, message)


def never_mentioned(book: Book) -> Iterator[Finding]:
    """Find objects that neither prose nor another annotation refers to."""
    used = {
        target.id
        for record in book.catalogue.records
        if not isinstance(record, Article)
        for _, id, _ in record.references
        if (target := book.catalogue.find(id)) and target is not record
    }
    for record in book.catalogue.records:
        if record.id not in used and not book.catalogue.mentions_of(record.id):
            role = f"{{{record.kind.value}}}`{record.id}`"
            yield _at("never-mentioned", record, f"never mentioned; refer to it as {role}")


def never_cited(book: Book) -> Iterator[Finding]:
    """Find entries of the bibliography that nothing cites, nor an entry cited as its part."""
    cited = {book.keys.get(use.citation.key) for use in book.uses}
    cited |= {work.fields.get("crossref") for key, work in book.works.items() if key in cited}
    for key, work in book.works.items():
        if key not in cited:
            message = f"{key}: never cited"
            yield Finding("never-cited", CODES["never-cited"].severity, message, "", work.line,
                          key, work.path)  # fmt: skip


def open_disputes(book: Book) -> Iterator[Finding]:
    """Find disputes on which the editors give no verdict."""
    for comparison in all_comparisons(book.catalogue):
        if comparison.status is Status.DISPUTED and comparison.accounts:
            first = comparison.accounts[0]
            values = ", ".join(dict.fromkeys(repr(a.value) for a in comparison.accounts))
            message = (
                f"{comparison.of}: {property_label(comparison.property)} is disputed ({values}); "
                f"add a verdict on it"
            )
            yield Finding("open-dispute", CODES["open-dispute"].severity, message,
                          first.docname, first.line, comparison.of, first.file)  # fmt: skip


def shared_names(book: Book) -> Iterator[Finding]:
    """Find objects of one kind with one name, variants included, that may be the same.

    Two whose dates exclude each other are two; provisions are named within their treaties.
    """
    groups: dict[tuple[Kind, str], dict[str, Record]] = {}
    for record in book.catalogue.records:
        if not isinstance(record, Article):
            for name in (record.title, *(name.text for name in record.names)):
                groups.setdefault((record.kind, normalise(name)), {})[record.id] = record
    seen = set()
    for (kind, _), group in groups.items():
        for one, other in _overlapping(group.values()) if len(group) > 1 else ():
            if (one.id, other.id) not in seen:
                seen.add((one.id, other.id))
                place = f"{one.file or one.docname}, line {one.line}"
                message = f"{kind.label} {one.id!r} ({place}) has this name"
                yield _at("shared-name", other, message + "; keep one, the other as an alias")


def _overlapping(records: Iterable[Record]) -> Iterator[tuple[Record, Record]]:
    """Give each record that may be one with another, with that one, in a single sweep."""
    lowest, highest = (-(10**12), 1, 1), (10**12, 1, 1)
    spans = []
    for order, record in enumerate(records):
        date = record.dates[0][1] if record.dates else None
        first, last = (date.earliest, date.latest) if date else (None, None)
        spans.append((first or lowest, order, last or highest, record))
    spans.sort(key=lambda span: span[:2])
    _, _, reach, holder = spans[0]
    for first, _, last, record in spans[1:]:
        if first <= reach:
            yield holder, record
        if last > reach:
            reach, holder = last, record


@dataclass(frozen=True, slots=True)
class Code:
    """What a code means: its severity, help, and the rule that finds it."""

    severity: Severity
    help: str
    rule: Rule | None = None


_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO
CODES: dict[str, Code] = {
    "older-source": Code(_E, "A source is older than what it reports.", older_sources),
    "locator-outside": Code(_W, "A locator is outside the entry's page range.", locators_outside),
    "outside-parent": Code(_E, "An event is outside the dates of its parent.", outside_parent),
    "expiry-contradiction": Code(
        _E, "An expiry contradicts the term counted from signature or entry into force.",
        expiry_contradictions,
    ),
    "impossible-order": Code(_E, "Dates come in an impossible order.", impossible_orders),
    "circular": Code(_E, "A relation leads back to where it starts.", circular_relations),
    "no-parties": Code(_W, "A treaty has no parties.", incomplete_treaties),
    "no-signatories": Code(_I, "A treaty has no signatories."),
    "no-entry-into-force": Code(_I, "A treaty has no entry into force."),
    "no-source": Code(_W, "An annotation has no source.", unsourced),
    "never-mentioned": Code(_I, "Nothing in the book refers to an object.", never_mentioned),
    "never-cited": Code(_I, "An entry of the bibliography is never cited.", never_cited),
    "open-dispute": Code(_W, "Accounts exclude each other, without a verdict.", open_disputes),
    "shared-name": Code(_W, "Two ids have one name.", shared_names),
    "stale-acknowledgement": Code(_I, "What is acknowledged is no longer found."),
}  # fmt: skip
"""All codes; those without a rule are found by the rule of another, or by what reports them."""


def check(catalogue: Catalogue, works: Works) -> Iterator[Finding]:
    """Give the findings of all rules."""
    book = Book(catalogue, works)
    for code in CODES.values():
        if code.rule:
            yield from code.rule(book)
