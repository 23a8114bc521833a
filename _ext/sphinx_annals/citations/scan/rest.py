"""Citations in reStructuredText: blocks by indentation."""

import re
from collections.abc import Iterator

from sphinx_annals.citations.scan.cites import ARGUMENTS, CODE, Cite, Line, Reader, keys_in

_DIRECTIVE = re.compile(r"(?P<indent>\s*)\.\.[ \t]+(?P<name>[\w:.+-]+)::(?:[ \t]+(?P<rest>.*))?$")
_COMMENT = re.compile(r"\s*\.\.(?:\s|$)(?!\s*(?:\[|_|\|))")


class RestReader(Reader):
    """Reads reStructuredText."""

    inline = re.compile(
        r"\\.|``.+?``(?!`)|(?::(?P<role>[\w:+.-]+):)(?<!`)`(?P<text>[^`]+)`", re.DOTALL
    )

    def read(self) -> Iterator[Cite]:
        """Yield the citations."""
        for line in self.rest:
            self.at += 1
            directive, comment = _DIRECTIVE.match(line.text), _COMMENT.match(line.text)
            if not (line.blank or directive or comment):
                self.paragraph.append(line)
                continue
            if self.paragraph and self.paragraph[-1].text.rstrip().endswith("::"):
                self._skip(min(item.indent for item in self.paragraph))
            yield from self.flush()
            if directive:
                yield from self._directive(line, directive)
            elif comment:
                self._skip(line.indent)
        yield from self.flush()

    def _directive(self, line: Line, directive: re.Match[str]) -> Iterator[Cite]:
        name = directive["name"].rpartition(":")[2]
        if name in CODE:
            self._skip(line.indent)
            return
        if directive["rest"]:
            start = line.start + directive.start("rest")
            if name in ARGUMENTS:
                yield from keys_in(directive["rest"], start)
            else:
                self.paragraph = [Line(directive["rest"], start)]
                yield from self.flush()
        yield from self.options(line.indent)
        for item in self.rest if name == "bibliography" else ():
            if item.indent <= line.indent:
                return
            yield from self.listed()

    def _skip(self, indent: int) -> None:
        for line in self.rest:
            if line.indent <= indent:
                return
            self.at += 1
