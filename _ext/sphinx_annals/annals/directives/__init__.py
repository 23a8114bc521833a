"""The directives, by the names that authors write."""

from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

from sphinx_annals.annals.directives import names
from sphinx_annals.annals.directives.account import AccountDirective, VerdictDirective
from sphinx_annals.annals.directives.annotation import AnnotationDirective, stating
from sphinx_annals.annals.directives.base import AnnalsDirective, Option, citing_role
from sphinx_annals.annals.directives.treaty import ArticleDirective, TextDirective
from sphinx_annals.annals.model import Event, Organisation, Person, Place, Treaty

DIRECTIVES: dict[str, type[Directive]] = {
    "event": stating(Event),
    "treaty": stating(Treaty),
    "treaty-article": ArticleDirective,
    "text": TextDirective,
    "person": stating(Person),
    "organisation": stating(Organisation),
    "place": stating(Place),
    "account": AccountDirective,
    "verdict": VerdictDirective,
}


def setup(app: Sphinx) -> None:
    """Register the directives of objects and of what sources say of them."""
    for name, directive in DIRECTIVES.items():
        app.add_directive_to_domain("annals", name, directive)
