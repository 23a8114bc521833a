"""What ``conf.py`` assigns, read without running it.

Of what it imports only names of files are looked up: ``glob``, ``pathlib`` and ``os.path`` as they
are used to name ``.bib`` files, which nothing of theirs can change.
"""

from __future__ import annotations

import ast
import os.path
from collections.abc import Mapping
from contextlib import suppress
from glob import glob
from pathlib import Path, PurePosixPath
from types import SimpleNamespace
from typing import Any

from sphinx_annals.sources.harmless import is_harmless, is_small


def assigned(tree: ast.Module, conf: Path) -> tuple[dict[str, Any], set[str]]:
    """Give the values that the top of a ``conf.py`` assigns, and the names that are computed.

    Each assignment is evaluated alone, if it is harmless, with nothing but names of files and
    functions that sort and list: one that cannot be costs its own names and no others.
    """
    known: dict[str, Any] = {"__builtins__": _BUILTINS, "__file__": conf.as_posix()}
    modules = _modules(conf.parent)
    unclear: set[str] = set()
    functions = set(_BUILTINS)
    flag = annotations.compiler_flag
    for node in tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            imported = _imported(node, modules)
            known |= imported
            functions |= imported.keys()
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            found = (n for n in ast.walk(node) if isinstance(n, ast.Name))
            names = {name.id for name in found if isinstance(name.ctx, ast.Store)}
            unclear |= names
            if not is_harmless(node, functions):
                continue
            with suppress(Exception):  # whatever it lacks
                exec(compile(ast.Module([node], []), str(conf), "exec", flag), known)
                if all(is_small(known.get(name)) for name in names):
                    unclear -= names
            for name in names & unclear:
                known.pop(name, None)
    return known, unclear


_BUILTINS = {f.__name__: f for f in (sorted, list, tuple, set, str, map, filter, len, reversed)}


def _modules(folder: Path) -> Mapping[str, Any]:
    """Give what may be imported; names are looked up from the folder, as Sphinx does."""

    def near(base: Path, pattern: str) -> None:
        """Refuse to look through a whole disk."""
        parts = [part for part in pattern.split("/") if set("*?[") & set(part)]
        start = Path(base, pattern.partition("*")[0]).resolve()
        if (len(parts) > 1 or "**" in pattern) and not start.is_relative_to(around):
            raise ValueError(pattern)

    around = folder.resolve().parent

    def found(pattern: str, *, recursive: bool = False, root_dir: str = "") -> list[str]:
        near(folder / root_dir, str(pattern))
        return glob(str(pattern), recursive=recursive, root_dir=folder / root_dir)

    class Names(PurePosixPath):
        """A path that finds files, and does nothing else with them."""

        def glob(self, pattern: str) -> list[PurePosixPath]:
            near(folder / self, pattern)
            return [type(self)(name.as_posix()) for name in (folder / self).glob(pattern)]

        def rglob(self, pattern: str) -> list[PurePosixPath]:
            return self.glob(f"**/{pattern}")

        def resolve(self) -> PurePosixPath:
            return type(self)((folder / self).resolve().as_posix())

        absolute = resolve

    path = SimpleNamespace(
        **{name: getattr(os.path, name) for name in ("join", "dirname", "basename", "abspath")}
    )
    return {
        "glob": SimpleNamespace(glob=found, iglob=found),
        "pathlib": SimpleNamespace(Path=Names, PurePath=Names),
        "os": SimpleNamespace(path=path, fspath=str),
        "os.path": path,
    }


def _imported(node: ast.Import | ast.ImportFrom, modules: Mapping[str, Any]) -> dict[str, Any]:
    if isinstance(node, ast.Import):
        tops = [(name, name.name.partition(".")[0]) for name in node.names]
        pairs = [(n.asname or top, modules.get(n.name if n.asname else top)) for n, top in tops]
    else:
        module = modules.get(node.module or "")
        pairs = [(n.asname or n.name, getattr(module, n.name, None)) for n in node.names]
    return {name: found for name, found in pairs if found is not None}
