"""What a build leaves: each file whole, or as it was, also on a disk that is full.

A build that could write nothing is refused, a file that cannot be written ends one with a message,
and what builds that were killed have left goes.
"""

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.errors import ExtensionError

from sphinx_annals.fences.sphinx import forget_cut_note, tell_of_full_disks, write_pages_by
from sphinx_annals.messages import WriteError
from sphinx_annals.text import UNFINISHED, write_if_changed

_LONG = 3600
"""Seconds in which every file and every book is finished, if its build lives."""


def write_output(path: Path, content: str | bytes) -> None:
    """Write a file unless it holds this already; WriteError says what is in the way."""
    try:
        write_if_changed(path, content)
    except OSError as error:
        raise WriteError.of(path, error.strerror) from error


def _require_writable(app: Sphinx) -> None:
    """Refuse a build that could write nothing, before anything is read or touched."""
    for folder in (app.outdir, app.doctreedir):
        if not os.access(folder, os.W_OK):
            message = f"{folder} cannot be written, nothing is changed; allow it, or name another"
            raise ExtensionError(message)


def _clear(app: Sphinx) -> None:
    """Remove what builds began to write and did not live to finish."""
    for folder in (app.outdir, app.doctreedir):
        for path in Path(folder).rglob(f"{UNFINISHED}*"):
            with suppress(FileNotFoundError):  # of a build that lives, and has just finished it
                if path.stat().st_mtime < time.time() - _LONG:
                    shutil.rmtree(path) if path.is_dir() else path.unlink()


def _write_whole(app: Sphinx) -> None:
    """Let pages be written beside those that they replace."""
    folder = Path(app.outdir)

    def put(target: Path, write: Any) -> None:
        new = folder / f"{UNFINISHED}{os.getpid()}"
        try:
            write(new)
            if new.is_file():
                target.parent.mkdir(parents=True, exist_ok=True)
                if target.is_file():
                    shutil.copymode(target, new)
                os.replace(new, target)
        except (OSError, WriteError) as error:
            new.unlink(missing_ok=True)
            kept = "the last good page is kept" if target.is_file() else ""
            cause = error.__cause__ or error
            reason = getattr(cause, "strerror", None) or cause
            raise WriteError.of(target, reason, kept) from error

    write_pages_by(app.builder, put)
    tell_of_full_disks(app.builder)


def setup(app: Sphinx) -> None:
    """Connect what looks after the files."""
    for look in (_require_writable, forget_cut_note, _clear, _write_whole):
        app.connect("builder-inited", look)
