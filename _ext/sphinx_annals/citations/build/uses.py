"""What the environment keeps about citations: small tuples, no nodes, nothing derived."""

import hashlib
import re
from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes

from sphinx_annals.citations.style import Group
from sphinx_annals.text import Citation


class Use(NamedTuple):
    """One citing role in a document: the title of its section, the ids of what encloses it."""

    id: str
    line: int
    targets: tuple[Citation, ...]
    title: str = ""
    around: tuple[str, ...] = ()
    foot: bool = False


class BibList(NamedTuple):
    """One bibliography directive; `filter` is source, compiled when it is needed."""

    docname: str
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


def uses_in(document: nodes.document) -> Iterator[Use]:
    """Give the uses of a document in the order of its text.

    A role leaves its use on its node; a note takes it over to the mark that refers to it.
    """
    for node in list(document.findall(nodes.Element)):
        use: Use | None = node.attributes.pop("use", None)
        if use is not None:
            title, around = _surroundings(node)
            yield use._replace(title=title, around=around)


def _surroundings(node: nodes.Element) -> tuple[str, tuple[str, ...]]:
    around: list[str] = []
    parent: nodes.Element | None = node.parent
    while parent is not None and not isinstance(parent, nodes.section):
        around += parent.get("ids", ())
        parent = parent.parent
    heading = parent[0] if parent is not None and len(parent) else None
    return _bare(heading) if isinstance(heading, nodes.title) else "", tuple(around)


def _bare(heading: nodes.Element) -> str:
    """Give the text of a heading without its citations."""
    parts = [
        text.astext()
        for text in heading.findall(nodes.Text)
        if "citation-text" not in (text.parent or {}).get("classes", ())
    ]
    return " ".join("".join(parts).split())


def anchor(key: str, template: str = "", count: int = 1) -> str:
    """Give the id of an entry in a list: `template` is bibtex_cite_id, `count` the list's number.

    Ids stay the same whatever else is in the file: what an id may not hold is replaced, and a
    digest keeps such keys apart.
    """
    usual = f"ref-{key}-list{count}" if count > 1 else f"ref-{key}"
    shown = template.format(bibliography_count=count, key=key) if template else usual
    clean = re.sub(r"[^A-Za-z0-9_.\-]+", "-", shown).strip("-.")
    return clean if clean == shown else f"{clean}-{hashlib.sha256(key.encode()).hexdigest()[:6]}"
