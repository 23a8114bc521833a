"""The catalogues of our words are whole and current, and a language is found by every name."""

from __future__ import annotations

import ast
import re
import sys

import pytest
from babel import Locale
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po
from harness import REPOSITORY
from sphinx_annals.language import ENGLISH, FOLDER, LANGUAGES, language_of, path_of

sys.path.insert(0, str(REPOSITORY / "tools"))

import make_words


@pytest.fixture(scope="module")
def catalogues() -> dict[str, Catalog]:
    found = {}
    for name in LANGUAGES:
        with path_of(name).open("rb") as file:
            found[name] = read_po(file, locale=name, abort_invalid=True)
    return found


@pytest.fixture(scope="module")
def template() -> Catalog:
    return make_words.template()


def strings(message: Message) -> list[str]:
    return [message.string] if isinstance(message.string, str) else list(message.string)


def holes(text: str) -> list[str]:
    return sorted(re.findall(r"\{\w*\}", text))


def test_every_folder_is_a_language() -> None:
    assert sorted(path.name for path in FOLDER.iterdir()) == sorted(LANGUAGES)


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_catalogue_has_the_words_of_the_code_and_no_others(
    name: str, catalogues: dict[str, Catalog], template: Catalog
) -> None:
    def said(catalogue: Catalog) -> set[object]:
        return {(message.context, message.id) for message in catalogue if message.id}

    assert len(said(template)) > 50
    assert said(catalogues[name]) == said(template)
    assert not catalogues[name].obsolete
    assert path_of(name).read_text("utf-8") == make_words.text(name)


@pytest.mark.parametrize("name", LANGUAGES)
def test_every_word_is_translated(name: str, catalogues: dict[str, Catalog]) -> None:
    messages = [message for message in catalogues[name] if message.id]
    assert [m.id for m in messages if m.fuzzy or not all(strings(m))] == []


@pytest.mark.parametrize("name", LANGUAGES)
def test_a_translation_has_the_holes_of_the_word(name: str, catalogues: dict[str, Catalog]) -> None:
    for message in catalogues[name]:
        ids = [message.id] if isinstance(message.id, str) else list(message.id)
        # of one thing a language may say no number, of many it must
        wanted = holes(ids[-1])
        for n, string in enumerate(strings(message)):
            free = holes(ids[0]) if n == 0 and len(strings(message)) > 1 else wanted
            assert holes(string) in (wanted, free), (message.id, string)


@pytest.mark.parametrize("name", LANGUAGES)
def test_there_are_as_many_plurals_as_the_language_has(
    name: str, catalogues: dict[str, Catalog]
) -> None:
    catalogue = catalogues[name]
    assert f"Plural-Forms: {catalogue.plural_forms}" in path_of(name).read_text("utf-8")
    for message in catalogue:
        if message.pluralizable:
            assert len(strings(message)) == catalogue.num_plurals, message.id


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("en", "en"),
        ("en_US", "en"),
        ("de", "de"),
        ("de_AT", "de"),
        ("fr-CA", "fr"),
        ("ru", "ru"),
        ("zh", "zh_CN"),
        ("zh_CN", "zh_CN"),
        ("zh-Hans", "zh_CN"),
        ("zh_Hans_SG", "zh_CN"),
        ("zh_TW", "zh_TW"),
        ("zh-TW", "zh_TW"),
        ("zh_Hant", "zh_TW"),
        ("zh_HK", "zh_TW"),
        ("es", "en"),  # has no catalogue
        ("sr@latin", "en"),
        ("tlh", "en"),
        ("", "en"),
    ],
)
def test_a_language_is_found_by_every_name_for_it(name: str, tag: str) -> None:
    language = language_of(name)
    assert language.tag == tag
    assert (language is ENGLISH) == (tag == "en")
    assert language.locale.language == tag[:2]


def test_words_that_no_catalogue_has_stay_as_they_are() -> None:
    german = language_of("de")
    assert german.gettext("Casualties") == "Casualties"
    assert german.gettext("") == german.pgettext("choice", "") == ""
    assert german.gettext("Signed") == "Unterzeichnung"
    assert german.pgettext("choice", "exchange of notes") == "Notenwechsel"
    assert ENGLISH.gettext("Signed") == "Signed"


def test_numbers_are_written_as_the_language_writes_them() -> None:
    assert language_of("de").number(55.75) == "55,75"
    assert ENGLISH.number(55.75) == "55.75"
    assert ENGLISH.number(12000) == "12000"
    assert Locale.parse("de_AT") == language_of("de_AT").locale


@pytest.mark.parametrize(
    ("tag", "within", "name"),
    [
        ("ru", "en", "Russian"),
        ("zh-Hans", "en", "Chinese (Simplified)"),
        ("ru", "de", "Russisch"),
        ("zh-Hant", "zh_TW", "繁體中文"),
        ("ru", "es", "Russian"),
        ("qaa", "en", "qaa"),
        ("mnc", "de", "Mandschurisch"),
        ("", "en", ""),
    ],
)
def test_a_language_is_named_in_that_of_the_book(tag: str, within: str, name: str) -> None:
    assert language_of(within).name_of(tag) == name


def test_a_language_is_found_by_its_name_unless_that_is_the_tag_of_another() -> None:
    assert language_of("de").tag_of("russisch") == "ru"
    assert [ENGLISH.tag_of(name) for name in ("Ga", "ga")] == ["gaa", "ga"]  # ga is Irish


def test_no_word_stands_in_an_f_string() -> None:
    """Babel finds it there on some Pythons and not on others."""
    hidden = [
        f"{path}:{call.lineno}"
        for path in sorted(FOLDER.parent.rglob("*.py"))
        for text in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(text, ast.JoinedStr)
        for call in ast.walk(text)
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", "") in make_words.KEYWORDS
        and any(isinstance(argument, ast.Constant) for argument in call.args)
    ]
    assert hidden == []


def test_a_build_finds_the_words_of_a_script_that_the_catalogues_have(template: Catalog) -> None:
    scripts = {path: path.read_text("utf-8") for path in FOLDER.parent.rglob("*.js")}
    said = {text for script in scripts.values() for text in re.findall(r'\bsay\("([^"]+)"', script)}
    assert len(said) > 20
    assert said <= {message.id for message in template}
    for path, script in scripts.items():
        assert script.count("say(") == len(re.findall(r'\bsay\("', script)), path
