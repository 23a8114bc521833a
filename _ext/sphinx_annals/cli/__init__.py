"""What command lines are made of: commands, how they speak, and how they write; and `new`."""

from sphinx_annals.cli import new
from sphinx_annals.cli.commands import WHERE, Arguments, Commands, Program, name_of, run
from sphinx_annals.cli.output import JSON, complain, count, print_json, print_wrapped, printable
from sphinx_annals.cli.writing import NOT_YET, Change, appended, offer, read_utf8, rename, write

BEFORE_A_PROJECT = Commands((new,), lambda _: None, {})
"""The commands that need no project."""
