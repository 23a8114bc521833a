"""The history comes first: at least two thirds of the words of chapters 1 to 9 are narrative."""

from collections import Counter

import pytest
from book.proportions import chapters, share

CHAPTERS = chapters()


def test_two_thirds_of_the_history_are_narrative() -> None:
    history = sum((CHAPTERS[name] for name in CHAPTERS if "01" <= name < "10"), Counter[str]())
    assert share(history) >= 2 / 3


@pytest.mark.parametrize("name", CHAPTERS)
def test_no_chapter_is_crowded_with_points(name: str) -> None:
    assert CHAPTERS[name]["major"] <= 8
