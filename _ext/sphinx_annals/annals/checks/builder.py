"""Checks in a build: the ``annals-check`` builder, and findings as warnings."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.builders import Builder
from sphinx.config import ENUM, Config
from sphinx.errors import SphinxError

from sphinx_annals.annals.checks.findings import (
    Finding,
    Severity,
    acknowledge,
    as_data,
    as_text,
    fails,
    nearest,
    reasons_of,
    stale,
)
from sphinx_annals.annals.checks.rules import CODES, check
from sphinx_annals.annals.export.bib_files import works_of
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.messages import OpenSubtype, warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_annals.annals.domain import AnnalsDomain
    from sphinx_annals.annals.model.catalogue import Catalogue

_LEVELS = ("error", "warning", "info", "none")


def catalogue_of(env: BuildEnvironment) -> Catalogue:
    """Give all that the documents state."""
    return cast("AnnalsDomain", env.domains["annals"]).catalogue


def findings_of(app: Sphinx) -> list[Finding]:
    """Run all checks with the severities and acknowledgements of a project."""
    catalogue, config = catalogue_of(app.env), app.config
    severities = {
        code: level
        for code, level in config.annals_check_severities.items()
        if code in CODES and level in _CHOICES
    }
    reasons = {
        item: reason
        for item, reason in reasons_of(catalogue, config.annals_acknowledged).items()
        if item[1] in CODES
    }
    found = list(check(catalogue, works_of(app)))
    found += stale(found, reasons, catalogue)
    return list(acknowledge(found, reasons, severities))


_CHOICES = frozenset({*(severity.value for severity in Severity), "off"})


class CheckBuilder(Builder):
    """Lists what the editors should look at: for people, for machines, and for CI."""

    name = "annals-check"
    format = "annals-check"
    epilog = "The findings are in %(outdir)s."
    allow_parallel = True

    def get_outdated_docs(self) -> str:
        """Check everything: findings hang on all documents together."""
        return "all annotations"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Give no address: nothing is written for a document."""
        return ""

    def write_documents(self, docnames: Set[str]) -> None:
        """Write nothing for single documents."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Write nothing for a document."""

    def finish(self) -> None:
        """Write ``findings.txt`` and ``findings.json``, print the text, and set the exit status."""
        found = findings_of(self._app)
        where = files_of(self.env, found)
        text = as_text(found, {code: item.help for code, item in CODES.items()}, where)
        data = json.dumps(as_data(found, where), ensure_ascii=False, indent=2)
        write_if_changed(Path(self.outdir, "findings.txt"), text)
        write_if_changed(Path(self.outdir, "findings.json"), data + "\n")
        encoding = sys.stdout.encoding or "utf-8"
        sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        if fails(found, self.config.annals_check_fail_level):
            self._app.statuscode = 1


def files_of(env: BuildEnvironment, findings: list[Finding]) -> dict[str, str]:
    """Give the files of the documents that findings are in, relative to the sources."""
    docnames = {finding.docname for finding in findings if finding.docname}
    return {name: Path(str(env.doc2path(name, base=False))).as_posix() for name in docnames}


def write_if_changed(path: Path, content: str | bytes) -> bool:
    """Write a file unless it holds this already; tell whether it was written.

    Raises SphinxError where it cannot be written.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        if path.is_file() and path.read_bytes() == data:
            return False
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        message = f"cannot write {path}: {error.strerror}; free the place, or build elsewhere"
        raise SphinxError(message) from error
    return True


def repair_config(_app: Sphinx, config: Config) -> None:
    """Replace settings that cannot be used, each with a warning, so that no build dies of them."""
    for name in ("annals_check_fail_level", "annals_check_warn_level"):
        if config[name] not in _LEVELS:
            default = "error" if "fail" in name else "none"
            message = f"{name}: {config[name]!r} is none of {', '.join(_LEVELS)}"
            warn(Subtype.CHECK, f"{message}; {default} is taken")
            config[name] = default
    for name, form in (
        ("annals_check_severities", '{"no-source": "error"}'),
        ("annals_acknowledged", '{"key or id": {"no-source": "reason"}}'),
    ):
        given = config[name]
        kept = {
            key: value
            for key, value in (given.items() if isinstance(given, dict) else ())
            if isinstance(key, str) and isinstance(value, dict if "ack" in name else str)
        }
        if kept != given:
            warn(Subtype.CHECK, f"{name}: what is not of the form {form} is left out")
            config[name] = kept


def warn_of_findings(app: Sphinx, env: BuildEnvironment) -> None:
    """Report acknowledgements of unknown codes, and the findings if the project wants them."""
    for subject, code in _unknown_codes(app, env):
        hint = nearest(code, CODES) or f"; known: {', '.join(CODES)}"
        where = "acknowledge" if subject else "annals_acknowledged"
        warn(Subtype.CHECK, f"{where}: no check finds {code!r}{hint}", subject)
    for code, level in app.config.annals_check_severities.items():
        if code not in CODES:
            message = f"no check finds {code!r}{nearest(code, CODES)}"
            warn(Subtype.CHECK, f"annals_check_severities: {message}")
        elif level not in _CHOICES:
            warn(Subtype.CHECK, f"annals_check_severities: {level!r} is none of error, warning, "
                 "info, off")  # fmt: skip
    level = app.config.annals_check_warn_level
    if level == "none" or app.builder.name == CheckBuilder.name:
        return
    for finding in findings_of(app):
        if finding.reason is None and finding.severity.rank >= Severity(level).rank:
            location: Any = (finding.docname, finding.line)
            if finding.path:
                location = f"{Path(app.srcdir) / finding.path}:{finding.line}"
            warn(OpenSubtype(Subtype.type, finding.code), finding.message, location)


def _unknown_codes(app: Sphinx, env: BuildEnvironment) -> Iterator[tuple[Any, str]]:
    catalogue = catalogue_of(env)
    for item in catalogue.acknowledgements:
        record = catalogue.find(item.of)
        if item.code not in CODES:
            yield ((record.docname, record.line) if record else None), item.code
    known = {code for codes in app.config.annals_acknowledged.values() for code in codes}
    for code in sorted(known - CODES.keys()):
        yield None, code


def setup(app: Sphinx) -> None:
    """Register the builder, its settings and the warnings."""
    app.add_builder(CheckBuilder)
    app.add_config_value("annals_check_fail_level", "error", "", ENUM(*_LEVELS),
                         "annals-check fails on findings of this severity or above")  # fmt: skip
    app.add_config_value("annals_check_warn_level", "none", "env", ENUM(*_LEVELS),
                         "Any build warns of findings of this severity or above")  # fmt: skip
    app.add_config_value("annals_check_severities", {}, "", dict,
                         "Severities by code, or 'off'")  # fmt: skip
    app.add_config_value("annals_acknowledged", {}, "", dict,
                         "Reasons for findings to stand, by key or id and code")  # fmt: skip
    app.connect("config-inited", repair_config)
    app.connect("env-check-consistency", warn_of_findings)
