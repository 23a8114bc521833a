"""Writing files: all of them or none, each whole, and none that was changed meanwhile."""

import difflib
import os
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from sphinx_annals.cli.output import count, printable
from sphinx_annals.sources import Edit, ProjectError, edited, read_text, shown
from sphinx_annals.text import newline_of, replace_file, write_beside

NOT_YET = "Nothing is written yet; add --yes."


class Change(NamedTuple):
    """A file's text before and after; one that is new has none before, and may have no folder."""

    path: Path
    before: str | None
    after: str


def read_utf8(path: Path) -> str:
    """Read a file that will be written; raises ProjectError where it is in UTF-16."""
    text = read_text(path) if path.exists() else ""
    if "\0" in text:
        raise ProjectError(f"{shown(path)} is not UTF-8; save it as UTF-8 first")
    return text


def write(changes: Sequence[Change]) -> None:
    """Write every change; raises ProjectError, with all as it was, if one fails."""
    targets = [change.path.resolve() for change in changes]  # what a link leads to, not the link
    ready: list[Path] = []
    folders: list[Path] = []
    done = 0
    try:
        folders += _missing(target.parent for target in targets)
        # whole and on the disk before the first file is touched, so that hardly a rename can fail
        for change, target in zip(changes, targets, strict=True):
            ready.append(write_beside(target, _bytes(change.after), durable=True))
        # what an editor has saved since it was read must not be lost
        for change, target in zip(changes, targets, strict=True):
            if change.before is None and target.exists():
                raise ProjectError(f"{shown(target)} exists already; nothing is written")
            if read_utf8(target) != (change.before or ""):
                raise ProjectError(f"{shown(target)} was changed meanwhile; nothing is written")
        for new, target in zip(ready, targets, strict=True):
            os.replace(new, target)
            done += 1
    except OSError as error:
        # not the file beside it that was to become it
        where = targets[len(ready) if len(ready) < len(targets) else min(done, len(targets) - 1)]
        raise ProjectError(f"{shown(where)}: {error.strerror}; nothing is written") from error
    finally:
        if done < len(changes):
            _restore(changes[:done], targets)
            for new in ready:
                new.unlink(missing_ok=True)
            for folder in folders:
                with suppress(OSError):  # never made, or somebody else's by now
                    folder.rmdir()


def appended(before: str, block: str) -> str:
    """Give what to write behind a text so that a block stands there by itself, its line ends
    those of the text.
    """
    if before.strip("\ufeff\r\n"):
        block = ("\n" if before.endswith(("\n", "\r")) else "\n\n") + block
    return block.replace("\n", newline_of(before))


def offer(
    changes: Sequence[Change], would: str, done: str, *, yes: bool, undone: str = NOT_YET
) -> None:
    """Show changes line by line, and write them if the user said so; tell which it was."""
    for path, before, after in changes:
        old, new = (_lines(text) if text else [] for text in (before, after))
        name = shown(path)
        print("\n".join(difflib.unified_diff(old, new, name, name, n=1, lineterm="")))
    if yes:
        write(changes)
    print(done if yes else f"Would {would}. {undone}")


def rename(old: str, new: str, edits: Mapping[Path, Sequence[Edit]], *, yes: bool) -> None:
    """Show what changes in files where something gets another name, and write it, as `offer`."""
    texts = {path: read_utf8(path) for path, found in edits.items() if found}
    changes = [Change(path, text, edited(text, edits[path])) for path, text in texts.items()]
    places = count(sum(map(len, edits.values())), "place")
    summary = f"{old} to {new}: {places} in {count(len(changes), 'file')}"
    offer(changes, f"rename {summary}", f"Renamed {summary}.", yes=yes)


def _lines(text: str) -> list[str]:
    return printable(text).removesuffix("\n").split("\n")


def _restore(changes: Sequence[Change], targets: Sequence[Path]) -> None:
    for change, target in zip(changes, targets, strict=False):
        if change.before is None:
            target.unlink()
        else:
            replace_file(target, _bytes(change.before))


def _missing(folders: Iterable[Path]) -> list[Path]:
    """Give the folders that have to be made, each before the one that it stands in."""
    every = {folder for given in folders for folder in (given, *given.parents)}
    return sorted((f for f in every if not f.exists()), key=lambda f: -len(f.parts))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
