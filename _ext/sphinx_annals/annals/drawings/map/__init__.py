"""Maps of places on an outline of the coasts, without borders.

:mod:`.projection` lays the globe on a sheet, :mod:`.draw` draws it with the names of places.
"""

from sphinx_annals.annals.drawings.labels import overlap
from sphinx_annals.annals.drawings.map.draw import MapPlace, draw_map, fit, label_places
from sphinx_annals.annals.drawings.map.projection import (
    EARTH,
    Azimuthal,
    EqualEarth,
    choose,
    clip_to_frame,
    vector,
)
