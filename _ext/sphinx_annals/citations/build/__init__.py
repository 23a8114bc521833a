"""What happens in a build: roles, directives, the domain, lists. All that knows Sphinx."""

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_annals import authoring
from sphinx_annals.citations.build import lists, nodes, notes
from sphinx_annals.citations.build.domain import (
    CitationsDomain,
    FootCitationsDomain,
    domain_of,
    offered,
)
from sphinx_annals.citations.build.linkcheck import name_entries
from sphinx_annals.citations.build.lists import OPTIONS
from sphinx_annals.citations.build.loading import check_config, load_bibliography, reread
from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.build.roles import ROLES, CiteRole, write_roles
from sphinx_annals.citations.build.settings import SETTINGS
from sphinx_annals.citations.build.writing import Writer, update_headings
from sphinx_annals.interfaces import CITING_DOMAINS, SHOWN


def _watch_names(app: Sphinx) -> None:
    directives = frozenset({"bibliography", "footbibliography"})
    roles = {name for own in CITING_DOMAINS for name in (own, *(f"{own}:{r}" for r in ROLES))}
    names = authoring.Names(directives, frozenset(roles))
    authoring.watch(app, names, Subtype.NAME, Subtype.MARKUP)


def _complete(app: Sphinx, env: BuildEnvironment) -> None:
    """Say what is wrong, and let headings show the final text of citations (``env-updated``)."""
    domain = domain_of(env)
    domain.report()
    update_headings(env, domain.uses, domain.writer)


def setup(app: Sphinx) -> None:
    """Set up what takes the place of sphinxcontrib-bibtex's own."""
    app.add_domain(CitationsDomain, override=True)
    app.add_domain(FootCitationsDomain, override=True)
    app.add_role("cite", CiteRole(), override=True)
    app.add_role("footcite", CiteRole("footcite"), override=True)
    app.connect("builder-inited", _watch_names)
    nodes.setup(app)
    notes.setup(app)
    lists.setup(app)
    app.connect("config-inited", check_config)
    # before sphinxcontrib-bibtex would read (500)
    app.connect("builder-inited", load_bibliography, priority=400)
    app.connect("env-get-outdated", reread)
    app.connect("build-finished", name_entries)
    authoring.watch_sources(app, write_roles)
    app.connect("env-updated", _complete, priority=600)
    app.connect(SHOWN, lambda app, _names: domain_of(app.env).hash_pages())
