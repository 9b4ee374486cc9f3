"""Deliveries: where one is sent, those that were sent, and those that were imported."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html

from dashboard import urlstate
from dashboard.components.feedback import empty, skeleton
from dashboard.components.listing import pager, shown_of
from dashboard.components.sortable import Heads, order_field, order_of, ordered, page_of
from dashboard.components.upload_zone import Zone, size
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.deliveries import ids, sending
from dashboard.sent.kinds import View
from dashboard.urlstate import UrlState, whole
from layers import numbers
from queries import deliveries
from queries.statements import counted, total
from registry.deliveries.uploads import KEPT_DAYS, LARGEST
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.deliveries import DeliveryRow, UploadListRow
    from queries.statements import Counted
    from words import Words

PATH: Final = "/penghantaran"
_ROWS: Final = 25
_LAST_PAGE: Final = 40_000
_ZONE: Final = Zone(
    name="deliveries",
    words="delivery.zone",
    accept=".zip,.xlsx",
    most_bytes=LARGEST,
    address=sending.UPLOAD_ROUTE,
    page=PATH,
)


_SENT: Final[dict[str, Callable[[UploadListRow], Any]]] = {
    "fail": lambda row: row["file_name"].casefold(),
    "masa": lambda row: row["uploaded_at"],
    "penghantar": lambda row: row["sender"],
    "saiz": lambda row: row["bytes"],
    "keadaan": lambda row: row["state"],
    "diterima": lambda row: row["accepted"],
}
_IMPORTED: Final[dict[str, Callable[[DeliveryRow], Any]]] = {
    "fail": lambda row: row["file_name"].casefold(),
    "tarikh": lambda row: row["received_on"],
    "penerima": lambda row: row["received_by"],
    "diterima": lambda row: row["accepted"],
    "ditolak": lambda row: row["rejected"],
    "ditahan": lambda row: row["held"],
}
"""What the two lists are put in order by, for each column."""


@dataclass(frozen=True)
class DeliveriesView(UrlState):
    """Which page of what was sent, and of what was imported, and in which order."""

    sent: int = whole(1, at_least=1, at_most=_LAST_PAGE, name="dihantar")
    imported: int = whole(1, at_least=1, at_most=_LAST_PAGE, name="diimport")
    sent_order: str = order_field(*_SENT, name="susun-dihantar")
    imported_order: str = order_field(*_IMPORTED, name="susun-diimport")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("deliveries"), data=[{"label": words("nav.deliveries")}]),
            urlstate.view_store(ids.VIEW, DeliveriesView.parse(query)),
            html.H1(words("nav.deliveries")),
            html.P(words("delivery.intro")),
            _ZONE.view(words),
            html.P(words("delivery.kept", days=KEPT_DAYS), className="ek-footnote"),
            html.Div(skeleton(words("delivery.loading")), id=ids.LIST, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    sending.register(app.server, deps)
    urlstate.follow(app, ids.VIEW)
    _ZONE.register(app)

    @app.callback(Output(ids.LIST, "children"), Input(ids.VIEW, "data"))
    @requires(Permission.IMPORT_DELIVERIES)
    def show(view: View) -> list[Component]:
        words, state = current_words(), DeliveriesView.parse(view)
        with deps.reading() as conn:
            sent, _of = page_of(
                lambda limit, offset: counted(deliveries.uploads(conn, limit=limit, offset=offset)),
                order_of(state.sent_order),
                _SENT,
                start=_ROWS * (state.sent - 1),
                rows=_ROWS,
            )
            imported, _of = page_of(
                lambda limit, offset: counted(deliveries.imported(conn, limit=limit, offset=offset)),
                order_of(state.imported_order),
                _IMPORTED,
                start=_ROWS * (state.imported - 1),
                rows=_ROWS,
            )
        none = [empty(words("delivery.none"), words("delivery.none_hint"))]
        return [
            html.H2(words("delivery.sent")),
            *([_sent(state, sent, words), *_pages(state, "sent", sent, words)] if sent else none),
            *([html.H2(words("delivery.imported")), _imported(state, imported, words)] if imported else []),
            *(_pages(state, "imported", imported, words) if imported else []),
        ]


def _pages(state: DeliveriesView, name: str, rows: Sequence[Counted], words: Words) -> list[Component]:
    """Which rows of how many there are on a page of a list, and the way to the others."""
    page, of = getattr(state, name), total(rows)
    return [
        shown_of(_ROWS * (page - 1), len(rows), of, words, key="delivery.shown"),
        pager(
            page,
            _ROWS,
            of,
            lambda to: state.but(**{name: to}).address(PATH),
            words,
            label=words(f"delivery.pages_{name}"),
        ),
    ]


def _heads(state: DeliveriesView, which: str, columns: Sequence[str], rows: Sequence[Counted]) -> Heads:
    """The heads of one of the two lists, each the address of its first page in another order."""
    order = f"{which}_order"
    return Heads(
        columns, getattr(state, order), lambda to: state.but(**{order: to, which: 1}).address(PATH), total(rows)
    )


def _sent(state: DeliveriesView, rows: list[UploadListRow], words: Words) -> Component:
    head = [words(f"delivery.column_{name}") for name in ("file", "sent_at", "sender", "size", "state", "accepted")]
    cells = [
        [
            dcc.Link(row["file_name"], href=f"{PATH}/{row['upload_id']}"),
            numbers.moment(row["uploaded_at"]),
            row["sender"] or "",
            size(row["bytes"]),
            state_tag(row["state"], words, problem=row["problem"], tried=row["accepted"] is not None),
            "" if row["accepted"] is None else numbers.count(row["accepted"]),
        ]
        for row in rows
    ]
    return ordered(
        head,
        cells,
        words,
        name="deliveries",
        label=words("delivery.sent"),
        by=_heads(state, "sent", tuple(_SENT), rows),
    )


def state_tag(state: str, words: Words, *, problem: bool, tried: bool) -> Component:
    """How far an upload has come, as a word."""
    if state == "ready" and problem:
        state = "problem"
    elif state == "ready" and tried:
        state = "tried"
    return html.Span(words(f"delivery.state_{state}"), className="ek-tag")


def _imported(state: DeliveriesView, rows: list[DeliveryRow], words: Words) -> Component:
    names = ("file", "received_on", "received_by", "accepted", "rejected", "held")
    head = [words(f"delivery.column_{name}") for name in names]
    cells = [
        [
            row["file_name"],
            numbers.day(row["received_on"]),
            row["received_by"],
            *("" if row[name] is None else numbers.count(row[name]) for name in ("accepted", "rejected", "held")),
        ]
        for row in rows
    ]
    by = _heads(state, "imported", tuple(_IMPORTED), rows)
    return ordered(head, cells, words, name="deliveries-received", label=words("delivery.imported"), by=by)
