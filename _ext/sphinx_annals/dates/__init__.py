"""Dates as historians write them: EDTF, calendars, bounds, and their words. Pure."""

from sphinx_annals.dates.days import day_at, day_number, to_gregorian
from sphinx_annals.dates.edtf import (
    ALLOWED,
    MONTHS,
    DateError,
    Day,
    Point,
    Precision,
    show_year,
)
from sphinx_annals.dates.historical import (
    Calendar,
    HistoricalDate,
    Shape,
    as_date,
    display,
    parse,
    segments,
    sort_key,
)
from sphinx_annals.dates.spans import Duration, after_term, iso_day, show_day
