"""The filter language of the bibliography directive, as sphinxcontrib-bibtex defines it.

A filter is a Python expression of names, strings, sets, comparisons, and, or, not, ``|``, ``&`` and
``%`` (regular expression search). It is checked once and evaluated by Python for each entry.
"""

import ast
import re
from collections.abc import Callable
from typing import Any

from sphinx_annals.citations.entry import TYPES, Entry


class FilterError(ValueError):
    """A filter that is not in the language."""


Test = Callable[[Entry, str, frozenset[str]], bool]
"""Tells of an entry, the list's document and the documents that cite it whether it fits."""
ALLOWED = "use names, strings, {sets}, and, or, not, ==, !=, <, <=, >, >=, in, %, |, &"
# no calls and no attributes, so that nothing Python evaluates can do harm
_LANGUAGE = (
    *(ast.Constant, ast.Name, ast.Load, ast.Set, ast.List, ast.Tuple),
    *(ast.BoolOp, ast.boolop, ast.UnaryOp, ast.Not, ast.BinOp, ast.BitOr, ast.BitAnd, ast.Mod),
    *(ast.Compare, ast.Eq, ast.NotEq, ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.In, ast.NotIn),
)


def compile_filter(source: str) -> Test:
    """Make a filter of its source; raises FilterError for one that is not in the language.

    The filter raises it where values cannot be compared.
    """
    try:
        tree = ast.parse(source.strip(), mode="eval")
        code = compile(tree, "filter", "eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FilterError(f"not an expression; {ALLOWED}") from error
    for node in ast.walk(tree.body):
        if not isinstance(node, _LANGUAGE):
            written = ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__
            raise FilterError(f"{written!r} is not allowed; {ALLOWED}")
        if isinstance(node, ast.BinOp) and isinstance(node.right, ast.Constant):
            try:
                re.compile(str(node.right.value), re.IGNORECASE)
            except (re.error, RecursionError, OverflowError) as error:
                message = f"{node.right.value!r} is no regular expression: {error}"
                raise FilterError(message) from error

    def fits(entry: Entry, docname: str, docnames: frozenset[str]) -> bool:
        try:
            return bool(eval(code, {"__builtins__": {}}, _Names(entry, docname, docnames)))
        except (TypeError, ValueError, re.error, RecursionError) as error:
            raise FilterError(str(error).replace("_Text", "str")) from error

    return fits


SPECIAL = ["type", "kind", "key", "cited", "docname", "docnames", "year", "journal"]
"""What a filter may name beside fields."""


def names_in(source: str) -> list[str]:
    """Give the names in a filter that can be read, each once."""
    named = (node.id for node in ast.walk(ast.parse(source.strip())) if isinstance(node, ast.Name))
    return list(dict.fromkeys(named))


class _Text(str):
    """A text in which ``%`` searches."""

    def __mod__(self, pattern: Any) -> bool:  # type: ignore[override]
        return bool(re.search(str(pattern), self, re.IGNORECASE))


class _Names(dict[str, Any]):
    """What the names of a filter stand for: these, and the fields of the entry."""

    def __init__(self, entry: Entry, docname: str, docnames: frozenset[str]) -> None:
        self.entry = entry
        super().__init__(
            type=_Text(entry.declared_type or entry.type),
            # the type as it is set, whatever the file calls it; it tells newspapers apart
            kind=_Text(entry.subtype if entry.subtype in KINDS else entry.type),
            key=_Text(entry.key.lower()),
            cited=bool(docnames),
            docname=_Text(docname),
            docnames=docnames,
            year=_Text(entry.date.year if entry.date else ""),
            journal=_Text(entry.text("journaltitle")),
        )

    def __missing__(self, name: str) -> str:
        if name in ("author", "editor", "translator"):
            return _Text(" and ".join(n.inverted for n in self.entry.names(name).names))
        return _Text(self.entry.text(name))


KINDS = frozenset(name for name, kind in TYPES.items() if kind.apart)
