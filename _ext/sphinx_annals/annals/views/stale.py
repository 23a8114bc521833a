"""Which pages are stale: those that show something that another document states otherwise now."""

import dataclasses
import hashlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_annals.annals.criticism import Comparison
from sphinx_annals.annals.doctree import PAGED
from sphinx_annals.annals.domain import domain_of, works_of
from sphinx_annals.annals.model import (
    DocumentNotes,
    Link,
    Marked,
    Markup,
    Words,
    taken_from_others,
)
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.dates import HistoricalDate
from sphinx_annals.interfaces import EVERY_PAGE, Names
from sphinx_annals.messages import warn
from sphinx_annals.text import Citation


def shown_on(notes: DocumentNotes, corpus: Corpus) -> Iterator[object]:
    """Give all that a page shows of what other documents state, as values."""
    for mention in notes.mentions:
        yield Link(mention.target)
    for record in notes.records:
        yield from taken_from_others(record, corpus.catalogue)
        yield corpus.catalogue.mentions_of(record.id)
    about = {record.id for record in notes.records} | {said.of for said in notes.statements}
    for id in sorted(about):
        for point in corpus.criticism.of(id):
            yield point
            yield corpus.listed_in(point)
    for view in notes.views.values():
        yield corpus.shown(view)


class Fingerprints:
    """Hashes values, with what links and citations in them lead to and are called."""

    def __init__(self, corpus: Corpus, names: Names) -> None:
        self._names = names

        @cache  # a link stands in many places, and its target is asked for in each
        def target(id: str) -> str:
            found = corpus.catalogue.find(id)
            if found is None:
                return repr(id)
            names = found.display, found.heading
            return self._each((id, found.docname, found.anchor, *names, found.kind))

        self._target = target
        self._points: dict[tuple[str, str], str] = {}
        self._ways: dict[type, Callable[[Any], str]] = {}

    def of(self, values: Iterable[object]) -> str:
        """Give a hash of values."""
        return _digest(map(self._resolved, values))

    def _resolved(self, value: Any) -> str:
        """Give a text that two values share only if readers see the same."""
        try:
            way = self._ways[type(value)]
        except KeyError:
            way = self._ways[type(value)] = self._way_of(type(value))
        return way(value)

    def _way_of(self, kind: type) -> Callable[[Any], str]:
        """Give what makes such a text of all values of a type."""
        ways: dict[type | tuple[type, ...], Callable[[Any], str]] = {
            Link: self._link,
            Words: self._words,
            Marked: lambda text: f"{str(text)!r} {self._resolved(text.markup)}",
            (tuple, list): self._each,
            HistoricalDate: lambda date: f"{date.edtf} {date.calendar.value}",  # all of it
            Citation: lambda said: f"{str(said)!r} {self._known_as(w.key for w in said.works)}",
            Comparison: self._point,
            Markup: lambda markup: f"{markup.digest} {self._known_as(markup.targets)}",
        }
        for known, way in ways.items():
            if issubclass(kind, known):
                return way
        if dataclasses.is_dataclass(kind):
            return partial(self._fields, _compared(kind))
        return repr

    def _link(self, link: Link) -> str:
        target = self._target(link.id)
        return f"{self._resolved(link.text)} {target}" if link.text else target

    def _words(self, words: Words) -> str:
        told = self._resolved(words.text)
        return f"{told} {words.language!r} {words.href!r}" if words.language or words.href else told

    def _point(self, point: Comparison) -> str:
        # it is shown once, and stands in each document that has an account of it
        if (key := (point.of, point.property)) not in self._points:
            told = self._fields(_compared(Comparison), point)
            # where it stands apart it names its object
            self._points[key] = _digest((self._target(point.of), told))
        return self._points[key]

    def _known_as(self, names: Iterable[str]) -> list[object]:
        return [self._names.get(name.casefold()) for name in names]

    def _fields(self, names: Iterable[str], value: object) -> str:
        return self._each([getattr(value, name) for name in names])

    def _each(self, values: Iterable[Any]) -> str:
        return f"({', '.join(map(self._resolved, values))})"


def _digest(values: Iterable[str]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for value in values:
        # the same in every process, as what hash() gives for a text is not
        digest.update(value.encode())
    return digest.hexdigest()


def _compared(value_type: Any) -> tuple[str, ...]:
    """Give the names of what makes two values differ: not the lines where they stand."""
    return tuple(field.name for field in dataclasses.fields(value_type) if field.compare)


def hash_pages(app: Sphinx, names: Names) -> dict[str, str]:
    """Give a hash of what each page shows of what documents state (``page-shows``)."""
    domain = domain_of(app.env)
    domain.forget()  # others may have changed titles until now
    if app.builder.format in PAGED:  # one file, written whole when any document has been read
        return {EVERY_PAGE: repr(list(works_of(app.env).values()))}
    corpus = domain.derived(Corpus)
    fingerprints = Fingerprints(corpus, names)
    found = {
        docname: fingerprints.of(shown_on(notes, corpus))
        for docname, notes in corpus.catalogue.documents.items()
    }
    # pages link to the indices that there are; one is left out where a document has its name
    there = {record.kind.value for record in corpus.catalogue.records}
    there |= {name for name in app.env.found_docs if name.startswith("annals-")}
    return {EVERY_PAGE: " ".join(sorted(there)), **found}


def warn_of_problems(_app: Sphinx, env: BuildEnvironment) -> None:
    """Say what views ask for that nobody states."""
    domain = domain_of(env)
    for notes in domain.documents.values():
        for view in notes.views.values():
            place = domain.location(view.docname, view.line, view.file)
            for message in view.problems(domain.derived(Corpus)):
                warn(view.subtype, f"{view.name}: {message}", place)
