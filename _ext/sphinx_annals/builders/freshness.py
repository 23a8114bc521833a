"""Which pages are old: those that would show something else than when they were last written.

Sphinx writes a page again when its source is newer than the page, and hardly asks what the page
shows of others: titles behind references, neighbours, the contents beside the text. Nor does it
where another builder has read what changed. Here each builder keeps a hash of all that each of its
pages shows, and writes again where that is another one. What wings show they say themselves: they
answer the event :data:`~sphinx_annals.interfaces.SHOWN`.
"""

import hashlib
import json
import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Set
from contextlib import suppress
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.builders.singlehtml import SingleFileHTMLBuilder
from sphinx.environment import BuildEnvironment
from sphinx.environment.collectors import EnvironmentCollector
from sphinx.util import docname_join

from sphinx_annals.builders.outputs import write_output
from sphinx_annals.fences.sphinx import (
    complete_search,
    contents_of,
    forget_numbers,
    note_written,
    titles_alone,
)
from sphinx_annals.interfaces import CITING_DOMAINS, EVERY_PAGE, SHOWN, Names

WHOLE = frozenset({"latex", "texinfo", "man", "typst"})
"""The formats of builders that write all documents each time."""
_TITLES, _SECTIONS = "titles", "sections"
"""What the contents beside a text show of every document."""
Target = tuple[str, str]
"""What a reference names: its type, and the target as it is looked up, in small letters."""


class References(EnvironmentCollector):
    """Keeps what each document refers to, but for what is cited."""

    def clear_doc(self, _app: Sphinx, env: BuildEnvironment, docname: str) -> None:
        """Forget a document."""
        _references(env).pop(docname, None)

    def merge_other(
        self, _app: Sphinx, env: BuildEnvironment, docnames: Set[str], other: BuildEnvironment
    ) -> None:
        """Take over what a parallel reader found."""
        found = _references(other)
        _references(env).update({name: found[name] for name in docnames if name in found})

    def process_doc(self, app: Sphinx, doctree: nodes.document) -> None:
        """Note the references of a document."""
        docname = app.env.current_document.docname
        found = {
            _target(node, docname)
            for node in doctree.findall(pending_xref)
            if node.get("refdomain") not in CITING_DOMAINS
        }
        if found:
            _references(app.env)[docname] = sorted(found)

    def get_outdated_docs(
        self,
        _app: Sphinx,
        env: BuildEnvironment,
        added: Set[str],
        _changed: Set[str],
        removed: Set[str],
    ) -> list[str]:
        """Give the documents whose links in Markdown, or toctrees, name files that came or went.

        Whether a name is that of a document is decided when it is read.
        """
        moved = {("myst", docname.casefold()) for docname in added | removed}
        linking = (name for name, found in _references(env).items() if not moved.isdisjoint(found))
        trees = env.toctree_includes.items()
        return [*linking, *(name for name, names in trees if not removed.isdisjoint(names))]


def _references(env: Any) -> dict[str, list[Target]]:
    if not hasattr(env, "sphinx_annals_references"):
        env.sphinx_annals_references = {}
    found: dict[str, list[Target]] = env.sphinx_annals_references
    return found


def _target(node: pending_xref, docname: str) -> Target:
    kind, target = node.get("reftype", ""), node.get("reftarget") or ""
    file, dot, _ = target.rpartition(".")
    if kind == "doc":
        target = docname_join(docname, target)
    elif kind == "myst" and not node.get("refdomain") and dot:  # a file that is none yet
        target = docname_join(docname, file)
    return kind, target.casefold()


class Pages:
    """What the pages of a builder show, as far as Sphinx knows it."""

    def __init__(self, builder: Builder) -> None:
        self.env = builder.env
        self.names = names_of(self.env)
        self.html = isinstance(builder, StandaloneHTMLBuilder)
        self.relations = self.env.collect_relations() if self.html else {}
        self.kept = {docname: self._kept(docname) for docname in sorted(self.env.found_docs)}
        tree, kept = sorted(self.env.toctree_includes.items()), self.kept.values()
        titles = [known[:2] for known in kept]
        self.contents = {_TITLES: _hash(tree, titles), _SECTIONS: _hash(tree, *kept)}

    def _kept(self, docname: str) -> tuple[str, ...]:
        """Give what others show of a document: its title, hashes of its numbers and headings."""
        env = self.env
        numbers = env.toc_secnumbers.get(docname), env.toc_fignumbers.get(docname)
        return str(env.titles.get(docname)), _hash(*numbers), _hash(str(env.tocs.get(docname)))

    def shown_on(self, docname: str, contents: Set[str]) -> Iterator[object]:
        """Give all that a page shows, as plain values; contents are what its theme shows beside."""
        yield self.env.all_docs.get(docname)  # another builder may have read it since
        yield self.kept.get(docname)
        for kind, target in _references(self.env).get(docname, ()):
            rows = self.names.get(target, ())
            yield kind, target, rows
            # "numref" shows numbers, Markdown the headings of what it links
            if kind in ("numref", "myst"):
                yield [self.kept.get(where) for *_, where, _ in rows]
        for below in self._below(docname):
            yield below, self.kept.get(below)
        above, before, after = self.relations.get(docname) or (None, None, None)
        yield [(name, self._called(name)) for name in (before, after)]
        while above:
            # the contents beside a text are unfolded as far as it
            yield above, self.kept.get(above) if contents else self._called(above)
            above = (self.relations.get(above) or (None,))[0]
        yield [self.contents[shown] for shown in sorted(contents)]

    def _called(self, docname: str | None) -> object:
        return self.kept.get(docname or "", ())[:2]

    def _below(self, docname: str) -> Iterator[str]:
        """Give all documents that the toctrees of one contain."""
        seen, waiting = {docname}, list(self.env.toctree_includes.get(docname, ()))
        while waiting:
            name = waiting.pop(0)
            yield name
            if name not in seen:
                seen.add(name)
                waiting += self.env.toctree_includes.get(name, ())


def names_of(env: BuildEnvironment) -> Names:
    """Give all that references can lead to, by its name in small letters."""
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for domain in env.domains.sorted():
        for name, shown, kind, docname, anchor, _ in domain.get_objects():
            found[name.casefold()].append((domain.name, kind, shown, docname, anchor))
    return found


def _hash(*values: object) -> str:
    return hashlib.blake2b(repr(values).encode("utf-8", "replace"), digest_size=16).hexdigest()


class Freshness:
    """Knows, in one build, what the pages of its builder showed when they were last written."""

    def begin(self, app: Sphinx) -> None:
        """Read what is known of the last build of this builder (``builder-inited``)."""
        self.path = Path(app.doctreedir, f"{app.builder.name}.written.json")
        self.contents: set[str] = set()
        self.known: dict[str, str] = {}
        self.pages: Pages | None = None
        self.told: list[Mapping[str, str]] = []
        self.written: set[str] = set()
        self.titles: dict[str, nodes.Element] = {}
        self.found, self.files = _stamps(Path(app.outdir)), dict[str, str]()
        note_written(app.builder, self.written.update)
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
            if kept["outdir"] == str(app.outdir):
                self.contents, self.known = set(kept["contents"]), dict(kept["pages"])
                self.files = dict(kept["files"])
        except (OSError, ValueError, KeyError, TypeError):
            pass  # then all is written

    def stale(self, app: Sphinx, env: BuildEnvironment) -> list[str]:
        """Give the documents whose pages are old (``env-get-updated``)."""
        builder, self.titles = app.builder, {}  # of this build, where one follows another
        forget_numbers(env)
        if builder.format in WHOLE or isinstance(builder, SingleFileHTMLBuilder):
            return []
        self.pages = Pages(builder)
        self.told = app.emit(SHOWN, self.pages.names)
        fresh = self._hashes(self.pages)
        stale = {name for name, digest in fresh.items() if self.known.get(name) != digest}
        return sorted(stale | self._harmed(builder))

    def _harmed(self, builder: Builder) -> Set[str]:
        """Give the documents whose pages are no longer what the last build left.

        All, where it is another file: Sphinx completes the index of searches, and copies the
        images of those pages alone that it writes.
        """
        harmed = {name for name, stamp in self.files.items() if self.found.get(name) != stamp}
        pages = {_page(builder, docname): docname for docname in builder.env.found_docs}
        gone = {_page(builder, docname) for docname in self.known.keys() - builder.env.found_docs}
        if harmed - pages.keys() - gone:
            return builder.env.found_docs
        return {pages[name] for name in harmed & pages.keys()}

    def _hashes(self, pages: Pages) -> dict[str, str]:
        """Give a hash of each page, by the contents that the theme is known to show."""
        on_all, found = [told.get(EVERY_PAGE) for told in self.told], {}
        for docname in pages.kept:
            shown = pages.shown_on(docname, self.contents)
            found[docname] = _hash(on_all, [told.get(docname) for told in self.told], *shown)
        return found

    def remove(self, _app: Sphinx, builder: Builder) -> None:
        """Remove the pages of documents that are gone, which Sphinx leaves (``write-started``)."""
        if isinstance(builder, StandaloneHTMLBuilder):
            for docname in self.known.keys() - builder.env.found_docs:
                Path(builder.get_outfilename(docname)).unlink(missing_ok=True)
                for suffix in builder.config.source_suffix:
                    name = f"{docname}{suffix}{builder.config.html_sourcelink_suffix}"
                    Path(builder.outdir, "_sources", name).unlink(missing_ok=True)

    def watch(
        self, app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: object
    ) -> None:
        """Learn what contents a theme shows beside each text (``html-page-context``)."""
        if "toctree" in context:
            make = context["toctree"]

            def toctree(**asked: Any) -> Any:
                # what is folded away is of other pages, and a page itself is written with its own
                folded = asked.get("titles_only") or asked.get("collapse", True)
                self.contents.add(_TITLES if folded else _SECTIONS)
                if not asked.get("titles_only"):
                    return make(**asked)
                # else Sphinx copies all sections of a book for each page, and drops them
                self.titles = self.titles or titles_alone(app.env)
                with contents_of(app.env, self.titles):
                    return make(**asked)

            context["toctree"] = toctree

    def end(self, app: Sphinx, error: Exception | None) -> None:
        """Keep what the pages show, now that they are written (``build-finished``)."""
        if error is None and self.pages:
            hashes = self._hashes(self.pages)  # the first build learns the contents by writing
            kept = {
                "outdir": str(app.outdir),
                "contents": sorted(self.contents),
                "pages": {
                    name: digest
                    for name, digest in hashes.items()
                    if name in self.written or self.known.get(name) == digest
                },
                "files": {
                    # not what others have put there between two builds
                    name: stamp
                    for name, stamp in _stamps(Path(app.outdir)).items()
                    if stamp != self.found.get(name) or stamp == self.files.get(name)
                },
            }
            write_output(self.path, json.dumps(kept, indent=0))


def _page(builder: Builder, docname: str) -> str:
    """Give the file of a document in the output, also of a builder that writes none."""
    if isinstance(builder, StandaloneHTMLBuilder):
        return Path(builder.get_outfilename(docname)).relative_to(builder.outdir).as_posix()
    return f"{docname}{getattr(builder, 'out_suffix', '')}"


def _stamps(folder: Path) -> dict[str, str]:
    """Give when each file of an output was written, and its size: who harms one changes that."""
    found = {}
    for path, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        before = "" if path == str(folder) else f"{os.path.relpath(path, folder)}/"
        for name in names:
            if not name.startswith("."):
                with suppress(OSError):  # a link that leads nowhere
                    about = os.stat(os.path.join(path, name))
                    key = f"{before}{name}".replace(os.sep, "/")
                    found[key] = f"{about.st_mtime_ns} {about.st_size}"
    return found


def _forget(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Forget all documents that are to be read (``env-before-read-docs``).

    Sphinx forgets each as it comes to it, and so takes what has moved from a later to an earlier
    one for a duplicate.
    """
    for docname in docnames:
        if docname in env.all_docs:
            app.emit("env-purge-doc", env, docname)
            env.clear_doc(docname)


def _complete_search(app: Sphinx) -> tuple[()]:
    complete_search(app.builder)
    return ()  # no page of our own


def setup(app: Sphinx) -> None:
    """Register the event, and what keeps and asks."""
    app.add_event(SHOWN)
    app.add_env_collector(References)
    freshness = Freshness()
    # before anything is written
    app.connect("builder-inited", freshness.begin, priority=100)
    app.connect("env-before-read-docs", _forget)
    # when sections and figures have their numbers
    app.connect("env-get-updated", freshness.stale, priority=900)
    app.connect("write-started", freshness.remove)
    # before a theme takes the contents
    app.connect("html-page-context", freshness.watch, priority=100)
    app.connect("html-collect-pages", _complete_search)
    # when all is written
    app.connect("build-finished", freshness.end, priority=900)
