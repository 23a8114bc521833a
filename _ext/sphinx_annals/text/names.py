"""Names: which of those that are known an author may have meant, and which are free.

One rule for all guesses, found by measuring: 1,357 slips (a letter too many, too few, wrong,
doubled or exchanged, capitals, blanks for hyphens, an end left out) in the keys, ids, options and
codes of this book, and 449 words that mean none of them. Of the slips 98 in 100 found their word
with every cut-off from 0.5 to 0.65 and 97 above; a word that means none got an answer 30 times in
100 at 0.5, 10 at 0.6, 5 at 0.65. To look for the word as a part of others added wrong answers only,
but where it begins a single one.
"""

import difflib
from collections.abc import Iterable, Iterator
from heapq import nlargest
from itertools import count

_CLOSE = 0.65
_COMPARED = 24
_SHORTEST_START = 4
_MOST_ANSWERS = 1_000
"""Who writes more words that are not known made no slips: the book of those words is missing."""


class Nearest:
    """Answers which of the words is nearest to another; made once for many questions.

    Comparing with each of thousands of words takes a tenth of a second, and a book that refers
    to what another data set calls otherwise does so thousands of times: so only those that
    share most pairs of letters with it are compared letter by letter, and after a thousand
    answers there is none for a word that was not asked for before.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words: dict[str, str] = {}
        for word in words:
            self._words.setdefault(_joined(word), word)
        self._pairs = {joined: _pairs(joined) for joined in self._words}
        self._answers: dict[str, str] = {}

    def to(self, word: str) -> str:
        """Give the word that is most like another, or the only one that it begins, or nothing.

        Case does not count, nor what joins words: blanks, hyphens and underscores are one.
        """
        joined = _joined(word)
        if joined not in self._answers and len(self._answers) < _MOST_ANSWERS:
            pairs = _pairs(joined)
            share = {
                k: len(pairs & own) / (len(pairs) + len(own)) for k, own in self._pairs.items()
            }
            likely = nlargest(_COMPARED, share, key=share.__getitem__)
            close = difflib.get_close_matches(joined, likely, n=1, cutoff=_CLOSE)
            if not close and len(joined) >= _SHORTEST_START:
                begun = [other for other in self._words if other.startswith(joined)]
                close = begun if len(begun) == 1 else []
            self._answers[joined] = self._words[close[0]] if close else ""
        return self._answers.get(joined, "")


def nearest(word: str, known: Iterable[str] | Nearest) -> str:
    """Give the known word that is nearest to another, or nothing."""
    return (known if isinstance(known, Nearest) else Nearest(known)).to(word)


def did_you_mean(word: str, known: Iterable[str] | Nearest, form: str = "{!r}") -> str:
    """Give ``; did you mean 'x'?`` to end a message with, or nothing; ``form`` shows the word."""
    near = nearest(word, known)
    return f"; did you mean {form.format(near)}?" if near else ""


def meant_or_all(word: str, known: Iterable[str], told: str = "known:", form: str = "{!r}") -> str:
    """Give what :func:`did_you_mean` does, else all that there are: ``; known: a, b``."""
    words = dict.fromkeys(known)
    return did_you_mean(word, words, form) or (f"; {told} {', '.join(words)}" if words else "")


def _joined(word: str) -> str:
    return word.casefold().replace(" ", "-").replace("_", "-")


def _pairs(joined: str) -> set[str]:
    bounded = f"^{joined}$"
    return {bounded[n : n + 2] for n in range(len(bounded) - 1)}


def numbered(name: str) -> Iterator[str]:
    """Give a name, then the name with 2, 3, … behind it."""
    yield name
    yield from (f"{name}-{n}" for n in count(2))
