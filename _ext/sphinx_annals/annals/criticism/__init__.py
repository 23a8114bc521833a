"""Source criticism: what accounts say, how they compare, how a point stands. Pure."""

from sphinx_annals.annals.criticism.comparing import (
    Compared,
    Comparison,
    Criticism,
    field_of,
    own_reading,
    property_key,
    shown_value,
)
from sphinx_annals.annals.criticism.dependence import Dependence, Graph, without_rings
from sphinx_annals.annals.criticism.english_dates import read_date, shown_date
from sphinx_annals.annals.criticism.mistakes import mistakes
from sphinx_annals.annals.criticism.quantities import read_quantity
from sphinx_annals.annals.criticism.status import Claim, Status, conflict, status_of
from sphinx_annals.annals.criticism.values import Relation, read_value, relate
