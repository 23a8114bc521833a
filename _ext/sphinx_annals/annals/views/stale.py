"""Which pages are stale: those that show something that another document states otherwise now."""

import dataclasses
import hashlib
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_annals.annals.criticism import Comparison
from sphinx_annals.annals.doctree import PAGED
from sphinx_annals.annals.domain import domain_of, works_of
from sphinx_annals.annals.model import DocumentNotes, Link, Marked, Markup, taken_from_others
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


_PLAIN = frozenset({type(None), str, bool, int, float})
"""Types of values that say by themselves what readers see; most values are of these."""


class Fingerprints:
    """Hashes values, with what links and citations in them lead to and are called."""

    def __init__(self, corpus: Corpus, names: Names) -> None:
        self._names = names

        @cache  # a link stands in many places, and its target is asked for in each
        def target(id: str) -> str:
            found = corpus.catalogue.find(id)
            if found is None:
                return ""
            names = found.display, found.heading
            return self._each((found.docname, found.anchor, *names, found.kind))

        self._target = target
        self._date = cache(repr)  # long, and those of a table stand in others too
        self._points: dict[tuple[str, str], str] = {}

    def of(self, values: Iterable[object]) -> str:
        """Give a hash of values."""
        return _digest(map(self._resolved, values))

    def _resolved(self, value: Any) -> str:
        """Give a text that two values share only if readers see the same."""
        match value:
            case Link():
                return f"{value.id!r}: {self._each((value.text,))} {self._target(value.id)}"
            case Marked():
                return f"{str(value)!r} {self._resolved(value.markup)}"
            case tuple() | list():
                return self._each(value)
            case HistoricalDate():
                return self._date(value)
            case Citation():
                return f"{str(value)!r} {[self._known_as(work.key) for work in value.works]}"
            case Comparison():
                # it is shown once, and stands in each document that has an account of it
                if (key := (value.of, value.property)) not in self._points:
                    told = (getattr(value, name) for name in _compared(Comparison))
                    # where it stands apart it names its object
                    self._points[key] = _digest((self._target(value.of), self._each(told)))
                return self._points[key]
            case Markup():
                return f"{value.digest} {[self._known_as(target) for target in value.targets]}"
            case _ if dataclasses.is_dataclass(value):
                return self._each([getattr(value, name) for name in _compared(value.__class__)])
            case _:
                return repr(value)

    def _known_as(self, name: str) -> object:
        return self._names.get(name.casefold())

    def _each(self, values: Iterable[Any]) -> str:
        told = [repr(value) if type(value) in _PLAIN else self._resolved(value) for value in values]
        return f"({', '.join(told)})"


def _digest(values: Iterable[str]) -> str:
    digest = hashlib.blake2b(digest_size=16)
    for value in values:
        # the same in every process, as what hash() gives for a text is not
        digest.update(value.encode())
    return digest.hexdigest()


@cache
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
    # pages link to the indices that there are
    kinds = {record.kind.value for record in corpus.catalogue.records}
    return {EVERY_PAGE: " ".join(sorted(kinds)), **found}


def warn_of_problems(_app: Sphinx, env: BuildEnvironment) -> None:
    """Say what views ask for that nobody states."""
    domain = domain_of(env)
    for notes in domain.documents.values():
        for view in notes.views.values():
            place = domain.location(view.docname, view.line, view.file)
            for message in view.problems(domain.derived(Corpus)):
                warn(view.subtype, f"{view.name}: {message}", place)
