"""What a format is: for whom, which files it makes, and which of them are worth a link."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec

from sphinx.application import Sphinx
from sphinx.events import EventManager

from sphinx_annals.annals.export.publication import Publication
from sphinx_annals.extension import command
from sphinx_annals.language import Language, messages

EVENT = "annals-formats"
"""Sphinx's event that collects the formats: its handlers answer with an iterable of them."""
Files = Mapping[str, bytes]
COUNTED = {
    "events": messages("{count} event", "{count} events"),
    "treaties": messages("{count} treaty", "{count} treaties"),
    "articles": messages("{count} provision", "{count} provisions"),
    "people": messages("{count} person", "{count} people"),
    "organisations": messages("{count} organisation", "{count} organisations"),
    "places": messages("{count} place", "{count} places"),
    "points": messages("{count} point", "{count} points"),
    "accounts": messages("{count} account", "{count} accounts"),
}
"""What is said of one and of many, by what a file holds."""


@dataclass(frozen=True, slots=True)
class Download:
    """A file to link to, and how many records it holds, as it is said of one and of many.

    A file of no records is left out of lists; ``records`` is None where they do not count.
    """

    file: str
    records: int | None
    counted: tuple[str, str] = messages("{count} record", "{count} records")

    def size(self, language: Language) -> str:
        """Give ``121 events``."""
        return language.ngettext(*self.counted, self.records or 0)


@dataclass(frozen=True, slots=True)
class Format:
    """One format; ``make`` gives its files, ``downloads`` what of them is worth a link.

    ``needs`` are the libraries that ``make`` imports, where they come with an extra.
    """

    id: str
    title: str
    sentence: str
    make: Callable[[Publication], Files]
    downloads: Callable[[Publication], list[Download]]
    needs: tuple[str, ...] = ()

    @property
    def missing(self) -> list[str]:
        """The libraries that it needs and that are not installed."""
        return [name for name in self.needs if find_spec(name) is None]


def add_format(app: Sphinx, format: Format) -> None:
    """Register a format; with the id of another it takes its place."""
    app.connect(EVENT, lambda _app: [format])


def formats_of(events: EventManager) -> dict[str, Format]:
    """Give the formats that extensions have registered, by id."""
    return {format.id: format for answer in events.emit(EVENT) for format in answer}


def makeable(events: EventManager) -> list[Format]:
    """Give the formats whose libraries are installed."""
    return [format for format in formats_of(events).values() if not format.missing]


def say_missing(formats: Iterable[Format]) -> str:
    """Say which formats need what, and how to install it; nothing where nothing is missing."""
    found = [f"{f.title} needs {' and '.join(f.missing)}" for f in formats if f.missing]
    return f"{', '.join(found)}; run: {command('exports')}" if found else ""
