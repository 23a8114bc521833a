"""From records to results: which works a list shows, how they are labelled, who cites them.

Derived anew in every build from what the environment keeps, in time proportional to citations
and entries. Imports no Sphinx.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from sphinx_annals.citations.bib.library import Library
from sphinx_annals.citations.build.pybtexentry import labelled
from sphinx_annals.citations.build.records import BibList, Use, anchor
from sphinx_annals.citations.entry.model import Entry
from sphinx_annals.citations.entry.richtext import Rich, plain, to_html
from sphinx_annals.citations.style import chicago, filters, groups, labels
from sphinx_annals.citations.style.chicago import Options
from sphinx_annals.text import did_you_mean, filing_key


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
    """What is wrong with a list: kind, message, document, line."""

    kind: str
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
        self.works: dict[str, str] = {}
        self.contents: dict[tuple[str, str], list[tuple[str, Entry]]] = {}
        self.groups: dict[tuple[str, str], list[tuple[str, list[tuple[str, Entry]]]]] = {}
        self.places: dict[str, list[Place]] = defaultdict(list)
        self.marks: dict[tuple[str, str, str], str] = {}
        self.marked: dict[Place, str] = {}
        self._labels: dict[str, Label] = {}
        self._references: dict[str, Rich] = {}
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
        """The entries of a list's files with the keys by which this list is cited."""
        files = frozenset(item.files)
        for key, entry in self.library.entries.items():
            if not files or entry.path in files:
                yield item.keyprefix + key, entry

    def _fill(self) -> None:
        wanted: dict[str, Entry] = {}
        for docname in self.order:
            for count, item in enumerate(self.lists.get(docname, ()), 1):
                chosen = self._chosen(docname, item)
                self.contents[docname, item.id] = chosen
                for key, entry in chosen:
                    wanted[entry.key] = entry
                    self.works.setdefault(key, entry.key)
                    if item.list == "citation":
                        place = Place(docname, anchor(key, self.id_template, count))
                        self.places[key].append(place)
        for key in self.cited:
            found = self.entry(key)
            if found is not None:
                wanted.setdefault(found.key, found)
        dated = self.options.style != "notes"
        self.letters = labels.letters(wanted.values()) if dated else {}
        for place_of_list, chosen in self.contents.items():
            self.contents[place_of_list] = sorted(chosen, key=lambda pair: labels.sort_key(pair[1]))
        for docname in self.order:
            for count, item in enumerate(self.lists.get(docname, ()), 1):
                if item.style and item.style not in chicago.STYLES:
                    self._mark(docname, count, item)
                if item.groups or item.by_keyword:
                    self.groups[docname, item.id] = self._grouped(docname, item)

    def _mark(self, docname: str, count: int, item: BibList) -> None:
        """Give the works of a list the order and the labels of its own style."""
        turn = {key: number for number, key in enumerate(self.cited)}
        works = sorted(self.contents[docname, item.id], key=lambda work: (
            turn.get(work[0], len(turn)), self._file_order[work[1].key]))  # fmt: skip
        made = labelled(item.style, works, item.labelprefix)
        self.contents[docname, item.id] = [(key, entry) for key, _, entry in made]
        for key, label, _ in made:
            self.marks[docname, item.id, key] = label
            if item.list == "citation":
                self.marked[Place(docname, anchor(key, self.id_template, count))] = label

    @cached_property
    def _file_order(self) -> dict[str, int]:
        return {key: number for number, key in enumerate(self.library.entries)}

    def mark(self, key: str, docname: str) -> str:
        """The label that a citation shows, if its list is in one of pybtex's styles."""
        place = self.place(key, docname) if self.marked and self.options.labels else None
        return self.marked.get(place, "") if place else ""

    def _grouped(self, docname: str, item: BibList) -> list[tuple[str, list[tuple[str, Entry]]]]:
        works = self.contents[docname, item.id]
        if item.by_keyword:
            homes = {key: groups.keyword_of(entry.text("keywords")) for key, entry in works}
            order = sorted(set(homes.values()) - {""}, key=filing_key)
        else:
            homes = self._homes(docname, item)
            order = [heading for heading, _ in item.groups]
        return groups.divided(works, lambda work: homes[work[0]], order)

    def _homes(self, docname: str, item: BibList) -> dict[str, str]:
        """The heading of each work of a list, empty where no group takes it."""
        tests = {heading: filters.compile_filter(source) for heading, source in item.groups}
        homes: dict[str, str] = {}
        for key, entry in self.contents[docname, item.id]:
            subject = filters.Subject(entry, docname, self._docnames(item, key, entry))
            try:
                homes[key] = next(
                    (heading for heading, test in tests.items() if filters.matches(test, subject)),
                    "",
                )
            except filters.FilterError as error:
                homes[key] = ""
                problem = Problem("filter", f"group: {error}; such works stand last", docname,
                                  item.line)  # fmt: skip
                if problem not in self.problems:
                    self.problems.append(problem)
        return homes

    def _docnames(self, item: BibList, key: str, entry: Entry) -> frozenset[str]:
        """The documents that cite a work under the keys of a list."""
        found = frozenset(c.docname for c in self.cited.get(key, ()))
        for alias in self._aliases.get(entry.key, ()):
            found |= {c.docname for c in self.cited.get(item.keyprefix + alias, ())}
        return found

    def _chosen(self, docname: str, item: BibList) -> list[tuple[str, Entry]]:
        try:
            test = filters.compile_filter(item.filter)
        except filters.FilterError as error:
            message = f"filter {item.filter!r}: {error}; the cited works are listed"
            self.problems.append(Problem("filter", message, docname, item.line))
            test = filters.compile_filter("cited")
        explicit = frozenset(item.keyprefix + key for key in item.keys)
        chosen = []
        failed = False
        for key, entry in self.prefixed(item):
            docnames = self._docnames(item, key, entry)
            try:
                hit = filters.matches(test, filters.Subject(entry, docname, docnames))
            except filters.FilterError as error:
                if not failed:
                    self.problems.append(Problem(
                        "filter", f"filter {item.filter!r}: {error}; the cited works are listed",
                        docname, item.line))  # fmt: skip
                failed, hit = True, bool(docnames)
            if hit or key in explicit:
                chosen.append((key, entry))
        self._check_keys(docname, item, explicit)
        return chosen

    def _check_keys(self, docname: str, item: BibList, explicit: Iterable[str]) -> None:
        for key in sorted(explicit):
            bare = key.removeprefix(item.keyprefix)
            if self.library.get(bare) is None:
                message = f"unknown key {bare!r}{did_you_mean(bare, self.library.near)}"
                self.problems.append(Problem("key", message, docname, item.line))

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
        """The work of a cited key, or None."""
        found = self.library.get(key)
        if found is not None:
            return found
        for prefix in self._prefixes:
            if key.startswith(prefix) and self.library.get(key.removeprefix(prefix)):
                return self.library.get(key.removeprefix(prefix))
        return None

    def place(self, key: str, docname: str) -> Place | None:
        """The list entry that a citation links to: in its own document, else the first."""
        found = self.places.get(key) or self.places.get(self.library.aliases.get(key, ""))
        if not found:
            return None
        return next((place for place in found if place.docname == docname), found[0])

    def label(self, entry: Entry) -> Label:
        """Names and year as they stand in the text."""
        if entry.key not in self._labels:
            self._labels[entry.key] = Label(
                labels.short_names(entry), labels.short_names(entry, full=True),
                labels.year_label(entry, self.letters.get(entry.key, "")))  # fmt: skip
        return self._labels[entry.key]

    def reference(self, entry: Entry) -> Rich:
        """The full reference."""
        if entry.key not in self._references:
            letter = self.letters.get(entry.key, "")
            self._references[entry.key] = chicago.reference(entry, letter, self.options)
        return self._references[entry.key]

    def preview(self, entry: Entry) -> str:
        """The full reference as HTML."""
        if entry.key not in self._html:
            self._html[entry.key] = to_html(self.reference(entry))
        return self._html[entry.key]

    def digest(self, docname: str, names: Mapping[tuple[str, str], str]) -> str:
        """A fingerprint of all that this document shows of citations and lists.

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
                where = [(c.docname, c.use.id, c.use.title, c.locator,
                          names.get((c.docname, "")),
                          [names.get((c.docname, around), around) for around in c.use.around])
                         for c in self.cited.get(key, ())]  # fmt: skip
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
        """Both forms of a note, without locator."""
        full = chicago.full_note(entry, "", self.options)
        return to_html(full), to_html(chicago.short_note(entry))
