"""Every object that a source text states, and every id that it names, with their places.

Read without a build.
"""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sphinx_annals.annals.model import Kind
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.sources import Directive, Option, Part, Text, messages, read

DIRECTIVES: Mapping[str, Kind] = {
    "treaty-article" if kind is Kind.ARTICLE else kind.value: kind for kind in Kind
}
"""The directives that state objects."""
_ROLES = frozenset({*(kind.value for kind in Kind), "any"})
_EXPLICIT = re.compile(r".+?\s*<(?P<target>[^<]*)>", re.DOTALL)
_LINK = re.compile(
    # what stands in round brackets, or in pointed ones, or after a label, up to the id
    r"(?:\]\(\s*<?|<(?=project:|path:)|^\s{0,3}\[[^\]]+\]:[ \t]*<?)"
    r"(?:project:|path:)?(?P<file>[^()\s<>#:]*)#(?P<id>(?:[^\s()<>\"']|\([^\s()]*\))+)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Naming:
    """Which words name objects: ``options`` of ``directives``, arguments of those ``about`` any."""

    directives: Container[str]
    options: Container[str]
    about: Container[str]


@dataclass(frozen=True, slots=True)
class Named:
    """An id that stands in a text; of a link also the file before the ``#``."""

    id: str
    start: int
    end: int
    file: str | None = None


@dataclass(frozen=True, slots=True)
class Stated:
    """An object that a text states; ``treaty`` is that of a provision."""

    kind: Kind
    id: str
    treaty: str
    directive: Directive

    @property
    def title(self) -> str:
        """Its title as it is written, or the number of a provision."""
        return self.directive.argument.text.strip()

    def option(self, name: str) -> str:
        """Give an option as it is written, on one line, or nothing."""
        return " ".join(option.value.text for option in self.lines(name))

    def lines(self, name: str) -> list[Option]:
        """Give the lines of an option: it may go on in those below the first."""
        return [option for option in self.directive.options if option.name == name]

    @property
    def aliases(self) -> list[str]:
        """Its retired ids."""
        return convert.split(self.option("aliases"))


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a text states and names, in its order."""

    stated: list[Stated] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)


def scan(text: str, suffix: str, naming: Naming) -> Scanned:
    """Give what a source text states and names; ``suffix`` tells the markup."""
    found = Scanned()
    of: dict[Directive, Stated] = {}
    for part in read(text, suffix):
        if isinstance(part, Directive) and _ours(part) and part.name in DIRECTIVES:
            of[part] = stated = _stated(part, of)
            found.stated.append(stated)
        found.named.extend(_named(part, naming))
    return found


def named_in_messages(text: str) -> Iterator[Named]:
    """Give the ids that the messages of a .po file name, in either markup."""
    for message, places in messages(text):
        for rest in (False, True):
            for named in _in_text(Text(message, 0, rest)):
                start, end = places[named.start], places[named.end - 1] + 1
                yield replace(named, start=start, end=end)


def _ours(directive: Directive) -> bool:
    return directive.domain in ("", "annals:")


def _stated(directive: Directive, of: Mapping[Directive, Stated]) -> Stated:
    kind = DIRECTIVES[directive.name]
    options = {option.name: option.value.text.strip() for option in reversed(directive.options)}
    id, treaty, title = options.get("id", ""), "", directive.argument.text.strip()
    if kind is Kind.ARTICLE:
        treaties = (of[d].id for d in reversed(directive.around) if d.name == Kind.TREATY.value)
        treaty = options.get("treaty") or next(treaties, "")
    if not id and kind is Kind.ARTICLE and title:
        id = f"{treaty or 'article'}/{convert.article_number(title)}"
    # else as the directive makes it, which warns of it
    return Stated(kind, id or convert.improvised(title) or kind.value, treaty, directive)


def _named(part: Part, naming: Naming) -> Iterator[Named]:
    """Give the ids that one part of a text names."""
    match part:
        case Directive(name=name, argument=argument):
            if _ours(part) and name in naming.about:
                yield from _ids(argument)
            else:
                yield from _in_text(argument)
        case Option(of=directive, name=name, value=value):
            if _ours(directive) and directive.name in naming.directives and name != "id":
                of_ids = name in naming.options
                if of_ids or (name in ("value", "prefers") and _speaks_of(directive, naming)):
                    yield from _ids(value)
            yield from _in_text(value)
        case Text():
            yield from _in_text(part)


def _speaks_of(directive: Directive, naming: Naming) -> bool:
    """Tell whether an account or a verdict is on what an option says that names objects."""
    properties = [o.value.text.strip() for o in directive.options if o.name == "property"]
    return (properties or [directive.argument.text.strip()])[0] in naming.options


def _at(start: int, id: str, file: str | None = None) -> Named:
    return Named(id, start, start + len(id), file)


def _ids(text: Text) -> Iterator[Named]:
    """Give the ids in a list of them, each of which may have a role in brackets behind it."""
    at = 0
    for piece in convert.split(text.text):
        at = text.text.index(piece, at)
        if found := convert.ID.match(piece):
            yield _at(text.start + at, found[0])
        at += len(piece)


def _in_text(text: Text) -> Iterator[Named]:
    for role in text.roles:
        if role.name.removeprefix("annals:") in _ROLES:
            explicit = _EXPLICIT.fullmatch(role.text)
            target, at = (
                (explicit["target"], explicit.start("target")) if explicit else (role.text, 0)
            )
            blank = len(target) - len(target.lstrip())
            yield _at(role.start + at + blank, target.strip())
    for link in _LINK.finditer(text.bare) if "#" in text.text and not text.rest else ():
        yield _at(text.start + link.start("id"), link["id"], link["file"])
