"""Writing files: all of them or none, each whole, and none that somebody else changed meanwhile."""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sphinx_annals.citations.scan import ProjectError, read_text, shown
from sphinx_annals.text import write_beside

NOT_YET = "Nothing is written yet; add --yes."


@dataclass(frozen=True)
class Change:
    """A file's text before and after, and how many places differ."""

    path: Path
    before: str
    after: str
    places: int = 1


def valid_key(key: str) -> bool:
    """Tell whether a key can stand in a .bib file, in a role and in a list of sources."""
    return bool(re.fullmatch(r"[^\W_](?:[\w.:+/-]*[\w+])?", key))


def read_utf8(path: Path) -> str:
    """Read a file that will be written; raises ProjectError where it is in UTF-16."""
    text = read_text(path) if path.exists() else ""
    if "\0" in text:
        raise ProjectError(f"{shown(path)} is not UTF-8; save it as UTF-8 first")
    return text


def write(changes: Sequence[Change]) -> None:
    """Write every change; raises ProjectError, with all files as they were, if one fails."""
    ready: list[tuple[Path, Path]] = []
    done: list[tuple[Path, str]] = []
    try:
        for change in changes:
            target = change.path.resolve()
            ready.append((target, _beside(target, change.after)))
        for change, (target, new) in zip(changes, ready, strict=True):
            if read_text(target) != change.before:
                raise ProjectError(f"{shown(target)} was changed meanwhile; nothing is written")
            os.replace(new, target)
            done.append((target, change.before))
    except (OSError, ProjectError) as error:
        for target, before in done:
            os.replace(_beside(target, before), target)
        if isinstance(error, ProjectError):
            raise
        raise ProjectError(f"{error.filename}: {error.strerror}; nothing is written") from error
    finally:
        for _, new in ready:
            new.unlink(missing_ok=True)


def _beside(target: Path, text: str) -> Path:
    return write_beside(target, text.encode("utf-8", "surrogateescape"), durable=True)
