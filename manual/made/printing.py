"""What each node of docutils and Sphinx becomes on paper."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx_annals.pdf.translator import TypstTranslator
from sphinx_annals.pdf.translator.base import PASSED, SKIPPED

from made.rows import table

_CALL = re.compile(r"""(?:\#|["'])([a-z][a-z-]*)[\[(]|begin_block\(f?["']([a-z-]+)""")
_OWN = re.compile(r"self\.(_\w+)\(")


def nodes_of_print() -> Iterator[str]:
    """Give each node of docutils and Sphinx with what sets it on the page."""
    names = sorted({*nodes.node_class_names, *_of_sphinx()})
    rows = [(f"`{name}`", fate) for name in names if (fate := _fate(name))]
    yield from table(("node", "on the page"), rows)


def _of_sphinx() -> Iterator[str]:
    for name, kind in vars(addnodes).items():
        is_node = inspect.isclass(kind) and issubclass(kind, nodes.Element)
        if is_node and kind.__module__ == addnodes.__name__ and name[0].islower():
            yield name


def _fate(name: str) -> str:
    kind = getattr(addnodes, name, None) or getattr(nodes, name)
    for base in kind.__mro__:
        visit = getattr(TypstTranslator, f"visit_{base.__name__}", None)
        if visit is not None:
            called = ", ".join(f"`{function}`" for function in _functions(visit))
            return f"by {called}" if called else "as it comes"
        if base.__name__ in SKIPPED:
            return "not printed"
        if base.__name__ in PASSED:
            return "its content is printed"
    return ""  # what holds it writes it


def _functions(visit: Callable[..., Any]) -> list[str]:
    """Give the functions of the design that a visitor writes calls of."""
    source = inspect.getsource(visit)
    helpers = [getattr(TypstTranslator, name) for name in _OWN.findall(source)]
    texts, names = [source, *map(inspect.getsource, helpers)], []
    for cell in visit.__closure__ or ():
        told = cell.cell_contents
        if isinstance(told, str):
            name = re.match("[a-z-]+", told)
            (names if name else texts).append(name[0] if name else told)
        elif inspect.isfunction(told):
            names += _functions(told)
    found = [call[0] or call[1] for text in texts for call in _CALL.findall(text)]
    return list(dict.fromkeys([*found, *names]))
