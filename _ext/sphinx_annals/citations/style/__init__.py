"""The style: names, titles, references, locators, the order of lists. Pure."""

from sphinx_annals.citations.style import chicago, csl, filters, groups
from sphinx_annals.citations.style.chicago import (
    BEHIND,
    FACTS,
    PIECES,
    REFERENCES,
    forms,
    full_note,
    reference,
    short_note,
    unprinted,
)
from sphinx_annals.citations.style.filters import SPECIAL, FilterError, compile_filter, names_in
from sphinx_annals.citations.style.groups import (
    KEYWORDS,
    REST,
    SCHEMES,
    Group,
    GroupError,
    checked,
    scheme,
)
from sphinx_annals.citations.style.locators import (
    LABELS,
    PLURALS,
    Passage,
    by_label,
    in_order,
    joined,
    passages,
    show_locator,
    unknown_labels,
)
from sphinx_annals.citations.style.names import corporate, namesakes, short_names
from sphinx_annals.citations.style.options import LIMITS, STYLES, Limits, Options
from sphinx_annals.citations.style.order import letters, sort_key, year_label
from sphinx_annals.citations.style.phrases import conjunction
from sphinx_annals.citations.style.titles import native, short_title
