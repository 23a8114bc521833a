"""Entries that share a key: the first keeps it, another work under it gets one of its own."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from sphinx_annals.citations.bib.written import BibSource, Finding, RawEntry
from sphinx_annals.text import numbered

# what programs write beside the work itself; two exports of it may differ here
HOUSEKEEPING = """
abstract annotation annote created date-added date-modified file groups ids keywords
mendeley-groups mendeley-tags modified owner rating read readstatus timestamp urldate username
"""


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
        if not any(_facts(entry) == _facts(other) for other in (first, *kept[entry.key])):
            kept[entry.key].append(entry)
            name = next(key for key in numbered(entry.key) if key not in raw)
            raw[name] = replace(entry, key=name)
            message += f", and this one, another work, is kept as {name!r}"
        findings.append(Finding("duplicate", message, entry.path, entry.line, entry.key))
    return raw, findings


def _facts(entry: RawEntry) -> tuple[str, dict[str, str]]:
    return entry.type, {
        name: " ".join(value.split())
        for name, value in entry.fields.items()
        if name not in HOUSEKEEPING.split() and not name.startswith("bdsk-")
    }
