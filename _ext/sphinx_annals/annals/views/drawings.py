"""Timelines and maps in a page: inline in HTML, as image files in builders with pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, cast

from docutils import nodes
from docutils.nodes import Node

from sphinx_annals.annals import drawings
from sphinx_annals.annals.doctree.renderer import Renderer
from sphinx_annals.annals.doctree.tables import heading
from sphinx_annals.annals.domain import AnnalsDomain
from sphinx_annals.annals.model.records import Event, Place, Record
from sphinx_annals.annals.model.terms import Certainty
from sphinx_annals.annals.views.spec import ViewSpec
from sphinx_annals.fences.sphinx import add_image

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

PAGE = (480, 370.0)
"""The width and height that a drawing may take on a page; three quarters of them in points."""
_SVG = "image/svg+xml"
_DOUBTFUL = (Certainty.POSSIBLE, Certainty.DOUBTFUL)


def draw_timeline(events: Sequence[Event], spec: ViewSpec, show: Renderer) -> list[str]:
    """Draw dated events; in pieces that fit a page where there are pages."""
    entries = [
        drawings.TimelineEntry(
            id=event.id,
            label=event.title,
            date=event.date,
            href=_href(event, show),
            tags=event.tags,
            uncertain=event.certainty in _DOUBTFUL,
            rank=show.catalogue.ranks[event.id],
        )
        for event in events
        if event.date
    ]
    title = spec.caption or "Timeline"
    if not show.paged:
        return drawings.draw_timeline(entries, title=title, prefix=spec.anchor)
    width, height = PAGE
    return drawings.draw_timeline(
        entries, title=title, prefix=spec.anchor, width=width, max_height=height
    )


def draw_map(places: Sequence[Place], spec: ViewSpec, show: Renderer) -> list[str]:
    """Draw places that have coordinates."""
    found = [
        drawings.MapPlace(place.id, place.title, place.coordinates, _href(place, show))
        for place in places
        if place.coordinates
    ]
    title = spec.caption or "Map"
    if show.paged:
        drawn = drawings.draw_map(found, title=title, prefix=spec.anchor, width=PAGE[0])
    else:
        drawn = drawings.draw_map(found, title=title, prefix=spec.anchor)
    return [drawn] if drawn else []


def _is_html(show: Renderer) -> bool:
    return show.builder.format == "html"


def _href(record: Record, show: Renderer) -> str | None:
    if not _is_html(show):
        return None
    uri = show.builder.get_relative_uri(show.docname, record.docname)
    return f"{uri}#{record.anchor}" if record.docname != show.docname else f"#{record.anchor}"


def placed(
    draw: Callable[[], Sequence[str]],
    spec: ViewSpec,
    show: Renderer,
    env: BuildEnvironment,
    words: str,
) -> list[Node]:
    """Give the nodes that hold drawings, with the caption; the caption alone where the
    builder can show none. ``words`` say the same as the drawing.
    """
    if _is_html(show):
        caption = f"<figcaption>{escape(spec.caption)}</figcaption>" if spec.caption else ""
        markup = f'<figure class="annals-drawing">{"".join(draw())}{caption}</figure>\n'
        return [nodes.raw("", markup, format="html")]
    headed: list[Node] = [heading([nodes.Text(spec.caption)])] if spec.caption else []
    if not _can_show_svg(show, env):
        return headed
    folder = Path(env.doctreedir) / "annals"
    folder.mkdir(parents=True, exist_ok=True)
    images: list[Node] = []
    for number, drawn in enumerate(draw(), 1):
        name = re.sub(r"[^\w.-]+", "-", f"{spec.docname}-{spec.anchor}-{number}.svg")
        path = folder / name
        path.write_text(drawn, encoding="utf-8")
        add_image(env, spec.docname, path)
        title = spec.caption or spec.view.replace("-", " ").capitalize()
        alt = f"{title}: {words}" if number == 1 else f"{title}, continued"
        images.append(nodes.image(uri=str(path), candidates={_SVG: str(path)}, alt=alt))
    return [*headed, *images]


def _can_show_svg(show: Renderer, env: BuildEnvironment) -> bool:
    """Tell whether the builder takes SVG, or an extension converts it."""
    if _SVG in show.builder.supported_image_types:
        return True
    domain = cast("AnnalsDomain", env.domains["annals"])
    return show.paged and _SVG in domain.convertible_images
