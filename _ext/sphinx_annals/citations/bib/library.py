"""All entries of a project: files in order, inheritance, overlays, duplicates, near keys.

Inheritance: biblatex manual 3.19, section 2.4.1 and appendix B; biber's default map.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from sphinx_annals.citations.bib.written import BibSource, Finding, RawEntry
from sphinx_annals.citations.entry import FIELD_ALIASES, KINDS, NAME_FIELDS, TOLD, Entry, normalise
from sphinx_annals.text import Nearest, did_you_mean, numbered, rings

NEVER_INHERITED = """
ids crossref xref xdata entryset entrysubtype execute label options presort related relatedoptions
relatedstring relatedtype shorthand shorthandintro sortkey file abstract annotation keywords
timestamp derivesfrom
"""
# a DOI is that of one work: Chicago gives a chapter its own or none (14.107)
_NOT_BY_PARTS = "author shorttitle sorttitle indextitle pages doi"
_TITLES = "title subtitle titleaddon titleoriginal titleromanised titletranslated"
_COMMAS = (
    "more than two commas: write “Family, Given” or “Family, Jr, Given”, "
    "separate names with “and”, and put a corporate name in braces"
)
# what programs write beside the work itself; two exports of it may differ here
HOUSEKEEPING = """
abstract annotation annote created date-added date-modified file groups ids keywords
mendeley-groups mendeley-tags modified owner rating read readstatus timestamp urldate username
"""
_LINKS = {"crossref", "xdata", "entryset"}
CONTAINED = {n: k.type for n, k in KINDS.items() if k.form in ("chapter", "article", "daily")}
"""The types of parts of a whole, by all their names."""


@dataclass(frozen=True)
class Library:
    """The entries by key, in the order of the files, and what was found wrong with them.

    ``written`` has each as it stands in the files, overlays last.
    """

    entries: Mapping[str, Entry] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
    aliases: Mapping[str, str] = field(default_factory=dict)
    written: Mapping[str, Sequence[RawEntry]] = field(default_factory=dict)

    def get(self, key: str) -> Entry | None:
        """Give the entry of a key or of one of its ``ids``, or None."""
        found = self.entries.get(key)
        return found if found else self.entries.get(self.aliases.get(key, ""))

    def cited_as(self, key: str, prefixes: Iterable[str]) -> Entry | None:
        """Give the entry that a citation means, whose key may have the prefix of a list."""
        bare = [key.removeprefix(prefix) for prefix in prefixes if key.startswith(prefix)]
        return next(filter(None, map(self.get, [key, *bare])), None)

    def refers(self, entry: Entry) -> tuple[str, ...]:
        """Give the keys of other entries that one names: its book, its set, related ones."""
        named = (entry.fields.get(name, "") for name in ("crossref", "xref", "related", "entryset"))
        found = (self.find(key) for keys in named for key in split_keys(keys))
        return tuple(other.key for other in found if other)

    def sources(self, entry: Entry) -> tuple[str, ...]:
        """Give the keys of the works that one draws on, as its ``derivesfrom`` says."""
        found = map(self.find, split_keys(entry.fields.get("derivesfrom", "")))
        return tuple(dict.fromkeys(other.key for other in found if other))

    def find(self, key: str) -> Entry | None:
        """Give the entry that a field of another means, whatever the case of its key."""
        return self.get(key) or self._folded.get(key.casefold())

    @cached_property
    def other_keys(self) -> Mapping[str, Sequence[str]]:
        """The keys that cite an entry as well, by its own."""
        found: dict[str, list[str]] = defaultdict(list)
        for alias, key in self.aliases.items():
            found[key].append(alias)
        return found

    @cached_property
    def _folded(self) -> dict[str, Entry]:
        return {key.casefold(): entry for key, entry in self.entries.items()}

    @cached_property
    def near(self) -> Nearest:
        """Tell which key is nearest to one that is none."""
        return Nearest(self.entries)


def split_keys(text: str) -> list[str]:
    """Give the keys that a field lists."""
    return [key for key in map(str.strip, text.split(",")) if key]


def assemble(sources: Sequence[BibSource], overlays: Sequence[BibSource] = ()) -> Library:
    """Make a library of what was read.

    The first entry of a key counts, another work under it gets a key of its own; an overlay's
    fields replace those of the same key, an empty one removes it.
    """
    raw, findings = _told_apart(sources)
    findings += [f for s in (*sources, *overlays) for f in s.findings]
    written = {key: [entry] for key, entry in raw.items()}
    for entry in (entry for source in overlays for entry in source.entries):
        raw[entry.key] = _overlaid(raw.get(entry.key), entry)
        written.setdefault(entry.key, []).append(entry)
    told = {finding.key for finding in findings}
    entries: dict[str, Entry] = {}
    inherit = _Inheritance(raw)
    for key, entry in raw.items():
        fields = inherit.fields(key)
        made = normalise(key, entry.type, fields, entry.path, entry.line)
        if made.type != "xdata":
            entries[key] = made
        findings.extend(_entry_findings(made, entry))
        if key not in told:  # what another fault has lost is told there
            findings.extend(_emptiness(made))
    findings.extend(inherit.findings)
    aliases = {
        alias: key
        for key, made in entries.items()
        for alias in split_keys(made.fields.get("ids", ""))
        if alias not in entries
    }
    library = Library(entries, (), aliases, written)
    findings.extend(_derivations(library, raw))
    ordered = sorted(findings, key=lambda f: (f.path, f.line))
    return replace(library, findings=tuple(dict.fromkeys(ordered)))


def _told_apart(sources: Iterable[BibSource]) -> tuple[dict[str, RawEntry], list[Finding]]:
    """Give every work by a key that no other has, and a finding for each key given again."""
    raw: dict[str, RawEntry] = {}
    entries = [entry for source in sources for entry in source.entries]
    # all first ones before any other, so that no new key takes that of an entry further down
    again = [entry for entry in entries if raw.setdefault(entry.key, entry) is not entry]
    findings: list[Finding] = []
    kept: dict[str, list[RawEntry]] = defaultdict(list)
    for entry in again:
        first = raw[entry.key]
        where = f"line {first.line}"
        if first.path != entry.path:
            where = f"{Path(first.path).name}, {where}"
        message = f"the key {entry.key!r} is given twice; the entry of {where} counts"
        if not any(_facts(entry) == _facts(other) for other in (first, *kept[entry.key])):
            kept[entry.key].append(entry)
            name = next(key for key in numbered(entry.key) if key not in raw)
            raw[name] = replace(entry, key=name)
            message += f", and this one, another work, is kept as {name!r}"
        findings.append(Finding("duplicate", message, entry.path, entry.line, entry.key))
    return raw, findings


def _facts(entry: RawEntry) -> tuple[str, dict[str, str]]:
    return entry.type, {
        name: " ".join(value.split())
        for name, value in entry.fields.items()
        if name not in HOUSEKEEPING.split() and not name.startswith("bdsk-")
    }


def _overlaid(base: RawEntry | None, over: RawEntry) -> RawEntry:
    if base is None:
        return over
    emptied = {name for name, value in over.fields.items() if not value.strip()}
    both = {**base.fields, **over.fields}
    fields = {name: value for name, value in both.items() if name not in emptied}
    kind = base.type if over.type in ("misc", "overlay") else over.type
    return replace(base, type=kind, fields=fields, lines={**base.lines, **over.lines})


def _entry_findings(entry: Entry, raw: RawEntry) -> Iterator[Finding]:
    if entry.declared_type not in KINDS:
        also = did_you_mean(entry.declared_type, KINDS, "@{}")
        message = f"the type @{entry.declared_type} is not known; it is set as @misc{also}"
        yield Finding("type", message, raw.path, raw.line, raw.key)
    for role in filter(entry.fields.__contains__, NAME_FIELDS):
        for name in entry.names(role).unclear:
            message = f"{role} “{name}”: {_COMMAS}"
            yield Finding("name", message, raw.path, raw.lines.get(role, raw.line), raw.key)


def _emptiness(entry: Entry) -> Iterator[Finding]:
    """Yield an entry that says nothing of a work, and takes nothing from another."""
    fields = entry.fields.keys()
    told = (entry.names(f) if f in NAME_FIELDS else entry.has(f) for f in TOLD & fields)
    if entry.type != "xdata" and not fields & _LINKS and not any(told):
        message = "no field tells what this work is; give its title, author and date"
        yield Finding("empty", message, entry.path, entry.line, entry.key)


def _derivations(library: Library, raw: Mapping[str, RawEntry]) -> Iterator[Finding]:
    """Yield works said to be drawn on that are none, and those that in the end draw on themselves:
    of a ring the first alone, with all of it.
    """

    def finding(key: str, message: str) -> Finding:
        lines = {FIELD_ALIASES.get(name, name): line for name, line in raw[key].lines.items()}
        line = lines.get("derivesfrom", raw[key].line)
        return Finding("crossref", f"the derivesfrom {message}", raw[key].path, line, key)

    for key, entry in library.entries.items():
        for name in split_keys(entry.fields.get("derivesfrom", "")):
            if not library.find(name):
                hint = did_you_mean(name, library.near) or "; write keys separated by commas"
                yield finding(key, f"{name!r} is no entry{hint}")
    graph = {key: set(library.sources(entry)) for key, entry in library.entries.items()}
    for ring in rings(graph):
        chain = " → ".join([*ring, ring[0]])
        yield finding(ring[0], f"leads back to this work: {chain}; leave one of them out")


DEEPEST = 50
"""So many entries inherit one from another: no chain of books is so long."""


class _Inheritance:
    """Resolves ``crossref`` and ``xdata``, each entry once; cycles and endless chains are told."""

    def __init__(self, raw: Mapping[str, RawEntry]) -> None:
        self.raw = raw
        self.folded = {key.casefold(): key for key in raw}
        self.done: dict[str, dict[str, str]] = {}
        self.depth: dict[str, int] = {}
        self.findings: list[Finding] = []

    def fields(self, key: str) -> dict[str, str]:
        # what is being resolved, each with what it still waits for: no recursion, which a long
        # chain would end
        path: dict[str, list[str]] = {} if key in self.done else {key: self._named(key)}
        while path:
            last = next(reversed(path))
            if not path[last]:
                self.done[last] = self._joined(last, path)
                del path[last]
            elif (parent := path[last].pop(0)) not in self.done and parent not in path:
                path[parent] = self._named(parent)
        return self.done[key]

    def _named(self, key: str) -> list[str]:
        """Give the entries that one inherits from."""
        fields = self.raw[key].fields
        named = (name for via in ("xdata", "crossref") for name in split_keys(fields.get(via, "")))
        return [found for found in map(self._found, dict.fromkeys(named)) if found]

    def _found(self, name: str) -> str:
        return name if name in self.raw else self.folded.get(name.casefold(), "")

    def _joined(self, key: str, path: Mapping[str, object]) -> dict[str, str]:
        entry = self.raw[key]
        fields = dict(entry.fields)
        self.depth[key] = 0
        # in this order, as in biber: what comes from xdata is the entry's own
        for via in ("xdata", "crossref"):
            part = CONTAINED.get(entry.type, "") if via == "crossref" else ""
            for name in dict.fromkeys(split_keys(entry.fields.get(via, ""))):
                parent = self._found(name)
                if fault := self._fault(name, parent, path):
                    where = (entry.path, entry.lines.get(via, entry.line), entry.key)
                    self.findings.append(Finding("crossref", f"the {via} {name!r} {fault}", *where))
                    continue
                self.depth[key] = max(self.depth[key], self.depth[parent] + 1)
                for inherited, value in self.done[parent].items():
                    for target in _targets(inherited, part):
                        fields.setdefault(target, value)
        return fields

    def _fault(self, name: str, parent: str, path: Mapping[str, object]) -> str:
        if not parent:
            return f"is no entry{did_you_mean(name, self.raw)}"
        if parent in path:
            return "leads back to itself"
        if self.depth[parent] >= DEEPEST:
            return f"stands at the end of {DEEPEST} that inherit one from another; it is left out"
        return ""


def _targets(name: str, part: str) -> Sequence[str]:
    """Give the fields that take a field over; ``part`` is the type of a part of the whole."""
    if name in NEVER_INHERITED.split():
        return ()
    # an issue gives its title to the journal of its articles, a book to the booktitle of a chapter
    if part == "article":
        return ("journaltitle",) if name in ("title", "journal") else (name,)
    if part and name in _TITLES.split():
        return (f"book{name}",)
    if part == "inbook" and name == "author":
        return ("author", "bookauthor")
    return () if part and name in _NOT_BY_PARTS.split() else (name,)
