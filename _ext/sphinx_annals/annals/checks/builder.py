"""Checks in a build: the ``annals-check`` builder, and findings as warnings."""

import json
import sys
from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.builders.dummy import DummyBuilder
from sphinx.config import ENUM, Config
from sphinx.environment import BuildEnvironment

from sphinx_annals.annals.checks import reporting
from sphinx_annals.annals.checks.base import Finding, checks_of
from sphinx_annals.annals.checks.book import Book
from sphinx_annals.annals.domain import catalogue_of, domain_of
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.views import Corpus
from sphinx_annals.builders import write_output
from sphinx_annals.messages import warn
from sphinx_annals.settings import add_setting
from sphinx_annals.text import meant_or_all

_LEVELS = ("error", "warning", "info", "none")
_CHOICES = ("error", "warning", "info", "off")


def findings_of(env: BuildEnvironment) -> list[Finding]:
    """Run all checks with the severities and acknowledgements of a project."""
    checks, corpus = checks_of(env.events), domain_of(env).derived(Corpus)
    book = Book(corpus.criticism, listed=corpus.listed.keys())
    reasons = reporting.reasons_of(book.catalogue, env.config.annals_acknowledged)
    reasons = {item: reason for item, reason in reasons.items() if item[1] in checks}
    found = reporting.run(checks.values(), book, reasons, env.config.annals_check_severities)
    return [replace(f, path=f.path or env.doc2path(f.docname, False).as_posix()) for f in found]


class CheckBuilder(DummyBuilder):
    """Lists what the editors should look at: for people, for machines, and for CI."""

    name = format = "annals-check"
    epilog = "The findings are in %(outdir)s."

    def write_documents(self, docnames: Set[str]) -> None:
        """Write nothing for single documents: findings hang on all of them together."""


def report(app: Sphinx, error: Exception | None) -> None:
    """Write ``findings.txt`` and ``findings.json``, print the text, and fail where it is wanted."""
    if error or not isinstance(app.builder, CheckBuilder):
        return
    found = findings_of(app.env)
    text = reporting.as_text(found, checks_of(app.events))
    data = json.dumps(reporting.as_data(found), ensure_ascii=False, indent=2)
    write_output(Path(app.outdir, "findings.txt"), text)
    write_output(Path(app.outdir, "findings.json"), data + "\n")
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
    if reporting.failing(found, app.config.annals_check_fail_level):
        app.statuscode = 1


def repair_config(_app: Sphinx, config: Config) -> None:
    """Replace settings that cannot be used, each with a warning, so that no build dies of them."""
    for name, of, form in (
        ("annals_check_severities", str, '{"no-source": "error"}'),
        ("annals_acknowledged", dict, '{"key or id": {"no-source": "reason"}}'),
    ):
        given = config[name] if isinstance(config[name], dict) else {}
        kept = {k: v for k, v in given.items() if isinstance(k, str) and isinstance(v, of)}
        if kept != config[name]:
            warn(Subtype.CHECK, f"{name}: what is not of the form {form} is left out")
            config[name] = kept
    chosen = config.annals_check_severities
    for level in chosen.values():
        if level not in _CHOICES:
            message = f"annals_check_severities: {level!r} is none of {', '.join(_CHOICES)}"
            warn(Subtype.CHECK, message)
    config.annals_check_severities = {c: level for c, level in chosen.items() if level in _CHOICES}


def warn_of_findings(app: Sphinx, env: BuildEnvironment) -> None:
    """Report acknowledgements of unknown codes, and the findings if the project wants them."""
    checks = checks_of(env.events)
    for where, code, location in _codes(env):
        if code not in checks:
            message = f"{where}: no check finds {code!r}{meant_or_all(code, checks)}"
            warn(Subtype.CHECK, message, location)
    level = env.config.annals_check_warn_level
    if level == "none" or app.builder.name == CheckBuilder.name:
        return
    for finding in reporting.failing(findings_of(env), level):
        place = f"{Path(app.srcdir, finding.path)}:{finding.line}"
        warn(("annals", finding.code), finding.message, place)


def _codes(env: BuildEnvironment) -> Iterator[tuple[str, str, Any]]:
    """Give the codes that authors name, with what names them and where it stands."""
    catalogue, config = catalogue_of(env), env.config
    for record, code, _ in catalogue.acknowledgements:
        yield "acknowledge", code, (record.docname, record.line)
    for code in sorted({code for codes in config.annals_acknowledged.values() for code in codes}):
        yield "annals_acknowledged", code, None
    for code in config.annals_check_severities:
        yield "annals_check_severities", code, None


def setup(app: Sphinx) -> None:
    """Register the builder, its settings and the warnings."""
    app.add_builder(CheckBuilder)
    level = ENUM(*_LEVELS)
    help = "`annals-check` fails on findings of this severity or above, or on `none`."
    add_setting(app, "annals_check_fail_level", "error", "", level, help)
    help = "Every build warns of findings of this severity or above."
    add_setting(app, "annals_check_warn_level", "none", "env", level, help)
    help = 'Other severities, or none: `{"never-mentioned": "off", "no-source": "error"}`.'
    add_setting(app, "annals_check_severities", {}, "", dict, help)
    help = 'Reasons why findings stand: `{"key or id": {"never-cited": "further reading"}}`.'
    add_setting(app, "annals_acknowledged", {}, "", dict, help)
    app.connect("config-inited", repair_config)
    app.connect("env-check-consistency", warn_of_findings)
    app.connect("build-finished", report)
