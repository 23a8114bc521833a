"""Checks of what a treaty does not say."""

from sphinx_annals.annals.checks.base import Book, Found, Severity, check
from sphinx_annals.annals.model import Treaty


@check("no-parties", Severity.WARNING)
def no_parties(book: Book) -> Found:
    """A treaty has no parties."""
    for treaty in book.catalogue.of_type(Treaty):
        if not treaty.parties:
            yield treaty, "no parties; add :parties: with the ids of states"


@check("no-signatories", Severity.INFO)
def no_signatories(book: Book) -> Found:
    """A treaty has no signatories."""
    for treaty in book.catalogue.of_type(Treaty):
        if not treaty.signatories:
            yield treaty, "no signatories; add :signatories: with ids"


@check("no-entry-into-force", Severity.INFO)
def no_entry_into_force(book: Book) -> Found:
    """A treaty that is no declaration has no entry into force."""
    for treaty in book.catalogue.of_type(Treaty):
        # a declaration binds nobody to anything, so that it need not enter into force
        if treaty.treaty_kind != "declaration" and not treaty.in_force:
            yield treaty, "no entry into force; add :in-force:"
