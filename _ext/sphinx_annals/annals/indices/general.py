"""Records in the general index: by name, under their treaty, and led to by their other names.

On the web the entries are those of Sphinx's index domain; on paper they are marks in the text.
Sphinx sorts its index by the first letters as they are, whence :func:`arranged`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx import addnodes
from sphinx.locale import _

from sphinx_annals.annals.indices.by_kind import filed, filing_key, title_key
from sphinx_annals.annals.model.records import Article, Record
from sphinx_annals.annals.model.terms import Kind

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinx_annals.annals.domain import AnnalsDomain
    from sphinx_annals.annals.model.catalogue import Catalogue

Entry = tuple[str, str, str, str, str | None]
Links = list[tuple[str, str]]
Line = tuple[str, tuple[Links, list[tuple[str, Links]], str | None]]
"""A line of Sphinx's index: its name, its links, its sub-entries, its letter."""


def headings(record: Record, catalogue: Catalogue) -> tuple[str, ...]:
    """Give the entry of a record, with its sub-entry for a provision of a treaty."""
    own = record.heading if isinstance(record, Article) else record.filing
    treaty = _treaty_of(record, catalogue)
    return tuple(name.replace(";", ",") for name in ([treaty.filing, own] if treaty else [own]))


def _treaty_of(record: Record, catalogue: Catalogue) -> Record | None:
    """Give the treaty under which a provision files."""
    of = record.treaty if isinstance(record, Article) else None
    return catalogue.find(of or "", Kind.TREATY)


def entry(record: Record, catalogue: Catalogue, target: str, main: str = "") -> Entry:
    """Give the entry of a record, marked as its main one if asked."""
    names = headings(record, catalogue)
    return "single", "; ".join(names), target, main, _letter(names[0], _key(record, catalogue))


def see_entries(record: Record, catalogue: Catalogue, target: str) -> Iterator[Entry]:
    """Give entries that lead from its other names, where they stand elsewhere in the index."""
    goal = ", ".join(headings(record, catalogue))
    words = _words(filed(record))
    seen = {"".join(words)}
    for name in record.names:
        own = _words(title_key(name.text))
        if own[:2] == words[: len(own[:2])] or "".join(own) in seen:
            continue  # it would stand near the record
        seen.add("".join(own))
        shown = name.text.replace(";", ",")
        yield "see", f"{shown}; {goal}", target, "", _letter(shown, title_key(shown))


def _words(key: str) -> list[str]:
    return re.sub(r"[^\w\s]+", "", key.replace("-", " ")).split()


def _key(record: Record, catalogue: Catalogue) -> str:
    treaty = _treaty_of(record, catalogue)
    if isinstance(record, Article) and not treaty:
        return title_key(record.heading)
    return filed(treaty or record)


def _letter(shown: str, key: str) -> str | None:
    """Give the group of an entry, where it is not the one that Sphinx takes it to."""
    letter = key[:1].upper()
    own = unicodedata.normalize("NFD", shown[:1])[:1].upper()
    return letter if letter.isalpha() and letter != own else None


def note_records(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Put every record into the index domain, now that the treaties of all are known."""
    catalogue = cast("AnnalsDomain", env.domains["annals"]).catalogue
    table = env.domains.index_domain.entries
    for docname in env.found_docs:
        records = catalogue.at(docname)
        if records:
            others = [found for found in table.get(docname, ()) if found[2] not in records]
            table[docname] = others + [
                found for anchor, record in records.items()
                for found in (entry(record, catalogue, anchor, "main"),
                              *see_entries(record, catalogue, anchor))
            ]  # fmt: skip
    return []


def mark_record(node: nodes.Element, record: Record, catalogue: Catalogue) -> None:
    """Mark in the text where a record stands, for an index with pages."""
    target = f"index-{record.anchor}"
    entries = [entry(record, catalogue, target, "main"), *see_entries(record, catalogue, target)]
    node.insert(0, addnodes.index(entries=[_filed(e, record, catalogue) for e in entries]))


def mark_mention(node: nodes.Element, record: Record, catalogue: Catalogue) -> None:
    """Mark in the text where a record is mentioned."""
    found = entry(record, catalogue, f"index-{record.anchor}-{id(node):x}")
    index = addnodes.index(entries=[_filed(found, record, catalogue)], inline=True)
    node.parent.insert(node.parent.index(node), index)


def _filed(found: Entry, record: Record, catalogue: Catalogue) -> Entry:
    """Give an entry with the whole key by which it files, which an index with pages can use."""
    kind, value, target, main, _group = found
    name = value.partition(";")[0]
    key = title_key(name) if kind == "see" else _key(record, catalogue)
    return kind, value, target, main, key if key != filing_key(name) else None


def arranged(lines: Iterable[Line], keys: Mapping[str, str], seen: Mapping[str, str]) -> list[Line]:
    """File the lines of one letter by the keys of their names; cross-references become links.

    Names of several words that differ in capitals alone are one entry. ``seen`` are the
    addresses of the records by what their cross-references say.
    """
    merged: dict[str, Line] = {}
    for name, (links, below, letter) in lines:
        same = name.casefold() if " " in name else name
        below = [(sub, to or ([("", seen[sub])] if sub in seen else [])) for sub, to in below]
        if same in merged:
            first, (known, others, group) = merged[same]
            first = name if name in keys else first
            merged[same] = first, ([*known, *links], [*others, *below], group)
        else:
            merged[same] = name, (links, below, letter)
    return sorted(
        merged.values(), key=lambda line: (keys.get(line[0]) or filing_key(line[0]), line[0])
    )


def _arrange(app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: Any) -> None:
    if not page.startswith("genindex") or "genindexentries" not in context:
        return
    catalogue = cast("AnnalsDomain", app.env.domains["annals"]).catalogue
    keys: dict[str, str] = {}
    seen: dict[str, str] = {}
    for record in catalogue.records:
        names = headings(record, catalogue)
        keys[names[0]] = _key(record, catalogue)
        uri = app.builder.get_relative_uri(page, record.docname)
        seen[_("see %s") % ", ".join(names)] = f"{uri}#{record.anchor}"
        keys |= {name.text: title_key(name.text) for name in record.names if name.text not in keys}
    if keys:
        groups = [
            (letter, arranged(found, keys, seen)) for letter, found in context["genindexentries"]
        ]
        context["genindexentries"] = groups


def setup(app: Sphinx) -> None:
    """Keep the general index."""
    app.connect("env-updated", note_records)
    app.connect("html-page-context", _arrange)
