"""Text as it is compared: without capitals, diacritics, punctuation, or one script for another.

Nothing here is shown to a reader, and nothing sorts: the order of an index is :mod:`.collate`'s.
"""

import re
import unicodedata
from functools import lru_cache

# A class for regular expressions in Python and in JavaScript. Marks of Latin, Greek, Cyrillic,
# Hebrew and Arabic only: without its vowel signs a word of Hindi or Thai is another word.
MARKS = (
    "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe20-\ufe2f"
)
_MARK = re.compile(f"[{MARKS}]+")
_APOSTROPHES = re.compile("['’‘ʼʻ`]+")
_SIGN = re.compile(r"[^\w\s]|_")
# Letters that are a base letter with something to it, though Unicode does not take them apart.
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "þ": "th"} | dict(zip("øłđðħŧıə", "olddhtie", strict=True))
)
# The Library of Congress's table for Russian and Ukrainian, without its ligatures.
_CYRILLIC = dict(
    re.findall(
        r"(\w)=(\w*)",
        "а=a б=b в=v г=g ґ=g д=d е=e ё=e є=ie ж=zh з=z и=i і=i ї=i й=i к=k л=l м=m н=n о=o п=p р=r"
        " с=s т=t у=u ф=f х=kh ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=iu я=ia",
    )
)


def without_diacritics(text: str) -> str:
    """Give the text without diacritics: ``Zhōng`` and ``Zhong`` are one word."""
    if text.isascii():
        return text
    bare = _MARK.sub("", unicodedata.normalize("NFD", text))
    return unicodedata.normalize("NFC", bare)


def base_letters(text: str) -> str:
    """Give the text in small letters without diacritics: ``Østerud`` is ``osterud``."""
    if text.isascii():
        return text.lower()
    small = unicodedata.normalize("NFKC", text).casefold()
    return without_diacritics(unicodedata.normalize("NFKC", small)).translate(_LATIN)


def _blank(sign: re.Match[str]) -> str:
    return " " if unicodedata.category(sign[0])[0] == "P" else sign[0]


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """Give the text without what does not change its sense: case, punctuation, diacritics.

    What is nothing but punctuation stays: it is then all that there is to compare.
    """
    bare = _APOSTROPHES.sub("", base_letters(text))
    apart = _SIGN.sub(_blank, bare)
    return " ".join(apart.split()) or " ".join(bare.split())


def squeezed(text: str) -> str:
    """Give the letters and digits of a text alone, folded and romanised."""
    return "".join(romanised(text))


def romanised(text: str) -> list[str]:
    """Give the words of a text, folded, without signs, and Cyrillic in Latin letters."""
    if not text.isascii():
        small = unicodedata.normalize("NFC", text.casefold())
        text = "".join(_CYRILLIC.get(c, c) for c in small)
    return re.findall(r"[^\W_]+", fold(text))
