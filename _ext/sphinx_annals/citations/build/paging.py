"""The pages that cite a work, found by the builder that numbers them.

Up to `BARE` pages each is followed by what it cites; more stand alone, as in an index.
"""

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_annals.citations.style import joined

BARE = 12
TYPST = Path(__file__).with_name("cited-on.typ").read_text(encoding="utf-8").strip()
# A place is left out where the one before it stands on the same page and cites the same.
LATEX = r"""
\providecommand\citedbefore{}\providecommand\citednow{}\providecommand\citedcomma{}%
\providecommand\citedpage[2]{\edef\citednow{\getpagerefnumber{#1}\detokenize{#2}}%
\ifx\citednow\citedbefore\else\citedcomma\pageref{#1}#2%
\def\citedcomma{, }\let\citedbefore\citednow\fi}%
\sphinxAtStartPar
{\small Cited on """


class cited_on(nodes.General, nodes.Element):  # noqa: N801
    """The links back from a reference by pages, on builders that have them.

    `passages` are those of the work in order, `places` document, id and the numbers of passages.
    """


def visit_typst(writer: Any, node: cited_on) -> None:
    """Let Typst find the pages, put them in order and join what they cite."""
    places = [
        f"({writer.target(docname, identity)}, {_array(map(str, found))})"
        for docname, identity, found in node["places"]
        if writer.existing(docname, identity)
    ]
    if not places:
        raise nodes.SkipNode
    writer.define("cited-on", TYPST)

    def content(text: str) -> str:
        return f"[{writer.render(nodes.Text(text))}]" if text else "[]"

    passages = []
    for passage in node["passages"]:
        common = content(passage.common_label) if passage.listed else "none"
        passages.append(f"({content(passage.own_label)}, {common}, {content(passage.text)})")
    writer.begin_block("cited-line", node)
    writer.append(f"#cited-on({_array(passages)}, {_array(places)}, bare: {BARE})")
    writer.end_block()
    raise nodes.SkipNode


def _array(items: Any) -> str:
    return f"({''.join(f'{item}, ' for item in items)})"


def visit_latex(writer: Any, node: cited_on) -> None:
    """Write the page of each place."""
    places, passages = node["places"], node["passages"]
    pages = []
    for docname, identity, found in places:
        cited = joined(passages[number] for number in found) if len(places) <= BARE else ""
        label = writer.idescape(f"{docname}:{identity}")
        shown = f" ({writer.encode(cited)})" if cited else ""
        pages.append(f"\\citedpage{{{label}}}{{{shown}}}")
    word = "pp.~" if len(pages) > 1 else "p.~"
    writer.body.append(f"\n{LATEX.strip()} {word}{''.join(pages)}\\par}}\n")
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Register the node, made for builders with pages alone."""
    app.add_node(cited_on, typst=(visit_typst, None), latex=(visit_latex, None))
