"""Look after the bibliography of a Sphinx project.

The .bib files are those that conf.py names in bibtex_bibfiles. Nothing is
written without --yes. Exit codes: 0 fine; 1 nothing found, or findings, or
refused; 2 wrong usage, or a file that cannot be read.

examples:
  python -m sphinx_annals.citations search heinzig
  python -m sphinx_annals.citations check
  python -m sphinx_annals.citations add < export.bib
"""

# Each command is a module: its docstring is the help, ARGUMENTS are what it takes, `run` does it.

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any

from sphinx_annals.citations.cli import add, check, format, rename, search, show
from sphinx_annals.citations.cli.output import complain
from sphinx_annals.citations.scan import ProjectError, open_project

COMMANDS = (search, show, format, check, rename, add)


def make_parser() -> argparse.ArgumentParser:
    """Build the parser with one subparser for each command."""
    program = "python -m sphinx_annals.citations"
    parser = argparse.ArgumentParser(program, **_described(__doc__))
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for module in COMMANDS:
        name, described = module.__name__.rpartition(".")[2], _described(module.__doc__)
        about = described["description"].rstrip(".")
        command = commands.add_parser(name, help=f"{about[:1].lower()}{about[1:]}", **described)
        command.set_defaults(run=module.run)
        for names, details in module.ARGUMENTS.items():
            command.add_argument(*names.split(), **details)
        where = command.add_argument_group("where")
        text = "a .bib file, instead of those in conf.py; may be repeated"
        where.add_argument("--bib", action="append", default=[], metavar="FILE", help=text)
        text = "the folder of conf.py (otherwise here, or the nearest above)"
        where.add_argument("--project", default="", metavar="DIR", help=text)
    return parser


def _described(text: str | None) -> dict[str, Any]:
    """Take a docstring apart: what a command does, then all else that its help says."""
    first, _, rest = (text or "").partition("\n\n")
    wrapping = argparse.RawDescriptionHelpFormatter
    return {"description": first, "epilog": rest.format(**check.CODES), "formatter_class": wrapping}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; no fault of the user's ends in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    args = make_parser().parse_args(arguments)
    try:
        code: int = args.run(args, open_project(args.bib, args.project))
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader has gone, as in `… | head`; Python must not flush to it again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130
    except (ProjectError, OSError) as error:
        complain(f"error: {error}")
        return 2
    return code
