"""What is wrong, or looks wrong, with a bibliography and with the way it is cited.

A rule looks at one entry, or at all of them and how they are cited. ISBN: ISO
2108; ISSN: ISO 3297; DOI: ISO 26324, Crossref's guidelines.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sphinx_annals import text
from sphinx_annals.citations.bib import Finding, Library
from sphinx_annals.citations.checks import checksums
from sphinx_annals.citations.checks.namecheck import spelled_differently
from sphinx_annals.citations.entry import NAME_FIELDS, TOLD, UNPRINTED, Entry, parse_date
from sphinx_annals.citations.scan import Cite
from sphinx_annals.citations.style import LABELS, corporate, unknown_labels, unprinted


@dataclass
class Bibliography:
    """What is checked: the files as they were read, the entries, the citations if known."""

    library: Library
    cited: Sequence[Cite] | None = None
    printed: set[tuple[str, ...]] = field(default_factory=set)
    """Kinds of works, each with fields that are all printed: entries alike need no other look."""

    def own(self, key: str, name: str) -> str:
        """Give a field that the entry has itself, not by inheritance."""
        for entry in reversed(self.library.written[key]):
            if name in entry.fields:
                return entry.fields[name]
        return ""

    def at(self, key: str, code: str, message: str, name: str = "") -> Finding:
        """Make a finding at an entry, or at one of its fields."""
        entries = self.library.written[key]
        entry = next((e for e in reversed(entries) if name in e.lines), entries[0])
        return Finding(code, message, entry.path, entry.lines.get(name, entry.line), key)


Fault = tuple[str, str, str]
"""What is wrong with an entry: a code, a message, the field if it is one."""


def of_its_type(_bib: Bibliography, entry: Entry) -> Iterator[Fault]:
    """Yield fields that the type of an entry requires, and those that it mostly has."""
    kind, name = entry.kind, f"@{entry.declared_type}"
    for fields in kind.requires:
        if not entry.has(*fields.split()):
            yield "missing", f"{name} needs {_any(fields)}", ""
    if kind.expects and not entry.has(*kind.expects.split()):
        yield "expected", f"{name} mostly has {_any(kind.expects, 3)}", ""
    if kind.signed and not (entry.creators[0] or entry.has("shorthand") or corporate(entry)):
        yield "expected", f"{name} mostly has an author or an editor", ""
    if kind.dated and entry.date is None and not entry.has("pubstate", "date", "year"):
        yield "undated", "no date; it is set as “n.d.”", ""


def _any(fields: str, most: int = 9) -> str:
    return " or ".join(f"“{name}”" for name in fields.split()[:most])


def values(bib: Bibliography, entry: Entry) -> Iterator[Fault]:
    """Yield what cannot be right in a field by itself: dates, numbers, pages."""
    for name in ("date", "origdate", "urldate", "eventdate"):
        value = bib.own(entry.key, name).strip().strip("{}")
        if value and not parse_date(value) and not re.fullmatch(r"\d{1,4}", value):
            form = "write 1950, 1950-02, 1950-02-14 or 1950/1952"
            yield "date", f"{name} “{value}” cannot be read; {form}", name
    for name, problems in checksums.CHECKS.items():
        value = bib.own(entry.key, name)
        for message in problems(value) if value else ():
            yield name, message, name
    pages = bib.own(entry.key, "pages")
    if any(last < first for first, last in text.page_ranges(pages)):
        yield "pages", f"pages “{pages}” run backwards", "pages"


_PERSON = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*, [^\W\d_]+\.?(?:[ -][^\W\d_]+\.?){0,2}")


def braced(bib: Bibliography, entry: Entry) -> Iterator[Fault]:
    """Yield names that braces keep whole, as those of a body, and that look like a person's."""
    for role in filter(entry.fields.__contains__, NAME_FIELDS):
        # a name has such braces where its field has
        for name in entry.names(role).names if "{" in bib.own(entry.key, role) else ():
            small = any(map(str.islower, name.family.split()))
            if name.corporate and not small and _PERSON.fullmatch(name.family):
                told = "is a body’s name by its braces; a person has none"
                yield "braces", f"{role} “{name.family}” {told}", role


def printed(bib: Bibliography, entry: Entry) -> Iterator[Fault]:
    """Yield what an entry itself tells and no reference to it shows."""
    told = [name for name in entry.fields if name in TOLD and entry.has(name)]
    alike = (entry.declared_type, entry.subtype, *told)
    missing = () if alike in bib.printed else unprinted(entry)
    # where two fields say the same, others like it may differ
    if not missing and len({entry.fields[name].strip("{}") for name in told}) == len(told):
        bib.printed.add(alike)
    fields = [name for name in missing if bib.own(entry.key, name)]
    if fields:
        shown = ", ".join(f"“{name}”" for name in fields)
        reasons = dict.fromkeys(UNPRINTED[name] for name in fields if name in UNPRINTED)
        why = "; ".join(reasons) or f"a reference to @{entry.declared_type} has no place for it"
        yield "unprinted", f"not printed: {shown} ({why})", fields[0]


def duplicates(bib: Bibliography) -> Iterator[Finding]:
    """Yield entries with the DOI of another, or with its title and an author of it."""
    dois: dict[str, str] = {}
    titles: dict[str, list[Entry]] = defaultdict(list)
    for entry in bib.library.entries.values():
        if entry.doi and bib.own(entry.key, "doi"):
            first = dois.setdefault(entry.doi.lower(), entry.key)
            if first != entry.key:
                yield bib.at(entry.key, "duplicate", f"the DOI of {first}: one work twice?", "doi")
        title = text.squeezed(entry.text("title") + entry.text("subtitle"))
        known = titles[title] if title else []
        if other := next((other for other in known if _alike(entry, other, title)), None):
            message = f"the title of {other.key}: one work twice?"
            yield bib.at(entry.key, "duplicate", message, "title")
        known.append(entry)


def _alike(one: Entry, other: Entry, title: str) -> bool:
    """Tell whether nothing tells two works of one title apart."""
    both = (one, other)
    fields = [e.fields.get(name, "") for e in both for name in ("related", "xref", "crossref")]
    links = {name.strip() for field in fields for name in field.split(",")}
    years = {entry.date.year for entry in both if entry.date}
    if links & {one.key, other.key} or (one.doi and other.doi) or len(years) > 1:
        return False
    mine, theirs = (
        {text.squeezed(n.surname) for role in ("author", "editor") for n in e.names(role).names}
        for e in both
    )
    # without a name in common, a short title is no sign: there are many prefaces
    if not mine & theirs and (len(title) < 15 or (mine and theirs)):
        return False
    apart = ("volume", "number", "part", "pages", "booktitle", "journaltitle", "edition")
    return not any(
        one.has(n) and other.has(n) and text.squeezed(one.text(n)) != text.squeezed(other.text(n))
        for n in apart
    )


def spellings(bib: Bibliography) -> Iterator[Finding]:
    """Yield names that may be another spelling of a scholar already named."""
    for one, other, why in spelled_differently(bib.library.entries.values(), bib.own):
        message = f"{one.shown}: {why} {other.shown} ({other.key})?"
        yield bib.at(one.key, "spelling", message, one.role)


def locators(bib: Bibliography) -> Iterator[Finding]:
    """Yield citations of pages that the work does not have, and of what may be a slip."""
    for use in bib.cited or ():
        for label in unknown_labels(use.locator):
            message = f"“{label}” is no known kind of locator; it is printed as written"
            message += text.did_you_mean(label, LABELS, "“{}”")
            yield Finding("label", message, use.path, use.line, use.key)
        entry = bib.library.entries.get(use.real)
        located, known = text.located_pages(use.locator), entry.spans if entry else ()
        if entry and any(last < first for first, last in located):
            message = f"“{use.locator}” runs backwards"
        elif known and text.outside(located, known):
            message = f"“{use.locator}” is outside the work’s pages, {text.show_pages(known)}"
        else:
            continue
        yield Finding("locator", message, use.path, use.line, use.key)


def unknown(bib: Bibliography) -> Iterator[Finding]:
    """Yield cited keys that no entry has."""
    for use in bib.cited or ():
        if not use.real:
            hint = text.did_you_mean(use.key, bib.library.near)
            yield Finding("unknown", f"no entry has this key{hint}", use.path, use.line, use.key)


def uncited(bib: Bibliography) -> Iterator[Finding]:
    """Yield entries that nothing cites, nor names from an entry that is cited."""
    if bib.cited is not None:
        refers = {key: bib.library.refers(entry) for key, entry in bib.library.entries.items()}
        for key in text.never_cited(refers, (use.real for use in bib.cited)):
            yield bib.at(key, "uncited", "never cited")


OF_ENTRIES = (of_its_type, braced, values, printed)
OF_ALL = (duplicates, spellings, locators, unknown, uncited)

NOTES: Mapping[str, str] = {
    "braces": "a name in braces, which are for bodies, looks like a person's",
    "expected": "a field is missing that works of the type mostly have",
    "label": "a locator begins with a word that is none of those known",
    "spelling": "a name may be another spelling of one that occurs elsewhere",
    "uncited": "no document cites the entry",
    "undated": "the entry has no date",
    "unprinted": "a field tells of the work and stands in no reference to it",
}
PROBLEMS: Mapping[str, str] = {
    "crossref": "an entry refers to one that does not exist, or to itself",
    "date": "a date cannot be read",
    "doi": "a DOI has not the form of one",
    "duplicate": "a key, a DOI or a title occurs twice",
    "empty": "an entry tells nothing of a work",
    "encoding": "the file is not in the encoding that it should be in",
    "field": "a field is given twice",
    "file": "a file cannot be read",
    "isbn": "an ISBN has a wrong length or check digit",
    "issn": "an ISSN has a wrong length or check digit",
    "key": "a key is missing or has characters that no key may have",
    "locator": "a cited page is outside the work",
    "missing": "a field is missing that the type requires",
    "name": "a name cannot be taken apart",
    "pages": "a range of pages runs backwards",
    "string": "an abbreviation is not defined",
    "syntax": "an entry cannot be read as it stands",
    "type": "the type of an entry is not known",
    "unknown": "a document cites a key that no entry has",
}


def check(bib: Bibliography) -> list[Finding]:
    """Give all findings by file and line, each once; first of all what the reader found."""
    found = set(bib.library.findings)
    empty = {finding.key for finding in found if finding.code == "empty"}
    for key, entry in bib.library.entries.items():
        for rule in OF_ENTRIES if key not in empty else ():
            found |= {bib.at(key, *fault) for fault in rule(bib, entry)}
    for check_all in OF_ALL:
        found |= set(check_all(bib))
    return sorted(found, key=lambda f: (f.path, f.line, f.code, f.message))
