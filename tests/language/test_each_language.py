"""A book with one of everything, in each language: none of our English words is left in it.

Its author writes words with a Q alone, so that in Russian and Chinese whatever else is in Latin
letters is a word that never went through a catalogue.
"""

from __future__ import annotations

import html
import json
import re

import pytest
from babel.messages.pofile import read_po
from harness import Project
from playwright.sync_api import Browser
from sphinx_annals.language import LANGUAGES, path_of

NAMES = re.compile(
    r"(?<![A-Za-z])(?:JSON(?: Schema)?|JSON-LD|GeoJSON|CSV|CSL(?:-JSON)?|Akoma Ntoso|XML|pandoc|Wikidata|BibTeX"
    r"|schema\.org|JavaScript|(?:https?://|www\.)\S+|\w+-\d+|[\w/-]+(?:\.\w{3,7})+"
    r"|Main|Related|Table of Contents|(?<!\w)[ivx]+(?!\w))(?![A-Za-z])"
)
"""Proper names, file names, addresses, numbers of front pages, and what Sphinx's basic theme and EPUB leave in
English.
"""
LATIN = re.compile(r"[A-Za-z]{3,}(?:[ -][A-Za-z]+)*")
HOLE = re.compile(r"\{\w+\}")
STRICT = {"ru": ("html", "text", "epub", "typstpdf"), "zh_CN": ("html",)}


def words_of(text: str, *, markup: bool) -> str:
    """Give what readers see or hear of a page, without the names that stay."""
    if markup:
        scripts = map(html.unescape, re.findall(r'data-words="([^"]*)"', text))
        spoken = [word for words in scripts for word in json.loads(words).values()]
        text = re.sub(r"<(script|style|head)\b.*?</\1>", "", text, flags=re.DOTALL)
        heard = re.findall(r'(?:aria-label|title|alt|data-label)="([^"]*)"', text)
        text = html.unescape(" ".join([re.sub(r"<[^>]+>", " ", text), *heard, *spoken]))
    text = re.sub(r"\S*\bq-\S*|\S*(?<![A-Za-z])[Qq][a-z]\S*", " ", text)
    return NAMES.sub(" ", text)


@pytest.fixture(scope="module", params=LANGUAGES)
def book(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, dict[str, str]]:
    """Build the book in a language; gives that, and the words of each file."""
    project = Project(tmp_path_factory.mktemp("book")).copy("words")
    name, found = request.param, {}
    for builder in STRICT.get(name, ("html",)):
        built = project.build(builder, language=name)
        if builder == "typstpdf":
            found[builder] = words_of(built.print, markup=False)
        for file in sorted(built.outdir.rglob("*")):
            # what Sphinx has not translated stands on the page of the search
            if file.suffix in (".html", ".xhtml", ".txt") and file.stem != "search":
                text = file.read_text(encoding="utf-8")
                found[f"{builder}: {file.name}"] = words_of(text, markup=file.suffix != ".txt")
    return name, found


def english(name: str) -> set[str]:
    """Give our words that a language has others for, without what is put in."""
    with path_of(name).open("rb") as file:
        messages = [message for message in read_po(file, locale=name) if message.id]
    found = set()
    for message in messages:
        for text in [message.id] if isinstance(message.id, str) else message.id:
            pieces = [piece.strip() for piece in re.split(r"\{\w+\}", text)]
            found |= {piece for piece in pieces if re.search("[A-Za-z]{3}", piece)}
    # French “met”, German “Tag”: some words are of both languages
    own = " ".join(str(message.string) for message in messages)
    return {piece for piece in found if not re.search(rf"(?<!\w){re.escape(piece)}(?!\w)", own)}


def test_no_english_word_is_left(book: tuple[str, dict[str, str]]) -> None:
    name, pages = book
    assert len(pages) > 8
    if name in STRICT:
        assert {
            page: found
            for page, text in pages.items()
            if (found := LATIN.findall(HOLE.sub("", text)))
        } == {}
    words = "|".join(sorted(map(re.escape, english(name)), key=len, reverse=True))
    pattern = re.compile(rf"(?<!\w)(?:{words})(?!\w)")
    assert {page: found for page, text in pages.items() if (found := pattern.findall(text))} == {}


def test_scripts_are_given_their_words(book: tuple[str, dict[str, str]]) -> None:
    name, pages = book
    views = next(text for page, text in pages.items() if page == "html: qviews.html")
    with path_of(name).open("rb") as file:
        said = {message.id: message.string for message in read_po(file, locale=name)}
    for word in ("All {total} events", "Which points to show", "Cite this {kind}"):
        assert said[word] in views


@pytest.mark.browser
def test_scripts_speak_the_language_of_the_book(
    tmp_path_factory: pytest.TempPathFactory, browser: Browser
) -> None:
    project = Project(tmp_path_factory.mktemp("german")).copy("words")
    page = browser.new_page()
    page.goto((project.build(language="de").outdir / "qviews.html").as_uri())
    assert page.get_by_label("Welche Punkte zu zeigen sind").is_visible()
    assert page.get_by_role("button", name="Quellenvergleiche").count() == 1
    for words in ("Alle 4 Punkte", "Ereignisse wählen oder größer zeichnen"):
        assert page.get_by_text(words).count() == 1
