"""List what is wrong, or looks wrong, with file and line.

Problems make the exit code 1; notes do not, unless --strict is given.

problems:{problems}

notes:{notes}

examples:
  sphinx-annals cite check
  sphinx-annals cite check --skip uncited,undated
  sphinx-annals cite check --only isbn,issn,doi --bib export.bib
"""

import argparse
from collections.abc import Mapping
from typing import Any

from sphinx_annals.citations.bib import Finding
from sphinx_annals.citations.checks import NOTES, PROBLEMS, Bibliography, check
from sphinx_annals.citations.scan import Project
from sphinx_annals.cli import JSON, Arguments, count, print_json, print_wrapped
from sphinx_annals.sources import ProjectError, shown
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


def run(args: argparse.Namespace, project: Project) -> int:
    """Print the findings; 1 if there is a problem among them."""
    only, skip = _codes(args.only), _codes(args.skip)
    wanted = (only or {*PROBLEMS, *NOTES}) - skip
    # the documents first, which tell what could not be read
    bibliography = Bibliography(project.library, project.cited if project.root else None)
    every = [*project.unread, *check(bibliography)]
    files = {path: shown(path) for path in {finding.path for finding in every}}
    found = [_described(finding, files) for finding in every if finding.code in wanted]
    noted = sum(about["level"] == "note" for about in found)
    failed = len(found) > (0 if args.strict else noted)
    if args.json:
        print_json(found)
        return int(failed)
    for about in found:
        place = f"{about['file']}:{about['line']}" if about["line"] else about["file"]
        print(f"{place}: {about['level']} [{about['code']}] {about['key']}".rstrip())
        print_wrapped(f"{about['message'][:1].upper()}{about['message'][1:]}", 4)
    entries = count(len(project.library.entries), "entry", "entries")
    print(
        f"{count(len(found) - noted, 'problem')} and {count(noted, 'note')} in {entries} and "
        f"{count(len(project.documents), 'document')}."
    )
    return int(failed)


def _described(finding: Finding, files: Mapping[str, str]) -> dict[str, Any]:
    return {
        "level": "note" if finding.code in NOTES else "problem",
        "code": finding.code,
        "key": finding.key,
        "message": finding.message,
        "file": files[finding.path],
        "line": finding.line,
    }


def _codes(text: str) -> set[str]:
    codes = {code.strip() for code in text.split(",") if code.strip()}
    known = [*PROBLEMS, *NOTES]
    for code in sorted(codes.difference(known)):
        hint = did_you_mean(code, known)
        raise ProjectError(f"no check is called {code!r}{hint}; `check --help` lists them")
    return codes
