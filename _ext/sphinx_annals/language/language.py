"""One language as what prints gets it: an object that is passed on, never a state of the process.

A pure function that prints words has a :class:`Language` among its arguments, or in what it is
given, as in a catalogue of records; code of Sphinx takes it from the configuration.
"""

from dataclasses import dataclass
from functools import cache
from gettext import NullTranslations

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal

from sphinx_annals.language.catalogues import LANGUAGES, read_catalogue

_HOUSE = "en_GB"
"""Whose dates and numbers English is written with: day before month."""
_DIGITS = "0.########"


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

    def gettext(self, message: str) -> str:
        """Give a word or a sentence; what no catalogue has, such as a project's own, as it is."""
        return self.words.gettext(message) if message else ""

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Give the form for a count, which stands for ``{count}`` in it."""
        return self.words.ngettext(one, many, count).format(count=self.number(count))

    def pgettext(self, context: str, message: str) -> str:
        """Give a word that means several things, in one of its meanings."""
        return self.words.pgettext(context, message) if message else ""

    def number(self, number: float) -> str:
        """Give a number, its digits in no groups, as a year and a page have none."""
        return format_decimal(number, _DIGITS, self.locale, numbering_system="latn")


def message(text: str) -> str:
    """Mark a word for the catalogues that is translated where it is printed."""
    return text


ENGLISH = Language("en", Locale.parse(_HOUSE), NullTranslations())
"""What the words are written in."""


@cache
def language_of(name: str) -> Language:
    """Give the language that Sphinx's ``language`` names: ``de``, ``zh_TW``, ``zh-Hant-HK``.

    One that has no catalogue is English throughout, dates and numbers too.
    """
    try:
        locale = Locale.parse(name.replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError, AttributeError):
        return ENGLISH
    tag = _catalogue_of(locale)
    return Language(tag, locale, read_catalogue(tag)) if tag else ENGLISH


def _catalogue_of(locale: Locale) -> str:
    """Give the catalogue of a locale; of Chinese the one in the letters that are written there."""
    if locale.language != "zh":
        return locale.language if locale.language in LANGUAGES else ""
    script = locale.script or ("Hant" if locale.territory in ("TW", "HK", "MO") else "Hans")
    return "zh_TW" if script == "Hant" else "zh_CN"
