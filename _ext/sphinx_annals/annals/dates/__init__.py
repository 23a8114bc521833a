"""Dates as historians write them: EDTF, calendars, bounds, and their words."""
