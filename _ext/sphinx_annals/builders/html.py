"""Words and links as HTML at once, in the place of nodes that would only become it.

A table of thousands of events holds tens of thousands of links, and so do the citations of a large
book and the links back from its references. To make each a node, to walk over it in every transform
and then to print it takes most of the time and the memory of a page. So where links stay what they
are, a run of them is one node: it has its HTML, and its text for the search.

What it costs: other extensions find no ``reference`` nodes there, and one row or item for many.
None counts these, or changes them; ``linkcheck`` and formats that are not HTML have the nodes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import groupby
from typing import Any, NamedTuple, cast

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx
from sphinx.builders import Builder

from sphinx_annals.fences.sphinx import join_visitors

_IN_HTML = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "@": "&#64;"})


class printed(nodes.inline):  # noqa: N801
    """A run as a page has it, ``html``; as a text it is what it says, if a search is to find it."""


class Run(NamedTuple):
    """What :class:`printed` holds: a text, and its HTML."""

    text: str
    html: str


Line = Run | Sequence[Node]
"""What stands in a line or a cell: a run, or nodes where it has to be these."""


def prints(builder: Builder) -> bool:
    """Tell whether a builder takes HTML at once; that of one page has other links in the end."""
    return builder.format == "html" and builder.name != "singlehtml"


@lru_cache(maxsize=8192)
def escaped(text: str) -> str:
    """Give a text as docutils writes it into HTML and its attributes."""
    return text.translate(_IN_HTML)


def href_of(address: Mapping[str, str]) -> str:
    """Give in HTML what leads to a place, as the attributes of a node say it."""
    return address.get("refuri") or f"#{address['refid']}"


def link(inner: str, href: str, classes: Iterable[str] = (), title: str = "") -> str:
    """Give a link within a site round what is HTML, as docutils writes the node of one."""
    names = " ".join([*classes, "reference", "internal"])
    named = f' title="{escaped(title)}"' if title else ""
    return f'<a class="{names}" href="{escaped(href)}"{named}>{inner}</a>'


def run_of(shown: Run | Node) -> Run | None:
    """Give a run for a node that is one and nothing more."""
    if isinstance(shown, printed) and not (shown["classes"] or shown["ids"]):
        return Run(shown.astext(), shown["html"])
    return shown if isinstance(shown, Run) else None


def in_one(lines: Iterable[Line], between: str) -> Iterator[Sequence[Node]]:
    """Give lines as nodes: one for all runs that stand together, with HTML between each two."""
    for are_runs, found in groupby(lines, key=lambda line: isinstance(line, Run)):
        if are_runs:
            texts, html = zip(*cast("Iterator[Run]", found), strict=True)
            yield [printed("", " ".join(texts), html=between.join(html))]
        else:
            yield from cast("Iterator[Sequence[Node]]", found)


def _print(self: Any, node: printed) -> None:
    html = node["html"]
    if node["classes"] or node["ids"]:
        html = f"{self.starttag(node, 'span', '')}{html}</span>"
    self.body.append(html)
    raise nodes.SkipNode


def _join_visitors(app: Sphinx) -> None:
    # another extension may have some for EPUB by its name, as those of films do
    join_visitors(app.builder)


def setup(app: Sphinx) -> None:
    """Register the node; a wing asks for it that prints."""
    app.add_node(printed, html=(_print, None))
    app.connect("builder-inited", _join_visitors)
