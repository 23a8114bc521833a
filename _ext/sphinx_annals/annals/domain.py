"""The ``annals`` domain: what documents state, and how references to it resolve."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, TypeVar, cast

from docutils import nodes
from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from sphinx_annals.annals.criticism import Criticism, mistakes
from sphinx_annals.annals.doctree import (
    WITH_PAGE,
    citations_in,
    mentions_in,
    nodes_of,
    places_of_statements,
)
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import (
    Actors,
    Article,
    Catalogue,
    DocumentNotes,
    Event,
    Kind,
    Names,
    Phrase,
    Record,
    Schema,
    Statement,
    Treaty,
    filing_forms,
    label_of,
    read_schema,
)
from sphinx_annals.dates import in_words
from sphinx_annals.extension import language_in_force
from sphinx_annals.fences.sphinx import convertible_images
from sphinx_annals.interfaces import Found, OffersWorks, Work
from sphinx_annals.language import Language
from sphinx_annals.messages import warn
from sphinx_annals.text import book_order

_D = TypeVar("_D")


class AnnalsDomain(Domain):
    """Historical annotations: events, treaties and their articles, people, places."""

    name = "annals"
    label = "Annals"
    data_version = 29
    object_types: ClassVar[dict[str, ObjType]] = {
        kind.value: ObjType(kind.value, kind.value) for kind in Kind
    }
    initial_data: ClassVar[dict[str, Any]] = {"documents": {}}

    builder: Builder
    """Who builds; told by :func:`setup` once it is known."""
    convertible_images: frozenset[str] = frozenset()
    """Types of images that the builder does not take and extensions convert for it."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._derived: dict[Any, Any] = {}
        self._numbers: dict[str, Counter[str]] = {}
        """How many statements are equal but for their number, in each document being read."""
        self.documents: dict[str, DocumentNotes] = self.data["documents"]
        """What each document states, by document name."""

    @cached_property
    def schema(self) -> Schema:
        """The fields of each kind, with those that the project declares."""
        config = self.env.config
        return read_schema(config.annals_kinds, config.annals_fields)[0]

    @cached_property
    def worded(self) -> Mapping[Kind, frozenset[str]]:
        """The attributes of records of each kind that authors write in words that readers see."""
        types = (Actors, Names, Phrase)
        return {
            kind: frozenset(f.attribute for f in fields if f.written and isinstance(f.type, types))
            for kind, fields in self.schema.items()
        }

    @cached_property
    def language(self) -> Language:
        """The language of the book."""
        return language_in_force(self.env.config)

    @cached_property
    def cites_works(self) -> bool:
        """Whether ``annals_cite_role`` is a role of a domain that offers works."""
        name = self.env.config.annals_cite_role.partition(":")[0]
        return isinstance(self.env.domains.get(name), OffersWorks)

    @cached_property
    def catalogue(self) -> Catalogue:
        """The whole of it."""
        order = book_order(self.env.config.root_doc, self.env.toctree_includes)
        return Catalogue(self.documents, order, self.schema, self.language)

    @cached_property
    def criticism(self) -> Criticism:
        """What sources say of each object, compared."""
        return Criticism(self.catalogue, works_of(self.env))

    def derived(self, make: Callable[["AnnalsDomain"], _D]) -> _D:
        """Give what ``make`` derives from all documents; made anew after every change."""
        if make not in self._derived:
            self._derived[make] = make(self)
        return cast("_D", self._derived[make])

    def forget(self) -> None:
        """Drop what was derived."""
        self._derived.clear()
        for name in ("catalogue", "criticism"):
            self.__dict__.pop(name, None)

    def notes(self, docname: str) -> DocumentNotes:
        """Give what a document states, to note more; what was derived from less is dropped."""
        self.forget()
        return self.documents.setdefault(docname, DocumentNotes())

    def note_statement(self, said: Statement) -> str:
        """Register what a source or the editors say; gives its key in the document.

        The key holds the object, the property, the kind, and a number among equals.
        """
        # neither the line nor a number on the page: what is written above it leaves it what it is
        base = re.sub(r"[^\w.]+", "-", f"{said.of} {said.property} {said.kind}")
        numbers = self._numbers.setdefault(said.docname, Counter())
        numbers[base] += 1
        key = f"{base}-{numbers[base]}"
        self.notes(said.docname).statements.append(replace(said, key=key))
        return key

    def filing_forms(self) -> Mapping[str, str]:
        """Give the texts by which headings of the general index file."""
        return filing_forms(self.catalogue)

    def clear_doc(self, docname: str) -> None:
        """Forget what a document stated."""
        self.documents.pop(docname, None)
        self._numbers.pop(docname, None)
        self.forget()

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a worker read."""
        for docname in docnames:
            if docname in otherdata["documents"]:
                self.documents[docname] = otherdata["documents"][docname]
        self.forget()

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note what the prose mentions and cites, and where statements stand."""
        notes = self.notes(docname)
        notes.mentions = list(mentions_in(docname, document, notes.records))
        notes.citations = list(citations_in(docname, document))
        places = dict(places_of_statements(document)) if notes.statements else {}
        for n, said in enumerate(notes.statements):
            anchor, section = places.get(said.key, ("", ""))
            notes.statements[n] = replace(said, anchor=anchor, section=section or docname)
        if notes == DocumentNotes():  # else every document would be one with annotations
            del self.documents[docname]

    def check_consistency(self) -> None:
        """Warn of duplicate ids, of references to nothing and of verdicts that judge nothing."""
        for code, item, message in self.catalogue.problems():
            warn(Subtype(code), message, self.location(item.docname, item.line, item.file))
        problems = *self.criticism.problems(), *mistakes(self.criticism, self.catalogue)
        for said, message in problems:
            warn(Subtype.ACCOUNT, message, self.location(said.docname, said.line, said.file))

    def location(self, docname: str, line: int, file: str = "") -> tuple[str, int] | str:
        """Give a place as warnings take it: in a document, or in a file that it includes."""
        return f"{Path(self.env.srcdir, file)}:{line}" if file else (docname, line)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Turn a role into a reference to the object of that kind."""
        record = self.catalogue.find(target, Kind(typ))
        if record is None:
            return None
        text = contnode
        if not node.get("refexplicit"):
            text = nodes.inline("", "", *nodes_of(record.display), classes=["annals", "xref"])
        place = (builder, fromdocname, record.docname, record.anchor)
        reference = make_refnode(*place, text, record.heading)
        if record.kind in WITH_PAGE and text is not contnode:
            reference["classes"].append("page-aside")
        return reference

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Resolve ``{any}`` and MyST's ``[](#id)``, by id or anchor."""
        record = self.catalogue.find(target)
        if record is None:
            return []
        kind = record.kind.value
        found = self.resolve_xref(env, fromdocname, builder, kind, target, node, contnode)
        return [(f"annals:{kind}", found)] if found else []

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """List all objects for search, inventories and language servers."""
        for record in self.catalogue.records:
            yield record.id, record.display, record.kind.value, record.docname, record.anchor, 1
        for alias in self.catalogue.aliases:  # for inventories; search leaves out what is below 0
            found = self.catalogue.find(alias)
            if found and found.id != alias:
                yield alias, found.display, found.kind.value, found.docname, found.anchor, -1

    def found_by(self) -> Iterator[Found]:
        """Give the names by which a search finds each object, each with what says which it is."""
        for record in self.catalogue.records:
            about = _known_by(record, self.catalogue)
            place = record.kind.value, record.docname, record.anchor, about
            yield record.heading, *place
            if record.kind is Kind.PERSON and record.filing != record.display:
                yield record.filing, *place  # who looks for "Stalin" looks for him first
            for name in record.names:
                yield f"{name.text} ({record.display})", *place

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:
        """Give what readers call a kind of object, without the name of the domain."""
        return self.language.inside(self.language.gettext(label_of(type.lname)))


def domain_of(env: BuildEnvironment) -> AnnalsDomain:
    """Give the domain of a build."""
    return cast("AnnalsDomain", env.domains["annals"])


def catalogue_of(env: BuildEnvironment) -> Catalogue:
    """Give all that the documents state."""
    return domain_of(env).catalogue


def works_of(env: BuildEnvironment) -> dict[str, Work]:
    """Give the works by key that other domains offer; none without a wing that reads them."""
    works: dict[str, Work] = {}
    for domain in env.domains.sorted():
        if isinstance(domain, OffersWorks):
            works |= domain.works()
    return works


def _known_by(record: Record, catalogue: Catalogue) -> str:
    """Give what says which of many it is: an event's date, or the treaty of an article.

    Readers ask for "14 February", and for "Article 6".
    """
    if isinstance(record, (Event, Treaty)):
        date = next((in_words(date, catalogue.language) for _, date in record.dates), "")
        return "" if date in record.heading else date
    treaty = catalogue.find(record.treaty or "") if isinstance(record, Article) else None
    return treaty.display if treaty else ""


def explain_missing(app: Sphinx, domain: Domain, node: pending_xref) -> bool | None:
    """Say what is wrong with a reference of this domain, and which id may be meant."""
    if not isinstance(domain, AnnalsDomain):
        return None
    message = domain.catalogue.explain_unknown(node["reftarget"], Kind(node["reftype"]))
    warn(Subtype.REFERENCE, message, node)
    return True


def setup(app: Sphinx) -> None:
    """Register the domain, and tell it who builds."""

    def install(app: Sphinx) -> None:
        # a post-transform knows its environment alone, which will not know the application
        domain = domain_of(app.env)
        domain.builder, domain.convertible_images = app.builder, convertible_images(app)

    app.add_domain(AnnalsDomain)
    app.connect("builder-inited", install)
    app.connect("warn-missing-reference", explain_missing)
