"""Drafts as an author would write them, in MyST Markdown or reStructuredText.

Whatever a source holds comes out as it is written there: what would be markup is escaped.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sphinx_annals.annals.importing.drafts import Draft
from sphinx_annals.annals.model import Actors, Field, Kind, Name, Names, Phrase
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.sources import REST_SUFFIXES

_PLAIN = re.compile(
    r"(?![-?!&*%@~=.:,])[^\s#|>\"'`{}\[\]]((?! #|: )[^\n\x00-\x1f\x7f\x85\u2028\u2029\"\\])*"
)


@dataclass(frozen=True)
class Markup:
    """How one markup writes: text, an option's value, a remark, and an object of these."""

    escaped: Callable[[str], str]
    value: Callable[[str], str]
    comment: Callable[[str], list[str]]
    opened: str
    closed: str
    indent: str = ""
    heading: Callable[[str], str] = str

    def object(
        self, kind: Kind, title: str, options: Mapping[str, str], body: Sequence[str]
    ) -> str:
        """Give the directive of an object, with its title and the lines of its body in markup."""
        lines = [f":{name}: {self.value(value)}" for name, value in options.items()]
        lines += ["", *body] if body else []
        inner = [f"{self.indent}{line}" if line else "" for line in lines]
        closed = [self.closed] if self.closed else []
        return "\n".join([self.opened.format(kind.value, title), *inner, *closed])


def written(draft: Draft, fields: Iterable[Field], markup: Markup) -> str:
    """Give the source of a draft, without a blank line around it."""
    options = {"id": draft.id} | _options(draft, fields, markup)
    body: list[str] = []
    for name, text in draft.kept:
        body += [*markup.comment(f"{name}: {text}"), ""]
    for paragraph in draft.body:
        if text := paragraph.strip():
            body += [*_lines(text, markup), ""]
    title = markup.escaped(" ".join(draft.title.split()))
    return markup.object(draft.kind, title, options, body[:-1])


def _options(draft: Draft, fields: Iterable[Field], markup: Markup) -> dict[str, str]:
    """Give the options in the order of the fields; words that readers see may not be markup."""
    found: dict[str, str] = {}
    for option in fields:
        text = draft.options.get(option.name, "")
        match option.type:
            case Names():
                text = "; ".join(_name(*name, markup) for name in draft.names)
            case Phrase():
                text = markup.escaped(text)
            case Actors():
                actors = (actor.partition(" (") for actor in convert.split(text))
                text = ", ".join(f"{id}{sign}{markup.escaped(role)}" for id, sign, role in actors)
        if text:
            found[option.name] = text
    return found


def _name(name: str, language: str, markup: Markup) -> str:
    """Give a name behind its language; one that begins like a language has none that is known."""
    text = markup.escaped(name)
    if language:
        return f"{language} {text}"
    with suppress(ValueError):
        if Names().convert(text) == (Name(text),):
            return text
    return f"und {text}"


def _lines(text: str, markup: Markup) -> list[str]:
    """Give a paragraph line by line; indentation would be markup."""
    lines = [re.sub(r"[ \t]+", " ", line).strip(" ") for line in re.split(r"\r\n?|\n", text)]
    return [markup.escaped(line) for line in lines if line]


def _in_markdown(text: str) -> str:
    text = re.sub(r"[\\`*_{}\[\]<>|~$^@]", r"\\\g<0>", text)
    text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
    text = re.sub(r"^(?=[#+=:%-])", r"\\", text)
    return re.sub(r"^(\d+)(?=[.)](\s|$))", r"\1\\", text)


def _in_rest(text: str) -> str:
    text = re.sub(r"[\\*`|_]", r"\\\g<0>", text)
    text = re.sub(r"::$", r":\\:", text)
    if text.startswith("\\\\"):  # a line of backslashes alone would make a heading
        return f"\\ {text}"
    return re.sub(r"^(?=[^\w\s\\]|\(?(?:\w+|#)[.)](?:\s|$))", r"\\", text)


def _value_in_markdown(text: str) -> str:
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _comment_in_markdown(text: str) -> list[str]:
    return [f"% {line}".rstrip() for line in re.split(r"\r\n?|\n", text)]


def _comment_in_rest(text: str) -> list[str]:
    return ["..", *(f"   {line}".rstrip() for line in re.split(r"\r\n?|\n", text))]


MARKDOWN = Markup(
    _in_markdown,
    _value_in_markdown,
    _comment_in_markdown,
    ":::{{{}}} {}",
    ":::",
    heading="# {}".format,
)
REST = Markup(
    _in_rest,
    lambda text: " ".join(text.split()),
    _comment_in_rest,
    ".. {}:: {}",
    "",
    indent="   ",
    heading=lambda title: f"{title}\n{'=' * (2 * len(title))}",
)


def markup_of(suffix: str) -> Markup:
    """Give how a source file is written, by what its name ends in."""
    return REST if suffix in REST_SUFFIXES else MARKDOWN
