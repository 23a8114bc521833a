"""MyST: what we touch of it that it does not document for extensions."""

from functools import wraps

from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

_SHORT = 60
"""Letters of an address that every disk can take for the name of a file."""


def forgive_addresses() -> None:
    """Let a link whose address no disk can hold lead nowhere, of which MyST warns.

    MyST asks for the file of that name, and the answer of the system ends the build.

    Breaks if ``SphinxRenderer`` no longer renders what may be a file by ``render_link_unknown``,
    or asks for it when it has made nodes.
    """
    render = SphinxRenderer.render_link_unknown
    if hasattr(render, "__wrapped__"):  # by an earlier build of this process
        return

    @wraps(render)
    def forgiving(renderer: SphinxRenderer, token: SyntaxTreeNode) -> None:
        try:
            render(renderer, token)
        except (OSError, ValueError):
            token.attrs["href"] = str(token.attrs["href"]).replace("%00", "")[:_SHORT]
            render(renderer, token)

    setattr(SphinxRenderer, render.__name__, forgiving)
