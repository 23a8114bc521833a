"""Pages that locators name, and works have."""

from __future__ import annotations

import pytest
from sphinx_annals.text import located_pages, outside, show_pages


@pytest.mark.parametrize(
    ("locator", "pages"),
    [
        ("pp. 84–92, 95 and 97", [(84, 92), (95, 95), (97, 97)]),
        ("244--45", [(244, 245)]),
        ("p. 245 n. 9", [(245, 245)]),
        ("ch. 3, p. 5", [(5, 5)]),
        ("9-3", [(9, 3)]),
        ("ch. 3", []),
        ("n. 9", []),
        ("p. xii", []),
        ("", []),
    ],
)
def test_pages_of_locators(locator: str, pages: list[tuple[int, int]]) -> None:
    assert located_pages(locator) == pages


@pytest.mark.parametrize(
    ("pages", "found"),
    [([(3, 3)], True), ([(16, 29)], False), ([(29, 40)], True), ([(29, 3)], False), ([], False)],
)
def test_pages_are_outside_of_spans(pages: list[tuple[int, int]], found: bool) -> None:
    assert outside(pages, [(16, 29), (40, 40)]) is found


def test_pages_are_shown() -> None:
    assert show_pages([(244, 252), (260, 260)]) == "244–252, 260"
