"""The filter language of the bibliography directive, as sphinxcontrib-bibtex defines it.

A filter is a Python expression of names, strings, sets, comparisons, and, or, not, `|`, `&` and
`%` (regular expression search). It is checked once and evaluated for each entry.
"""

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sphinx_annals.citations.entry import TYPES, Entry


class FilterError(ValueError):
    """A filter that is not in the language."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a filter looks at: an entry, the list's document, the documents that cite it."""

    entry: Entry
    docname: str
    docnames: frozenset[str]


# `kind` is the type as it is set, whatever the file calls it, and tells newspapers apart
KINDS = frozenset(name for name, kind in TYPES.items() if kind.apart)
Test = Callable[[Subject], Any]
ALLOWED = "use names, strings, {sets}, and, or, not, ==, !=, <, <=, >, >=, in, %, |, &"


def compile_filter(source: str) -> Test:
    """Make a filter of its source; raises FilterError for one that is not in the language."""
    try:
        tree = ast.parse(source.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise FilterError(f"not an expression; {ALLOWED}") from error
    try:
        return _build(tree.body)
    except RecursionError as error:
        raise FilterError("nested too deeply") from error


def _search(text: Any, pattern: Any) -> bool:
    return bool(re.search(str(pattern), str(text), re.IGNORECASE))


_OPERATIONS: dict[type[ast.AST], Callable[[Any, Any], Any]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.In: lambda a, b: a in b,
    ast.NotIn: lambda a, b: a not in b,
    ast.BitOr: operator.or_,
    ast.BitAnd: operator.and_,
    ast.Mod: _search,
}


def _build(node: ast.expr) -> Test:
    if isinstance(node, ast.Constant):
        value = node.value
        return lambda _: value
    if isinstance(node, ast.Name):
        return _name(node.id)
    if isinstance(node, ast.BoolOp):
        tests = [_build(value) for value in node.values]
        both = isinstance(node.op, ast.And)
        return lambda s: all(t(s) for t in tests) if both else any(t(s) for t in tests)
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        inner = _build(node.operand)
        return lambda s: not inner(s)
    if isinstance(node, ast.Set | ast.List | ast.Tuple):
        members = [_build(element) for element in node.elts]
        return lambda s: frozenset(member(s) for member in members)
    if isinstance(node, ast.Compare):
        if len(node.ops) == 1:
            return _operation(node, node.left, node.ops[0], node.comparators[0])
        raise FilterError(f"{ast.unparse(node)!r} is not allowed; compare two values at a time")
    if isinstance(node, ast.BinOp):
        return _operation(node, node.left, node.op, node.right)
    raise FilterError(f"{ast.unparse(node)!r} is not allowed; {ALLOWED}")


def _operation(node: ast.expr, left: ast.expr, operation: ast.AST, right: ast.expr) -> Test:
    if type(operation) not in _OPERATIONS:
        raise FilterError(f"{ast.unparse(node)!r} is not allowed; {ALLOWED}")
    operate, one, other = _OPERATIONS[type(operation)], _build(left), _build(right)
    if isinstance(operation, ast.Mod) and isinstance(right, ast.Constant):
        try:
            re.compile(str(right.value), re.IGNORECASE)
        except (re.error, RecursionError, OverflowError) as error:
            raise FilterError(f"{right.value!r} is no regular expression: {error}") from error
    return lambda s: operate(one(s), other(s))


_NAMES: dict[str, Test] = {
    "type": lambda s: s.entry.declared_type or s.entry.type,
    "kind": lambda s: s.entry.subtype if s.entry.subtype in KINDS else s.entry.type,
    "key": lambda s: s.entry.key.lower(),
    "cited": lambda s: bool(s.docnames),
    "docname": lambda s: s.docname,
    "docnames": lambda s: s.docnames,
    "year": lambda s: s.entry.date.year if s.entry.date else "",
    "journal": lambda s: s.entry.text("journaltitle"),
}


def _name(name: str) -> Test:
    if name in ("author", "editor", "translator"):
        return lambda s: " and ".join(n.inverted for n in s.entry.names(name).names)
    return _NAMES.get(name, lambda s: s.entry.text(name))


def matches(test: Test, subject: Subject) -> bool:
    """Apply a filter; raises FilterError where the values cannot be compared."""
    try:
        return bool(test(subject))
    except (TypeError, ValueError, re.error, RecursionError) as error:
        raise FilterError(str(error)) from error
