"""What is made of findings: whether they stand or fail, and how they are listed. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from sphinx_annals.annals.checks.base import Check, Finding, Severity
from sphinx_annals.annals.checks.book import Book
from sphinx_annals.annals.checks.objects import stale_acknowledgement
from sphinx_annals.annals.model import Catalogue

Reasons = Mapping[tuple[str, str], str]
"""Why a finding is let stand, by object and code."""
_RANKS = list(Severity)


def reasons_of(catalogue: Catalogue, configured: Mapping[str, Mapping[str, str]]) -> Reasons:
    """Gather what is acknowledged on annotations and in the configuration."""
    found = {
        (catalogue.current(object), code): reason
        for object, codes in configured.items()
        for code, reason in codes.items()
    }
    for record, code, reason in catalogue.acknowledgements:
        found[record.id, code] = reason
    return found


def run(
    checks: Iterable[Check], book: Book, reasons: Reasons, severities: Mapping[str, str]
) -> list[Finding]:
    """Give the findings of checks, and last which reasons are given for none of them.

    Each has the reason for which it stands, and the severity chosen: ``severities`` maps codes to
    ``error``, ``warning``, ``info`` or ``off``.
    """
    found = [finding for check in checks for finding in check.findings(book)]
    met = {(finding.object, finding.code) for finding in found}
    late = replace(book, unmet=tuple(sorted(key for key in reasons if key not in met)))
    found += stale_acknowledgement.findings(late)
    return [
        replace(f, severity=Severity(chosen), reason=reasons.get((f.object, f.code)))
        for f in found
        if (chosen := severities.get(f.code, f.severity.value)) != "off"
    ]


def failing(findings: Iterable[Finding], level: str) -> list[Finding]:
    """Give the findings at a level or above it that nobody acknowledges; none for ``none``."""
    if level == "none":
        return []
    grave = _RANKS[: _RANKS.index(Severity(level)) + 1]
    return [f for f in findings if f.severity in grave and f.reason is None]


def counts(findings: Iterable[Finding]) -> dict[str, int]:
    """Count what is open by severity, and what is acknowledged."""
    counted = Counter(f.severity.value if f.reason is None else "acknowledged" for f in findings)
    return {name: counted[name] for name in ("error", "warning", "info", "acknowledged")}


def as_text(findings: list[Finding], checks: Mapping[str, Check]) -> str:
    """Set findings for people: by severity and code, each with its help, those known last."""
    lines: list[str] = []
    groups: dict[tuple[Severity, str], list[Finding]] = {}
    for finding in sorted(failing(findings, "info"), key=lambda f: _RANKS.index(f.severity)):
        groups.setdefault((finding.severity, finding.code), []).append(finding)
    for (severity, code), group in groups.items():
        lines += [f"{severity.value}: {code} ({len(group)})", f"  {checks[code].help}"]
        lines += [f"    {f.path}:{f.line}: {f.message}" for f in group] + [""]
    known = [
        f"    {f.path}:{f.line}: {f.message} [{f.code}: {f.reason}]"
        for f in findings
        if f.reason is not None
    ]
    if known:
        lines += [f"acknowledged ({len(known)})", *known, ""]
    total = counts(findings)
    nouns = (f"{total[n]} {n}{'' if total[n] == 1 else 's'}" for n in ("error", "warning"))
    rest = f"{total['info']} to look at, {total['acknowledged']} acknowledged"
    return "\n".join([*lines, ", ".join([*nouns, rest])]) + "\n"


def as_data(findings: list[Finding]) -> dict[str, Any]:
    """Give findings for machines."""
    rows = [
        {
            "code": f.code,
            "severity": f.severity.value,
            "object": f.object,
            "file": f.path,
            "line": f.line,
            "message": f.message,
            "acknowledged": f.reason,
        }
        for f in findings
    ]
    return {"counts": counts(findings), "findings": rows}
