"""Drawings of what the annotations say: plain values in, SVG out. Pure, no Sphinx."""

from sphinx_annals.annals.drawings.map import MapPlace, draw_map
from sphinx_annals.annals.drawings.network import (
    NetworkNode,
    NetworkTie,
    draw_network,
    lay_out_network,
)
from sphinx_annals.annals.drawings.stemma import StemmaWork, draw_stemma, lay_out_stemma
from sphinx_annals.annals.drawings.svg import Frame, text_width, wrap
from sphinx_annals.annals.drawings.timeline import TimelineEntry, draw_strip, draw_timeline
