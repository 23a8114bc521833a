"""Directives and roles whose names are misspelt: they do what the nearest name of ours does.

Without this the text in them would be lost, and what refers to it would be warned of once more.
A directive whose name is another's and more, as `place-list`, means something else, and does
nothing.
"""

import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

from docutils import nodes
from docutils.languages import get_language
from docutils.parsers.rst import Directive, directives, roles
from docutils.utils import new_document
from sphinx.application import Sphinx

from sphinx_annals.authoring.misread import Names
from sphinx_annals.authoring.sources import watch_sources
from sphinx_annals.authoring.written import WrittenDirective
from sphinx_annals.fences.sphinx import translations_of
from sphinx_annals.messages import WarningSubtype, warn
from sphinx_annals.text import nearest

_NAME = r"([^\W\d][\w:.-]*)"
# each begins with a sign, by which they are found in an eighth of the time
_DIRECTIVES = re.compile(
    "|".join(rf"{mark}\s*\{{{_NAME}\}}" for mark in ("```", "~~~", ":::")) + rf"|\.\. {_NAME}::"
)
_ROLES = re.compile(rf"\{{{_NAME}\}}`|:{_NAME}:`")
_SHORTEST = 3
"""Letters of a name that can be a slip: of fewer, any two are alike."""
_OF_MYST = {"eval-rst"}
"""Names that MyST reads without a registry."""


class Misspelt:
    """Registers what is misspelt in a source before it is parsed."""

    def __init__(self, names: Names, subtype: WarningSubtype) -> None:
        self.names, self.subtype = names, subtype
        self.asked: set[str] = set()

    def read(self, app: Sphinx, _path: Path, source: list[str]) -> None:
        """Look through a document, or a part, and what takes the place of the document's text."""
        translated = translations_of(app.env, app.env.current_document.docname)
        text = "\n".join([source[0], *map(str, translated)])
        for name in self._new(_DIRECTIVES, text):
            if _directive(name) is None:
                near = nearest(name, _directives(app) | self.names.directives)
                if near in self.names.directives and _extends(name, near):
                    near = self._alike(name, near)
                    app.add_directive(name, self._asking_directive(near))
                    continue
                found = _directive(near) if near in self.names.directives else None
                if found is not None:
                    app.add_directive(name, self._warning_directive(found, near))
        for name in self._new(_ROLES, text):
            if _role(name) is None:
                near = nearest(name, _roles(app) | self.names.roles)
                if near in self.names.roles:
                    app.add_role(name, partial(self._run_role, near))

    def _new(self, pattern: re.Pattern[str], text: str) -> Iterator[str]:
        """Give the names in a text, each once in a build."""
        for name in {next(filter(None, match)).lower() for match in pattern.findall(text)}:
            key = f"{pattern.pattern[0]}{name}"
            if key not in self.asked and len(name) >= _SHORTEST:
                self.asked.add(key)
                yield name

    def _warning_directive(self, found: type[Directive], near: str) -> type[Directive]:
        subtype = self.subtype

        def run(self: Any) -> Any:
            message = f"unknown directive {self.name!r}; did you mean {near!r}?"
            warn(subtype, message, self.get_location())
            return found.run(self)

        return type(f"Misspelt{found.__name__}", (found,), {"run": run})

    def _alike(self, name: str, shorter: str) -> str:
        """Give what a name may mean that is another's and more: else one that ends as it does."""
        end = name.rpartition("-")[2]
        known = [n for n in sorted(self.names.directives) if (":" in n) == (":" in name)]
        alike = [n for n in known if n.startswith(f"{shorter}-")]
        alike = alike or [n for n in known if n.endswith(f"-{end}")]
        return nearest(name, alike) or next(iter(alike), "")

    def _asking_directive(self, near: str) -> type[Directive]:
        subtype = self.subtype

        class Asking(WrittenDirective):
            slip = subtype

            def warn_of_slip(self, message: str) -> None:
                """Say nothing: whose options they are is not known."""

            def run(self) -> list[nodes.Node]:
                hint = f"; did you mean {near!r}?" if near else ""
                warn(subtype, f"unknown directive {self.name!r}{hint}", self.get_location())
                return self.parse_content_to_nodes()

        return Asking

    def _run_role(self, near: str, name: str, *given: Any, **named: Any) -> Any:
        rawtext, text, line, inliner, *more = given
        place = inliner.reporter.get_source_and_line(line)
        warn(self.subtype, f"unknown role {name!r}; did you mean {near!r}?", "{}:{}".format(*place))
        role: Any = _role(near)
        return role(near, rawtext, text, line, inliner, *more, **named)


def _extends(name: str, near: str) -> bool:
    """Tell whether a name is another and more, as ``place-list`` is: so not a slip for it."""
    return nearest(name.rpartition("-")[0], [near]) == near


def _directives(app: Sphinx) -> set[str]:
    known = (*directives._directives, *directives._directive_registry, *_OF_MYST)  # type: ignore[attr-defined]
    standard = app.env.domains.standard_domain.directives
    domains = app.env.domains.sorted()
    return {*known, *standard, *(f"{d.name}:{name}" for d in domains for name in d.directives)}


def _roles(app: Sphinx) -> set[str]:
    known = (*roles._roles, *roles._role_registry)  # type: ignore[attr-defined]
    standard, domains = app.env.domains.standard_domain.roles, app.env.domains.sorted()
    return {*known, *standard, *(f"{d.name}:{name}" for d in domains for name in d.roles)}


@cache
def _nowhere() -> nodes.document:
    """Give a document to look names up for; docutils takes milliseconds to make one."""
    return new_document("")


def _directive(name: str) -> Any:
    return directives.directive(name, get_language("en"), _nowhere())[0]


def _role(name: str) -> Any:
    return roles.role(name, get_language("en"), 0, _nowhere().reporter)[0]


def watch_misspelt(app: Sphinx, names: Names, subtype: WarningSubtype) -> None:
    """Warn of names that are nearly one of ours."""
    watch_sources(app, Misspelt(names, subtype).read)
