"""The generated Typst file: template, metadata, definitions, then the text."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sphinx_annals.pdf.config import PAPERS
from sphinx_annals.pdf.fonts import typst_language
from sphinx_annals.pdf.markup import array, string, value

#: Characters that no font has are printed as their numbers in a frame; those that nobody
#: sees anyway vanish. It stands here and not in the template, which a project may replace.
ABSENT = r"""
#show: it => if "absent" not in sys.inputs { it } else {
  show regex(sys.inputs.absent): it => if it.text.match(regex("\p{Cf}")) != none [] else {
    let digits(char) = upper(str(char.to-unicode(), base: 16))
    let number(char) = "0" * calc.max(0, 4 - digits(char).len()) + digits(char)
    box(stroke: 0.4pt, inset: (x: 0.15em), outset: (y: 0.15em),
      text(size: 0.7em, it.text.codepoints().map(number).join(" ")))
  }
  it
}
""".strip()


@dataclass(frozen=True)
class Imprint:
    """What the title page and the metadata say, apart from what options say."""

    title: str
    author: str
    edition: str
    shown_date: str
    made: datetime
    notice: list[str]
    language: str


@dataclass(frozen=True)
class Translation:
    """A translated book: its markup, and the definitions which that needs before it."""

    markup: str
    definitions: Iterable[str]
    has_parts: bool


def main_file(template: str, options: dict[str, Any], imprint: Imprint, text: Translation) -> str:
    """Give the whole file; *template* is the file to import."""
    arguments = _front(options, imprint) | _design(options, text.has_parts)
    lines = [
        f"#import {string(template)}: *",
        *text.definitions,
        options["preamble"],
        ABSENT,
        "#show: book.with(",
        *(f"  {name}: {code}," for name, code in arguments.items()),
        ")",
    ]
    return "\n".join(lines) + text.markup.rstrip() + "\n"


def _front(options: dict[str, Any], imprint: Imprint) -> dict[str, str]:
    lang, region = typst_language(options["language"] or imprint.language)
    names = ("year", "month", "day", "hour", "minute", "second")
    made = ", ".join(f"{name}: {getattr(imprint.made, name)}" for name in names)
    return {
        "title": string(imprint.title),
        "subtitle": string(options["subtitle"]),
        "authors": array([string(imprint.author)] if imprint.author else []),
        "edition": string(options["edition"] or imprint.edition),
        "date": string(imprint.shown_date),
        "pdf-date": f"datetime({made})",
        "keywords": value(options["keywords"]),
        "colophon": value(options["colophon"] or imprint.notice),
        "lang": string(lang),
        "region": value(region),
    }


def _design(options: dict[str, Any], has_parts: bool) -> dict[str, str]:
    fonts = options["fonts"]
    size = options["paper_size"]
    width, height = PAPERS[size] if isinstance(size, str) else size
    return {
        "width": width,
        "height": height,
        "size": options["font_size"],
        "main": value(fonts["main"]),
        "mono": value(fonts["mono"]),
        "heading-fonts": value(fonts.get("heading") or fonts["main"]),
        "toc-depth": value(options["toc_depth"]),
        "parts": value(has_parts),
        "lists": value(options["lists"]),
        "two-sided": value(options["two_sided"]),
    }
