"""What happens in a build: roles, directives, the domain, lists. All that knows Sphinx."""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_annals.citations.build import directives, lists, loading, nodes, notes, paging
from sphinx_annals.citations.build.directives import Bibliography
from sphinx_annals.citations.build.domain import CitationsDomain, FootCitationsDomain, domain_of
from sphinx_annals.citations.build.intext import Writer
from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.build.resolution import Resolution
from sphinx_annals.citations.build.roles import ROLES, CiteRole, FootCiteRole
from sphinx_annals.citations.build.works import offered


def updated_documents(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Give the documents whose citations or lists changed since they were last written."""
    return domain_of(env).updated_documents(app.builder.name)


def setup(app: Sphinx) -> None:
    """Set up what takes the place of sphinxcontrib-bibtex's own."""
    app.add_domain(CitationsDomain, override=True)
    app.add_domain(FootCitationsDomain, override=True)
    app.add_role("cite", CiteRole(), override=True)
    app.add_role("footcite", FootCiteRole(), override=True)
    for room in (directives, lists, loading, nodes, notes, paging):
        room.setup(app)
    app.connect("env-updated", updated_documents, priority=600)
