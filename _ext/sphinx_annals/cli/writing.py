"""Writing files: all of them or none, each whole, and none that was changed meanwhile."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from sphinx_annals.sources import ProjectError, read_text, shown
from sphinx_annals.text import replace_file, write_beside

NOT_YET = "Nothing is written yet; add --yes."


class Change(NamedTuple):
    """A file's text before and after."""

    path: Path
    before: str
    after: str


def read_utf8(path: Path) -> str:
    """Read a file that will be written; raises ProjectError where it is in UTF-16."""
    text = read_text(path) if path.exists() else ""
    if "\0" in text:
        raise ProjectError(f"{shown(path)} is not UTF-8; save it as UTF-8 first")
    return text


def write(changes: Sequence[Change]) -> None:
    """Write every change; raises ProjectError, with all files as they were, if one fails."""
    targets = [change.path.resolve() for change in changes]  # what a link leads to, not the link
    ready: list[Path] = []
    done = 0
    try:
        # whole and on the disk before the first file is touched, so that hardly a rename can fail
        for change, target in zip(changes, targets, strict=True):
            ready.append(write_beside(target, _bytes(change.after), durable=True))
        # what an editor has saved since it was read must not be lost
        for change, target in zip(changes, targets, strict=True):
            if read_utf8(target) != change.before:
                raise ProjectError(f"{shown(target)} was changed meanwhile; nothing is written")
        for new, target in zip(ready, targets, strict=True):
            os.replace(new, target)
            done += 1
    except OSError as error:
        for change, target in zip(changes[:done], targets, strict=False):
            replace_file(target, _bytes(change.before))
        raise ProjectError(f"{error.filename}: {error.strerror}; nothing is written") from error
    finally:
        for new in ready:
            new.unlink(missing_ok=True)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
