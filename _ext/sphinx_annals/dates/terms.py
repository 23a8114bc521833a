"""Terms: lengths of time, and the day on which one ends."""

from dataclasses import dataclass

from sphinx_annals.dates.days import Day, day_at, day_number, days_in_month
from sphinx_annals.dates.historical import HistoricalDate


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: ISO 8601 (``P30Y``) and as words (``30 years``)."""

    iso: str
    display: str
    years: int = 0
    months: int = 0
    days: int = 0


def after_term(date: HistoricalDate, term: Duration) -> tuple[Day, Day] | None:
    """Give the first and last day on which a term can end that begins on a date."""
    first, last = date.earliest, date.latest
    if first is None or last is None:
        return None
    return day_at(day_number(_add(first, term)) - 1), _add(last, term)


def _add(day: Day, term: Duration) -> Day:
    months = day[0] * 12 + day[1] - 1 + term.years * 12 + term.months
    year, month = divmod(months, 12)
    moved = year, month + 1, min(day[2], days_in_month(year, month + 1))
    return day_at(day_number(moved) + term.days)
