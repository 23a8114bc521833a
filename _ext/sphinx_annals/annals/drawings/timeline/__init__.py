"""Timelines: dated entries in, drawings out, in pieces that fit a page.

On paper time flows downwards and labels stand to the right: :mod:`.signs` says what a date looks
like, :mod:`.layout` where everything goes, :mod:`.draw` draws it page by page. On a screen time
flows to the right: :mod:`.strip`.
"""

from sphinx_annals.annals.drawings.timeline.draw import MIN_HEIGHT, draw_timeline
from sphinx_annals.annals.drawings.timeline.layout import TimelineEntry, layout
from sphinx_annals.annals.drawings.timeline.signs import Sign, draw_sign, sign_of
from sphinx_annals.annals.drawings.timeline.strip import draw_strip, raise_flags
