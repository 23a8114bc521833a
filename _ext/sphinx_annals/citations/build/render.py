"""Rich text as docutils nodes."""

from docutils import nodes

from sphinx_annals.citations.entry import Rich, Span

_SCRIPTS = {"sup": nodes.superscript, "sub": nodes.subscript}


def to_nodes(text: Rich) -> list[nodes.Node]:
    """Make inline nodes, standard ones alone, that every builder can write."""
    return [_span(span) for span in text]


def _span(span: Span) -> nodes.Node:
    if not any(span[1:]):
        return nodes.Text(span.text)
    node: nodes.Node = nodes.Text(span.text)
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
