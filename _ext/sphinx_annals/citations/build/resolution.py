"""From records to results: which works a list shows, how they are labelled, who cites them.

Derived anew in every build from what the environment keeps, in time proportional to citations
and entries.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from sphinx_annals.citations.bib import Library
from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.build.stock import labelled
from sphinx_annals.citations.build.uses import BibList, Use, anchor
from sphinx_annals.citations.entry import Entry, Rich, plain, to_html
from sphinx_annals.citations.style import Options, chicago, filters, groups, labels
from sphinx_annals.text import did_you_mean, filing_key

Work = tuple[str, Entry]
"""A work of a list: the key that it is cited by there, and its entry."""
Spot = tuple[str, str]
"""A list: its document and its id."""


class Label(NamedTuple):
    """What stands for a work in the text."""

    names: Rich
    all_names: Rich
    year: str


class Place(NamedTuple):
    """Where a list shows a work."""

    docname: str
    anchor: str


class Cited(NamedTuple):
    """One place that cites a work, with the locator as written."""

    docname: str
    use: Use
    locator: str


class Problem(NamedTuple):
    """What is wrong with a list."""

    subtype: Subtype
    message: str
    docname: str
    line: int


@dataclass
class Resolution:
    """The state of all citations of a project in one build."""

    library: Library
    lists: Mapping[str, Sequence[BibList]]
    uses: Mapping[str, Sequence[Use]]
    order: Sequence[str]
    options: Options
    id_template: str = ""
    problems: list[Problem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.contents: dict[Spot, list[Work]] = {}
        self.groups: dict[Spot, list[tuple[str, list[Work]]]] = {}
        self.places: dict[str, list[Place]] = defaultdict(list)
        self.marks: dict[tuple[str, str, str], str] = {}
        self.marked: dict[Place, str] = {}
        self._labels: dict[str, Label] = {}
        self._references: dict[tuple[str, str], Rich] = {}
        self._html: dict[str, str] = {}
        self._fill()

    @cached_property
    def cited(self) -> dict[str, list[Cited]]:
        """Every use by cited key, in the order of the book."""
        found: dict[str, list[Cited]] = defaultdict(list)
        for docname in self.order:
            for use in self.uses.get(docname, ()):
                for target in use.targets:
                    found[target.key].append(Cited(docname, use, target.locator))
        return dict(found)

    def prefixed(self, item: BibList) -> Iterator[tuple[str, Entry]]:
        """Give the entries of a list's files with the keys by which this list is cited."""
        files = frozenset(item.files)
        for key, entry in self.library.entries.items():
            if not files or entry.path in files:
                yield item.keyprefix + key, entry

    def _ordered(self) -> Iterator[tuple[str, int, BibList]]:
        """Give the lists in the order of the book, each with its number in its document."""
        for docname in self.order:
            for count, item in enumerate(self.lists.get(docname, ()), 1):
                yield docname, count, item

    def _fill(self) -> None:
        wanted: dict[str, Entry] = {}
        for docname, count, item in self._ordered():
            chosen = self._chosen(docname, item)
            self.contents[docname, item.id] = chosen
            for key, entry in chosen:
                wanted[entry.key] = entry
                if item.list == "citation":
                    self.places[key].append(self._place(docname, count, key))
        for found in map(self.entry, self.cited):
            if found is not None:
                wanted.setdefault(found.key, found)
        # Letters first: they need every work that is listed or cited, and every list needs them.
        dated = self.options.style != "notes"
        self.letters = labels.letters(wanted.values()) if dated else {}
        for docname, count, item in self._ordered():
            self.contents[docname, item.id].sort(key=lambda work: labels.sort_key(work[1]))
            if item.style not in ("", *chicago.STYLES):
                self._mark(docname, count, item)
            if item.groups or item.by_keyword:
                self.groups[docname, item.id] = self._grouped(docname, item)

    def _place(self, docname: str, count: int, key: str) -> Place:
        return Place(docname, anchor(key, self.id_template, count))

    def _mark(self, docname: str, count: int, item: BibList) -> None:
        """Give the works of a list the order and the labels of its own style."""
        turn = {key: number for number, key in enumerate(self.cited)}
        filed = {key: number for number, key in enumerate(self.library.entries)}
        works = self.contents[docname, item.id]
        works.sort(key=lambda work: (turn.get(work[0], len(turn)), filed[work[1].key]))
        made = labelled(item.style, works, item.labelprefix)
        self.contents[docname, item.id] = [(key, entry) for key, _, entry in made]
        for key, label, _ in made:
            self.marks[docname, item.id, key] = label
            if item.list == "citation":
                self.marked[self._place(docname, count, key)] = label

    def mark(self, key: str, docname: str) -> str:
        """Give the label that a citation shows, if its list is in one of pybtex's styles."""
        place = self.place(key, docname) if self.marked and self.options.labels else None
        return self.marked.get(place, "") if place else ""

    def _grouped(self, docname: str, item: BibList) -> list[tuple[str, list[Work]]]:
        works = self.contents[docname, item.id]
        if item.by_keyword:
            homes = {key: groups.keyword_of(entry.text("keywords")) for key, entry in works}
            order = sorted(set(homes.values()) - {""}, key=filing_key)
        else:
            tests = [(heading, filters.compile_filter(source)) for heading, source in item.groups]
            homes = {key: self._home(docname, item, (key, entry), tests) for key, entry in works}
            order = [heading for heading, _ in item.groups]
        return groups.divided(works, lambda work: homes[work[0]], order)

    def _home(
        self, docname: str, item: BibList, work: Work, tests: Sequence[tuple[str, filters.Test]]
    ) -> str:
        """Give the heading of a work, or nothing where no group takes it."""
        subject = self._subject(docname, item, work)
        try:
            fitting = (heading for heading, test in tests if filters.matches(test, subject))
            return next(fitting, "")
        except filters.FilterError as error:
            self._problem(Subtype.FILTER, f"group: {error}; such works stand last", docname, item)
            return ""

    def _problem(self, kind: Subtype, message: str, docname: str, item: BibList) -> None:
        problem = Problem(kind, message, docname, item.line)
        if problem not in self.problems:
            self.problems.append(problem)

    def _subject(self, docname: str, item: BibList, work: Work) -> filters.Subject:
        """Give a work to a filter, with the documents that cite it under the keys of a list."""
        key, entry = work
        keys = [key, *(item.keyprefix + alias for alias in self._aliases.get(entry.key, ()))]
        docnames = frozenset(c.docname for key in keys for c in self.cited.get(key, ()))
        return filters.Subject(entry, docname, docnames)

    def _chosen(self, docname: str, item: BibList) -> list[Work]:
        test = filters.compile_filter("cited")
        failed = ""
        try:
            test = filters.compile_filter(item.filter)
        except filters.FilterError as error:
            failed = str(error)
        explicit = frozenset(item.keyprefix + key for key in item.keys)
        chosen = []
        for key, entry in self.prefixed(item):
            subject = self._subject(docname, item, (key, entry))
            try:
                hit = filters.matches(test, subject)
            except filters.FilterError as error:
                failed, hit = failed or str(error), bool(subject.docnames)
            if hit or key in explicit:
                chosen.append((key, entry))
        if failed:
            message = f"filter {item.filter!r}: {failed}; the cited works are listed"
            self._problem(Subtype.FILTER, message, docname, item)
        self._check_keys(docname, item, explicit)
        return chosen

    def _check_keys(self, docname: str, item: BibList, explicit: Iterable[str]) -> None:
        for key in sorted(explicit):
            bare = key.removeprefix(item.keyprefix)
            if self.library.get(bare) is None:
                hint = did_you_mean(bare, self.library.near)
                self._problem(Subtype.KEY, f"unknown key {bare!r}{hint}", docname, item)

    @cached_property
    def _aliases(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for alias, key in self.library.aliases.items():
            found[key].append(alias)
        return found

    @cached_property
    def _prefixes(self) -> tuple[str, ...]:
        found = {item.keyprefix for items in self.lists.values() for item in items}
        return tuple(sorted(found - {""}, key=len, reverse=True))

    def entry(self, key: str) -> Entry | None:
        """Give the work of a cited key, or None."""
        found = self.library.get(key)
        if found is not None:
            return found
        for prefix in self._prefixes:
            if key.startswith(prefix) and self.library.get(key.removeprefix(prefix)):
                return self.library.get(key.removeprefix(prefix))
        return None

    def place(self, key: str, docname: str) -> Place | None:
        """Give the list entry that a citation links to: in its own document, else the first."""
        found = self.places.get(key) or self.places.get(self.library.aliases.get(key, ""))
        if not found:
            return None
        return next((place for place in found if place.docname == docname), found[0])

    def label(self, entry: Entry) -> Label:
        """Give names and year as they stand in the text."""
        if entry.key not in self._labels:
            self._labels[entry.key] = Label(
                labels.short_names(entry),
                labels.short_names(entry, full=True),
                labels.year_label(entry, self.letters.get(entry.key, "")),
            )
        return self._labels[entry.key]

    def reference(self, entry: Entry, style: str = "") -> Rich:
        """Give the full reference, in another of Chicago's styles where one is named."""
        place = entry.key, style or self.options.style
        if place not in self._references:
            options = replace(self.options, style=place[1])
            letter = self.letters.get(entry.key, "")
            self._references[place] = chicago.reference(entry, letter, options)
        return self._references[place]

    def preview(self, entry: Entry) -> str:
        """Give the full reference as HTML."""
        if entry.key not in self._html:
            self._html[entry.key] = to_html(self.reference(entry))
        return self._html[entry.key]

    def digest(self, docname: str, names: Mapping[tuple[str, str], str]) -> str:
        """Give a fingerprint of all that this document shows of citations and lists.

        `names` are those of the objects that citations stand in, by place, and the titles of
        documents.
        """
        state: list[object] = []
        seen: set[str] = set()
        for use in self.uses.get(docname, ()):
            for target in use.targets:
                if target.key not in seen:
                    seen.add(target.key)
                    state.append(self._shown(target.key, docname, notes=use.foot))
        for item in self.lists.get(docname, ()):
            state.append(item)
            for key, entry in self.contents.get((docname, item.id), ()):
                where = []
                for docname_, use, locator in self.cited.get(key, ()):
                    around = [names.get((docname_, identity), identity) for identity in use.around]
                    title = names.get((docname_, ""))
                    where.append((docname_, use.id, use.title, locator, title, around))
                mark = self.marks.get((docname, item.id, key), "")
                state.append((key, self.preview(entry), where, mark))
        return hashlib.sha256(repr(state).encode()).hexdigest() if state else ""

    def _shown(self, key: str, docname: str, *, notes: bool) -> object:
        entry = self.entry(key)
        if entry is None:
            return (key, None)
        label = self.label(entry)
        texts = self.note_texts(entry) if notes or self.options.style == "notes" else ""
        shown = self.place(key, docname), self.mark(key, docname), self.preview(entry)
        return (key, plain(label.names), plain(label.all_names), label.year, *shown, texts)

    def note_texts(self, entry: Entry) -> tuple[str, str]:
        """Give both forms of a note, without locator."""
        full = chicago.full_note(entry, "", self.options)
        return to_html(full), to_html(chicago.short_note(entry))
