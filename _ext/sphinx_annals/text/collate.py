"""One filing order for every list of the house: indices, the general index, the bibliography.

Word by word; signs and numbers first, numbers by their value; then script after script as
Unicode has them, Latin, Greek, Cyrillic, Hebrew, Arabic …, Korean, Japanese, and Chinese last.
A letter with a diacritic files with its base letter, Ё with Е; but Й is a letter after И, as in
dictionaries and in CLDR. Chinese files by its pinyin, with the tones.

Why by hand: icu4py (1.2) has no collator; PyICU has one, but no wheels, so that it needs ICU
and a compiler; pyuca (1.2, 2017) has the tables of Unicode 10, which part Þ and Đ from T and D,
take 8 MB and know no pinyin; Babel has none. What Unicode's own data say of letters is in
Python, and the rest are the few lines below. The romanisation of some 40,000 characters is not:
it is pypinyin's (MIT, pure Python, a wheel of 0.8 MB), read where there is Chinese to file.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import groupby

from sphinx_annals.text.folding import base_letters

CHINESE = "汉字·漢字"
"""The group of all Chinese headings; without blanks, since templates make an id of it."""

Token = tuple[int, int | tuple[str, ...], str]
Words = tuple[tuple[Token, ...], ...]

LAST: Words = (((3, 0, ""),),)
"""What files after everything, as "and others" does."""

OPENING = " \"'“‘«„("
"""What may stand before the first letter of a title."""

_ARTICLE = re.compile(r"(?:the|an?)\s+(?=\w|[\"“‘«„(])", re.IGNORECASE)
_HAN = "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
_TOKEN = re.compile(rf"(?P<number>[0-9]+)|(?P<han>[{_HAN}]+)|[^0-9{_HAN}]+")
_WITHIN_WORDS = re.compile("['’‘ʼʻ`.\u0640]+")  # U.S. is one word; U+0640 only lengthens a line
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_SHORT_I = "\ue000"  # in place of й while diacritics are taken off

# Unicode's order of Cyrillic is that of code pages. Here the Slavic alphabets are merged, with
# those of Kazakhs, Tatars and Mongols, as CLDR merges them. They take the places of letters from
# U+048A on, none of which Unicode takes apart, as it would ќ.
CYRILLIC = "абвгґғдђеєәжҗзѕиійјкқлљмнњңоөпрстћуүұфхһцчџшщъыьэюя"
_CYRILLIC = {ord(letter): chr(0x48A + place) for place, letter in enumerate(CYRILLIC)}


def headword(title: str) -> str:
    """Give a title from the word by which it files: without an article before it."""
    return _ARTICLE.sub("", title.lstrip(OPENING), count=1)


@lru_cache(maxsize=16384)
def filing_words(text: str) -> tuple[str, ...]:
    """Give the words of a text as they file: in small base letters, without signs."""
    if text.isascii():
        return tuple(_ASCII_WORD.findall(_WITHIN_WORDS.sub("", text.lower())))
    small = unicodedata.normalize("NFKC", text).casefold().replace("й", _SHORT_I)
    bare = _WITHIN_WORDS.sub("", base_letters(small))
    bare = bare.replace(_SHORT_I, "й")
    return tuple("".join(map(_letter, bare)).split())


def _letter(char: str) -> str:
    """Give a letter or vowel sign as it is, a digit of any script as ours, and else a blank."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return char if char.isalnum() or unicodedata.category(char)[0] == "M" else " "


@lru_cache(maxsize=16384)
def filing_place(text: str) -> Words:
    """Give the place of a text among others, the same for those that differ in signs alone."""
    return tuple(map(_tokens, filing_words(text)))


def _tokens(word: str) -> tuple[Token, ...]:
    if word.isascii() and word.isalpha():
        return ((1, 0, word),)
    return tuple(map(_token, _TOKEN.finditer(word)))


def _token(match: re.Match[str]) -> Token:
    if match["number"]:  # by value, but no number is too long
        digits = match[0].lstrip("0")
        return 0, len(digits), digits
    if match["han"]:
        from pypinyin import Style, lazy_pinyin  # 0.2 s, which most books can spare

        return 2, tuple(lazy_pinyin(match[0], style=Style.TONE3)), match[0]
    # Korean syllables come after Chinese in Unicode, but the letters they are made of before
    return 1, 0, unicodedata.normalize("NFD", match[0].translate(_CYRILLIC))


def filing_key(text: str) -> tuple[Words, int, str]:
    """Give the key to sort texts by; no two texts have the same, and fewer marks come first."""
    return filing_place(text), len(unicodedata.normalize("NFD", text)), text


def initial(text: str) -> str:
    """Give the heading of the group in which a text files, nothing for numbers and signs."""
    first = "".join(filing_words(text)[:1])
    if not first or first[0].isdecimal():
        return ""
    if re.match(f"[{_HAN}]", first):
        return CHINESE
    jamo = unicodedata.normalize("NFD", first)[0]
    korean = "\u1100" <= jamo <= "\u1112"
    return unicodedata.normalize("NFC", jamo + "\u1161") if korean else first[0].upper()


def one_entry(name: str) -> str:
    """Give the same for names that are one line of an index: several words that differ in
    capitals alone are, single ones are not: a Party is no party.
    """
    return name.casefold() if " " in name else name


IndexLinks = list[tuple[str, str]]
IndexLine = tuple[str, tuple[IndexLinks, list[tuple[str, IndexLinks]], str | None]]
"""A line as Sphinx has it: its name, its links (emphasis, address), its sub-entries, its letter."""
IndexGroups = list[tuple[str, list[IndexLine]]]


def arranged(lines: Iterable[IndexLine], forms: Mapping[str, str]) -> IndexGroups:
    """File the lines of an index under their headings, which is empty for numbers and signs.

    Several words that differ in capitals alone are one line, with the name that came first.
    ``forms`` are the texts by which lines file that do not as they stand.
    """
    merged: dict[str, IndexLine] = {}
    for name, (links, below, letter) in lines:
        first = merged.setdefault(one_entry(name), (name, ([], [], letter)))
        first[1][0].extend(links)
        first[1][1].extend(below)
    for _name, (_links, subs, _letter) in merged.values():
        subs.sort(key=lambda sub: filing_key(sub[0]))

    def form(line: IndexLine) -> str:
        return forms.get(line[0], line[0])

    filed_lines = sorted(merged.values(), key=lambda line: (filing_key(form(line)), line[0]))
    groups = groupby(filed_lines, key=lambda line: initial(form(line)))
    return [(heading, list(found)) for heading, found in groups]
