"""A command line of commands: how each is told of, how it is run, how it ends.

Each command is a module: its docstring is the help, ``ARGUMENTS`` are what it takes, ``run`` does
it, and ``CODES``, where there are any, stand for the words in braces of the docstring. It is called
by the name of its module; one that Python keeps for itself has a ``_`` behind it.
"""

import argparse
import gc
import os
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from sphinx_annals.cli.output import complain
from sphinx_annals.sources import ProjectError, shown

Arguments = Mapping[str, Mapping[str, Any]]
"""What a command takes: by the names of an argument, how argparse is told of it."""
WHERE: Arguments = {
    "--project": {
        "default": "",
        "metavar": "DIR",
        "help": "the folder of conf.py (otherwise here, or the nearest above)",
    }
}
"""Where the project is."""


@dataclass(frozen=True)
class Commands:
    """Commands that work on the same: ``run`` of each gets what ``opened`` gives.

    ``where`` are the arguments by which it is found.
    """

    modules: Sequence[ModuleType]
    opened: Callable[[argparse.Namespace], Any]
    where: Arguments


@dataclass(frozen=True)
class Program:
    """A command line: how it is called, its help, and its commands."""

    name: str
    help: str | None
    commands: Sequence[Commands]


def name_of(command: ModuleType) -> str:
    """Give the name by which a command is called."""
    return command.__name__.rpartition(".")[2].rstrip("_")


def _make_parser(program: Program) -> argparse.ArgumentParser:
    """Build the parser with one subparser for each command."""
    parser = argparse.ArgumentParser(program.name, **_described(program.help, {}))
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for group in program.commands:
        for module in group.modules:
            described = _described(module.__doc__, getattr(module, "CODES", {}))
            about = described["description"].rstrip(".")
            command = commands.add_parser(
                name_of(module), help=f"{about[:1].lower()}{about[1:]}", **described
            )
            pairs = "=" in module.ARGUMENTS.get("words", {}).get("metavar", "")
            command.set_defaults(run=module.run, opened=group.opened, pairs=pairs)
            _add(module.ARGUMENTS, command)
            _add(group.where, command.add_argument_group("where"))
    return parser


def _add(arguments: Arguments, to: argparse._ActionsContainer) -> None:
    for names, details in arguments.items():
        to.add_argument(*names.split(), **details)


def _described(text: str | None, codes: Mapping[str, str]) -> dict[str, Any]:
    """Take a docstring apart: what a command does, then all else that its help says."""
    first, _, rest = (text or "").partition("\n\n")
    wrapping = argparse.RawDescriptionHelpFormatter
    epilog = rest.format_map(codes) if codes else rest
    return {"description": first, "epilog": epilog, "formatter_class": wrapping}


def _as_word(option: str, arguments: Sequence[str]) -> str:
    """Say how to write as a word what was written as an option: ``date=1950`` for ``--date``."""
    name, equals, value = option.lstrip("-").partition("=")
    behind = [*arguments[arguments.index(option) + 1 :], "VALUE"]
    return f"; write {name}={shlex.quote(value if equals else behind[0])}"


def _parse(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> argparse.Namespace:
    """Parse; words of a command that takes any number may stand behind its options as well."""
    arguments = sys.argv[1:] if arguments is None else arguments
    args, rest = parser.parse_known_args(arguments)
    if rest and (not hasattr(args, "words") or any(word.startswith("-") for word in rest)):
        option = next(word for word in rest if word.startswith("-") or not args.pairs)
        hint = _as_word(option, arguments) if args.pairs else ""
        parser.error(f"unrecognized arguments: {' '.join(rest)}{hint}")
    elif rest:
        args.words += rest
    return args


def run(program: Program, arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code; no fault of the user's ends in a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    args = _parse(_make_parser(program), arguments)
    gc.disable()  # what a command reads stays to its end
    try:
        code: int = args.run(args, args.opened(args))
        sys.stdout.flush()
    except BrokenPipeError:
        # the reader has gone, as in `… | head`; Python must not flush to it again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except KeyboardInterrupt:
        return 130
    except ProjectError as error:
        complain(f"error: {error}")
        return 2
    except OSError as error:
        where = f"{shown(os.fsdecode(error.filename))}: " if error.filename is not None else ""
        complain(f"error: {where}{error.strerror or error}")
        return 2
    finally:
        gc.enable()
    return code
