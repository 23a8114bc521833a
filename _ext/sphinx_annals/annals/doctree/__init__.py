"""Nodes of the domain, and how records become nodes of a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx_annals.annals.doctree import fact_list, folds, nodes, roles, tables
from sphinx_annals.annals.doctree.as_read import AsRead
from sphinx_annals.annals.doctree.comparison_table import ComparisonTable
from sphinx_annals.annals.doctree.comparisons_in_place import ComparisonsInPlace
from sphinx_annals.annals.doctree.nodes import annotation, apparatus, visit_annotation_typst
from sphinx_annals.annals.doctree.renderer import PAGED, Renderer, Target, target_of
from sphinx_annals.annals.doctree.roles import LANGUAGE_ROLES

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register the nodes and roles."""
    for room in (nodes, roles, fact_list, folds, tables):
        room.setup(app)
