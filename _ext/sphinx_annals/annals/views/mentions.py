"""The sections that refer to objects."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.doctree import Place, Renderer, bulleted, title_of
from sphinx_annals.annals.model import Link, Mention, Words
from sphinx_annals.annals.views.base import ViewOfObjects
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.builders import Line
from sphinx_annals.language import message


class MentionedObject(NamedTuple):
    """An object with the mentions of it, each with the title of its document."""

    object: Link
    mentions: tuple[tuple[Mention, str], ...]


@dataclass(frozen=True, kw_only=True)
class Mentions(ViewOfObjects[Sequence[MentionedObject]]):
    """The sections that refer to the objects named, or to all that pass the filter."""

    name = "mentions"
    nothing = message("No mention")

    def shown(self, corpus: Corpus) -> Sequence[MentionedObject]:
        """Give the objects asked for, or all that pass, with the sections that refer to them."""
        wanted = corpus.selection(self)
        records = corpus.found(self.targets) if self.targets else corpus.catalogue.records
        found = []
        for record in filter(wanted.passes, records):
            mentions = tuple(
                (mention, title_of(corpus.env, mention.docname))
                for mention in corpus.catalogue.mentions_of(record.id)
                if wanted.in_chapter(mention.docname)
            )
            if mentions:
                found.append(MentionedObject(Link(record.id), mentions))
        return found

    def nodes(self, shown: Sequence[MentionedObject], render: Renderer) -> list[Node]:
        """Give a list of sections, under the names of objects unless one is asked for."""
        lists = [bulleted(_places(item, render)) for item in shown]
        if len(self.targets) == 1:
            return self.captioned(lists[0])
        heads = [nodes.paragraph("", "", render.link(item.object)) for item in shown]
        items = [nodes.list_item("", *pair) for pair in zip(heads, lists, strict=True)]
        return self.captioned(nodes.bullet_list("", *items, bullet="-"))


def _places(item: MentionedObject, render: Renderer) -> Iterator[Line]:
    """Give sections, each with the title of its document if that is called otherwise."""
    for mention, document in item.mentions:
        place = Place(mention.docname, mention.section, mention.title)
        remark = () if document == mention.title else (Words(render.in_brackets(document)),)
        yield render.line([place, *remark])
