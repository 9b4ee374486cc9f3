"""Double aid that was found, by month: both agencies, the need, and how it was settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import answered, mark, pressed
from dashboard.components.aria import aria
from dashboard.components.detail_page import done, sentence
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.listing import Tab, pager, shown_of, tabs
from dashboard.components.sortable import Heads, order_field, order_of, ordered, page_of
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.household import texts
from dashboard.household.given import HELD_PATH, name_of
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.double_aid import ids
from dashboard.sent.kinds import Clicks, Code, Names, Number, View, whole_number
from dashboard.taking import TableAsked, file_buttons, file_to_keep, kind_pressed
from dashboard.urlstate import UrlState, code, whole
from layers import numbers
from queries import given_aid
from registry.aid.models import FINDINGS
from registry.aid.settling import settle_pair
from registry.db import FILE
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.given_aid import PairMonthRow, PairRow
    from registry.errors import RegistryError
    from reports.spreadsheet import Cell
    from words import Words

PATH: Final = "/bantuan-bertindih"
_ROWS: Final = 25
_KEYS: Final[dict[str, Callable[[PairRow], Any]]] = {
    "fail": lambda row: row["file_no"],
    "hari": lambda row: row["found_on"],
    "daerah": lambda row: row["district_name"] or "",
    "keperluan": lambda row: row["need_ms"],
    "dahulu": lambda row: row["standing_ms"] or "",
    "kemudian": lambda row: row["other_ms"] or "",
    "selesai": lambda row: row["finding"] or "",
}
_COLUMNS: Final = ("file_no", "found_on", "district", "need", "standing", "other", "finding")


@dataclass(frozen=True)
class PairsView(UrlState):
    """Which month (the newest with any where none is named), which page of it, in which order."""

    month: str = code("", pattern=r"20\d\d-(0[1-9]|1[0-2])", name="bulan")
    page: int = whole(1, at_least=1, at_most=10_000, name="halaman")
    order: str = order_field(*_KEYS)

    def first(self, months: list[PairMonthRow]) -> date:
        """The first day of the month that is shown."""
        if self.month:
            return date.fromisoformat(f"{self.month}-01")
        return months[0]["month"] if months else texts.today().replace(day=1)


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("double-aid"), data=[{"label": words("nav.double_aid")}]),
            dcc.Store(id=ids.DONE),
            dcc.Download(id=ids.DOWNLOAD),
            urlstate.view_store(ids.VIEW, PairsView.parse(query)),
            html.Div(
                [
                    html.H1(words("nav.double_aid")),
                    html.Div(file_buttons(ids.CSV, ids.XLSX, words), className="ek-actions"),
                ],
                className="ek-tasks-head",
            ),
            html.P(words("double_aid.lead"), className="ek-lead"),
            html.Nav(id=ids.MONTHS, className="ek-tasks", **aria(label=words("double_aid.months"))),
            html.Div(id=ids.MESSAGE, role="status"),
            html.Div(skeleton(words("double_aid.loading"), lines=5), id=ids.LIST),
        ],
        className="ek-page ek-households ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    _settling(app, deps)
    _taking(app, deps)

    @app.callback(
        Output(ids.MONTHS, "children"),
        Output(ids.LIST, "children"),
        Input(ids.VIEW, "data"),
        Input(ids.DONE, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(view: View, _done: object) -> tuple[object, object]:
        words, state = current_words(), PairsView.parse(view)
        with deps.reading() as conn:
            months = given_aid.pair_months(conn)
            first = state.first(months)
            found, total = page_of(
                lambda limit, offset: given_aid.pairs(conn, first, limit=limit, offset=offset),
                order_of(state.order),
                _KEYS,
                start=(state.page - 1) * _ROWS,
                rows=_ROWS,
            )
        deps.note_read("read", subject="worklist", facts={"list": "double_aid", "month": first.isoformat()})
        return _months(state, months, first, words), _list(found, total, state, words)


def _settling(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.SETTLE, "pair": ALL}, "n_clicks"),
        State({"type": ids.FINDING, "pair": ALL}, "value"),
        State({"type": ids.FINDING, "pair": ALL}, "id"),
        prevent_initial_call=True,
    )
    @requires(Permission.SETTLE_AID)
    def settle(_clicks: Clicks, values: list[Code | None], names: Names) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None:
            return no_update, no_update
        pair = whole_number(asked["pair"])
        chosen = {whole_number(name["pair"]): value for name, value in zip(names, values, strict=True)}.get(pair)
        if not chosen:
            return no_update, html.P(words("double_aid.choose_first"), className="ek-refused", role="alert")
        return answered(
            deps,
            f"aid-pair {pair} {chosen} {mark()}",
            lambda session: _settled(session, pair, chosen),
            message=lambda _result: done(words("double_aid.kept", finding=words(f"double_aid.finding_{chosen}"))),
            refused=lambda error: _refused(error, words),
        )


def _settled(session: Writes, pair: int, chosen: str) -> dict[str, object]:
    settle_pair(session, pair, chosen)
    return {"pair": pair, "finding": chosen, "mark": mark()}


def _refused(error: RegistryError, words: Words) -> Component:
    return html.P(sentence(error.key, error.values, words), className="ek-refused", role="alert")


def _taking(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.DOWNLOAD, "data"),
        Input(ids.CSV, "n_clicks"),
        Input(ids.XLSX, "n_clicks"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
        running=[(Output(name, "disabled"), True, False) for name in (ids.CSV, ids.XLSX)],
    )
    @requires(Permission.READ_AGGREGATES)
    @limited(DOWNLOADS)
    def take(csv: Number | None, xlsx: Number | None, view: View) -> object:
        if not csv and not xlsx:
            return no_update
        words, kind = current_words(), kind_pressed(ids.XLSX)
        with deps.reading(patience=FILE) as conn:
            first = PairsView.parse(view).first(given_aid.pair_months(conn))
            title = words("double_aid.file_title", month=numbers.month(first, words))
            asked = TableAsked(kind, f"bantuan-bertindih-{first:%Y-%m}", title)
            head = [words(f"double_aid.{name}") for name in (*_COLUMNS[:5], "standing_reference", "other",
                                                             "other_reference", "finding")]  # fmt: skip
            file = file_to_keep(asked, head, (_written(row, words) for row in given_aid.all_pairs(conn, first)), words)
        deps.note_read(
            "export", subject="worklist", facts={"list": "double_aid", "month": first.isoformat(), "as": kind}
        )
        return file


def _written(row: PairRow, words: Words) -> list[Cell]:
    return [
        row["file_no"],
        row["found_on"],
        row["district_name"],
        name_of(row, "need", words),
        name_of(row, "standing", words) or words("given.hidden_agency"),
        row["standing_reference"],
        name_of(row, "other", words) or words("given.hidden_agency"),
        row["other_reference"],
        words(f"double_aid.finding_{row['finding']}") if row["finding"] else None,
    ]


def _months(state: PairsView, months: list[PairMonthRow], first: date, words: Words) -> Component:
    """A link for each month with how much was found in it; the open one is marked."""
    return tabs(
        [
            Tab(
                numbers.month(row["month"], words),
                state.but(month=f"{row['month']:%Y-%m}", page=1).address(PATH),
                row["month"] == first,
                row["pairs"],
            )
            for row in months
        ]
    )


def _list(found: list[PairRow], total: int, state: PairsView, words: Words) -> Component:
    if not found:
        return empty(words("double_aid.none"), words("double_aid.none_note"))
    settles = may(Permission.SETTLE_AID)
    head = [words(f"double_aid.{name}") for name in _COLUMNS]
    by = Heads(tuple(_KEYS), state.order, lambda to: state.but(order=to, page=1).address(PATH), total)
    rows = [_row(row, words, settles=settles) for row in found]
    table = ordered(head, rows, words, name="double-aid", label=words("nav.double_aid"), by=by)
    return html.Div(
        [
            shown_of((state.page - 1) * _ROWS, len(found), total, words, key="double_aid.shown"),
            html.Div(table, **SAVES) if settles else table,
            pager(state.page, _ROWS, total, lambda to: state.but(page=to).address(PATH), words),
        ]
    )


def _row(row: PairRow, words: Words, *, settles: bool) -> list[Any]:
    home = row["household_id"]
    seen = may(Permission.READ_PERSONS) and home is not None
    return [
        dcc.Link(row["file_no"], href=f"/isi-rumah/{home}") if seen else row["file_no"],
        numbers.day(row["found_on"]),
        row["district_name"] or numbers.MISSING,
        name_of(row, "need", words),
        _side(row, "standing", words),
        _side(row, "other", words),
        _finding(row, words, settles=settles),
    ]


def _side(row: PairRow, side: str, words: Words) -> list[Any]:
    """One of the two agencies with its reference and, of the later one, what became of its row."""
    reference: Any = row["standing_reference"] if side == "standing" else row["other_reference"]
    parts: list[Any] = [name_of(row, side, words) or words("given.hidden_agency")]
    if side == "other" and row["row_id"] is not None and may(Permission.SETTLE_AID):
        reference = dcc.Link(reference or "", href=f"{HELD_PATH}/{row['row_id']}")
    elif side == "other" and row["application_state"] and row["application_no"] and may(Permission.APPLY_AID):
        reference = dcc.Link(row["application_no"], href=f"/permohonan-bantuan/{row['application_no']}")
    if reference:
        parts.append(html.Small(reference))
    if side == "other" and row["merged"]:
        parts.append(html.Small(words("double_aid.merged")))
    elif side == "other" and row["fate"]:
        parts.append(html.Small(words(f"held_aid.fate_{row['fate']}")))
    elif side == "other" and row["application_state"]:
        state = words(f"application.state_{row['application_state']}")
        parts.append(html.Small(words("double_aid.application", state=state)))
    return parts


def _finding(row: PairRow, words: Words, *, settles: bool) -> Any:
    said = words(f"double_aid.finding_{row['finding']}") if row["finding"] else words("double_aid.open")
    if not settles:
        return said
    label = words("double_aid.finding_of", number=row["file_no"])
    return html.Div(
        [
            dmc.Select(
                id=ids.finding(row["pair_id"]),
                data=[{"value": name, "label": words(f"double_aid.finding_{name}")} for name in FINDINGS],
                value=row["finding"],
                placeholder=words("double_aid.open"),
                size="xs",
                **aria(label=label),
            ),
            html.Button(
                words("double_aid.keep"),
                id=ids.settle(row["pair_id"]),
                type="button",
                className="ek-button",
                n_clicks=0,
                **aria(label=f"{words('double_aid.keep')}: {row['file_no']}"),
            ),
        ],
        className="ek-double-aid-finding",
    )
