"""What languages are called."""

from babel import Locale, UnknownLocaleError


def language_name(tag: str, within: str) -> str:
    """Give the name of a language by its BCP 47 tag, in the language of the book.

    ``zh-Hans`` is “Chinese (Simplified)” in English; a tag that CLDR does not know stays as it is.
    """
    try:
        return Locale.parse(tag, sep="-").get_display_name(within) or tag
    except (UnknownLocaleError, ValueError):
        return tag
