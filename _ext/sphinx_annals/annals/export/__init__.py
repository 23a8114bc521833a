"""Exports: what the annotations state, in the formats of other tools.

Pure modules make each format from a :class:`~.publication.Publication`; the builder
and the HTML handlers only gather that and write what changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register the builder, the directive, and what goes into the HTML output."""
    from sphinx_annals.annals.export import builder, downloads
    from sphinx_annals.annals.export.bodies import Bodies

    bodies = Bodies()
    app.add_builder(builder.make_builder(bodies))
    app.add_config_value("annals_export_in_html", True, "html", bool,
                         "Put the data beside the pages, in the folder data/")  # fmt: skip
    app.add_config_value("annals_permanent_ids", True, "html", bool,
                         "Write a page at id/<id>/ for each id, retired ones too")  # fmt: skip
    app.add_config_value("annals_linked_data", True, "html", bool,
                         "Describe the objects of each page in JSON-LD in its head")  # fmt: skip
    downloads.setup(app)

    def collect(app: Sphinx, doctree: object, docname: str) -> None:
        from docutils import nodes

        wanted = app.config.annals_export_in_html and builder.writes_site(app.builder)
        if wanted or app.builder.name == builder.DataBuilder.name:
            assert isinstance(doctree, nodes.document)
            bodies.collect(app, doctree, docname)

    app.connect("doctree-resolved", collect)
    app.connect("html-page-context", builder.embed_linked_data)
    app.connect("build-finished", builder.write_beside_html(bodies))
