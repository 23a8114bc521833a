"""The ``annals`` domain: what documents state, and how references to it resolve."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Set
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from sphinx_annals.annals.directives import DIRECTIVES
from sphinx_annals.annals.doctree.citations import citations_in
from sphinx_annals.annals.doctree.mentions import book_order, mentions_in
from sphinx_annals.annals.doctree.nodes import annotation_title
from sphinx_annals.annals.doctree.places import standing_in
from sphinx_annals.annals.doctree.renderer import WITH_PAGE
from sphinx_annals.annals.doctree.roles import LANGUAGE_ROLES, DateRole, LanguageRole, ObjectRole
from sphinx_annals.annals.indices import by_kind as indices
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model.catalogue import Catalogue, Problem
from sphinx_annals.annals.model.records import Article, Record
from sphinx_annals.annals.model.statements import Account, Acknowledgement, DocumentNotes, Verdict
from sphinx_annals.annals.model.terms import Kind
from sphinx_annals.annals.views.answers import Views
from sphinx_annals.annals.views.filters import chapter_names
from sphinx_annals.annals.views.freshness import Lookup, drawn_from_others
from sphinx_annals.annals.views.spec import ViewSpec
from sphinx_annals.messages import warn


class AnnalsDomain(Domain):
    """Historical annotations: events, treaties and their articles, people, places."""

    name = "annals"
    label = "Annals"
    data_version = 8
    object_types: ClassVar[dict[str, ObjType]] = {
        kind.value: ObjType(kind.label, kind.value) for kind in Kind
    }
    directives = DIRECTIVES
    roles: ClassVar[dict[str, Any]] = {
        **{kind.value: ObjectRole() for kind in Kind},
        **{name: LanguageRole() for name in LANGUAGE_ROLES},
        "date": DateRole(),
    }
    indices: ClassVar[list[Any]] = indices.INDICES
    initial_data: ClassVar[dict[str, Any]] = {"documents": {}, "digests": {}}

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._catalogue: Catalogue | None = None

    @property
    def documents(self) -> dict[str, DocumentNotes]:
        """What each document states, by document name."""
        documents: dict[str, DocumentNotes] = self.data["documents"]
        return documents

    @property
    def catalogue(self) -> Catalogue:
        """The whole of it; made anew after every change."""
        if self._catalogue is None:
            order = book_order(self.env.config.root_doc, self.env.toctree_includes)
            self._catalogue = Catalogue(self.documents, order)
        return self._catalogue

    def _notes(self, docname: str) -> DocumentNotes:
        self._catalogue = None
        return self.documents.setdefault(docname, DocumentNotes())

    def note_record(self, record: Record) -> None:
        """Register an annotated object."""
        self._notes(record.docname).records.append(record)

    def note_account(self, account: Account) -> int:
        """Register what a source says; gives its place in the document's notes."""
        accounts = self._notes(account.docname).accounts
        accounts.append(account)
        return len(accounts) - 1

    def note_verdict(self, verdict: Verdict) -> int:
        """Register the editors' choice; gives its place in the document's notes."""
        verdicts = self._notes(verdict.docname).verdicts
        verdicts.append(verdict)
        return len(verdicts) - 1

    def note_acknowledgement(self, docname: str, acknowledgement: Acknowledgement) -> None:
        """Register that a finding is known."""
        self._notes(docname).acknowledgements.append(acknowledgement)

    def note_view(self, spec: ViewSpec) -> int:
        """Register a view; gives its place in the document's notes."""
        views = self._notes(spec.docname).views
        views.append(spec)
        return len(views) - 1

    def record_at(self, docname: str, anchor: str) -> Record:
        """Give the record that a document states at an anchor."""
        return self.catalogue.at(docname)[anchor]

    def clear_doc(self, docname: str) -> None:
        """Forget what a document stated."""
        self.documents.pop(docname, None)
        self._catalogue = None

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a worker read."""
        for docname in docnames:
            if docname in otherdata["documents"]:
                self.documents[docname] = otherdata["documents"][docname]
        self._catalogue = None

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Note which section of the prose mentions which object, and what it cites."""
        records = self.documents.get(docname, DocumentNotes()).records
        mentions = list(mentions_in(docname, document, records))
        citations = list(citations_in(docname, document))
        if mentions:
            self._notes(docname).mentions = mentions
            self._notes(docname).title = _document_title(document)
        if citations:
            self._notes(docname).citations = citations
        stated = self.documents.get(docname)
        if stated and stated.records:
            stated.records = [*_translated(stated.records, document)]
            self._catalogue = None
        if stated and (stated.accounts or stated.verdicts):
            stated.standing = dict(standing_in(stated, document))

    def check_consistency(self) -> None:
        """Warn of duplicate ids and of references to nothing."""
        for problem in self.catalogue.problems():
            warn(Subtype(problem.code), problem.message, self._place(problem))
        views = self.views
        for notes in self.documents.values():
            for spec in notes.views:
                for message in views.problems(spec):
                    warn(Subtype.FILTER, f"{spec.view}: {message}", self._place(spec))

    def _place(self, item: Problem | ViewSpec) -> tuple[str, int] | str:
        if item.file:
            return f"{Path(self.env.srcdir, item.file)}:{item.line}"
        return item.docname, item.line

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
        explicit = bool(node.get("refexplicit"))
        return self.make_reference(builder, fromdocname, record, contnode if explicit else None)

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
        explicit = bool(node.get("refexplicit"))
        reference = self.make_reference(
            builder, fromdocname, record, contnode if explicit else None
        )
        return [(f"annals:{record.kind.value}", reference)]

    def make_reference(
        self, builder: Builder, fromdocname: str, record: Record, content: Element | None = None
    ) -> nodes.reference:
        """Give a reference to an object, by its display name unless ``content`` says else."""
        shown = content
        if shown is None:
            shown = nodes.inline(record.display, record.display, classes=["annals", "xref"])
        reference = make_refnode(
            builder, fromdocname, record.docname, record.anchor, shown, _title(record)
        )
        if content is None and record.kind in WITH_PAGE:
            reference["classes"].append("page-aside")
        return reference

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """List all objects for search, inventories and language servers."""
        for record in self.catalogue.records:
            yield record.id, record.display, record.kind.value, record.docname, record.anchor, 1
        for alias in self.catalogue.aliases:  # for inventories; search leaves out what is below 0
            found = self.catalogue.find(alias)
            if found and found.id != alias:
                yield alias, found.display, found.kind.value, found.docname, found.anchor, -1

    def changed_documents(self, builder: Builder) -> list[str]:
        """Give the documents whose pages show something that changed elsewhere.

        What each document draws from the others is kept as a digest for each builder.
        """
        known: dict[str, str] = self.data["digests"].setdefault(builder.name, {})
        changed = []
        views, lookup = self.views, self._lookup()
        for docname in sorted(self.env.found_docs):
            digest = self._digest(docname, views, lookup)
            if known.get(docname, "") != digest:
                known[docname] = digest
                changed.append(docname)
        for gone in known.keys() - self.env.found_docs:
            del known[gone]
        return changed

    def _digest(self, docname: str, views: Views, lookup: Lookup) -> str:
        notes = self.documents.get(docname)
        if notes is None:
            return ""
        digest = hashlib.blake2b(digest_size=16)
        for shown in drawn_from_others(notes, views, lookup):
            digest.update(repr(shown).encode())
        return digest.hexdigest()

    @property
    def views(self) -> Views:
        """Answers to what views ask for, from all documents as they are now."""
        labels = self.env.domains.standard_domain.anonlabels
        named = {label: docname for label, (docname, _) in labels.items()}
        titles = {docname: title.astext() for docname, title in self.env.titles.items()}
        return Views(self.catalogue, chapter_names(self.env.found_docs, named), titles)

    def _lookup(self) -> Lookup:
        """Give what any page shows of objects, labels, documents and works, by name."""
        cite = self.env.config.annals_cite_role.partition(":")[0]
        found: dict[str, object] = {}
        for name in ("std", cite, self.name):
            if name in self.env.domains:
                objects = self.env.domains[name].get_objects()
                found |= {item[0]: tuple(item[1:5]) for item in objects}
        return found.get


def _translated(records: list[Record], document: nodes.document) -> Iterator[Record]:
    """Give the records with the titles that a catalogue of messages gave their headings."""
    titles = {
        title.parent["ids"][0]: title.astext()
        for title in document.findall(annotation_title)
        if title.get("translated")
    }
    for record in records:
        numbered = isinstance(record, Article) and record.number
        title = "" if numbered else titles.get(record.anchor, "")
        yield replace(record, title=title) if title else record


def _document_title(document: nodes.document) -> str:
    return next((title.astext() for title in document.findall(nodes.title)), "")


def _title(record: Record) -> str:
    return record.heading if isinstance(record, Article) else record.title


def explain_missing(app: Sphinx, domain: Domain, node: pending_xref) -> bool | None:
    """Say what is wrong with a reference of this domain, and which id may be meant."""
    if not isinstance(domain, AnnalsDomain):
        return None
    message = domain.catalogue.explain_unknown(node["reftarget"], Kind(node["reftype"]))
    warn(Subtype.REFERENCE, message, node)
    return True
