"""What every part of the translator stands on: the output, anchors, languages, context.

At the end are visitors that many kinds of nodes share, made from the markup that they write.
"""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from itertools import count
from typing import Any, TypeVar

from docutils import nodes
from docutils.nodes import Element, Node
from sphinx import addnodes
from sphinx.util.docutils import SphinxTranslator
from sphinx.util.nodes import traverse_parent

from sphinx_annals.messages import warn
from sphinx_annals.pdf.markup import array, escape, string
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.typesetting import (
    BLOCK_END,
    BLOCK_MARK,
    SOURCE_MARK,
    Plain,
    families_for,
    typst_language,
)
from sphinx_annals.pdf.volume import VolumeBuilder
from sphinx_annals.walking import each

_E = TypeVar("_E", bound=Element)


def _named(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Nodes of which the children are printed and nothing else.
PASSED = _named(
    "abbreviation acks acronym compound desc_addname desc_inline desc_type field_body "
    "generated glossary only substitution_reference system_message "
    "pending_xref pending_xref_condition target "  # nothing resolved it, or it has but an anchor
    "PassthroughTextElement "  # sphinx-design's
    "NeedPart "  # sphinx-needs's
    "_HTMLLabel "  # sphinx-collapse's
    "Prompt "  # sphinx-toolbox's
    "CollapsedLog"  # sphinxcontrib-log-cabinet's: it folds what was changed in older versions
)
#: Nodes that have no place in a printed book.
SKIPPED = _named(
    "colspec comment decoration highlightlang label meta pending substitution_definition "
    "tabular_col_spec toctree "
    "fontawesome sd_icon "  # sphinx-design's
    "_HTMLInput _HTMLIcon "  # sphinx-collapse's: what folds is open
    "DummyTocTree"  # nbsphinx's: what it leads to is printed
)
#: Where nodes of extensions have words that are no children: diagrams, films, boxes of other pages.
_BESIDE = ("title", "caption", "alt", "text", "content", "code")
#: What visitors fail with where a node has not the form that docutils gives it.
_MISFORMED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
#: What documents and chapters consist of, and what they stand in.
_SECTIONS = (nodes.section, addnodes.start_of_file)
_HOLDERS = (nodes.document, *_SECTIONS)
#: Nodes that write their anchors themselves.
SKELETON = (*_HOLDERS, nodes.title, nodes.footnote)


def _texts(node: Node) -> Iterator[str]:
    """Give the text of a node, paragraph by paragraph."""
    if isinstance(node, nodes.Text | nodes.TextElement):
        yield "" if isinstance(node, nodes.raw) else node.astext()
    elif isinstance(node, nodes.image):
        yield node.get("alt", "")
    elif not isinstance(node, nodes.Invisible):
        for child in node.children:
            yield from _texts(child)


def _line_of(node: Element) -> int:
    """Give the line of a block: its own, or the first that is known in it, 0 if none is.

    What stands before it has a smaller one: the cells of a CSV count lines from 1.
    """
    if node.line:
        return node.line
    within = next((part.line for part in node.findall() if part.line), 0)
    before = reversed(node.parent.children[: node.parent.index(node)])
    return max(within, next((known.line for known in before if known.line), 0))


class BaseTranslator(SphinxTranslator, ABC):
    """Output buffers, anchors and the little state that the visitors share."""

    builder: VolumeBuilder

    def __init__(
        self, document: nodes.document, builder: VolumeBuilder, options: dict[str, Any]
    ) -> None:
        super().__init__(document, builder)
        self.options = options
        self._elements = each(document, Element)
        #: What has sections in it, and sections themselves.
        self._divided = {node for part in self.every(*_SECTIONS) for node in traverse_parent(part)}
        self.defined: set[str] = set()
        self.definitions: dict[str, str] = {}
        self.languages: dict[str, str] = {}
        self.docnames = [str(document.get("docname", ""))]
        #: What is written that Typst repeats elsewhere, so that no link may stand in it.
        self.context: list[str] = []
        self.head_marks: list[str] = []
        self._buffers: list[list[str]] = [[]]
        self._pending: list[str] = []
        self._closers: list[tuple[Node, str]] = []
        #: How long words, and signs, are broken where there is little room, as in tables.
        self.narrow: tuple[int, ...] = ()
        #: Whether text keeps its spaces and lines.
        self.verbatim = False
        self._main = False
        #: Whether what comes belongs to what the start document says before the first chapter.
        self.in_preface = False
        self._abbreviations: set[tuple[str, str]] = set()
        self._unknown: set[str] = set()
        #: What may stand for each block, by the number of its mark.
        self.plain: list[Plain] = []
        self._serials = count(1)
        self._visitors: dict[tuple[str, type[Node]], Callable[[Any], None]] = {}

    def every(self, *kinds: type[_E]) -> list[_E]:
        """Give all nodes of some kinds in the book, in its order."""
        return [node for node in self._elements if isinstance(node, kinds)]

    # Output

    def append(self, markup: str) -> None:
        """Add raw Typst markup (markup mode)."""
        self._buffers[-1].append(markup)

    def text(self, text: str) -> None:
        """Add *text* so that it is typeset literally."""
        self.append(escape(text, *self.narrow))

    def render(self, *children: Node) -> str:
        """Translate *children* and return the markup instead of adding it."""
        self._buffers.append([])
        for child in children:
            child.walkabout(self)
        return "".join(self._buffers.pop())

    def define(self, name: str, code: str) -> None:
        """Put Typst *code* before the text of the book, once for each *name*."""
        self.definitions.setdefault(name, code)

    def serial(self) -> int:
        """Give a number that nothing else in the book has, by which Typst finds it again."""
        return next(self._serials)

    # Where we are

    @property
    def docname(self) -> str:
        """The document that the current node was written in."""
        return self.docnames[-1]

    @property
    def in_title(self) -> bool:
        """Tell whether the output goes to a heading or caption, which Typst repeats elsewhere."""
        return "title" in self.context

    def figure_number(self, node: Element, kind: str, name: str = "") -> str:
        """Give "Fig. 1.2" as Sphinx numbers it, from ``env.toc_fignumbers``."""
        kinds = self.builder.env.toc_fignumbers.get(self.docname, {}).get(kind, {})
        number = next((kinds[name] for name in node["ids"] if name in kinds), ())
        if not number:
            return ""
        form = str(self.config.numfig_format.get(name or kind, "%s"))
        return form.replace("%s", ".".join(map(str, number))).strip()

    # Anchors

    def label_name(self, docname: str, node_id: str = "") -> str:
        """Give the name of the label for an id of a document, or of the document itself."""
        return f"{docname}#{node_id}"

    def target(self, docname: str, node_id: str = "") -> str:
        """Give Typst code for the label of an id, for use in ``link`` and ``page-of``.

        The id may stand later in the book. If in the end nothing printed carries it, the code
        names the document instead, so a link never breaks the compilation.
        """
        return self.link_to(self.label_name(docname, node_id), self.label_name(docname))

    def link_to(self, name: str, fallback: str = "") -> str:
        """Give Typst code for the label *name*, which some anchor defines."""
        return f"\x00{name}\x01{fallback or name}\x02"

    def anchor(self, name: str) -> str:
        """Give markup that defines the label *name*, or nothing if it is defined already."""
        if name in self.defined:
            return ""
        self.defined.add(name)
        mark = f"\x03{'!' if self.in_title else '.'}{name}\x04"
        if "table head" in self.context:
            self.head_marks.append(mark)
            return ""
        return mark

    def anchors(self, node: Element) -> str:
        """Give markup that defines a label for each id of *node*."""
        return "".join(self.anchor(self.label_name(self.docname, name)) for name in node["ids"])

    def later(self, markup: str) -> None:
        """Add invisible *markup* (an anchor, an index mark) at the start of what comes next."""
        # On its own before a block it may stay behind on the page before.
        self._pending.append(markup)

    def flush(self) -> None:
        """Add what :meth:`later` kept."""
        self.append("".join(self._pending))
        self._pending.clear()

    @property
    @abstractmethod
    def printed_indices(self) -> frozenset[str]:
        """The indices that stand at the end of this book."""

    def existing(self, docname: str, node_id: str) -> tuple[str, str] | None:
        """Give a document and an id as they are if they are in the book, and an index alone."""
        ids = self.builder.targets.get(docname)
        if ids is None:
            return (docname, "") if docname in self.printed_indices else None
        return (docname, node_id) if not node_id or node_id in ids else None

    # Blocks

    def alignment(self, node: Element) -> str:
        """Give the argument that sets a figure or table at the side that was asked for."""
        align = node.get("align")
        return f", align: {align}" if align in {"left", "right"} else ""

    def begin_main(self) -> None:
        """End the front matter before the first thing of the main text."""
        # A show rule holds to the end of its bracket, so it must not be written inside of one.
        if not self._main and len(self._buffers) == 1:
            self._main = True
            self.append("\n\n#show: main-matter\n")

    def source_mark(self, line: int) -> str:
        """Give the comment that says where in the source is what the compiler complains of."""
        return f"{SOURCE_MARK}{self.docname}:{line}\n"

    def block_mark(self, line: int | None, text: Callable[[], str]) -> str:
        """Give the comment before what may be replaced; ``BLOCK_END`` comes behind it."""
        self.plain.append(Plain(f"{self.docname}:{line or 1}", text))
        return f"{BLOCK_MARK}{len(self.plain) - 1}\n"

    def _is_block(self, node: Element) -> bool:
        """Tell whether a node is a block of a section, with nothing of the skeleton in it."""
        is_silent = isinstance(node, nodes.title | nodes.Invisible)
        return isinstance(node.parent, _HOLDERS) and not is_silent and node not in self._divided

    def _begin_replaceable(self, node: Element) -> None:
        if not self.in_preface:
            self.begin_main()

        def text() -> str:
            return "\n\n".join(map(escape, _texts(node)))

        line = _line_of(node)
        if line and not node.line:  # else it says so itself
            self.append(f"\n\n{self.source_mark(line)}")
        self.append(f"\n\n{self.block_mark(line, text)}")
        self._closers.append((node, BLOCK_END))

    def open_block(self, node: Node | None = None, opening: str = "") -> None:
        """Start a block: a blank line, the source place for messages, waiting anchors."""
        if not self.in_preface:
            self.begin_main()
        self.append("\n\n")
        if node is not None and node.line:
            self.append(self.source_mark(node.line))
        self.append(opening)
        self.flush()

    def begin_block(self, function: str, node: Element | None = None) -> None:
        """Start a block that is the last argument of a Typst *function* call, anchors inside.

        ``begin_block("ruled")`` sets its content off with a thin line at the left, and
        ``ruled-title`` is a heading for it; any function of the template or one made known with
        :meth:`define` will do, arguments included: ``begin_block('ruled(kind: "event")')``.
        """
        # Inside, so that a page is broken before the anchors of a block, never behind them.
        self.open_block(node, f"#{function}[")

    def end_block(self, node: Element | None = None) -> None:
        """Close the block that :meth:`begin_block` opened; it serves as a visitor too."""
        self.flush()
        self.append("]\n")

    def content(self, node: Element) -> str:
        """Give the children of a cell or an item in brackets, with its anchors and language."""
        self.later(self.anchors(node))
        wrapper = self._language_wrapper(node)
        self._buffers.append([f"#{wrapper}[" if wrapper else ""])
        for child in node.children:
            child.walkabout(self)
        self.flush()
        return f"[{''.join(self._buffers.pop())}{']' if wrapper else ''}]"

    # Languages

    def _language_wrapper(self, node: Element) -> str:
        for name in node["classes"]:
            prefix, _, tag = name.partition("language-")
            if tag and not prefix:
                return self.language(tag)
        return ""

    def language(self, tag: str) -> str:
        """Give the name of a Typst function that sets text in the language *tag* (BCP 47)."""
        name = "lang-" + re.sub("[^a-z0-9]+", "-", tag.lower()).strip("-")
        if name not in self.languages:
            lang, region = typst_language(tag)
            # The language alone changes no font, and one font has not the forms of all regions.
            families = array(string(f) for f in families_for(self.options["fonts"], tag))
            place = f", region: {string(region)}" if region else ""
            code = f"#let {name} = text.with(lang: {string(lang)}{place}, font: {families})"
            self.languages[name] = code
        return name

    # Dispatch

    def _visitor(self, verb: str, kind: type[Node]) -> Callable[[Any], None]:
        """Give what visits or departs nodes of a class, or of the first of its bases that has one.

        Sphinx looks through all of them again at each node.
        """
        if (verb, kind) not in self._visitors:
            names = (f"{verb}_{base.__name__}" for base in kind.__mro__)
            own = (getattr(self, name, None) for name in names)
            unknown = self.unknown_visit if verb == "visit" else self.unknown_departure
            self._visitors[verb, kind] = next(filter(None, own), unknown)
        return self._visitors[verb, kind]

    def dispatch_visit(self, node: Node) -> None:
        """Wrap each visitor: anchors for ids, a language for its class."""
        visit = self._visitor("visit", type(node))
        if not isinstance(node, nodes.Element):
            visit(node)
            return
        inline = isinstance(node, nodes.Inline) or isinstance(node.parent, nodes.TextElement)
        wrapper = ""
        if len(self._buffers) == 1 and self._is_block(node):
            self._begin_replaceable(node)
        if not isinstance(node, SKELETON):
            (self.append if inline else self.later)(self.anchors(node))
            wrapper = self._language_wrapper(node)
        if wrapper:
            if not inline:
                self.open_block(node)
            self.append(f"#{wrapper}[" if inline else f"#{wrapper}[\n")
            self._closers.append((node, "]"))
        begun = len(self._buffers), len(self._buffers[-1]), len(self._closers), len(self.context)
        outside = self.narrow, self.verbatim
        try:
            visit(node)
        except nodes.SkipNode:
            self._close(node)
            raise
        except _MISFORMED as exc:
            self.narrow, self.verbatim = outside
            self._take_back(*begun)
            self._unreadable(node, exc, inline=inline)
            self._close(node)
            raise nodes.SkipNode from exc

    def dispatch_departure(self, node: Node) -> None:
        """Close what :meth:`dispatch_visit` and the visitor opened."""
        self._visitor("depart", type(node))(node)
        self._close(node)

    def _close(self, node: Node) -> None:
        while self._closers and self._closers[-1][0] is node:
            self.append(self._closers.pop()[1])

    def _take_back(self, buffers: int, written: int, closers: int, context: int) -> None:
        del self._buffers[buffers:], self._buffers[-1][written:]
        del self._closers[closers:], self.context[context:]

    def _unreadable(self, node: Element, exc: Exception, *, inline: bool) -> None:
        """Print the text of a node that has not what its visitor looks for in it."""
        message = f"the node {type(node).__name__!r} cannot be read ({type(exc).__name__}: {exc})"
        warn(Subtype.UNKNOWN_NODE, f"{message}, its text is printed as it comes", node)
        if not inline:
            self.open_block(node)
        self.append(("" if inline else "\n\n").join(map(escape, _texts(node))))

    def unknown_visit(self, node: Node) -> None:
        """Warn once of each kind; the children are printed, or what is said beside them."""
        names = {cls.__name__ for cls in type(node).__mro__}
        if names & SKIPPED:
            raise nodes.SkipNode
        if names & PASSED:
            return
        name = type(node).__name__
        if name not in self._unknown:
            self._unknown.add(name)
            message = (
                f"the node {name!r} has no visitor for Typst, its text is printed as it comes; "
                f"give one with app.add_node({name}, typst=(visit, depart))"
            )
            warn(Subtype.UNKNOWN_NODE, message, node)
        if isinstance(node, Element) and not node.astext().strip():
            beside = [node[key] for key in _BESIDE if isinstance(node.get(key), str)]
            self.append("".join(f"#raw({string(words)}, block: true)\n" for words in beside))

    def unknown_departure(self, node: Node) -> None:
        """Nothing to close."""


# What docutils declares for each node is the node's own class; these take any, so they are Any.
Visitor = Any


def around(before: str, after: str = "]") -> tuple[Visitor, Visitor]:
    """Give the visitors of nodes whose content stands between two pieces of markup."""

    def visit(self: Any, node: Element) -> None:
        self.append(before)

    def depart(self: Any, node: Element) -> None:
        self.append(after)

    return visit, depart


def inside(function: str) -> tuple[Visitor, Visitor]:
    """Give the visitors of nodes that are a block inside a function."""

    def visit(self: Any, node: Element) -> None:
        self.begin_block(function)

    def depart(self: Any, node: Element) -> None:
        self.end_block()

    return visit, depart


def whole(markup: Callable[[Any, Element], str]) -> Visitor:
    """Make a visitor of what gives the markup of a node with all that is below it."""

    def visit(self: Any, node: Element) -> None:
        self.append(markup(self, node))
        raise nodes.SkipNode

    return visit


def whole_block(markup: Callable[[Any, Element], str]) -> Visitor:
    """Make a visitor like :func:`whole` of nodes that are a block of their own."""

    def visit(self: Any, node: Element) -> None:
        self.open_block(node)
        whole(markup)(self, node)

    return visit


def line(function: str) -> Visitor:
    """Give the visitor of nodes that are one line inside a function of the template."""
    return whole_block(lambda self, node: f"#{function}[{self.render(*node.children)}]\n")
