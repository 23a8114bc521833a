"""Quotation marks in what options and titles say, as the prose around has them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from docutils.utils import smartquotes

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

_SAID = ("title", "role", "date_note", "sort_name")
"""Fields that readers see as they were typed."""


def with_smart_quotes(values: dict[str, Any], env: BuildEnvironment) -> dict[str, Any]:
    """Make the quotation marks of names, titles and remarks curly, where the project wants it.

    The transform that does it to prose does not see them: they become nodes after it has run.
    """
    language = env.config.language
    if not env.config.smartquotes or language in env.config.smartquotes_excludes["languages"]:
        return values
    if language not in smartquotes.smartchars.quotes:
        return values
    found = {
        field: curly(value, language) if field in _SAID else value
        for field, value in values.items()
    }
    if "names" in found:
        found["names"] = tuple(
            name if name.language else replace(name, text=curly(name.text, language))
            for name in values["names"]
        )
    return found


def curly(text: str, language: str) -> str:
    """Give a text with curly quotation marks; one with markup for code stays as it is."""
    if "`" in text or not {"'", '"'} & set(text):
        return text
    tokens = smartquotes.educate_tokens([("plain", text)], attr="q", language=language)
    return "".join(tokens)
