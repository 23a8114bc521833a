"""Dates as other people's files have them, in EDTF: ``c. 1950``, ``14.2.1950``, ``55 BC``.

Raises ValueError where a date cannot be told, and nothing else: a guess would be worse than none.
"""

import re
from collections.abc import Iterable
from contextlib import suppress
from functools import cache

from babel.dates import get_month_names
from roman_numerals import RomanNumeral

from sphinx_annals.dates import ALLOWED, Calendar, DateError, parse

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "pl")
_ABOUT = re.compile(
    r"(?i)(?:about|around|approx(?:\.|imately)?|circa|ca?\.|ca|um|etwa|vers|около|ок\.)\s*(?=\W*\w)"
)
_BC = re.compile(r"(?i)\s*\b(?:B\.?\s?C\.?(?:\s?E\.?)?|v\.\s?Chr\.?|до н\.\s?э\.)\s*$")
_AD = re.compile(r"(?i)\s*\b(?:A\.?\s?D\.?|C\.?\s?E\.?|n\.\s?Chr\.?|н\.\s?э\.)\s*$|^A\.?D\.?\s+")
_OPEN = {
    r"(?:after|not before|post|nach|après|после)(?:\s+dem)?\s+": "[{}..]",
    r"(?:by|before|not after|ante|vor|avant|до)(?:\s+dem)?\s+": "[..{}]",
    r"(?:from|since|seit|ab|depuis|с)\s+": "{}/..",
    r"(?:until|till|to|bis|jusqu’à|по)\s+": "../{}",
}
"""How a date that has one end is written."""
_TWO = re.compile(
    r"(?i)(?P<between>(?:between|zwischen|entre|между)\s+)?(?:(?:from|von|du|с)\s+)?(?P<first>.+?)"
    r"(?:\s+(?P<word>and|und|et|и|to|bis|au|until|по|or|oder|ou|или)\s+|\s*[–—/]\s*|\s+-\s+"
    r"|(?<=\d)-(?=\d{2,4}$))(?P<last>.+)"
)
_OR = ("or", "oder", "ou", "или")
_MONTH = r"(?P<month>[^\W\d_]{3,})\.?"
_YEAR = r"(?P<year>\d{1,4})"
_FORMS = [
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<day>\d\d?)(?:st|nd|rd|th|er)?\.?(?:\s+(?:of|de)(?=\s))?[\s-]*{_MONTH},?(?:\sde)?[\s-]+{_YEAR}",
        rf"{_MONTH}\s+(?P<day>\d\d?)(?:st|nd|rd|th)?,?\s+{_YEAR}",
        rf"{_MONTH},?(?:[\s-]+(?:of|de|in))?[\s-]+{_YEAR}",
        rf"{_YEAR},?\s+{_MONTH}\s+(?P<day>\d\d?)",
        rf"(?P<day>\d\d?)\.\s?(?P<number>\d\d?)\.\s?{_YEAR}",
        rf"(?P<day>\d\d?)[.\s]\s?(?P<month>[IVX]{{1,4}})[.\s]\s?{_YEAR}",
        r"(?P<year>\d{4})[/.年-](?P<number>\d\d?)[/.月-](?P<day>\d\d?)日?",
        r"(?P<year>\d{3})-(?P<number>\d\d)-(?P<day>\d\d)",
        r"(?P<year>\d{1,4})年(?:(?P<number>\d\d?)月)?",
        _YEAR,
    )
]
_POINT = re.compile(r"(?<![\dX-])-?[\dX]{4}(?:-\d\d){0,2}(?![\dX?~%-])")
"""A date within EDTF that has no doubts yet."""
_DIGITS = 3
"""The fewest digits of a year behind a month: 14.2.50 was hardly in the days of Claudius."""
_SLASHES = re.compile(r"(\d\d?)[/-](\d\d?)[/-](\d{4})")
_CENTURY = re.compile(
    r"(?i)(?:the )?(\d\d?)(?:st|nd|rd|th|\.|e)?\s?(?:century|c\.|jh\.?|jahrhundert|siècle|век)"
)
_SEASONS = {
    word: number
    for number, words in {
        21: "spring frühling frühjahr printemps весна весной",
        22: "summer sommer été лето летом",
        23: "autumn fall herbst automne осень осенью",
        24: "winter hiver зима зимой",
    }.items()
    for word in words.split()
}
"""The codes of seasons in EDTF."""


def from_text(text: str, calendar: Calendar = Calendar.GREGORIAN) -> str:
    """Give the EDTF of a date in words or numbers, of which the calendar has every day."""
    text = " ".join(text.split())
    if re.fullmatch(r"\d\d[\d?][?](-\d\d){0,2}", text):  # 195?, as a catalogue writes a decade
        text = text.replace("?", "X")
    if not re.fullmatch(r"\[[^,.]*\]", text):  # what an editor supplies
        with suppress(DateError):
            return parse(_without_time(text), calendar).edtf
    found = _read(text)
    if not found and (supplied := re.fullmatch(r"\[(.+)\]", text)):  # [1915/19], by an editor
        found = _POINT.sub(r"\g<0>?", _read(supplied[1]))
    if not found:
        raise ValueError(f"{text!r} is no date that can be told")
    try:
        return parse(found, calendar).edtf
    except DateError as error:
        raise ValueError(str(error).removesuffix(f"; {ALLOWED}")) from error


def between(earliest: str, latest: str) -> str:
    """Give the EDTF of some time from one date to another; either may be blank.

    What fills a month or a year is that month or year.
    """
    first, last = earliest and parse(earliest), latest and parse(latest)
    if not first or not last:
        return f"[{earliest}..{latest}]"
    days = first.earliest, last.latest
    for whole in (earliest, earliest[:-3], earliest[:-6]):
        with suppress(DateError):
            if (span := parse(whole)).span == days and span.start:
                return whole
    return f"[{earliest}..{latest}]"


def span(begin: str, end: str) -> str:
    """Give the EDTF of what goes on from one date to another; either may be blank.

    Of ends that are told as spans themselves, what lies outermost counts.
    """
    if begin == end:
        return begin
    ends = (_outer(begin, 0), _outer(end, -1))
    return "/".join(ends)


def _outer(edtf: str, place: int) -> str:
    if re.fullmatch(r"[\[{].*[\]}]|.*/.*", edtf):
        return re.split(r"\.\.|[,/]", edtf.strip("[]{}"))[place]
    return edtf


def year(number: int) -> str:
    """Give an astronomical year, in which 0 is 1 BC, in EDTF."""
    return f"{'-' if number < 0 else ''}{abs(number):04}"


def _without_time(text: str) -> str:
    """Drop a midnight, which databases write behind a day that has no time."""
    return re.sub(r"^(-?\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?$", r"\1", text)


def _read(text: str) -> str:
    for opening, form in _OPEN.items():
        match = re.match(opening, text, re.IGNORECASE)
        if match and (point := _point(text[match.end() :])):
            return form.format(point)
    if found := _point(text) or _years(text):
        return found
    match = _TWO.fullmatch(text)
    ends = _ends(match["first"], match["last"]) if match else ("", "")
    if not match or not all(ends):
        return ""
    if (match["word"] or "").lower() in _OR:
        return f"[{','.join(ends)}]"
    return f"[{'..'.join(ends)}]" if match["between"] else "/".join(ends)


def _years(text: str) -> str:
    """Read a century or a decade."""
    mark, text, era = _doubts(text)
    if decade := re.fullmatch(r"(?:the )?(\d{3})0['’]?s", text):
        return f"{decade[1]}X{mark}"
    if not (century := _CENTURY.fullmatch(text)):
        return ""
    last = int(century[1]) * 100
    first, last = (1 - last, 100 - last) if era == "BC" else (last - 99, last)
    return f"[{year(first)}{mark}..{year(last)}{mark}]"


def _ends(first: str, last: str) -> tuple[str, str]:
    """Read both ends of a span, either of which may leave out what the other says."""
    if _BC.search(last) and not _BC.search(first):
        first += " BC"
    begin, end = _point(first), _point(last)
    if re.fullmatch(r"\d\d", last) and re.fullmatch(r"\d{4}", begin):  # 1950/51
        return begin, begin[:2] + last
    words = last.split()
    for tail in range(1, len(words)):  # 14–16 February 1950, 14 February – 3 March 1950
        begin = (begin if tail > 1 or len(first) > 2 else "") or _point(
            " ".join([first, *words[tail:]])
        )
    return begin, end


def _doubts(text: str) -> tuple[str, str, str]:
    """Take a date apart: its mark in EDTF, what it says, and the era if that is told."""
    text = re.sub(r"(?i)\s*г(?:\.|ода?)?$", "", text.strip(" ,;"))
    doubt = about = False
    if supplied := re.fullmatch(r"\[(.+)\]|\((.+)\)", text):  # by an editor
        text, doubt = supplied[1] or supplied[2], True
    if match := _ABOUT.match(text):
        text, about = text[match.end() :], True
    if re.search(r"\(\?\)|(?<!\d)\?|(?<=\d{4})\?", text):
        text, doubt = re.sub(r"\s*(\(\?\)|\?)\s*", " ", text).strip(), True
    era = "BC" if _BC.search(text) else "AD" if _AD.search(text) else ""
    text = _BC.sub("", _AD.sub("", text)).strip()
    return "%" if doubt and about else "?" * doubt + "~" * about, text, era


def _point(text: str) -> str:
    """Read one date, or give nothing."""
    mark, text, era = _doubts(text)
    if slashed := _SLASHES.fullmatch(text):
        return _of_slashes(*map(int, slashed.groups())) + mark
    for form in _FORMS:
        if match := form.fullmatch(text):
            found = match.groupdict(default="")
            month = _month(found["month"]) if found.get("month") else int(found.get("number") or 0)
            if found.get("month") and not month:
                continue
            count = int(found["year"])
            if month and len(found["year"]) < _DIGITS and not era:
                raise ValueError(f"{text!r} has a year of two digits; write all of them")
            parts = [year(1 - count if era == "BC" else count)]
            parts += [f"{number:02}" for number in (month, int(found.get("day") or 0)) if number]
            return "-".join(parts) + mark
    with suppress(DateError):
        return parse(text).edtf + mark if text and era != "BC" else ""
    return ""


def _of_slashes(one: int, two: int, count: int) -> str:
    day, month = (two, one) if two > 12 else (one, two)
    if max(one, two) <= 12 and one != two:
        raise ValueError(
            f"{one}/{two}/{count} may be a day in month {one} or {two}; write {count}-MM-DD"
        )
    return f"{year(count)}-{month:02}-{day:02}"


@cache
def _names() -> dict[str, int]:
    """Give the names of months, each with its number, where languages agree on one."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                names = get_month_names(width, context, language)
                for number, name in names.items():
                    found.setdefault(name.strip(".").casefold(), int(number))
    return found


@cache
def _month(word: str) -> int:
    """Give the number of a month or season by its name, or by how that begins; 0 if it is none."""
    word = word.casefold()
    if word in _SEASONS:
        return _SEASONS[word]
    with suppress(ValueError):
        return int(RomanNumeral.from_string(word.upper()))  # 14.II.1950
    if word in _names():
        return _names()[word]
    begun = {number for name, number in _names().items() if name.startswith(word)}
    return begun.pop() if len(begun) == 1 else 0


def one_of(edtf: Iterable[str]) -> str:
    """Give the EDTF of what is one of several dates."""
    found = list(dict.fromkeys(edtf))
    members = [date.strip("[]") for date in found]
    return found[0] if len(found) == 1 else f"[{','.join(members)}]"
