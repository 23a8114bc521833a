"""What we touch of Sphinx without its leave is still there."""

from __future__ import annotations

import errno
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from docutils import nodes
from docutils.transforms.references import Footnotes
from docutils.utils import new_document
from harness import ANNALS_ALONE, COLOURS, Project
from hypothesis import given
from hypothesis import strategies as st
from sphinx.config import Config
from sphinx.environment.adapters.toctree import global_toctree_for_doc
from sphinx.search import IndexBuilder
from sphinx.testing.util import SphinxTestApp
from sphinx.transforms import SphinxSmartQuotes
from sphinx.transforms.post_transforms.code import HighlightLanguageTransform
from sphinx.transforms.post_transforms.images import ImageConverter
from sphinx.util.nodes import NodeMatcher
from sphinx_annals.fences.sphinx import (
    complete_search,
    contents_of,
    convertible_images,
    copies_of_titles,
    count_warnings,
    curly,
    curly_run,
    draw_graph,
    fails_by_warnings,
    forget_cut_note,
    forget_numbers,
    index_lines,
    index_objects,
    index_words_once,
    is_given,
    join_visitors,
    keep_no_trees,
    leave_names_to_parsers,
    name_catalogues,
    note_written,
    number_footnotes,
    order_footnotes,
    refill_index,
    rename_sections,
    tell_of_full_disks,
    titles_alone,
    titles_of_sections,
    translated_at,
    translation,
    translation_of,
    translations_of,
    walk_less,
    write_pages_by,
)
from sphinx_annals.messages import WriteError
from support import fence, results_of_objects

REFILLING = """
from sphinx_annals.fences.sphinx import refill_index
html_split_index = True

def refill(app, page, template, context, doctree):
    if page == "genindex":
        refill_index(context, lambda lines: [("All", sorted(lines, reverse=True))])

def setup(app):
    app.connect("html-page-context", refill)
"""

INDEXING = """
from sphinx_annals.fences.sphinx import {0}

def index(app):
    {0}(app.builder)
    return ()

def setup(app):
    app.connect("html-collect-pages", index)
"""


class converted(nodes.General, nodes.Element):  # noqa: N801
    """A node that an extension adds."""


class SvgToPng(ImageConverter):
    """A converter that an extension adds."""

    conversion_rules = [("image/svg+xml", "image/png")]  # noqa: RUF012


@pytest.fixture
def app(project: Project) -> Iterator[SphinxTestApp]:
    with project.write({"index.rst": "Title\n=====\n"}).open("text") as app:
        yield app


def visit(translator, node):
    translator.seen = node


def test_visitors_given_to_add_node_are_found(app: SphinxTestApp) -> None:
    app.builder.name = "own"
    app.add_node(converted, text=(visit, None))
    app.add_node(nodes.container, own=(visit, None))
    with fence(join_visitors):
        join_visitors(app.builder)
        translator = app.builder.create_translator(new_document("index.rst"), app.builder)
        for node in (converted(), nodes.container()):
            translator.dispatch_visit(node)
            assert translator.seen is node


def test_a_name_of_no_domain_is_told_by_its_parser_alone(app: SphinxTestApp) -> None:
    with fence(leave_names_to_parsers):
        leave_names_to_parsers()
        (Path(app.srcdir) / "index.rst").write_text("Title\n=====\n\n.. no:x::\n\n:no:y:`z`\n")
        app.build()
        said = COLOURS.sub("", app.warning.getvalue()).splitlines()
        places = [line.partition("index.rst:")[2][:8] for line in said if "nknown" in line]
        assert places == ["4: ERROR", "6: ERROR"]


def test_types_of_images_that_are_converted_are_found(app: SphinxTestApp) -> None:
    app.add_post_transform(SvgToPng)
    with fence(convertible_images):
        assert "image/svg+xml" in convertible_images(app)


def test_what_is_kept_of_titles_can_be_changed(app: SphinxTestApp) -> None:
    (Path(app.srcdir) / "index.rst").write_text(".. _here:\n\nTitle\n=====\n\n:ref:`here`\n")
    app.builder.read()
    with fence(copies_of_titles):
        copies = list(copies_of_titles(app.env, "index"))
        assert [copy.astext() for copy in copies] == ["Title"] * 3
    with fence(rename_sections):
        rename_sections(app.env, "index", "Title", "Name")
        app.builder.build_all()
        assert "Name" in (Path(app.outdir) / "index.txt").read_text()
    with fence(titles_of_sections):
        (app.srcdir / "index.rst").write_text("Title\n=====\n\nA part\n------\n")
        app.build(force_all=True)
        assert titles_of_sections(app.env, "index") == {"a-part": "A part"}


def test_footnotes_are_numbered_in_the_order_of_the_text() -> None:
    document = new_document("index.rst")
    for name in ("late", "early", ""):
        note = nodes.footnote("", nodes.paragraph("", name), auto=1, names=[name] if name else [])
        document.note_autofootnote(note)
        document += note
    marks = [nodes.footnote_reference("", auto=1, refname=name) for name in ("early", "late")]
    unnamed = nodes.footnote_reference("", auto=1)
    document.insert(0, nodes.paragraph("", "", marks[0], unnamed, marks[1]))
    with fence(order_footnotes):
        order_footnotes(document)
        assert [note.astext() for note in document.autofootnotes] == ["early", "", "late"]
        assert document.autofootnote_refs == [marks[0], unnamed, marks[1]]


def test_footnotes_with_numbers_are_numbered_with_the_others() -> None:
    document = new_document("index.rst")
    note = nodes.footnote("", nodes.label("", "1"), nodes.paragraph("", "Own"), names=["1"])
    document.note_footnote(note)
    document.note_explicit_target(note)
    mark = nodes.footnote_reference("", "1", refname="1")
    document.note_footnote_ref(mark)
    document += [nodes.paragraph("", "", mark), note]
    with fence(number_footnotes):
        number_footnotes(document)
        Footnotes(document).apply()
        assert (note.astext(), mark.astext(), mark["refid"]) == ("1\n\nOwn", "1", note["ids"][0])


def test_a_setting_that_is_given_is_told_from_a_default(app: SphinxTestApp) -> None:
    (Path(app.srcdir) / "conf.py").write_text("project = 'Given'\n")
    config = Config.read(app.srcdir, overrides={"author": "Me"}, tags=app.tags)
    with fence(is_given):
        given = [name for name in ("project", "author", "copyright") if is_given(config, name)]
        assert given == ["project", "author"]


def test_the_index_is_filed_anew_on_all_its_pages(project: Project) -> None:
    project.write({"index.rst": "T\n=\n\n.. index:: apple, pear\n", "conf.py": REFILLING})
    built = project.build()
    with fence(refill_index):
        pages = {path.name for path in built.outdir.glob("genindex-*.html")}
        assert pages == {"genindex-all.html", "genindex-All.html"}
        for page in pages:
            text = built.read(page)
            assert 0 < text.index(">pear") < text.index(">apple")


def test_entries_of_all_kinds_are_lines_of_the_index() -> None:
    kinds = {
        "single": "Mao; in Moscow",
        "pair": "treaty; loan",
        "triple": "a; b; c",
        "see": "Tse-tung; Mao",
        "seealso": "loan; credit",
    }
    entries = [(kind, value, f"at-{kind}", "", None) for kind, value in kinds.items()]
    with fence(index_lines):
        lines = dict(index_lines({"index": [*entries, ("single", "Mao", "here", "main", None)]}))
        assert lines["Mao"][:2] == ([("main", "#here")], [("in Moscow", [("", "#at-single")])])
        assert lines["Tse-tung"][:2] == ([], [("see Mao", [])])
        assert [sub for sub, _ in lines["loan"][1]] == ["see also credit", "treaty"]
        assert [sub for name in "abc" for sub, _ in lines[name][1]] == ["b c", "c, a", "a b"]


FORGETTING = """
from sphinx_annals.fences.sphinx import forget_numbers

def setup(app):
    app.connect("env-get-updated", lambda app, env: forget_numbers(env) or [], priority=900)
"""


def test_a_chapter_that_left_the_contents_has_no_number(project: Project) -> None:
    contents = "T\n=\n\n.. toctree::\n   :numbered:\n\n   a\n"
    page = ":orphan:\n\n{0}\n=\n\nPart\n----\n"
    pages = {f"{name}.rst": page.format(name) for name in "ab"}
    project.write({**pages, "index.rst": f"{contents}   b\n", "conf.py": FORGETTING}).build()
    env = project.write({"index.rst": contents}).build().env
    with fence(forget_numbers):
        for numbered, tree in ((True, "a"), (False, "b")):
            kept = [env.titles[tree], *env.tocs[tree].findall(nodes.reference)]
            assert {bool(node.get("secnumber")) for node in kept} == {numbered}


def test_the_search_is_that_of_a_clean_build(project: Project) -> None:
    text = "T\n=\n\n.. index:: {}; Word\n\nWords.\n"
    pages = {"index.rst": text.format("A") + "\n.. toctree::\n\n   b\n", "b.rst": text.format("B")}
    project.write({**pages, "conf.py": INDEXING.format("complete_search")}).build()
    project.edit("b.rst", "Words", "Others")
    with fence(complete_search):
        again, clean = (project.build(out=out).read("searchindex.js") for out in ("out", "clean"))
        assert again == clean
        assert "word" in again


def test_the_search_files_each_word_of_a_document_once(project: Project) -> None:
    app = project.write({"index.rst": "T\n=\n\nOne two one, two.\n\nThree one\n"}).build().app
    indexer = IndexBuilder(app.env, "en", {}, "")
    with fence(index_words_once):
        index_words_once()
        found = indexer._word_collector(app.env.get_doctree("index"))
        assert found.words == ["T", "One", "two", "one", "Three"]


def test_objects_are_found_where_they_are(project: Project) -> None:
    page = "T\n=\n\n.. py:function:: f.g\n\n.. js:data:: a<b\n\n.. confval:: is it\n"
    built = project.write({"index.rst": page, "conf.py": INDEXING.format("index_objects")}).build()
    with fence(index_objects):
        found = {row.shown: row for row in results_of_objects(built)}
        assert set(found) == {"f.g", "a<b", "is it"}
        for row in found.values():
            assert built.soup(row.page).find(id=row.anchor), row


@pytest.mark.parametrize(
    ("typed", "language", "shown"),
    [
        ("plain", "en", "plain"),
        ("it's", "en", "it’s"),
        ('"so"', "en", "“so”"),
        ("'so'", "en", "‘so’"),
        ("`x's` 'y'", "en", "`x's` 'y'"),
        ('sec. "A", "B"', "en", "sec. “A”, “B”"),
        ('"so"', "de", "„so“"),
        ('"so"', "fr", "« so »"),
        ('"so"', "ru", "«so»"),
        ('"so"', "xx", '"so"'),
    ],
)
def test_quotation_marks_are_those_of_prose(typed: str, language: str, shown: str) -> None:
    with fence(curly):
        found = curly(typed, language)
    assert found.replace("\u202f", " ").replace("\u00a0", " ") == shown


def test_quotation_marks_know_what_stands_before_them() -> None:
    with fence(curly_run):
        found = curly_run(['"', "Aurora", '" so', "'x'"], [False, False, False, True], "en")
    assert found == ["“", "Aurora", "” so", "'x'"]


QUOTING = """
from sphinx_annals.fences.sphinx import walk_less
smartquotes_action = "{action}"

def setup(app):
    walk_less() if {less} else None
"""

MARKS = """
"So" it's -- *"a* -- b" ``"code"`` ... plain \\"no\\" &quot;x&quot; &#34;

T "a"
=====

Plain words, *emphasis*.

.. rst-class:: language-xx

   Plain.

- A . . . b
- ``c``

.. highlight:: pycon

::

   >>> "x"

.. code-block:: c

   "y"

.. image:: x"y.png
   :alt: An "x".

=====  =====
"a"    b--c
=====  =====

“Curly” – and ‘so’ on…
"""


@pytest.mark.parametrize("action", ["qDe", "qBde", "2w", "-1"])
def test_what_is_left_undone_would_change_nothing(
    tmp_path: Path, action: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = []
    for less in (False, True):
        for transform in (SphinxSmartQuotes, HighlightLanguageTransform):
            whole = getattr(transform.apply, "__wrapped__", transform.apply)
            monkeypatch.setattr(transform, "apply", whole)
        files = {"conf.py": QUOTING.format(less=less, action=action), "index.rst": MARKS}
        built = Project(tmp_path / str(less)).write(files).build(warnings=None)
        pages.append((built.read("index.html"), sorted(built.warnings)))
    with fence(walk_less):
        assert pages[0] == pages[1]
        assert any("xx" in warning for warning in pages[1][1])


def test_matchers_find_what_they_match() -> None:
    walk_less()
    marked = nodes.inline("", "", nodes.inline("", "a"), translatable=False)
    tree = nodes.paragraph("", "", marked, nodes.emphasis("", "b"))
    with fence(walk_less):
        assert [*NodeMatcher(nodes.inline, translatable=False).findall(tree)] == [marked]
        either = NodeMatcher(nodes.inline, nodes.emphasis)
        assert [*either.findall(tree)] == [marked, marked[0], tree[1]]
        assert len([*NodeMatcher().findall(tree)]) == 6


def test_contents_have_the_titles_of_all_documents_alone(project: Project) -> None:
    part = "{0}\n=\n\nPart\n----\n\n"
    tree = ".. toctree::\n   :hidden:\n\n   {0}\n\n"
    pages = {
        "index.rst": "T\n=\n\n" + tree.format("a\n   b\n   self\n   Else <https://x.org>"),
        "a.rst": part.format("A") + tree.format("c") + "More\n----\n",
        "b.rst": part.format("B")
        + ".. only:: html\n\n   "
        + tree.format("d").replace("\n", "\n   "),
        "c.rst": "Parts\n=====\n\nC\n=\n\nPart\n----\n",
        "d.rst": part.format("D"),
    }
    app = project.write(pages).build().app
    titles = titles_alone(app.env)
    for docname in app.env.found_docs:
        for collapse in (False, True):
            given: Any = {"titles_only": True, "collapse": collapse, "tags": app.tags}
            whole = global_toctree_for_doc(app.env, docname, app.builder, **given)
            with fence(contents_of), contents_of(app.env, titles):
                made = global_toctree_for_doc(app.env, docname, app.builder, **given)
            assert str(made) == str(whole)
    with fence(titles_alone):
        assert "Part" not in titles["d"].astext() and "Part" in app.env.tocs["d"].astext()


@given(st.text(alphabet="ab “”‘’"))
def test_a_text_without_straight_marks_stays(text: str) -> None:
    assert curly(text) == text


def test_graphs_are_drawn_among_the_images_of_a_build(app: SphinxTestApp, tmp_path: Path) -> None:
    dot = tmp_path / "dot"
    dot.write_text('#!/bin/sh\nfor last; do :; done\nprintf "<svg/>" > "${last#-o}"\n')
    dot.chmod(0o755)
    app.setup_extension("sphinx.ext.graphviz")
    app.config.graphviz_dot, app.builder.imagedir = str(dot), "images"
    app.env.current_document.docname = "index"
    translator = app.builder.create_translator(new_document("index.rst"), app.builder)
    with fence(draw_graph):
        path = draw_graph(translator, "digraph { a -> b }", {}, "svg")
        assert path is not None and path.parent == Path(app.outdir, "images")
        assert path.read_text() == "<svg/>"


def test_what_fails_a_build_is_known_and_counted(tmp_path: Path) -> None:
    project = Project(tmp_path).write({"index.rst": "T\n=\n\n:nothing:`x`\n"})
    for strict in (False, True):
        built = project.build("dummy", strict=strict, fresh=True, warnings=None)
        with fence(fails_by_warnings):
            assert fails_by_warnings(built.app) == strict
        with fence(count_warnings):
            assert count_warnings(built.app) == len(built.warnings) > 0


def test_the_catalogue_of_a_document_is_found(tmp_path: Path) -> None:
    said = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "One"\nmsgstr "Eins"\n'
    project = Project(tmp_path).write(
        {
            "conf.py": "language = 'de'\n",
            "index.rst": "One\n",
            "locales/de/LC_MESSAGES/index.po": said,
        }
    )
    found: list[str] = []
    one: list[str] = []

    def look(app: SphinxTestApp, docname: str, _source: list[str]) -> None:
        found.extend(translations_of(app.env, docname))
        one.append(translation_of("One", app.env))

    with project.open() as app:
        app.connect("source-read", look)
        app.build()
    with fence(translations_of):
        assert "Eins" in found
    with fence(translation_of):
        assert one == ["Eins"]
    with fence(translated_at):
        (text,) = app.env.get_doctree("index").findall(nodes.paragraph)
        assert translated_at(text).endswith("index.rst:1:<translated>")


def test_a_slip_in_a_translated_title_names_the_catalogue(tmp_path: Path) -> None:
    page = "T\n=\n\n.. event:: One\n   :id: e\n\n   Two.\n\n.. include:: part.inc\n"
    po = 'msgid "One"\nmsgstr "Eins :event:`zzz`"\n\nmsgid "Two."\nmsgstr "Zwei :ref:`no`."\n'
    files = {"index.rst": page, "part.inc": ".. event:: One\n   :id: f\n"}
    files["locales/de/LC_MESSAGES/index.po"] = po
    built = Project(tmp_path, ANNALS_ALONE).write(files).build("text", language="de", warnings=None)
    *_, one, two, included = built.warnings
    assert included.endswith(
        "part.inc:1: WARNING: unknown event 'zzz' (in its translation) [annals.ref]"
    )
    with fence(translation):
        assert one.startswith("index.rst:4: WARNING: unknown event 'zzz' (in its translation")
    with fence(name_catalogues):
        place = "(in its translation, locales/de/LC_MESSAGES/index.po)"
        assert f"'zzz' {place} [annals.ref]" in one
        assert two == f"index.rst:7: WARNING: undefined label: 'no' {place} [ref.ref]"


def test_the_tree_of_a_document_is_read_from_its_file(tmp_path: Path) -> None:
    project = Project(tmp_path).write({"index.rst": "T\n=\n"})
    read: list[nodes.Element] = []
    written: list[nodes.Element] = []
    with project.open() as app:
        app.connect("env-before-read-docs", lambda app, *_: keep_no_trees(app.env))
        app.connect("doctree-read", lambda _app, tree: read.append(tree))
        app.connect("doctree-resolved", lambda _app, tree, _docname: written.append(tree))
        app.build()
        with fence(keep_no_trees):
            assert written[0] is not read[0]
            assert app.env.get_doctree("index") is not app.env.get_doctree("index")
            assert not (app.env._pickled_doctree_cache or app.env._write_doc_doctree_cache)


@pytest.mark.parametrize("left", [0, 1, 3])
def test_a_note_of_the_configuration_that_is_cut_ends_no_build(project: Project, left: int) -> None:
    load = "from sphinx_annals.fences.sphinx import forget_cut_note\n"
    connect = "def setup(app):\n    app.connect('builder-inited', forget_cut_note)\n"
    note = (
        project.write({"conf.py": load + connect, "index.rst": "T\n="}).build().find(".buildinfo")
    )
    whole = note.read_text("utf-8")
    with fence(forget_cut_note):
        note.write_text("".join(whole.splitlines(keepends=True)[:left]) + "co", "utf-8")
        assert project.build().find(".buildinfo").read_text("utf-8") == whole


@pytest.mark.parametrize("builder", ["html", "epub"])
def test_pages_are_written_where_they_are_put(project: Project, builder: str) -> None:
    put: list[Path] = []

    def elsewhere(target: Path, write: Callable[[Path], object]) -> None:
        write(target.with_name("new"))
        put.append(target.with_name("new").rename(target))

    with fence(write_pages_by), project.write({"index.rst": "T\n="}).open(builder) as app:
        write_pages_by(app.builder, elsewhere)
        app.build()
        assert Path(app.builder.get_outfilename("index")) in put


@pytest.mark.parametrize("builder", ["html", "text"])
def test_a_page_without_room_ends_the_build(
    project: Project, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    def full(*_given: object, **_more: object) -> None:
        raise OSError(errno.ENOSPC, "no room")

    with fence(tell_of_full_disks), project.write({"index.rst": "T\n="}).open(builder) as app:
        tell_of_full_disks(app.builder)
        monkeypatch.setattr(Path, "write_text", full)
        with pytest.raises(WriteError, match="no room"):
            app.build()


def test_those_documents_are_noted_that_are_written(project: Project) -> None:
    project.write({"index.rst": "T\n=", "other.rst": ":orphan:\n\nO\n="})
    noted: set[str] = set()
    with fence(note_written), project.open() as app:
        note_written(app.builder, noted.update)
        app.build(filenames=[project.root / "other.rst"])
        assert noted == {"other"}
