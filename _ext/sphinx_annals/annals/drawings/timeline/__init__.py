"""Timelines: dated entries in, drawings out, in pieces that fit a page.

Time flows downwards and labels stand to the right, so that one drawing serves a telephone and
a sheet of paper. :mod:`.scale` says where a day stands, :mod:`.signs` what a date looks like,
:mod:`.rows` where everything goes, :mod:`.pages` where a page ends, :mod:`.draw` draws it.
"""

from sphinx_annals.annals.drawings.timeline.draw import draw_timeline
from sphinx_annals.annals.drawings.timeline.pages import MIN_HEIGHT
from sphinx_annals.annals.drawings.timeline.rows import TimelineEntry, anchor, layout
from sphinx_annals.annals.drawings.timeline.signs import Body, End, Sign, sign_of
