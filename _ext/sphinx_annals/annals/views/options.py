"""What an author may ask of a view: an attribute of its class is declared with its option."""

import dataclasses
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sphinx_annals.annals.directives import Option
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import Date
from sphinx_annals.text import meant_or_all, mended


def asked(
    convert: Callable[[str], Any],
    help: str = "",
    *,
    mended: Callable[[str], str] = mended,
    default: Any = (),
    name: str = "",
    subtype: Subtype = Subtype.FILTER,
    about: str = "",
) -> Any:
    """Declare an attribute that an option fills: of its own name, unless it has another."""
    option = Option(convert, help, subtype, about, attribute=name, mended=mended)
    return dataclasses.field(default=default, metadata={"option": option})


def options_of(view: Any) -> dict[str, Option]:
    """Give the options of a class by name, in the order of its attributes."""
    return {
        option.attribute or field.name.replace("_", "-"): replace(option, attribute=field.name)
        for field in dataclasses.fields(view)
        if (option := field.metadata.get("option"))
    }


def day(name: str, about: str) -> Any:
    """Declare an attribute that holds a date, of an option of this name."""
    date = Date()
    return asked(date.convert, date.help, mended=date.mended, default=None, name=name, about=about)


def counted(text: str) -> int:
    """Convert a number of things; a ValueError says what to write where it is less than one."""
    text = text.strip()
    if not re.fullmatch("0*[1-9][0-9]{0,8}", text):
        raise ValueError(f"{text!r}: write a whole number from 1")
    return int(text)


def number(default: int, about: str) -> Any:
    """Declare an attribute that holds a number of things."""
    return asked(counted, "write a whole number from 1", default=default, about=about)


def chosen(kind: str, *allowed: str) -> Callable[[str], tuple[str, ...]]:
    """Give a converter to several of the words allowed."""

    def convert_words(text: str) -> tuple[str, ...]:
        words = tuple(word.lower() for word in text.replace(",", " ").split())
        for word in words:
            if word not in allowed:
                raise ValueError(f"no {kind} {word!r}{meant_or_all(word, allowed)}")
        return words

    return convert_words


def several(kind: str, words: Sequence[str], about: str, default: Sequence[str] = ()) -> Any:
    """Declare an attribute that holds several of some words, by itself all or the default."""
    help = f"write some of: {', '.join(words)}"
    return asked(chosen(kind, *words), help, default=tuple(default or words), about=about)


def sorting(*allowed: str) -> Any:
    """Declare by what a view can be sorted, first by default; ``-`` in front turns it round."""
    one = chosen("order", *allowed)
    help = f"write one of: {', '.join(allowed)}"

    def convert_sort(text: str) -> str:
        text = text.strip().lower()
        if len(one(text.removeprefix("-"))) != 1:
            raise ValueError(help)
        return text

    about = f"By what it is sorted, {allowed[0]} by itself; `-` in front turns it round."
    return asked(convert_sort, help, default=allowed[0], about=about)
