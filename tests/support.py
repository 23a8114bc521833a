"""What tests of all folders share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sphinx.testing.util import SphinxTestApp

Build = Callable[..., SphinxTestApp]
"""Builds the pages given by name: ``build({"index.md": …}, "html")``."""


@dataclass(frozen=True)
class Built:
    """One output of the book: where it is, and what the build said."""

    folder: Path
    warnings: list[str]


def warnings_of(app: SphinxTestApp) -> list[str]:
    """Give the warnings, each without the source folder, colours or the word WARNING."""
    text = app.warning.getvalue().replace("\x1b[91m", "").replace("\x1b[31m", "")
    text = text.replace("\x1b[39;49;00m", "").replace(f"{app.srcdir}/", "")
    return [line for line in text.splitlines() if line]


def build_and_close(
    make_app: Callable[..., SphinxTestApp], *args: Any, **kwargs: Any
) -> SphinxTestApp:
    """Build a project and undo what its extensions registered, so that another can follow."""
    app = make_app(*args, **kwargs)
    app.build()
    app.cleanup()
    return app


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
