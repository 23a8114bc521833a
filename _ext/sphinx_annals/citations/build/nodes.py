"""The nodes of the extension.

Each is a subclass of a standard node, so that a builder nobody thought of writes it as that.
Rich text becomes standard nodes alone.
"""

import re
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_annals.builders import printed
from sphinx_annals.citations.entry import Rich, Span
from sphinx_annals.citations.style import PLURALS

_ABBREVIATED = ["vol.", *(n for pair in PLURALS.items() for n in pair if n.endswith("."))]
_LABELLED = re.compile(rf"\b({'|'.join(map(re.escape, _ABBREVIATED))}) (?=\d)")
_SCRIPTS = {"sup": nodes.superscript, "sub": nodes.subscript}


class bibliography_placeholder(nodes.General, nodes.Element):  # noqa: N801
    """Stands where a list will be; replaced before references are resolved."""


class citation_group(nodes.inline):  # noqa: N801
    """All that one role shows in the text; carries the id of the use."""


class printed_group(citation_group, printed):  # noqa: N801
    """The same as HTML at once."""


class citation_list(nodes.bullet_list):  # noqa: N801
    """A list of references: an HTML list without bullets, hanging indents in print."""


class notes_heading(nodes.rubric):  # noqa: N801
    """Stands over the notes of a document, where they are not at the foot of the page."""


class citation_item(nodes.list_item):  # noqa: N801
    """One reference of a list."""


def ignore(_writer: Any, _node: nodes.Element) -> None:
    pass


def visit_list_latex(writer: Any, _node: nodes.Element) -> None:
    writer.body.append(
        "\n\\begin{list}{}{\\setlength{\\leftmargin}{2em}\\setlength{\\itemindent}{-2em}"
        "\\setlength{\\labelwidth}{0pt}\\setlength{\\labelsep}{0pt}"
        "\\setlength{\\parsep}{0pt}\\setlength{\\itemsep}{0.4em}}\\raggedright\n"
    )


def depart_list_latex(writer: Any, _node: nodes.Element) -> None:
    writer.body.append("\\end{list}\n")


def visit_item_latex(writer: Any, node: nodes.Element) -> None:
    writer.body.append("\\item[]" + writer.hypertarget_to(node, anchor=True) + " ")


def visit_group_latex(writer: Any, node: nodes.Element) -> None:
    if not writer.in_title and not writer.in_caption:  # where the section has an anchor already
        writer.body.append(writer.hypertarget_to(node, anchor=True))


def visit_item_text(writer: Any, _node: nodes.Element) -> None:
    writer.new_state(0)


def depart_item_text(writer: Any, _node: nodes.Element) -> None:
    writer.end_state()


def tied(text: str) -> str:
    """Keep a label and its number on one line."""
    # a full stop is quickly looked for, and most texts have none
    return _LABELLED.sub("\\1\u00a0", text) if ". " in text else text


def to_nodes(text: Rich) -> list[nodes.Node]:
    """Make inline nodes of rich text."""
    return [_span(span) for span in text]


def _span(span: Span) -> nodes.Node:
    node: nodes.Node = nodes.Text(tied(span.text))
    if span.script in _SCRIPTS:
        node = _SCRIPTS[span.script]("", "", node)
    if span.caps:
        node = nodes.inline("", "", node, classes=["small-caps"])
    if span.bold:
        node = nodes.strong("", "", node)
    if span.italic:
        node = nodes.emphasis("", "", node)
    if span.href:
        node = nodes.reference("", "", node, refuri=span.href, internal=False)
    if span.lang:
        node = nodes.inline("", "", node, classes=[f"language-{span.lang}"])
    return node


def setup(app: Sphinx) -> None:
    """Register the nodes with their visitors."""
    both = (ignore, ignore)
    text = (visit_item_text, depart_item_text)
    app.add_node(bibliography_placeholder)
    app.add_node(notes_heading)
    app.add_node(citation_group, latex=(visit_group_latex, ignore))
    app.add_node(citation_list, latex=(visit_list_latex, depart_list_latex), text=both, man=both)
    app.add_node(citation_item, latex=(visit_item_latex, ignore), text=text, man=both)
