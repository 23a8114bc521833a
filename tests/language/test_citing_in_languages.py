"""Citations in the words of the book's language: the structure is Chicago's, the words are not."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sphinx_annals.citations.bib import assemble, parse
from sphinx_annals.citations.entry import Entry, Rich
from sphinx_annals.citations.style import Options, full_note, reference, show_locator
from sphinx_annals.language import Language, language_of

BOOK = """@book{k, author={Weber, Anna and Roth, Karl}, editor={Lang, Eva}, translator={Lang, Eva},
 title={Der Weg}, edition={2}, volume={3}, location={Bonn}, publisher={Dietz}, date={1950~}}"""
PART = """@incollection{k, author={Weber, Anna}, editor={Lang, Eva}, title={Der Weg}, chapter={3},
 booktitle={Die Reise}, pages={3--9}, location={Bonn}, publisher={Dietz}, date={1951}}"""
LETTER = """@letter{k, author={Weber, Anna}, recipient={Roth, Karl}, date={1949-12-06}, box={3},
 archive={Bundesarchiv}}"""
PAGE = """@online{k, title={Der Weg}, organization={Dietz}, url={https://example.org/},
 urldate={2026-11-27}}"""
QUOTING = (
    """@article{k, title={On ``Lasting'' Peace}, issuetitle={War}, journaltitle={J}, date={1950}}"""
)
THESIS = "@thesis{k, author={Weber, Anna}, title={Der Weg}, school={Bonn}, date={1950}}"
TEAM = """@book{k, author={Weber, Anna and others}, title={Der Weg}, pubstate={inpress}}"""


def listed(work: Entry, language: Language) -> Rich:
    return reference(work, options=Options(language=language))


def noted(work: Entry, language: Language) -> Rich:
    return full_note(work, "n. 4", Options("notes", language=language))


TOLD: dict[Callable[[Entry, Language], Rich], dict[str, dict[str, str]]] = {
    listed: {
        BOOK: {
            "de": "Weber, Anna und Karl Roth. ca. 1950. Der Weg. Hrsg. und übersetzt von Eva Lang. 2. Aufl. Bd. 3. Bonn: Dietz.",
            "fr": "Weber, Anna et Karl Roth. ca 1950. Der Weg. Édité et traduit par Eva Lang. 2e éd. Vol. 3. Bonn: Dietz.",
            "ru": "Weber, Anna и Karl Roth. ок. 1950. Der Weg. Под ред. и пер. Eva Lang. 2-е изд. Т. 3. Bonn: Dietz.",
            "zh_CN": "Weber, Anna和Karl Roth. 约1950. Der Weg. Eva Lang编和译. 第2版. 卷3. Bonn: Dietz.",
        },
        PART: {
            "de": "Weber, Anna. 1951. „Der Weg“. In Die Reise, hrsg. von Eva Lang, Kap. 3, 3–9. Bonn: Dietz.",
            "fr": "Weber, Anna. 1951. « Der Weg ». Dans Die Reise, édité par Eva Lang, chap. 3, 3–9. Bonn: Dietz.",
            "zh_TW": "Weber, Anna. 1951. 「Der Weg」. 載Die Reise, Eva Lang編, 第3章, 3–9. Bonn: Dietz.",
        },
        LETTER: {
            "de": "Weber, Anna. 1949. Brief an Karl Roth. 6. Dezember 1949. Karton 3, Bundesarchiv.",
            "ru": "Weber, Anna. 1949. Письмо, адресат: Karl Roth. 6 декабря 1949 г. Кор. 3, Bundesarchiv.",
            "zh_CN": "Weber, Anna. 1949. 致Karl Roth信. 1949年12月6日. 盒3, Bundesarchiv.",
        },
        PAGE: {
            "de": "Dietz. o. J. „Der Weg“. Abgerufen am 27. November 2026. https://example.org/.",
            "ru": "Dietz. б. г. «Der Weg». Дата обращения: 27 ноября 2026 г. https://example.org/.",
        },
        QUOTING: {
            "de": "J. 1950. „On ‚Lasting‘ Peace“. In „War“, Themenheft.",
            "fr": "J. 1950. « On “Lasting” Peace ». Dans « War », numéro spécial.",
            "ru": "J. 1950. «On „Lasting“ Peace». В: «War», спец. вып.",
        },
        TEAM: {
            "de": "Weber, Anna u. a. Im Druck. Der Weg.",
            "fr": "Weber, Anna, et al. Sous presse. Der Weg.",
        },
    },
    noted: {
        THESIS: {
            "de": "Anna Weber, „Der Weg“ (Hochschulschrift, Bonn, 1950), Anm. 4",
            "ru": "Anna Weber, «Der Weg» (диссертация, Bonn, 1950), примеч. 4",
        },
        PART: {
            "de": "Anna Weber, „Der Weg“, in Die Reise, hrsg. von Eva Lang, Kap. 3 (Bonn: Dietz, 1951), Anm. 4",
            "ru": "Anna Weber, «Der Weg», в: Die Reise, под ред. Eva Lang, гл. 3 (Bonn: Dietz, 1951), примеч. 4",
        },
        LETTER: {
            "fr": "Anna Weber, lettre à Karl Roth, 6 décembre 1949, carton 3, Bundesarchiv, n. 4",
            "zh_TW": "Anna Weber, 致Karl Roth信, 1949年12月6日, 盒3, Bundesarchiv, 註4",
        },
        PAGE: {
            "de": "Dietz, „Der Weg“, Anm. 4, abgerufen am 27. November 2026, https://example.org/",
        },
    },
}
LOCATORS = [
    ("p. 3", "de", "3", "S. 3"),
    ("3--5", "ru", "3–5", "с. 3–5"),
    ("3", "zh_CN", "3", "第3页"),
    ("chap. 2", "zh_TW", "第2章", "第2章"),
    ('sec. "Item 3", n. 4', "zh_CN", '"Item 3"节, 注4', '"Item 3"节, 注4'),
    ("arts. 2, 5", "zh_TW", "第2, 5條", "第2, 5條"),
    ("sec. 2--3", "fr", "sect. 2–3", "sect. 2–3"),
    ("vol. 2, n. 3", "de", "vol. 2, Anm. 3", "vol. 2, Anm. 3"),
    ("S. 5", "de", "S. 5", "S. 5"),
    ("§§ 4, 5", "ru", "§§ 4, 5", "§§ 4, 5"),
    ('sec. "Item 3"', "de", 'Abschn. "Item 3"', 'Abschn. "Item 3"'),
]


def plain(text: object) -> str:
    return str(text).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("made", "source", "name", "shown"),
    [
        (made, source, name, shown)
        for made, works in TOLD.items()
        for source, told in works.items()
        for name, shown in told.items()
    ],
)
def test_lists_and_notes_speak_the_language_of_the_book(
    made: Callable[[Entry, Language], Rich], source: str, name: str, shown: str
) -> None:
    (work,) = assemble([parse(source)]).entries.values()
    assert plain(made(work, language_of(name))) == shown


@pytest.mark.parametrize(("written", "name", "bare", "labelled"), LOCATORS)
def test_labels_that_we_know_are_translated(
    written: str, name: str, bare: str, labelled: str
) -> None:
    language = language_of(name)
    assert plain(show_locator(written, language=language)) == bare
    assert plain(show_locator(written, page_labels=True, language=language)) == labelled


def test_a_title_is_marked_as_foreign_to_its_readers() -> None:
    work = assemble([parse("@book{k, title={Der Weg}, langid={german}, date={1950}}")])
    for name, tag in (("en", "de"), ("de", ""), ("ru", "de")):
        told = reference(work.entries["k"], options=Options(language=language_of(name)))
        assert {span.lang for span in told} == {"", tag}
