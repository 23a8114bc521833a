"""The domain ``cite``: what documents cite, what lists they hold, and how each is resolved.

It takes the place of sphinxcontrib-bibtex's domain: the same name, roles and data, with an index
instead of each linear search. Directives, transforms and views ask it; it imports none of them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar, TypeVar, cast

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.typing import RoleFunction

from sphinx_annals.citations.bib import Library
from sphinx_annals.citations.build.conditions import conditions_of, hold
from sphinx_annals.citations.build.messages import Subtype
from sphinx_annals.citations.build.nodes import bibliography_placeholder
from sphinx_annals.citations.build.roles import NOTED, ROLES, BibList, CiteRole, Use, uses_in
from sphinx_annals.citations.build.writing import SheetWriter, Writer, close_once
from sphinx_annals.citations.formats import csl
from sphinx_annals.citations.style import Options, short_names, short_title, year_label
from sphinx_annals.citations.style.csl import Sheet
from sphinx_annals.fences.bibtex import BibtexDomain, BibtexFootDomain
from sphinx_annals.fences.sphinx import titles_of_sections
from sphinx_annals.interfaces import Found, Work
from sphinx_annals.messages import warn
from sphinx_annals.text import book_order, did_you_mean, each_work, parse_citations

_Record = TypeVar("_Record", Use, BibList)
BY_DOCUMENT = ("uses", "lists")
NO_FILES = (
    "works are cited or listed, but there is no .bib file: put them into references.bib beside "
    "conf.py, or name the files there, bibtex_bibfiles = ['…']"
)


def offered(library: Library, base: Path, options: Options | None = None) -> Iterator[Work]:
    """Give the works as other wings see them, in the order of the files.

    Paths are as seen from ``base`` where they are below.
    """
    options = options or Options()
    language = options.language
    labels = {
        key: f"{short_names(entry, options)} {year_label(entry, language=language)}"
        for key, entry in library.entries.items()
    }
    shared = Counter(labels.values())
    for key, entry in library.entries.items():
        path = Path(entry.path)
        label = labels[key]
        yield Work(
            key=key,
            title=csl.title(entry),
            label=label if shared[label] == 1 else f"{label}, {short_title(entry, language)}",
            published_by=entry.date.latest if entry.date else None,
            pages=entry.spans,
            refers=library.refers(entry),
            derives_from=library.sources(entry),
            path=(path.relative_to(base) if path.is_relative_to(base) else path).as_posix(),
            line=entry.line,
            aliases=tuple(library.other_keys.get(key, ())),
            csl=csl.LazyItem(entry),
        )


class CitationsDomain(BibtexDomain):
    """Citations by key, resolved in constant time each."""

    data_version = 117
    roles: ClassVar[dict[str, RoleFunction]] = {name: CiteRole() for name in ROLES}
    initial_data: ClassVar[dict[str, Any]] = {
        **BibtexDomain.initial_data,
        "uses": {},  # docname -> list of Use
        "lists": {},  # docname -> list of BibList
        "notes": None,  # whether citations became notes when documents were read
        "typeset": {},  # fingerprint of all works -> what a CSL style makes of them
    }

    # given when the .bib files are read, at the start of a build
    builder: Builder
    library: Library = Library()
    options: Options = Options()
    sheet: Sheet | None = None

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self.uses: dict[str, list[Use]] = self.data["uses"]
        self.lists: dict[str, list[BibList]] = self.data["lists"]

    def works(self) -> Mapping[str, Work]:
        """Give the works by key, in the order of the files, to other wings."""
        return self._works

    @cached_property
    def _works(self) -> dict[str, Work]:
        works = offered(self.library, Path(self.env.srcdir), self.options)
        return {work.key: work for work in works}

    def process_doc(self, env: BuildEnvironment, docname: str, document: nodes.document) -> None:
        """Register the citing roles of a document, once it stands as it will be kept."""
        # a substitution may bring one role to several places, all with its id
        uses = {use.id: use for use in uses_in(document)}
        if uses:
            self.uses[docname] = list(uses.values())
        if lists := self.lists.get(docname):
            places = document.findall(bibliography_placeholder)
            shown = {node["ids"][0]: tuple(conditions_of(node)) for node in places}
            self.lists[docname] = [i._replace(conditions=shown.get(i.id, ())) for i in lists]

    def clear_doc(self, docname: str) -> None:
        """Forget a document before it is read again, or because it is gone."""
        for table in BY_DOCUMENT:
            self.data[table].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        """Take over what a parallel reader found in its documents."""
        for table in BY_DOCUMENT:
            found = otherdata[table]
            self.data[table] |= {name: found[name] for name in docnames if name in found}

    @cached_property
    def writer(self) -> Writer:
        """All that is derived from the records after reading, and what writes it."""
        env, config = self.env, self.env.config
        order = list(book_order(config.root_doc, env.toctree_includes, env.found_docs))
        records, ids = (self._shown(self.lists), self._shown(self.uses)), config.bibtex_cite_id
        told = (self.library, self.options, *records, order, ids, self.builder)
        if self.sheet is None:
            return Writer(*told)
        kept = self.data["typeset"]
        return SheetWriter(*told, sheet=self.sheet, language=config.language, kept=kept)

    def _shown(self, records: Mapping[str, Sequence[_Record]]) -> dict[str, list[_Record]]:
        """Give what the builder shows: a citation that ``only`` drops cites nothing."""
        return {
            docname: [one for one in found if hold(one.conditions, self.builder)]
            for docname, found in records.items()
        }

    def env_updated(self) -> Iterable[str]:
        """Derive everything anew, when all documents have been read."""
        self.__dict__.pop("writer", None)
        return []

    def hash_pages(self) -> dict[str, str]:
        """Give a hash of what each page shows of citations and lists."""
        names = self.object_names() if self.lists else {}
        names |= {(name, ""): title.astext() for name, title in self.env.titles.items()}
        for name in self.uses if self.lists else ():
            sections = titles_of_sections(self.env, name).items()
            names |= {(name, anchor): title for anchor, title in sections}
        return {name: self.writer.digest(name, names) for name in self.uses | self.lists}

    def object_names(self) -> dict[tuple[str, str], str]:
        """Give the display names of all objects that other domains know, by place."""
        return {
            (docname, anchor): shown
            for domain in self.env.domains.sorted()
            if domain.name not in ("cite", "footcite", "std")
            for _, shown, _, docname, anchor, _ in domain.get_objects()
            if anchor and shown and shown != "-"
        }

    def report(self) -> None:
        """Warn of what is wrong with citations, when all documents have been read."""
        writer = self.writer
        if not self.bibdata.bibfiles:
            for docname in writer.order:
                for item in (*self.uses.get(docname, ()), *self.lists.get(docname, ())):
                    warn(Subtype.CONFIG, NO_FILES, (docname, item.line))
                    return
        for problem in writer.problems:
            warn(*problem)
        for key, cited in sorted(writer.cited.items()) if self.lists else ():
            if writer.entry(key) is not None and not writer.place(key, ""):
                message = f"{key!r} is cited, but no bibliography lists it"
                warn(Subtype.UNLISTED, message, (cited[0].docname, cited[0].use.line))

    # a citation is a group of links, where Sphinx's own domains give one reference
    def resolve_xref(  # type: ignore[override]
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.Element:
        """Make the text of one citing role, each work linked to its entry in a list."""
        targets = node.get("targets") or parse_citations(target)[0]
        for item in each_work(targets) if self.bibdata.bibfiles else ():
            if self.writer.entry(item.key) is None:
                hint = did_you_mean(item.key, self.library.near)
                warn(Subtype.KEY, f"unknown key {item.key!r}{hint}", node)
        if typ == "note":
            stop = bool(node.get("stop"))
            shown = self.writer.note(targets, node["new"], fromdocname, stop=stop)
        else:
            shown = self.writer.group(typ, targets, fromdocname)
        close_once(node, shown)
        return shown

    def resolve_any_xref(  # type: ignore[override]
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> list[tuple[str, nodes.Element]]:
        """Let the ``any`` role cite."""
        targets, problems = parse_citations(target)
        if problems or not any(self.writer.place(item.key, fromdocname) for item in targets):
            return []
        return [("cite:p", self.writer.group("p", targets, fromdocname))]

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        """Give every work of the .bib files, for inventories and language servers.

        Works that no list shows point to the page of the first bibliography.
        """
        writer = self.writer
        home = next((d for d in writer.order if self.lists.get(d)), self.env.config.root_doc)
        for key, shown in writer.listed_as.items():
            _, _, docname, anchor, _ = writer.place(key, "") or (key, None, home, "", "")
            yield key, shown, "citation", docname, anchor, -1

    def found_by(self) -> Iterator[Found]:
        """Give the texts by which a search finds each work that a list shows."""
        for _, shown, kind, docname, anchor, _ in self.get_objects():
            if anchor:
                yield shown, kind, docname, anchor, ""

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:
        """Give what readers call a work."""
        return self.options.language.pgettext("kind", "work")


class FootCitationsDomain(BibtexFootDomain):
    """Citations in footnotes."""

    roles: ClassVar[dict[str, RoleFunction]] = {name: CiteRole("footcite") for name in NOTED}


def domain_of(env: BuildEnvironment) -> CitationsDomain:
    """Give the domain of an environment."""
    return cast("CitationsDomain", env.domains["cite"])
