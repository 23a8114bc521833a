"""`check`: what is wrong with the bibliography and its use, each finding with its place."""

from __future__ import annotations

import argparse

from sphinx_annals.citations.bib.raw import Finding
from sphinx_annals.citations.checks import rules as checks
from sphinx_annals.citations.checks.rules import NOTES, PROBLEMS, Bibliography, Cited
from sphinx_annals.citations.cli.output import Output, count
from sphinx_annals.citations.scan.project import Project, ProjectError, shown
from sphinx_annals.text import did_you_mean

HELP = "list what is wrong, or looks wrong, with file and line"
EPILOG = (
    """\
Problems make the exit code 1; notes do not, unless --strict is given.

problems:
"""
    + "".join(f"  {code:<10} {text}\n" for code, text in PROBLEMS.items())
    + "\nnotes:\n"
    + "".join(f"  {code:<10} {text}\n" for code, text in NOTES.items())
    + """
examples:
  python -m sphinx_annals.citations check
  python -m sphinx_annals.citations check --skip uncited,undated
  python -m sphinx_annals.citations check --only isbn,issn,doi --bib export.bib
"""
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare what the command takes."""
    parser.add_argument("--only", default="", metavar="CODES", help="these codes alone, by commas")
    parser.add_argument("--skip", default="", metavar="CODES", help="all but these codes")
    parser.add_argument("--strict", action="store_true", help="let notes count as problems")
    parser.add_argument("--json", action="store_true", help="answer in JSON")


def run(args: argparse.Namespace, project: Project, out: Output) -> int:
    """Print the findings; 1 if there is a problem among them."""
    only, skip = _codes(args.only), _codes(args.skip)
    found = [finding for finding in findings(project)
             if (not only or finding.code in only) and finding.code not in skip]  # fmt: skip
    problems = [finding for finding in found if args.strict or finding.code not in NOTES]
    if args.json:
        out.json([{"level": level(finding), "code": finding.code, "key": finding.key,
                   "message": finding.message, "file": shown(finding.path), "line": finding.line}
                  for finding in found])  # fmt: skip
        return 1 if problems else 0
    for finding in found:
        place = f"{shown(finding.path)}:{finding.line}" if finding.line else shown(finding.path)
        name = level(finding)
        coloured = out.style(name, "red" if name == "problem" else "yellow")
        out.line(f"{place}: {coloured} [{finding.code}]" + (f" {finding.key}" * bool(finding.key)))
        out.wrapped(f"{finding.message[:1].upper()}{finding.message[1:]}", 4)
    noted = sum(level(finding) == "note" for finding in found)
    out.line(f"{count(len(found) - noted, 'problem')} and {count(noted, 'note')} in "
             f"{count(len(project.library.entries), 'entry', 'entries')} and "
             f"{count(len(project.documents), 'document')}.")  # fmt: skip
    return 1 if problems else 0


def level(finding: Finding) -> str:
    """Return “problem” or “note”."""
    return "note" if finding.code in NOTES else "problem"


def findings(project: Project) -> list[Finding]:
    """Run all checks on a project."""
    cited = None
    if project.root is not None:
        cited = [Cited(place.cite.key, project.real_key(place.cite.key), place.cite.locator,
                       str(place.path), place.cite.line) for place in project.places]  # fmt: skip
    bib = Bibliography(project.library, cited)
    unread = [Finding("file", f"cannot be read: {reason}", str(path), 0)
              for path, reason in project.unread]  # fmt: skip
    return [*unread, *checks.check(bib)]


def _codes(text: str) -> set[str]:
    codes = {code.strip() for code in text.split(",") if code.strip()}
    known = [*PROBLEMS, *NOTES]
    for code in sorted(codes.difference(known)):
        raise ProjectError(f"no check is called {code!r}{did_you_mean(code, known)}; "
                           "`check --help` lists them")  # fmt: skip
    return codes
