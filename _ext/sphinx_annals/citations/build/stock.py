"""Lists in one of pybtex's own styles (`:style: plain`), for projects that keep one.

An entry that such a style cannot set, whatever the reason, is set in the book's own style.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from pybtex.plugin import find_plugin

from sphinx_annals.citations.build.pybtexentry import to_pybtex
from sphinx_annals.citations.build.render import to_nodes
from sphinx_annals.citations.entry.model import Entry
from sphinx_annals.citations.entry.richtext import safe_url
from sphinx_annals.citations.style import chicago
from sphinx_annals.citations.style.chicago import Options

if TYPE_CHECKING:
    from sphinx_annals.citations.build.resolution import Resolution


def styled(style: str, entry: Entry, resolution: Resolution) -> list[nodes.Node]:
    """Set an entry in the named style: Chicago's other one, or one of pybtex."""
    if style in ("author-date", "notes"):
        options = Options(style, resolution.options.date_form, resolution.options.page_labels)
        letter = resolution.letters.get(entry.key, "")
        return to_nodes(chicago.reference(entry, letter, options))
    try:
        return _pybtex(style, entry)
    except Exception:
        return to_nodes(resolution.reference(entry))


def _pybtex(style: str, entry: Entry) -> list[nodes.Node]:
    formatter = find_plugin("pybtex.style.formatting", style)()
    backend = find_plugin("pybtex.backends", "docutils")()
    made = formatter.format_entry("", to_pybtex(entry))
    paragraph = backend.paragraph(made)
    for node in paragraph.findall(nodes.reference):
        if not safe_url(node.get("refuri", "")):
            node.replace_self(node.children)
    return list(paragraph.children)
