"""A view: what an author asks of it, what it then shows as plain values, the nodes of these.

A view is one class. What :meth:`View.shown` gives is all that :meth:`View.nodes` gets, and its
hash tells whether a page is stale: so nothing that readers see can be left out of it.
"""

from abc import abstractmethod
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from typing import Any, ClassVar, Generic, TypeVar

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx

from sphinx_annals.annals.criticism import Comparison
from sphinx_annals.annals.directives import AnnalsDirective
from sphinx_annals.annals.doctree import Renderer, fill_in, heading, nodes_of, taken_out, view
from sphinx_annals.annals.domain import domain_of
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import Ids, Kind
from sphinx_annals.annals.paths import STATIC
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.filters import Filter, problems
from sphinx_annals.annals.views.options import asked, options_of
from sphinx_annals.extension import add_script
from sphinx_annals.language import Language
from sphinx_annals.walking import each

_S = TypeVar("_S")


@dataclass(frozen=True, kw_only=True)
class View(Generic[_S]):
    """One view in a document. Its docstring is the help of its directive.

    The attributes that a subclass declares with :func:`~.options.asked` are its options.
    """

    name: ClassVar[str]
    """The name of its directive."""
    subtype: ClassVar[Subtype] = Subtype.FILTER
    """The subtype of the warnings about what is asked for in vain."""
    borrows: ClassVar[bool] = False
    """Whether it shows copies of what other documents say, with references to be resolved."""
    script: ClassVar[str] = ""
    """What makes it answer to readers in HTML, a file of ``static``; nothing is missing without."""

    docname: str
    anchor: str
    line: int
    file: str = ""

    @classmethod
    def read_argument(cls, text: str) -> dict[str, Any]:
        """Give the attributes that the argument fills; a ValueError says what is wrong."""
        return {}

    @abstractmethod
    def shown(self, corpus: Corpus) -> _S:
        """Give all that it shows, as plain values: frozen, with links by id."""

    @abstractmethod
    def nodes(self, shown: _S, render: Renderer) -> list[Node]:
        """Make the nodes of what is shown, and of nothing else; not asked where it is empty."""

    def holds(self, corpus: Corpus) -> Iterable[Comparison]:
        """Give the points that stand here, and not where their verdicts or accounts do."""
        return ()

    def problems(self, corpus: Corpus) -> Iterator[str]:
        """Say what is asked for that nobody states."""
        yield from ()

    def on_page(self, content: list[Node], language: Language) -> list[Node]:
        """Give what stands in its place on the page."""
        classes = ["annals-view", f"annals-{self.name}"]
        if not self.borrows:
            classes.append("no-search")  # a search is to find the object, not lists of it
        scripted = {"script": self.script} if self.script else {}
        return [nodes.container("", *content, ids=[self.anchor], classes=classes, **scripted)]


@dataclass(frozen=True, kw_only=True)
class FilteredView(View[_S], Filter):
    """A view of several things, of those that pass the filter that it is."""

    nothing: ClassVar[str]
    """That there is none of what it shows, for the catalogues: ``No event``."""

    caption: str = asked(
        str.strip,
        "write a caption",
        default="",
        subtype=Subtype.OPTION,
        about="A title; the argument is one too where it names no objects.",
    )

    @classmethod
    def read_argument(cls, text: str) -> dict[str, Any]:
        return {"caption": text} if text else {}

    def problems(self, corpus: Corpus) -> Iterator[str]:
        yield from problems(self, corpus.catalogue, corpus.documents)

    def on_page(self, content: list[Node], language: Language) -> list[Node]:
        """Say so where nothing passes."""
        if not content:
            asked, nothing = self.told(language), language.gettext(self.nothing)
            if asked:
                phrase = language.gettext("{nothing} matches the filter: {filter}.")
            else:
                phrase = language.gettext("{nothing} is recorded.")
            text = phrase.format(nothing=nothing, filter=asked)
            content = [nodes.paragraph("", text, classes=["annals-empty"])]
        return super().on_page(content, language)

    @property
    def title(self) -> list[Node]:
        """The caption as nodes, if there is one."""
        return nodes_of(self.caption) if self.caption else []

    def captioned(self, *content: Node) -> list[Node]:
        """Give nodes under the caption, if there is one."""
        return [*([heading(self.title)] if self.title else []), *content]


@dataclass(frozen=True, kw_only=True)
class ViewOfObjects(FilteredView[_S]):
    """A view whose argument names the objects that it is about."""

    kind: ClassVar[Kind | None] = None
    """The kind of these objects, if all are of one."""

    targets: tuple[str, ...] = ()

    @classmethod
    def read_argument(cls, text: str) -> dict[str, Any]:
        return {"targets": Ids().convert(text)}

    def problems(self, corpus: Corpus) -> Iterator[str]:
        yield from super().problems(corpus)
        for id in self.targets:
            if not corpus.catalogue.find(id, self.kind):
                yield corpus.catalogue.explain_unknown(id, self.kind)


class ViewDirective(AnnalsDirective):
    """Leaves a place for a view, and notes what is asked for."""

    view: ClassVar[type[View[Any]]]

    def run(self) -> list[Node]:
        """Note what is asked for, and hold the place."""
        given = self.read_options()
        if self.content and not self.is_open:
            self.warn(Subtype.OPTION, "takes no text; write what introduces it above it")
        try:
            given = self.view.read_argument(self.argument) | given
        except ValueError as error:
            self.warn(Subtype.FILTER, str(error))
        if "caption" in given:
            given["caption"] = self.inline(given["caption"], "caption")
        taken = {*self.notes.views, *self.state.document.ids}
        anchor = next(a for n in count(1) if (a := f"{self.view.name}-{n}") not in taken)
        noted = self.view(anchor=anchor, **self.place, **given)
        self.notes.views[anchor] = noted
        node = view("", *self.held, docname=noted.docname, ids=[anchor], texts=self.texts)
        self.set_source_info(node)
        return [node, *self.parse_content_to_nodes()]


def directive_of(view_type: type[View[Any]]) -> type[ViewDirective]:
    """Give the directive of a view, with the options that the view declares."""
    said = {"view": view_type, "declared": options_of(view_type), "__doc__": view_type.__doc__}
    return type(f"{view_type.__name__}Directive", (ViewDirective,), said)


def add_view(app: Sphinx, view_type: type[View[Any]]) -> None:
    """Register a view: all that an extension has to do for it."""
    app.add_directive_to_domain("annals", view_type.name, directive_of(view_type))


def add_scripts(
    app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: Node | None
) -> None:
    """Give a page the scripts of its views (``html-page-context``)."""
    # the only page of a builder, which holds all others, is called as their root is
    asked = page == app.config.root_doc or domain_of(app.env).catalogue.in_document(page).views
    views = each(doctree, nodes.container) if doctree and asked else ()
    for script in dict.fromkeys(node["script"] for node in views if "script" in node):
        add_script(app, STATIC / script)


def fill_views(document: nodes.document, render: Renderer, *, only_borrowing: bool = False) -> None:
    """Put what they show in the places of the views of a document.

    Those that borrow must be filled while annotations are as they were read, the others can wait.
    """
    domain = domain_of(render.env)
    for node in each(document, view):
        found = domain.documents[node["docname"]].views[node["ids"][0]]
        if found.borrows or not only_borrowing:
            shown = domain.derived(Corpus).shown(found)
            content = found.nodes(shown, render.at(found.docname)) if shown else []
            on_page = found.on_page(content, render.language)
            live, place = taken_out(node), nodes.Element("", *on_page)
            fill_in(place, live)
            node.parent.replace(node, place.children)
