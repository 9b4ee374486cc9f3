"""Draws the charts with plotly: frames in, figures out, with a sentence that says the same."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from babel import dates

from layers import numbers
from layers.numbers import Number, Words
from layers.palettes import SIZES, STATUS_COLOURS, TOKENS
from poverty.targets import Standing
from words import words_of

FONT_SIZE = 13
SPARK_HEIGHT, TREND_HEIGHT, BULLET_HEIGHT = 44, 220, 44
BAR_HEIGHT = 30
SERIES_BREAK = 2016
_HALF_A_MONTH = 15
LABELS_TOUCH_SHARE = 0.1
LOCALES = {"ms": "ms", "en": "en_MY"}

INK = {
    "tegar": TOKENS["tegar-ink"],
    "miskin": TOKENS["miskin-ink"],
    "mudah_miskin": TOKENS["mudah-miskin-ink"],
    "terkeluar": TOKENS["terkeluar-ink"],
}
# red and amber are the statuses' own, so behind and far behind have colours of their own
TRACKS: dict[Standing, str] = {
    "tercapai": TOKENS["achieved"],
    "hijau": TOKENS["on-track"],
    "kuning": TOKENS["at-risk-fill"],
    "merah": TOKENS["off-track"],
    "tidak_tercapai": TOKENS["off-track"],
    "tiada_nilai": TOKENS["muted"],
}


def chart_config(lang: str) -> Any:
    """Return the ``config`` of every graph: plotly's own words in Malay or English, nothing fetched."""
    return {
        "displayModeBar": False,
        "doubleClick": False,
        "scrollZoom": False,
        "showTips": False,
        "locale": lang,
        "locales": {lang: {"dictionary": {}, "format": _locale_format(lang)}},
    }


def sparkline(
    history: pd.DataFrame,
    *,
    column: str = "value",
    colour: str = TOKENS["accent"],
    breaks: Sequence[date] = (),
) -> go.Figure:
    """Return a line without axes, its last month marked. Columns: ``month`` (date) and the one named.

    ``breaks`` are days on which what is counted changed: a dotted line stands before the first month that it shows in.
    """
    months, values = _months(history), _values(history[column])
    figure = go.Figure(layout=bare_layout(height=SPARK_HEIGHT, margin={"l": 2, "r": 6, "t": 4, "b": 4}))
    figure.add_scatter(
        x=months,
        y=values,
        mode="lines",
        line={"color": colour, "width": 1.75},
        customdata=_written(values, numbers.count),
        hovertemplate="%{x|%b %Y}<br>%{customdata}<extra></extra>",
    )
    known = [(month, value) for month, value in zip(months, values, strict=True) if value is not None]
    if known:
        figure.add_scatter(
            x=[known[-1][0]],
            y=[known[-1][1]],
            mode="markers",
            marker={"color": colour, "size": 6},
            hoverinfo="skip",
        )
    for day in breaks:
        between = day.replace(day=1) - timedelta(days=_HALF_A_MONTH)
        figure.add_vline(x=between.isoformat(), line={"color": TOKENS["muted"], "width": 1, "dash": "dot"})
    figure.update_xaxes(visible=False, fixedrange=True)
    figure.update_yaxes(visible=False, fixedrange=True)
    return figure


def trend(history: pd.DataFrame, words: Words, *, statuses: Sequence[str] = ("miskin", "tegar")) -> go.Figure:
    """Return a line for each status over months, named at its end. Columns: ``month`` and the statuses.

    The axis begins at zero, so that a fall looks no larger than it is. A month without a figure is a gap.
    """
    months = _months(history)
    figure = go.Figure(layout=bare_layout(height=TREND_HEIGHT, margin={"l": 48, "r": 96, "t": 8, "b": 28}))
    ends: list[tuple[str, float]] = []
    for status in statuses:
        values = _values(history[status])
        figure.add_scatter(
            x=months,
            y=values,
            mode="lines",
            name=words(f"status.{status}"),
            line={"color": STATUS_COLOURS[status], "width": 2.25},
            customdata=_written(values, numbers.count),
            hovertemplate="%{customdata}",
        )
        known = [value for value in values if value is not None]
        if known:
            ends.append((status, known[-1]))
    _name_ends(figure, ends, words)
    figure.update_layout(hovermode="x unified")
    spike = {"spikethickness": 1, "spikecolor": TOKENS["line-strong"], "spikedash": "dot"}
    figure.update_xaxes(tickformat="%b %Y", hoverformat="%b %Y", nticks=6, **spike, **quiet_axis(grid=False))
    figure.update_yaxes(rangemode="tozero", tickformat=",d", nticks=4, **quiet_axis(grid=True))
    return figure


def bars(groups: pd.DataFrame, words: Words, *, statuses: Sequence[str] = ("tegar", "miskin")) -> go.Figure:
    """Return horizontal bars, one a group, the statuses end to end, the total written after them.

    Columns: ``label`` (as shown), the statuses, and ``suppressed`` where small groups were hidden: their
    bar is left out and the reason written in its place.
    """
    height = BAR_HEIGHT * max(1, len(groups)) + 12
    figure = go.Figure(layout=bare_layout(height=height, margin={"l": 8, "r": 64, "t": 4, "b": 4}))
    labels = [str(label) for label in groups["label"]]
    for status in statuses:
        values = _values(groups[status])
        figure.add_bar(
            x=values,
            y=labels,
            orientation="h",
            name=words(f"status.{status}"),
            marker={"color": STATUS_COLOURS[status], "line": {"width": 0}},
            customdata=_written(values, numbers.count),
            hovertemplate=f"%{{y}}, {words(f'status.{status}')}: %{{customdata}}<extra></extra>",
        )
    for label, text, total in _bar_ends(groups, words, statuses):
        figure.add_annotation(
            x=total, y=label, text=text, showarrow=False, xanchor="left", xshift=6, font={"color": TOKENS["ink-soft"]}
        )
    figure.update_layout(barmode="stack", bargap=0.35)
    figure.update_xaxes(visible=False, fixedrange=True, rangemode="tozero")
    figure.update_yaxes(
        autorange="reversed", automargin=True, fixedrange=True, showgrid=False, zeroline=False, ticklabelstandoff=6
    )
    return figure


def bullet(
    actual: Number | None,
    *,
    target: Number | None,
    track: Standing,
    baseline: Number | None = None,
    due: Number | None = None,
    steps: Sequence[Number] = (),
) -> go.Figure:
    """Return one bar for what is, a line across for what should be, and a pale bar for where it began.

    ``steps`` are thin lines on the way, and a diamond stands at what was ``due`` on the day.
    """
    figure = go.Figure(layout=bare_layout(height=BULLET_HEIGHT, margin={"l": 2, "r": 10, "t": 6, "b": 6}))
    row = [""]
    if baseline is not None:
        figure.add_bar(x=[float(baseline)], y=row, orientation="h", width=0.9, marker={"color": TOKENS["line"]})
    if actual is not None:
        figure.add_bar(x=[float(actual)], y=row, orientation="h", width=0.4, marker={"color": TRACKS[track]})
    if target is not None:
        figure.add_shape(
            type="line",
            x0=float(target),
            x1=float(target),
            y0=0.05,
            y1=0.95,
            yref="paper",
            line={"color": TOKENS["ink"], "width": 3},
        )
    for value in steps:
        line = {"color": TOKENS["ink-soft"], "width": 1, "dash": "dot"}
        figure.add_shape(type="line", x0=float(value), x1=float(value), y0=0.05, y1=0.95, yref="paper", line=line)
    if due is not None:
        edge = {"color": TOKENS["ink"], "width": 2}
        marker = {"symbol": "diamond", "size": 10, "color": TOKENS["surface"], "line": edge}
        figure.add_scatter(x=[float(due)], y=row, mode="markers", marker=marker, cliponaxis=False)
    figures = [float(value) for value in (actual, target, baseline, due, *steps) if value is not None]
    figure.update_traces(hoverinfo="skip")
    figure.update_layout(barmode="overlay")
    figure.update_xaxes(visible=False, fixedrange=True, range=[0, max([*figures, 0]) * 1.04 or 1])
    figure.update_yaxes(visible=False, fixedrange=True)
    return figure


def survey(
    series: pd.DataFrame, words: Words, *, column: str = "poverty_absolute", broken_after: int = SERIES_BREAK
) -> go.Figure:
    """Return DOSM's survey rate as two lines that do not meet. Columns: ``year``, the one named (per cent).

    The poverty line was re-based between 2016 and 2019, so what lies on either side cannot be compared.
    """
    figure = go.Figure(layout=bare_layout(height=TREND_HEIGHT, margin={"l": 48, "r": 16, "t": 24, "b": 28}))
    known = series.loc[series[column].notna()].sort_values("year")
    for part in (known.loc[known["year"] <= broken_after], known.loc[known["year"] > broken_after]):
        values = _values(part[column])
        figure.add_scatter(
            x=[int(year) for year in part["year"]],
            y=values,
            mode="lines+markers",
            line={"color": TOKENS["accent"], "width": 2},
            marker={"size": 6},
            customdata=[numbers.share(value / 100) for value in values if value is not None],
            hovertemplate="%{x}: %{customdata}<extra></extra>",
        )
    after = known.loc[known["year"] > broken_after, "year"]
    if not after.empty and (known["year"] <= broken_after).any():
        middle = (float(known.loc[known["year"] <= broken_after, "year"].max()) + float(after.min())) / 2
        figure.add_vline(x=middle, line={"color": TOKENS["line-strong"], "width": 1, "dash": "dot"})
        figure.add_annotation(
            x=middle, y=1.08, yref="paper", text=words("chart.series_break"), showarrow=False, xanchor="right"
        )
    # said outright, since an annotation would stretch the axis to years to come
    span = [int(known["year"].min()) - 1, int(known["year"].max()) + 1] if len(known) else None
    figure.update_xaxes(tickformat="d", nticks=8, range=span, **quiet_axis(grid=False))
    figure.update_yaxes(rangemode="tozero", ticksuffix="%", nticks=5, **quiet_axis(grid=True))
    return figure


def describe(
    history: pd.DataFrame,
    words: Words,
    *,
    column: str,
    label: str,
    write: Callable[[Number | None], str] = numbers.count,
) -> str:
    """Return one sentence for those who do not see the chart: first and last figure, change, extremes.

    Columns: ``month`` and the one named. Without a figure it says that there is no data.
    """
    known = history.loc[history[column].notna(), ["month", column]].sort_values("month")
    if known.empty:
        return words("chart.no_data", label=label)
    first, last = known.iloc[0], known.iloc[-1]
    by_size = known.sort_values(column, kind="stable")
    lowest, highest = by_size.iloc[0], by_size.iloc[-1]
    start = float(first[column])
    return words(
        "chart.describe",
        label=label,
        first=write(first[column]),
        first_month=numbers.month(_day(first["month"]), words),
        last=write(last[column]),
        last_month=numbers.month(_day(last["month"]), words),
        change=numbers.change((float(last[column]) - start) / start if start else None),
        lowest=write(lowest[column]),
        lowest_month=numbers.month(_day(lowest["month"]), words),
        highest=write(highest[column]),
        highest_month=numbers.month(_day(highest["month"]), words),
    )


def describe_groups(groups: pd.DataFrame, words: Words, *, statuses: Sequence[str] = ("tegar", "miskin")) -> str:
    """Return one sentence for a bar chart: each group with its total, hidden ones named as hidden."""
    return "; ".join(f"{label}: {text}" for label, text, _ in _bar_ends(groups, words, statuses))


def _bar_ends(groups: pd.DataFrame, words: Words, statuses: Sequence[str]) -> list[tuple[str, str, float]]:
    hidden = groups["suppressed"] if "suppressed" in groups else pd.Series(data=False, index=groups.index)
    totals = groups[list(statuses)].apply(pd.to_numeric).sum(axis="columns", skipna=False)
    ends = []
    for label, total, small in zip(groups["label"], totals, hidden, strict=True):
        if pd.isna(total):
            ends.append((str(label), words("legend.too_few" if small else "legend.no_data"), 0.0))
        else:
            ends.append((str(label), numbers.count(float(total)), float(total)))
    return ends


def _name_ends(figure: go.Figure, ends: list[tuple[str, float]], words: Words) -> None:
    """Write each line's name beside its last point, a little apart where two lines end together."""
    top = max((value for _, value in ends), default=0)
    ordered = sorted(ends, key=lambda end: end[1])
    for position, (status, value) in enumerate(ordered):
        below = position > 0 and value - ordered[position - 1][1] < LABELS_TOUCH_SHARE * top
        above = position + 1 < len(ordered) and ordered[position + 1][1] - value < LABELS_TOUCH_SHARE * top
        figure.add_annotation(
            x=1,
            xref="paper",
            y=value,
            text=words(f"status.{status}"),
            showarrow=False,
            xanchor="left",
            xshift=6,
            yshift=8 * (below - above),
            font={"color": INK[status], "weight": 600},
        )


def bare_layout(*, height: int, margin: dict[str, int]) -> dict[str, Any]:
    """Return the layout of every chart: no ground, our type, nothing to drag."""
    return {
        "height": height,
        "margin": margin,
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"family": SIZES["font"], "size": FONT_SIZE, "color": TOKENS["ink-soft"]},
        "hoverlabel": {
            "bgcolor": TOKENS["paper"],
            "bordercolor": TOKENS["line-strong"],
            "font": {"family": SIZES["font"], "size": FONT_SIZE, "color": TOKENS["ink"]},
        },
        "showlegend": False,
        "dragmode": False,
        "template": "none",
    }


def quiet_axis(*, grid: bool) -> dict[str, Any]:
    """Return an axis without a line, with faint rules where ``grid``."""
    return {
        "fixedrange": True,
        "showgrid": grid,
        "gridcolor": TOKENS["line"],
        "zeroline": grid,
        "zerolinecolor": TOKENS["line-strong"],
        "zerolinewidth": 1,
        "showline": False,
        "ticks": "",
    }


def _months(history: pd.DataFrame) -> list[str]:
    return [_day(month).isoformat() for month in history["month"]]


def _day(moment: Any) -> date:
    return pd.Timestamp(moment).date()


def _values(column: "pd.Series[Any]") -> list[float | None]:
    # plain lists: plotly packs arrays, and what is packed comes back empty in a click
    return [None if pd.isna(value) else float(value) for value in column]


def _written(values: Sequence[float | None], write: Callable[[Number | None], str]) -> list[str]:
    return [write(value) for value in values]


def _locale_format(lang: str) -> dict[str, Any]:
    locale = LOCALES.get(lang, "ms")
    months = dates.get_month_names("wide", locale=locale)
    words = words_of(lang)
    days = dates.get_day_names("wide", locale=locale)
    short_days = dates.get_day_names("abbreviated", locale=locale)
    sunday_first = [6, 0, 1, 2, 3, 4, 5]
    return {
        "months": [months[number] for number in range(1, 13)],
        "shortMonths": [words(f"month.{number:02}") for number in range(1, 13)],
        "days": [days[number] for number in sunday_first],
        "shortDays": [short_days[number] for number in sunday_first],
        "date": "%d/%m/%Y",
        "decimal": ".",
        "thousands": ",",
        "grouping": [3],
        "currency": ["RM", ""],
    }
