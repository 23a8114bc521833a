"""What all directives of the package share: they read their options themselves.

MyST gives no options where it cannot read one, docutils no directive, and both say little of why.
So they are asked for none, and all lines arrive: what is wrong with how they stand costs a warning
that says what to write, and not the directive. The same for a fence that does not end where its
author thinks.
"""

import re
from collections.abc import Callable, Collection, Iterator
from typing import Any, ClassVar

from docutils.parsers.rst.states import RSTState
from sphinx.util.docutils import SphinxDirective

from sphinx_annals.authoring.sources import source_of
from sphinx_annals.messages import WarningSubtype, warn
from sphinx_annals.text import Options, closes, mark_of, opened_within, read_options, stray_options


class Untouched(dict[str, Callable[[str], Any]]):
    """The options that a directive has, for editors to list; empty to who would read them."""

    def __bool__(self) -> bool:
        return False


class WrittenDirective(SphinxDirective):
    """A directive with an optional argument, options as text by name, and content."""

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[Untouched] = Untouched()

    slip: ClassVar[WarningSubtype]
    """The subtype of the warnings about how it stands in its source."""
    is_open = False
    """Whether its fence does not end where it should: its content is what it swallowed too."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        markdown = not isinstance(self.state, RSTState)
        for slip in (*self._fence_slips(), *self._written(markdown)):
            self.warn_of_slip(slip)

    def option_names(self) -> Collection[str]:
        """Give the names of the options that an author may write."""
        return self.option_spec

    def warn_of_slip(self, message: str) -> None:
        """Warn of something wrong with how the directive stands in its source."""
        warn(self.slip, f"{self.name.split(':')[-1]}: {message}", self.get_location())

    def _written(self, markdown: bool) -> Iterator[str]:
        """Part options from argument and content; say what is wrong with how they stand."""
        known = self.option_names()
        # MyST has taken the first line of the content away where it is empty
        begun = self.content_offset > 0 if markdown else True
        lines = list(self.content.data)
        below = read_options(lines, known, markdown=markdown, begun=begun)
        options = below if markdown else self._read_argument(known).and_below(below)
        if spaces := ", ".join(options.spaces):
            options.slips.append(f"a tab or a no-break space stands after {spaces}; write a space")
        self.options = options.values
        begin = below.lines
        while begin < len(lines) and not lines[begin].strip():
            begin += 1
        self._drop(begin)
        yield from options.slips
        stray = dict.fromkeys(stray_options(lines[begin:], known, markdown=markdown))
        if stray:
            names = ", ".join(f":{name}:" for name in stray)
            yield f"{names} in its text; options follow the first line at once"

    def _read_argument(self, known: Collection[str]) -> Options:
        """Read the options that docutils takes for lines of the argument."""
        title, *below = self.arguments[0].splitlines() if self.arguments else [""]
        if title.startswith(":") and read_options([title], known, markdown=False).lines:
            title, below = "", [title, *below]
        while below and not read_options(below, known, markdown=False).lines:
            title += f"\n{below.pop(0)}"
        self.arguments = [title] if title.strip() else []
        return read_options(below, known, markdown=False)

    def _drop(self, lines: int) -> None:
        self.content.trim_start(min(lines, len(self.content)))
        self.content_offset += lines

    def _fence_slips(self) -> Iterator[str]:
        """Say what is wrong with the fence of Markdown that the directive is in."""
        mark = mark_of(self.block_text)
        if not mark:
            return
        path, line = self.get_source_info()
        source = source_of(self.env, path)
        opens = rf"{mark}\s*\{{{re.escape(self.name)}\}}"
        if not 0 < line <= len(source.lines) or not re.search(opens, source.lines[line - 1]):
            return  # a part of a text, with lines of its own
        inner = self.block_text.splitlines()[1:-1]
        if inner and not inner[0] and source.lines[line].strip():
            del inner[0]  # which MyST sets before a fence of colons
        end = line + len(inner)
        closer = source.lines[end] if end < len(source.lines) else ""
        # what is accounted for closes what is around
        self.is_open = end in source.accounted or not closes(mark, closer)
        is_reported = line in source.accounted
        source.accounted.add(end)
        if within := opened_within(mark, inner):
            opened = line + within[0] + 1
            source.accounted.add(opened)
            yield (
                f"{{{within[1]}}} in line {opened} begins within it, and what closes that closes "
                "both: is its fence closed? close it, or make it the longer one"
            )
        elif not is_reported and (self.is_open or line in source.cut_short):
            around = ", and a longer fence for what is around it" * (line in source.cut_short)
            yield f"is its fence closed? write {mark} below its last line{around}"
