"""Entries that share a key: the first keeps it, another work under it gets one of its own."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import count
from pathlib import Path

from sphinx_annals.citations.bib.written import BibSource, Finding, RawEntry

# what programs write beside the work itself; two exports of it may differ here
_HOUSEKEEPING = """
abstract annotation annote created date-added date-modified file groups ids keywords
mendeley-groups mendeley-tags modified owner rating read readstatus timestamp urldate username
"""
HOUSEKEEPING = frozenset(_HOUSEKEEPING.split())


def told_apart(sources: Iterable[BibSource]) -> tuple[dict[str, RawEntry], list[Finding]]:
    """Give every work by a key that no other has, and a finding for each key given again."""
    raw: dict[str, RawEntry] = {}
    entries = [entry for source in sources for entry in source.entries]
    # all first ones before any other, so that no new key takes that of an entry further down
    again = [entry for entry in entries if raw.setdefault(entry.key, entry) is not entry]
    findings: list[Finding] = []
    kept: dict[str, list[RawEntry]] = defaultdict(list)
    for entry in again:
        first = raw[entry.key]
        where = f"line {first.line}"
        if first.path != entry.path:
            where = f"{Path(first.path).name}, {where}"
        message = f"the key {entry.key!r} is given twice; the entry of {where} counts"
        if not any(_same(entry, other) for other in (first, *kept[entry.key])):
            kept[entry.key].append(entry)
            free = (f"{entry.key}-{number}" for number in count(2))
            name = next(key for key in free if key not in raw)
            raw[name] = replace(entry, key=name)
            message += f", and this one, another work, is kept as {name!r}"
        findings.append(Finding("duplicate", message, entry.path, entry.line, entry.key))
    return raw, findings


def _same(one: RawEntry, other: RawEntry) -> bool:
    return one.type == other.type and _facts(one.fields) == _facts(other.fields)


def _facts(fields: Mapping[str, str]) -> dict[str, str]:
    return {
        name: " ".join(value.split())
        for name, value in fields.items()
        if name not in HOUSEKEEPING and not name.startswith("bdsk-")
    }
