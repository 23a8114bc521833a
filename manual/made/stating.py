"""What the annotations declare: options, columns, views, roles, checks, formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sphinx_annals.annals.checks import CHECKS
from sphinx_annals.annals.directives import DIRECTIVES
from sphinx_annals.annals.doctree import LANGUAGE_ROLES
from sphinx_annals.annals.export import FORMATS, DataDownloads
from sphinx_annals.annals.model import BUILT_IN, Kind, columns_of
from sphinx_annals.annals.views import VIEWS, Filter, FilteredView, directive_of

from made.rows import indexed, table

_ENTRIES = ("person", "organisation", "place")
_SHOWN = (*VIEWS, DataDownloads)


def _declared(directive: str) -> Mapping[str, Any]:
    declared: Mapping[str, Any] = getattr(DIRECTIVES[directive], "declared", {})
    return declared


def options(directive: str) -> Iterator[str]:
    """Give the options of a directive that it does not share with others.

    ``all`` are those that every object takes, ``authority`` those of people, organisations and
    places.
    """
    entries = set.intersection(*(set(_declared(name)) for name in _ENTRIES))
    every = entries & _declared("event").keys()
    if directive == "all":
        yield from _options({n: o for n, o in _declared("event").items() if n in every}, "objects")
    elif directive == "authority":
        wanted = {n: o for n, o in _declared("place").items() if n in entries - every}
        yield from _options(wanted, "people, organisations, places")
    else:
        shared = entries if directive in _ENTRIES else every
        shared = set() if directive in ("account", "verdict") else shared
        own = {n: o for n, o in _declared(directive).items() if n not in shared}
        yield from _options(own, directive)


def _options(declared: Mapping[str, Any], of: str) -> Iterator[str]:
    yield from indexed(declared, f"option of {of}")
    rows = [(f"`{name}`", _value(option.about, option.help)) for name, option in declared.items()]
    yield from table(("option", "value"), rows)


def _value(about: str, help: str) -> str:
    """Give what an option means, then what to write, its examples as code."""
    choices = re.fullmatch(r"((?:[\w-]+, )*[\w-]+) or ([\w-]+)", help)
    several = re.fullmatch(r"write (some|one) of: (.*)", help)
    what, colon, example = help.partition(": ")
    if choices:
        words = [", ".join(f"`{word}`" for word in choices[1].split(", ")), f"`{choices[2]}`"]
        said = " or ".join(words)
    elif several:
        said = f"{several[1].title()} of {', '.join(f'`{w}`' for w in several[2].split(', '))}"
    elif "EDTF" in what:
        said = "[EDTF](/reference/dates.md)"
    else:
        said = what[:1].upper() + what[1:] + (f": `{example}`" if colon else "")
    meaning = "" if about.lower().rstrip(".") in said.lower() else f"{about} "
    return f"{meaning}{said}.".strip()


def columns(kind: str) -> Iterator[str]:
    """Give the names of the columns that a table of records can have."""
    yield ", ".join(f"`{name}`" for name in columns_of(BUILT_IN, Kind(kind)))


def filters() -> Iterator[str]:
    """Give the filters, which all views of several things take."""
    yield from _options(directive_of(Filter).declared, "views")


def views() -> Iterator[str]:
    """Give each view with what it shows and the options that are no filters."""
    shared = directive_of(Filter).declared.keys() | {"caption"}
    for view in sorted(_SHOWN, key=lambda view: view.name):
        about = " ".join((view.__doc__ or "").split())
        yield from (f"(view-{view.name})=", f"### `{view.name}`", "", about, "")
        yield from indexed([view.name], "view")
        declared = directive_of(view).declared
        if own := {name: option for name, option in declared.items() if name not in shared}:
            yield from _options(own, view.name)
        if not issubclass(view, FilteredView):
            yield from ("It takes no filters.", "")


def roles() -> Iterator[str]:
    """Give the roles that refer to objects, and those that mark languages."""
    rows = [
        (f"`` {{{kind.value}}}`id` ``", f"refers to {kind.with_article}, and prints its title")
        for kind in Kind
    ]
    rows.append(("`` {date}`1950-02` ``", "prints a date of [EDTF](/reference/dates.md)"))
    rows += [
        (f"`` {{{name}}}`…` ``", f"marks words as `{tag}`, for fonts and speech")
        for name, tag in LANGUAGE_ROLES.items()
    ]
    yield from indexed([*(kind.value for kind in Kind), "date", *LANGUAGE_ROLES], "role")
    yield from table(("role", "what it does"), rows)


def checks() -> Iterator[str]:
    """Give the checks in the order in which their findings are listed."""
    yield from indexed((check.code for check in CHECKS), "check")
    rows = [(f"`{check.code}`", check.severity.value, check.help) for check in CHECKS]
    yield from table(("check", "severity", "what it finds"), rows)


def formats() -> Iterator[str]:
    """Give the formats of exports."""
    yield from indexed((format.title for format in FORMATS), "export")
    rows = [(f"`{format.id}`", format.title, format.sentence) for format in FORMATS]
    yield from table(("id", "format", "what is in it"), rows)
