"""What editors should look at: the checks, by what they look at, and the builder that reports.

A check of another extension is registered like these, with :func:`add_check`.
"""

from sphinx.application import Sphinx

from sphinx_annals.annals.checks import builder, dates, objects, points, sources, treaties
from sphinx_annals.annals.checks.base import EVENT, Check, Finding, Severity, add_check, check
from sphinx_annals.annals.checks.book import Book
from sphinx_annals.annals.checks.reporting import failing, reasons_of, run

CHECKS: tuple[Check, ...] = (
    dates.older_source,
    sources.locator_outside,
    dates.outside_parent,
    dates.expiry_contradiction,
    dates.impossible_order,
    objects.circular,
    treaties.no_parties,
    treaties.no_signatories,
    treaties.no_entry_into_force,
    sources.no_source,
    objects.never_mentioned,
    sources.never_cited,
    points.open_dispute,
    points.unlisted_point,
    points.crowded,
    points.double_witness,
    objects.shared_name,
    objects.shared_identifier,
    objects.stale_acknowledgement,
)
"""Our own checks, in the order in which findings are listed."""


def setup(app: Sphinx) -> None:
    """Register the checks, the builder that reports, and its settings."""
    app.add_event(EVENT)
    for each in CHECKS:
        add_check(app, each)
    builder.setup(app)
