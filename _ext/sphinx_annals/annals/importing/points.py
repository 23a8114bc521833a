"""Points on the earth as other people write them, in the form that our option has."""

import re

_WKT = re.compile(r"(?i)point\s*\(\s*(?P<longitude>\S+)\s+(?P<latitude>\S+)\s*\)")
_PAIR = re.compile(r"(-?\d+(?:[.,]\d+)?)°?(?:\s*[;/]\s*|\s+)(-?\d+(?:[.,]\d+)?)°?")
_ANGLE = re.compile(
    r"(?P<degrees>\d+(?:[.,]\d+)?)\s*°\s*(?:(?P<minutes>\d+(?:[.,]\d+)?)\s*['’′]\s*)?"
    r"(?:(?P<seconds>\d+(?:[.,]\d+)?)\s*(?:[\"”″]|''|′′)\s*)?(?P<side>[NSEW])",
    re.IGNORECASE,
)


def from_text(text: str) -> str:
    """Give latitude and longitude as the option has them.

    Decimals may have commas; a point of WKT has the longitude first; degrees, minutes and seconds
    have letters for the sides. O is none of them: the east of Germans is the west of the French.
    """
    if point := _WKT.fullmatch(text):
        return f"{point['latitude']}, {point['longitude']}"
    if pair := _PAIR.fullmatch(text):
        return ", ".join(number.replace(",", ".") for number in pair.groups())
    angles = {angle["side"].upper(): _degrees(angle) for angle in _ANGLE.finditer(text)}
    latitude = angles.get("N", -angles["S"] if "S" in angles else None)
    longitude = angles.get("E", -angles["W"] if "W" in angles else None)
    if latitude is None or longitude is None or re.search(r"\w", _ANGLE.sub("", text)):
        return text
    return f"{latitude:.6g}, {longitude:.6g}"


def _degrees(angle: re.Match[str]) -> float:
    names = ("degrees", "minutes", "seconds")
    degrees, minutes, seconds = (float((angle[n] or "0").replace(",", ".")) for n in names)
    return degrees + minutes / 60 + seconds / 3600
