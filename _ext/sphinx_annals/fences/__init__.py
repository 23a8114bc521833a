"""Fences: one module for each neighbour whose internals we touch, and what would break it."""

from collections.abc import Callable
from functools import wraps
from typing import Any


def around(owner: type, method: Callable[..., Any], outer: Callable[..., Any]) -> None:
    """Put a function around a method of a class, if no earlier build of the process did."""
    if hasattr(method, "__wrapped__"):
        return

    @wraps(method)
    def wrapped(*given: Any, **named: Any) -> Any:
        return outer(method, *given, **named)

    setattr(owner, method.__name__, wrapped)
