"""How a language puts words together: names in a row, quotation marks, words round a text."""

from functools import cache

from sphinx_annals.citations.entry import Quotes, Rich
from sphinx_annals.language import Language, fill


def filled(phrase: str, **given: Rich | str) -> Rich:
    """Put rich texts into a phrase: ``{volume} of {whole}``."""
    rich = {name: Rich(text) for name, text in given.items()}
    return Rich(fill(phrase, rich, Rich))


def and_list(names: list[str], language: Language) -> str:
    """Join with commas and “and”, in English with the serial comma."""
    if len(names) < 2:
        return "".join(names)
    return joined(names[:-1], language) + conjunction(len(names), language) + names[-1]


def joined(names: list[str], language: Language) -> str:
    """Join with commas alone."""
    return language.pgettext("names", ", ").join(names)


def conjunction(count: int, language: Language) -> str:
    """Give what stands before the last of so many: “ and ”, of more than two “, and ”."""
    several = language.pgettext("names", "{first}, and {last}")
    phrase = several if count > 2 else language.pgettext("names", "{first} and {last}")
    return phrase.partition("{first}")[2].partition("{last}")[0]


@cache
def quotes(language: Language) -> Quotes:
    """Give the quotation marks of a language, and those inside such marks."""
    outer = language.pgettext("quotation", "“{text}”").partition("{text}")
    inner = language.pgettext("quotation", "‘{text}’").partition("{text}")
    return Quotes(outer[0], outer[2], inner[0], inner[2])
