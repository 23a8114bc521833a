"""The domain `cite`: what documents cite, what lists they hold, and how each is resolved.

A subclass of sphinxcontrib-bibtex's domain: the same name, roles and data, with an index in
place of each linear search.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import RoleFunction
from sphinxcontrib.bibtex.bibfile import BibData
from sphinxcontrib.bibtex.domain import BibtexDomain
from sphinxcontrib.bibtex.foot_domain import BibtexFootDomain

from sphinx_annals.citations.bib.library import Library
from sphinx_annals.citations.build import headings
from sphinx_annals.citations.build.intext import Writer
from sphinx_annals.citations.build.messages import Warn, warn
from sphinx_annals.citations.build.records import BibList, Use
from sphinx_annals.citations.build.resolution import Resolution
from sphinx_annals.citations.build.roles import ROLES, CiteRole, FootCiteRole
from sphinx_annals.citations.build.works import offered
from sphinx_annals.citations.entry.richtext import plain
from sphinx_annals.citations.style.chicago import Options
from sphinx_annals.interfaces import Work
from sphinx_annals.text import Target, book_order, did_you_mean, parse_targets

if TYPE_CHECKING:
    from sphinx_annals.citations.build.loading import Loaded


class CitationsDomain(BibtexDomain):
    """Citations by key, resolved in constant time each."""

    data_version = 106
    roles: ClassVar[dict[str, RoleFunction]] = {name: CiteRole() for name in ROLES}
    initial_data: ClassVar[dict[str, Any]] = {
        **BibtexDomain.initial_data,
        "uses": {},  # docname -> list of Use
        "lists": {},  # docname -> list of BibList
        "headings": {},  # docname -> True where a heading cites
        "digests": {},  # builder name -> docname -> fingerprint of what it last showed
    }

    builder: Builder
    library: Library = Library()
    options: Options = Options()
    _resolution: Resolution | None = None
    _writer: Writer | None = None
    _early: Writer | None = None
    _works: dict[str, Work] | None = None

    @property
    def bibdata(self) -> BibData:
        """What sphinxcontrib-bibtex caches; here it only tells that nothing is left to parse."""
        return cast("BibData", self.data["bibdata"])

    @property
    def uses(self) -> dict[str, list[Use]]:
        """The citing roles of each document."""
        return cast("dict[str, list[Use]]", self.data["uses"])

    @property
    def lists(self) -> dict[str, list[BibList]]:
        """The bibliography directives of each document."""
        return cast("dict[str, list[BibList]]", self.data["lists"])

    def install(self, loaded: Loaded, builder: Builder) -> None:
        """Take over what was read from the .bib files of this build, and who builds."""
        self.builder = builder
        self.library = loaded.library
        self.options = loaded.options
        self.data["bibdata"] = loaded.bibdata
        self._early = self._works = None
        self.forget()

    def works(self) -> Mapping[str, Work]:
        """Give the works by key, in the order of the files, to other wings."""
        if self._works is None:
            base = Path(self.env.srcdir)
            self._works = {work.key: work for work in offered(self.library, base)}
        return self._works

    def forget(self) -> None:
        """Drop what was derived."""
        self._resolution = None
        self._writer = None

    def note_use(self, docname: str, use: Use) -> None:
        """Register one citing role."""
        self.uses.setdefault(docname, []).append(use)

    def note_list(self, docname: str, item: BibList) -> None:
        """Register one bibliography directive."""
        self.lists.setdefault(docname, []).append(item)

    def clear_doc(self, docname: str) -> None:
        """Forget a document before it is read again, or because it is gone."""
        self.uses.pop(docname, None)
        self.lists.pop(docname, None)
        self.data["headings"].pop(docname, None)
        self.forget()

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found in its documents."""
        for docname in docnames:
            for table in ("uses", "lists", "headings"):
                if docname in otherdata[table]:
                    self.data[table][docname] = otherdata[table][docname]
        self.forget()

    @property
    def resolution(self) -> Resolution:
        """All that is derived from the records, computed once after reading."""
        if self._resolution is None:
            root, env = self.env.config.root_doc, self.env
            order = list(book_order(root, env.toctree_includes, env.found_docs))
            id_template = env.config.bibtex_cite_id
            self._resolution = Resolution(
                self.library, self.lists, self.uses, order, self.options, id_template
            )
        return self._resolution

    @property
    def writer(self) -> Writer:
        """Writes citations in the text."""
        if self._writer is None:
            self._writer = Writer(self.resolution, self.options)
        return self._writer

    def early_text(self, kind: str, targets: tuple[Target, ...]) -> str:
        """The text of a citation before every document is read: right but for the letter."""
        if self._early is None:
            self._early = Writer(Resolution(self.library, {}, {}, (), self.options), self.options)
        return plain(self._early.text(kind, targets))

    def env_updated(self) -> Iterable[str]:
        """Derive everything anew; see `updated_documents` for what must be written again."""
        self.forget()
        return []

    def updated_documents(self, builder: str) -> list[str]:
        """Return the documents that show something else than when this builder last ran."""
        resolution = self.resolution
        self._report(resolution)
        table: dict[str, str] = self.data["digests"].setdefault(builder, {})
        fresh: dict[str, str] = {}
        names = self.object_names() if self.lists else {}
        names |= {(name, ""): title.astext() for name, title in self.env.titles.items()}
        for docname in sorted(self.uses.keys() | self.lists.keys()):
            fresh[docname] = resolution.digest(docname, names)
        fresh[""] = headings.update(self.env, self)
        changed = {name for name in fresh if table.get(name) != fresh[name]}
        changed |= {name for name in table if name not in fresh}
        self.data["digests"][builder] = fresh
        if "" in changed and fresh[""] != table.get("", ""):
            return sorted(self.env.found_docs)
        return sorted(name for name in changed if name in self.env.found_docs)

    def object_names(self) -> dict[tuple[str, str], str]:
        """The display names of all objects that other domains know, by place."""
        return {
            (docname, anchor): shown
            for domain in self.env.domains.sorted()
            if domain.name not in ("cite", "footcite", "std")
            for _, shown, _, docname, anchor, _ in domain.get_objects()
            if anchor and shown and shown != "-"
        }

    def _report(self, resolution: Resolution) -> None:
        for kind, message, docname, line in resolution.problems:
            warn(Warn(kind), message, (docname, line))
        if not self.lists:
            return
        for key, cited in sorted(resolution.cited.items()):
            entry = resolution.entry(key)
            if entry is not None and not resolution.place(key, ""):
                warn(Warn.UNLISTED, f"{key!r} is cited, but no bibliography lists it",
                     (cited[0].docname, cited[0].use.line))  # fmt: skip

    # a citation is a group of links, where Sphinx's own domains give one reference
    def resolve_xref(  # type: ignore[override]
        self, env: BuildEnvironment, fromdocname: str, builder: Builder, typ: str, target: str,
        node: pending_xref, contnode: nodes.Element,
    ) -> nodes.Element:  # fmt: skip
        """Make the text of one citing role, each work linked to its entry in a list."""
        targets = node.get("targets") or parse_targets(target)[0]
        for item in targets:
            if self.resolution.entry(item.key) is None:
                hint = did_you_mean(item.key, self.library.near)
                warn(Warn.KEY, f"unknown key {item.key!r}{hint}", node)
        if typ == "note":
            stop = bool(node.get("stop"))
            return self.writer.note(targets, node["forms"], fromdocname, builder, stop=stop)
        return self.writer.group(typ, targets, fromdocname, builder)

    def resolve_any_xref(  # type: ignore[override]
        self, env: BuildEnvironment, fromdocname: str, builder: Builder, target: str,
        node: pending_xref, contnode: nodes.Element,
    ) -> list[tuple[str, nodes.Element]]:  # fmt: skip
        """Let the `any` role cite."""
        targets, problems = parse_targets(target)
        if problems or not any(self.resolution.place(item.key, fromdocname) for item in targets):
            return []
        return [("cite:p", self.writer.group("p", targets, fromdocname, builder))]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Every work of the .bib files, for inventories and language servers.

        Works that no list shows point to the page of the first bibliography.
        """
        resolution = self.resolution
        home = next((d for d in resolution.order if self.lists.get(d)), self.env.config.root_doc)
        for key, entry in self.library.entries.items():
            place = resolution.place(key, "")
            label = resolution.label(entry)
            title = entry.text("title", "booktitle", "maintitle")
            shown = f"{plain(label.names)} {label.year}"
            shown = f"{shown}, {title}" if title and title not in shown else shown
            docname, anchor = place if place else (home, "")
            yield key, shown, "citation", docname, anchor, -1


class FootCitationsDomain(BibtexFootDomain):
    """Citations in footnotes."""

    roles: ClassVar[dict[str, RoleFunction]] = {
        name: FootCiteRole() for name in ("p", "ps", "t", "ts", "ct", "cts")
    }
