"""The names by which authors write: ``{event}`` for ``{annals:event}``."""

from collections.abc import Iterable

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.util.docutils import is_directive_registered, is_role_registered

from sphinx_annals import authoring
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.authoring import markdown
from sphinx_annals.messages import warn


def register_short_names(app: Sphinx) -> None:
    """Let directives and roles be written without the domain, where nobody else has the name.

    A name without a domain is looked up in the project's primary domain, then in Sphinx's own,
    and only then among the names that belong to none. So these take nothing from a project whose
    primary domain is Python's, as it is where ``conf.py`` names none. When this runs, all
    extensions have registered theirs.
    """
    domain = app.env.domains["annals"]
    for name in domain.directives:
        if not is_directive_registered(name) and (directive := domain.directive(name)):
            app.add_directive(name, directive)
    for name in domain.roles:
        if not is_role_registered(name) and (role := domain.role(name)):
            app.add_role(name, role)
    ours = authoring.Names(_named(domain.directives), _named(domain.roles))
    authoring.watch(app, ours, Subtype.NAME, Subtype.MARKUP)


def _named(names: Iterable[str]) -> frozenset[str]:
    return frozenset(full for name in names for full in (name, f"annals:{name}"))


def warn_of_unread_fences(app: Sphinx, document: nodes.document) -> None:
    """Warn at the first annotation of a document that MyST took for prose."""
    lacking = markdown.missing(app.config)
    if not lacking:
        return
    directives = app.env.domains["annals"].directives
    for paragraph, name in markdown.unread_fences(document):
        if name.removeprefix("annals:") in directives:
            add = ", ".join(map(repr, sorted(lacking)))
            message = f":::{{{name}}} is printed as text; add {add} to myst_enable_extensions"
            warn(Subtype.MARKDOWN, message, paragraph)
            return


def setup(app: Sphinx) -> None:
    """Register what lets authors write short names."""
    app.connect("builder-inited", register_short_names)
    app.connect("doctree-read", warn_of_unread_fences)
