"""What editors should look at: one file for each check, and the builder that reports.

A check of another extension is registered like these, with :func:`add_check`.
"""

from sphinx.application import Sphinx

from sphinx_annals.annals.checks import builder
from sphinx_annals.annals.checks.base import EVENT, Check, Finding, Severity, add_check, check
from sphinx_annals.annals.checks.book import Book, Use
from sphinx_annals.annals.checks.circular import circular, rings
from sphinx_annals.annals.checks.expiry_contradiction import expiry_contradiction
from sphinx_annals.annals.checks.impossible_order import impossible_order
from sphinx_annals.annals.checks.locator_outside import locator_outside
from sphinx_annals.annals.checks.never_cited import never_cited
from sphinx_annals.annals.checks.never_mentioned import never_mentioned
from sphinx_annals.annals.checks.no_entry_into_force import no_entry_into_force
from sphinx_annals.annals.checks.no_parties import no_parties
from sphinx_annals.annals.checks.no_signatories import no_signatories
from sphinx_annals.annals.checks.no_source import no_source
from sphinx_annals.annals.checks.older_source import older_source
from sphinx_annals.annals.checks.open_dispute import open_dispute
from sphinx_annals.annals.checks.outside_parent import outside_parent
from sphinx_annals.annals.checks.reporting import failing, reasons_of, run
from sphinx_annals.annals.checks.shared_name import shared_name
from sphinx_annals.annals.checks.stale_acknowledgement import stale_acknowledgement

CHECKS = (
    older_source,
    locator_outside,
    outside_parent,
    expiry_contradiction,
    impossible_order,
    circular,
    no_parties,
    no_signatories,
    no_entry_into_force,
    no_source,
    never_mentioned,
    never_cited,
    open_dispute,
    shared_name,
    stale_acknowledgement,
)
"""Our own checks, in the order in which findings are listed."""


def setup(app: Sphinx) -> None:
    """Register the checks, the builder that reports, and its settings."""
    app.add_event(EVENT)
    for each in CHECKS:
        add_check(app, each)
    builder.setup(app)
