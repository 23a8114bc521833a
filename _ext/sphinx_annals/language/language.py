"""One language as what prints gets it: an object that is passed on, never a state of the process.

A pure function that prints words has a :class:`Language` among its arguments, or in what it is
given, as in a catalogue of records; code of Sphinx takes it from the configuration.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from gettext import NullTranslations
from typing import TypeVar

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

from sphinx_annals.language.catalogues import LANGUAGES, read_catalogue

_T = TypeVar("_T")
_HOUSE = "en_GB"
"""Whose dates and numbers English is written with: day before month."""
_DIGITS = "0.########"
MARKS = ("; ", ", ", ": ", ". ", " ({remark})")
"""Punctuation with its blanks, which languages differ in."""


@dataclass(frozen=True, eq=False, slots=True)
class Language:
    """Our words in a language, and its data in CLDR (``locale``).

    Words are asked for as in gettext, and found by ``tools/make_words.py`` where they are.
    What is put into them has a name: ``language.gettext("of {treaty}").format(treaty=title)``.
    """

    tag: str
    """The name of its catalogue, ``en`` where it has none."""
    locale: Locale
    words: NullTranslations
    common_era: bool = False
    """Whether years are of the common era, or before it, instead of before and after Christ."""

    def gettext(self, message: str) -> str:
        """Give a word or a sentence; what no catalogue has, such as a project's own, as it is."""
        return self.words.gettext(message) if message else ""

    def ngettext(self, one: str, many: str, count: int, **given: str) -> str:
        """Give the form for a count, which stands for ``{count}`` in it, beside what is given."""
        return self.words.ngettext(one, many, count).format(count=self._grouped(count), **given)

    def _grouped(self, count: int) -> str:
        if count < 1000:  # most are, and Babel takes its time
            return str(count)
        return format_decimal(count, locale=self.locale, numbering_system="latn")

    def pgettext(self, context: str, message: str) -> str:
        """Give a word that means several things, in one of its meanings."""
        return self.words.pgettext(context, message) if message else ""

    def mark(self, mark: str) -> str:
        """Give a mark of punctuation with its blanks: ``"; "``, in Chinese ``"；"``."""
        return self.words.pgettext("punctuation", mark)

    def stop(self, text: str) -> str:
        """Give the full stop that closes a text; nothing where it ends with one, as in ``г.``."""
        mark = self.mark(". ").rstrip()
        return "" if text.endswith(mark) else mark

    def inside(self, words: str) -> str:
        """Give words that can begin a line as they stand within one; German nouns stay."""
        return words if self.tag == "de" else words[:1].lower() + words[1:]

    def name_of(self, tag: str) -> str:
        """Give the name of a language by its BCP 47 tag; one that CLDR does not know stays.

        ``zh-Hans`` is “Chinese (Simplified)” in English.
        """
        try:
            known = Locale.parse(tag, sep="-")
            # 繁體中文, as its readers say, and not 中文 (繁體)
            short = "" if self.tag == "en" else self.locale.languages.get(str(known), "")
            return short or known.get_display_name(self.locale) or tag
        except (UnknownLocaleError, ValueError):
            return str(self.locale.languages.get(tag, tag))  # Manchu has a name, and no locale

    def tag_of(self, name: str) -> str:
        """Give the BCP 47 tag of a language by its name in this one; what is none stays."""
        if name in self.locale.languages:  # ga is Irish, and not the language called Ga
            return name
        return _tags_of(self.locale).get(name.casefold(), name)

    def number(self, number: float) -> str:
        """Give a number, its digits in no groups, as a year and a page have none."""
        return format_decimal(number, _DIGITS, self.locale, numbering_system="latn")


@cache
def _tags_of(locale: Locale) -> dict[str, str]:
    return {name.casefold(): tag.replace("_", "-") for tag, name in locale.languages.items()}


def fill(
    phrase: str, given: Mapping[str, Iterable[_T]], said: Callable[[str], Iterable[_T]]
) -> list[_T]:
    """Fill in a phrase with runs of whatever texts are for who asks, each under its name; what
    stands round them is ``said`` in the same.
    """
    pieces = (given[piece] if n % 2 else said(piece) for n, piece in enumerate(_pieces(phrase)))
    return [part for piece in pieces for part in piece]


@cache  # a project has a few phrases, and uses each for every event
def _pieces(phrase: str) -> list[str]:
    return re.split(r"\{(\w+)\}", phrase)


def message(text: str) -> str:
    """Mark a word for the catalogues that is translated where it is printed."""
    return text


def messages(one: str, many: str) -> tuple[str, str]:
    """Mark what is said of one and of many, as :func:`message` marks a word."""
    return one, many


ENGLISH = Language("en", Locale.parse(_HOUSE), NullTranslations())
"""What the words are written in."""


@cache
def language_of(name: str, *, common_era: bool = False) -> Language:
    """Give the language that Sphinx's ``language`` names: ``de``, ``zh_TW``, ``zh-Hant-HK``.

    One that has no catalogue is English throughout, dates and numbers too.
    """
    try:
        locale = Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError, AttributeError):
        locale = ENGLISH.locale
    tag = _catalogue_of(locale)
    if tag:
        return Language(tag, locale, read_catalogue(tag), common_era)
    return replace(ENGLISH, common_era=True) if common_era else ENGLISH


def _catalogue_of(locale: Locale) -> str:
    """Give the catalogue of a locale; of Chinese the one in the letters that are written there."""
    if locale.language != "zh":
        return locale.language if locale.language in LANGUAGES else ""
    script = locale.script or ("Hant" if locale.territory in ("TW", "HK", "MO") else "Hans")
    return "zh_TW" if script == "Hant" else "zh_CN"
