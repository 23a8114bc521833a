"""MyST: what we touch of it that it does not document for extensions."""

import re
from collections.abc import Callable
from typing import Any

from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock, paragraph
from markdown_it.tree import SyntaxTreeNode
from myst_parser.mdit_to_docutils.base import token_line
from myst_parser.mdit_to_docutils.sphinx_ import SphinxRenderer

from sphinx_annals.fences import around
from sphinx_annals.messages import IN_TRANSLATION

Render = Callable[[SphinxRenderer, SyntaxTreeNode], None]

_TRANSLATED = re.compile(r":(\d+):<translated>$")
_SHORT = 60
"""Letters of an address that every disk can take for the name of a file."""
_TOO_DEEP = "annals-too-deep"
"""On the first paragraph of what is nested deeper than the parser reads."""


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

    around(SphinxRenderer, SphinxRenderer.render_link_unknown, forgiving)


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

    around(SphinxRenderer, SphinxRenderer.render_restructuredtext, keeping)


def place_warnings() -> None:
    """Let a warning in a translation say so, with the line of the original, once, and no folder.

    Sphinx parses a translation as a text of its own, which begins with line 1, and does so twice.

    Breaks if ``SphinxRenderer`` no longer warns by ``create_warning``, with ``line``, or Sphinx
    calls a translation other than ``PATH:LINE:<translated>``.
    """

    def placing(
        method: Callable[..., Any],
        renderer: SphinxRenderer,
        message: str,
        *given: Any,
        **named: Any,
    ) -> Any:
        env: Any = renderer.sphinx_env
        message = message.replace(f"{env.srcdir}/", "")
        told = vars(renderer.reporter).get("get_source_and_line")
        source = told(None)[0] if told else renderer.document["source"]
        if translated := _TRANSLATED.search(source or ""):
            named["line"] = int(translated[1])
            message += IN_TRANSLATION
            told = env.current_document.setdefault("sphinx_annals:told", set())
            if (message, named["line"]) in told:
                return None
            told.add((message, named["line"]))
        return method(renderer, message, *given, **named)

    around(SphinxRenderer, SphinxRenderer.create_warning, placing)


def keep_what_is_deep() -> None:
    """Let what is nested too deeply be paragraphs, of which a warning tells.

    The parser skips it, and with it the rest of the document, without a word.

    Breaks if ``ParserBlock`` no longer reads each level by ``tokenize``, up to ``maxNesting``.
    """

    def reading(
        tokenize: Callable[..., None], block: ParserBlock, state: StateBlock, line: int, end: int
    ) -> None:
        if state.level < state.md.options["maxNesting"]:
            return tokenize(block, state, line, end)
        first = len(state.tokens)
        while (line := state.skipEmptyLines(line)) < end and state.sCount[line] >= state.blkIndent:
            paragraph(state, line, end, False)
            line = state.line
        if len(state.tokens) > first:
            state.tokens[first].meta[_TOO_DEEP] = True
        return None

    def telling(render: Render, renderer: SphinxRenderer, token: SyntaxTreeNode) -> None:
        if _TOO_DEEP in token.meta:
            message = "what is nested this deeply is read as paragraphs: write it less deeply"
            renderer.create_warning(message, "nesting", line=token_line(token))
        render(renderer, token)

    around(ParserBlock, ParserBlock.tokenize, reading)
    around(SphinxRenderer, SphinxRenderer.render_paragraph, telling)
