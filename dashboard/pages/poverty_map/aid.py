"""Aid as measures of the map: its figures beside the poor of each area, and what the panel tells of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

import pandas as pd
from dash import dcc, html

from dashboard.components.cards import Figure, figure_card, figure_cards
from geo.coverage import REST
from layers import numbers
from layers.measures import AID
from poverty.rates import rate
from queries import reach

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.pages.poverty_map.reading import Place
    from queries.overview import Overview
    from queries.row_types.reach import ReachCutRow
    from words import Words

_ALL: Final = "all"
_EVERYBODY: Final = frozenset({"state", "district"})
_EXACT: Final = _EVERYBODY | {"mukim", "catchment"}
_PAGE: Final = "/bantuan"
_THERE: Final = {"reach_never_share": "reach_never"}
"""What the page of aid draws for a measure of another name."""
_COLUMNS: Final = ["aided", "never", "amount_rm"]


def known_at(level: str, *, live: bool) -> bool:
    """Whether aid is counted for the areas of a level: by seat for nobody, by mukim for who sees its persons."""
    return level in (_EXACT if live else _EVERYBODY)


def with_aid(conn: Any, areas: pd.DataFrame, place: Place) -> pd.DataFrame:
    """The areas of a view with their aid of twelve months, as who asks may read it (``suppressed`` where they may not).

    Columns beside those of ``areas``: aided, never, amount_rm, and poor, of whom those never aided are a share.
    """
    view, live = place.view, place.footing.live
    known = known_at(view.level, live=live)
    if known:
        found = reach.by_area(conn, level=view.level, within=view.within, cut=_ALL, live=live)
    else:
        found = pd.DataFrame(columns=list(reach.COLUMNS), dtype=object)
    aid = found.set_index("area_code")[_COLUMNS].apply(pd.to_numeric).reindex(areas["area_code"]).reset_index(drop=True)
    counts = areas[["tegar", "miskin"]].apply(pd.to_numeric).sum(axis="columns", skipna=False).reset_index(drop=True)
    made = areas.reset_index(drop=True)
    # what is no mukim has no aid of its own
    no_place = made["area_code"].astype(str).str.endswith(REST) & (view.level == "mukim")
    aid[no_place] = float("nan")
    # aid is as of the last publication: of the poor of today there may be fewer
    made = made.assign(**{name: aid[name] for name in _COLUMNS}, poor=counts.combine(aid["never"], _larger))
    hidden = view.drawn_measure.values(made).isna() & known & (not live) & ~no_place
    return made.assign(suppressed=hidden)


def _larger(counted: float, never: float) -> float:
    return max(counted, never) if counted == counted and never == never else float("nan")  # noqa: PLR0124 - not a number


def read_aid(conn: Any, place: Place) -> ReachCutRow | None:
    """The aid of the area itself; none where nothing is known of it."""
    found = reach.by_cut(conn, area=place.area.code, live=place.footing.live)
    return next((row for row in found if row["cut"] == _ALL), None)


def aid_panel(place: Place, figures: Overview, found: ReachCutRow | None, words: Words) -> list[Component]:
    """The measure that is drawn, the two beside it, what they count, and the way to the page of aid."""
    level, live = place.area.level, place.footing.live
    told = {key: _told(key, figures, found, words, live=live) for key in AID}
    drawn = place.view.drawn_measure.key
    headline = html.P(
        [
            html.Span(told[drawn], className="ek-poverty-map-total"),
            html.Span(words(f"measure.{drawn}"), className="ek-poverty-map-unit"),
        ],
        className="ek-poverty-map-headline",
    )
    cards = [figure_card(Figure(words(f"measure.{key}"), text)) for key, text in told.items() if key != drawn]
    notes = [words("map.aid_counts")]
    if not live:
        notes.append(words("reach.rounded"))
    if not known_at(place.view.level, live=live):
        notes.append(words("map.aid_no_level", level=words(f"level.{place.view.level}")))
    if place.view.strata != _ALL or place.view.month_text:
        notes.append(words("map.aid_together"))
    parts: list[Component] = [headline, figure_cards(cards)]
    parts += [html.P(note, className="ek-poverty-map-note") for note in notes]
    if known_at(level, live=live) or level == "country":
        asked = {"ukuran": _THERE.get(drawn, drawn), "in": place.area.code}
        parts.append(dcc.Link(words("map.aid_more"), href=f"{_PAGE}?{urlencode(asked)}", className="ek-button"))
    return parts


def _told(key: str, figures: Overview, found: ReachCutRow | None, words: Words, *, live: bool) -> str:
    """A figure of the area written out; who reads exact ones is told of none where there is none."""
    aided, never, amount = (found and found[name] for name in ("aided", "never", "amount_rm"))
    if live:
        aided, never, amount = aided or 0, never or 0, amount or 0
    if key == "reach_aided":
        return words("reach.few") if aided is None else numbers.count(int(aided))
    if key == "reach_amount":
        return words("reach.hidden") if amount is None else numbers.money_short(amount, words=words)
    poor = figures.totals.poor
    if never is None or poor is None:
        return words("reach.hidden")
    return numbers.share(rate(int(never), max(poor, int(never))))
