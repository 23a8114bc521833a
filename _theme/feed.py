"""The editions of the book as an Atom feed (RFC 4287), from the headings of its changelog. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from markdown_it import MarkdownIt

SPACE = "http://www.w3.org/2005/Atom"
_HEADING = re.compile(r"^## \[(.+?)\] – (.+)$", re.MULTILINE)
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True)
class Edition:
    """An edition: its day, or its year where no day is known yet, and what is new, in Markdown."""

    number: str
    date: str
    news: str

    @property
    def updated(self) -> str:
        """Give the time that Atom demands: the beginning of the day or year."""
        day = self.date if _DAY.fullmatch(self.date) else f"{self.date}-01-01"
        return f"{day}T00:00:00Z"


def editions(changelog: str, current: str, year: str) -> list[Edition]:
    """Read a changelog, the newest first; the ``current`` edition has a year before it has a day.

    What has neither, as an edition to come, is left out.
    """
    _, *parts = _HEADING.split(changelog)
    found = zip(parts[::3], parts[1::3], parts[2::3], strict=True)
    return list(_dated(found, current, year))


def _dated(found: Iterator[tuple[str, str, str]], current: str, year: str) -> Iterator[Edition]:
    for number, date, news in found:
        if _DAY.fullmatch(date) or number == current:
            yield Edition(number, date if _DAY.fullmatch(date) else year, news.strip())


def atom(found: list[Edition], title: str, author: str, address: str, own: str) -> bytes:
    """Give the feed; ``address`` is that of the book, ``own`` that of the feed."""
    ElementTree.register_namespace("", SPACE)
    feed = ElementTree.Element(f"{{{SPACE}}}feed")

    def add(parent: ElementTree.Element, name: str, text: str = "", **said: str) -> None:
        ElementTree.SubElement(parent, f"{{{SPACE}}}{name}", said).text = text or None

    add(feed, "title", title)
    add(feed, "id", address)
    add(feed, "link", href=address)
    add(feed, "link", href=own, rel="self", type="application/atom+xml")
    add(feed, "updated", max(edition.updated for edition in found))
    writer = ElementTree.SubElement(feed, f"{{{SPACE}}}author")
    add(writer, "name", author)
    markdown = MarkdownIt("commonmark", {"html": False})
    for edition in found:
        entry = ElementTree.SubElement(feed, f"{{{SPACE}}}entry")
        add(entry, "title", f"Edition {edition.number}")
        add(entry, "id", f"{address}#edition-{edition.number}")
        add(entry, "link", href=address)
        add(entry, "updated", edition.updated)
        add(entry, "content", markdown.render(edition.news), type="html")
    ElementTree.indent(feed)
    return ElementTree.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n"
