"""Entries that share a key: the first keeps it, another work under it gets one of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from sphinx_annals.citations.bib.raw import BibSource, Finding, RawEntry

# what programs write beside the work itself; two exports of it may differ here
HOUSEKEEPING = frozenset({
    "abstract", "annotation", "annote", "created", "date-added", "date-modified", "file", "groups",
    "ids", "keywords", "mendeley-groups", "mendeley-tags", "modified", "owner", "rating", "read",
    "readstatus", "timestamp", "urldate", "username",
})  # fmt: skip


def told_apart(sources: Iterable[BibSource]) -> tuple[dict[str, RawEntry], list[Finding]]:
    """Return every work by a key that no other has, and a finding for each key given again."""
    raw: dict[str, RawEntry] = {}
    again = [entry for source in sources for entry in source.entries
             if raw.setdefault(entry.key, entry) is not entry]  # fmt: skip
    findings: list[Finding] = []
    kept: dict[str, list[RawEntry]] = defaultdict(list)
    for entry in again:
        first = raw[entry.key]
        where = f"line {first.line}" if first.path == entry.path else (
            f"{Path(first.path).name}, line {first.line}")  # fmt: skip
        message = f"the key {entry.key!r} is given twice; the entry of {where} counts"
        if not any(_same(entry, other) for other in (first, *kept[entry.key])):
            kept[entry.key].append(entry)
            name = _free(entry.key, raw)
            raw[name] = replace(entry, key=name)
            message += f", and this one, another work, is kept as {name!r}"
        findings.append(Finding("duplicate", message, entry.path, entry.line, entry.key))
    return raw, findings


def _same(one: RawEntry, other: RawEntry) -> bool:
    return one.type == other.type and _facts(one.fields) == _facts(other.fields)


def _facts(fields: Mapping[str, str]) -> dict[str, str]:
    return {name: " ".join(value.split()) for name, value in fields.items()
            if name not in HOUSEKEEPING and not name.startswith("bdsk-")}  # fmt: skip


def _free(key: str, taken: Mapping[str, RawEntry]) -> str:
    number = 2
    while f"{key}-{number}" in taken:
        number += 1
    return f"{key}-{number}"
