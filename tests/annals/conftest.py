"""Projects of annotations."""

from __future__ import annotations

import pytest
from harness import ANNALS, Start


@pytest.fixture
def start() -> Start:
    return ANNALS
