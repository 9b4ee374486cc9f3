"""What is said beside a value that rests on DOSM's survey: how sure it is, and what it is of."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from dash import html

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.indicators import Measured
    from dashboard.pages.kpi.view import Panel
    from words import Words

    Write = Callable[[Decimal | None, Measured, Words], str]


def survey_range(item: Measured, panel: Panel, words: Words, write: Write) -> list[Component]:
    """The range of the value, or why there is none; nothing where DOSM's rate is not read."""
    code, area = item.indicator.indicator_code, panel.area.code
    year = panel.course.survey_year(code, area)
    if year is None:
        return []
    if year != panel.footing.line_year:
        return [html.P(words("kpi.survey_line", year=str(year)), className="ek-kpi-note")]
    if item.actual is None:
        return []
    low, high = panel.course.range(code, area)
    if not isinstance(low, Decimal) or not isinstance(high, Decimal):
        return []
    ends = {"low": write(Decimal(round(low)), item, words), "high": write(Decimal(round(high)), item, words)}
    return [html.P(words("kpi.survey_range", **ends, year=str(year)), className="ek-kpi-note")]
