"""The style: labels, references, locators, the order of lists. Pure."""

from sphinx_annals.citations.style.chicago import STYLES, Options, full_note, reference, short_note
from sphinx_annals.citations.style.filters import FilterError, compile_filter
from sphinx_annals.citations.style.groups import (
    KEYWORDS,
    REST,
    SCHEMES,
    Group,
    GroupError,
    checked,
    scheme,
)
from sphinx_annals.citations.style.joining import Passage, by_label, in_order, joined, passages
from sphinx_annals.citations.style.labels import (
    corporate,
    letters,
    short_names,
    sort_key,
    year_label,
)
from sphinx_annals.citations.style.locators import show_locator
