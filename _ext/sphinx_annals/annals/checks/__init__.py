"""What editors should look at: one file for each check, and the builder that reports.

A check of another extension is registered like these, with :func:`add_check`.
"""

from importlib import import_module

from sphinx.application import Sphinx

from sphinx_annals.annals.checks import builder
from sphinx_annals.annals.checks.base import EVENT, Check, Finding, Severity, add_check, check
from sphinx_annals.annals.checks.book import Book, Use
from sphinx_annals.annals.checks.reporting import failing, reasons_of, run

_NAMES = """
    older_source locator_outside outside_parent expiry_contradiction impossible_order circular
    no_parties no_signatories no_entry_into_force no_source never_mentioned never_cited
    open_dispute unlisted_point crowded double_witness shared_name shared_identifier
    stale_acknowledgement
"""
CHECKS: tuple[Check, ...] = tuple(
    getattr(import_module(f"{__name__}.{name}"), name) for name in _NAMES.split()
)
"""Our own checks, in the order in which findings are listed."""


def setup(app: Sphinx) -> None:
    """Register the checks, the builder that reports, and its settings."""
    app.add_event(EVENT)
    for each in CHECKS:
        add_check(app, each)
    builder.setup(app)
