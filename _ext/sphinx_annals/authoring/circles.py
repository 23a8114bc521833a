"""Whether a file includes itself, by way of others: MyST follows such a circle to its end."""

import re
from collections.abc import Iterator
from pathlib import Path

_INCLUDE = re.compile(r"(?:\{include\}|\.\. include::)\s+(\S+)")


def line_of_circle(path: Path, root: Path) -> int:
    """Give the line of a file whose include leads back to the file; 0 if none does."""
    for line, other in _included(path, root):
        if _reaches(other, path, root):
            return line
    return 0


def _reaches(path: Path, goal: Path, root: Path) -> bool:
    seen: set[Path] = set()
    waiting = [path]
    while waiting and waiting[-1] != goal:
        if (file := waiting.pop()) not in seen:
            seen.add(file)
            waiting += (other for _, other in _included(file, root))
    return bool(waiting)


def _included(path: Path, root: Path) -> Iterator[tuple[int, Path]]:
    """Give the files that a file includes, with the line in which it does."""
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:  # of which who includes it is told
        return
    for number, line in enumerate(lines, 1):
        for name in _INCLUDE.findall(line):
            base, name = (root, name[1:]) if name.startswith("/") else (path.parent, name)
            yield number, Path(base, name).resolve()
