"""From records to results: which works a list shows, how they are labelled, who cites them.

Derived anew in every build from what the environment keeps, in time proportional to citations
and entries.
"""

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, partial
from typing import NamedTuple

from sphinx_annals.citations.bib import Library
from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.build.roles import BibList, Use
from sphinx_annals.citations.build.writing.stock import labelled
from sphinx_annals.citations.entry import Entry, Rich
from sphinx_annals.citations.style import (
    STYLES,
    Options,
    chicago,
    filters,
    groups,
    letters,
    namesakes,
    native,
    short_names,
    sort_key,
    year_label,
)
from sphinx_annals.text import did_you_mean, each_work, filing_key, numbered


class Work(NamedTuple):
    """A work of a list: the key that it is cited by there, its entry, where it stands.

    A list in one of pybtex's styles gives it a label.
    """

    key: str
    entry: Entry
    docname: str = ""
    anchor: str = ""
    label: str = ""


class Cited(NamedTuple):
    """One place that cites a work, with the locator as written, and by which it was read."""

    docname: str
    use: Use
    locator: str
    via: str = ""


@dataclass
class Resolution:
    """The state of all citations of a project in one build.

    Without lists and uses it is that of a document still being read: all is right but letters,
    for which every work that is cited must be known.
    """

    library: Library
    options: Options = field(default_factory=Options)
    lists: Mapping[str, Sequence[BibList]] = field(default_factory=dict)
    uses: Mapping[str, Sequence[Use]] = field(default_factory=dict)
    order: Sequence[str] = ()
    id_template: str = ""

    def __post_init__(self) -> None:
        self.problems: dict[tuple[Subtype, str, tuple[str, int]], None] = {}
        self.contents: dict[tuple[str, str], list[tuple[str, list[Work]]]] = {}
        self.places: dict[str, list[Work]] = defaultdict(list)
        self._prefixes = {item.keyprefix: None for items in self.lists.values() for item in items}
        # each made once for a work, and forgotten with the build
        self.called: dict[str, str] = {}
        self.names, self.reference = cache(self._names), cache(self._reference)
        self.year, self._known = cache(self._year), cache(self._all_known)
        self.entry = cache(partial(self.library.cited_as, prefixes=self._prefixes))
        self._cited_in = cache(self._all_documents)
        lists = [
            (count, item, self._chosen(item))
            for docname in self.order
            for count, item in enumerate(self.lists.get(docname, ()), 1)
        ]
        wanted = {work.entry.key: work.entry for *_, works in lists for work in works}
        wanted |= {found.key: found for found in map(self.entry, self.cited) if found}
        self._settle(wanted)
        taken: set[tuple[str, str]] = set()
        for count, item, works in lists:
            named = []
            for work in self._in_order(item, works):
                # a template may leave out what tells lists apart, or works
                ids = numbered(anchor(work.key, self.id_template, count))
                own = next(name for name in ids if (item.docname, name) not in taken)
                taken.add((item.docname, own))
                named.append(work._replace(anchor=own))
            self.contents[item.docname, item.id] = self._grouped(item, named)
            for work in named if item.list == "citation" else ():
                self.places[work.key].append(work)
        self._labels = any(work.label for works in self.places.values() for work in works)

    def _settle(self, wanted: Mapping[str, Entry]) -> None:
        """Decide what hangs on every work that is listed or cited, and what every list needs."""
        dated = self.options.style != "notes"
        self.called = namesakes(wanted.values())
        self.letters = letters(wanted.values(), self.called, self.options) if dated else {}

    @cached_property
    def cited(self) -> dict[str, list[Cited]]:
        """Every use by cited key, in the order of the book."""
        found: dict[str, list[Cited]] = defaultdict(list)
        for docname in self.order:
            for use in self.uses.get(docname, ()):
                for work in each_work(use.targets):
                    via = work.via.key if work.via else ""
                    found[work.key].append(Cited(docname, use, work.locator, via))
        return dict(found)

    def _in_order(self, item: BibList, works: list[Work]) -> list[Work]:
        """Give the works of a list in its order, with the labels of its style if it has some."""
        if item.style in ("", *STYLES):
            return sorted(works, key=lambda work: sort_key(work.entry))
        turn = {key: number for number, key in enumerate(self.cited)}
        filed = {key: number for number, key in enumerate(self.library.entries)}
        # as cited, which styles such as `unsrt` keep
        works = sorted(works, key=lambda w: (turn.get(w.key, len(turn)), filed[w.entry.key]))
        return [
            works[index]._replace(label=item.labelprefix + label)
            for index, label in labelled(item.style, [work.entry for work in works])
        ]

    def _grouped(self, item: BibList, works: list[Work]) -> list[tuple[str, list[Work]]]:
        homes = {}
        tests = [(heading, filters.compile_filter(source)) for heading, source in item.groups]
        said = "in a filter of a group; it takes the works that are cited"
        for work in works:
            fitting = (name for name, test in tests if self._fits(item, work, test, said))
            keyword = groups.keyword_of(work.entry.text("keywords"))
            homes[work.key] = keyword if item.by_keyword else next(fitting, "")
        order = [heading for heading, _ in item.groups]
        if item.by_keyword:
            order = sorted(set(homes.values()) - {""}, key=filing_key)
        return groups.divided(works, lambda work: homes[work.key], order)

    def _fits(self, item: BibList, work: Work, test: filters.Test, otherwise: str) -> bool:
        """Apply a filter; where it fails works that are cited fit, and one warning says so."""
        docnames = self._cited_in(work.key, item.keyprefix)
        try:
            return test(work.entry, item.docname, docnames)
        except filters.FilterError as error:
            self._problem(Subtype.FILTER, f"{error}; {otherwise}", item)
            return bool(docnames)

    def _all_documents(self, key: str, prefix: str) -> frozenset[str]:
        """Give the documents that cite a work, under any of its keys with the prefix of a list."""
        others = self.library.other_keys.get(key.removeprefix(prefix), ())
        keys = [key, *(prefix + alias for alias in others)]
        return frozenset(cited.docname for key in keys for cited in self.cited.get(key, ()))

    def _problem(self, kind: Subtype, message: str, item: BibList) -> None:
        self.problems[kind, message, (item.docname, item.line)] = None

    def _chosen(self, item: BibList) -> list[Work]:
        test = filters.compile_filter(item.filter)
        works = [
            Work(item.keyprefix + key, entry, item.docname)
            for key, entry in self.library.entries.items()
            if not item.files or entry.path in item.files
        ]
        for key in sorted(item.keys):
            if self.library.get(key) is None:
                hint = did_you_mean(key, self.library.near)
                self._problem(Subtype.KEY, f"unknown key {key!r}{hint}", item)
        said = f"in the filter {item.filter!r}; the cited works are listed"
        return [w for w in works if w.entry.key in item.keys or self._fits(item, w, test, said)]

    def place(self, key: str, docname: str) -> Work | None:
        """Give the work of a list that a citation links to: in its own document, else the first."""
        found = self.places.get(key) or self.places.get(self.library.aliases.get(key, ""))
        if not found or len(found) == 1:
            return found[0] if found else None
        return next((place for place in found if place.docname == docname), found[0])

    def _names(self, entry: Entry, *, full: bool = False) -> Rich:
        """Give the names that stand for a work in the text, namesakes told apart."""
        first = self.called.get(entry.key, "")
        shown = short_names(entry, self.options, full=full, first=first)
        return native(entry, shown, self.options.language)

    def _year(self, entry: Entry) -> str:
        """Give the year that stands for a work in the text, with its letter."""
        return year_label(entry, self.letters.get(entry.key, ""), self.options.language)

    def _reference(self, entry: Entry, style: str) -> Rich:
        """Give the full reference, in another of Chicago's styles where one is named."""
        options = replace(self.options, style=style) if style else self.options
        return chicago.reference(entry, self.letters.get(entry.key, ""), options)

    def mark(self, key: str, docname: str) -> str:
        """Give the label that a citation shows, if its list is in one of pybtex's styles."""
        place = self.place(key, docname) if self._labels and self.options.labels else None
        return place.label if place else ""

    def digest(self, docname: str, names: Mapping[tuple[str, str], str]) -> str:
        """Give a fingerprint of all that this document shows of citations and lists.

        ``names`` are those of the objects that citations stand in, by place, and the titles of
        documents.
        """
        uses = self.uses.get(docname, ())
        cited = dict.fromkeys(work.key for use in uses for work in each_work(use.targets))
        state: list[object] = [self._state(key, docname) for key in cited]
        for item in self.lists.get(docname, ()):
            state.append(item)
            parts = self.contents.get((docname, item.id), ())
            for heading, work in ((heading, work) for heading, works in parts for work in works):
                state += heading, self._state(work.key, docname), work[3:]
                for other, use, locator, via in self.cited.get(work.key, ()):
                    around = [names.get((other, identity), identity) for identity in use.around]
                    titles = names.get((other, "")), names.get((other, use.section))
                    told = self._state(via, docname) if via else ()
                    state.append((other, use.id, locator, told, titles, around))
        return hashlib.sha256(repr(state).encode()).hexdigest() if state else ""

    def _state(self, key: str, docname: str) -> object:
        """Give what the text of a citation hangs on: all that is known of its work, its place."""
        entry, place = self.entry(key), self.place(key, docname)
        return key, self._known(entry) if entry else "", place and place[2:]

    def _all_known(self, entry: Entry) -> str:
        known = (entry.declared_type, entry.fields, self.year(entry), self.called.get(entry.key))
        return hashlib.sha256(repr(known).encode()).hexdigest()


def anchor(key: str, template: str = "", count: int = 1) -> str:
    """Give the id of an entry in a list, which is the ``count``-th; ``template`` is bibtex_cite_id.

    Ids stay the same whatever else is in the file: what an id may not hold is replaced, and a
    digest keeps such keys apart.
    """
    usual = f"ref-{key}-list{count}" if count > 1 else f"ref-{key}"
    shown = template.format(bibliography_count=count, key=key) if template else usual
    clean = re.sub(r"[^A-Za-z0-9_.\-]+", "-", shown).strip("-.")
    return clean if clean == shown else f"{clean}-{hashlib.sha256(key.encode()).hexdigest()[:6]}"
