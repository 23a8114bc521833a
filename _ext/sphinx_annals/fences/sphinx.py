"""Sphinx: what we touch of it that it does not document for extensions.

Here belongs whatever reads or writes attributes that Sphinx's manual does not name: handlers of
the registry, titles and tables of contents rewritten, the bookkeeping of
footnotes. Each function says what would break it, and ``tests/fences`` fails with that sentence.
"""

import gettext
import logging
import os
import re
import struct
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from docutils.nodes import (
    Element,
    Node,
    Text,
    document,
    footnote_reference,
    list_item,
    literal_block,
    reference,
)
from docutils.utils import smartquotes
from sphinx.addnodes import highlightlang, toctree
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.config import Config
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.ext import graphviz
from sphinx.locale import __
from sphinx.search import IndexBuilder, WordStore
from sphinx.transforms import SphinxSmartQuotes
from sphinx.transforms.post_transforms.code import HighlightLanguageTransform
from sphinx.transforms.post_transforms.images import ImageConverter
from sphinx.util.i18n import docname_to_domain
from sphinx.util.nodes import NodeMatcher

from sphinx_annals.fences import around
from sphinx_annals.fences.docutils import each_of, walk_flatly
from sphinx_annals.interfaces import Found, IsSearched
from sphinx_annals.messages import IN_TRANSLATION, WriteError
from sphinx_annals.text import OF_DISKS, IndexGroups, IndexLine, without_controls
from sphinx_annals.walking import each

_TO_CURL = re.compile(r"""['"`\\&\0]|--|\.\.\.|\. \. \.""")
"""What a text has of which quotation marks, dashes or an ellipsis may be made."""


def convertible_images(app: Sphinx) -> frozenset[str]:
    """Give the types of images that the project's extensions convert for the builder.

    Breaks if the registry no longer lists post-transforms, or a converter its rules.
    """
    return frozenset(
        source
        for transform in app.registry.get_post_transforms()
        if issubclass(transform, ImageConverter)
        for source, _ in transform.conversion_rules
    )


def draw_graph(translator: Any, code: str, options: dict[str, Any], kind: str) -> Path | None:
    """Give the file of a graph of Graphviz among the images of a build, None without the program.

    Breaks if ``render_dot`` no longer draws for any translator with a builder and a configuration;
    it raises ``GraphvizError`` where the program refuses the code.
    """
    builder = translator.builder
    builder.imgpath = getattr(builder, "imgpath", builder.imagedir)
    Path(builder.outdir, builder.imagedir).mkdir(parents=True, exist_ok=True)
    _name, path = graphviz.render_dot(translator, code, options, kind, "graphviz")
    return None if path is None else Path(path)


def fails_by_warnings(app: Sphinx) -> bool:
    """Tell whether a warning makes a build fail, as with ``-W``.

    Breaks if the application no longer keeps that in ``_fail_on_warnings``.
    """
    return bool(app._fail_on_warnings or app._exception_on_warning)


def count_warnings(app: Sphinx) -> int:
    """Give how many warnings a build has given so far, without those that are suppressed.

    Breaks if the application no longer counts them in ``_warncount``.
    """
    return int(app._warncount)


class _Forgetful(dict[str, Any]):
    """Holds nothing that it is given."""

    def __setitem__(self, key: str, value: Any) -> None:
        pass


def keep_no_trees(env: BuildEnvironment) -> None:
    """Let the tree of a document be read from its file when it is written, as in other processes.

    Sphinx keeps all that it has read, so that a book takes ten times the memory of its text, and
    Python looks through them for garbage again and again.

    Breaks if what was read is no longer taken from ``_write_doc_doctree_cache`` or
    ``_pickled_doctree_cache``, or from the file where it is not there.
    """
    env._write_doc_doctree_cache = _Forgetful()
    env._pickled_doctree_cache = _Forgetful()


def forget_cut_note(app: Sphinx) -> None:
    """Delete the note of the configuration of a build that was cut short while it wrote that.

    Sphinx would end each further build with an ``IndexError``; without a note it writes all anew.

    Breaks if the HTML builder no longer keeps four lines in ``.buildinfo``, or reads them before
    ``builder-inited``.
    """
    note = app.outdir / ".buildinfo"
    with suppress(OSError):
        if note.read_bytes().count(b"\n") < 4:
            note.unlink()


def write_pages_by(
    builder: Builder, put: Callable[[Path, Callable[[Path], object]], object]
) -> None:
    """Let *put* have each page of HTML written: it gets its file, and what writes it into another.

    Sphinx writes into the last page itself, which is lost where that cannot be finished.

    Breaks if ``handle_page`` no longer writes the file that its ``outfilename`` names.
    """
    if isinstance(builder, StandaloneHTMLBuilder):
        of: Any = builder
        write = of.handle_page

        def handle_page(page: str, *given: Any, outfilename: Any = None, **more: Any) -> None:
            target = Path(outfilename or builder.get_outfilename(page))
            put(target, lambda new: write(page, *given, outfilename=new, **more))

        of.handle_page = handle_page


def tell_of_full_disks(builder: Builder) -> None:
    """Let a file for which there is no room end a build; Sphinx leaves it cut short, and goes on.

    Breaks if builders no longer warn of it with the error among the arguments, or by other loggers
    than those of their modules.
    """
    for of in type(builder).__mro__:
        logging.getLogger(f"sphinx.{of.__module__}").addFilter(_has_room)


def _has_room(record: logging.LogRecord) -> bool:
    for error in record.args if isinstance(record.args, tuple) else ():
        if isinstance(error, OSError) and error.errno in OF_DISKS:
            raise WriteError(record.getMessage()) from error
    return True


def note_written(builder: Builder, note: Callable[[Set[str]], object]) -> None:
    """Let *note* have the documents that a builder writes, which may be those that somebody named.

    Breaks if builders no longer write by ``write_documents``, which is given their names.
    """
    of: Any = builder
    write = of.write_documents

    def write_documents(docnames: Set[str]) -> None:
        note(docnames)
        write(docnames)

    of.write_documents = write_documents


def _has_a_place(record: logging.LogRecord) -> bool:
    unplaced = (__("unknown directive name: %s"), __("unknown role name: %s"))
    return record.msg not in unplaced


def leave_names_to_parsers() -> None:
    """Let parsers alone tell of a directive or a role of a domain that is not there.

    Sphinx tells of it too, with neither file nor line, before they do.

    Breaks if Sphinx says so with other words, or from elsewhere than ``sphinx.util.docutils``.
    """
    logging.getLogger("sphinx.sphinx.util.docutils").addFilter(_has_a_place)


def join_visitors(builder: Builder) -> None:
    """Let visitors given for a builder's format hold beside those for its name.

    Sphinx looks for them under the name, and under the format only if there are none at all.

    Breaks if the registry no longer keeps them in ``translation_handlers``, by name and class.
    """
    handlers = builder._registry.translation_handlers
    handlers[builder.name] = handlers.get(builder.format, {}) | handlers.get(builder.name, {})


def is_given(config: Config, name: str) -> bool:
    """Tell whether a setting is given, in conf.py or on the command line.

    Breaks if ``Config`` no longer keeps what conf.py assigns in ``_raw_config``.
    """
    return name in config._raw_config or name in config.overrides


def translations_of(env: BuildEnvironment, docname: str) -> Iterator[str]:
    """Give the texts that a catalogue has in the place of those of a document.

    Breaks if Sphinx names the catalogue of a document otherwise, or no longer compiles them before
    documents are read, or gettext keeps their messages elsewhere than in ``_catalog``.
    """
    for found in _catalogues(env, docname):
        yield from getattr(found, "_catalog", {}).values()


def _catalogues(env: BuildEnvironment, docname: str) -> Iterator[gettext.NullTranslations]:
    """Give what translators have made of a document; Sphinx tells of a file that it cannot read."""
    for domain, folder, languages in _named_catalogues(env, docname):
        with suppress(OSError, ValueError, LookupError, struct.error):
            yield gettext.translation(domain, folder, languages)


def _named_catalogues(env: BuildEnvironment, docname: str) -> Iterator[tuple[str, Path, list[str]]]:
    """Give what gettext finds the catalogues of a document by."""
    config = env.config
    domain = docname_to_domain(docname, config.gettext_compact)
    for folder in config.locale_dirs if config.language else ():
        yield domain, env.srcdir / folder, [config.language]


def copies_of_titles(env: BuildEnvironment, docname: str) -> Iterator[Element]:
    """Give what is kept of a document's titles: alone, long, and in its table of contents.

    Breaks if ``env.titles``, ``longtitles`` and ``tocs`` are no longer copies that are shown.
    """
    for table in (env.titles, env.longtitles, env.tocs):
        if docname in table:
            yield table[docname]


def titles_of_sections(env: BuildEnvironment, docname: str) -> dict[str, str]:
    """Give the titles of a document's sections by their ids, as its table of contents has them.

    Breaks if ``env.tocs`` no longer has a reference for each section below the first, with the id
    as its ``anchorname``.
    """
    found = env.tocs[docname].findall(reference) if docname in env.tocs else ()
    return {node["anchorname"][1:]: node.astext() for node in found if node.get("anchorname")}


def rename_sections(env: BuildEnvironment, docname: str, before: str, after: str) -> None:
    """Change a part of the titles that references show for the sections of a document.

    Breaks if the standard domain no longer keeps labels as (document, anchor, title).
    """
    labels = env.domains.standard_domain.labels
    for name, (where, anchor, title) in list(labels.items()):
        if where == docname and before and before in title:
            labels[name] = (where, anchor, title.replace(before, after))


@lru_cache(maxsize=4096)
def curly(text: str, language: str = "en") -> str:
    """Give a text with curly quotation marks, as docutils gives them to prose.

    For what it does not see: names, titles and locators become nodes after it has run. A text
    with markup for code, or in a language whose marks it does not know, stays as it is.

    Breaks if docutils no longer educates tokens, or keeps the marks of languages elsewhere.
    """
    return text if "`" in text else curly_run([text], [False], language)[0]


def curly_run(texts: Sequence[str], verbatim: Sequence[bool], language: str) -> list[str]:
    """Give texts that follow one another with curly quotation marks, but for what is code.

    Breaks if docutils no longer gives a text for each token, or treats literal ones as others.
    """
    has_marks = any("'" in text or '"' in text for text in texts)
    if language not in smartquotes.smartchars.quotes or not has_marks:
        return list(texts)
    kinds = ("literal" if code else "plain" for code in verbatim)
    tokens = list(zip(kinds, map(str, texts), strict=True))
    return list(smartquotes.educate_tokens(tokens, attr="q", language=language))


def translation_of(text: str, env: BuildEnvironment) -> str:
    """Give what the catalogue of the document that is read has for a text, else the text.

    For what is no prose, which Sphinx translates itself. Breaks if Sphinx names catalogues
    otherwise, or no longer compiles them before documents are read.
    """
    for catalogue in catalogues_of(env) if text else ():
        found = catalogue.gettext(text)
        if found not in ("", text):
            return without_controls(found)
    return text


def catalogues_of(env: BuildEnvironment) -> Sequence[gettext.NullTranslations]:
    """Give what translators have made of the document that is read."""
    current, key = env.current_document, "sphinx_annals:catalogues"
    if key not in current:  # thousands of texts ask, and each look goes to the disk
        current[key] = list(_catalogues(env, current.docname))
    found: Sequence[gettext.NullTranslations] = current[key]
    return found


def translated_at(node: Element) -> str:
    """Give the place of a node that stands in a translation, as Sphinx names it; else nothing.

    Breaks if Sphinx no longer marks what it has translated with ``translated``.
    """
    while node.parent is not None:
        if node.get("translated"):
            return f"{node.source}:{node.line}:<translated>"
        node = node.parent
    return ""


@contextmanager
def translation(document: document, place: str) -> Iterator[None]:
    """Let what is told of a text of a document say that it is a translation of what stands there,
    unless that is nowhere.

    Breaks if docutils no longer asks ``Reporter.get_source_and_line`` for the places of inline
    nodes, or Sphinx calls a translation other than ``PATH:LINE:<translated>``.
    """
    reporter: Any = document.reporter
    before = vars(reporter).get("get_source_and_line")
    if place:
        reporter.get_source_and_line = lambda _=None: (f"{place}:<translated>", 1)
    try:
        yield
    finally:
        if place:
            reporter.get_source_and_line = before


def name_catalogues(app: Sphinx) -> None:
    """Let warnings of what stands in a translation say so, and name its catalogue.

    Breaks if Sphinx no longer sends warnings by a handler of its logger that takes no less, with
    ``location`` as text once its own filters have passed, and the type behind the message.
    """

    def name(record: Any) -> bool:
        message = logging.LogRecord.getMessage(record)
        place, translated, _ = str(record.location or "").partition(":<translated>")
        if translated:
            message = re.sub(r"( \[[\w.]+\])?$", rf"{IN_TRANSLATION}\1", message, count=1)
            record.location, record.msg, record.args = place, message, ()
        if IN_TRANSLATION in message and (docname := app.env.path2doc(place.rpartition(":")[0])):
            files = filter(None, (gettext.find(*by) for by in _named_catalogues(app.env, docname)))
            shown = ", ".join(os.path.relpath(file, app.srcdir)[:-2] + "po" for file in files)
            if shown:  # what is included has none of its own
                named = f"{IN_TRANSLATION[:-1]}, {shown})"
                record.msg, record.args = message.replace(IN_TRANSLATION, named), ()
        return True

    for handler in logging.getLogger("sphinx").handlers:
        if handler.level == logging.WARNING:
            handler.addFilter(name)


def number_footnotes(document: document) -> None:
    """Let footnotes that an author numbered be numbered with the others, in one order.

    Breaks if docutils no longer keeps those in ``footnotes``, with the number as their name, in
    ``nameids`` too, and as their first child, and the marks that refer to one in ``footnote_refs``.
    """
    marks: dict[str, list[footnote_reference]] = {}
    for mark in document.findall(footnote_reference):
        marks.setdefault(mark.get("refname", ""), []).append(mark)
    for note in list(document.footnotes):
        number = next(iter(note["names"]), "")
        if not number:  # one of two with a number
            continue
        name = f"numbered {number}"
        document.footnotes.remove(note)
        document.autofootnotes.append(note)
        note.pop(0)
        note["auto"], note["names"] = 1, [name]
        # a number that is a name would be left out
        document.nameids[name] = document.nameids.pop(number)
        document.nametypes[name] = document.nametypes.pop(number)
        # of a text that is translated docutils knows the marks of the original alone
        document.footnote_refs.pop(number, None)
        document.footnote_refs[name] = marks.get(number, [])
        for mark in marks.get(number, ()):
            mark.children = []
            mark["auto"], mark["refname"] = 1, name
            if not mark["ids"]:
                document.set_id(mark)


def order_footnotes(document: document) -> None:
    """Let a document's footnotes be numbered in the order in which its text refers to them.

    Breaks if docutils no longer numbers ``autofootnotes`` in their order, and gives the numbers
    of those without a name to ``autofootnote_refs`` in theirs.
    """
    marks = [node for node in document.findall(footnote_reference) if node.get("auto") == 1]
    document.autofootnote_refs = marks
    names = [mark.get("refname") for mark in marks]
    unnamed = iter([place for place, name in enumerate(names) if not name])
    places = {name: place for place, name in reversed(list(enumerate(names))) if name}

    def place(note: Element) -> int:
        own = note["names"] or note["dupnames"]
        found = (places[name] for name in own if name in places) if own else unnamed
        return next(found, len(marks))

    document.autofootnotes.sort(key=place)


def index_lines(entries: Mapping[str, Sequence[tuple[Any, ...]]]) -> Iterator[IndexLine]:
    """Give the lines of a general index, from the entries of index nodes by document.

    Breaks if ``IndexEntries`` asks for more than the entries that the index domain keeps, and for
    the address of each document, to which it adds the target of an entry.
    """
    env: Any = SimpleNamespace(domains=SimpleNamespace(index_domain=SimpleNamespace()))
    env.domains.index_domain.entries = entries
    builder: Any = SimpleNamespace(get_relative_uri=lambda *_: "")
    groups: Any = IndexEntries(env).create_index(builder, group_entries=False)
    return (line for _, lines in groups for line in lines)


def refill_index(
    context: dict[str, Any], arrange: Callable[[Iterable[IndexLine]], IndexGroups]
) -> None:
    """File the general index anew on all its pages, when the first of them, *genindex*, is written.

    Breaks if Sphinx no longer gives the first page the very lists, of groups and of their sizes,
    from which it writes the others, one for each group where the project wants it so.
    """
    groups: IndexGroups = context.get("genindexentries", [])
    groups[:] = arrange(line for _, lines in groups for line in lines)
    context.get("genindexcounts", [])[:] = [
        sum(1 + len(below) for _, (_, below, _) in lines) for _, lines in groups
    ]


def index_words_once() -> None:
    """Let the search of HTML file each word of a document once, not as often as it stands there.

    Breaks if ``IndexBuilder`` no longer takes ``words`` from what its ``_word_collector`` found.
    """
    around(IndexBuilder, IndexBuilder._word_collector, _collect_once)


def _collect_once(collect: Callable[..., WordStore], *given: Any) -> WordStore:
    found = collect(*given)
    found.words = list(dict.fromkeys(found.words))
    return found


def index_objects(builder: Builder) -> None:
    """Let the search of HTML find objects where they are, by the texts that their domains give.

    Sphinx leaves an anchor out of its index that equals an object's id, and its script then takes
    the name that is shown for it (sphinx#10380); names are escaped there, and once more when they
    are shown. Here each row of the index has its anchor, the name as it is, and after what Sphinx
    reads, what else is said of the object, where a domain says it.

    Breaks if a builder's ``indexer`` no longer calls its ``get_objects``, with the number of each
    document, for the rows that searchtools.js reads, or keeps the types of objects elsewhere than
    in ``_objtypes`` and ``_objnames``.
    """
    indexer = getattr(builder, "indexer", None)
    if indexer is None:  # a builder without a search, or one that is not HTML
        return

    def get_objects(numbers: Mapping[str, int]) -> dict[str, list[tuple[int | str, ...]]]:
        rows: list[tuple[int | str, ...]] = []
        for domain in builder.env.domains.sorted():
            for priority, (shown, kind, docname, anchor, about) in sorted(_searched(domain)):
                number = indexer._objtypes.setdefault((domain.name, kind), len(indexer._objtypes))
                type_ = domain.object_types.get(kind)
                name = str(domain.get_type_name(type_)) if type_ else kind
                indexer._objnames[number] = domain.name, kind, name
                if docname in numbers:
                    # browsers know "top" as the begin of any page
                    row = numbers[docname], number, priority, anchor or "top", shown
                    rows.append((*row, about) if about else row)
        return {"": rows} if rows else {}

    indexer.get_objects = get_objects


def forget_numbers(env: BuildEnvironment) -> None:
    """Take the number of its chapter from a document that no numbered toctree contains any more.

    Breaks if Sphinx no longer writes numbers into ``titles`` and ``tocs``, for each document of
    ``toc_secnumbers``, when all documents have been read.
    """
    for docname in env.titles.keys() - env.toc_secnumbers.keys():
        if env.titles[docname].attributes.pop("secnumber", None):
            for node in env.tocs[docname].findall(reference):
                node.attributes.pop("secnumber", None)


def complete_search(builder: Builder) -> None:
    """Let the search of HTML be what a clean build makes, when not all pages were written.

    Sphinx keeps words that no page has any more, and loses the index entries of the pages that it
    does not write again: it puts them into the file of the search, but does not read them there.

    Breaks if a builder's ``indexer`` keeps words, titles and entries elsewhere than in
    ``_mapping``, ``_title_mapping``, ``_all_titles`` and ``_index_entries``, or the file gives
    entries other rows.
    """
    indexer: Any = getattr(builder, "indexer", None)
    if indexer is None:
        return
    for table in (indexer._mapping, indexer._title_mapping):
        for word in [word for word, docnames in table.items() if not docnames]:
            del table[word]
    indexer._all_titles = dict(sorted(indexer._all_titles.items()))
    if missing := indexer._titles.keys() - indexer._index_entries.keys():
        entries = indexer._index_entries | {docname: [] for docname in missing}
        for docname, entry in _entries_of_search(builder):
            if docname in missing:
                entries[docname].append(entry)
        indexer._index_entries = {docname: sorted(entries[docname]) for docname in sorted(entries)}


def _entries_of_search(builder: Any) -> Iterator[tuple[str, tuple[str, str, str]]]:
    """Give the index entries that the file of the last build has, with their documents."""
    try:
        text = Path(builder.outdir, builder.searchindex_filename).read_text(encoding="utf-8")
        frozen = builder.indexer_format.loads(text)
    except (OSError, ValueError):
        return
    for entry, rows in frozen.get("indexentries", {}).items():
        for number, anchor, main in rows:
            yield frozen["docnames"][number], (entry, anchor, "main" if main else "")


def _searched(domain: Domain) -> Iterator[tuple[int, Found]]:
    """Give what is found in a domain, with its priority; what is below 0 is not to be found."""
    if isinstance(domain, IsSearched):
        yield from ((1, found) for found in domain.found_by())
        return
    for _, shown, kind, docname, anchor, priority in domain.get_objects():
        if priority >= 0:
            yield priority, (shown, kind, docname, anchor, "")


def walk_less() -> None:
    """Let what is done to a whole document look no further than at what it can be done to.

    Breaks if a ``NodeMatcher`` no longer looks among its ``classes``, or transforms of Sphinx no
    longer do their work by ``apply``: :func:`_match`, :func:`_curl`, :func:`_highlight`.
    """
    walk_flatly()
    around(NodeMatcher, NodeMatcher.findall, _match)
    around(SphinxSmartQuotes, SphinxSmartQuotes.apply, _curl)
    around(HighlightLanguageTransform, HighlightLanguageTransform.apply, _highlight)


def _match(_findall: object, matcher: NodeMatcher[Any], node: Node) -> Iterator[Node]:
    return filter(matcher, each_of(node, matcher.classes or Node))


def _highlight(apply: Callable[..., None], transform: HighlightLanguageTransform) -> None:
    if each(transform.document, literal_block, highlightlang):
        apply(transform)


def _curl(apply: Callable[..., None], transform: SphinxSmartQuotes) -> None:
    of: Any = transform
    tree = transform.document
    # other classes may look for other characters, and “-1” makes curly ones straight
    if type(transform) is SphinxSmartQuotes and transform.config.smartquotes_action != "-1":
        of.document = _ToCurl(tree)
    apply(transform)
    of.document = tree


class _ToCurl:
    """A document in which those blocks are found that have something to make curly."""

    def __init__(self, tree: document) -> None:
        self._tree = tree

    def __getattr__(self, name: str) -> Any:
        return getattr(self._tree, name)

    def findall(self, kind: type[Element]) -> Iterator[Element]:
        language = self._tree.settings.language_code
        for block in self._tree.findall(kind):
            # of a language without marks Sphinx warns
            marks = any(map(_TO_CURL.search, each(block, Text)))
            if marks or block.get_language_code(language) != language:
                yield block


def titles_alone(env: BuildEnvironment) -> dict[str, Element]:
    """Give the contents of documents without those of their sections that contain no documents.

    Breaks if ``env.tocs`` no longer has for each title an item with a list of what is below it.
    """
    found: dict[str, Element] = {}
    for docname, contents in env.tocs.items():
        found[docname] = contents.deepcopy()
        for item in found[docname].children:
            if isinstance(item, list_item) and len(item) > 1 and not each(item, toctree):
                item.pop(1)
    return found


@contextmanager
def contents_of(env: BuildEnvironment, contents: dict[str, Any]) -> Iterator[None]:
    """Let Sphinx make a list of contents of others than those of the documents.

    Breaks if it no longer takes them from ``env.tocs``.
    """
    whole, env.tocs = env.tocs, contents
    try:
        yield
    finally:
        env.tocs = whole
