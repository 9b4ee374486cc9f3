"""Months by their first days."""

from __future__ import annotations

from datetime import date, timedelta


def month_before(month: date, count: int) -> date:
    """The first day of the month ``count`` months before the one of ``month``; later ones are below zero."""
    years, index = divmod(month.year * 12 + month.month - 1 - count, 12)
    return date(years, index + 1, 1)


def month_end(day: date) -> date:
    """The last day of the month of a day."""
    return month_before(day, -1) - timedelta(days=1)
