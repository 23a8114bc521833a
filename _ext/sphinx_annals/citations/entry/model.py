"""Bibliographic entries as the rest of the package sees them: biblatex's model, frozen.

Types and fields: biblatex manual 3.19, sections 2.1 and 2.2; older BibTeX names are mapped.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from sphinx_annals.citations.entry import tex, vocabulary
from sphinx_annals.citations.entry.dates import Date, from_parts, parse_date
from sphinx_annals.citations.entry.names import Name, NameList, parse_names
from sphinx_annals.citations.entry.richtext import Rich, safe_url
from sphinx_annals.text import is_number, page_ranges

_NO_TEXT = Rich()


@dataclass(frozen=True, eq=False)
class Entry:
    """One work. Fields hold TeX source under biblatex's names; use the accessors to read."""

    key: str
    type: str
    fields: Mapping[str, str]
    path: str = ""
    line: int = 0
    subtype: str = ""
    declared_type: str = ""

    def __getstate__(self) -> dict[str, object]:
        return {name: self.__dict__[name] for name in self.__dataclass_fields__}

    @property
    def kind(self) -> vocabulary.Kind:
        """What is known of works of its type."""
        return vocabulary.TYPES[self.type]

    def has(self, *names: str) -> bool:
        """Tell whether any of the fields has text."""
        return any(self.fields.get(name, "").strip("{}~ \t\n") for name in names)

    def text(self, *names: str) -> str:
        """Give the first of the fields that has text, as plain characters."""
        for name in names:
            if name in self.fields and (found := tex.to_plain(self.fields[name])):
                return found
        return ""

    def rich(self, *names: str) -> Rich:
        """Give the first of the fields that has text, with its appearance."""
        for name in names:
            if name in self.fields and (found := tex.to_rich(self.fields[name])):
                return found
        return _NO_TEXT

    def whole_title(self, prefix: str = "") -> Rich:
        """Give a title with its subtitle, unless it holds that already."""
        title, subtitle = self.rich(f"{prefix}title"), self.rich(f"{prefix}subtitle")
        if not title or str(title).endswith(str(subtitle)):
            return title or subtitle
        return title + (" " if str(title).endswith(("?", "!", ":")) else ": ") + subtitle

    @cached_property
    def _names(self) -> dict[str, NameList]:
        return {}

    def names(self, role: str) -> NameList:
        """Give the names in a role (author, editor, translator …)."""
        if role not in self._names:
            found = parse_names(self.fields.get(role, ""))
            self._names[role] = self._ordered(role, found) if found else found
        return self._names[role]

    def _ordered(self, role: str, found: NameList) -> NameList:
        originals = parse_names(self.fields.get(f"{role}original", ""))
        native = dict(enumerate(name.direct for name in originals.names))
        native.update(self._annotations(f"{role}+an:original"))
        orders = self._annotations(f"{role}+an:order") | self._annotations(f"{role}+an")
        if not (native or orders or self.eastern):
            return found
        names: list[Name] = []
        for index, name in enumerate(found.names):
            # a name with an initial or a particle is in Western order
            western = bool(name.prefix) or bool(re.search(r"\b\w\.", name.given))
            east = name.family_first or (self.eastern and not western)
            if order := orders.get(index, ""):
                east = order in ("eastern", "family-first")
            names.append(replace(name, family_first=east, original=native.get(index, "")))
        return replace(found, names=tuple(names))

    def _annotations(self, field: str) -> dict[int, str]:
        if field not in self.fields:
            return {}
        pairs = re.findall(r"(\d{1,9})\s*=\s*\"?([^;\"]+)\"?", self.fields.get(field, ""))
        return {int(number) - 1: tex.to_plain(value.strip()) for number, value in pairs}

    @cached_property
    def eastern(self) -> bool:
        """True if the entry's names stand family name first (its own mark, or its language)."""
        if mark := self.text("nameorder").lower():
            return mark in ("eastern", "family-first", "east-asian")
        return bool(self.languages & vocabulary.EASTERN)

    @cached_property
    def languages(self) -> frozenset[str]:
        """The languages of the work, lower case, as the file names them."""
        source = f"{self.text('langid')} {self.text('language')}".lower()
        return frozenset(re.findall(r"[\w-]+", source))

    @cached_property
    def tag(self) -> str:
        """The BCP 47 tag of the work's language, or empty if it is not known."""
        named = self.text("langid", "language")
        tag = named if re.fullmatch(r"[A-Za-z]{2}(-[\w-]+)?", named) else ""
        return vocabulary.LANGUAGES.get(named.lower(), tag)

    def verbatim(self, name: str) -> str:
        """Give a field that is no TeX but may be escaped for it: an address, a DOI."""
        text = re.sub(r"^\\url\s*\{(.*)\}$", r"\1", self.fields.get(name, "").strip())
        return re.sub(r"\\([%#&_~{}$])", r"\1", text).strip("{}<> ")

    def dated(self, name: str) -> Date | None:
        """Give a date field, or what BibTeX has for it: ``urlyear``, ``urlmonth``, ``urlday``.

        What is no EDTF is kept as the author wrote it.
        """
        # EDTF's tilde is no TeX
        source = self.fields.get(name, "").strip().strip("{}")
        if source:
            # a day that the month does not have costs the day, not the year, and so does a month
            while not parse_date(source) and re.fullmatch(r"-?\d{4}(-\d\d){1,2}", source):
                source = source[:-3]
            return parse_date(source) or from_parts(source, "", "")
        before = name.removesuffix("date")
        return from_parts(*(self.text(f"{before}{part}") for part in ("year", "month", "day")))

    @property
    def genre(self) -> Sequence[str]:
        """What kind of thesis or report it is, in full and as Chicago has it."""
        kind = self.text("type")
        return vocabulary.GENRES.get(kind.lower(), (kind,))

    @cached_property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The spans of pages that it has; none where they are not known to the last.

        “e12” and “xi–xx” are no numbers of pages, “12ff.” and “12+” have no end.
        """
        text, total = self.text("pages"), self.text("pagetotal")
        if is_number(total) and (self.kind.whole or not text):
            return ((1, int(total)),)
        pieces = re.split(r"[,;&]|\band\b", text)
        found = [(low, high) for piece in pieces for low, high in page_ranges(piece) if low <= high]
        count = self.kind.whole and all(low == high for low, high in found)
        return () if count or "+" in text or re.search(r"\d\s*ff?\b", text) else tuple(found)

    @cached_property
    def date(self) -> Date | None:
        """The date of publication."""
        return self.dated("date")

    @cached_property
    def creators(self) -> tuple[str, NameList]:
        """The role and the names that an entry is filed under, or an empty role."""
        roles = ["author", "editor", "translator", "director", "holder"]
        if self.type == "inbook":
            roles.append("bookauthor")
        named = ((role, self.names(role)) for role in roles if self.names(role))
        return next(named, ("", NameList()))

    @cached_property
    def doi(self) -> str:
        """The bare DOI, or empty where the field holds none."""
        source, url = self.verbatim("doi"), self.verbatim("url")
        if not source and re.match(r"https?://(?:dx\.|www\.)?doi\.org/10\.", url):
            source = url
        # also through a library’s proxy, and short as shortdoi.org gives it
        source = re.sub(
            r"(?i)^(?:https?://)?[\w.-]*\bdoi\.[\w.-]+/|^doi:\s*|^info:doi/", "", source
        )
        return source if re.match(r"10\.\d{4,9}/\S+$|10/\w+$", source) else ""

    @cached_property
    def link(self) -> str:
        """The address to print: the DOI's, else the entry's own, else its eprint's, if safe."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        number = self.text("eprint").strip()
        base = vocabulary.EPRINTS.get(self.text("eprinttype").lower(), "")
        numbered = bool(base and re.fullmatch(r"[\w.:/\-]+", number))
        eprint = safe_url(number) or (f"{base}{number}" if numbered else "")
        return safe_url(self.verbatim("url")) or eprint

    def sort_title(self) -> str:
        """Give the title as it is filed: romanised where there is one, else as it stands."""
        names = "sorttitle titleromanised title maintitle booktitle titletranslated shorthand"
        return self.text(*names.split()) or self.key


def normalise(
    key: str, kind: str, fields: Mapping[str, str], path: str = "", line: int = 0
) -> Entry:
    """Make an entry of raw fields: old names of types and fields become biblatex's."""
    kind = kind.lower()
    made: dict[str, str] = {}
    for name, value in fields.items():
        target = vocabulary.FIELD_ALIASES.get(name, name)
        if target not in made or name == target:
            made[target] = value
    said = vocabulary.KINDS.get(kind, vocabulary.KINDS["misc"])
    if said.genre:
        made.setdefault("type", said.genre)
    subtype = made.get("entrysubtype", "").strip().lower() or (said.name if said.apart else "")
    known = said.type
    # BibTeX's own @inbook names the book in its title, and a chapter of it by number
    if known == "inbook" and not any(made.get(n) for n in ("booktitle", "maintitle", "crossref")):
        known = "book"
    if known in ("book", "inbook", "incollection") and not made.get("title", "").strip():
        made["title"] = made.get("title") or made.get("chapter", "")
    if not made.get("title"):
        made.pop("title", None)
    return Entry(key, known, made, path, line, subtype, kind)
