"""Reading the configuration and the .bib files at the start of a build."""

from collections.abc import Iterator
from os import PathLike, fspath
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_annals.citations.bib import load
from sphinx_annals.citations.build.domain import domain_of
from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.style import STYLES, GroupError, Options, checked
from sphinx_annals.fences import bibtex
from sphinx_annals.fences.sphinx import is_given
from sphinx_annals.messages import warn
from sphinx_annals.text import did_you_mean


def check_config(app: Sphinx, config: Config) -> None:
    """Repair settings that cannot be used, each with a warning, so that no build dies of them."""
    if config.bibtex_bibfiles is None:
        default = Path(app.confdir) / "references.bib"
        config.bibtex_bibfiles = [default.name] if default.is_file() else []
    for name in ("bibtex_bibfiles", "citations_overlays"):
        setattr(config, name, list(_file_names(name, config[name])))
    referencing = bibtex.referencing_styles()
    choices = {
        "citations_style": STYLES,
        "citations_date_form": ("mdy", "dmy"),
        "bibtex_reference_style": ("author_year", *referencing),
        "bibtex_foot_reference_style": ("foot", *referencing),
    }
    if default_style(config):
        choices["bibtex_default_style"] = list_styles()
    for name, known in choices.items():
        value = config[name]
        if value in known or ("reference" in name and bibtex.is_referencing_style(value)):
            continue
        forms = " or ".join(map(repr, dict.fromkeys(known)))
        hint = did_you_mean(str(value), known)
        _warn(f"{name} = {value!r} is not known; use {forms}{hint}")
        setattr(config, name, known[0])
    _check_groups(config)
    for name in ("bibtex_cite_id", "bibtex_bibliography_id"):
        try:
            config[name].format(bibliography_count=1, key="key")
        except (KeyError, IndexError, ValueError) as error:
            _warn(f"{name} = {config[name]!r} cannot be used ({error}); ignored")
            setattr(config, name, "")


def _warn(message: str) -> None:
    warn(Subtype.CONFIG, message)


def _check_groups(config: Config) -> None:
    """Leave in citations_groups what can be used: headings with filters, by the scheme's name."""
    kept: dict[str, dict[str, str]] = {}
    given = config.citations_groups
    if not isinstance(given, dict):
        _warn("citations_groups is no table; write {'name': {'Heading': 'filter'}}")
        given = {}
    for name, groups in given.items():
        kept[str(name)] = {}
        if not isinstance(groups, dict):
            _warn(f"citations_groups[{name!r}] is no table of headings and filters")
            continue
        for heading, source in groups.items():
            try:
                kept[str(name)][str(heading)] = checked(str(heading), str(source))
            except GroupError as error:
                _warn(f"citations_groups[{name!r}]: {error}; the group is left out")
    config.citations_groups = kept


def list_styles() -> tuple[str, ...]:
    """Give the styles that a list can be in: the book's own, and pybtex's."""
    return (*STYLES, *bibtex.formatting_styles())


def default_style(config: Config) -> str:
    """Give the style of lists that name none: empty, the book's own, unless conf.py names another.

    `citations_style` in conf.py comes before `bibtex_default_style`.
    """
    other = is_given(config, "bibtex_default_style") and not is_given(config, "citations_style")
    return str(config.bibtex_default_style) if other else ""


def _file_names(name: str, value: object) -> Iterator[str]:
    """Give the names of files that a setting holds; a single one need not be in a list."""
    for item in value if isinstance(value, list | tuple) else [value]:
        if isinstance(item, str | PathLike):
            yield fspath(item)
        else:
            _warn(f"{name}: {item!r} is no name of a file; ignored")


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
    options = Options(
        config.citations_style,
        config.citations_date_form,
        bool(config.citations_page_labels),
        not bibtex.cites_author_and_year(config.bibtex_reference_style),
    )
    domain = domain_of(app.env)
    domain.data["bibdata"] = bibtex.nothing_to_read(paths, config.bibtex_encoding)
    domain.install(library, options, app.builder)
