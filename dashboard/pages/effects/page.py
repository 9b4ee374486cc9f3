"""Whether programmes of aid helped: a plain verdict for each, the interval and the cases, or why nothing is said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html

from dashboard.components.feedback import empty, skeleton
from dashboard.components.sortable import sortable
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.effects import ids
from layers import numbers
from queries import effects
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.effects import EffectRow
    from words import Words

PATH: Final = "/kesan-bantuan"
_COLUMNS: Final = ("programme", "agency", "window", "verdict", "effect", "interval", "cases", "left")
_AT_12: Final = 1
"""Where twelve months stand among the months that leavings are told of."""


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("effects"), data=[{"label": words("nav.effects")}]),
            dcc.Store(id=ids.OPENED, data=1),
            html.H1(words("nav.effects")),
            html.P(words("effect.intro")),
            html.P(words("effect.associated"), className="ek-footnote"),
            html.Div(skeleton(words("frame.loading")), id=ids.LIST, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.LIST, "children"), Input(ids.OPENED, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(_opened: object) -> list[Component]:
        words = current_words()
        with deps.reading() as conn:
            found = effects.effects(conn)
        if not found:
            return [empty(words("effect.none"), words("effect.none_hint"))]
        head = [words(f"effect.column_{name}") for name in _COLUMNS]
        table = sortable(head, [_row(row, words) for row in found], words, name="effects", label=words("nav.effects"))
        measured = max(row["measured_on"] for row in found)
        source = html.P(words("effect.source", day=numbers.day(measured)), className="ek-footnote")
        return [table, source, html.H2(words("effect.how")), html.P(words("effect.how_told"))]


def _row(row: EffectRow, words: Words) -> list[Any]:
    figures = row["figures"]
    interval = figures["ci"]
    name = row["name_en"] if words.language == "en" else row["name_ms"]
    return [
        name,
        row["agency_code"],
        words("effect.window", begins=numbers.day(row["begins"])),
        _verdict(figures, words),
        "" if figures["effect"] is None else _signed(figures["effect"]),
        "" if interval is None else words("effect.from_to", low=_signed(interval[0]), high=_signed(interval[1])),
        words(
            "effect.cases",
            aided=_few(figures["matched_treated"], words),
            others=_few(figures["matched_controls"], words),
        ),
        _left(figures, words),
    ]


def _verdict(figures: dict[str, Any], words: Words) -> Component:
    """The verdict in words; where nothing can be judged, every reason."""
    told = words(f"effect.verdict_{figures['verdict']}")
    reasons = [html.Li(words(f"effect.reason_{code}")) for code in figures["reasons"]]
    return html.Div([html.Strong(told), *([html.Ul(reasons)] if reasons else [])])


def _left(figures: dict[str, Any], words: Words) -> str:
    aided, others = figures["exits"]["left_aided"], figures["exits"]["left_others"]
    if aided is None or others is None:
        return ""
    return words("effect.left", aided=numbers.share(aided[_AT_12]), others=numbers.share(others[_AT_12]))


def _signed(amount: float) -> str:
    """RM a head a month with its sign, to the ringgit."""
    sign = "-" if round(amount) < 0 else "+" if round(amount) > 0 else ""
    return f"{sign}{numbers.money(abs(round(amount)), sen=False)}"


def _few(count: int | None, words: Words) -> str:
    return words("reach.few") if count is None else numbers.count(count)
