"""Dates as historians write them: EDTF, calendars, bounds, and their words. Pure."""

from sphinx_annals.dates.days import (
    MONTH_NAMES,
    MONTHS,
    Calendar,
    Day,
    as_date,
    day_at,
    day_number,
    days_in_month,
    iso_day,
    overlapping,
)
from sphinx_annals.dates.edtf import ALLOWED, DateError, Point, Precision
from sphinx_annals.dates.foreign import UnclearError, edtf_year, from_text, to_gregorian
from sphinx_annals.dates.historical import (
    Duration,
    HistoricalDate,
    Shape,
    after_term,
    in_words,
    parse,
    segments,
    sort_key,
)
from sphinx_annals.dates.wording import day_in_words, part_of_year, year_in_words
