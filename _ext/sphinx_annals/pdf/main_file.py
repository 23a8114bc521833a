"""The generated Typst file: template, metadata, definitions, then the text."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sphinx.config import Config
from sphinx.util.i18n import format_date

from sphinx_annals.pdf.config import PAPERS
from sphinx_annals.pdf.fonts import typst_language
from sphinx_annals.pdf.markup import string, value

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


def main_file(
    template: str, definitions: Iterable[str], arguments: dict[str, str], text: str
) -> str:
    """Give the whole file; *template* is the file to import, *arguments* what it is told."""
    lines = [
        f"#import {string(template)}: *",
        *definitions,
        ABSENT,
        "#show: book.with(",
        *(f"  {name}: {code}," for name, code in arguments.items()),
        ")",
    ]
    return "\n".join(lines) + text.rstrip() + "\n"


def front(
    config: Config, options: dict[str, Any], title: str, author: str, made: datetime
) -> dict[str, str]:
    """Give what the title page and the metadata say."""
    lang, region = typst_language(options["language"] or config.language)
    day = format_date(config.today_fmt or "%d %B %Y", date=made, language=config.language)
    owners = [config.copyright] if isinstance(config.copyright, str) else config.copyright
    notice = [line if line.startswith("©") else f"© {line}" for line in owners or () if line]
    edition = f"Version {config.release}" if config.release else ""
    units = ("year", "month", "day", "hour", "minute", "second")
    moment = ", ".join(f"{name}: {getattr(made, name)}" for name in units)
    return {
        "title": string(title),
        "subtitle": string(options["subtitle"]),
        "authors": value([author] if author else []),
        "edition": string(options["edition"] or edition),
        "date": string(config.today or day.lstrip("0")),
        "pdf-date": f"datetime({moment})",
        "keywords": value(options["keywords"]),
        "colophon": value(options["colophon"] or notice),
        "lang": string(lang),
        "region": value(region),
    }


def design(options: dict[str, Any], *, has_parts: bool) -> dict[str, str]:
    """Give how the pages look."""
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
