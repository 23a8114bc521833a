"""The directives of provisions: ``treaty-article``, and the ``text`` of one."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.directives.annotation import ID, AnnotationDirective
from sphinx_annals.annals.directives.base import AnnalsDirective, Option, Options, named
from sphinx_annals.annals.doctree import markup_of, parallel_text
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import PHRASES, Article, ParallelText, Record, Treaty
from sphinx_annals.annals.model import converters as convert


class ArticleDirective(AnnotationDirective):
    """A provision; the argument is its number, or empty."""

    record_type = Article
    more: ClassVar[Options] = named(
        id=replace(ID, usual=False),
        title=Option(str.strip, "write the provision's title", about="Its heading.", usual=True),
    )

    def make_record(self, values: dict[str, Any]) -> Record:
        """Derive the id from the treaty's and the number, unless one is given."""
        number = self.argument
        treaties = [record.id for record in self.around if isinstance(record, Treaty)]
        treaty = values.setdefault("treaty", treaties[-1] if treaties else None)
        if treaty is None:
            says = f"{number or 'a provision'} stands outside a treaty; nest it in one, or add"
            self.warn(Subtype.TREATY, f"{says} :treaty: with the treaty's id")
        self.id_prefix = f"{treaty or 'article'}/"
        if number and "id" not in values:
            values["id"] = self.id_prefix + convert.article_number(number)
        title = values.get("title", "")
        language = self.domain.language
        phrases = language.gettext(PHRASES[0]), language.gettext(PHRASES[1])
        if number and not title:
            values["title"] = phrases[0].format(number=number)
        orders: defaultdict[str | None, Iterator[int]] = self.kept("orders", defaultdict(count))
        values |= {"number": number, "order": next(orders[treaty]), "phrases": phrases}
        record = super().make_record(values)
        return replace(record, title="") if number and not title else record

    def parse_body(self, record: Record) -> list[Node]:
        """Parse the content, and note the parallel texts in it."""
        found = super().parse_body(record)
        texts = tuple(
            ParallelText(node["language"], node.astext())
            for node in found
            if isinstance(node, parallel_text)
        )
        records = self.notes.records
        # by identity: one that is written twice by mistake is equal to the other
        noted = next(n for n in reversed(range(len(records))) if records[n] is record)
        records[noted] = replace(cast("Article", record), texts=texts, markup=markup_of(found))
        return found


class TextDirective(AnnalsDirective):
    """The wording of a provision in one language; the argument is its BCP 47 tag."""

    def run(self) -> list[Node]:
        """Give the wording marked with its language."""
        language = convert.language_tag(self.argument)
        if not language:
            self.warn(Subtype.OPTION, "no language; write a tag after the name: ru, zh-Hans")
        if not self.around or not isinstance(self.around[-1], Article):
            self.warn(Subtype.TREATY, "stands outside a provision; nest it in a treaty-article")
        body = self.parse_content_to_nodes()
        if not body:
            self.warn(Subtype.EMPTY, "no wording; write the text of the provision")
        node = parallel_text("", nodes.block_quote("", *body), language=language)
        self.set_source_info(node)
        return [node]
