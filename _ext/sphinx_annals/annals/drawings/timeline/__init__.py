"""Timelines: dated entries in, drawings out, in pieces that fit a page.

Time flows downwards and labels stand to the right, so that one drawing serves a telephone and
a sheet of paper. :mod:`.signs` says what a date looks like, :mod:`.layout` where everything
goes, :mod:`.draw` draws it page by page.
"""

from sphinx_annals.annals.drawings.timeline.draw import MIN_HEIGHT, draw_timeline
from sphinx_annals.annals.drawings.timeline.layout import TimelineEntry, layout
from sphinx_annals.annals.drawings.timeline.signs import Sign, draw_sign, sign_of
