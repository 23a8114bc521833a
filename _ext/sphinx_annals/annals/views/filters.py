"""The one filter vocabulary of all views: from, to, actor, place, treaty, tag, chapter.

Pure. Options of different names narrow a view together; values of one option widen it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf
from typing import Any

from sphinx_annals.annals.model import (
    ACTORS,
    Article,
    Catalogue,
    Event,
    Ids,
    Kind,
    Record,
    WordList,
)
from sphinx_annals.annals.views.options import asked, day, options_of
from sphinx_annals.dates import Day, HistoricalDate, in_words
from sphinx_annals.language import Language
from sphinx_annals.text import did_you_mean

_NAMED = {"actor": ACTORS, "place": (Kind.PLACE,), "treaty": (Kind.TREATY,)}
"""The kinds of the objects that options name; none in particular comes first among actors."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What passes: dates from ``start`` to ``end``, and any of the values of each other."""

    start: HistoricalDate | None = day("from", "What ends before it is left out.")
    end: HistoricalDate | None = day("to", "What begins after it is left out.")
    actor: tuple[str, ...] = asked(
        Ids().convert, "write ids of people or organisations", about="Who takes part."
    )
    place: tuple[str, ...] = asked(Ids().convert, "write ids of places", about="Where it is.")
    treaty: tuple[str, ...] = asked(
        Ids().convert, "write ids of treaties", about="The treaty it belongs to."
    )
    tag: tuple[str, ...] = asked(WordList().convert, "write tags", about="One of its keywords.")
    chapter: tuple[str, ...] = asked(
        WordList().convert, "write names or labels of documents", about="Where it is written."
    )

    @property
    def narrows(self) -> bool:
        """Whether it leaves anything out."""
        return any(getattr(self, option.attribute) for option in options_of(Filter).values())

    def told(self, language: Language) -> str:
        """Give the filter as a reader sees it: ``from 1950, place moscow``."""
        phrases, between = _phrases(language), language.gettext(" or ")
        parts = []
        for name, option in options_of(Filter).items():
            value = getattr(self, option.attribute)
            if value:
                dated = isinstance(value, HistoricalDate)
                shown = in_words(value, language) if dated else between.join(value)
                parts.append(phrases[name].format(value=shown))
        return language.mark(", ").join(parts)


def _phrases(language: Language) -> dict[str, str]:
    return {
        "from": language.gettext("from {value}"),
        "to": language.gettext("to {value}"),
        "actor": language.gettext("actor {value}"),
        "place": language.gettext("place {value}"),
        "treaty": language.gettext("treaty {value}"),
        "tag": language.gettext("tag {value}"),
        "chapter": language.gettext("chapter {value}"),
    }


def chapter_names(docnames: Iterable[str], labels: Mapping[str, str]) -> dict[str, str]:
    """Give the documents by every name they may be filtered with.

    Whole names come first, then labels, then last parts of names: of documents that share one it
    is that of the one in the fewest folders, as the chapter beside a folder of its points.
    """
    ends: dict[str, dict[int, list[str]]] = defaultdict(lambda: defaultdict(list))
    for docname in (whole := list(docnames)):
        ends[docname.rsplit("/", 1)[-1]][docname.count("/")].append(docname)
    short = {
        end: found[0] for end, depths in ends.items() if len(found := depths[min(depths)]) == 1
    }
    return {**short, **labels, **{docname: docname for docname in whole}}


def problems(filter: Filter, catalogue: Catalogue, documents: Mapping[str, str]) -> Iterator[str]:
    """Say why nothing can pass, and which values stand for nothing, and what may be meant."""
    start, end = filter.start, filter.end
    if start and end and start.span[0] > end.span[1]:
        remedy = "so that nothing can be shown; exchange them"
        yield f":from: {start!s} is after :to: {end!s}, {remedy}"
    for option, (kind, *_) in _NAMED.items():
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
        # an open date counts as far as it is told
        self._first: Any = filter.start.span[0] if filter.start else (-inf,)
        self._last: Any = filter.end.span[1] if filter.end else (inf,)
        self._ids = {
            option: {catalogue.current(id) for id in getattr(filter, option)} for option in _NAMED
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
        if self._dated and not any(
            first <= self._last and last >= self._first for first, last in self._spans(holder)
        ):
            return False
        return all(
            any(
                self._catalogue.current(id) in wanted
                for r in (record, holder)
                for id in _ids(r, option)
            )
            for option, wanted in self._ids.items()
            if wanted
        )

    def _spans(self, record: Record) -> Iterator[tuple[Day, Day]]:
        """Give the first and the last day of each date; of an event without one, its bounds."""
        yield from (date.span for _, date in record.dates)
        bounds = self._catalogue.chronology.bounds(record.id) if isinstance(record, Event) else None
        if bounds and not record.dates and bounds.after and bounds.before:
            yield bounds.after, bounds.before


def _ids(record: Record, option: str) -> Iterator[str]:
    """Give the ids by which a record is related as actor, place or treaty.

    A treaty that another one supersedes has no part in it: relations among equals do not count.
    """
    kinds = _NAMED[option]
    if record.kind in kinds:
        yield record.id
    for _, id, kind in record.references:
        if kind in kinds and kind is not record.kind:
            yield id
