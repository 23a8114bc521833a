"""Choose what a printed page shows of the outputs of notebooks, and of what is raw.

MyST-NB keeps each output in all its forms, for the builder to choose from; nbsphinx has one for
HTML and one for LaTeX. Both know their builders by name, and would leave out everything here.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import takewhile

from docutils import nodes
from docutils.nodes import Element
from sphinx import addnodes

from sphinx_annals.messages import warn
from sphinx_annals.pdf.messages import Subtype
from sphinx_annals.pdf.volume.hypertext import read_html
from sphinx_annals.walking import each

#: The forms that a page can show, the best one first: those of LaTeX, and SVG.
PRINTED = (
    "image/svg+xml",
    "application/pdf",
    "image/png",
    "image/jpeg",
    "image/gif",
    "text/markdown",
    "text/latex",
    "text/plain",
)
#: What Python says of an object that has no words of its own, such as a styled table of pandas.
_ADDRESS = re.compile(r"<[^<>]* at 0x[0-9a-fA-F]+>")
#: What a page of the web would draw, as forms of an output or scripts of HTML are called.
_DRAWN = re.compile(r"application/vnd\.[\w.+-]+")
_CELLS = frozenset({"CodeAreaNode", "FancyOutputNode"})


def choose_outputs(tree: nodes.document) -> None:
    """Leave of each output in a tree the one form that is printed.

    One that has none is a located warning.
    """
    for bundle in _all(tree, _is_bundle):
        _choose(bundle)
    for only in each(tree, addnodes.only):
        if only["expr"] in {"html", "latex"} and _all(only, _is_cell):
            only.replace_self(only.children if only["expr"] == "latex" else [])
    for cell in _all(tree, _is_cell):
        _print_plain(cell)
    for raw in each(tree, nodes.raw):
        _print_words(raw)


def _all(tree: Element, wanted: Callable[[Element], bool]) -> list[Element]:
    return [node for node in each(tree, Element) if wanted(node)]


def _is_bundle(node: Element) -> bool:
    return bool(node.get("nb_element") == "mime_bundle")


def _is_cell(node: Element) -> bool:
    return type(node).__name__ in _CELLS


def _choose(bundle: Element) -> None:
    forms = {str(child["mime_type"]): child for child in bundle if isinstance(child, Element)}
    chosen = next((forms[kind] for kind in _order(forms) if kind in forms), None)
    source = forms["text/html"].astext() if "text/html" in forms else ""
    html = read_html(source)
    if chosen is None:
        what = f"is {' and '.join(forms)} alone"
        bundle.parent.replace(bundle, _what_is_left(what, html, " ".join([*forms, source]), bundle))
    elif chosen is forms.get("text/plain") and _ADDRESS.fullmatch(chosen.astext().strip()):
        tables = any(isinstance(node, nodes.table) for node in html)
        bundle.replace_self(html if tables else chosen.children)
    else:
        bundle.replace_self(chosen.children)


def _order(forms: dict[str, Element]) -> Iterator[str]:
    """Give the forms in their order; a table of LaTeX is no formula, its text says more."""
    latex = forms.get("text/latex")
    table = latex is not None and "\\begin{tabular" in latex.astext()
    yield from (kind for kind in PRINTED if not (table and kind == "text/latex"))


def _print_plain(cell: Element) -> None:
    """Let text of a cell of nbsphinx be a block of text; it is raw, for each builder once more."""
    raws = list(cell.findall(nodes.raw))
    for raw in raws:
        if raw["format"] == "text":
            text = raw.astext()
            raw.replace_self(nodes.literal_block(text, text, language="none"))
    parts = (node for node in cell.findall() if not isinstance(node.parent, nodes.raw))
    shown = any(isinstance(node, nodes.Text | nodes.image) for node in parts)
    if raws and not shown:
        source = "".join(raw.astext() for raw in raws if raw["format"] == "html")
        kinds = " and ".join(dict.fromkeys(raw["format"] for raw in raws))
        cell += _what_is_left(f"has {kinds} alone", read_html(source), source, cell)


def _print_words(raw: nodes.raw) -> None:
    """Let HTML that an author or an extension wrote be its words and tables, if no Typst that says
    the same follows it.
    """
    behind = raw.parent.children[raw.parent.index(raw) + 1 :]
    others = takewhile(lambda format: format not in ("", "html"), map(_format_of, behind))
    if raw["format"] != "html" or _is_cell(raw.parent) or "typst" in others:
        return
    found = read_html(raw.astext())
    if isinstance(raw.parent, nodes.TextElement):
        found = [nodes.Text(" ".join(node.astext() for node in found))] if found else []
    if found:
        raw.replace_self(found)


def _format_of(node: nodes.Node) -> str:
    return str(node["format"]) if isinstance(node, nodes.raw) else ""


def _what_is_left(
    what: str, html: Sequence[nodes.Node], source: str, node: Element
) -> Sequence[nodes.Node]:
    """Warn of an output that no page can show, and give what stands in its place.

    Those are its words and tables; of a widget, which has none, what it is called.
    """
    kinds = dict.fromkeys(_DRAWN.findall(source))
    left = html or [nodes.literal_block(kind, f"[{kind}]", language="none") for kind in kinds]
    lost = "it is left out"
    if left:
        lost = f"its {'words and tables are' if html else 'kind is'} printed, not its form"
    message = f"an output of this notebook {what}, which no page can show: {lost}"
    warn(Subtype.OUTPUT, f"{message}; let it have text or an image too", node)
    return left
