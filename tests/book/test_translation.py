"""The chapter of the book in Chinese: current, whole, and with all that it refers to and cites.

`make chinese` builds it with the book, in continuous integration.
"""

from __future__ import annotations

import re

import pytest
from babel.messages import Catalog
from babel.messages.pofile import read_po
from harness import REPOSITORY

CATALOGUE = REPOSITORY / "locale/zh_CN/LC_MESSAGES/chapters/09-legacy.po"
SOURCES = ("chapters/09-legacy.md", "chapters/points/09-legacy.md")
REFERENCE = re.compile(r"\{[\w:]+\}`(?:[^`<]*<)?([^`>]+)>?`|\]\(([^)]+)\)")


def paragraphs() -> list[str]:
    """Give what is prose in the sources: blocks outside options, headings and fences."""
    text = "\n\n".join((REPOSITORY / name).read_text("utf-8") for name in SOURCES)
    text = re.sub(r"^(?:[:`]{3,}|:[\w-]+:).*\n", "\n", text, flags=re.MULTILINE)
    blocks = (" ".join(block.split()) for block in re.split(r"\n\s*\n", text))
    return [re.sub(r"^#+ ", "", block) for block in blocks if block and block[0] not in "(%"]


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file)


def test_the_translation_is_current_and_whole(catalogue: Catalog) -> None:
    source = " ".join(" ".join((REPOSITORY / name).read_text("utf-8") for name in SOURCES).split())
    said = {message.id: message.string for message in catalogue if message.id}
    assert [text for text in said if text not in source] == []
    assert [text for text in paragraphs() if not said.get(text)] == []


def test_it_refers_to_and_cites_what_the_source_does(catalogue: Catalog) -> None:
    for message in (message for message in catalogue if message.id):
        wanted, found = (REFERENCE.findall(text) for text in (message.id, message.string))
        assert sorted(found) == sorted(wanted), message.id
        assert re.search("[\u4e00-\u9fff]", message.string), message.id
