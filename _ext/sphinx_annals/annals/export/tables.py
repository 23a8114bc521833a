"""CSV (RFC 4180): one table for each kind of object, one of points, and one of accounts.

UTF-8 with a byte order mark, without which spreadsheets garble Cyrillic and Chinese (Python reads
it as ``utf-8-sig``, R as ``UTF-8-BOM``); CRLF, a header line; several values in one cell are joined
by ``; ``. Cells that a spreadsheet would take for a formula begin with an apostrophe (OWASP, "CSV
Injection").
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

from sphinx_annals.annals.export.base import COUNTED, Download, Files, Format
from sphinx_annals.annals.export.data import as_data
from sphinx_annals.annals.export.publication import Publication
from sphinx_annals.annals.model import RECORDS, Data, Identifier, Kind, Schema
from sphinx_annals.language import message

_OPENING = ("id", "title")
_CLOSING = ("url", "permanentUrl", "text")
_POINT = """
object property weight question status reading prefers accounts independent verdict
"""
_ACCOUNT = """
object property weight status source locator via stance value calendar quote note reading prefers
derivesFrom independent
"""
_NUMBER = re.compile(r"-?\d+(\.\d+)?(e[-+]?\d+)?")


def _make(publication: Publication) -> Files:
    data, found = publication.once(as_data), {}
    for kind in Kind:
        columns = _columns(publication.catalogue.schema, kind)
        rows = [[_value(item, *place) for place in columns.values()] for item in data[kind.plural]]
        found[f"{kind.plural}.csv"] = _table(columns, rows)
    every = [item for kind in Kind for item in data[kind.plural]]
    for name, header, of in (("points", _POINT, _points), ("accounts", _ACCOUNT, _accounts)):
        found[f"{name}.csv"] = _table(header.split(), [row for item in every for row in of(item)])
    return found


def safe(cell: object) -> str:
    """Give a cell as text that no spreadsheet runs: ``=1+1`` becomes ``'=1+1``."""
    text = "" if cell is None else str(cell)
    risky = text[:1] in ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
    return f"'{text}" if risky and not _NUMBER.fullmatch(text) else text


def _columns(schema: Schema, kind: Kind) -> dict[str, tuple[str, str]]:
    """Give the columns of a kind, each with the name and the key of its value in JSON."""
    found = {name: (name, "") for name in _OPENING}
    for field in schema[kind]:
        if isinstance(field.type, Identifier):
            found["authorities"] = "authorities", ""
        elif field.exported:
            columns = field.type.columns(field.json_name)
            found |= {column: (field.json_name, key) for column, key in columns.items()}
    if kind is Kind.EVENT:
        found |= {"derivedAfter": ("derived", "after"), "derivedBefore": ("derived", "before")}
    return found | {name: (name, "") for name in _CLOSING}


def _value(item: Data, name: str, key: str) -> object:
    return (item[name] or {}).get(key) if key else _cell(item[name])


def _cell(value: Any) -> object:
    match value:
        case list():
            return "; ".join(str(_cell(item)) for item in value)
        case {"text": text, "language": language}:
            return f"{language} {text}" if language else text
        case {"key": key, "locator": locator, "via": via}:
            cited = f"{key}{{{locator}}}" if locator else key
            return f"{cited} via {_cell(via)}" if via else cited
        case {"id": id, "role": role}:
            return f"{id} ({role})" if role else id
        case dict():
            return "; ".join(f"{name} {item}" for name, item in value.items())
    return value


def _points(item: Data) -> Iterable[list[object]]:
    for statement in item["statements"]:
        known = _shared(item, statement) | {"accounts": len(statement["accounts"])}
        known["verdict"] = "\n\n".join(verdict["text"] for verdict in statement["verdicts"])
        yield [known[column] for column in _POINT.split()]


def _accounts(item: Data) -> Iterable[list[object]]:
    for statement in item["statements"]:
        for account in statement["accounts"]:
            source = account["source"]
            known = _shared(item, statement) | account
            known |= {"source": source["key"], "locator": source["locator"]}
            known["via"] = source["via"]
            known["calendar"] = account["date"] and account["date"]["calendar"]
            yield [_cell(known[column]) for column in _ACCOUNT.split()]


def _shared(item: Data, statement: Data) -> Data:
    prefers = "; ".join(v["prefers"] for v in statement["verdicts"] if v["prefers"])
    return statement | {"object": item["id"], "prefers": prefers}


def _table(columns: Iterable[str], rows: Iterable[list[object]]) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig", "replace")


def _downloads(book: Publication) -> list[Download]:
    counted = {r.kind.plural: len(book.catalogue.of_type(r)) for r in RECORDS}
    points = list(book.criticism.all())
    counted["points"] = len(points)
    counted["accounts"] = sum(len(point.accounts) for point in points)
    return [Download(f"{name}.csv", count, COUNTED[name]) for name, count in counted.items()]


FORMAT = Format(
    "csv",
    "CSV",
    message(
        "One table for each kind of object, one of points and one of accounts, for spreadsheets "
        "and statistics."
    ),
    _make,
    _downloads,
)
