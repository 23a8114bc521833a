"""The directives of views: each leaves a placeholder and notes what is asked for."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from docutils.nodes import Node

from sphinx_annals.annals.criticism.comparing import Status
from sphinx_annals.annals.directives.base import AnnalsDirective, Option
from sphinx_annals.annals.doctree.nodes import view
from sphinx_annals.annals.messages import Subtype
from sphinx_annals.annals.model import converters as convert
from sphinx_annals.annals.model.facts import columns_of
from sphinx_annals.annals.model.project import Schema
from sphinx_annals.annals.views.answers import DEFAULT_COLUMNS, SORTS, TABLES
from sphinx_annals.annals.views.filters import OPTIONS, contradiction
from sphinx_annals.annals.views.spec import Filter, ViewSpec


def chosen(kind: str, allowed: tuple[str, ...]) -> Callable[[str], tuple[str, ...]]:
    """Give a converter to several of the words allowed."""

    def convert_words(text: str) -> tuple[str, ...]:
        words = tuple(word.lower() for word in text.replace(",", " ").split())
        for word in words:
            if word not in allowed:
                near = difflib.get_close_matches(word, allowed, n=1)
                hint = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(allowed)}"
                raise ValueError(f"no {kind} {word!r}; {hint}")
        return words

    return convert_words


def sorting(allowed: tuple[str, ...]) -> Callable[[str], tuple[str, bool]]:
    """Give a converter to one of the orders allowed, ``-`` in front turning it round."""
    one = chosen("order", allowed)

    def convert_sort(text: str) -> tuple[str, bool]:
        descending = text.strip().startswith("-")
        words = one(text.strip().removeprefix("-"))
        if len(words) != 1:
            raise ValueError(f"write one of: {', '.join(allowed)}")
        return words[0], descending

    return convert_sort


def alignment(text: str) -> tuple[tuple[str, ...], ...]:
    """Read rows of provisions, one for each treaty: ``6 = 5; 1 = 3; - = notes``."""
    rows = []
    for piece in convert.split(text, ";"):
        names = tuple(name.strip() for name in piece.split("="))
        if len(names) < 2 or not all(names):
            raise ValueError(f"{piece!r} aligns nothing; write: 6 = 5; 1 = 3; - = notes")
        rows.append(tuple("" if n in "-–—" else convert.article_number(n) for n in names))
    return tuple(rows)


FILTERS = {
    name: Option(f"filter.{field}", converter, help, Subtype.FILTER)
    for name, (field, converter, help) in OPTIONS.items()
}
VIEW = {**FILTERS, "caption": Option("caption", convert.phrase, "write a caption")}


def _sort(view_name: str) -> Option:
    allowed = SORTS[view_name]
    return Option("sort", sorting(allowed), f"write one of: {', '.join(allowed)}", Subtype.FILTER)


class ViewDirective(AnnalsDirective):
    """A view; the argument is its caption."""

    view_name: ClassVar[str]
    declared: ClassVar[dict[str, Option]] = VIEW

    def run(self) -> list[Node]:
        """Note what is asked for, and hold the place."""
        values = self.read_options()
        asked = {key: values.pop(key) for key in list(values) if key.startswith("filter.")}
        chosen_filter = Filter(**{key.removeprefix("filter."): v for key, v in asked.items()})
        if self.content:
            self.warn(Subtype.OPTION, "takes no text; write what introduces it above it")
        problem = contradiction(chosen_filter)
        if problem:
            self.warn(Subtype.FILTER, problem)
        sort, descending = values.pop("sort", (SORTS.get(self.view_name, ("",))[0], False))
        values.setdefault("columns", DEFAULT_COLUMNS.get(self.view_name, ()))
        spec = ViewSpec(
            view=self.view_name, filter=chosen_filter, sort=sort, descending=descending,
            anchor=self._anchor(), **self.place, **self.complete(values),
        )  # fmt: skip
        self.domain.note_view(spec.docname, spec.anchor, spec)
        node = view("", docname=spec.docname, ids=[spec.anchor])
        self.set_source_info(node)
        return [node]

    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        """Take the argument for the caption."""
        if self.argument:
            values.setdefault("caption", self.argument)
        return values

    def _anchor(self) -> str:
        taken = {*self.notes.views, *self.state.document.ids}
        numbers = range(1, len(taken) + 2)
        return next(a for n in numbers if (a := f"{self.view_name}-{n}") not in taken)


class EventList(ViewDirective):
    """Events as a list."""

    view_name = "event-list"
    declared: ClassVar[dict[str, Option]] = {**VIEW, "sort": _sort("event-list")}


def _columns(view_name: str, schema: Schema) -> Option:
    allowed = columns_of(schema, TABLES[view_name])
    return Option(
        "columns", chosen("column", allowed), f"write some of: {', '.join(allowed)}",
        Subtype.FILTER,
    )  # fmt: skip


class TableDirective(ViewDirective):
    """A table with the columns chosen, of which a project may have more."""

    def __init_subclass__(cls) -> None:
        """Declare the orders and the columns of the view."""
        cls.declared = {
            **VIEW,
            "sort": _sort(cls.view_name),
            "columns": _columns(cls.view_name, Schema()),
        }
        super().__init_subclass__()

    def known_options(self) -> Mapping[str, Option]:
        """Give the options with the columns of the schema in force."""
        return self.declared | {"columns": _columns(self.view_name, self.domain.schema)}


class EventTable(TableDirective):
    """Events as a table with the columns chosen."""

    view_name = "event-table"


class TreatyTable(TableDirective):
    """Treaties as a table with the columns chosen."""

    view_name = "treaty-table"


class Timeline(ViewDirective):
    """Events as a drawing, with an ordered list for those who do not see it."""

    view_name = "timeline"


class PlaceMap(ViewDirective):
    """Places as a drawing, with a list."""

    view_name = "place-map"


class TargetedDirective(ViewDirective):
    """A view whose argument names objects."""

    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        """Take the argument for ids."""
        try:
            return {**values, "targets": convert.identifiers(self.argument)}
        except ValueError as error:
            self.warn(Subtype.FILTER, str(error))
            return values


class Mentions(TargetedDirective):
    """The sections that refer to the objects named, or to all that pass the filter."""

    view_name = "mentions"
    declared: ClassVar[dict[str, Option]] = {**VIEW, "sort": _sort("mentions")}


class DisputedPoints(TargetedDirective):
    """Points on which sources disagree, of the objects named or of all that pass the filter."""

    view_name = "disputed-points"
    declared: ClassVar[dict[str, Option]] = {
        **VIEW,
        "sort": _sort("disputed-points"),
        "status": Option(
            "statuses", chosen("status", tuple(status.value for status in Status)),
            "write some of: disputed, open, settled, compatible, agreeing, one", Subtype.FILTER,
        ),
    }  # fmt: skip


class ArticleComparison(TargetedDirective):
    """The provisions of the treaties named, side by side."""

    view_name = "article-comparison"
    declared: ClassVar[dict[str, Option]] = {
        **VIEW,
        "align": Option("align", alignment, "write: 6 = 5; 1 = 3; - = notes", Subtype.FILTER),
        "rows": Option(
            "rows", chosen("rows", ("all", "aligned")), "write all or aligned", Subtype.FILTER
        ),
    }

    def complete(self, values: dict[str, Any]) -> dict[str, Any]:
        """Ask for two treaties or more."""
        values = super().complete(values)
        if len(values.get("targets", ())) < 2:
            self.warn(
                Subtype.FILTER, "compares nothing; write the ids of two or more treaties after it"
            )
        return values


VIEWS: dict[str, type[ViewDirective]] = {
    directive.view_name: directive
    for directive in (
        EventList, EventTable, TreatyTable, Timeline, PlaceMap, Mentions, DisputedPoints,
        ArticleComparison,
    )
}  # fmt: skip
"""The directives of views, by the names that authors write."""
