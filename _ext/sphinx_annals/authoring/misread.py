"""Directives and roles of ours that the markup takes for prose, code or a comment."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from docutils import nodes
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound
from sphinx.application import Sphinx

from sphinx_annals.authoring.markdown import missing
from sphinx_annals.authoring.sources import source_of
from sphinx_annals.messages import WarningSubtype, warn
from sphinx_annals.walking import each


@dataclass(frozen=True, slots=True)
class Names:
    """The names of directives and of roles, as authors write them."""

    directives: frozenset[str]
    roles: frozenset[str]


_NAMED = r"(?P<name>[\w:-]+)"
_INDENTED = re.compile(rf"(?P<fence>`{{3,}}|~{{3,}}|:{{3,}})\s*\{{{_NAMED}\}}")
_HALF = re.compile(
    rf"\s*(?P<fence>`{{3,}}|~{{3,}}|:{{3,}})\s*(?P<brace>\{{?)\s*{_NAMED}(?P<rest>.*)"
)
_SHORT = re.compile(rf"(?<![:\w])(?P<fence>:{{1,2}})\{{{_NAMED}\}}")
_FENCE = re.compile(rf"(?P<fence>`{{3,}}|~{{3,}}|:{{3,}})\{{{_NAMED}\}}")
_TICKS = re.compile(rf"(?P<fence>`{{1,3}}|:{{3,}})\{{{_NAMED}\}}\s")
_DOTS = re.compile(rf"(?:\.\. ?)?{_NAMED}(?P<colons>::)(?:\s|$)")
_COMMENT = re.compile(
    r"(?P<name>[\w-]+(?::[\w-]+)*)(?P<rest>\s*:.*|\s.*\n\s*:[\w-]+:.*|)", re.DOTALL
)
_ROLE = re.compile(r"(?:\{(?P<braced>[\w:-]+)\}|(?<!\S):(?P<colons>[\w:-]+):)\s*$")
_BRACED = re.compile(rf"\{{{_NAMED}\}}(?P<said>`[^`]+`)")
_NO_TEXT = re.compile(rf"\{{{_NAMED}\}}``")
Found = Iterator[tuple[nodes.Element | str, str]]
"""Where something was misread, as warnings take it, and what to write."""


class Misread:
    """Looks through what was read of one document."""

    def __init__(self, app: Sphinx, document: nodes.document, names: Names) -> None:
        self.app, self.document, self.names = app, document, names
        self.markdown = str(app.env.doc2path(app.env.current_document.docname)).endswith(".md")

    def found(self) -> Found:
        """Give each place with what to write there."""
        looks: tuple[tuple[type[nodes.Element], Callable[[nodes.Element], Iterator[str]]], ...] = (
            (nodes.literal_block, self._code),
            (nodes.container, self._division),
            (nodes.comment, self._comment),
            (nodes.paragraph, self._paragraph),
            (nodes.term, self._paragraph),
            (nodes.literal, self._role),
            (nodes.title_reference, self._role),
        )
        kinds = tuple(kind for kind, _ in looks)
        for node in each(self.document, *kinds):
            look = next(look for kind, look in looks if isinstance(node, kind))
            for message in look(node):
                yield self._place(node), message
                break  # one for each place

    def _place(self, node: nodes.Element) -> nodes.Element | str:
        """Give the node; for a comment, of which docutils knows the end, its first line."""
        if isinstance(node, nodes.comment):
            begin = node.astext().partition("\n")[0]
            lines = source_of(self.app.env, node.source).lines
            for number in range(min(node.line or 0, len(lines)), 0, -1):
                if lines[number - 1].lstrip().removeprefix("..").strip() == begin:
                    return f"{node.source}:{number}"
        return node

    def _source(self, node: nodes.Element) -> str:
        lines = source_of(self.app.env, node.source).lines
        return lines[node.line - 1] if node.line and 0 < node.line <= len(lines) else ""

    def _directive(self, name: str) -> str:
        return f"```{{{name}}}" if self.markdown else f".. {name}::"

    def _code(self, node: nodes.Element) -> Iterator[str]:
        text, source = node.astext(), self._source(node)
        match = _INDENTED.match(text)
        if match and match["name"] in self.names.directives:
            # what a fence shows begins on the line below it
            if source.lstrip() == text.partition("\n")[0]:
                begin = f"{match['fence']}{{{match['name']}}}"
                yield f"{begin} is printed as code; begin the line with three spaces at most"
            return
        half = _HALF.fullmatch(source)
        if half and half["name"] in self.names.directives:
            braced = bool(half["brace"])
            if not braced and (_is_lexer(half["name"]) or half["rest"][:1].strip()):
                return
            if re.fullmatch(r"\}(?:\s.*)?", half["rest"]) and not re.search(r"\{\s", source):
                return  # a directive, which shows its text as code
            node["language"] = "none"  # which is not known to Pygments either, and that is why
            yield f"{source.strip()!r} is printed as code; write {self._directive(half['name'])}"

    def _division(self, node: nodes.Element) -> Iterator[str]:
        half = _HALF.fullmatch(self._source(node)) if node.get("is_div") else None
        if half and half["name"] in self.names.directives:
            options = node.astext().lstrip().startswith(":")
            if half["brace"] or half["rest"].strip() or options:
                begin = self._source(node).strip()
                fence = half["fence"]
                yield f"{begin!r} is no directive; write {fence}{{{half['name']}}}"

    def _comment(self, node: nodes.Element) -> Iterator[str]:
        match = _COMMENT.fullmatch(node.astext())
        if match and match["name"] in self.names.directives and not self.markdown and match["rest"]:
            yield f"“.. {match['name']}” is a comment; write .. {match['name']}:: for the directive"

    def _paragraph(self, node: nodes.Element) -> Iterator[str]:
        text = node.astext()
        if "{" not in text and "::" not in text:
            return
        fences = () if missing(self.app.config) else (_FENCE,)  # which is said of the document
        patterns = (*fences, _SHORT, _DOTS) if self.markdown else (_TICKS, _DOTS)
        for line in text.splitlines():
            for pattern in patterns:
                match = pattern.match(line.lstrip())
                if match and match["name"] in self.names.directives:
                    begin, right = match[0].strip(), self._directive(match["name"])
                    why = ""
                    if self.markdown and begin == right:
                        right = f":::{{{match['name']}}}"
                        why = ", since a backtick stands in its first line"
                    yield f"{begin} is printed as text{why}; write {right}"
        own = " ".join(child for child in node.children if isinstance(child, nodes.Text))
        for match in _BRACED.finditer("" if self.markdown else own):
            if match["name"] in self.names.roles:
                yield f"{match[0]} is printed as text; write :{match['name']}:{match['said']}"
        for match in _NO_TEXT.finditer(text):
            if match["name"] in self.names.roles:
                yield f"{match[0]} is printed as text; write an id: {{{match['name']}}}`id`"

    def _role(self, node: nodes.Element) -> Iterator[str]:
        before = node.parent[node.parent.index(node) - 1] if node.parent.index(node) else None
        match = _ROLE.search(before) if isinstance(before, nodes.Text) else None
        name = (match["braced"] or match["colons"]) if match else ""
        if match and name in self.names.roles:
            shown = node.astext()
            right = f"{{{name}}}`{shown}`" if self.markdown else f":{name}:`{shown}`"
            yield f"{match[0].strip()} is printed as text; write {right}"


def _is_lexer(name: str) -> bool:
    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return False
    return True


def watch_misread(app: Sphinx, names: Names, subtype: WarningSubtype) -> None:
    """Warn where a directive or role of these names was read as something else."""

    def look(app: Sphinx, document: nodes.document) -> None:
        for node, message in Misread(app, document, names).found():
            warn(subtype, message, node)

    app.connect("doctree-read", look)
