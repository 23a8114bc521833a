"""Where the first sentence of a text ends."""

import re
import textwrap
from collections import Counter
from collections.abc import Iterable
from itertools import chain

from sphinx_annals.text.folding import fold

_SHORT = ["sec", "art", "vol", "ch", "cf", "ca", "ed", "eds", "e.g", "i.e", "Dr", "Mr", "Mrs", "St"]
_IN_ALL = {"the", "and", "for", "from", "with", "into", "its"}
"""Words that say nothing of what a sentence is about."""
_ENDS = re.compile(
    r"(?=[.!?…。！？])"  # first, or all of what may not stand before it is tried at each letter
    r"(?<!\b[^\W\d_])"  # an initial ends none, nor does what is shortened
    + "".join(rf"(?<!\b{re.escape(word)})" for word in _SHORT)
    + r"[.!?…。！？]+[”’»\")\]]*(?=\s|$)(?!\s+[a-zа-я\d])"
)


def sentence_end(text: str) -> int | None:
    """Give the length of the first sentence of a text, or None where it goes on.

    What goes on in small letters or with a number still belongs to it; so do initials and usual
    abbreviations.
    """
    found = _ENDS.search(text)
    return found.end() if found else None


def sentence_on(text: str, subject: str) -> str:
    """Give the sentence of a text that has most words of a subject, by their first letters; a word
    counts for less where other sentences have it too. Of several sentences it is the first.
    """
    sentences = []
    while text := text.strip():
        end = sentence_end(text) or len(text)
        sentences.append(text[:end])
        text = text[end:]
    asked = _begins(word for word in fold(subject).split() if _tells(word))
    begins = {sentence: {*_begins(fold(sentence).split())} for sentence in sentences}
    common = Counter(chain.from_iterable(begins.values()))

    def shared(sentence: str) -> float:
        return sum(1 / common[word] for word in asked if word in begins[sentence])

    return max(sentences, key=shared, default="")


def _begins(words: Iterable[str]) -> list[str]:
    return [word if word.isdecimal() else word[:5] for word in words]


def _tells(word: str) -> bool:
    return word.isdecimal() or (len(word) > 2 and word not in _IN_ALL)


def first_sentence(text: str, most: int = 280) -> str:
    """Give the first sentence of a text, cut between words beyond `most` letters; a word alone, as
    “No.”, says too little and brings the next.
    """
    end = sentence_end(text)
    if end and " " not in text[:end].strip():
        end += sentence_end(text[end:]) or len(text)
    found = " ".join(text[:end].split())
    return found if len(found) <= most else textwrap.shorten(found, most, placeholder=" …")
