"""Chapters made from a seed and harmed, as authors and programs do, in three builders."""

from __future__ import annotations

import subprocess
import sys

import pytest
from harness import REPOSITORY


@pytest.mark.slow
def test_inputs_from_a_seed_are_at_most_located_warnings() -> None:
    tool = [sys.executable, str(REPOSITORY / "tools/try_inputs.py")]
    asked = ["--seed", "5", "--count", "60", "--builders", "html,text,typst"]
    done = subprocess.run([*tool, *asked], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "60 chapters" in done.stdout
