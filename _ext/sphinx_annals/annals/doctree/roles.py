"""Roles: references to objects, dates in running text, and spans in other languages."""

from functools import lru_cache
from typing import Any

from docutils import nodes
from docutils.nodes import Node, system_message
from docutils.parsers.rst.roles import CustomRole, generic_custom_role
from sphinx.application import Sphinx
from sphinx.roles import XRefRole
from sphinx.util.docutils import SphinxRole

from sphinx_annals.annals.doctree.nodes import date_span
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import Date, Kind, converters, read_as_meant
from sphinx_annals.builders import escaped
from sphinx_annals.dates import HistoricalDate, segments
from sphinx_annals.extension import language_in_force
from sphinx_annals.language import Language
from sphinx_annals.messages import warn


class DateRole(SphinxRole):
    """EDTF in, a ``<time>`` out: ``{date}`1949-10/1950-02```."""

    def run(self) -> tuple[list[Node], list[system_message]]:
        """Give the date's nodes, or the text as typed with a warning."""
        try:
            date, meant = read_as_meant(Date(), self.text)
            shown = date_nodes(date, language_in_force(self.config))
            said = "" if meant == self.text else f"{self.text!r} is written: {meant}"
        except ValueError as error:
            shown, said = [nodes.Text(self.text)], str(error)
        if said:
            warn(Subtype.DATE, f"date: {said}", self.get_location())
        return shown, []


LANGUAGE_ROLES = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant", "ru": "ru", "pinyin": "pinyin"}
"""Role names and the languages they mark, in docutils' way with a ``language-…`` class."""


def date_nodes(date: HistoricalDate, language: Language) -> list[Node]:
    """Give a date's display, each part with its value for HTML."""
    pieces = segments(date, language)
    return [
        date_span(text, text, datetime=iso, edtf=date.in_edtf)
        if iso or len(pieces) == 1
        else nodes.Text(text)
        for text, iso in pieces
    ]


@lru_cache(maxsize=16384)
def date_printed(date: HistoricalDate, language: Language) -> str:
    """Give what :func:`date_nodes` are in HTML."""
    pieces = segments(date, language)
    edtf = f' data-edtf="{escaped(date.in_edtf)}"' if date.in_edtf else ""
    written = ""
    for text, iso in pieces:
        tag, time = ("time", f' datetime="{iso}"') if iso else ("span", "")
        shown = escaped(text)
        is_part = iso or len(pieces) == 1
        written += f'<{tag} class="annals-date"{edtf}{time}>{shown}</{tag}>' if is_part else shown
    return written


def setup(app: Sphinx) -> None:
    """Register the roles."""
    for kind in Kind:
        role = XRefRole(innernodeclass=nodes.inline, warn_dangling=True)
        app.add_role_to_domain("annals", kind.value, role)
    span: Any = generic_custom_role  # types-docutils have another signature of it
    for name, language in LANGUAGE_ROLES.items():
        marked = {"classes": [f"language-{converters.language_tag(language)}"]}
        app.add_role_to_domain("annals", name, CustomRole(name, span, marked))
    app.add_role_to_domain("annals", "date", DateRole())
