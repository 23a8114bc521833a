"""Before writing: lists of works in their places; after it, the cards of the works."""

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_annals.citations.build.domain import domain_of
from sphinx_annals.citations.build.lists.backlinks import LinksBack
from sphinx_annals.citations.build.nodes import (
    bibliography_placeholder,
    citation_item,
    citation_list,
    to_nodes,
)
from sphinx_annals.citations.build.roles import BibList
from sphinx_annals.citations.build.writing import Work, styled
from sphinx_annals.citations.style import REST, STYLES
from sphinx_annals.interfaces import Card


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
        domain = domain_of(self.env)
        self.writer = domain.writer
        self.links_back = LinksBack(domain, self.env.current_document.docname)
        self.next_number = 1
        for node in placeholders:
            if not node["ids"]:  # a view's copy of a text: its list stands where it was written
                node.parent.remove(node)
                continue
            items = domain.lists.get(node["docname"], ())
            item = next(item for item in items if item.id == node["ids"][0])
            node.replace_self(self._made(node, item))

    def _made(self, node: bibliography_placeholder, item: BibList) -> list[nodes.Element]:
        groups = self.writer.contents.get((node["docname"], item.id), [])
        if [heading for heading, _ in groups] == [REST]:
            made = self._list(item, groups[0][1])
            made["ids"] = node["ids"]
            return [made]
        inside = isinstance(node.parent, nodes.section)
        out: list[nodes.Element] = [nodes.target("", "", ids=node["ids"])]
        for heading, members in groups:
            named = f"{item.id}-{nodes.make_id(heading)}".rstrip("-")
            if any(named in made["ids"] for made in out):
                named = f"{item.id}-group-{len(out)}"
            listed = self._list(item, members)
            # ids stay the same in every language
            shown = self.writer.options.language.pgettext("works", heading)
            if inside:
                out.append(nodes.section("", nodes.title("", shown), listed, ids=[named]))
            else:  # where no section can stand
                out += [nodes.rubric("", shown, ids=[named]), listed]
            item = item._replace(start=-1)
        return out

    def _list(self, item: BibList, works: list[Work]) -> nodes.Element:
        made: nodes.Element
        if item.list == "enumerated":
            first = item.start if item.start > 0 else self.next_number
            made = nodes.enumerated_list("", enumtype=item.enumtype, prefix="", suffix=".")
            made["start"] = first
            self.next_number = first + len(works)
        else:
            kind = citation_list if item.list == "citation" else nodes.bullet_list
            made = kind("", bullet="*")
        made["classes"] = ["citation-list"]
        made.extend(self._item(item, work) for work in works)
        return made

    def _item(self, item: BibList, work: Work) -> nodes.Element:
        """Make an item of a list; what has a label of its style, such as “[1]”, opens with it."""
        ours = item.style in ("", *STYLES)
        reference = self.writer.reference(work.entry, item.style if ours else "")
        inner = to_nodes(reference) if ours else styled(item.style, work.entry, reference)
        cited = self.writer.cited.get(work.key, [])
        links = self.links_back.made(cited) if item.cited_in else []
        classes = ["citation-entry"]
        if item.list != "citation":
            return nodes.list_item("", nodes.paragraph("", "", *inner), *links, classes=classes)
        if work.label:
            mark = nodes.inline("", f"[{work.label}]", classes=["citation-label"])
            inner = [mark, nodes.Text(" "), *inner]
        text = nodes.paragraph("", "", *inner)
        return citation_item("", text, *links, ids=[work.anchor], classes=classes)


def cards(app: Sphinx) -> Iterator[Card]:
    """Give the card of each work in each list: its reference."""
    writer = domain_of(app.env).writer
    kind = writer.options.language.gettext("Work")
    for works in writer.places.values():
        for work in works:
            html = writer.reference(work.entry, "").html()
            yield Card(work.docname, work.anchor, kind, html=html)
