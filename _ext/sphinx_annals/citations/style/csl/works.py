"""Entries in the form that hayagriva reads, Typst's library of bibliographies.

Source: hayagriva's file format (docs/file-format.md in its repository). What it has no name for
is left out: recipients of letters, seasons, ends of intervals.
"""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from sphinx_annals.citations.entry import Entry, Name, Rich, Span, is_cjk
from sphinx_annals.citations.style import elements, titles
from sphinx_annals.citations.style.options import USUAL
from sphinx_annals.language import ENGLISH
from sphinx_annals.text import is_number, read_table

Described = dict[str, Any]

_DATA = read_table(Path(__file__).with_name("hayagriva.toml"))
_TYPES: Mapping[str, list[str]] = _DATA["types"]
_ROLES: Mapping[str, str] = _DATA["roles"]

# What hayagriva reads as markup, or cannot be told, goes through it as private characters that no
# style changes, and is put back in what it gives.
_ITALIC, _ROMAN, _EASTERN = "\ue0f2", "\ue0f3", "\ue0f4"
_MARKUP, _PRIVATE = "$“”{}", "\ue0f1\ue0f5\ue0f6\ue0f7\ue0f8"
_HIDDEN, _SHOWN = str.maketrans(_MARKUP, _PRIVATE), str.maketrans("\ue0f1\ue0f7\ue0f8", "${}")
_QUOTES = {"\ue0f5": "“‘", "\ue0f6": "”’", "\ue0f9": "„‘", "\ue0fa": "“’"}
_MARKED = re.compile(f"\\S*[{_ITALIC}{_ROMAN}{''.join(_QUOTES)}]\\S*")
_GERMAN = re.compile("„([^„“”]*)[“”]")
_CLOSERS = {"“": "”", "„": "“”", "«": "»", "»": "«"}
"""What closes a quotation, by what opens it."""
_NO_MONTH = re.compile(r",\s*(?=\))")
"""A comma that hayagriva leaves behind a year without a month."""
_SWITCH = re.compile(f"([{_ITALIC}{_ROMAN}])")


def described(entry: Entry) -> Described:
    """Give what hayagriva can be told of a work, as data of its YAML."""
    kind, *containers = _TYPES.get(entry.kind.csl, ["misc"])
    made: Described = {"type": kind, "title": _title(entry), "author": _people(entry, "author")}
    # what has neither is not listed in some styles, as if it were a talk between two
    unpublished = "Unpublished manuscript" if entry.type == "unpublished" else ""
    made |= {"date": _date(entry, "date"), "genre": _text(entry.genre[0] or unpublished)}
    made |= {"page-range": elements.pages(entry) if not entry.kind.whole else ""}
    made |= {"language": entry.tag if re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", entry.tag) else ""}
    affiliated = [{"role": r, "names": _people(entry, role)} for role, r in _ROLES.items()]
    made |= {"affiliated": [role for role in affiliated if role["names"]], "url": _address(entry)}
    made |= {"serial-number": _numbers(entry), "note": _text(entry.text("note"))}
    if entry.kind.form == "archival":
        made["archive"] = _text(elements.archive(entry, USUAL))
    held = _publication(entry) | {"editor": _people(entry, "editor")}
    if containers:
        made["parent"] = _filled(_container(entry, containers[0]) | held)
    else:
        made |= held | {"parent": _series(entry)}
    return _filled(made)


def is_described(entry: Entry) -> bool:
    """Tell whether hayagriva has anything to call a work by."""
    return bool(described(entry).keys() & {"title", "author", "editor"})


def _filled(made: Described) -> Described:
    return {name: value for name, value in made.items() if value}


def _text(text: Rich | str) -> str:
    """Write text so that hayagriva gives it back, with its italics."""
    out, italic = "", False
    for span in Rich(text):
        if span.italic != italic:
            out += _ITALIC if span.italic else _ROMAN
            italic = span.italic
        out += _GERMAN.sub("\ue0f9\\1\ue0fa", span.text)
    return (out + (_ROMAN if italic else "")).translate(_HIDDEN)


def _kept(title: str) -> str:
    """Keep the capitals of marked words, which styles would take for the middle of a word."""
    return _MARKED.sub(r"{\g<0>}", title)


def given_back(spans: Rich, names: Iterable[Name]) -> Rich:
    """Undo what ``described`` wrote in private characters; ``names`` are those in Eastern order."""
    out: list[Span] = []
    inside, opened = False, ""
    for span in spans:
        for piece in _SWITCH.split(span.text.translate(_SHOWN)):
            if piece in (_ITALIC, _ROMAN):
                inside = piece == _ITALIC
            elif piece:
                piece, opened = _quoted(_NO_MONTH.sub("", piece), opened)
                # italics inside of italics are roman
                italic = span.italic != inside and not is_cjk(piece)
                out.append(span._replace(text=_eastern(piece, names), italic=italic))
    return Rich(out)


def _quoted(text: str, opened: str) -> tuple[str, str]:
    """Set quotation marks of a title, single ones inside of the style's double ones.

    ``opened`` has those of the style that are still to be closed.
    """
    out = ""
    for char in text:
        if opened and char in _CLOSERS[opened[-1]]:
            opened = opened[:-1]
        elif char in _CLOSERS:
            opened += char
        out += _QUOTES[char][bool(opened)] if char in _QUOTES else char
    return out, opened


def _eastern(text: str, names: Iterable[Name]) -> str:
    if _EASTERN not in text:
        return text
    for name in names:
        shown = f"{name.family}{_EASTERN}"
        text = text.replace(f"{name.given} {shown}", name.direct)
        text = text.replace(f"{shown}, {name.given}", name.direct)
    return text.replace(_EASTERN, "")


def eastern_names(entry: Entry) -> set[Name]:
    """Give the names of a work that stand in Eastern order."""
    people = (n for role in ("author", "editor", *_ROLES) for n in entry.names(role).names)
    return {name for name in people if name.family_first and name.given}


def _title(entry: Entry) -> Described:
    whole = titles.core_title(entry) or entry.whole_title("main") or entry.rich("titletranslated")
    if not whole and entry.has("recipient"):
        whole = Rich(elements.recipient(entry, USUAL)).capitalised()
    short = entry.rich("shorttitle")
    made = {"value": _kept(_text(whole)), "short": _kept(_text(short))}
    # a style may not change the capitals of another language
    return _filled(made | {"verbatim": bool(titles.foreign(entry, ENGLISH))}) if whole else {}


def _people(entry: Entry, role: str) -> list[Described]:
    found = [_person(name) for name in entry.names(role).names if name.family.strip()]
    return [*found, {"name": "others"}] if found and entry.names(role).others else found


def _person(name: Name) -> Described:
    mark = _EASTERN if name.family_first and name.given else ""
    made = {"name": name.family + mark, "given-name": name.given}
    return _filled(made | {"prefix": name.prefix, "suffix": name.suffix})


def _date(entry: Entry, field: str) -> str:
    date = entry.dated(field)
    point = date and (date.start or date.end)
    if not point:
        return ""
    year, month, day = point.numbers
    if not -9999 <= year <= 9999:  # all that hayagriva knows
        return ""
    shown = f"{'-' if year < 0 else ''}{abs(year):04}"
    if 1 <= month <= 12:
        shown += f"-{month:02}" + (f"-{day:02}" if day else "")
    return f"~{shown}" if point.is_uncertain else shown


def _publication(entry: Entry) -> Described:
    bodies = ("institution", "organization")
    house = {"name": entry.text("publisher", *bodies), "location": entry.text("location")}
    house = _filled({name: _text(text) for name, text in house.items()})
    count = entry.text("volumes")
    return {
        "publisher": house if "name" in house else "",
        "location": house.get("location", ""),
        "edition": entry.text("edition"),
        "volume": elements.dashes(entry.text("volume")),
        "volume-total": int(count) if is_number(count) else 0,
        "issue": _text(entry.text("number", "issue")) if entry.kind.form == "article" else "",
    }


def _container(entry: Entry, kind: str) -> Described:
    names = ("journal", "book", "main", "event")
    title = next(filter(None, (titles.core_title(entry, name) for name in names)), Rich())
    house = entry.text("organization", "institution") if kind in ("blog", "web") else ""
    owners = _people(entry, "bookauthor")
    made = {"type": kind, "title": _kept(_text(title or house)), "author": owners}
    return made | {"parent": _series(entry)}


def _series(entry: Entry) -> Described:
    title = _text(entry.rich("series"))
    number = entry.text("number") if entry.kind.form in ("book", "chapter") else ""
    return _filled({"type": "anthology", "title": title, "volume": number}) if title else {}


def _address(entry: Entry) -> Described:
    if entry.doi or not entry.link:
        return {}
    return _filled({"value": entry.link, "date": _date(entry, "urldate").lstrip("~")})


def _numbers(entry: Entry) -> dict[str, str]:
    serial = entry.text("number") if entry.kind.form == "report" else ""
    numbers = {"doi": entry.doi, "isbn": entry.text("isbn"), "issn": entry.text("issn")}
    return _filled(numbers | {"serial": serial, "version": entry.text("version")})
