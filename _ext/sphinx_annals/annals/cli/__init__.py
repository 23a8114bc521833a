"""The commands of annotations, a module each; `sphinx_annals.cli` says what a module has."""

from sphinx_annals.annals.cli import add, import_, rename
from sphinx_annals.annals.cli.book import Book
from sphinx_annals.cli import WHERE, Commands
from sphinx_annals.sources import open_sources

COMMANDS = Commands((add, import_, rename), lambda args: Book(open_sources(args.project)), WHERE)
