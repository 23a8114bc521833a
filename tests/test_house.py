"""The plan of the house, read from the imports: what stands on what, and what tests may lean on."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from harness import REPOSITORY

HOUSE = REPOSITORY / "_ext" / "sphinx_annals"
TESTS = REPOSITORY / "tests"
WINGS = ("annals", "citations", "pdf")
CONTRIBUTING = (REPOSITORY / "CONTRIBUTING.md").read_text(encoding="utf-8")
PURE = re.findall(r"^\| `([\w/]+)/` \| .*; pure \|$", CONTRIBUTING, re.MULTILINE)


def name_of(path: Path) -> str:
    """Give the dotted name of a module, that of the folder for ``__init__``."""
    parts = path.relative_to(HOUSE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(HOUSE.rglob("*.py"))}


@cache
def imports(path: Path) -> frozenset[str]:
    """Give what a file imports anywhere, also in functions and for types alone: ``a.b:name``."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {f"{alias.name}:" for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: an import from here; name the whole way"
            found |= {f"{node.module}:{alias.name}" for alias in node.names}
    return frozenset(found)


def modules(path: Path, shown: bool = False) -> Iterator[str]:
    """Give the modules of the house that a file imports; a name may be that of a module.

    With *shown* a module that its door shows is the door's.
    """
    for found in imports(path):
        module, _, name = found.partition(":")
        if f"{module}.{name}" in MODULES and not (shown and name in exports(module)):
            yield f"{module}.{name}"
        elif module in MODULES:
            yield module


def circles(graph: dict[str, set[str]]) -> list[list[str]]:
    """Give the groups of modules that lead back to themselves."""
    reached = {name: set(graph[name]) for name in graph}
    for between in graph:
        for name in graph:
            if between in reached[name]:
                reached[name] |= reached[between]
    groups = {
        frozenset({name, *(other for other in reached[name] if name in reached[other])})
        for name in graph
        if name in reached[name]
    }
    return sorted(sorted(group) for group in groups)


@pytest.mark.parametrize(
    ("graph", "found"),
    [
        ({"a": {"b"}, "b": set()}, []),
        ({"a": {"a"}}, [["a"]]),
        ({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}, [["a", "b", "c"]]),
        ({"a": {"b"}, "b": {"a"}, "c": {"d", "a"}, "d": {"c"}}, [["a", "b"], ["c", "d"]]),
    ],
)
def test_circles_are_found(graph: dict[str, set[str]], found: list[list[str]]) -> None:
    assert circles(graph) == found


def test_no_file_leads_back_to_itself() -> None:
    assert len(MODULES) > 100
    assert circles({name: set(modules(path)) for name, path in MODULES.items()}) == []


def room(name: str) -> str:
    """Give the wing of a module, or nothing for what all share."""
    parts = name.split(".")
    return parts[1] if len(parts) > 1 and parts[1] in WINGS else ""


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_imports_nothing_of_another(wing: str) -> None:
    own = {name: path for name, path in MODULES.items() if room(name) == wing}
    assert own
    assert [
        f"{name} imports {other}"
        for name, path in own.items()
        for other in modules(path)
        if room(other) not in ("", wing)
    ] == []


def test_what_all_share_imports_no_wing() -> None:
    shared = [name for name in MODULES if not room(name) and name.count(".") > 1]
    assert shared
    assert [
        f"{name} imports {other}"
        for name in shared
        for other in modules(MODULES[name])
        if room(other)
    ] == []


def test_the_plan_says_which_rooms_are_pure() -> None:
    assert {"text", "dates", "annals/model", "citations/checks"} <= set(PURE)


@pytest.mark.parametrize("folder", PURE)
def test_rooms_that_the_plan_calls_pure_import_no_sphinx(folder: str) -> None:
    files = sorted((HOUSE / folder).rglob("*.py"))
    assert files
    assert [
        f"{path.relative_to(HOUSE)} imports {found.partition(':')[0]}"
        for path in files
        for found in imports(path)
        if re.match(r"sphinx\b|docutils\b|myst_parser\b", found)
    ] == []


@pytest.mark.parametrize(
    ("folder", "stands_on"), [("text", ()), ("language", ()), ("dates", ("language",))]
)
def test_the_ground_floor_imports_nothing_above_it(folder: str, stands_on: tuple[str, ...]) -> None:
    assert [
        f"{path.relative_to(HOUSE)} imports {other}"
        for path in (HOUSE / folder).rglob("*.py")
        for other in modules(path)
        if other.split(".")[1] not in (folder, *stands_on)
    ] == []


@cache
def exports(module: str) -> frozenset[str]:
    """Give the names that a door shows: those that it imports."""
    return frozenset(found.partition(":")[2] for found in imports(MODULES[module]))


def is_door(module: str) -> bool:
    """Tell whether a module is a room's ``__init__``, or a file that is a room of its own."""
    alone = module.count(".") == 1 or module.startswith("sphinx_annals.fences.")
    alone |= module.count(".") == 2 and room(module) != ""
    return alone or MODULES[module].name == "__init__.py"


def is_inside(name: str, module: str) -> bool:
    """Tell whether something stands in the room of a module, or in one within that."""
    return f"{name}.".startswith(f"{module.rpartition('.')[0]}.")


def test_a_room_is_entered_by_its_door() -> None:
    assert [
        f"{name} imports {other}"
        for name, path in MODULES.items()
        for other in sorted(modules(path, shown=True))
        if not is_door(other) and not is_inside(name, other)
    ] == []


def test_tests_import_from_doors() -> None:
    files = sorted(TESTS.rglob("*.py"))
    assert files
    assert [
        f"{path.relative_to(TESTS)} imports {module}"
        for path in files
        for module in sorted(modules(path, shown=True))
        if not is_door(module)
    ] == []


def test_every_room_is_on_the_plan() -> None:
    rooms = {f"{path.parent.relative_to(HOUSE)}/" for path in HOUSE.rglob("*/__init__.py")}
    rooms |= {path.name for path in HOUSE.glob("[a-z]*.py")} - {"version.py"}
    plan = re.findall(r"^\| (.*?) \|", CONTRIBUTING, re.MULTILINE)
    assert sorted(rooms) == sorted(
        name for cell in plan for name in re.findall(r"`([\w/]+(?:/|\.py))`", cell)
    )


def test_every_change_has_a_place_that_exists() -> None:
    table = CONTRIBUTING.partition("### Where do I change")[2].partition("\n\nAnother")[0]
    changes = re.findall(r"^\| (?!a change|--)(.+?) \| (.+?) \|$", table, re.MULTILINE)
    assert len(changes) >= 12
    for change, place in changes:
        paths = re.findall(r"`([\w/.]+)`", place)
        assert paths, change
        assert [path for path in paths if not (HOUSE / path).exists()] == [], change
