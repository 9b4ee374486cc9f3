"""Rates, shares and changes that are None where they cannot be worked out, never zero."""

import math
from decimal import Decimal
from numbers import Real

Number = int | float | Decimal


def rate(poor_households: Number | None, census_households: Number | None) -> float | None:
    """Return registered poor households as a share 0-1 of all households of the area (census).

    ``None`` where either figure is missing or the census counted no household. A share above one is
    returned as it is: it says that the register or the denominator is out of date, and hiding it would
    hide that.
    """
    return share(poor_households, census_households)


def share(part: Number | None, whole: Number | None) -> float | None:
    """Return ``part / whole`` (0-1), or ``None`` where one is missing or the whole is zero."""
    part_value, whole_value = _number(part), _number(whole)
    if part_value is None or whole_value is None or whole_value == 0:
        return None
    return part_value / whole_value


def change(now: Number | None, then: Number | None) -> float | None:
    """Return the change over a period as a share of the start: 9,402 to 4,819 is -0.487, not 0.51.

    ``None`` where a figure is missing or the period began at zero.
    """
    now_value, then_value = _number(now), _number(then)
    if now_value is None or then_value is None or then_value == 0:
        return None
    return (now_value - then_value) / then_value


def difference(now: Number | None, then: Number | None) -> float | None:
    """Return ``now - then``, or ``None`` where a figure is missing."""
    now_value, then_value = _number(now), _number(then)
    return None if now_value is None or then_value is None else now_value - then_value


def achieved(actual: Number | None, *, baseline: Number | None, target: Number | None) -> float | None:
    """Return how much of the way from baseline to target has been gone, 1 being all of it.

    ``None`` where a figure is missing or the target equals the baseline. Below zero means further away
    than at the start.
    """
    return share(difference(actual, baseline), difference(target, baseline))


def _number(value: Number | None) -> float | None:
    # Frames hand over NaN, NaT and pandas.NA where SQL had NULL; none of them is a figure.
    if value is None or not isinstance(value, Real | Decimal):
        return None
    number = float(value)
    return number if math.isfinite(number) else None
