"""Comparisons and long lists folded away in HTML, so that the story reads on: a line each.

``<details>`` opens at a touch without a script, opens by itself for a search in the page or a link
to what is in it, and is printed open (see the style sheet).
"""

from docutils import nodes
from docutils.nodes import Node
from sphinx.application import Sphinx

from sphinx_annals.annals.criticism import Comparison, shown_value
from sphinx_annals.annals.doctree.nodes import element


class folded(nodes.container):  # noqa: N801
    """What is folded away, under its first child."""


class folded_summary(nodes.TextElement):  # noqa: N801
    """The line that remains."""


def fold(shown: nodes.container, title: list[Node], comparison: Comparison) -> folded:
    """Fold a comparison under its title, what the editors prefer, and the number of accounts."""
    table = shown.next_node(nodes.table)
    assert table is not None
    table["label"] = "".join(node.astext() for node in title)
    label, status = title
    preferred = next((v.prefers for v in comparison.verdicts if v.prefers), "")
    remark = f" ({shown_value(preferred)})" if preferred else ""
    count = len(comparison.accounts)
    remark += f", {count} accounts" if count > 1 else ""
    line = folded_summary("", "", nodes.strong("", "", label), status, nodes.Text(remark))
    return folded("", line, *shown.children, classes=shown["classes"])


def _add_script(app: Sphinx) -> None:
    if app.builder.format == "html" and app.config.annals_fold_comparisons:
        app.add_js_file("comparisons.js", loading_method="defer")


def setup(app: Sphinx) -> None:
    """Register the nodes, made for HTML alone, and the setting."""
    app.add_node(folded, html=element("details"))
    app.add_node(folded_summary, html=element("summary", suffix=""))
    app.connect("builder-inited", _add_script)
    about = "Fold the comparisons of accounts away in HTML, under one line each"
    app.add_config_value("annals_fold_comparisons", True, "html", frozenset({bool}), about)
