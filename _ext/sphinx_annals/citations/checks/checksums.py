"""Numbers that identify publications: ISBN, ISSN and DOI. Each check yields what is wrong."""

import re
from collections.abc import Callable, Iterator, Mapping

_DASHES = re.compile(r"[\s\-\u2010-\u2015\u2212]")


def isbn_problems(field: str) -> Iterator[str]:
    """Check every ISBN of a field (ISO 2108): length, prefix and check digit."""
    for number in _numbers(field, "isbn", (10, 13)):
        bare = _DASHES.sub("", number).upper()
        digits = len(re.sub(r"[^\dX]", "", bare))
        if digits not in (10, 13):
            yield f"ISBN {number}: {digits} digit{'s' * (digits != 1)}, not 10 or 13"
        elif not re.fullmatch(r"\d{9}[\dX]|\d{13}", bare):
            yield f"ISBN {number}: has characters other than digits"
        elif len(bare) == 13 and not bare.startswith(("978", "979")):
            yield f"ISBN {number}: one of 13 digits begins with 978 or 979"
        elif bare[-1] != (right := (_modulo_10 if len(bare) == 13 else _modulo_11)(bare[:-1])):
            yield f"ISBN {number}: wrong check digit; after {bare[:-1]} comes {right}"


def _modulo_10(body: str) -> str:
    """Give the check digit of an ISBN of thirteen digits."""
    return str(-sum((1, 3)[i % 2] * int(digit) for i, digit in enumerate(body)) % 10)


def issn_problems(field: str) -> Iterator[str]:
    """Check every ISSN of a field (ISO 3297): length and check digit."""
    for number in _numbers(field, "issn", (8,)):
        bare = _DASHES.sub("", number).upper()
        if not re.fullmatch(r"\d{7}[\dX]", bare):
            yield f"ISSN {number}: not of the form 1234-5678"
        elif bare[-1] != (right := _modulo_11(bare[:-1])):
            yield f"ISSN {number}: wrong check digit; after {bare[:-1]} comes {right}"


def _modulo_11(body: str) -> str:
    """Give the check digit of an ISSN, or of an ISBN of ten digits."""
    rest = -sum((len(body) + 1 - i) * int(digit) for i, digit in enumerate(body)) % 11
    return "X" if rest == 10 else str(rest)


def doi_problems(field: str) -> Iterator[str]:
    """Check the form of a DOI (ISO 26324): prefix, slash, suffix, nothing around it."""
    value = field.strip().replace("\\_", "_").replace("\\%", "%").replace("\\&", "&")
    bare = re.sub(r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/|^doi:\s*", "", value, flags=re.I)
    if not bare:
        return
    if not re.match(r"10\.\d{4,9}(?:\.\d+)*/\S", bare):
        yield f"DOI {value}: not of the form 10.1234/suffix"
    elif re.search(r"\s", bare):
        yield f"DOI {value}: has white space"
    elif bare[-1] in ".,;":
        yield f"DOI {value}: ends with “{bare[-1]}”"
    elif not bare.isascii():
        odd = next(char for char in bare if not char.isascii())
        yield f"DOI {value}: has the character “{odd}”; a dash or quotation mark made curly?"


def _numbers(field: str, label: str, lengths: tuple[int, ...]) -> Iterator[str]:
    """Take a field apart that may hold several numbers, labels and remarks."""
    plain = re.sub(r"\([^()]*\)|[{}]", " ", field)
    plain = re.sub(rf"\be?{label}(?:-1[03])?\b\s*:?", " ", plain, flags=re.IGNORECASE)
    for part in re.split(r"[,;/]|\band\b", plain):
        pieces = part.split()
        if pieces and all(len(_DASHES.sub("", piece)) in lengths for piece in pieces):
            yield from pieces
        elif pieces:
            yield " ".join(pieces)


CHECKS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "isbn": isbn_problems,
    "issn": issn_problems,
    "doi": doi_problems,
}
