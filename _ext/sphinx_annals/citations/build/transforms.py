"""After reading: where each citation stands. Before writing: lists and previews."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_annals.citations.build.backlinks import LinksBack
from sphinx_annals.citations.build.nodes import (
    bibliography_placeholder,
    citation_item,
    citation_list,
    citation_previews,
)
from sphinx_annals.citations.build.records import BibList, Use
from sphinx_annals.citations.build.render import to_nodes
from sphinx_annals.citations.build.roles import PENDING
from sphinx_annals.citations.build.stock import styled
from sphinx_annals.citations.style.groups import REST

if TYPE_CHECKING:
    from sphinx_annals.citations.build.domain import CitationsDomain
    from sphinx_annals.citations.entry.model import Entry


def note_surroundings(app: Sphinx, document: nodes.document) -> None:
    """Add to each use its section and the ids of what encloses it."""
    current = app.env.current_document
    pending = current.get(PENDING) or []
    if not pending:
        return
    domain = cast("CitationsDomain", app.env.domains["cite"])
    docname = current.docname
    found: dict[str, Use] = {}
    for node in pending:
        if node["ids"]:
            found[node["ids"][0]] = _surroundings(node)
    domain.uses[docname] = [
        use._replace(section=found[use.id].section, title=found[use.id].title,
                     around=found[use.id].around) if use.id in found else use
        for use in domain.uses.get(docname, ())
    ]  # fmt: skip


def _surroundings(node: nodes.Element) -> Use:
    section, title, around = "", "", []
    parent: Any = node.parent
    while parent is not None:
        if isinstance(parent, nodes.section):
            if not section:
                section = parent["ids"][0] if parent["ids"] else ""
                heading = parent[0] if len(parent) and isinstance(parent[0], nodes.title) else None
                title = _bare(heading) if heading is not None else ""
        elif not section and isinstance(parent, nodes.Element) and parent.get("ids"):
            around.extend(parent["ids"])
        parent = parent.parent
    return Use("", 0, (), section, title, tuple(around))


def _bare(heading: nodes.Element) -> str:
    """The text of a heading without its citations."""
    parts = [
        text.astext() for text in heading.findall(nodes.Text)
        if not (isinstance(text.parent, nodes.Element)
                and "citation-text" in text.parent.get("classes", ()))
    ]  # fmt: skip
    return " ".join("".join(parts).split())


class BibliographyLists(SphinxPostTransform):
    """Put each list in the place of its placeholder.

    Before references are resolved (10), so that what the lists contain is resolved with the rest.
    """

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        """Replace every placeholder; numbers run on from list to list of a document."""
        placeholders = list(self.document.findall(bibliography_placeholder))
        if not placeholders:
            return
        self.domain = cast("CitationsDomain", self.env.domains["cite"])
        self.links_back = LinksBack(self.domain, self.env.current_document.docname)
        self.next_number = 1
        for node in placeholders:
            node.replace_self(self._made(node))

    def _made(self, node: bibliography_placeholder) -> list[nodes.Element]:
        docname, identity = node["docname"], node["ids"][0]
        item = next((i for i in self.domain.lists.get(docname, ()) if i.id == identity), None)
        resolution = self.domain.resolution
        works = resolution.contents.get((docname, identity), [])
        if item is None or not works:
            return [nodes.target("", "", ids=node["ids"])]
        groups = resolution.groups.get((docname, identity), [])
        if [heading for heading, _ in groups] in ([], [REST]):
            made = self._list(item, docname, works)
            made["ids"] = [*node["ids"], *made["ids"]]
            return [made]
        inside = isinstance(node.parent, nodes.section)
        out: list[nodes.Element] = [nodes.target("", "", ids=node["ids"])]
        for heading, members in groups:
            named = f"{identity}-{nodes.make_id(heading)}".rstrip("-")
            if any(named in made["ids"] for made in out):
                named = f"{identity}-group-{len(out)}"
            out += _headed(heading, named, self._list(item, docname, members), inside=inside)
            item = item._replace(start=-1)
        return out

    def _list(self, item: BibList, docname: str,
              works: list[tuple[str, Entry]]) -> nodes.Element:  # fmt: skip
        made: nodes.Element
        if item.list == "enumerated":
            made = nodes.enumerated_list("", enumtype=item.enumtype, prefix="", suffix=".")
            first = item.start if item.start > 0 else self.next_number
            made["start"] = first
            self.next_number = first + len(works)
        elif item.list == "bullet":
            made = nodes.bullet_list("", bullet="*")
        else:
            made = citation_list("", bullet="*")
        made["classes"] = ["citation-list"]
        for key, entry in works:
            made.append(self._item(item, docname, key, entry))
        return made

    def _item(self, item: BibList, docname: str, key: str, entry: Entry) -> nodes.Element:
        kind = citation_item if item.list == "citation" else nodes.list_item
        made: nodes.Element = kind("", classes=["citation-entry"])
        place = next((p for p in self.domain.resolution.places.get(key, ())
                      if p.docname == docname), None)  # fmt: skip
        if item.list == "citation" and place:
            made["ids"] = [place.anchor]
        made += nodes.paragraph("", "", *self._label(item, docname, key),
                                *self._reference(item, entry))  # fmt: skip
        cited = self.domain.resolution.cited.get(key, [])
        if item.cited_in and cited:
            made += self.links_back.made(cited)
        return made

    def _label(self, item: BibList, docname: str, key: str) -> list[nodes.Node]:
        """The label of a style that has labels, such as “[1]”."""
        label = self.domain.resolution.marks.get((docname, item.id, key), "")
        if not label or item.list != "citation":
            return []
        return [nodes.inline("", f"[{label}]", classes=["citation-label"]), nodes.Text(" ")]

    def _reference(self, item: BibList, entry: Entry) -> list[nodes.Node]:
        resolution = self.domain.resolution
        if item.style and item.style != resolution.options.style:
            return styled(item.style, entry, resolution)
        return to_nodes(resolution.reference(entry))


def _headed(heading: str, identity: str, listed: nodes.Element, *,
            inside: bool) -> list[nodes.Element]:  # fmt: skip
    """A section of its own, or a rubric where no section can stand."""
    if inside:
        return [nodes.section("", nodes.title("", heading), listed, ids=[identity])]
    return [nodes.rubric("", heading, ids=[identity]), listed]


class Previews(SphinxPostTransform):
    """Add the hidden references of a page, one for each work it cites."""

    default_priority = 900
    formats = ("html",)

    def run(self, **kwargs: Any) -> None:
        """Append one node that the HTML writer renders."""
        domain = cast("CitationsDomain", self.env.domains["cite"])
        if not self.config.citations_previews or domain.builder.name == "epub":
            return
        docname = self.env.current_document.docname
        resolution = domain.resolution
        found: dict[str, str] = {}
        single = domain.builder.name == "singlehtml"
        uses = chain.from_iterable(domain.uses.values()) if single else domain.uses.get(docname, ())
        for use in uses:
            for target in use.targets:
                entry = resolution.entry(target.key)
                place = resolution.place(target.key, docname)
                if entry is not None and place is not None and place.anchor not in found:
                    found[place.anchor] = resolution.preview(entry)
        if found:
            self.document += citation_previews("", previews=list(found.items()))
