"""CSV (RFC 4180): one table for each kind of object, and one of accounts.

UTF-8, CRLF, a header line; several values in one cell are joined by ``; ``. Cells that a
spreadsheet would take for a formula begin with an apostrophe (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

from sphinx_annals.annals.export.data import PLURALS, Data
from sphinx_annals.annals.model.terms import Kind

_COMMON = ("id", "title", "names", "aliases", "tags")
_CLOSING = ("sources", "url", "permanentUrl", "text")
_DATE = ("", "Edtf", "Earliest", "Latest")
_SPECIFIC: Mapping[Kind, tuple[str, ...]] = {
    Kind.EVENT: ("date", "dateBasis", "dateNote", "place", "actors", "treaty", "partOf", "follows",
                 "certainty"),
    Kind.TREATY: ("treatyKind", "parties", "signatories", "signed", "ratified", "inForce", "term",
                  "expiry", "terminated", "place", "languages", "supersedes", "supplements",
                  "amends"),
    Kind.ARTICLE: ("treaty", "number", "order", "texts"),
    Kind.PERSON: ("role", "sortName", "born", "died", "authorities"),
    Kind.ORGANISATION: ("role", "sortName", "founded", "dissolved", "authorities"),
    Kind.PLACE: ("role", "sortName", "latitude", "longitude", "authorities"),
}  # fmt: skip
_DATES = frozenset({"date", "signed", "ratified", "inForce", "expiry", "terminated", "born",
                    "died", "founded", "dissolved"})  # fmt: skip
ACCOUNTS = ("object", "property", "status", "source", "locator", "stance", "value", "quote",
            "note", "reading", "prefers")  # fmt: skip
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?")


def export(data: Data) -> dict[str, bytes]:
    """Give each table of the data by the name of its file."""
    found = {
        f"{name}.csv": _table(_columns(kind), [_row(item, kind) for item in data[name]])
        for kind, name in PLURALS.items()
    }
    rows = [row for name in PLURALS.values() for item in data[name] for row in _accounts(item)]
    found["accounts.csv"] = _table(ACCOUNTS, rows)
    return found


def safe(cell: object) -> str:
    """Give a cell as text that no spreadsheet runs: ``=1+1`` becomes ``'=1+1``."""
    text = "" if cell is None else str(cell)
    risky = text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    return f"'{text}" if risky and not _NUMBER.fullmatch(text) else text


def _columns(kind: Kind) -> tuple[str, ...]:
    specific = [
        f"{name}{suffix}" for name in _SPECIFIC[kind]
        for suffix in (_DATE if name in _DATES else ("",))
    ]  # fmt: skip
    return (*_COMMON, *specific, *_CLOSING)


def _row(item: Data, kind: Kind) -> list[object]:
    coordinates = item.get("coordinates") or {}
    cells: list[object] = [_cell(item[name]) for name in _COMMON]
    for name in _SPECIFIC[kind]:
        if name in _DATES:
            date = item[name] or {}
            cells += [date.get(key) for key in ("display", "edtf", "earliest", "latest")]
        elif name in ("latitude", "longitude"):
            cells.append(coordinates.get(name))
        else:
            cells.append(_cell(item[name]))
    return cells + [_cell(item[name]) for name in _CLOSING]


def _cell(value: Any) -> object:
    match value:
        case list():
            return "; ".join(str(_cell(item)) for item in value)
        case {"text": text, "language": language}:
            return f"{language} {text}" if language else text
        case {"key": key, "locator": locator}:
            return f"{key}{{{locator}}}" if locator else key
        case {"id": id, "role": role}:
            return f"{id} ({role})" if role else id
        case {"iso": iso}:
            return iso
        case dict():
            return "; ".join(f"{name} {item}" for name, item in value.items())
    return value


def _accounts(item: Data) -> Iterable[list[object]]:
    for statement in item["statements"]:
        prefers = "; ".join(v["prefers"] for v in statement["verdicts"] if v["prefers"])
        for account in statement["accounts"]:
            yield [
                item["id"], statement["property"], statement["status"], account["source"]["key"],
                account["source"]["locator"], account["stance"], account["value"],
                account["quote"], account["note"], statement["reading"], prefers,
            ]  # fmt: skip


def _table(columns: Iterable[str], rows: Iterable[list[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8", "replace")
