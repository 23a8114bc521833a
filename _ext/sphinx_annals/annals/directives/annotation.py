"""The directives that state an object: all but provisions need nothing of their own."""

from collections import ChainMap
from collections.abc import Iterable, Iterator, MutableMapping
from itertools import chain
from typing import Any, ClassVar

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals.directives.base import AnnalsDirective, Option, Options, named
from sphinx_annals.annals.doctree import (
    annotation,
    annotation_title,
    cited_by,
    cited_sources,
    margin_note,
    marked,
    may_be_marked,
)
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import (
    BUILT_IN,
    Actor,
    Article,
    Event,
    Field,
    Name,
    Record,
    Treaty,
)
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.fences.sphinx import curly
from sphinx_annals.text import numbered

ID = Option(
    convert.identifier,
    "write words joined by hyphens",
    Subtype.ID,
    about="By which all else refers to it: a title may change, an id should not.",
    usual=True,
)

_IN_PROSE = (Event, Treaty, Article)
"""Kinds of records that are told of in prose, for which a project chooses a layout."""


def _written(fields: Iterable[Field]) -> dict[str, Field]:
    return {field.name: field for field in fields if field.written}


class AnnotationDirective(AnnalsDirective):
    """A directive that states one object: record, title, sources, body."""

    record_type: ClassVar[type[Record]]
    id_prefix = ""
    """What an id begins with that the author did not give."""
    more: ClassVar[Options] = named(id=ID)
    """Options beside those of the record's fields."""

    def __init_subclass__(cls) -> None:
        """Derive the options from the fields of the record."""
        cls.declared = {**cls.more, **_written(BUILT_IN[cls.record_type.kind])}
        super().__init_subclass__()

    def known_options(self) -> Options:
        """Give the options of the schema in force."""
        known: dict[type, Options] = self.kept("options", {})
        if type(self) not in known:
            fields = self.domain.schema[self.record_type.kind]
            known[type(self)] = {**self.more, **_written(fields)}
        return known[type(self)]

    def run(self) -> list[Node]:
        """Register the record and give its node."""
        record = self.make_record(self.read_options())
        self.notes.records.append(record)
        self._ids.add(record.id)
        return [self.make_node(record)]

    def make_record(self, values: dict[str, Any]) -> Record:
        """Make the record; subclasses complete ``values`` first."""
        fields = self.domain.schema[self.record_type.kind]
        title = values.pop("title", "") or self.argument
        id = values.pop("id", None)
        if not title:
            title = id or self.record_type.kind.value
            self.warn(Subtype.TITLE, f"no title; write it after the directive's name: {title!r}")
        written, title = title, self.translated(title)
        if may_be_marked(title):
            self.shown, self.messages = self.parse_marked(title, written)
            title = marked(self.shown, self.quotes) or self.works_in(self.shown) or title
        else:
            self.shown, self.messages = [nodes.Text(title)], []
            title = curly(" ".join(title.split()), self.quotes)
        if id is None:  # the same in every language
            id = self._improvised_id(written)
        said = self._worded(values)
        anchor = self._free_anchor(id)
        return self.record_type.of(said, fields, id=id, anchor=anchor, title=title, **self.place)

    def _worded(self, values: dict[str, Any]) -> dict[str, Any]:
        """Read the inline markup of words that readers see."""
        found, words = dict(values), self.domain.worded[self.record_type.kind]
        for name, value in values.items():
            if name in words:
                found[name] = self._read(value, name)
                if isinstance(value, str) and self.translated(value) != value:
                    original = (name, self.plain(value))
                    found["untranslated"] = (*found.get("untranslated", ()), original)
        return found

    def _read(self, value: Any, key: str) -> Any:
        match value:
            case str():
                return self.inline(value, key)
            case Actor(id, role):
                return Actor(id, self.inline(role, key)) if role else value
            case Name(text, language):
                return Name(self.inline(text, key, language or "", is_name=True), language)
            case _:
                return tuple(self._read(one, f"{key}-{n}") for n, one in enumerate(value))

    def _improvised_id(self, title: str) -> str:
        slug = convert.improvised(title) or self.record_type.kind.value
        taken, base = self._ids, self.id_prefix + slug
        id = next(i for i in self._numbered("ids", base) if i not in taken)
        if "id" not in self.options:
            self.warn(Subtype.ID, f"{title!r} has no id; add :id: {id}")
        return id

    def _free_anchor(self, id: str) -> str:
        # where a heading has the id already, the kind stands before it: event-paris
        base = convert.anchor(id)
        named, taken = (base, f"{self.record_type.kind.value}-{base}"), self._anchors
        if base not in taken:
            return base
        candidates = chain(named, self._numbered("anchors", base))
        return next(candidate for candidate in candidates if candidate not in taken)

    def _numbered(self, of: str, base: str) -> Iterator[str]:
        """Give names with numbers, which go on in a document: thousands may ask for one."""
        asked: dict[str, Iterator[str]] = self.kept(f"numbers of {of}", {})
        return asked.setdefault(base, numbered(base))

    @property
    def _ids(self) -> set[str]:
        """The ids of the objects of this document."""
        return self.kept("ids", set())

    @property
    def _anchors(self) -> MutableMapping[str, Any]:
        """All ids of the document, which MyST parses in parts with an id table of their own."""
        noted: dict[str, Any] = self.kept("anchors", {})
        return ChainMap(noted, self.state.document.ids)

    def make_node(self, record: Record) -> annotation:
        """Give the annotation with its title, its sources and its body."""
        in_prose = self.record_type in _IN_PROSE and self.config.annals_layout
        node = (margin_note if (record.layout or in_prose) == "margin" else annotation)(
            kind=record.kind.value, record=record.id, docname=record.docname, ids=[record.anchor]
        )
        self.set_source_info(node)
        noted = self._anchors
        noted[record.anchor] = node
        for alias in record.aliases:
            if alias not in noted:
                node["ids"].append(alias)
                noted[alias] = node
        self.state.document.note_explicit_target(node, node)
        before = record.heading.removesuffix(record.title) if record.title else record.heading
        shown = self.shown if record.title else []
        words = [nodes.Text(before), *shown] if before else shown
        title = annotation_title("", "", *words, *self.messages, translatable=False)
        title.source, title.line = self.get_source_info()
        node += [title, *self.held]
        node["texts"] = self.texts
        if self.is_misread:
            node["misread"] = True
        with self.inside(record):
            body = self.parse_body(record)
        says_more = not set(record.sources) <= cited_by(body)
        node += body
        if says_more:
            node += cited_sources("", "", *self.cite(*record.sources), classes=["annals-sources"])
        return node

    def parse_body(self, record: Record) -> list[Node]:
        """Parse the content."""
        return self.parse_content_to_nodes()


def stating(record_type: type[Record]) -> type[AnnotationDirective]:
    """Give the directive of objects that need nothing of their own."""
    name, about = f"{record_type.__name__}Directive", {"__doc__": record_type.__doc__}
    return type(name, (AnnotationDirective,), about | {"record_type": record_type})
