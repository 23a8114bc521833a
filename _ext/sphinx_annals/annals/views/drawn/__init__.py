"""Views that are drawn, each with the same in words: :mod:`.figure` says where it is which."""

from sphinx_annals.annals.views.drawn.disagreements import Disagreements
from sphinx_annals.annals.views.drawn.network import Network
from sphinx_annals.annals.views.drawn.place_map import PlaceMap
from sphinx_annals.annals.views.drawn.stemma import Stemma
from sphinx_annals.annals.views.drawn.timeline import Timeline
