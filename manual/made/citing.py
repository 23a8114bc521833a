"""What citing declares: roles, options of lists, locators."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.resources import files

from sphinx_annals.citations.build import OPTIONS, ROLES

from made.rows import indexed, table


def roles() -> Iterator[str]:
    """Give the citing roles."""
    yield from indexed((f"cite:{name}" for name in ROLES), "role")
    rows = [(f"`` {{cite:{name}}}`key` ``", shown) for name, shown in ROLES.items()]
    yield from table(("role", "what it shows"), rows)


def list_options() -> Iterator[str]:
    """Give the options of ``bibliography``."""
    yield from indexed(OPTIONS, "option of bibliography")
    yield from table(("option", "value"), ((f"`{name}`", about) for name, about in OPTIONS.items()))


def locators() -> Iterator[str]:
    """Give the locators that are lists, with their plurals."""
    text = files("sphinx_annals.citations.style").joinpath("locators.toml").read_text("utf-8")
    yield ", ".join(f"`{one}` (`{many}`)" for one, many in tomllib.loads(text).items())
