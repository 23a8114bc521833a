"""Look after the bibliography of a Sphinx project.

The .bib files are those that conf.py names in bibtex_bibfiles. Nothing is
written without --yes. Exit codes: 0 fine; 1 nothing found, or findings, or
refused; 2 wrong usage, or a file that cannot be read.

examples:
  sphinx-annals cite search heinzig
  sphinx-annals cite check
  sphinx-annals cite add < export.bib
"""

from collections.abc import Sequence

from sphinx_annals.citations.cli import add, check, format, rename, search, show
from sphinx_annals.citations.scan import open_project
from sphinx_annals.cli import WHERE, Commands, Program, run

COMMANDS = Commands(
    (search, show, format, check, rename, add),
    lambda args: open_project(args.bib, args.project),
    {
        "--bib": {
            "action": "append",
            "default": [],
            "metavar": "FILE",
            "help": "a .bib file, instead of those in conf.py; may be repeated",
        },
        **WHERE,
    },
)


def main(
    arguments: Sequence[str] | None = None, program: str = "python -m sphinx_annals.citations"
) -> int:
    """Run a command and return its exit code; ``program`` is how it was called."""
    return run(Program(program, __doc__, (COMMANDS,)), arguments)


def add_works(folder: str, works: bytes, name: str, yes: bool) -> int:
    """Show, or append to the .bib file of a project, works in BibTeX or CSL-JSON.

    ``name`` is what they are called in messages; gives the exit code of ``add``.
    """
    return add.append(works, name, open_project((), folder), yes=yes)
