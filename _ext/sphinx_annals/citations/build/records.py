"""What the environment keeps about citations: small tuples, no nodes, nothing derived."""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from sphinx_annals.citations.style.groups import Group
from sphinx_annals.text import Target


class Use(NamedTuple):
    """One citing role in a document."""

    id: str
    line: int
    targets: tuple[Target, ...]
    section: str = ""
    title: str = ""
    around: tuple[str, ...] = ()
    foot: bool = False


class BibList(NamedTuple):
    """One bibliography directive; `filter` is source, compiled when it is needed."""

    id: str
    line: int
    filter: str = "cited"
    keys: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    style: str = ""
    list: str = "citation"
    enumtype: str = "arabic"
    start: int = 1
    labelprefix: str = ""
    keyprefix: str = ""
    cited_in: bool = True
    groups: tuple[Group, ...] = ()
    by_keyword: bool = False


def anchor(key: str, template: str = "", count: int = 1) -> str:
    """The id of an entry in a list: `template` is bibtex_cite_id, `count` the list's number.

    Ids stay the same whatever else is in the file: what an id may not hold is replaced, and a
    digest keeps such keys apart.
    """
    shown = template.format(bibliography_count=count, key=key) if template else f"ref-{key}"
    clean = re.sub(r"[^A-Za-z0-9_.\-]+", "-", shown).strip("-.")
    if not template and count > 1:
        clean = f"{clean}-list{count}"
    if clean == shown or (clean == f"ref-{key}-list{count}"):
        return clean
    return f"{clean}-{hashlib.sha256(key.encode()).hexdigest()[:6]}"
