"""What is made of findings: whether they stand or fail, and how they are listed. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sphinx_annals.annals.checks import stale_acknowledgement
from sphinx_annals.annals.checks.base import Check, Finding, Severity
from sphinx_annals.annals.checks.book import Book
from sphinx_annals.annals.model import Catalogue

Reasons = Mapping[tuple[str, str], str]
"""Why a finding is let stand, by object and code."""


def reasons_of(catalogue: Catalogue, configured: Mapping[str, Mapping[str, str]]) -> Reasons:
    """Gather what is acknowledged on annotations and in the configuration."""
    found = {
        (_current(catalogue, object), code): reason
        for object, codes in configured.items()
        for code, reason in codes.items()
    }
    for item in catalogue.acknowledgements:
        found[_current(catalogue, item.of), item.code] = item.reason
    return found


def _current(catalogue: Catalogue, id: str) -> str:
    record = catalogue.find(id)
    return record.id if record else id


def run(checks: Iterable[Check], book: Book, reasons: Reasons) -> list[Finding]:
    """Give the findings of checks, and last which reasons are given for none of them."""
    found = [finding for check in checks for finding in check.findings(book)]
    met = {(finding.object, finding.code) for finding in found}
    late = replace(book, unmet=tuple(sorted(key for key in reasons if key not in met)))
    return [*found, *stale_acknowledgement.CHECK.findings(late)]


def acknowledge(
    findings: Iterable[Finding], reasons: Reasons, severities: Mapping[str, str]
) -> Iterator[Finding]:
    """Give the findings with the reasons for which they stand and the severities chosen.

    ``severities`` maps codes to ``error``, ``warning``, ``info`` or ``off``.
    """
    for finding in findings:
        chosen = severities.get(finding.code, finding.severity.value)
        if chosen != "off":
            reason = reasons.get((finding.object, finding.code))
            yield replace(finding, severity=Severity(chosen), reason=reason)


def fails(findings: Iterable[Finding], level: str) -> bool:
    """Tell whether a finding that nobody acknowledges is at the level or above it."""
    if level == "none":
        return False
    least = Severity(level).rank
    return any(f.severity.rank >= least for f in findings if f.reason is None)


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Count what is open by severity, and what is acknowledged."""
    counted = Counter(f.severity.value if f.reason is None else "acknowledged" for f in findings)
    return {name: counted[name] for name in ("error", "warning", "info", "acknowledged")}


def as_text(findings: list[Finding], help: Mapping[str, str], where: Mapping[str, str]) -> str:
    """Set findings for people: by severity and code, what is acknowledged last.

    ``help`` says of each code what it means; ``where`` gives the file of each document.
    """
    lines: list[str] = []
    for severity in sorted(Severity, key=lambda s: -s.rank):
        groups: dict[str, list[Finding]] = {}
        for finding in findings:
            if finding.severity is severity and finding.reason is None:
                groups.setdefault(finding.code, []).append(finding)
        for code, group in groups.items():
            lines += [f"{severity.value}: {code} ({len(group)})", f"  {help[code]}"]
            lines += [f"    {_place(f, where)}: {f.message}" for f in group] + [""]
    known = [finding for finding in findings if finding.reason is not None]
    if known:
        lines.append(f"acknowledged ({len(known)})")
        lines += [f"    {_place(f, where)}: {f.message} [{f.code}: {f.reason}]" for f in known]
        lines.append("")
    total = counts(findings)
    open = f"{_counted(total['error'], 'error')}, {_counted(total['warning'], 'warning')}"
    rest = f"{total['info']} to look at, {total['acknowledged']} acknowledged"
    return "\n".join([*lines, f"{open}, {rest}"]) + "\n"


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _place(finding: Finding, where: Mapping[str, str]) -> str:
    file = finding.path or where.get(finding.docname, finding.docname)
    return f"{file}:{finding.line}"


def as_data(findings: list[Finding], where: Mapping[str, str]) -> dict[str, Any]:
    """Give findings for machines."""
    rows = [
        {
            "code": f.code,
            "severity": f.severity.value,
            "object": f.object,
            "file": f.path or where.get(f.docname, f.docname),
            "line": f.line,
            "message": f.message,
            "acknowledged": f.reason,
        }
        for f in findings
    ]
    return {"counts": counts(findings), "findings": rows}
