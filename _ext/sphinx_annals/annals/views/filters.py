"""The one filter vocabulary of all views: from, to, actor, place, treaty, tag, chapter.

Pure. Options of different names narrow a view together; values of one option widen it.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sphinx_annals.annals.model import ACTORS, Article, Catalogue, Kind, Record
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.annals.views.options import asked, options_of
from sphinx_annals.dates import ALLOWED, Day, HistoricalDate, display, parse
from sphinx_annals.text import did_you_mean


def chapters(text: str) -> tuple[str, ...]:
    """Read names or labels of documents, with or without a suffix: ``04-treaty.md``."""
    return tuple(
        piece.removeprefix("/").removesuffix(".md").removesuffix(".rst")
        for piece in convert.split(text)
    )


@dataclass(frozen=True, slots=True)
class Filter:
    """What passes: dates from ``start`` to ``end``, and any of the values of each other."""

    start: HistoricalDate | None = asked(parse, ALLOWED, default=None, name="from")
    end: HistoricalDate | None = asked(parse, ALLOWED, default=None, name="to")
    actor: tuple[str, ...] = asked(convert.identifiers, "write ids of people or organisations")
    place: tuple[str, ...] = asked(convert.identifiers, "write ids of places")
    treaty: tuple[str, ...] = asked(convert.identifiers, "write ids of treaties")
    tag: tuple[str, ...] = asked(convert.words, "write tags")
    chapter: tuple[str, ...] = asked(chapters, "write names or labels of documents")

    def __str__(self) -> str:
        """The filter as a reader sees it: ``from 1950, place moscow``."""
        parts = []
        for name, option in options_of(Filter).items():
            value = getattr(self, option.attribute)
            if value:
                shown = display(value) if isinstance(value, HistoricalDate) else " or ".join(value)
                parts.append(f"{name} {shown}")
        return ", ".join(parts)


def contradictions(filter: Filter) -> Iterator[str]:
    """Say why nothing can pass, if that is so."""
    first, last = _limits(filter)
    if filter.start and filter.end and first and last and first > last:
        yield (
            f":from: {display(filter.start)} is after :to: {display(filter.end)}, "
            "so that nothing can be shown; exchange them"
        )


def _limits(filter: Filter) -> tuple[Day | None, Day | None]:
    first = filter.start.earliest if filter.start else None
    return first, filter.end.latest if filter.end else None


def chapter_names(docnames: Iterable[str], labels: Mapping[str, str]) -> dict[str, str]:
    """Give the documents by every name they may be filtered with.

    Whole names come first, then labels, then last parts of names where only one document
    has them.
    """
    ends = {docname: docname.rsplit("/", 1)[-1] for docname in docnames}
    owners = Counter(ends.values())
    short = {end: docname for docname, end in ends.items() if owners[end] == 1}
    return {**short, **labels, **{docname: docname for docname in ends}}


def unknown_values(
    filter: Filter, catalogue: Catalogue, documents: Mapping[str, str]
) -> Iterator[str]:
    """Say which values of a filter stand for nothing, and what may be meant."""
    wanted = {"actor": None, "place": Kind.PLACE, "treaty": Kind.TREATY}
    for option, kind in wanted.items():
        for id in getattr(filter, option):
            if not catalogue.find(id, kind):
                yield f":{option}: {catalogue.explain_unknown(id, kind)}"
    tags = {tag for record in catalogue.records for tag in record.tags} if filter.tag else ()
    for tag in filter.tag:
        if tag not in tags:
            yield f":tag: no annotation has the tag {tag!r}{did_you_mean(tag, tags)}"
    for name in filter.chapter:
        if name not in documents:
            yield f":chapter: unknown document {name!r}{did_you_mean(name, documents)}"


class Selection:
    """A filter made ready for many records of one catalogue."""

    def __init__(self, filter: Filter, catalogue: Catalogue, documents: Mapping[str, str]) -> None:
        self._catalogue = catalogue
        self._dated = bool(filter.start or filter.end)
        self._first, self._last = _limits(filter)
        self._ids = {
            option: {catalogue.current(id) for id in getattr(filter, option)}
            for option in ("actor", "place", "treaty")
        }
        self._tags = set(filter.tag)
        self._documents = {documents.get(name, name) for name in filter.chapter}

    def __contains__(self, record: Record) -> bool:
        """Whether a record passes."""
        return self.in_chapter(record.docname) and self.passes(record)

    def in_chapter(self, docname: str) -> bool:
        """Whether a document is one of those wanted."""
        return not self._documents or docname in self._documents

    def passes(self, record: Record) -> bool:
        """Whether a record passes, wherever it is stated.

        A provision has the dates, the parties and the place of its treaty.
        """
        if self._tags and self._tags.isdisjoint(record.tags):
            return False
        holder: Record = record
        if isinstance(record, Article):
            holder = self._catalogue.find(record.treaty or "") or record
        return self._in_time(holder) and all(
            self._is_related(record, option) or self._is_related(holder, option)
            for option, wanted in self._ids.items()
            if wanted
        )

    def _in_time(self, record: Record) -> bool:
        if not self._dated:
            return True
        spans = [date.span for _, date in record.dates]
        return any(
            (self._last is None or first <= self._last)
            and (self._first is None or last >= self._first)
            for first, last in spans
        )

    def _is_related(self, record: Record, option: str) -> bool:
        wanted = self._ids[option]
        return any(self._catalogue.current(id) in wanted for id in _ids(record, option))


def _ids(record: Record, option: str) -> Iterator[str]:
    """Give the ids by which a record is related as actor, place or treaty."""
    if record.kind.value == option or (option == "actor" and record.kind in ACTORS):
        yield record.id
    for field in record.fields:
        if field.refers and option == _filtered_as(field.refers.kind, record.kind):
            yield from field.refers.ids(record.value(field))


def _filtered_as(kind: Kind | None, holder: Kind) -> str:
    """Give the filter by which objects of a kind are sought that others refer to.

    A treaty that another one supersedes has no part in it: relations among equals do not count.
    """
    if kind is holder:
        return ""
    return kind.value if kind in (Kind.PLACE, Kind.TREATY) else "actor" if kind in ACTORS else ""
