"""Numbers that identify publications: ISBN, ISSN and DOI. Each check yields what is wrong."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from sphinx_annals.text import weighted_digit

_DASHES = re.compile(r"[\s\-\u2010-\u2015\u2212]")
_FORMS = {
    "ISBN": (r"\d{9}[\dX]|97[89]\d{10}", "10 digits, or 13 that begin with 978 or 979"),
    "ISSN": (r"\d{7}[\dX]", "1234-5678"),
}


def number_problems(label: str, field: str) -> Iterator[str]:
    """Check every ISBN (ISO 2108) or ISSN (ISO 3297) of a field: its form, its check digit."""
    pattern, form = _FORMS[label]
    for number in _numbers(label, field):
        bare = _DASHES.sub("", number).upper()
        if not re.fullmatch(pattern, bare):
            yield f"{label} {number}: write {form}"
        elif bare[-1] != (right := _check_digit(bare[:-1])):
            yield f"{label} {number}: wrong check digit; after {bare[:-1]} comes {right}"


def _numbers(label: str, field: str) -> Iterator[str]:
    """Take a field apart that may hold several numbers, labels and remarks."""
    plain = re.sub(r"\([^()]*\)|[{}]", " ", field)
    plain = re.sub(rf"\be?{label}(?:-1[03])?\b\s*:?", " ", plain, flags=re.IGNORECASE)
    for part in re.split(r"[,;/]|\band\b", plain):
        pieces = part.split()
        # blanks part numbers, or stand in one in the place of hyphens
        whole = all(re.fullmatch(_FORMS[label][0], _DASHES.sub("", p).upper()) for p in pieces)
        yield from pieces if whole else [" ".join(pieces)]


def _check_digit(body: str) -> str:
    """Give the last digit: modulo 10 in an ISBN of thirteen, else modulo 11 with X for ten."""
    if len(body) == 12:
        return str(-sum((1, 3)[i % 2] * int(digit) for i, digit in enumerate(body)) % 10)
    return weighted_digit(body)


def doi_problems(field: str) -> Iterator[str]:
    """Check the form of a DOI (ISO 26324): prefix, slash, suffix, nothing around it."""
    value = re.sub(r"\\([_%&])", r"\1", field.strip())
    bare = re.sub(r"^(?:https?://)?(?:dx\.|www\.)?doi\.org/|^doi:\s*", "", value, flags=re.I)
    if bare and not re.fullmatch(r"10(?:\.\d{4,9}(?:\.\d+)*/[!-~]+(?<![.,;])|/\w+)", bare):
        yield f"DOI {value}: write 10.1234/suffix, without blanks, curly signs or a stop behind"


CHECKS: Mapping[str, Callable[[str], Iterator[str]]] = {
    "isbn": partial(number_problems, "ISBN"),
    "issn": partial(number_problems, "ISSN"),
    "doi": doi_problems,
}
