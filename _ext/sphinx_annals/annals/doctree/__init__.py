"""Nodes of the domain, and how records become nodes of a page."""

from sphinx_annals.annals.doctree.nodes import annotation, apparatus, visit_annotation_typst
from sphinx_annals.annals.doctree.roles import LANGUAGE_ROLES
