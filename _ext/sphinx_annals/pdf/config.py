"""The settings of the builder, each declared once; the README says what they mean.

A value that cannot be used is one warning ``[typst_pdf.config]`` that says what can be, and the
default takes its place.
"""

import re
from collections.abc import Callable
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


def must_be(
    words: str, holds: Callable[[Any], object], made: Callable[[Any], Any] = lambda value: value
) -> Callable[[Any], Any]:
    """Give a check that refuses other values, in these words for a warning.

    What holds is given as the builder takes it: as it is, or as it is *made*.
    """

    def check(value: Any) -> Any:
        if not holds(value):
            raise ValueError(words)
        return made(value)

    return check


def _are_strings(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(isinstance(item, str) for item in value)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _is_length(value: Any) -> bool:
    return isinstance(value, str) and bool(_LENGTH.fullmatch(value))


def _are_lengths(value: Any) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(map(_is_length, value))


def _are_documents(value: Any) -> bool:
    return isinstance(value, list | tuple) and all(
        _are_strings(entry) and len(entry) == 4 and re.fullmatch(r"[^./\\][^/\\]*", entry[1])
        for entry in value
    )


text = must_be("a string", lambda value: isinstance(value, str))
flag = must_be("True or False", lambda value: isinstance(value, bool))
strings = must_be("a list of strings", _are_strings)
flag_or_strings = must_be(
    "True, False or a list of strings", lambda value: isinstance(value, bool) or _are_strings(value)
)
depth = must_be("a number from 1 to 6", lambda value: type(value) is int and 1 <= value <= 6)
length = must_be("a length with its unit, such as '11pt' or '176mm'", _is_length)
page_references = must_be(
    f"one of {', '.join(PAGE_REFERENCES)}", lambda value: value in PAGE_REFERENCES
)
paper = must_be(
    f"one of {', '.join(PAPERS)}, or a pair such as ('160mm', '240mm')",
    lambda value: value in PAPERS if isinstance(value, str) else _are_lengths(value),
    lambda value: PAPERS[value] if isinstance(value, str) else tuple(value),
)
standards = must_be(
    f"one or a list of {', '.join(STANDARDS)}",
    lambda value: _are_strings(_as_list(value)) and set(_as_list(value)) <= set(STANDARDS),
    lambda value: list(_as_list(value)),
)
fonts = must_be(
    "a dictionary such as {'main': ['Libertinus Serif'], 'zh-Hans': ['Noto Serif SC']}",
    lambda value: (
        isinstance(value, dict)
        and _are_strings([*value])
        and all(_are_strings(_as_list(families)) for families in value.values())
    ),
    lambda value: {role: list(_as_list(f)) for role, f in (DEFAULT_FONTS | value).items()},
)
documents = must_be(
    "a list of (startdoc, targetname, title, author), all strings; a target name has no folder"
    " and is not hidden",
    _are_documents,
    lambda value: [(start, name.removesuffix(".pdf"), *rest) for start, name, *rest in value],
)


def everything(config: Config) -> list[tuple[str, str, str, str]]:
    """One PDF of everything under the root document, named after the project."""
    name = make_filename_from_project(config.project)
    return [(config.root_doc, name, config.project, config.author)]


OPTIONS: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "typst_documents": (everything, documents),
    "typst_paper_size": ("iso-b5", paper),
    "typst_font_size": ("10.5pt", length),
    "typst_fonts": ({}, fonts),
    "typst_font_packages": (list(DEFAULT_PACKAGES), strings),
    "typst_font_paths": ([], strings),
    "typst_pdf_standard": ("ua-1", standards),
    "typst_language": ("", text),
    "typst_subtitle": ("", text),
    "typst_edition": ("", text),
    "typst_colophon": ([], strings),
    "typst_keywords": ([], strings),
    "typst_toc_depth": (2, depth),
    "typst_two_sided": (False, flag),
    "typst_show_pagerefs": ("sections", page_references),
    "typst_show_urls": (False, flag),
    "typst_lists": (True, flag),
    "typst_index": (True, flag),
    "typst_domain_indices": (True, flag_or_strings),
    "typst_template": ("", text),
    "typst_preamble": ("", text),
}
"""Each setting with its default, which may be derived from others, and its check."""


def setup_config(app: Sphinx) -> None:
    """Register every setting with Sphinx; a change makes the PDF stale, not the sources."""
    for name, (default, _check) in OPTIONS.items():
        app.add_config_value(name, default, "", Any)


def read_options(config: Config) -> dict[str, Any]:
    """Give all checked values by name without the ``typst_`` prefix; a bad one is a warning."""
    found = {}
    for name, (default, check) in OPTIONS.items():
        option = name.removeprefix("typst_")
        try:
            found[option] = check(config[name])
        except ValueError as exc:
            message = f"{name} must be {exc}; got {config[name]!r}, the default is used"
            warn(Subtype.CONFIG, message)
            found[option] = check(default(config) if callable(default) else default)
    return found
