"""Views of points: in full or in brief, or as a list that they stand in."""

from sphinx_annals.annals.views.points.base import ViewOfPoints
from sphinx_annals.annals.views.points.disputed_points import DisputedPoints
from sphinx_annals.annals.views.points.point_list import PointList
