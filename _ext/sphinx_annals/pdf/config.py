"""The settings of the builder, each declared once, with what it means; the manual lists them.

A value that cannot be used is one warning ``[typst_pdf.config]`` that says what can be, and the
default takes its place.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.util.osutil import make_filename_from_project

from sphinx_annals.messages import warn
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.typesetting import DEFAULT_FONTS, DEFAULT_PACKAGES
from sphinx_annals.settings import can_be_written
from sphinx_annals.text import did_you_mean

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
THEMES = ("book", "report", "article")
ADDRESSES = ("no", "footnote", "inline")
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
        if not can_be_written(value):
            raise ValueError(f"{words}, without control characters")
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


@dataclass(frozen=True)
class Document:
    """One PDF to write, as ``latex_documents`` has it, and the settings that are its own."""

    start: str
    target: str
    title: str
    author: str
    theme: str = ""
    toctree_only: bool = False
    settings: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, entry: Any) -> "Document":
        """Make one of an entry; raises :exc:`TypeError` for anything else."""
        found = cls(*entry)
        texts = (found.start, found.target, found.title, found.author, found.theme)
        is_name = isinstance(found.target, str) and re.fullmatch(r"[^./\\][^/\\]*", found.target)
        if not (_are_strings(texts) and is_name and isinstance(found.toctree_only, bool)):
            raise TypeError
        named = {str(name).removeprefix("typst_"): v for name, v in dict(found.settings).items()}
        return cls(
            found.start,
            found.target.removesuffix(".pdf"),
            *texts[2:],
            toctree_only=found.toctree_only,
            settings=named,
        )


def _are_documents(value: Any) -> bool:
    try:
        return isinstance(value, list | tuple) and bool([Document.of(entry) for entry in value])
    except (TypeError, ValueError):
        return False


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
    "a list of (startdoc, targetname, title, author), all strings, perhaps with the theme,"
    " toctree_only (True or False) and a dictionary of settings of its own; a target name has no"
    " folder and is not hidden",
    _are_documents,
    lambda value: [Document.of(entry) for entry in value],
)
addresses = must_be(
    f"one of {', '.join(ADDRESSES)}",
    lambda value: value in ADDRESSES if isinstance(value, str) else isinstance(value, bool),
    lambda value: ("footnote" if value else "no") if isinstance(value, bool) else value,
)
bleed = must_be(
    "a length with its unit, such as '3mm', or '' for none",
    lambda value: value == "" or _is_length(value),
)


def everything(config: Config) -> list[tuple[str, str, str, str]]:
    """One PDF of everything under the root document, named after the project."""
    name = make_filename_from_project(config.project)
    return [(config.root_doc, name, config.project, config.author)]


class Setting(NamedTuple):
    """A setting: its default, which may be derived from others, its check, what it means."""

    default: Any
    check: Callable[[Any], Any]
    meaning: str


OPTIONS: dict[str, Setting] = {
    "typst_documents": Setting(
        everything,
        documents,
        "The PDFs to write: a list of (startdoc, targetname, title, author), as in "
        "`latex_documents` perhaps with theme and toctree_only, and then with a "
        'dictionary of settings for this PDF alone, such as `{"paper_size": "a5"}`.',
    ),
    "typst_theme": Setting(
        "book",
        text,
        "`book`, `report` (no imprint), `article` (no title page, no contents, sections "
        "for chapters), or a folder of the project with a `theme.typ`.",
    ),
    "typst_appendices": Setting(
        [], strings, "Documents that stand after the others, numbered A, B, C."
    ),
    "typst_additional_files": Setting([], strings, "Files to copy beside the PDF."),
    "typst_logo": Setting("", text, "An image on the title page."),
    "typst_bleed": Setting(
        "",
        bleed,
        "What pages have beyond their edge on each side, such as `3mm`; with it come "
        "marks to cut by.",
    ),
    "typst_paper_size": Setting("iso-b5", paper, "A paper name or a pair (width, height)."),
    "typst_font_size": Setting("10.5pt", length, "Size of the body text."),
    "typst_fonts": Setting(
        {},
        fonts,
        "Font families by role (main, mono, heading) or BCP 47 tag; adds to the defaults.",
    ),
    "typst_font_packages": Setting(
        list(DEFAULT_PACKAGES), strings, "pip distributions whose fonts are offered to Typst."
    ),
    "typst_font_paths": Setting([], strings, "More font folders, relative to conf.py."),
    "typst_pdf_standard": Setting(
        ["ua-1"], standards, "PDF standard or list of them; [] for plain PDF."
    ),
    "typst_language": Setting("", text, "BCP 47 tag of the book; default: Sphinx's language."),
    "typst_subtitle": Setting("", text, "Second line of the title page."),
    "typst_edition": Setting(
        "", text, "Line above the date on the title page; default: the release, if any."
    ),
    "typst_publisher": Setting("", text, "Publisher, on the title page and on its back."),
    "typst_colophon": Setting(
        [],
        strings,
        "Paragraphs on the back of the title page, below title and edition; default: the "
        "copyright notice.",
    ),
    "typst_keywords": Setting([], strings, "Keywords in the PDF's metadata."),
    "typst_toc_depth": Setting(2, depth, "Levels in the contents; 1 is chapters."),
    "typst_two_sided": Setting(
        False,
        flag,
        "A half-title, chapters on right-hand pages, wider outer margins, and running heads "
        "that differ left and right.",
    ),
    "typst_show_pagerefs": Setting(
        "sections",
        page_references,
        "Which cross-references print the page: those to sections, figures and tables; "
        "only those marked with the class with-page or page-aside; all; none.",
    ),
    "typst_show_urls": Setting(
        "no",
        addresses,
        "The address of an external link: `no`, in a `footnote`, or `inline` in brackets.",
    ),
    "typst_lists": Setting(True, flag, "Lists of figures and of tables after the contents."),
    "typst_index": Setting(True, flag, "A general index with page numbers."),
    "typst_domain_indices": Setting(
        True,
        flag_or_strings,
        "Indices of the domains; a list names those wanted, such as 'py-modindex'.",
    ),
    "typst_template": Setting(
        "",
        text,
        "Typst file that imports `book.typ`, `report.typ` or `article.typ` and defines "
        "some of their functions anew.",
    ),
    "typst_preamble": Setting("", text, "Typst markup put before the text of the book."),
}
"""Every setting by its name."""


def setup_config(app: Sphinx) -> None:
    """Register every setting with Sphinx; a change makes the PDF stale, not the sources."""
    for name, setting in OPTIONS.items():
        app.add_config_value(name, setting.default, "", Any, setting.meaning)


_OF_ALL = frozenset({"documents", "fonts", "font_packages", "font_paths", "additional_files"})


def read_options(config: Config) -> dict[str, Any]:
    """Give all checked values by name without the ``typst_`` prefix; a bad one is a warning."""
    found = {}
    for name, (default, check, _meaning) in OPTIONS.items():
        option = name.removeprefix("typst_")
        value = config[name]
        if name in config.overrides and value == [""]:  # the command line names nothing
            value = []
        try:
            found[option] = check(value)
        except ValueError as exc:
            message = f"{name} must be {exc}; got {config[name]!r}, the default is used"
            warn(Subtype.CONFIG, message)
            found[option] = check(default(config) if callable(default) else default)
    return found


def of_document(options: dict[str, Any], document: Document) -> dict[str, Any]:
    """Give the options of one PDF: those of all, with its own; a bad one of these is a warning."""
    found = dict(options)
    known = [name.removeprefix("typst_") for name in OPTIONS]
    known = [name for name in known if name not in _OF_ALL]
    given = {**document.settings, **({"theme": document.theme} if document.theme else {})}
    for name, value in given.items():
        where = f"typst_documents, {document.target}"
        if name not in known:
            message = f"{where}: there is no setting {name!r} of one document"
            warn(Subtype.CONFIG, message + did_you_mean(name, known))
            continue
        try:
            found[name] = OPTIONS[f"typst_{name}"].check(value)
        except ValueError as exc:
            message = f"{where}: {name} must be {exc}; got {value!r}, that of all is used"
            warn(Subtype.CONFIG, message)
    return found
