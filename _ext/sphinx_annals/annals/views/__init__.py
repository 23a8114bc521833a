"""Views: what pages show of what all documents state. A view is one class in one file.

To add one, also from another extension: derive it from :class:`View` or :class:`FilteredView`,
and register it with :func:`add_view`.
"""

from sphinx.application import Sphinx

from sphinx_annals.annals.views.article_comparison import ArticleComparison
from sphinx_annals.annals.views.base import (
    FilteredView,
    View,
    ViewOfObjects,
    add_scripts,
    add_view,
    directive_of,
    fill_views,
)
from sphinx_annals.annals.views.corpus import Corpus
from sphinx_annals.annals.views.drawn import Disagreements, Network, PlaceMap, Stemma, Timeline
from sphinx_annals.annals.views.event_list import EventList
from sphinx_annals.annals.views.filters import Filter, Selection, chapter_names, problems
from sphinx_annals.annals.views.mentions import Mentions
from sphinx_annals.annals.views.options import asked, chosen, sorting
from sphinx_annals.annals.views.points import DisputedPoints, PointList, ViewOfPoints
from sphinx_annals.annals.views.record_tables import EventTable, TreatyTable
from sphinx_annals.annals.views.stale import hash_pages, warn_of_problems
from sphinx_annals.interfaces import SHOWN

VIEWS = (
    EventList,
    EventTable,
    TreatyTable,
    Timeline,
    PlaceMap,
    Mentions,
    DisputedPoints,
    PointList,
    ArticleComparison,
    Stemma,
    Network,
    Disagreements,
)


def setup(app: Sphinx) -> None:
    """Register the views, and say what pages show of them."""
    for view in VIEWS:
        add_view(app, view)
    app.connect("html-page-context", add_scripts)
    app.connect("env-check-consistency", warn_of_problems)
    app.connect(SHOWN, hash_pages)
