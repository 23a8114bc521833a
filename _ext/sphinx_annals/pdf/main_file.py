"""The generated Typst file: template, metadata, definitions, then the text."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from sphinx_annals.pdf.config import PAPERS
from sphinx_annals.pdf.fonts import typst_language
from sphinx_annals.pdf.markup import array, string, value

if TYPE_CHECKING:
    from sphinx_annals.pdf.translator import TypstTranslator


#: Characters that no font has are printed as their numbers in a frame; those that nobody
#: sees anyway vanish.
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
    template: str, options: dict[str, Any], details: dict[str, Any],
    translator: TypstTranslator, text: str,
) -> str:  # fmt: skip
    """Return the whole file for a translated book.

    *template* is the file to import, *options* are those of :mod:`~sphinx_annals.pdf.config`, and
    *details* hold title, author, date, timestamp, release and copyright.
    """
    arguments = _arguments(options, details, translator)
    lines = [
        f"#import {string(template)}: *",
        *translator.languages.values(),
        *translator.definitions.values(),
        options["preamble"],
        ABSENT,
        "#show: book.with(",
        *(f"  {name}: {code}," for name, code in arguments.items()),
        ")",
    ]
    return "\n".join(lines) + text.rstrip() + "\n"


def _arguments(
    options: dict[str, Any], details: dict[str, Any], translator: TypstTranslator
) -> dict[str, str]:
    fonts = options["fonts"]
    size = options["paper_size"]
    width, height = PAPERS[size] if isinstance(size, str) else size
    lang, region = typst_language(options["language"] or translator.config.language)
    day = datetime.fromtimestamp(details["timestamp"], tz=UTC)
    notice = [f"© {line}" if not line.startswith("©") else line for line in details["copyright"]]
    edition = options["edition"] or (details["release"] and f"Version {details['release']}")
    return {
        "title": string(details["title"]),
        "subtitle": string(options["subtitle"]),
        "authors": array([string(details["author"])] if details["author"] else []),
        "edition": string(edition or ""),
        "date": string(details["date"]),
        "pdf-date": f"datetime(year: {day.year}, month: {day.month}, day: {day.day}, "
                    f"hour: {day.hour}, minute: {day.minute}, second: {day.second})",
        "keywords": value(options["keywords"]),
        "colophon": value(options["colophon"] or notice),
        "lang": string(lang),
        "region": value(region),
        "width": width,
        "height": height,
        "size": options["font_size"],
        "main": value(fonts["main"]),
        "mono": value(fonts["mono"]),
        "heading-fonts": value(fonts.get("heading") or fonts["main"]),
        "toc-depth": value(options["toc_depth"]),
        "parts": value(translator.parts),
        "lists": value(options["lists"]),
        "two-sided": value(options["two_sided"]),
    }  # fmt: skip
