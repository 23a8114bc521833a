"""Which assignments of a ``conf.py`` can be evaluated without running what it says. Pure.

Python has no box for code that is not trusted: from any value its attributes lead to the whole
interpreter. So nothing is evaluated but literals, sums, f-strings, subscripts, one loop, and calls
of the functions and methods that are named here, which look up names and change nothing. What these
could make of little is bounded as well.
"""

import ast
from collections.abc import Container
from typing import Any

_CALLED = (
    "absolute as_posix abspath basename dirname fspath glob iglob join joinpath keys items "
    "relative_to removeprefix removesuffix resolve rglob split strip values with_name "
    "with_suffix Path PurePath"
)
_METHODS = frozenset(_CALLED.split())
"""What may be called as an attribute: of modules that are imported, of paths, texts and tables."""
_PARTS = frozenset({"name", "parent", "parents", "path", "stem", "suffix"})
_MOST = 10_000
_NODES = (
    *(ast.Assign, ast.AugAssign, ast.AnnAssign, ast.Name, ast.Load, ast.Store, ast.Constant),
    *(ast.List, ast.Tuple, ast.Set, ast.Dict, ast.Starred, ast.JoinedStr, ast.FormattedValue),
    *(ast.BinOp, ast.Add, ast.Div, ast.UnaryOp, ast.USub, ast.Not, ast.BoolOp, ast.And, ast.Or),
    *(ast.Compare, ast.Eq, ast.NotEq, ast.In, ast.NotIn, ast.Is, ast.IsNot, ast.IfExp),
    *(ast.Subscript, ast.Slice, ast.Call, ast.keyword, ast.Attribute, ast.Lambda, ast.arguments),
    *(ast.arg, ast.ListComp, ast.GeneratorExp, ast.SetComp, ast.DictComp, ast.comprehension),
)


def is_harmless(statement: ast.stmt, functions: Container[str]) -> bool:
    """Tell whether an assignment can be evaluated, where ``functions`` are the names to call."""
    parts = list(ast.walk(statement))
    if isinstance(statement, ast.AnnAssign):  # what it is said to be is not evaluated
        unread = set(ast.walk(statement.annotation))
        parts = [part for part in parts if part not in unread]
    return (
        all(isinstance(part, _NODES) and _is_allowed(part, functions) for part in parts)
        and sum(isinstance(part, ast.comprehension | ast.Lambda) for part in parts) <= 1
    )


def _is_allowed(part: ast.AST, functions: Container[str]) -> bool:
    match part:
        case ast.Call(func=ast.Name(id=name)):
            return name in functions
        case ast.Call(func=ast.Attribute(attr=name)):
            return name in _METHODS
        case ast.Call():
            return False
        case ast.Attribute(attr=name, ctx=context):
            return name in _METHODS | _PARTS and isinstance(context, ast.Load)
        case ast.FormattedValue(format_spec=form):
            return form is None
        case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
            return name not in functions and not name.startswith("__")
    return True


def is_small(value: Any) -> bool:
    """Tell whether a value has few parts and letters, each counted as often as it is used."""
    waiting, seen = [value], 0
    while waiting and seen <= _MOST:
        one = waiting.pop()
        seen += 1
        if isinstance(one, str | bytes):
            seen += len(one)
        elif isinstance(one, list | tuple | set | dict):
            seen += len(one)
            waiting += [*one, *one.values()] if isinstance(one, dict) else list(one)
    return seen <= _MOST
