"""What editors should look at: one file for each check, and the builder that reports.

A check of another extension is registered like these, with :func:`add_check`.
"""

from __future__ import annotations

from sphinx.application import Sphinx

from sphinx_annals.annals.checks import (
    builder,
    circular,
    expiry_contradiction,
    impossible_order,
    locator_outside,
    never_cited,
    never_mentioned,
    no_entry_into_force,
    no_parties,
    no_signatories,
    no_source,
    older_source,
    open_dispute,
    outside_parent,
    shared_name,
    stale_acknowledgement,
)
from sphinx_annals.annals.checks.base import EVENT, Check, Finding, Severity, add_check
from sphinx_annals.annals.checks.book import Book, Use
from sphinx_annals.annals.checks.circular import rings
from sphinx_annals.annals.checks.reporting import acknowledge, failing, reasons_of, run

CHECKS = (
    older_source.CHECK,
    locator_outside.CHECK,
    outside_parent.CHECK,
    expiry_contradiction.CHECK,
    impossible_order.CHECK,
    circular.CHECK,
    no_parties.CHECK,
    no_signatories.CHECK,
    no_entry_into_force.CHECK,
    no_source.CHECK,
    never_mentioned.CHECK,
    never_cited.CHECK,
    open_dispute.CHECK,
    shared_name.CHECK,
    stale_acknowledgement.CHECK,
)
"""Our own checks, in the order in which findings are listed."""


def setup(app: Sphinx) -> None:
    """Register the checks, the builder that reports, and its settings."""
    app.add_event(EVENT)
    for check in CHECKS:
        add_check(app, check)
    builder.setup(app)
