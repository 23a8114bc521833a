"""A project that writes what the README of the package tells it to."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from harness import REPOSITORY, Start

README = REPOSITORY / "_ext/sphinx_annals/README.md"
_FILE = re.compile(
    r"^`(?P<name>[\w.]+)`[^\n]*:\n\n(?P<fence>`{3,})\w+\n(?P<text>.*?)^(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)


def files_of_the_readme() -> Mapping[str, str]:
    """Give the files that the README shows, by their names."""
    return {found["name"]: found["text"] for found in _FILE.finditer(README.read_text("utf-8"))}


@pytest.fixture
def start() -> Start:
    return Start(files_of_the_readme())
