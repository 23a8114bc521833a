"""Dates as other people's files have them, in EDTF: ``c. 1950``, ``14.2.1950``, ``55 BC``.

One day in both calendars, ``18/30 March 1867``, looks like a span: it is read where the calendar
is said to be the Julian one, and then the second day checks the first.

Raises ValueError where a date cannot be told, and nothing else: a guess would be worse than none.
It is an :exc:`UnclearError` where the message says more than that this is no date.
"""

import re
from contextlib import suppress
from functools import cache

from babel.dates import get_month_names
from roman_numerals import RomanNumeral

from sphinx_annals.dates.days import Calendar, day_number, days_in_month
from sphinx_annals.dates.edtf import ALLOWED, DateError
from sphinx_annals.dates.historical import HistoricalDate, parse

_LANGUAGES = ("en", "de", "fr", "es", "it", "pt", "nl", "ru", "uk", "pl")
_ABOUT = re.compile(
    r"(?i)(?:about|around|approx(?:\.|imately)?|circa|ca?\.|ca|um|etwa|vers|около|ок\.)\s*(?=\W*\w)"
)
_BC = re.compile(r"(?i)\s*\b(?:B\.?\s?C\.?(?:\s?E\.?)?|v\.\s?Chr\.?|до н\.\s?э\.)\s*$")
_AD = re.compile(r"(?i)\s*\b(?:A\.?\s?D\.?|C\.?\s?E\.?|n\.\s?Chr\.?|н\.\s?э\.)\s*$|^A\.?D\.?\s+")
_OPEN = {
    r"(?:after|nach|après|после)(?:\s+dem)?\s+": ("[{}..]", 1),
    r"(?:not before|post)\s+": ("[{}..]", 0),
    r"(?:before|vor|avant|до)(?:\s+dem)?\s+": ("[..{}]", -1),
    r"(?:by|not after|ante)\s+": ("[..{}]", 0),
    r"(?:from|since|seit|ab|depuis|с)\s+": ("{}/..", 0),
    r"(?:until|till|to|bis|jusqu’à|по)\s+": ("../{}", 0),
}
"""How a date that has one end is written, and by how much that lies beside what is named."""
_STYLES = {
    Calendar.JULIAN: r"O\.?\s?S\.?|old style|julian|ст\.?\s?ст\.?|(?:по )?старо(?:го|му) стил[яю]"
    r"|a\.\s?St\.|alten Stils|vieux style",
    Calendar.GREGORIAN: r"N\.?\s?S\.?|new style|gregorian|н\.?\s?ст\.?"
    r"|(?:по )?ново(?:го|му) стил[яю]|n\.\s?St\.|neuen Stils|nouveau style",
}
"""How the calendar is told behind a date."""
_TWO = re.compile(
    r"(?i)(?P<between>(?:between|zwischen|entre|между)\s+)?(?:(?:from|von|du|с)\s+)?(?P<first>.+?)"
    r"(?:\s+(?P<word>and|und|et|и|to|bis|au|until|по|or|oder|ou|или)\s+"
    r"|\s*(?:[–—]|(?P<slash>/))\s*|\s+-\s+|(?<=\d)-(?=\d{2,4}$)"
    r"|(?:(?<=\b\d)|(?<=\b\d\d)|(?<=[^\W\d_]))-(?=\d\d?\.?\s?[^\W\d_]{3})"
    r"|(?:(?<=\d\.)|(?<=^\d)|(?<=^\d\d))-(?=\d\d?\.\s?\w))"
    r"(?P<last>.+)"
)
_MONTH_FIRST = re.compile(r"([^\W\d_]{3,}\.?) (\d\d? ?(?:[-–—/] ?|\()\d\d?\)?),? (\d{1,4})")
_DAY = re.compile(r"(-?\d{4})-(\d\d)-(\d\d)")
_APART = range(10, 14)
"""By how many days the calendars have differed since there are two."""
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
        rf"(?P<day>\d\d?)\.\s?(?P<month>\d\d?)\.\s?{_YEAR}",
        rf"(?P<day>\d\d?)[.\s]\s?(?P<month>[IVX]{{1,4}})[.\s]\s?{_YEAR}",
        r"(?P<year>\d{4})[/.年-](?P<month>\d\d?)[/.月-](?P<day>\d\d?)日?",
        r"(?P<year>\d{3})-(?P<month>\d\d)-(?P<day>\d\d)",
        r"(?P<year>\d{1,4})年(?:(?P<month>\d\d?)月)?",
        rf"(?!0+$){_YEAR}",
    )
]
_POINT = re.compile(r"(?<![\dX-])-?[\dX]{4}(?:-\d\d){0,2}(?![\dX?~%-])")
"""A date within EDTF that has no doubts yet."""
_DIGITS = 3
"""The fewest digits of a year behind a month: 14.2.50 was hardly in the days of Claudius."""
_MIDNIGHT = re.compile(r"(?<=\d{4}-\d\d-\d\d)[T ]00:00(?::00(?:\.0+)?)?(?:Z|[+-]00:?00)?$")
"""What databases write behind a day that has no time."""
_SLASHES = re.compile(r"([0-3]?[1-9]|[1-3]0)[/-]([0-3]?[1-9]|[1-3]0)[/-](\d{4})")
_CENTURY = re.compile(
    r"(?i)(?:the )?([1-9]\d?)(?:st|nd|rd|th|\.|e)?\s?(?:century|c\.|jh\.?|jahrhundert|siècle|век)"
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

_LONGEST = 200
"""Letters of a date in words: to look for one takes time as the square of them."""


class UnclearError(ValueError):
    """A text may mean several dates, or one that is not known; the message says what to write."""


def from_text(text: str, calendar: Calendar = Calendar.GREGORIAN) -> HistoricalDate:
    """Give a date in words or numbers, of which its calendar has every day.

    That is the one that is given, if the text does not name one itself.
    """
    text = " ".join(text.split())
    if len(text) > _LONGEST:
        return parse(text, calendar)
    for stated, words in _STYLES.items():
        if match := re.fullmatch(rf"(?i)(.*?\w.*?),?\s*(?:\((?:{words})\)|\s(?:{words}))", text):
            text, calendar = match[1], stated
    if re.fullmatch(r"\d\d[\d?][?](-\d\d){0,2}", text):  # 195?, as a catalogue writes a decade
        text = text.replace("?", "X")
    if not re.fullmatch(r"\[[^,.]*\]", text):  # what an editor supplies
        with suppress(DateError):
            return parse(_MIDNIGHT.sub("", text), calendar)
    found = _read(text, calendar)
    if not found and (supplied := re.fullmatch(r"\[(.+)\]", text)):  # [1915/19], by an editor
        found = _POINT.sub(r"\g<0>?", _read(supplied[1], calendar))
    if not found:
        raise ValueError(f"{text!r} is no date that can be told")
    try:
        return parse(found, calendar)
    except DateError as error:
        raise ValueError(str(error).removesuffix(f"; {ALLOWED}")) from error


def to_gregorian(edtf: str) -> str:
    """Convert the days of the Julian calendar; months and years stay as they are told."""

    def converted(day: re.Match[str]) -> str:
        date = parse(day[0], Calendar.JULIAN).gregorian
        return date.edtf if date else day[0]

    return _DAY.sub(converted, edtf)


def edtf_year(number: int) -> str:
    """Give an astronomical year, in which 0 is 1 BC, in EDTF."""
    return f"{'-' if number < 0 else ''}{abs(number):04}"


def _read(text: str, calendar: Calendar) -> str:
    for opening, (form, beside) in _OPEN.items():
        match = re.match(opening, text, re.IGNORECASE)
        if match and (point := _point(text[match.end() :])):
            return form.format(_beside(point, beside, calendar) if beside else point)
    if found := _point(text) or _years(text):
        return found
    text = _MONTH_FIRST.sub(r"\2 \1 \3", text)
    text, both = re.subn(r"^(\d[^()]*?)\s*\((\d[^()]*)\)", r"\1/\2", text)  # 6 (18) October 1867
    match = _TWO.fullmatch(text)
    ends = _ends(match["first"], match["last"]) if match else ("", "")
    if not match or not all(ends):
        return ""
    if match["slash"] and _is_double(*ends):
        return _one_day(text, *ends, calendar)
    if both:
        return ""
    if (match["word"] or "").lower() in _OR:
        return f"[{','.join(ends)}]"
    return f"[{'..'.join(ends)}]" if match["between"] else "/".join(ends)


def _is_double(first: str, last: str) -> bool:
    """Tell whether two days can be one, in the Julian and in the Gregorian calendar."""
    days = [_DAY.match(edtf) for edtf in (first, last)]
    one, two = (day_number((int(d[1]), int(d[2]), int(d[3]))) if d else 0 for d in days)
    return all(days) and two - one in _APART


def _one_day(text: str, first: str, last: str, calendar: Calendar) -> str:
    """Give the Julian day of a double date that is known to be one; raises ValueError."""
    if calendar is not Calendar.JULIAN:
        raise UnclearError(
            f"{text!r} may be one day in both calendars, or a span; write {last}, "
            f"{first} with the calendar julian, or {first}/{last}"
        )
    if (day := to_gregorian(first).rstrip("?~%")) != last.rstrip("?~%"):
        fault = f"{first} is {day} in the Gregorian"
        raise UnclearError(f"{text!r} is no day in both calendars: {fault}")
    return first


def _beside(point: str, step: int, calendar: Calendar) -> str:
    """Give the day, month or year before or after one: what is before 1867 is not in it."""
    match = re.fullmatch(r"(-?\d{4})(?:-(0[1-9]|1[0-2]))?(?:-(\d\d))?([?~%]?)", point)
    if not match:
        raise UnclearError(f"{point!r} has no last day that is known; write the bound itself")
    count, month, day = (int(part or 0) for part in match.groups()[:3])
    if day:
        day += step
        if 1 <= day <= days_in_month(count, month, calendar):
            return f"{edtf_year(count)}-{month:02}-{day:02}{match[4]}"
    if month:
        count, month = divmod(count * 12 + month - 1 + step, 12)
        month += 1
    else:
        count += step
    parts = [edtf_year(count)] + [f"{month:02}"] * bool(month)
    if match[3]:
        parts.append(f"{1 if step > 0 else days_in_month(count, month, calendar):02}")
    return "-".join(parts) + match[4]


def _years(text: str) -> str:
    """Read a century or a decade."""
    mark, text, era = _doubts(text)
    if (decade := re.fullmatch(r"(?:the )?(\d{3})0['’]?s", text)) and era != "BC":
        return f"{decade[1]}X{mark}"
    if not (century := _CENTURY.fullmatch(text)):
        return ""
    last = int(century[1]) * 100
    first, last = (1 - last, 100 - last) if era == "BC" else (last - 99, last)
    return f"[{edtf_year(first)}{mark}..{edtf_year(last)}{mark}]"


def _ends(first: str, last: str) -> tuple[str, str]:
    """Read both ends of a span, either of which may leave out what the other says."""
    if _BC.search(last) and not _BC.search(first):
        first += " BC"
    if re.fullmatch(r"\d\d?", first) and re.match(r"\d\d?\.", last):  # 18–30.3.1867
        first += "."
    begin, end = _point(first), _point(last)
    if re.fullmatch(r"\d\d", last) and re.fullmatch(r"\d{4}", begin):  # 1950/51
        return begin, begin[:2] + last
    words = re.split(r"\s+|(?<=\.)(?=\w)", last)
    for tail in range(1, len(words)):  # 14–16 February 1950, 14 February – 3 March 1950
        begin = ("" if tail == 1 and re.fullmatch(r"\D*\d\d?\.?", first) else begin) or _point(
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
    for match in (form.fullmatch(text) for form in _FORMS):
        said = {name: word for name, word in match.groupdict().items() if word} if match else {}
        parts = {name: _number(name, word) for name, word in said.items()}
        if not parts or None in parts.values():
            continue
        if unsaid := next((name for name, number in parts.items() if not number), ""):
            raise UnclearError(f"{text!r} has no {unsaid}; write it, or leave out the 0")
        year, *others = (parts[name] or 0 for name in ("year", "month", "day") if name in parts)
        if others and len(said["year"]) < _DIGITS and not era:
            raise UnclearError(f"{text!r} has a year of two digits; write all of them")
        count = edtf_year(1 - year if era == "BC" else year)
        return "-".join([count, *(f"{number:02}" for number in others)]) + mark
    with suppress(DateError):
        return parse(text).edtf + mark if text and era != "BC" else ""
    return ""


def _of_slashes(one: int, two: int, count: int) -> str:
    day, month = (two, one) if two > 12 else (one, two)
    if max(one, two) <= 12 and one != two:
        raise UnclearError(
            f"{one}/{two}/{count} may be a day in month {one} or {two}; write {count}-MM-DD"
        )
    return f"{edtf_year(count)}-{month:02}-{day:02}"


@cache
def _names() -> dict[str, int]:
    """Give the names of months, each with its number, where languages agree on one."""
    found: dict[str, int] = {}
    for language in _LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for number, name in get_month_names(width, context, language).items():
                    found.setdefault(name.strip(".").casefold(), int(number))
    return found


@cache
def _number(part: str, word: str) -> int | None:
    """Give the number of a year, a month or season, or a day; None if there is none of this name.

    A name may be known by how it begins.
    """
    if word.isdecimal():
        return int(word) if part != "month" or int(word) <= 12 else None
    word = word.casefold()
    if word in _SEASONS:
        return _SEASONS[word]
    with suppress(ValueError):
        return int(RomanNumeral.from_string(word.upper()))  # 14.II.1950
    if word in _names():
        return _names()[word]
    begun = {number for name, number in _names().items() if name.startswith(word)}
    return begun.pop() if len(begun) == 1 else None
