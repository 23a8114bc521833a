"""Reading the configuration and the .bib files at the start of a build."""

from collections.abc import Iterable, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import TypeGuard, TypeVar

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.errors import ExtensionError

from sphinx_annals import extension
from sphinx_annals.citations.build.domain import domain_of
from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.formats import load
from sphinx_annals.citations.style import LIMITS, STYLES, GroupError, Options, checked, csl
from sphinx_annals.fences import bibtex
from sphinx_annals.fences.sphinx import is_given
from sphinx_annals.messages import warn
from sphinx_annals.settings import can_be_written
from sphinx_annals.text import did_you_mean

T = TypeVar("T")
_REFERENCING = {"bibtex_reference_style": "author_year", "bibtex_foot_reference_style": "foot"}
"""The settings that name a style of citations, and what takes the place of one that is none."""


def check_config(app: Sphinx, config: Config) -> None:
    """Repair settings that cannot be used, each with a warning, so that no build dies of them."""
    if config.bibtex_bibfiles is None:
        default = Path(app.confdir) / "references.bib"
        config.bibtex_bibfiles = [default.name] if default.is_file() else []
    for name in ("bibtex_bibfiles", "citations_overlays"):
        given = config[name] if isinstance(config[name], list | tuple) else [config[name] or None]
        for item in given:
            if not _is_name(item):
                _warn(f"{name}: {item!r} is no name of a file; ignored")
        setattr(config, name, [fspath(item) for item in given if _is_name(item)])
    builders = config.citations_paged_builders
    config.citations_paged_builders = [name for name in builders if isinstance(name, str)]
    if config.citations_paged_builders != list(builders):
        _warn("citations_paged_builders: what is no name of a builder is left out")
    try:
        sheet_of(config, Path(app.confdir))
    except (csl.SheetError, ExtensionError) as error:
        _warn(f"citations_style: {error}; {STYLES[0]!r} takes its place")
        config.citations_style = STYLES[0]
    choices: dict[str, tuple[str | int, ...]] = {
        "citations_date_form": ("mdy", "dmy"),
        "citations_edition": tuple(LIMITS),
    }
    # each look for plugins reads what every installed package says of itself
    other = [name for name, usual in _REFERENCING.items() if config[name] != usual]
    referencing = bibtex.styles(bibtex.REFERENCING) if other else ()
    choices |= {name: (_REFERENCING[name], *referencing) for name in other}
    if default_style(config):
        choices["bibtex_default_style"] = list_styles()
    for name, known in choices.items():
        try:
            if name not in other or not bibtex.is_referencing_style(config[name]):
                one_of(known, config[name])
        except ValueError as error:
            _warn(f"{name}: {error}")
            setattr(config, name, known[0])
    _check_groups(config)
    try:
        config.bibtex_cite_id.format(bibliography_count=1, key="key")
    except (KeyError, IndexError, ValueError) as error:
        _warn(f"bibtex_cite_id = {config.bibtex_cite_id!r} cannot be used ({error}); ignored")
        config.bibtex_cite_id = ""


def _is_name(value: object) -> TypeGuard[str | PathLike[str]]:
    """Tell whether a value can be the name of a file."""
    return isinstance(value, str | PathLike) and bool(value) and can_be_written(fspath(value))


def _warn(message: str) -> None:
    warn(Subtype.CONFIG, message)


def _check_groups(config: Config) -> None:
    """Let citations_groups be used as a whole or not at all."""
    try:
        for groups in config.citations_groups.values():
            for heading, source in groups.items():
                checked(heading, source)
    except (AttributeError, GroupError) as error:
        reason = error if isinstance(error, GroupError) else "not a table of tables"
        _warn(f"citations_groups: {reason}; write {{'name': {{'Heading': 'filter'}}}}")
        config.citations_groups = {}


def one_of(known: Sequence[T], value: object) -> T:
    """Give a value that is known; raises ValueError, which says what is."""
    for one in known:
        if one == value:
            return one
    words = list(map(str, dict.fromkeys(known)))
    raise ValueError(f"{value!r} is none of {', '.join(words)}{did_you_mean(str(value), words)}")


def list_styles() -> tuple[str, ...]:
    """Give the styles that a list can be in: the book's own, and pybtex's."""
    return (*STYLES, *bibtex.styles(bibtex.FORMATTING))


def sheet_of(config: Config, base: Path) -> csl.Sheet | None:
    """Give the CSL style that is set, or None for one of the house's own.

    Raises SheetError for what is none, ExtensionError where nothing can set it.
    """
    name = config.citations_style
    if name in STYLES:
        return None
    sheet = csl.find(str(name), base, STYLES)
    extension.require(f"the style {name!r}", "styles")
    return sheet


def default_style(config: Config) -> str:
    """Give the style of lists that name none: empty, the book's own, unless conf.py names another.

    ``citations_style`` in conf.py comes before ``bibtex_default_style``.
    """
    other = is_given(config, "bibtex_default_style") and not is_given(config, "citations_style")
    return str(config.bibtex_default_style) if other else ""


def load_bibliography(app: Sphinx) -> None:
    """Read every .bib file; each fault is a warning with file, line and key."""
    config = app.config
    base = Path(app.confdir)
    paths = [(base / name).resolve() for name in config.bibtex_bibfiles]
    overlays = [(base / name).resolve() for name in config.citations_overlays]
    library = load(paths, overlays, config.bibtex_encoding)
    for finding in library.findings:
        key = f"[{finding.key}] " if finding.key else ""
        warn(Subtype.BIBFILE, f"{key}{finding.message}", f"{finding.path}:{finding.line or 1}")
    sheet = sheet_of(config, base)
    notes = sheet.notes if sheet else config.citations_style == "notes"
    options = Options(
        "notes" if notes else "author-date",
        config.citations_date_form,
        bool(config.citations_page_labels),
        sheet is None and not bibtex.cites_author_and_year(config.bibtex_reference_style),
        config.citations_edition,
        extension.language_in_force(config),
    )
    domain = domain_of(app.env)
    domain.sheet = sheet
    domain.data["bibdata"] = bibtex.nothing_to_read(paths, config.bibtex_encoding)
    domain.builder, domain.library, domain.options = app.builder, library, options


def reread(app: Sphinx, env: BuildEnvironment, *changes: set[str]) -> Iterable[str]:
    """Have every document read again where a style file has turned citations into notes, or back.

    That decides what a role becomes when it is read; a setting that changes has it read anyway.
    """
    domain = domain_of(env)
    before, domain.data["notes"] = domain.data["notes"], domain.options.style == "notes"
    return env.found_docs if before not in (None, domain.data["notes"]) else ()
