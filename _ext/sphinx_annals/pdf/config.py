"""The configuration values of the builder, each declared once.

Every option has a default, a validator and a help text. A bad value is one warning
``[typst_pdf.config]`` that says what is allowed, and the default takes its place.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.osutil import make_filename_from_project

from sphinx_annals.messages import warn
from sphinx_annals.pdf.fonts import DEFAULT_FONTS, DEFAULT_PACKAGES
from sphinx_annals.pdf.messages import Subtype

#: Width and height of the paper sizes that go by a name.
PAPERS: dict[str, tuple[str, str]] = {
    "a4": ("210mm", "297mm"),
    "a5": ("148mm", "210mm"),
    "iso-b4": ("250mm", "353mm"),
    "iso-b5": ("176mm", "250mm"),
    "us-letter": ("8.5in", "11in"),
    "us-trade": ("6in", "9in"),
    "us-digest": ("5.5in", "8.5in"),
    "us-legal": ("8.5in", "14in"),
}
_STANDARDS = "1.4 1.5 1.6 1.7 2.0 a-1a a-1b a-2a a-2b a-2u a-3a a-3b a-3u a-4 a-4e a-4f ua-1"
STANDARDS = _STANDARDS.split()
PAGE_REFERENCES = ("sections", "marked", "all", "none")
_LENGTH = re.compile(r"\d+(\.\d+)?(mm|cm|in|pt)")


def must_be(words: str, holds: Callable[[Any], object]) -> Callable[[Any], Any]:
    """Give a check that refuses other values, in these words for a warning."""

    def check(value: Any) -> Any:
        if not holds(value):
            raise ValueError(words)
        return value

    return check


def _are_strings(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


text = must_be("a string", lambda value: isinstance(value, str))
flag = must_be("True or False", lambda value: isinstance(value, bool))
strings = must_be("a list of strings", _are_strings)
flag_or_strings = must_be(
    "True, False or a list of strings", lambda value: isinstance(value, bool) or _are_strings(value)
)
depth = must_be("a number from 1 to 6", lambda value: type(value) is int and 1 <= value <= 6)
length = must_be(
    "a length with its unit, such as '11pt' or '176mm'",
    lambda value: isinstance(value, str) and _LENGTH.fullmatch(value),
)
page_references = must_be(
    f"one of {', '.join(PAGE_REFERENCES)}", lambda value: value in PAGE_REFERENCES
)


def paper(value: Any) -> str | tuple[str, str]:
    """Accept the name of a paper size or a pair of lengths (width, height)."""
    if isinstance(value, str) and value in PAPERS:
        return value
    if isinstance(value, list | tuple) and len(value) == 2:
        return length(value[0]), length(value[1])
    raise ValueError(f"one of {', '.join(PAPERS)}, or a pair such as ('160mm', '240mm')")


def standards(value: Any) -> list[str]:
    """Accept one PDF standard or a list of them; an empty list asks for plain PDF."""
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list | tuple) or any(v not in STANDARDS for v in given):
        raise ValueError(f"one or a list of {', '.join(STANDARDS)}")
    return list(given)


def fonts(value: Any) -> dict[str, list[str]]:
    """Accept lists of families by role (``main``, ``mono``, ``heading``) or language tag."""
    message = "a dictionary such as {'main': ['Libertinus Serif'], 'zh-Hans': ['Noto Serif SC']}"
    if not isinstance(value, dict):
        raise ValueError(message)
    found = {key: list(families) for key, families in DEFAULT_FONTS.items()}
    for key, families in value.items():
        given = [families] if isinstance(families, str) else families
        if not isinstance(key, str) or not _are_strings(given):
            raise ValueError(message)
        found[key] = list(given)
    return found


def documents(value: Any) -> list[tuple[str, str, str, str]]:
    """Accept ``(startdoc, targetname, title, author)`` for each PDF to write."""
    message = "a list of (startdoc, targetname, title, author), all strings"
    is_list = isinstance(value, list | tuple)
    if not is_list or not all(_are_strings(entry) and len(entry) == 4 for entry in value):
        raise ValueError(message)
    if not all(re.fullmatch(r"[^./\\][^/\\]*", target) for _, target, _, _ in value):
        raise ValueError(f"{message}; a target name has no folder and is not hidden")
    return [(start, name.removesuffix(".pdf"), *words) for start, name, *words in value]


def everything(config: Config) -> list[tuple[str, str, str, str]]:
    """One PDF of everything under the root document, named after the project."""
    name = make_filename_from_project(config.project)
    return [(config.root_doc, name, config.project, config.author)]


@dataclass(frozen=True)
class Option:
    """One configuration value: its name, default, check and a few words; the README says more."""

    name: str
    default: Any
    check: Callable[[Any], Any]
    help: str

    def read(self, config: Config) -> Any:
        """Give the checked value; a bad one warns and gives the default."""
        given = config[self.name]
        try:
            return self.check(given)
        except ValueError as exc:
            message = f"{self.name} must be {exc}; got {given!r}, the default is used"
            warn(Subtype.CONFIG, message)
            return self.check(self.default(config) if callable(self.default) else self.default)


OPTIONS = (
    Option("typst_documents", everything, documents, "(startdoc, targetname, title, author) …"),
    Option("typst_paper_size", "iso-b5", paper, "A paper name or a pair (width, height)."),
    Option("typst_font_size", "10.5pt", length, "Size of the body text."),
    Option("typst_fonts", {}, fonts, "Families by role (main, mono, heading) or BCP 47 tag."),
    Option("typst_font_packages", list(DEFAULT_PACKAGES), strings, "pip packages with fonts."),
    Option("typst_font_paths", [], strings, "More font folders, relative to conf.py."),
    Option("typst_pdf_standard", "ua-1", standards, "PDF standard or list; [] for plain PDF."),
    Option("typst_language", "", text, "BCP 47 tag of the book; default: Sphinx's language."),
    Option("typst_subtitle", "", text, "Second line of the title page."),
    Option("typst_edition", "", text, "Line above the date on the title page; default: release."),
    Option("typst_colophon", [], strings, "Back of the title page; default: the copyright."),
    Option("typst_keywords", [], strings, "Keywords in the PDF's metadata."),
    Option("typst_toc_depth", 2, depth, "Levels in the contents; 1 is chapters."),
    Option("typst_two_sided", False, flag, "Wider inner margins, chapters on right-hand pages."),
    Option(
        "typst_show_pagerefs", "sections", page_references, "Which cross-references print the page."
    ),
    Option("typst_show_urls", False, flag, "Print the address of an external link as a footnote."),
    Option("typst_lists", True, flag, "Lists of figures and of tables after the contents."),
    Option("typst_index", True, flag, "A general index with page numbers."),
    Option("typst_domain_indices", True, flag_or_strings, "Indices of domains: all or a list."),
    Option("typst_template", "", text, "Typst file that replaces the built-in design."),
    Option("typst_preamble", "", text, "Typst markup put before the text of the book."),
)


def setup_config(app: Sphinx) -> None:
    """Register every option with Sphinx; a change makes the PDF stale, not the sources."""
    for option in OPTIONS:
        app.add_config_value(option.name, option.default, "", Any, option.help)


def read_options(config: Config) -> dict[str, Any]:
    """Give all checked values by name without the ``typst_`` prefix."""
    return {option.name.removeprefix("typst_"): option.read(config) for option in OPTIONS}
