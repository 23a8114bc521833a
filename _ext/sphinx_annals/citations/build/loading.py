"""Reading the configuration and the .bib files at the start of a build."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from os import PathLike, fspath
from pathlib import Path
from typing import NamedTuple

from pybtex.database import BibliographyData
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.plugin import find_plugin
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from sphinx_annals.citations.bib.library import Library, load
from sphinx_annals.citations.build.messages import Warn, warn
from sphinx_annals.citations.style.chicago import STYLES, Options
from sphinx_annals.citations.style.groups import GroupError, checked
from sphinx_annals.text import did_you_mean

REFERENCING = "sphinxcontrib.bibtex.style.referencing"
DATE_FORMS = ("mdy", "dmy")


class Loaded(NamedTuple):
    """What one build works with."""

    library: Library
    options: Options
    bibdata: BibData


def check_config(app: Sphinx, config: Config) -> None:
    """Repair settings that cannot be used, each with a warning, so that no build dies of them."""
    if config.bibtex_bibfiles is None:
        default = Path(str(app.confdir)) / "references.bib"
        config.bibtex_bibfiles = ["references.bib"] if default.is_file() else []
        if not config.bibtex_bibfiles:
            warn(
                Warn.CONFIG, "bibtex_bibfiles is not set; name the .bib files in conf.py, or set []"
            )
    for name in ("bibtex_bibfiles", "citations_overlays"):
        setattr(config, name, list(_file_names(name, config[name])))
    _one_of(config, "citations_style", STYLES)
    _one_of(config, "citations_date_form", DATE_FORMS)
    _check_groups(config)
    _check_default_style(config)
    for name in ("bibtex_cite_id", "bibtex_bibliography_id"):
        try:
            config[name].format(bibliography_count=1, key="key")
        except (KeyError, IndexError, ValueError) as error:
            warn(Warn.CONFIG, f"{name} = {config[name]!r} cannot be used ({error}); ignored")
            setattr(config, name, "")
    for name, group, default_name in (
        ("bibtex_reference_style", REFERENCING, "author_year"),
        ("bibtex_foot_reference_style", REFERENCING, "foot"),
    ):
        if not _is_referencing(group, config[name]):
            also = did_you_mean(str(config[name]), plugin_names(group))
            warn(Warn.CONFIG, f"{name} = {config[name]!r} is no style{also}")
            setattr(config, name, default_name)


def _check_groups(config: Config) -> None:
    """Leave in citations_groups what can be used: headings with filters, by the scheme's name."""
    kept: dict[str, dict[str, str]] = {}
    given = config.citations_groups
    for name, groups in given.items() if isinstance(given, dict) else ():
        kept[str(name)] = {}
        for heading, source in groups.items() if isinstance(groups, dict) else ():
            try:
                kept[str(name)][str(heading)] = checked(str(heading), str(source))
            except GroupError as error:
                warn(Warn.CONFIG, f"citations_groups[{name!r}]: {error}; the group is left out")
        if not isinstance(groups, dict):
            warn(Warn.CONFIG, f"citations_groups[{name!r}] is no table of headings and filters")
    if not isinstance(given, dict):
        warn(Warn.CONFIG, "citations_groups is no table; write {'name': {'Heading': 'filter'}}")
    config.citations_groups = kept


def plugin_names(group: str) -> Sequence[str]:
    """The names that pybtex knows in a plugin group."""
    from pybtex.plugin import enumerate_plugin_names

    return sorted(enumerate_plugin_names(group))


def _is_referencing(group: str, name: str, kind: type = object) -> bool:
    """True for a style of referencing that is installed, or registered in conf.py."""
    try:
        return issubclass(find_plugin(group, name), kind)
    except ImportError:
        return False


def default_style(config: Config) -> str:
    """The style of lists that name none: empty, the book's own, unless conf.py names another.

    `citations_style` in conf.py comes before `bibtex_default_style`.
    """
    given = {*getattr(config, "_raw_config", {}), *config.overrides}
    if "bibtex_default_style" in given and "citations_style" not in given:
        return str(config.bibtex_default_style)
    return ""


def _check_default_style(config: Config) -> None:
    style = default_style(config)
    known = [*STYLES, *plugin_names("pybtex.style.formatting")]
    if style and style not in known:
        warn(
            Warn.CONFIG,
            f"bibtex_default_style = {style!r} is no style{did_you_mean(style, known)}",
        )
        config.bibtex_default_style = "author-date"


def _one_of(config: Config, name: str, allowed: Sequence[str]) -> None:
    if config[name] not in allowed:
        also = did_you_mean(str(config[name]), allowed)
        forms = " or ".join(repr(value) for value in allowed)
        warn(Warn.CONFIG, f"{name} = {config[name]!r} is not known; use {forms}{also}")
        setattr(config, name, allowed[0])


def _file_names(name: str, value: object) -> Iterator[str]:
    """Give the names of files that a setting holds; a single one need not be in a list."""
    for item in value if isinstance(value, list | tuple) else [value]:
        if isinstance(item, str | PathLike):
            yield fspath(item)
        else:
            warn(Warn.CONFIG, f"{name}: {item!r} is no name of a file; ignored")


def read(app: Sphinx) -> Loaded:
    """Read every .bib file; each fault is a warning with file, line and key."""
    config = app.config
    base = Path(str(app.confdir))
    paths = [(base / name).resolve() for name in config.bibtex_bibfiles]
    overlays = [(base / name).resolve() for name in config.citations_overlays]
    library = load(paths, overlays, config.bibtex_encoding)
    for finding in library.findings:
        where = f"{finding.path}:{finding.line or ''}".rstrip(":") + ("" if finding.line else ":1")
        key = f"[{finding.key}] " if finding.key else ""
        warn(Warn.BIBFILE, f"{key}{finding.message}", where)
    options = Options(config.citations_style, config.citations_date_form,
                      bool(config.citations_page_labels),
                      not _is_referencing(REFERENCING, config.bibtex_reference_style,
                                          AuthorYearReferenceStyle))  # fmt: skip
    # sphinxcontrib-bibtex reads its files unless this cache says that nothing changed
    cache = {path: BibFile(get_mtime(path), {}) for path in paths}
    return Loaded(library, options, BibData(config.bibtex_encoding, cache, BibliographyData()))
