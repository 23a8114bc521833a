"""CSL-JSON 1.0.2 of the bibliography, for Zotero, pandoc and citeproc.

Types and variables: https://docs.citationstyles.org/en/stable/specification.html, appendices
III and IV; the mapping follows biblatex's types as Zotero and pandoc read them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pybtex.bibtex.exceptions import BibTeXError
from pybtex.bibtex.utils import split_name_list
from pybtex.database import Person
from pybtex.exceptions import PybtexError

from sphinx_annals.annals.export.data import to_json
from sphinx_annals.annals.export.publication import Publication
from sphinx_annals.annals.export.works import Work, Works, to_text
from sphinx_annals.dates import HistoricalDate, Point, Precision, Shape

Item = dict[str, Any]

_TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "book": "book",
    "mvbook": "book", "collection": "book", "mvcollection": "book", "reference": "book",
    "mvreference": "book", "proceedings": "book", "mvproceedings": "book", "manual": "book",
    "inbook": "chapter", "bookinbook": "chapter", "incollection": "chapter",
    "suppbook": "chapter", "suppcollection": "chapter", "inproceedings": "paper-conference",
    "conference": "paper-conference", "inreference": "entry-encyclopedia", "booklet": "pamphlet",
    "report": "report", "techreport": "report", "thesis": "thesis", "phdthesis": "thesis",
    "mastersthesis": "thesis", "bachelorsthesis": "thesis", "online": "webpage",
    "electronic": "webpage", "www": "webpage", "website": "webpage", "periodical": "periodical",
    "unpublished": "manuscript", "archival": "manuscript", "archive": "manuscript",
    "letter": "personal_communication", "legislation": "legislation", "legal": "legislation",
    "treaty": "treaty", "jurisdiction": "legal_case", "hearing": "hearing", "patent": "patent",
    "dataset": "dataset", "software": "software", "map": "map", "image": "graphic",
    "artwork": "graphic", "video": "motion_picture", "movie": "motion_picture", "audio": "song",
    "music": "song", "interview": "interview", "performance": "performance",
    "newspaper": "article-newspaper", "magazine": "article-magazine", "review": "review",
    "blog": "post-weblog", "standard": "standard",
}  # fmt: skip
_NAMES = {
    "author": "author", "editor": "editor", "translator": "translator", "recipient": "recipient",
    "bookauthor": "container-author", "director": "director", "interviewer": "interviewer",
    "origauthor": "original-author",
}  # fmt: skip
_TEXTS: dict[str, tuple[str, ...]] = {
    "collection-title": ("series",),
    "volume": ("volume",),
    "edition": ("edition",),
    "number-of-pages": ("pagetotal",),
    "number-of-volumes": ("volumes",),
    "publisher": ("publisher", "organization", "institution"),
    "publisher-place": ("location",),
    "event-title": ("eventtitle",),
    "event-place": ("venue",),
    "original-title": ("origtitle", "titleoriginal"),
    "title-short": ("shorttitle",),
    "abstract": ("abstract",),
    "note": ("note", "howpublished"),
    "status": ("pubstate",),
    "version": ("version",),
    "section": ("chapter",),
    "archive": ("library",),
    "ISBN": ("isbn",),
    "ISSN": ("issn",),
    "keyword": ("keywords",),
}
_GENRES = {"phdthesis": "PhD thesis", "mathesis": "Master’s thesis",
           "mastersthesis": "Master’s thesis", "bathesis": "Bachelor’s thesis",
           "bachelorsthesis": "Bachelor’s thesis", "techreport": "Technical report"}  # fmt: skip
_LANGUAGES = {
    "english": "en", "american": "en-US", "british": "en-GB", "russian": "ru", "chinese": "zh",
    "pinyin": "zh-Latn-pinyin", "german": "de", "ngerman": "de", "french": "fr", "spanish": "es",
    "italian": "it", "japanese": "ja", "korean": "ko", "ukrainian": "uk", "polish": "pl",
}  # fmt: skip


def export(publication: Publication) -> bytes:
    """Give the works in the order of the files."""
    return to_json(items(publication.works))


def items(works: Works) -> list[Item]:
    """Give each work as a CSL item."""
    return [item(work) for work in works.values()]


def item(work: Work) -> Item:
    """Give one work as a CSL item; what it does not have is left out."""
    subtype = work.text("entrysubtype").lower()
    kind = _TYPES.get(subtype) or _TYPES.get(work.type, "document")
    found: Item = {"id": work.key, "type": kind}
    pairs = (*_titles(work), *_numbers(work, kind), *_plain(work), *_people(work), *_dates(work))
    return found | {name: value for name, value in pairs if value}


def _titles(work: Work) -> Iterator[tuple[str, str]]:
    title, whole = _joined(work, ""), _joined(work, "main")
    container = _joined(work, "book") or _joined(work, "journal") or whole
    if container in (title, work.text("title")) or not title:
        container = ""  # a book's booktitle is there for its chapters to inherit
    yield "title", title or whole
    yield "container-title", container
    yield "container-title-short", work.text("shortjournal")


def _joined(work: Work, prefix: str) -> str:
    parts = work.text(f"{prefix}title"), work.text(f"{prefix}subtitle")
    if parts[0].endswith(parts[1]):  # no subtitle, or one that the title holds already
        return parts[0]
    joiner = " " if parts[0].endswith(("?", "!", ":")) else ": "
    return joiner.join(part for part in parts if part)


def _numbers(work: Work, kind: str) -> Iterator[tuple[str, str]]:
    number = work.text("number", "issue")
    if kind.startswith(("article", "periodical", "review")):
        yield "issue", number
    elif kind in ("report", "patent", "legislation", "treaty", "standard", "legal_case"):
        yield "number", number
    else:
        yield "collection-number", number
    yield "page", re.sub(r"\s*[–—]+\s*|--+", "-", work.text("pages"))


def _plain(work: Work) -> Iterator[tuple[str, str]]:
    for variable, fields in _TEXTS.items():
        yield variable, work.text(*fields)
    genre = work.text("type")
    yield "genre", _GENRES.get(genre.lower(), genre) or _GENRES.get(work.type, "")
    doi = re.sub(r"^(https?://)?(dx\.)?doi\.org/", "", _verbatim(work, "doi"))
    yield "DOI", doi
    url = _verbatim(work, "url")
    yield "URL", url if re.match(r"(https?|ftp)://\S+$", url) else ""
    language = work.text("langid", "language").lower()
    yield "language", _LANGUAGES.get(language, language)


def _verbatim(work: Work, field: str) -> str:
    """Give a field that is no TeX: an address keeps its ``~`` and ``%``."""
    text = re.sub(r"^\\url\s*\{(.*)\}$", r"\1", work.fields.get(field, "").strip())
    return re.sub(r"\\([#%&_~{}$])", r"\1", text)


def _people(work: Work) -> Iterator[tuple[str, list[Item]]]:
    for field, variable in _NAMES.items():
        source = work.fields.get(field, "")
        if source:
            names = [name for name in split_name_list(source) if name.strip().lower() != "others"]
            yield variable, [_person(name) for name in names]


def _person(source: str) -> Item:
    source = source.strip()
    if re.fullmatch(r"\{[^{}]*\}", source):  # a body, not a person
        return {"literal": to_text(source)}
    try:
        person = Person(source)
    except (PybtexError, BibTeXError):
        return {"literal": to_text(source)}
    parts = {
        "family": person.last_names,
        "given": [*person.first_names, *person.middle_names],
        "dropping-particle": person.prelast_names,
        "suffix": person.lineage_names,
    }
    found = {name: to_text(" ".join(words)) for name, words in parts.items() if words}
    return found or {"literal": to_text(source)}


def _dates(work: Work) -> Iterator[tuple[str, Item | None]]:
    yield "issued", _date(work, "date", "year")
    yield "original-date", _date(work, "origdate")
    yield "accessed", _date(work, "urldate")


def _date(work: Work, *fields: str) -> Item | None:
    date = work.date(fields[0])
    if date is None:
        text = work.text(*fields)
        return {"literal": text} if text and text.lower() not in ("n.d.", "nd") else None
    parts = _date_parts(date)
    if not parts:
        return {"literal": date.edtf}
    found: Item = {"date-parts": parts}
    if date.start and date.start.precision is Precision.SEASON:
        month = int(date.start.edtf[5:7])
        found |= {"season": month - 20} if 21 <= month <= 24 else {}
    return found | ({"circa": True} if date.is_uncertain else {})


def _date_parts(date: HistoricalDate) -> list[list[int]]:
    if date.shape in (Shape.ONE_OF, Shape.ALL_OF):
        return []
    ends = [date.start] if date.start == date.end else [date.start, date.end]
    if not ends[0]:
        return []
    return [_parts(point) for point in ends if point]


def _parts(point: Point) -> list[int]:
    length = {Precision.DAY: 3, Precision.MONTH: 2}.get(point.precision, 1)
    return list(point.earliest[:length])
