"""Nodes of the domain, and how records become nodes of a page."""

from sphinx.application import Sphinx

from sphinx_annals.annals.doctree import comparison_table, fact_nodes, nodes, roles, tables
from sphinx_annals.annals.doctree.as_read import AsRead
from sphinx_annals.annals.doctree.beside import body_of, holder_of, join, runs_in
from sphinx_annals.annals.doctree.comparison_table import compare, says
from sphinx_annals.annals.doctree.comparisons_in_place import ComparisonsInPlace, ListedIn
from sphinx_annals.annals.doctree.fact_nodes import add_facts
from sphinx_annals.annals.doctree.marked import (
    fill_in,
    is_live,
    marked,
    may_be_marked,
    nodes_of,
    substituted,
    taken_out,
    works_in,
)
from sphinx_annals.annals.doctree.nodes import (
    DRAWS_ON,
    SideBySide,
    account_note,
    annotation,
    annotation_title,
    apparatus,
    bulleted,
    cited_sources,
    filled,
    floating,
    fold,
    held,
    joined,
    margin_note,
    numbered,
    parallel_text,
    ruled,
    verdict_note,
    view,
)
from sphinx_annals.annals.doctree.references import (
    citations_in,
    cited_by,
    markup_of,
    mentions_in,
    names_object,
    places_of_statements,
    title_of,
)
from sphinx_annals.annals.doctree.renderer import PAGED, WITH_PAGE, Place, Renderer, name_languages
from sphinx_annals.annals.doctree.roles import LANGUAGE_ROLES, date_nodes
from sphinx_annals.annals.doctree.tables import Cell, heading, make_table, without_tables


def setup(app: Sphinx) -> None:
    """Register the nodes and roles."""
    for room in (nodes, roles, fact_nodes, comparison_table, tables):
        room.setup(app)
