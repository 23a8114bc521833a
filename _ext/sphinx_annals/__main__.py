"""Write history as an annotated book: what does not need a build.

The bibliography has commands of its own: sphinx-annals cite --help. What
changes many files shows first what it would change. Exit codes: 0 fine;
1 nothing found, or findings, or refused; 2 wrong usage, or a file that cannot
be read or written.
"""

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

NAME = "sphinx-annals"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; ``cite`` has those of the bibliography."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if given[:1] == ["cite"]:
        from sphinx_annals.citations import cli as citations

        return citations.main(given[1:], f"{NAME} cite")
    from sphinx_annals.annals import cli as annals
    from sphinx_annals.cli import BEFORE_A_PROJECT, Program, run

    of_book = replace(annals.COMMANDS, opened=_open_book)
    return run(Program(NAME, __doc__, (BEFORE_A_PROJECT, of_book)), given)


def _open_book(args: argparse.Namespace) -> Any:
    """Open a book, and let its commands add to the bibliography, which is another wing's."""
    from sphinx_annals.annals import cli as annals
    from sphinx_annals.citations import cli as citations

    book = annals.COMMANDS.opened(args)
    return replace(book, add_works=partial(citations.add_works, args.project))


if __name__ == "__main__":
    sys.exit(main())
