"""List what is wrong, or looks wrong, with file and line.

Problems make the exit code 1; notes do not, unless --strict is given.

problems:{problems}

notes:{notes}

examples:
  python -m sphinx_annals.citations check
  python -m sphinx_annals.citations check --skip uncited,undated
  python -m sphinx_annals.citations check --only isbn,issn,doi --bib export.bib
"""

import argparse

from sphinx_annals.citations.bib import Finding
from sphinx_annals.citations.checks import NOTES, PROBLEMS, Bibliography, check
from sphinx_annals.citations.cli.output import JSON, Arguments, Output, count
from sphinx_annals.citations.scan import Project, ProjectError, shown
from sphinx_annals.text import did_you_mean

CODES = {
    name: "".join(f"\n  {code:<10} {text}" for code, text in codes.items())
    for name, codes in (("problems", PROBLEMS), ("notes", NOTES))
}
ARGUMENTS: Arguments = {
    "--only": {"default": "", "metavar": "CODES", "help": "these codes alone, by commas"},
    "--skip": {"default": "", "metavar": "CODES", "help": "all but these codes"},
    "--strict": {"action": "store_true", "help": "let notes count as problems"},
    **JSON,
}


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    """Print the findings; 1 if there is a problem among them."""
    only, skip = _codes(args.only), _codes(args.skip)
    wanted = (only or {*PROBLEMS, *NOTES}) - skip
    found = [finding for finding in findings(project) if finding.code in wanted]
    noted = sum(finding.code in NOTES for finding in found)
    problems = len(found) - (0 if args.strict else noted)
    if args.json:
        out.json([_described(finding) for finding in found])
        return 1 if problems else 0
    for finding in found:
        _show(finding, out)
    entries = count(len(project.library.entries), "entry", "entries")
    out.line(
        f"{count(len(found) - noted, 'problem')} and {count(noted, 'note')} in {entries} and "
        f"{count(len(project.documents), 'document')}."
    )
    return 1 if problems else 0


def _described(finding: Finding) -> dict[str, object]:
    about = {"level": level(finding), "code": finding.code, "key": finding.key}
    place = {"file": shown(finding.path), "line": finding.line}
    return {**about, "message": finding.message, **place}


def _show(finding: Finding, out: Output) -> None:
    place = f"{shown(finding.path)}:{finding.line}" if finding.line else shown(finding.path)
    name = level(finding)
    coloured = out.style(name, "red" if name == "problem" else "yellow")
    out.line(f"{place}: {coloured} [{finding.code}] {finding.key}".rstrip())
    out.wrapped(f"{finding.message[:1].upper()}{finding.message[1:]}", 4)


def level(finding: Finding) -> str:
    """Give “problem” or “note”."""
    return "note" if finding.code in NOTES else "problem"


def findings(project: Project) -> list[Finding]:
    """Run all checks on a project."""
    cited = project.cited if project.root is not None else None
    return [*project.unread, *check(Bibliography(project.library, cited))]


def _codes(text: str) -> set[str]:
    codes = {code.strip() for code in text.split(",") if code.strip()}
    known = [*PROBLEMS, *NOTES]
    for code in sorted(codes.difference(known)):
        hint = did_you_mean(code, known)
        raise ProjectError(f"no check is called {code!r}{hint}; `check --help` lists them")
    return codes
