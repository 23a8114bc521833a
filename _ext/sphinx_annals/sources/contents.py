"""Tables of contents: which documents one lists, and a text with one more in it."""

import re
from fnmatch import fnmatch

from sphinx_annals.sources.markup import REST_SUFFIXES, Directive, read
from sphinx_annals.text import newline_of

_TOCTREE = frozenset({"toctree"})
_TITLED = re.compile(r".*<(?P<target>[^<>]*)>")


def _tables(text: str, suffix: str) -> list[Directive]:
    parts = read(text, suffix, _TOCTREE)
    return [part for part in parts if isinstance(part, Directive) and part.name in _TOCTREE]


def listed(text: str, suffix: str, tables: int | None = None) -> list[str]:
    """Give the names that the tables of contents of a text list, as they are written there.

    ``tables`` is how many of them count, of those that list any.
    """
    found = []
    for table in [table for table in _tables(text, suffix) if table.words][:tables]:
        for word in table.words:
            titled = _TITLED.fullmatch(word.text)
            found.append(titled["target"] if titled else word.text)
    return found


def _listed_in(folder: str, table: Directive) -> int:
    return sum(word.text.rpartition("<")[2].rpartition("/")[0] == folder for word in table.words)


def with_entry(text: str, suffix: str, name: str) -> str:
    """Give a text with a name at the end of a table of contents, which it may lack: of that which
    lists most in the same folder, or the first.

    Where a pattern lists it, it stays as it is.
    """
    newline = newline_of(text)
    tables = _tables(text, suffix)
    if any(fnmatch(name, word.text) for table in tables for word in table.words):
        return text
    if not tables:
        rest = suffix in REST_SUFFIXES
        lines = [".. toctree::", "", f"   {name}"] if rest else ["```{toctree}", name, "```"]
        return text.rstrip("\r\n") + newline * 2 + newline.join(lines) + newline
    folder = name.rpartition("/")[0]
    table = max(tables, key=lambda table: (_listed_in(folder, table), bool(table.words)))
    if table.words:
        last = table.words[-1]
        line = max(text.rfind("\n", 0, last.start), text.rfind("\r", 0, last.start)) + 1
        at, added = last.end, f"{newline}{text[line : last.start]}{name}"
    else:
        at = table.options[-1].value.end if table.options else table.argument.end
        indent = table.line[: table.indent] + ("" if table.mark else "   ")
        added = f"{newline * 2}{indent}{name}"
    return text[:at] + added + text[at:]
