"""What try_inputs.py builds: chapters of whatever is registered, harmed as authors and programs do.

A chapter is made of the directives with their options, the roles, and the types and fields of
biblatex that are there when the whole package is loaded, and of what `inputs.toml` has: the
structures of MyST, and pieces of text, good or odd. Between its constructs stand words of its own.
"""

from __future__ import annotations

import io
import random
import re
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from docutils.parsers.rst import directives as rst
from docutils.parsers.rst import roles as rst_roles
from docutils.parsers.rst.languages import en
from docutils.utils import new_document
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "_ext"))
WHOLE = 'extensions = ["myst_parser", "sphinx_annals"]\n'
EXTENSIONS = {"amsmath", "attrs_block", "attrs_inline", "colon_fence", "deflist", "dollarmath"}
EXTENSIONS |= {"fieldlist", "html_admonition", "html_image", "replacements", "smartquotes"}
EXTENSIONS |= {"strikethrough", "substitution", "tasklist"}
LEFT_OUT = ("applehelp", "changes", "dummy", "linkcheck", "pickle")
"""Builders that ask the network or for another system, or give nothing that a reader sees."""
MADE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("inputs.toml").read_text("utf-8"))
HUGE = ["9" * 400, "x" * 3000, "word " * 500, "(" * 200, "*a **b " * 40, "> " * 60, "文" * 900]
PIECES = {**MADE["pieces"], "huge": HUGE}
OFTEN = (*["words", "ids", "ids", "dates", "numbers", "markup", "unicode"] * 5, "huge")
ODD = ["dates", "numbers", "markup", "markup", "unicode", "huge"]


@dataclass(frozen=True)
class Grammar:
    """What a chapter can be made of, as it is registered."""

    directives: Mapping[str, Mapping[str, str]]
    """The names of directives, each with its options and what a warning says to write there."""
    own: Sequence[str]
    """Those of them that are of this package."""
    roles: Sequence[str]
    types: Sequence[str]
    fields: Sequence[str]
    builders: Sequence[str]

    def chapter(self, draw: random.Random, number: int) -> Chapter:
        """Give a chapter: its constructs, harmed or not, with words between them."""
        pieces = [self.construct(draw, 2) for _ in range(draw.randint(1, 4))]
        pieces = [harmed(piece, draw) if draw.random() < 0.6 else piece for piece in pieces]
        # docutils makes a link of any scheme, where chapters are trusted
        pieces = [p.replace("javascript:", "") if "eval-rst" in p else p for p in pieces]
        library = harmed(self.library(draw, number), draw) if draw.random() < 0.15 else ""
        head = f"---\n{self.setting(draw)}: {self.value(draw)}\n---\n"
        return Chapter(number, tuple(pieces), library, head if draw.random() < 0.05 else "")

    def construct(self, draw: random.Random, depth: int) -> str:
        """Give a construct, with others in it to some depth."""
        chance = draw.random()
        if chance < 0.55:
            names = self.own if draw.random() < 0.7 else list(self.directives)
            return self.directive(draw, draw.choice(names), depth)
        if chance < 0.7:
            name = draw.choice(self.roles)
            return f"Here {{{name}}}`{self.value(draw)}` and {self.value(draw)}."
        form = draw.choice(MADE["structures"])
        within = self.construct(draw, depth - 1) if depth and draw.random() < 0.3 else ""
        lead = re.match(r"[>\s-]*|\d\. *", form)
        indented = within.replace("\n", "\n" + (lead[0] if lead and lead[0] else "  "))
        return form.format(indented or self.value(draw), self.value(draw))

    def directive(self, draw: random.Random, name: str, depth: int) -> str:
        """Give a directive, as MyST has it or, now and then, as reStructuredText has it."""
        options = self.directives[name]
        chosen = draw.sample(list(options), min(len(options), draw.randint(0, 4)))
        lines = [f":{option}: {self.meant(draw, options[option])}" for option in chosen]
        if "id" in options and draw.random() < 0.5:
            lines.append(f":id: o{draw.randrange(10**6)}")
        if "of" in options:
            lines.append(f":of: {draw.choice(PIECES['ids'])}")
        argument = draw.choice([draw.choice(PIECES["ids"]), self.value(draw), "T", ""])
        nests = depth > 0 and draw.random() < 0.5
        inner = self.construct(draw, depth - 1) if nests else self.value(draw)
        if draw.random() < 0.07:
            text = "\n".join([f".. {name}:: {argument}", *lines, "", inner]).replace("\n", "\n   ")
            return f"```{{eval-rst}}\n{text}\n```"
        runs = re.findall(r"^\s*([`:~]{3,})", inner, re.MULTILINE)
        fence = draw.choice("`:") * (max(map(len, runs), default=2) + draw.choice([1, 1, 1, 2]))
        return "\n".join([f"{fence}{{{name}}} {argument}", *lines, "", inner, fence])

    def value(self, draw: random.Random) -> str:
        """Give a few pieces of text, good or odd."""
        kinds = draw.choices(OFTEN, k=draw.choice([1, 1, 1, 2, 4]))
        return "".join(draw.choice(PIECES[kind]) for kind in kinds)

    def meant(self, draw: random.Random, help: str) -> str:
        """Give what may be meant for an option: a word or an example of its help, or anything."""
        told = re.split(r", | or |: |; ", help)
        return draw.choice(told) if help and draw.random() < 0.5 else self.value(draw)

    def setting(self, draw: random.Random) -> str:
        """Give the name of what may stand at the head of a file, or of an option."""
        names = [option for options in self.directives.values() for option in options]
        return draw.choice([draw.choice(names), "orphan", "myst", "html_meta", "tocdepth"])

    def library(self, draw: random.Random, number: int) -> str:
        """Give some entries of a bibliography; the chapter cites the first."""
        entries = []
        for n in range(draw.randint(1, 3)):
            fields = {f: self.value(draw) for f in draw.sample(self.fields, draw.randint(1, 6))}
            told = [f"  {name} = {{{text}}}" for name, text in {"title": "T", **fields}.items()]
            told.insert(0, f"@{draw.choice(self.types)}{{k{number}-{n}")
            entries.append(",\n".join(told) + "\n}")
        return "\n".join(entries)


def harmed(text: str, draw: random.Random) -> str:
    """Give a text with one to three of the slips that authors, editors and programs make."""
    for _ in range(draw.randint(1, 3)):
        lines = text.split("\n")
        at, to = draw.randrange(len(lines)), draw.randrange(len(lines))
        line, cut = lines[at], draw.randrange(len(lines[at]) + 1)
        piece = draw.choice(PIECES[draw.choice(ODD)])
        match draw.randrange(12):
            case 0:
                del lines[at]
            case 1:
                lines.insert(to, line)
            case 2:
                lines[at], lines[to] = lines[to], lines[at]
            case 3:
                lines[at:] = [line[:cut]]
            case 4:
                lines[at] = draw.choice([" ", "  ", "    ", "\t", "> ", "- "]) + line
            case 5:
                lines[at] = line[:cut] + line[cut + 1 :]
            case 6:
                lines[at] = draw.choice(PIECES["numbers"]).join(re.split(r"\d+", line))
            case 7:
                fence = draw.choice(["```", ":::", "`" * 7, "``", ""])
                lines[at] = re.sub(r"[`:]{3,}", fence, line)
            case 8:
                value = draw.choice(["", ": ", piece])
                lines[at] = value.join(re.split(r": .*|\{.*?\}", line, maxsplit=1))
            case 9:
                lines.insert(to, "")
            case _:
                lines[at] = line[:cut] + piece + line[cut:]
        text = "\n".join(lines)
    return text


@dataclass(frozen=True)
class Chapter:
    """A chapter: its constructs with a word of its own before, between and after them."""

    number: int
    pieces: tuple[str, ...]
    library: str = ""
    head: str = ""

    @property
    def name(self) -> str:
        """What its file is called, without the suffix."""
        return f"c{self.number}"

    @property
    def words(self) -> list[str]:
        """Give the words that stand on their own in it."""
        return [f"q{self.number}q{n}q" for n in range(len(self.pieces) + 1)]

    @property
    def text(self) -> str:
        """Give the source."""
        between = [f"\n\nStands {word} here.\n\n" for word in self.words]
        said = [part for pair in zip(between, (*self.pieces, ""), strict=True) for part in pair]
        cited = f"\n\n{{cite}}`k{self.number}-0`\n" if self.library else ""
        return f"{self.head}# Chapter {self.number}{''.join(said)}{cited}"

    def within(self, word: str) -> str:
        """Give what a word stands in as Markdown has it: nothing, a fence, or another block."""
        from sphinx_annals.text import without_controls

        for token in _markdown().parse(without_controls(self.text, markdown=True)):
            if word in token.content:
                alone = token.type == "inline" and token.level == 1 and "\n" not in token.content
                return "" if alone else token.info or token.type
        return "nothing"

    def shorter(self) -> Iterator[Chapter]:
        """Give the chapter without some of what it has, the most first."""
        if self.head:
            yield replace(self, head="")
        if self.library:
            yield replace(self, library="")
            yield from (replace(self, library=text) for text in _without_lines(self.library))
        for n, piece in enumerate(self.pieces):
            rest = (self.pieces[:n], self.pieces[n + 1 :])
            if len(self.pieces) > 1:
                yield replace(self, pieces=(*rest[0], *rest[1]))
            for text in _without_lines(piece):
                yield replace(self, pieces=(*rest[0], text, *rest[1]))


@cache
def _markdown() -> MarkdownIt:
    return create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)


def _without_lines(text: str) -> Iterator[str]:
    lines = text.split("\n")
    size = len(lines) // 2
    while size:
        for start in range(0, len(lines), size):
            yield "\n".join(lines[:start] + lines[start + size :])
        size //= 2
    yield from (re.sub(pattern, "x", text, count=1) for pattern in (r"\S{20,}", r"\w+ \w+"))


@contextmanager
def loaded() -> Iterator[Sphinx]:
    """Give an application in which the whole package is loaded."""
    with tempfile.TemporaryDirectory() as folder, docutils_namespace():
        root = Path(folder)
        (root / "conf.py").write_text(WHOLE)
        out = (root / "out", root / "doctrees")
        yield Sphinx(root, root, *out, "dummy", status=None, warning=io.StringIO())


def grammar() -> Grammar:
    """Read what is registered when the whole package is loaded, and the words of biblatex."""
    from sphinx_annals.citations.entry import FIELD_ALIASES, KINDS, NAME_FIELDS, TOLD

    found: dict[str, Any] = {}
    with loaded() as app:
        nowhere = new_document("")
        for name in (*rst._directives, *en.directives):
            found[name] = rst.directive(name, en, nowhere)[0]
        roles = {*rst_roles._roles, *en.roles}
        for domain in app.env.domains.sorted():
            found |= {f"{domain.name}:{n}": c for n, c in domain.directives.items()}
            roles |= {f"{domain.name}:{n}" for n in domain.roles}
        builders = sorted(set(app.registry.builders) - {*LEFT_OUT}, key=lambda name: name != "html")
    known = {name: cls for name, cls in sorted(found.items()) if cls is not None}
    options = {
        name: {
            option: getattr(getattr(cls, "declared", {}).get(option), "help", "")
            for option in cls.option_spec or ()
        }
        for name, cls in known.items()
    }
    own = [name for name, cls in known.items() if cls.__module__.startswith("sphinx_annals")]
    fields = sorted({*NAME_FIELDS, *TOLD, *FIELD_ALIASES, *FIELD_ALIASES.values(), "date", "xdata"})
    return Grammar(options, own, sorted(roles), [*KINDS], fields, builders)
