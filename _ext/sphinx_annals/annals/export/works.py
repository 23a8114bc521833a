"""The works that sources cite: what checks and exports need of a bibliography, and no more.

Pure. Reads .bib files by itself, with pybtex's scanner, so that it needs to know nothing of
the extension that does the citing, and never raises: faults are that extension's to report.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

from pybtex.database.input.bibtex import LowLevelParser, month_names
from pybtex.richtext import Text
from pybtex.scanner import PybtexSyntaxError
from pybtex.utils import CaseInsensitiveDict

from sphinx_annals.dates import DateError, Day, HistoricalDate, parse

_ALIASES = {
    "journal": "journaltitle", "address": "location", "place": "location",
    "school": "institution", "origyear": "origdate", "urlaccessdate": "urldate",
    "lastchecked": "urldate", "accessed": "urldate", "annote": "annotation",
}  # fmt: skip
_MONTHS = {name[:3].lower(): number for number, name in enumerate(month_names.values(), 1)}
_ENTRY = re.compile(r"^\s*@", re.MULTILINE)
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")


@dataclass(frozen=True)
class Work:
    """One entry of a .bib file; ``fields`` hold TeX, lower-case names, biblatex's for old ones."""

    key: str
    type: str
    fields: Mapping[str, str]
    path: str = ""
    line: int = 0

    def text(self, *names: str) -> str:
        """Give the first of the fields that is there, as plain text."""
        return next((to_text(self.fields[n]) for n in names if self.fields.get(n)), "")

    def date(self, name: str = "date") -> HistoricalDate | None:
        """Give a date field (``date``, ``origdate``, ``urldate``) where it is EDTF, or None."""
        text = self.fields.get(name, "").strip()
        return _edtf(text) if text else (self._year_and_month() if name == "date" else None)

    def _year_and_month(self) -> HistoricalDate | None:
        year = self.text("year").strip()
        month = self.text("month").strip().lower()
        number = _MONTHS.get(month[:3]) or (int(month) if month.isdecimal() else None)
        if number and 1 <= number <= 12 and re.fullmatch(r"\d{4}", year):
            return _edtf(f"{year}-{number:02}")
        return _edtf(year)

    @cached_property
    def published_by(self) -> Day | None:
        """The last day on which it can have been published, or None where that is not known."""
        date = self.date()
        if date is not None:
            return date.latest
        years = _YEAR.findall(self.text("date") or self.text("year"))
        return (int(max(years)), 12, 31) if years else None

    @cached_property
    def pages(self) -> tuple[tuple[int, int], ...]:
        """The spans of pages that it fills in its container; none for a work of its own."""
        text = self.text("pages")
        spans = tuple(page_spans(text))
        own = all(first == last for first, last in spans) and self.type in _OWN
        return () if own or "+" in text or re.search(r"\d\s*ff?\b", text) else spans


_OWN = frozenset({"book", "mvbook", "booklet", "collection", "thesis", "phdthesis", "report",
                  "mastersthesis", "techreport", "proceedings", "manual"})  # fmt: skip
"""Types whose ``pages`` may be a count: a single number there is no span."""

Works = Mapping[str, Work]


@lru_cache(maxsize=4096)
def _edtf(text: str) -> HistoricalDate | None:
    try:
        return parse(text)
    except DateError:
        return None


def page_spans(text: str) -> Iterator[tuple[int, int]]:
    """Read ``244--45, 250`` as (244, 245) and (250, 250); what is no arabic number is left."""
    for match in re.finditer(r"(?<![\w.])(\d+)(?:\s*[-–—]+\s*(\d+))?(?!\w)", text):
        first, last = match[1], match[2] or match[1]
        if len(last) < len(first):  # 244–45
            last = first[: -len(last)] + last
        if int(first) <= int(last):
            yield int(first), int(last)


def show_pages(spans: Iterable[tuple[int, int]]) -> str:
    """Give spans of pages as they are printed: ``244–245, 250``."""
    return ", ".join(f"{low}–{high}" if low < high else str(low) for low, high in spans)


_PAGES = re.compile(
    r"(?:\bpp?\.|\bpages?\b)\s*((?:\d+(?:\s*[-–—]+\s*\d+)?(?:\s*(?:,|and|&)\s*)?)+)"
)


def located_pages(locator: str) -> list[tuple[int, int]]:
    """Give the pages that a locator names; a bare number is a page, ``ch. 3`` is none."""
    if re.fullmatch(r"[\d\s,–—-]+", locator):
        return list(page_spans(locator))
    return [span for match in _PAGES.finditer(locator) for span in page_spans(match[1])]


@lru_cache(maxsize=16384)
def to_text(tex: str) -> str:
    """Give TeX as plain text: accents and dashes as characters, commands and braces gone."""
    if "\\" in tex or "%" in tex or "{" in tex or "~" in tex or "--" in tex or "`" in tex:
        source = re.sub(r"(?<!\\)%", r"\\%", re.sub(r"\\(?:url|emph|text\w\w)\s*(?={)", "", tex))
        try:
            tex = str(Text.from_latex(source))
        except PybtexSyntaxError:
            tex = re.sub(r"[{}]", "", tex)
    return " ".join(re.sub(r"\\[a-zA-Z]+ ?", "", tex).split())


def read_works(paths: Iterable[Path], encoding: str = "utf-8-sig") -> dict[str, Work]:
    """Read .bib files; of two entries with one key the first counts, as in print."""
    found: dict[str, Work] = {}
    for path in paths:
        try:
            text = path.read_bytes().decode(encoding, errors="replace")
        except (OSError, LookupError):
            continue
        for work in parse_works(text, str(path)):
            found.setdefault(work.key, work)
    return {key: _inherit(work, found, ()) for key, work in found.items() if work.type != "xdata"}


def parse_works(text: str, path: str = "") -> Iterator[Work]:
    """Read the entries of one file."""

    def resume(_error: PybtexSyntaxError) -> None:
        """Go on at the next entry, which the scanner may have taken for a part of this one."""
        following = _ENTRY.search(text, (scanner.command_start or 0) + 1, scanner.pos)
        scanner.pos = following.start() if following else scanner.pos

    scanner = LowLevelParser(
        text, macros=CaseInsensitiveDict(month_names), handle_error=resume, filename=path
    )
    line = position = 0
    for kind, body in scanner:
        start = scanner.command_start or 0
        line += text.count("\n", position, start)
        position = start
        if kind.lower() in ("string", "preamble") or not body[0]:
            continue
        key, raw = body
        fields: dict[str, str] = {}
        for name, parts in raw:
            fields.setdefault(name.lower(), "".join(parts))
        for name in _ALIASES.keys() & fields.keys():
            fields.setdefault(_ALIASES[name], fields.pop(name))
        yield Work(key, kind.lower(), fields, path, line + 1)


_OWN_FIELDS = frozenset({"crossref", "xdata", "xref", "ids", "pages", "shorttitle", "sorttitle"})
_PARTS = frozenset({"inbook", "incollection", "inproceedings", "inreference", "conference"})


def _inherit(work: Work, works: Works, trail: tuple[str, ...]) -> Work:
    """Take over from ``xdata`` and ``crossref`` what the entry lacks (biblatex, appendix B)."""
    fields = dict(work.fields)
    for link in ("xdata", "crossref"):
        for name in filter(None, map(str.strip, fields.get(link, "").split(","))):
            parent = works.get(name)
            if parent is None or name in trail or name == work.key:
                continue
            part = link == "crossref" and work.type in _PARTS
            for field, value in _inherit(parent, works, (*trail, work.key)).fields.items():
                if field not in _OWN_FIELDS:
                    target = f"book{field}" if part and field in ("title", "subtitle") else field
                    fields.setdefault(target, value)
    return Work(work.key, work.type, fields, work.path, work.line)


def keys_of(works: Works) -> dict[str, str]:
    """Give the key of each work by all keys it may be cited by, older ones (``ids``) included."""
    found = {
        other.strip(): key
        for key, work in works.items()
        for other in work.fields.get("ids", "").split(",")
        if other.strip()
    }
    return found | {key: key for key in works}
