"""Code: in colours, with line numbers and marked lines; and text that keeps its spaces."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import Any, TextIO

from docutils import nodes
from docutils.nodes import Element
from pygments.token import Token
from sphinx.highlighting import PygmentsBridge

from sphinx_annals.messages import warn
from sphinx_annals.pdf.markup import array, clean, string, value, with_breaks
from sphinx_annals.pdf.translator.base import BaseTranslator, whole_block
from sphinx_annals.pdf.volume import elements

#: What Pygments tells apart, and the colour that the template has for it.
_COLOURS = {
    Token.Keyword: "keyword",
    Token.Operator.Word: "keyword",
    Token.Name.Function: "name",
    Token.Name.Class: "name",
    Token.Name.Decorator: "name",
    Token.Name.Tag: "name",
    Token.Name.Attribute: "number",
    Token.String: "string",
    Token.Number: "number",
    Token.Comment: "comment",
    Token.Generic.Prompt: "quiet",
    Token.Generic.Heading: "keyword",
    Token.Generic.Inserted: "string",
    Token.Generic.Deleted: "deleted",
}
#: As Sphinx calls it where code has an error.
_OF_SPHINX = ("misc", "highlighting_failure")
TAB = 8
#: A new line in markup; a space before it keeps it from what it would escape.
BREAK = " \\\n"
#: Where Typst ends a line of code.
_ENDS = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile("^ +| {2,}", re.MULTILINE)


def _colour(token: Any) -> str:
    while token is not None and token not in _COLOURS:
        token = token.parent
    return _COLOURS.get(token, "")


def _lines(tokens: Iterable[tuple[Any, str]]) -> Iterator[list[tuple[str, str]]]:
    """Give the pieces of each line, with their colours."""
    line: list[tuple[str, str]] = []
    for token, text in tokens:
        first, *rest = _ENDS.split(text)
        line.append((_colour(token), first))
        for piece in rest:
            yield line
            line = [(_colour(token), piece)]
    yield line


def _expanded(line: list[tuple[str, str]]) -> list[tuple[str, str]]:
    done, found = 0, []
    for colour, piece in line:
        text = (" " * done + piece).expandtabs(TAB)[done:] if "\t" in piece else piece
        done += len(text)
        found.append((colour, text))
    return found


class _Runs:
    """Write code for the template: the source, and which bytes of each line have a colour.

    It has what Sphinx and Pygments ask of a formatter.
    """

    def __init__(self, **_options: Any) -> None:
        pass

    def format(self, tokensource: Iterable[tuple[Any, str]], outfile: TextIO) -> None:
        lines = [_expanded(line) for line in _lines(tokensource)]
        while len(lines) > 1 and not any(piece.strip() for _, piece in lines[-1]):
            lines.pop()
        source = "\n".join("".join(piece for _, piece in line) for line in lines)
        runs = [array(_coloured(line)) for line in lines]
        coloured = any(run != "()" for run in runs)
        outfile.write(string(source) + (f", runs: {array(runs)}" if coloured else ""))


def _coloured(line: list[tuple[str, str]]) -> Iterator[str]:
    at = 0
    for colour, piece in line:
        end = at + len(piece.encode())
        if colour and piece.strip():
            yield f"({string(colour)}, {at}, {end})"
        at = end


class _Bridge(PygmentsBridge):
    html_formatter = _Runs


class CodeMixin(BaseTranslator):
    """Visitors for what is printed line by line."""

    @cached_property
    def _highlighter(self) -> _Bridge:
        return _Bridge("html", latex_engine="")

    @whole_block
    def visit_literal_block(self, node: Element) -> str:
        if node.rawsource != node.astext() and any(elements(node)):
            return f"#parsed-literal[{self._verbatim(node)}]\n"
        language = node.get("language", "default")
        told: dict[str, Any] = node.get("highlight_args", {})
        options = self.config.highlight_options.get(language, {})
        code = self._highlighted(node, language, options)
        numbered = f", first: {told.get('linenostart', 1)}" if node.get("linenos") else ""
        marked = f", marked: {value(told['hl_lines'])}" if told.get("hl_lines") else ""
        return f"#code-block({code}{numbered}{marked})\n"

    visit_doctest_block = visit_literal_block

    def _highlighted(self, node: Element, language: str, options: dict[str, Any]) -> str:
        text, force = clean(node.astext()), node.get("force", False)
        try:
            return self._highlighter.highlight_block(text, language, options, force, location=node)
        except Exception as exc:  # of a project's own lexer, which may be fetched when it is used
            message = f"the code has no colours: the lexer of {language!r} failed"
            warn(_OF_SPHINX, f"{message} ({type(exc).__name__}: {exc})", node)
            return self._highlighter.highlight_block(text, "none", location=node)

    @whole_block
    def visit_caption(self, node: Element) -> str:
        """Print the caption of a code block; figures and tables write their own."""
        number = self.figure_number(node.parent, "code-block")
        return f"#listing-title({string(number)})[{self.render(*node.children)}]\n"

    # Text that keeps its spaces

    def _verbatim(self, node: Element) -> str:
        outside, self.verbatim = self.verbatim, True
        text = self.render(*node.children)
        self.verbatim = outside
        return text

    def visit_Text(self, node: nodes.Text) -> None:
        if not self.verbatim:
            self.text(node.astext())
            return
        text = clean(node.astext()).expandtabs(TAB)
        text = with_breaks(_SPACES.sub(lambda found: "\u00a0" * len(found[0]), text), 60)
        lines = (f"#raw({string(line)})" if line else "" for line in text.split("\n"))
        self.append(BREAK.join(lines))

    @whole_block
    def visit_productionlist(self, node: Element) -> str:
        lines = (self.anchors(item) + self._verbatim(item) for item in elements(node))
        bare = (line.removesuffix(BREAK) for line in lines)
        return f"#parsed-literal[{BREAK.join(bare)}]\n"
