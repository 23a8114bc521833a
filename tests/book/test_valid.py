"""The pages as the Nu checker reads them, and what it costs to load one."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from harness import Built
from validators import nu

Book = Callable[[str], Built]
pytestmark = pytest.mark.slow
KILOBYTE = 1000


@pytest.mark.java
def test_the_nu_checker_has_nothing_to_say(book: Book) -> None:
    folder = book("html").outdir
    pages = [path for path in sorted(folder.rglob("*.html")) if "_static" not in path.parts]
    objects = [path for path in pages if "id" in path.relative_to(folder).parts]
    assert len(objects) > 300
    # pages that lead on to an object differ in its name alone
    assert nu([path for path in pages if path not in objects[1:]]) == []


def load(page: Path) -> int:
    """Give the bytes that a reader's first visit to a page takes, compressed, fonts apart."""
    soup = BeautifulSoup(page.read_text(), "html.parser")
    addresses = [
        str(tag.get("src") or tag.get("href"))
        for tag in soup.select("script[src], link[rel=stylesheet]")
    ]
    files = {page, *(page.parent / re.sub("[?].*", "", address) for address in addresses)}
    return sum(len(gzip.compress(file.read_bytes())) for file in files)


def test_a_chapter_is_light(book: Book) -> None:
    chapters = sorted((book("html").outdir / "chapters").glob("*.html"))
    assert len(chapters) == 11
    assert {path.name: load(path) for path in chapters if load(path) > 100 * KILOBYTE} == {}
