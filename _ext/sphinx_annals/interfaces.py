"""How the wings meet: what one offers and another asks for, without knowing each other.

A domain takes part by having the method of a protocol; whoever asks finds it among the domains
of the environment. Nothing here imports a wing, so each loads alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, runtime_checkable

from sphinx_annals.dates import Day

CITING_DOMAINS = frozenset({"cite", "footcite"})
"""Who cites: pending references of these domains do, and their target is the role's text.

sphinxcontrib-bibtex named them, so that a project without our layer over it is read as well.
"""

IN_PLACE = "in-place"
"""Marks a citing reference that is printed where it stands, even where citations are notes: it is
in an apparatus already, as the sources of an annotation are.
"""


@dataclass(frozen=True, slots=True)
class Work:
    """A work of the bibliography, as far as other wings need to know it.

    ``aliases`` are older keys that cite it as well (biblatex's ``ids``). ``published_by`` is the
    last Gregorian day on which it can have been published, ``pages`` are the spans of the entry's
    own pages, ``refers`` are the keys of works that its entry names, as a chapter its book, and
    ``derives_from`` those of works that it draws on. ``label`` is its short name with the year,
    and with a title where another has the same. ``path`` and ``line`` say where the entry stands.
    ``csl`` is the work as an item of CSL-JSON 1.0.
    """

    key: str
    aliases: tuple[str, ...] = ()
    title: str = ""
    label: str = ""
    published_by: Day | None = None
    pages: tuple[tuple[int, int], ...] = ()
    refers: tuple[str, ...] = ()
    derives_from: tuple[str, ...] = ()
    path: str = ""
    line: int = 0
    csl: Mapping[str, Any] = field(default_factory=dict)


@runtime_checkable
class OffersWorks(Protocol):
    """A domain that has read the bibliography."""

    def works(self) -> Mapping[str, Work]:
        """Give the works by key, in the order of the files."""


@runtime_checkable
class FilesTexts(Protocol):
    """A domain that knows by which text a heading of the general index files."""

    def filing_forms(self) -> Mapping[str, str]:
        """Give, for headings that do not file as they stand, the text by which they do."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is shown over a link before it is followed: of what leads to ``anchor`` of a document.

    ``kind``, ``name`` and ``about``, what says which of many it is, are plain texts; ``html`` is a
    sentence of it, or a reference. ``address`` is where it is cited, relative to the output
    where that has no address; what is cited elsewhere, as a work is, has none.
    """

    docname: str
    anchor: str
    kind: str
    name: str = ""
    about: str = ""
    html: str = ""
    address: str = ""


CARDS = "link-cards"
"""Sphinx's event that asks for the cards of a build, once its pages are written; handlers answer
with an iterable of :class:`Card`."""
CITED_AS = "link-card-cited-as"
"""Sphinx's event that asks how what has a card is cited; a handler answers with what gives, for a
:class:`Card`, pairs of a form's name and its text as HTML."""


SHOWN = "page-shows"
"""Sphinx's event that asks what pages show of other documents; handlers get what is known by each
name (:data:`Names`), and answer with a hash of what they show for each document that shows some.
"""
EVERY_PAGE = "/"
"""What no document is named: in the answer to :data:`SHOWN`, what stands on every page."""
Names = Mapping[str, Sequence[tuple[str, ...]]]
"""All that references can lead to, by its name in small letters: the domain, the type, what is
shown of it, its document and its anchor."""


Found = tuple[str, str, str, str, str]
"""By what a reader finds an object: the text, the object's type, its document, its anchor, and
what else is said of it, such as its date."""


@runtime_checkable
class IsSearched(Protocol):
    """A domain that says itself by which texts a search of the pages finds its objects."""

    def found_by(self) -> Iterable[Found]:
        """Give each text by which an object is found; there may be several for one."""


def filing_forms(domains: Iterable[Any]) -> dict[str, str]:
    """Give the texts by which headings file, from all domains that know of some."""
    knowing = [domain for domain in domains if isinstance(domain, FilesTexts)]
    return {name: form for domain in knowing for name, form in domain.filing_forms().items()}
