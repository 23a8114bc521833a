"""Run one build in a process of its own and say what it cost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

FAIR = {"PYTHONHASHSEED": "0", "PYTHONDONTWRITEBYTECODE": ""}
"""What each process has in its environment; the package is compiled once, as what is installed."""


class BuildError(Exception):
    """A build failed, or warned; the message holds what it printed."""


@dataclass(frozen=True)
class Cost:
    """Processor time of the whole process tree and elapsed time, in seconds; peak memory, MiB."""

    cpu: float
    wall: float
    memory: float


def build(
    source: Path,
    output: Path,
    *,
    builder: str = "html",
    jobs: int = 1,
    strict: bool = True,
    python: str | Path = sys.executable,
    environment: Mapping[str, str] = {},
) -> Cost:
    """Build a project; raises BuildError where the build fails or, if ``strict``, warns.

    Another Python, and more variables of its environment, are for projects with their own.
    """
    command = [str(python), "-m", "sphinx", "-q", "-b", builder, "-j", str(jobs)]
    command += ["-W", "--keep-going"] if strict else []
    command += ["-d", str(output.with_name(f"{source.name}-doctrees")), str(source), str(output)]
    return run(command, output.with_name(f"{output.name}.log"), environment=environment)


def run(
    command: Sequence[str],
    log: Path,
    *,
    folder: Path | None = None,
    environment: Mapping[str, str] = {},
) -> Cost:
    """Run a command to its end; raises BuildError, with the end of the log, where it fails."""
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.perf_counter()
    with log.open("w") as stream:
        process = subprocess.Popen(
            command, stdout=stream, stderr=stream, cwd=folder, env=os.environ | FAIR | environment
        )
        _, status, usage = os.wait4(process.pid, 0)  # counts children that have been waited for
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise BuildError(f"{log.stem}:\n{log.read_text(errors='replace')[-3000:]}")
    return Cost(
        cpu=usage.ru_utime + usage.ru_stime,
        wall=time.perf_counter() - started,
        memory=usage.ru_maxrss / (2**20 if sys.platform == "darwin" else 2**10),
    )
