"""What tests of fences share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest


@contextmanager
def fence(function: Callable[..., Any]) -> Iterator[None]:
    """Fail with the sentence of a function in ``fences`` that says what breaks it."""
    text = " ".join((function.__doc__ or "").split())
    assert "Breaks if " in text, f"{function.__name__} does not say what breaks it"
    try:
        yield
    except Exception as error:
        name = f"{function.__module__}.{function.__name__}"
        pytest.fail(f"{name} breaks if {text.split('Breaks if ')[1]}\n{error!r}")
