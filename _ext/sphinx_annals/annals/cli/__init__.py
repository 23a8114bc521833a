"""The commands of annotations, a module each; `sphinx_annals.cli` says what a module has."""

from sphinx_annals.cli import WHERE, Commands
from sphinx_annals.sources import open_sources

COMMANDS = Commands((), lambda args: open_sources(args.project), WHERE)
