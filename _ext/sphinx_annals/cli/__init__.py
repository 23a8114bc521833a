"""What command lines are made of: commands, how they speak, and how they write."""

from sphinx_annals.cli.commands import WHERE, Arguments, Commands, Program, run
from sphinx_annals.cli.output import JSON, complain, count, print_json, print_wrapped, printable
from sphinx_annals.cli.writing import NOT_YET, Change, read_utf8, write
