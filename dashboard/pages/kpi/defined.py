"""The definitions of indicators, listed: formula, version and the day from which it counts; a way to a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import Dash, Input, Output, dcc, html

from dashboard.components.feedback import skeleton
from dashboard.components.tables import ruled
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.kpi import ids
from layers import numbers
from queries import kpi
from registry.principals import Permission

if TYPE_CHECKING:
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.kpi import Indicator
    from words import Words

PATH: Final = "/takrif-kpi"
FORM_PATH: Final = f"{PATH}/ubah"
_BEGINNING: Final = 1


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            html.H1(words("define.title")),
            html.P(words("define.lead"), className="ek-lead"),
            dcc.Link(words("define.new"), href=FORM_PATH, className="ek-button ek-button-main"),
            html.Div(skeleton(words("define.loading"), lines=8, block=True), id=ids.DEFINED),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.DEFINED, "children"), Input(ids.DEFINED, "id"))
    @requires(Permission.DEFINE_KPI)
    def show(_once: object) -> Component:
        words = current_words()
        with deps.reading() as conn:
            found = kpi.indicators(conn, areas=[])
        heads = [words(f"define.column_{name}") for name in ("name", "formula", "frequency", "version", "valid_from")]
        return ruled(heads, [_row(one, words) for one in found], label=words("define.title"), named=True)


def day_text(valid_from: date | None, words: Words) -> str:
    """From when a definition counts."""
    if valid_from is None or valid_from.year == _BEGINNING:
        return words("define.from_beginning")
    return numbers.day(valid_from)


def _row(one: Indicator, words: Words) -> tuple[object, ...]:
    name = one.name_ms if words.language == "ms" else one.name_en
    return (
        dcc.Link(name, href=f"{FORM_PATH}?kod={one.indicator_code}"),
        html.Code(one.formula),
        words(f"define.frequency_{one.frequency}"),
        str(one.version),
        day_text(one.valid_from, words),
    )
