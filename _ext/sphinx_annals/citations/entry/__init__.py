"""A bibliographic entry and what its fields hold: names, dates, TeX. Pure."""

from sphinx_annals.citations.entry.dates import SEASONS, Date, circa, day_text, parse_date
from sphinx_annals.citations.entry.model import Entry, normalise
from sphinx_annals.citations.entry.names import Name, NameList, agree
from sphinx_annals.citations.entry.richtext import (
    QUOTED,
    Quotes,
    Rich,
    Span,
    is_cjk,
    is_closed,
    safe_url,
    tagged,
)
from sphinx_annals.citations.entry.tex import escape, to_rich
from sphinx_annals.citations.entry.vocabulary import (
    FIELD_ALIASES,
    KINDS,
    LANGUAGES,
    NAME_FIELDS,
    SERVING,
    TOLD,
    TYPES,
    UNPRINTED,
    Dress,
    Form,
    kinds,
)
