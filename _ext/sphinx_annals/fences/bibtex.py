"""sphinxcontrib-bibtex and pybtex: what we touch of them that they do not document.

Here belongs whatever stands on their internals: their domains, which ours take the place of
under their names, the cache of their files, their plugins, pybtex's styles. Each says what would
break it, and ``tests/fences`` fails with that sentence.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from docutils import nodes
from pybtex.database import BibliographyData, Entry
from pybtex.plugin import enumerate_plugin_names
from pybtex.plugin import find_plugin as find_pybtex
from sphinxcontrib.bibtex.bibfile import BibData, BibFile, get_mtime
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.foot_domain import BibtexFootDomain
from sphinxcontrib.bibtex.plugin import find_plugin
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

__all__ = ["BibtexDomain", "BibtexFootDomain"]
"""Subclassed, so that its handlers of events find what they cast the domains to.

Breaks if the domains are no longer named ``cite`` and ``footcite``, or if the handlers call
more of them than ``reference_style``, ``bibdata``, ``data["bibdata"]`` and ``env_updated``.
"""

REFERENCING = "sphinxcontrib.bibtex.style.referencing"
FORMATTING = "pybtex.style.formatting"


def nothing_to_read(paths: Iterable[Path], encoding: str) -> BibData:
    """Give what makes its own reader, at ``builder-inited``, find that no file has changed.

    Its reader stops at the first fault of a file. Breaks if it no longer compares
    ``domain.bibdata`` with the encoding and the times of the files, by resolved path.
    """
    files = {path: BibFile(get_mtime(path), {}) for path in paths}
    return BibData(encoding, files, BibliographyData())


def styles(group: str) -> Sequence[str]:
    """Give the styles that are installed: of citations, ``REFERENCING``, or of lists.

    Breaks if they are no longer plugins of these groups.
    """
    return sorted(enumerate_plugin_names(group))


def is_referencing_style(name: str) -> bool:
    """Tell whether a style of citations is installed, or registered in conf.py.

    Breaks if plugins are no longer found by group and name, with ImportError for others.
    """
    try:
        return bool(find_plugin(REFERENCING, name))
    except ImportError:
        return False


def cites_author_and_year(name: str) -> bool:
    """Tell whether a style of citations shows names and years, whatever labels a list has.

    Breaks if such styles no longer derive from ``AuthorYearReferenceStyle``.
    """
    own = name == "author_year"  # the usual one; to look for plugins takes long
    return own or issubclass(find_plugin(REFERENCING, name), AuthorYearReferenceStyle)


def in_order(style: str, entries: Iterable[Entry]) -> list[tuple[Entry, str]]:
    """Give entries in the order of a style of pybtex, each with its label.

    Breaks if such styles no longer have ``sort`` and ``format_labels``.
    """
    formatter = find_pybtex(FORMATTING, style)()
    ordered = list(formatter.sort(list(entries)))
    return list(zip(ordered, map(str, formatter.format_labels(ordered)), strict=True))


def formatted(style: str, entry: Entry) -> nodes.Element:
    """Give an entry in a style of pybtex, as a paragraph.

    Breaks if such styles no longer have ``format_entry``, or pybtex-docutils' backend
    ``paragraph``.
    """
    made = find_pybtex(FORMATTING, style)().format_entry("", entry)
    paragraph: nodes.Element = find_pybtex("pybtex.backends", "docutils")().paragraph(made)
    return paragraph
