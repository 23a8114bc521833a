"""Write the tables of options in the reference from what the records themselves declare.

    python tools/make_reference.py           write _ext/sphinx_annals/annals/README.md
    python tools/make_reference.py --check   exit with 1 if its tables are not current

A table stands between ``<!-- options: event -->`` and ``<!-- end -->``; ``all`` are those that
every object takes, ``authority`` those of people, organisations and places; other tables leave
them out.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "_ext" / "sphinx_annals" / "annals" / "README.md"
SHARED = ("all", "authority")
TABLE = re.compile(r"(<!-- (options|columns): ([\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def text() -> str:
    """Give the reference with its tables as they should be."""
    sys.path.insert(0, str(ROOT / "_ext"))
    return TABLE.sub(_table, TARGET.read_text("utf-8"))


def _table(match: re.Match[str]) -> str:
    kind, name = match[2], match[3]
    lines = _columns(name) if kind == "columns" else _options(name)
    return f"{match[1]}\n" + "\n".join(lines) + f"\n\n{match[4]}"


def _columns(kind: str) -> Iterator[str]:
    from sphinx_annals.annals.model import BUILT_IN, Kind, columns_of

    names = ", ".join(f"`{name}`" for name in columns_of(BUILT_IN, Kind(kind)))
    yield f"Columns of {Kind(kind).plural}: {names}."


def _options(directive: str) -> Iterator[str]:
    from sphinx_annals.annals.directives import DIRECTIVES

    declared: dict[str, dict[str, Any]] = {
        name: getattr(cls, "declared", {}) for name, cls in DIRECTIVES.items()
    }
    entries = declared["person"].keys() & declared["organisation"].keys() & declared["place"].keys()
    every = entries & declared["event"].keys()
    if directive in SHARED:
        wanted = every if directive == "all" else entries - every
        directive = "place"
    elif directive in ("person", "organisation", "place"):
        wanted = declared[directive].keys() - entries
    else:
        wanted = declared[directive].keys() - every
    yield "| option | value |"
    yield "|---|---|"
    for name, option in declared[directive].items():
        if name in wanted:
            yield f"| `{name}` | {_value(option.about, option.help)} |"


def _value(about: str, help: str) -> str:
    """Give what an option means, then what to write, its examples as code."""
    choices = re.fullmatch(r"((?:[\w-]+, )*[\w-]+) or ([\w-]+)", help)
    what, colon, example = help.partition(": ")
    if choices:
        said = " or ".join([", ".join(f"`{c}`" for c in choices[1].split(", ")), f"`{choices[2]}`"])
    elif what == "write EDTF":
        said = "EDTF, see below"
    else:
        said = what[:1].upper() + what[1:] + (f": `{example}`" if colon else "")
    meaning = "" if about.lower().rstrip(".") in said.lower() else f"{about} "
    return f"{meaning}{said}.".strip().replace("|", "\\|")


def main(arguments: Sequence[str]) -> int:
    """Write the file, or tell whether it is current."""
    if text() == TARGET.read_text("utf-8"):
        return 0
    if "--check" in arguments:
        print(f"{TARGET.relative_to(ROOT)} is not current; run tools/make_reference.py")
        return 1
    TARGET.write_text(text(), "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
