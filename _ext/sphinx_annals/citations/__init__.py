"""Citing by key: a layer over sphinxcontrib-bibtex.

Keeps its roles, its .bib files and its directives; formats by *The Chicago Manual of Style*,
turns every mistake into a located warning, and resolves citations in constant time.

The pure modules (`bibfile`, `library`, `model`, `names`, `dates`, `tex`, `richtext`, `locators`,
`joining`, `labels`, `parts`, `chicago`, `filters`, `resolution`, `checks`) import no Sphinx.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment
    from sphinx.util.typing import ExtensionMetadata

STATIC = Path(__file__).parent / "static"


def load_bibliography(app: Sphinx) -> None:
    """Read the .bib files before sphinxcontrib-bibtex would (its handler finds nothing to do)."""
    from sphinx_annals.citations.build import loading
    from sphinx_annals.citations.build.domain import CitationsDomain

    cast(CitationsDomain, app.env.domains["cite"]).install(loading.read(app), app.builder)


def env_updated(app: Sphinx, env: BuildEnvironment) -> Iterable[str]:
    """Return the documents whose citations or lists changed since they were last written."""
    from sphinx_annals.citations.build.domain import CitationsDomain

    return cast(CitationsDomain, env.domains["cite"]).updated_documents(app.builder.name)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Set up sphinxcontrib-bibtex and put this layer over it."""
    from sphinx_annals import extension

    extension.require(__name__, "citations")
    from sphinx_annals.citations.build import (
        directives,
        domain,
        loading,
        nodes,
        notes,
        paging,
        roles,
        transforms,
    )

    app.setup_extension("sphinxcontrib.bibtex")
    app.add_config_value("citations_style", "author-date", "env", str)
    app.add_config_value("citations_date_form", "mdy", "env", str)
    app.add_config_value("citations_page_labels", False, "env", bool)
    app.add_config_value("citations_overlays", [], "env", (list, tuple, str))
    app.add_config_value("citations_groups", {}, "env", (dict, list, tuple, str))
    app.add_config_value("citations_cited_in", True, "env", bool)
    app.add_config_value("citations_cited_in_fold", 6, "html", int)
    app.add_config_value("citations_previews", True, "html", bool)
    app.add_config_value("citations_paged_builders", ["latex", "typst", "typstpdf"], "env", list)
    app.add_domain(domain.CitationsDomain, override=True)
    app.add_domain(domain.FootCitationsDomain, override=True)
    app.add_role("cite", roles.CiteRole(), override=True)
    app.add_role("footcite", roles.FootCiteRole(), override=True)
    app.add_directive("bibliography", directives.Bibliography, override=True)
    app.add_directive("footbibliography", notes.FootBibliography, override=True)
    app.add_transform(notes.Notes)
    app.add_post_transform(transforms.BibliographyLists)
    app.add_post_transform(transforms.Previews)
    nodes.setup_nodes(app)
    paging.setup(app)
    extension.add_static_folder(app, STATIC)
    app.add_css_file("citations.css")
    app.add_js_file("citations.js", loading_method="defer")
    app.connect("config-inited", loading.check_config)
    app.connect("builder-inited", load_bibliography, priority=400)
    app.connect("doctree-read", transforms.note_surroundings, priority=100)
    app.connect("env-updated", env_updated, priority=600)
    return extension.metadata(env_version=1)
