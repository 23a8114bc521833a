"""Examples that are shown twice: as they are written, and what becomes of them."""

from __future__ import annotations

from docutils import nodes
from sphinx.util.docutils import SphinxDirective


class Example(SphinxDirective):
    """Shows its content as Markdown, and under that as readers of a book see it.

    The manual is built with warnings as errors, so an example that does not work cannot be in it.
    """

    has_content = True

    def run(self) -> list[nodes.Node]:
        """Give the code, and what it makes."""
        text = "\n".join(self.content)
        code = nodes.literal_block(text, text, language="md")
        self.set_source_info(code)
        made = nodes.container("", *self.parse_content_to_nodes(), classes=["example-made"])
        return [nodes.container("", code, made, classes=["example"])]
