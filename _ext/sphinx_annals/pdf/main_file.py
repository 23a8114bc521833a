"""The generated Typst file: template, metadata, definitions, then the text."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from babel.core import UnknownLocaleError
from babel.dates import format_date as long_date
from sphinx.config import Config
from sphinx.locale import _
from sphinx.util.i18n import format_date

from sphinx_annals.pdf.design import TEMPLATES
from sphinx_annals.pdf.markup import value
from sphinx_annals.pdf.typesetting import typst_language

ABSENT = (TEMPLATES / "absent.typ").read_text(encoding="utf-8")


def main_file(
    design: Iterable[str], definitions: Iterable[str], arguments: Mapping[str, str], text: str
) -> str:
    """Give the whole file; *design* are the lines that import it, *arguments* what it is told."""
    lines = [
        *design,
        *definitions,
        ABSENT.strip(),
        "#show: book.with(",
        *(f"  {name}: {code}," for name, code in arguments.items()),
        ")",
    ]
    return "\n".join(lines) + text.rstrip() + "\n"


def arguments(
    config: Config, options: dict[str, Any], made: datetime, **known: object
) -> dict[str, str]:
    """Give what the title page, the metadata and the look of the pages are made of.

    *known* is what only the text of the book says, by the names that the template has for it.
    """
    lang, region = typst_language(options["language"] or config.language)
    day = _day(config, made)
    owners = [config.copyright] if isinstance(config.copyright, str) else config.copyright
    notice = [line if line.startswith("©") else f"© {line}" for line in owners or () if line]
    edition = f"{_('Release')} {config.release}" if config.release else ""
    fonts = options["fonts"]
    values = known | {
        "edition": options["edition"] or edition,
        "date": config.today or day,
        "colophon": options["colophon"] or notice,
        "lang": lang,
        "region": region,
        "main": fonts["main"],
        "mono": fonts["mono"],
        "heading-fonts": fonts.get("heading") or fonts["main"],
    }
    for name in ("subtitle", "publisher", "keywords", "toc_depth", "lists", "two_sided"):
        values[name.replace("_", "-")] = options[name]
    width, height = options["paper_size"]
    lengths = {"width": width, "height": height, "size": options["font_size"]}
    return {name: value(said) for name, said in values.items()} | lengths


def _day(config: Config, made: datetime) -> str:
    """Give a date as its language writes it in full, or as ``today_fmt`` has it."""
    if config.today_fmt:
        return format_date(config.today_fmt, date=made, language=config.language)
    # Of English, which has no one form, that with the day first, as dates in texts of history have.
    locale = "en_GB" if config.language == "en" else config.language.replace("-", "_")
    try:
        return str(long_date(made, "long", locale))
    except (UnknownLocaleError, ValueError):
        return str(long_date(made, "long", "en_GB"))
