"""Quotation marks as each language has them."""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=4096)
def curly(text: str, language: str = "en") -> str:
    """Give a text with curly quotation marks, as docutils gives them to prose.

    For what it does not see: names, titles and locators become nodes after it has run. A text
    with markup for code, or in a language whose marks it does not know, stays as it is.
    """
    if "`" in text or not {"'", '"'} & set(text):
        return text
    from docutils.utils import smartquotes  # spares the command line docutils

    if language not in smartquotes.smartchars.quotes:
        return text
    tokens = smartquotes.educate_tokens([("plain", text)], attr="q", language=language)
    return "".join(tokens)
