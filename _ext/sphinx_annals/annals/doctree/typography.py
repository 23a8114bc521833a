"""Quotation marks in what options and titles say, as the prose around has them."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from sphinx.environment import BuildEnvironment

from sphinx_annals.annals.model import Field, FieldType, Names, Phrase
from sphinx_annals.fences.sphinx import curly


def with_smart_quotes(
    values: dict[str, Any], fields: Iterable[Field], env: BuildEnvironment
) -> dict[str, Any]:
    """Make the quotation marks of names, titles and remarks curly, where the project wants it.

    The transform that does it to prose does not see them: they become nodes after it has run.
    """
    language = env.config.language
    if not env.config.smartquotes or language in env.config.smartquotes_excludes["languages"]:
        return values
    types = {"title": Phrase()} | {field.attribute: field.type for field in fields if field.written}
    return {name: _curled(value, types.get(name), language) for name, value in values.items()}


def _curled(value: Any, type: FieldType | None, language: str) -> Any:
    if isinstance(type, Phrase):
        return curly(value, language)
    if isinstance(type, Names):
        return tuple(
            name if name.language else replace(name, text=curly(name.text, language))
            for name in value
        )
    return value
