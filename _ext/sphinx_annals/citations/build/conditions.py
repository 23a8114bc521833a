"""What a builder leaves out: under ``only`` and ``ifconfig`` a citation is none, a list no list."""

from collections.abc import Iterator
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.ext.ifconfig import ifconfig

from sphinx_annals.walking import each


class Condition(NamedTuple):
    """An expression of tags, or one of settings."""

    expression: str
    of_settings: bool


def conditions_of(node: nodes.Node | None) -> Iterator[Condition]:
    """Give the conditions under which a node, and all that it stands in, is shown."""
    while node is not None:
        if isinstance(node, addnodes.only | ifconfig):
            yield Condition(node["expr"], isinstance(node, ifconfig))
        node = node.parent


def hold(conditions: tuple[Condition, ...], builder: Builder) -> bool:
    """Tell whether a builder shows what stands under the conditions."""
    try:
        return all(_holds(condition, builder) for condition in conditions)
    except Exception:  # Sphinx warns of the expression, and keeps what it is on
        return True


def _holds(condition: Condition, builder: Builder) -> bool:
    if not condition.of_settings:
        return builder.tags.eval_condition(condition.expression)
    # as Sphinx evaluates it
    known = {setting.name: setting.value for setting in builder.config}
    return bool(eval(condition.expression, known | {"builder": builder.name}))


def drop(document: nodes.document, builder: Builder) -> None:
    """Take away now what Sphinx would later, when notes have been numbered."""
    for node in each(document, addnodes.only, ifconfig):
        if not hold(tuple(conditions_of(node)), builder):
            node.replace_self(nodes.comment())
