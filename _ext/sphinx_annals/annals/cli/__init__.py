"""The commands of annotations, a module each; `sphinx_annals.cli` says what a module has."""

from sphinx_annals.annals.cli import add, import_, rename
from sphinx_annals.annals.cli.book import open_book
from sphinx_annals.cli import WHERE, Commands

COMMANDS = Commands((add, import_, rename), lambda args: open_book(args.project), WHERE)
