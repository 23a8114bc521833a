"""What the validators of others say of files: the Nu checker of the W3C, and epubcheck.

Both run in Java, from a folder that ``.ci/validators`` fills. Where ``VALIDATORS`` does not name
one, or there is no Java, their tests are skipped; with ``REQUIRE_JAVA`` they fail.
"""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path
from shutil import which

import pytest

# docutils and Sphinx close empty elements so; it has no effect, as the message itself says
_NOT_OURS = ".*Trailing slash on void elements has no effect.*"
# a few seconds of work do not repay the better compiler
_JAVA = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss2m", "-jar"]


def _jar(name: str) -> str:
    folder = os.environ.get("VALIDATORS", "")
    found = next(iter(sorted(Path(folder).rglob(name))), None) if folder else None
    if found is None or which("java") is None:
        why = f"no Java, or VALIDATORS names no folder with {name}"
        (pytest.fail if os.environ.get("REQUIRE_JAVA") else pytest.skip)(why)
    return str(found)


def nu(pages: Iterable[Path]) -> list[str]:
    """Give what the Nu checker says of pages, each with its place; one process reads them all."""
    options = ["--format", "json", "--stdout", "--exit-zero-always", "--filterpattern", _NOT_OURS]
    command = [*_JAVA, _jar("vnu.jar"), *options, *map(str, pages)]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    return [
        f"{Path(found['url']).name}:{found.get('lastLine', '')}: {found['message']}"
        for found in json.loads(run.stdout)["messages"]
    ]


def epubcheck(file: Path) -> list[str]:
    """Give the errors and warnings of epubcheck, and that it failed where it says no more."""
    command = [*_JAVA, _jar("epubcheck.jar"), str(file)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = f"{run.stdout}{run.stderr}".splitlines()
    said = [line for line in lines if line.startswith(("FATAL", "ERROR", "WARNING"))]
    return said or lines[-1:] * bool(run.returncode)
