"""The indices of the domain, and its part in the general index."""

from pathlib import Path
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config

from sphinx_annals.annals.indices import general
from sphinx_annals.annals.indices.general import entries, entry, linked, mark_mention, mark_record
from sphinx_annals.annals.indices.of_records import indices, page_of
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.extension import language_in_force
from sphinx_annals.messages import warn
from sphinx_annals.text import html_of, styles_of


def style_names(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: object
) -> None:
    """Show in our indices which words of a name are emphasised."""
    for index in app.env.domains["annals"].indices:
        if page == page_of(index):
            for _, entries in context.get("content", ()):  # a document may have its name
                entries[:] = [
                    found._replace(name=Markup(html_of(found.name)))
                    if styles_of(found.name)
                    else found
                    for found in entries
                ]


def remove_empty(app: Sphinx) -> tuple[()]:
    """Remove the pages of indices that have no entries any more, which Sphinx leaves, but for
    documents of their names.

    When pages are collected (``html-collect-pages``): later an EPUB would have them.
    """
    builder = app.builder
    if isinstance(builder, StandaloneHTMLBuilder):
        written = {name for name, *_ in builder.domain_indices}
        for index in app.env.domains["annals"].indices:
            name = page_of(index)
            if name in app.env.found_docs:
                message = f"{index.localname}: left out, as this document has its name; rename it"
                warn(Subtype.DUPLICATE, message, (name, 1))
            elif name not in written:
                Path(builder.get_outfilename(name)).unlink(missing_ok=True)
    return ()  # no page of our own


def setup(app: Sphinx) -> None:
    """Register the indices."""

    def register(app: Sphinx, config: Config) -> None:
        for index in indices(language_in_force(config)):
            app.add_index_to_domain("annals", index)

    app.connect("config-inited", register)
    app.connect("html-page-context", style_names)
    app.connect("html-collect-pages", remove_empty)
    general.setup(app)
