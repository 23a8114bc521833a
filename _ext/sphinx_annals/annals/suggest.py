"""Which of many known words an author may have meant.

Pure. Comparing a word with each of thousands takes a tenth of a second, and a book that
refers to what another data set calls otherwise does so thousands of times: so only those
that share most pairs of letters with it are compared letter by letter.
"""

from __future__ import annotations

import difflib
from collections import Counter, defaultdict
from collections.abc import Iterable
from heapq import nlargest

_COMPARED = 24
_CLOSE = 0.6
_SHORTEST = 4


class Suggestions:
    """Answers which of the words is nearest to another; made once for many questions."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, str] = {}
        for word in words:
            self._words.setdefault(_fold(word), word)
        self._answers: dict[str, str | None] = {}
        self._holders: dict[str, list[str]] = defaultdict(list)
        for folded in self._words:
            for pair in _pairs(folded):
                self._holders[pair].append(folded)

    def nearest(self, word: str) -> str | None:
        """Give the word that is most like another, or holds or is a good part of it, or None.

        Case does not count, nor what joins words: blanks, hyphens and underscores are one.
        """
        folded = _fold(word)
        if folded not in self._answers:
            self._answers[folded] = self._find(folded)
        return self._answers[folded]

    def _find(self, folded: str) -> str | None:
        close = difflib.get_close_matches(folded, self._likely(folded), n=1, cutoff=_CLOSE)
        found = close[0] if close else self._part(folded)
        return self._words[found] if found else None

    def _likely(self, folded: str) -> list[str]:
        pairs = _pairs(folded)
        shared = Counter(word for pair in pairs for word in self._holders.get(pair, ()))
        return nlargest(
            _COMPARED, shared, key=lambda word: shared[word] / (len(pairs) + len(word) + 1)
        )

    def _part(self, folded: str) -> str | None:
        def fits(word: str) -> bool:
            short, long = sorted((word, folded), key=len)
            return len(short) >= max(_SHORTEST, len(long) / 3) and short in long

        parts = (word for word in self._words if fits(word))
        return min(parts, key=lambda word: abs(len(word) - len(folded)), default=None)


def _fold(word: str) -> str:
    return word.casefold().replace(" ", "-").replace("_", "-")


def _pairs(folded: str) -> set[str]:
    bounded = f"^{folded}$"
    return {bounded[n : n + 2] for n in range(len(bounded) - 1)}
