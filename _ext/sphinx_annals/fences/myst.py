"""MyST: what we touch of it that it does not document for extensions."""

from collections.abc import Callable
from functools import wraps

from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

Render = Callable[[SphinxRenderer, SyntaxTreeNode], None]

_SHORT = 60
"""Letters of an address that every disk can take for the name of a file."""


def _around(
    render: Render, outer: Callable[[Render, SphinxRenderer, SyntaxTreeNode], None]
) -> None:
    """Put a function around a method of the renderer, if no earlier build of the process did."""
    if hasattr(render, "__wrapped__"):
        return

    @wraps(render)
    def rendering(renderer: SphinxRenderer, token: SyntaxTreeNode) -> None:
        outer(render, renderer, token)

    setattr(SphinxRenderer, render.__name__, rendering)


def forgive_addresses() -> None:
    """Let a link whose address no disk can hold lead nowhere, of which MyST warns.

    MyST asks for the file of that name, and the answer of the system ends the build.

    Breaks if ``SphinxRenderer`` no longer renders what may be a file by ``render_link_unknown``,
    or asks for it when it has made nodes.
    """

    def forgiving(render: Render, renderer: SphinxRenderer, token: SyntaxTreeNode) -> None:
        try:
            render(renderer, token)
        except (OSError, ValueError):
            token.attrs["href"] = str(token.attrs["href"]).replace("%00", "")[:_SHORT]
            render(renderer, token)

    _around(SphinxRenderer.render_link_unknown, forgiving)


def keep_places() -> None:
    """Let what stands below an ``{eval-rst}`` still know its line.

    reStructuredText tells the reporter of the document to ask its own machine for lines, which
    knows none once it has ended: roles below then warn without a place.

    Breaks if ``SphinxRenderer`` no longer renders it by ``render_restructuredtext``, or docutils
    keeps the lines elsewhere than in ``Reporter.get_source_and_line``.
    """

    def keeping(render: Render, renderer: SphinxRenderer, token: SyntaxTreeNode) -> None:
        render(renderer, token)
        # without one, MyST sets its own at the next role
        vars(renderer.reporter).pop("get_source_and_line", None)

    _around(SphinxRenderer.render_restructuredtext, keeping)
