"""What may be chosen of the house's styles, with the language whose words they use."""

from dataclasses import dataclass
from typing import NamedTuple

from sphinx_annals.language import ENGLISH, Language

STYLES = ("author-date", "notes")


class Limits(NamedTuple):
    """When “et al.” stands for names: of more than ``in_text`` text and notes show the first alone.

    In a list of more than ``in_list`` the first ones are, ``listed`` of them.
    """

    in_text: int
    in_list: int
    listed: int


LIMITS = {17: Limits(3, 10, 7), 18: Limits(2, 6, 3)}
"""By the edition of Chicago."""


@dataclass(frozen=True, slots=True)
class Options:
    """What may be chosen: style, order of day and month, “p.” before page numbers, the edition.

    ``labels`` lets citations show the label of a list in one of pybtex's styles. The order of day
    and month is a choice in English alone.
    """

    style: str = STYLES[0]
    date_form: str = "mdy"
    page_labels: bool = False
    labels: bool = True
    edition: int = 17
    language: Language = ENGLISH

    @property
    def limits(self) -> Limits:
        """How many names are shown."""
        return LIMITS[self.edition]


USUAL = Options()
