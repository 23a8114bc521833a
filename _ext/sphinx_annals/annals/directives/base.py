"""What all directives of the domain share: options, ids, sources and the body."""

from __future__ import annotations

import difflib
import re
from collections import ChainMap
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.languages import get_language
from docutils.nodes import Node
from docutils.parsers.rst import directives, roles
from docutils.utils import new_document
from sphinx.util.docutils import SphinxDirective

from sphinx_annals.annals.doctree.citations import cited_by
from sphinx_annals.annals.doctree.nodes import SOURCES, annotation, annotation_title
from sphinx_annals.annals.doctree.typography import with_smart_quotes
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.annals.model.records import Citation, Record
from sphinx_annals.annals.model.statements import Acknowledgement, DocumentNotes
from sphinx_annals.messages import warn

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinx_annals.annals.domain import AnnalsDomain


@dataclass(frozen=True, slots=True)
class Option:
    """A directive option, declared once: the record's field, converter, warning, help."""

    field: str
    convert: Callable[[str], Any]
    help: str
    subtype: Subtype = Subtype.OPTION


def _relative(source: str, folder: Path) -> str:
    path = Path(source)
    return (path.relative_to(folder) if path.is_relative_to(folder) else path).as_posix()


class OptionSpec(dict[str, Callable[[str], Any]]):
    """Takes any option as text, so that a mistake costs a warning and not the directive."""

    def __missing__(self, key: str) -> Callable[[str], Any]:
        return directives.unchanged


_OPTION_LINE = re.compile(r"\s*:([^\s:][^:]*):(?:\s+(.*))?")


def _options_as_they_stand(block: str) -> Iterator[tuple[str, str]]:
    """Read the lines ``:name: value`` that follow the first, whatever their values look like."""
    for line in block.splitlines()[1:]:
        match = _OPTION_LINE.fullmatch(line)
        if not match:
            return
        yield match[1], match[2] or ""


_QUOTING = (
    "options are taken as they stand; put a value that begins with a quotation mark, | or > "
    "between quotation marks of the other kind: '\"Forever\", it says'"
)


class AnnalsDirective(SphinxDirective):
    """A directive whose options are declared in ``declared`` and converted one by one."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    declared: ClassVar[dict[str, Option]] = {}

    def __init_subclass__(cls) -> None:
        """Derive what docutils and MyST read from what is declared."""
        cls.option_spec = OptionSpec(dict.fromkeys(cls.declared, directives.unchanged))

    @property
    def domain(self) -> AnnalsDomain:
        """The domain that keeps the records."""
        return cast("AnnalsDomain", self.env.domains["annals"])

    @property
    def notes(self) -> DocumentNotes:
        """What this document has stated so far."""
        return self.domain.documents.get(self.env.current_document.docname) or DocumentNotes()

    @property
    def place(self) -> dict[str, Any]:
        """Where this stands, as records keep it: document, line, and the file if included."""
        docname = self.env.current_document.docname
        source, line = self.get_source_info()
        own = str(self.env.doc2path(docname))
        file = "" if not source or source == own else _relative(source, self.env.srcdir)
        return {"docname": docname, "line": line or self.lineno, "file": file}

    @property
    def argument(self) -> str:
        """The argument on one line."""
        return " ".join(self.arguments[0].split()) if self.arguments else ""

    def warn(self, subtype: Subtype, message: str) -> None:
        """Warn at the directive, naming it."""
        warn(subtype, f"{self.name.split(':')[-1]}: {message}", self.get_location())

    def read_options(self) -> dict[str, Any]:
        """Give the converted options by field; one that cannot be read is warned of and left.

        MyST gives no options at all where it cannot read one: then they are read line by line.
        """
        found: dict[str, Any] = {}
        if not self.options:
            self.options = dict(_options_as_they_stand(self.block_text))
            if self.options:
                self.warn(Subtype.OPTION, _QUOTING)
        for name, text in self.options.items():
            option = self.declared.get(name)
            if option is None:
                self._warn_unknown(name)
            elif text is None or not text.strip():
                self.warn(option.subtype, f":{name}: is empty; {option.help}, or leave it out")
            else:
                try:
                    found[option.field] = option.convert(text)
                except ValueError as error:
                    self.warn(option.subtype, f":{name}: {error}")
        return found

    def _warn_unknown(self, name: str) -> None:
        near = difflib.get_close_matches(name, self.declared, n=1)
        hint = f"did you mean :{near[0]}:?" if near else f"known: {', '.join(self.declared)}"
        self.warn(Subtype.OPTION, f"unknown option :{name}:; {hint}")

    @contextmanager
    def inside(self, **context: str | None) -> Iterator[None]:
        """Let nested directives know what they stand in."""
        keys = {f"annals:{key}": value for key, value in context.items()}
        saved = {key: self.env.ref_context.get(key) for key in keys}
        self.env.ref_context.update(keys)
        try:
            yield
        finally:
            self.env.ref_context.update(saved)

    def surrounding(self, key: str) -> str | None:
        """Give the id of the object (``of``) or treaty (``treaty``) this stands in."""
        return self.env.ref_context.get(f"annals:{key}")

    def cite(self, *citations: Citation) -> list[Node]:
        """Give citations made by the role of whichever extension does citing, as it reads them:
        sphinxcontrib-bibtex has no patience with a comma too many.
        """
        text = ", ".join(map(str, citations))
        name = self.config.annals_cite_role
        role = citing_role(self.env, name)
        if role is None:
            return [nodes.inline(text, text, classes=["annals-source"])]
        found, messages = role(
            name, f":{name}:`{text}`", text, self.lineno, self.state.inliner, {}, []
        )
        return [*found, *messages]


def citing_role(env: BuildEnvironment, name: str) -> Any:
    """Give the role that turns text into citations, or None if the project has none."""
    prefix, _, own = name.rpartition(":")
    if prefix:
        return env.domains[prefix].role(own) if prefix in env.domains else None
    reporter = new_document("").reporter
    return roles.role(name, get_language("en"), 0, reporter)[0]


def numbered(name: str) -> Iterator[str]:
    """Give a name, then the name with 2, 3, … behind it."""
    yield name
    yield from (f"{name}-{n}" for n in count(2))


COMMON = {
    "id": Option("id", convert.identifier, "write words joined by hyphens", Subtype.ID),
    "names": Option("names", convert.names, "write names separated by semicolons"),
    "sources": Option(
        "sources", convert.citations, "write keys with locators: key{p. 1}", Subtype.SOURCE
    ),
    "tags": Option("tags", convert.words, "write words separated by commas"),
    "aliases": Option("aliases", convert.identifiers, "write retired ids", Subtype.ID),
    "acknowledge": Option(
        "acknowledge", convert.acknowledgements, "write: code (reason); code (reason)"
    ),
}


class AnnotationDirective(AnnalsDirective):
    """A directive that states one object: record, title, sources, body."""

    record_type: ClassVar[type[Record]]
    id_prefix = ""
    """What an id begins with that the author did not give."""

    def run(self) -> list[Node]:
        """Register the record and give its node."""
        values = self.read_options()
        acknowledged = values.pop("acknowledge", ())
        record = self.make_record(values)
        self.domain.note_record(record)
        for code, reason in acknowledged:
            noted = Acknowledgement(record.id, code, reason)
            self.domain.note_acknowledgement(record.docname, noted)
        return [self.make_node(record)]

    def make_record(self, values: dict[str, Any]) -> Record:
        """Make the record; subclasses complete ``values`` first."""
        title = values.pop("title", "") or self.argument
        id = values.pop("id", None)
        if not title:
            title = id or self.record_type.kind.value
            self.warn(Subtype.TITLE, f"no title; write it after the directive's name: {title!r}")
        if id is None:
            id = self._improvised_id(title)
        said = with_smart_quotes({"title": title} | values, self.env)
        return self.record_type(id=id, anchor=self._free_anchor(id), **self.place, **said)

    def _improvised_id(self, title: str) -> str:
        slug = re.sub(r"[\W_]+", "-", title.casefold()).strip("-") or self.record_type.kind.value
        taken = {record.id for record in self.notes.records}
        id = next(i for i in numbered(self.id_prefix + slug) if i not in taken)
        if "id" not in self.options:
            self.warn(Subtype.ID, f"{title!r} has no id; add :id: {id}")
        return id

    def _free_anchor(self, id: str) -> str:
        base = re.sub(r"[^\w.-]+", "-", id)
        taken = self._anchors
        candidates = chain((base, f"{self.record_type.kind.value}-{base}"), numbered(base))
        return next(candidate for candidate in candidates if candidate not in taken)

    @property
    def _anchors(self) -> MutableMapping[str, Any]:
        """All ids of the document, which MyST parses in parts with an id table of their own."""
        current = self.env.current_document
        noted: dict[str, Any] = current.setdefault("annals:anchors", {})  # type: ignore[assignment]
        return ChainMap(noted, self.state.document.ids)

    def make_node(self, record: Record) -> annotation:
        """Give the annotation with its title, its sources and its body."""
        node = annotation(
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
        node += self._make_title(record)
        with self.inside(of=record.id):
            body = self.parse_body(record)
        if not body:
            self.warn(Subtype.EMPTY, f"{record.id} is empty; say in its body what is known")
        says_more = not set(record.sources) <= cited_by(body)
        node += body
        if says_more:
            node += nodes.inline("", "", *self.cite(*record.sources), classes=[SOURCES])
        return node

    def parse_body(self, record: Record) -> list[Node]:
        """Parse the content."""
        return self.parse_content_to_nodes()

    def _make_title(self, record: Record) -> annotation_title:
        heading = self.heading(record)
        parsed, messages = self.parse_inline(heading, lineno=self.lineno)
        title = annotation_title(heading, "", *parsed, *messages)
        title.source, title.line = self.get_source_info()
        return title

    def heading(self, record: Record) -> str:
        """Give the title as the reader sees it."""
        return record.title
