"""Files: tables that belong to the code, and writing so that nobody ever reads half of a file."""

import errno
import os
import shutil
import tempfile
import tomllib
from pathlib import Path
from typing import Any

OF_DISKS = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO, errno.EROFS})
"""Errors of a disk, which name no file where they come up in its midst."""
UNFINISHED = ".writing-"
"""How the name of a file begins as long as it is written; one that stays is of a killed process."""


def read_table(path: Path) -> dict[str, Any]:
    """Read a table of data that belongs to the code."""
    return tomllib.loads(path.read_text(encoding="utf-8"))


def undecodable(error: UnicodeDecodeError, encoding: str = "UTF-8") -> tuple[int, str]:
    """Give the line, from 1, where a file is not in its encoding, and what is wrong there."""
    data = error.object
    line = data.count(b"\n", 0, error.start) + 1
    return line, f"byte {data[error.start]:#04x} is not {encoding}"


def write_beside(target: Path, data: bytes, *, durable: bool = False) -> Path:
    """Write a new file in the folder of another, which it can replace, with its permissions.

    A ``durable`` one is on the disk when this returns, so that no crash can leave it empty.
    Raises OSError, as all that writes here does.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(13, "not writable", str(target))
    handle, name = tempfile.mkstemp(prefix=UNFINISHED, dir=target.parent)
    try:
        with open(handle, "wb") as stream:
            stream.write(data)
            if durable:
                stream.flush()
                os.fsync(stream.fileno())
        if target.exists():
            shutil.copymode(target, name)
        else:
            os.chmod(name, 0o644)  # mkstemp's is for the owner alone
    except BaseException:
        os.unlink(name)
        raise
    return Path(name)


def replace_file(target: Path, data: bytes) -> None:
    """Write a file in one step."""
    new = write_beside(target, data)
    try:
        os.replace(new, target)
    except BaseException:
        new.unlink()
        raise


def write_if_changed(target: Path, content: str | bytes) -> bool:
    """Write a file unless it holds this already; tell whether it was written."""
    data = content.encode() if isinstance(content, str) else content
    changed = not target.is_file() or target.read_bytes() != data
    if changed:
        replace_file(target, data)
    return changed
