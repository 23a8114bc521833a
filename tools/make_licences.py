"""Write THIRD-PARTY.md: the licence of each locked package, as the installed metadata state it.

    python tools/make_licences.py           write it, and exit with 1 if a licence is not allowed
    python tools/make_licences.py --check   write nothing

What is allowed, and what metadata leave open, stands in ``tools/licences.toml``. A package that
this Python does not need keeps the row that it has.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "THIRD-PARTY.md"
DECIDED: Mapping[str, Any] = tomllib.loads((ROOT / "tools/licences.toml").read_text("utf-8"))
LOCKED = re.compile(r"^([a-z0-9][\w.-]*)==", re.MULTILINE)
ROW = re.compile(r"^\| ([a-z0-9][\w.-]*) \| ([^|]+) \| (?:books|tests) \|$", re.MULTILINE)
HEAD = """\
# What the package stands on

The licence of each package that the lock files name, in [SPDX](https://spdx.org/licenses/)'s
words. *Books* is what whoever builds a book installs, *tests* what only the tests and tools of this
repository run. Nothing of either is part of the package; what it carries of others is named in
`pyproject.toml`, with the licence files. `python tools/make_licences.py` writes this page from
installed metadata and `tools/licences.toml`.

Books need nothing that is copyleft beyond the file (MPL-2.0). Three packages are, of *tests* alone:
cobalt, which reads and validates our Akoma Ntoso as others would; frozendict, which pyld needs; and
the pandoc in pypandoc-binary. They run as they are, nobody is given them with the package, and its
licence does not depend on theirs; so they stay.

| package | licence | for |
|---|---|---|
"""
FONTS = """
## Fonts

Each is of the Noto family, under OFL-1.1, as the file itself says (names 13 and 14 of its name
table; a test reads them). A book in PDF embeds the letters that it uses, which that licence allows
without a condition for the book.

| package | fonts | origin |
|---|---|---|
"""


def locked(name: str) -> set[str]:
    """Give the names of the packages that a lock file has."""
    return set(LOCKED.findall((ROOT / name).read_text("utf-8")))


def licence_of(name: str) -> str | None:
    """Give the licence of a package as an SPDX expression; None where it is not installed.

    Raises ValueError where neither its metadata nor ``licences.toml`` say it in such words.
    """
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        return None
    classifiers = [line.split(" :: ")[-1] for line in told.get_all("Classifier") or ()]
    said = [told.get("License-Expression"), told.get("License"), *classifiers]
    for words in [DECIDED["packages"].get(name), *said]:
        try:
            return canonicalize_license_expression(DECIDED["words"].get(words, words or ""))
        except InvalidLicenseExpression:
            continue
    raise ValueError(f"{name}: no licence in SPDX's words; write it in tools/licences.toml")


def forbidden(name: str, licence: str, book: bool) -> Iterator[str]:
    """Say what of a licence is not allowed for what books, or for what tests need."""
    allowed = DECIDED["for-books"] + ([] if book else DECIDED["for-tests"])
    # each of several that may be chosen is looked at, so that none has to be chosen
    for part in re.split(r" AND | OR |[()]+", licence):
        if part and part not in allowed:
            yield f"{name}: {part} is not allowed for {'books' if book else 'tests'}"


def licences() -> tuple[dict[str, str], list[str]]:
    """Give the licence of each locked package by its name, and what is wrong with some."""
    before = dict(ROW.findall(TARGET.read_text("utf-8"))) if TARGET.is_file() else {}
    books, found, wrong = locked("requirements.txt"), {}, []
    for name in sorted(books | locked("requirements-dev.txt")):
        try:
            licence = licence_of(name) or before[name]
        except ValueError as problem:
            wrong.append(str(problem))
        except KeyError:
            wrong.append(f"{name}: not installed, so its licence is not known")
        else:
            found[name] = licence
            wrong += forbidden(name, licence, name in books)
    return found, wrong


def page(found: Mapping[str, str]) -> str:
    """Give the page for these licences."""
    books = locked("requirements.txt")
    packages = (
        f"| {name} | {licence} | {'books' if name in books else 'tests'} |"
        for name, licence in found.items()
    )
    fonts = (
        f"| {name} | {', '.join(font['families'])} | <{font['origin']}> |"
        for name, font in DECIDED["fonts"].items()
    )
    return HEAD + "\n".join(packages) + "\n" + FONTS + "\n".join(fonts) + "\n"


def main(arguments: Sequence[str]) -> int:
    """Write the page, or tell whether it is current; exit with 1 where something is wrong."""
    found, wrong = licences()
    text = page(found)
    if "--check" in arguments:
        if not TARGET.is_file() or TARGET.read_text("utf-8") != text:
            wrong.append(f"{TARGET.name} is not current: python tools/make_licences.py")
    elif not wrong:
        TARGET.write_text(text, "utf-8")
    for line in wrong:
        print(line)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
