"""A network as SVG: who is tied to whom, laid out by springs; imports no Sphinx."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt

from sphinx_annals.annals.drawings import svg
from sphinx_annals.annals.drawings.labels import XY, Field, Place
from sphinx_annals.annals.drawings.svg import Frame, Style, element, stroke

TEXT, LEADING = 13.0, 15.5
"""The size of a name, and the distance of its lines."""

_WIDEST, _MARGIN, _BEND = 132.0, 10.0, 10.0


@dataclass(frozen=True, slots=True)
class NetworkNode:
    """What a network shows of one of its members; ``href`` is None where nothing is linked."""

    label: str
    href: str | None = None


@dataclass(frozen=True, slots=True)
class NetworkTie:
    """A tie between two members, by their numbers from 0; ``dashed`` ones are of another kind."""

    one: int
    other: int
    weight: int = 1
    dashed: bool = False


def lay_out_network(members: int, ties: Sequence[tuple[int, int]]) -> list[XY]:
    """Give each member a place in the unit square: who is tied stands near, by springs (Fruchterman
    and Reingold, of rustworkx). It begins on a circle, so that equal ties give equal places.

    Raises ModuleNotFoundError without the extra ``networks``.
    """
    import rustworkx

    graph: rustworkx.PyGraph[int, None] = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(members))
    graph.add_edges_from([(a, b, None) for a, b in ties])
    parts = rustworkx.connected_components(graph)
    if len(parts) > 1:  # parts that nothing ties would fly apart: each hangs on one point
        hub = graph.add_node(members)
        heads = (max(sorted(part), key=graph.degree) for part in parts)
        graph.add_edges_from([(hub, head, None) for head in heads])
    turn = 2 * pi / members
    start = {n: (cos(turn * n), sin(turn * n)) for n in range(members)} | {members: (0.0, 0.0)}
    start = {n: at for n, at in start.items() if n in graph.node_indices()}
    found = rustworkx.spring_layout(graph, pos=start, k=2.0, num_iter=500, seed=1)
    xs, ys = ([found[n][axis] for n in range(members)] for axis in (0, 1))
    return list(zip(_spread(xs), _spread(ys), strict=True))


def _spread(values: Sequence[float]) -> list[float]:
    """Bring coordinates between 0 and 1, half by size, half by order: a crowd needs room."""
    low, high = min(values), max(values)
    if high - low < 1e-9:
        return [0.5] * len(values)
    order = sorted(range(len(values)), key=lambda n: (round(values[n], 6), n))
    ranks = {n: rank / (len(values) - 1) for rank, n in enumerate(order)}
    return [
        round(((value - low) / (high - low) + ranks[n]) / 2, 4) for n, value in enumerate(values)
    ]


def draw_network(
    nodes: Sequence[NetworkNode],
    ties: Sequence[NetworkTie],
    frame: Frame,
    *,
    meaning: tuple[str, str] = ("", ""),
    scaled: bool = False,
) -> str:
    """Draw who is tied to whom, as an SVG document for HTML or a file.

    There is one member at least. Names are 13 units high, unless it is ``scaled`` to its frame;
    those that find no room become numbers, explained below. ``meaning`` says what whole and dashed
    lines are, where there are both. Raises what :func:`lay_out_network` does.
    """
    width, language = frame.width, frame.language
    pairs = dict.fromkeys((tie.one, tie.other) for tie in ties)
    high = width * min(1.05, 0.24 + 0.028 * len(nodes))
    points = [
        (_MARGIN + x * (width - 2 * _MARGIN), _MARGIN + y * (high - 2 * _MARGIN))
        for x, y in lay_out_network(len(nodes), list(pairs))
    ]
    radii = _radii(len(nodes), ties)
    lines = [svg.wrap(node.label, TEXT, _WIDEST) for node in nodes]
    sizes = [
        (max(svg.text_width(li, TEXT) for li in found), LEADING * len(found)) for found in lines
    ]
    field = Field((2, 2, width - 2, high - 2), max(radii) + 0.5, TEXT, LEADING)
    labels, numbers = field.label(points, sizes)
    drawn = "".join(_draw_tie(tie, points[tie.one], points[tie.other]) for tie in ties)
    content = element("g", drawn, class_="annals-ties")
    for n, node in enumerate(nodes):
        drawn = _draw_node(node, points[n], radii[n], lines[n], labels.get(n), numbers.get(n))
        content += element("g", drawn, data_member=str(n))
    names = {count: nodes[n].label for n, count in numbers.items()}
    dashes = {tie.dashed for tie in ties}
    lines_of = {
        dashed: language.gettext(meaning[dashed]) for dashed in sorted(dashes) if len(dashes) > 1
    }
    key, key_height = _draw_key(names, lines_of, width, high + 6)
    members = language.ngettext("{count} member", "{count} members", len(nodes))
    tied = language.ngettext("{count} tie between them", "{count} ties between them", len(pairs))
    count = language.gettext("{members} and {ties}.").format(members=members, ties=tied)
    size = width, high + key_height + 6
    return svg.document(content + key, frame, count, size, "annals-network", scaled=scaled)


def _radii(members: int, ties: Sequence[NetworkTie]) -> list[float]:
    """Give marks an area that grows with the weight of their ties, up to a bound."""
    weights: Counter[int] = Counter()
    for tie in ties:
        weights.update({tie.one: tie.weight, tie.other: tie.weight})
    most = max(weights.values(), default=1)
    return [2.5 + 2.0 * sqrt(weights[n] / most) for n in range(members)]


def _draw_tie(tie: NetworkTie, start: XY, end: XY) -> str:
    """Draw a tie; one that is dashed is bent, so that it does not cover another."""
    line: Style = {"stroke_opacity": 0.4, "stroke_linecap": "round"}
    line["data_ends"] = f"{tie.one} {tie.other}"  # by which a script knows whom it ties
    d = svg.steps("M", *start, "L", *end)
    if tie.dashed:
        line["stroke_dasharray"] = "5 4"
        (x, y), (u, v) = start, end
        across = max(sqrt((u - x) ** 2 + (v - y) ** 2), 1.0)
        middle = (x + u) / 2 - (v - y) / across * _BEND, (y + v) / 2 + (u - x) / across * _BEND
        d = svg.steps("M", x, y, "Q", *middle, " ", u, v)
    return stroke(d, 0.8 + 0.5 * min(tie.weight, 14), **line)


def _draw_node(
    node: NetworkNode,
    point: XY,
    radius: float,
    lines: Sequence[str],
    label: Place | None,
    count: int | None,
) -> str:
    drawn = ""
    if label and label.leader:
        drawn += stroke(svg.steps("M", *point, "L", *label.leader), 0.8, class_="annals-leader")
    drawn += element("circle", cx=point[0], cy=point[1], r=radius, fill="currentColor")
    if label:
        font: Style = {"text_anchor": label.anchor, "font_size": TEXT, "class_": "annals-name"}
        # names stand over lines: what is behind them is kept off by an edge of the paper's colour
        font |= {"stroke": "white", "stroke_width": 3, "paint_order": "stroke"}
        font |= {"stroke_linejoin": "round", "font_weight": "bold" if count else None}
        words = [str(count)] if count else lines
        drawn += svg.text_lines(words, label.x, label.box[1] + 12, LEADING, **font)
    name = f"{count} {node.label}" if count else node.label
    return svg.linked(drawn, node.href, name, "annals-node")


def _draw_key(
    names: dict[int, str], lines: dict[bool, str], width: float, top: float
) -> tuple[str, float]:
    """List the numbered names below the drawing, and what its lines mean."""
    font: Style = {"font_size": TEXT, "font_weight": "bold", "text_anchor": "end"}
    items = [
        (element("text", str(count), x=18, y=14, **font), name) for count, name in names.items()
    ]
    items += [
        (stroke("M0 9h16", 1.6, stroke_dasharray="5 4" if dashed else None), meaning)
        for dashed, meaning in lines.items()
    ]
    if not items:
        return "", 0.0
    parts, height = svg.in_columns(items, width, size=TEXT)
    return svg.key(parts, top), height
