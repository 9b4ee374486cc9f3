"""Deliveries of aid already given: where one is sent, what was sent, and what became of those in the register."""

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
from dashboard.pages.deliveries import aid_sending
from dashboard.pages.deliveries.ids import AID as IDS
from dashboard.pages.deliveries.page import state_tag
from dashboard.sent.kinds import View
from dashboard.urlstate import UrlState, whole
from layers import numbers
from queries import deliveries
from queries.statements import counted, total
from registry.aid.carrying import AID
from registry.deliveries.uploads import KEPT_DAYS, LARGEST
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.deliveries import AidReceivedRow, UploadListRow
    from queries.statements import Counted
    from words import Words

PATH: Final = "/penghantaran-bantuan"
_ROWS: Final = 25
_LAST_PAGE: Final = 40_000
_ZONE: Final = Zone(
    name="aid-deliveries",
    words="aid_delivery.zone",
    accept=".zip,.xlsx",
    most_bytes=LARGEST,
    address=aid_sending.UPLOAD_ROUTE,
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
_RECEIVED: Final[dict[str, Callable[[AidReceivedRow], Any]]] = {
    "agensi": lambda row: row["agency_code"],
    "nombor": lambda row: row["number"],
    "dijana": lambda row: row["made_on"],
    "masa": lambda row: row["received_at"],
    "baris": lambda row: row["lines"],
    "diterima": lambda row: row["accepted"],
    "batal": lambda row: row["reversals"],
    "ditolak": lambda row: row["rejected"],
    "ditahan": lambda row: row["still_held"],
    "ditolak-pegawai": lambda row: row["refused"],
}
"""What the two lists are put in order by, for each column."""


@dataclass(frozen=True, slots=True)
class AidDeliveriesView(UrlState):
    """Which page of what was sent, and of what is in the register, and in which order."""

    sent: int = whole(1, at_least=1, at_most=_LAST_PAGE, name="dihantar")
    received: int = whole(1, at_least=1, at_most=_LAST_PAGE, name="diterima")
    sent_order: str = order_field(*_SENT, name="susun-dihantar")
    received_order: str = order_field(*_RECEIVED, name="susun-diterima")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("aid-deliveries"), data=[{"label": words("nav.aid_deliveries")}]),
            urlstate.view_store(IDS.view, AidDeliveriesView.parse(query)),
            html.H1(words("nav.aid_deliveries")),
            html.P(words("aid_delivery.intro")),
            _ZONE.view(words),
            html.P(words("delivery.kept", days=KEPT_DAYS), className="ek-footnote"),
            html.Div(skeleton(words("delivery.loading")), id=IDS.list, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    aid_sending.register(app.server, deps)
    urlstate.follow(app, IDS.view)
    _ZONE.register(app)

    @app.callback(Output(IDS.list, "children"), Input(IDS.view, "data"))
    @requires(Permission.DELIVER_AID_LINES)
    def show(view: View) -> list[Component]:
        words, state = current_words(), AidDeliveriesView.parse(view)
        with deps.reading() as conn:
            sent, _of = page_of(
                lambda limit, offset: counted(deliveries.uploads(conn, limit=limit, offset=offset, layout=AID.name)),
                order_of(state.sent_order),
                _SENT,
                start=_ROWS * (state.sent - 1),
                rows=_ROWS,
            )
            received, _of = page_of(
                lambda limit, offset: counted(deliveries.aid_received(conn, limit=limit, offset=offset)),
                order_of(state.received_order),
                _RECEIVED,
                start=_ROWS * (state.received - 1),
                rows=_ROWS,
            )
        none = [empty(words("delivery.none"), words("delivery.none_hint"))]
        parts: list[Component] = [html.H2(words("delivery.sent"))]
        parts += [_sent(state, sent, words), *_pages(state, "sent", sent, words)] if sent else none
        if received:
            parts += [html.H2(words("aid_delivery.received")), html.P(words("aid_delivery.received_hint"))]
            parts += [_received(state, received, words), *_pages(state, "received", received, words)]
        return parts


def _pages(state: AidDeliveriesView, name: str, rows: Sequence[Counted], words: Words) -> list[Component]:
    """Which rows of how many there are on a page of a list, and the way to the others."""
    page, of = getattr(state, name), total(rows)
    label = words("delivery.pages_sent" if name == "sent" else "aid_delivery.pages_received")
    return [
        shown_of(_ROWS * (page - 1), len(rows), of, words, key="delivery.shown"),
        pager(page, _ROWS, of, lambda to: state.but(**{name: to}).address(PATH), words, label=label),
    ]


def _heads(state: AidDeliveriesView, which: str, columns: Sequence[str], rows: Sequence[Counted]) -> Heads:
    order = f"{which}_order"
    return Heads(
        columns, getattr(state, order), lambda to: state.but(**{order: to, which: 1}).address(PATH), total(rows)
    )


def _sent(state: AidDeliveriesView, rows: list[UploadListRow], words: Words) -> Component:
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
        name="aid-deliveries",
        label=words("delivery.sent"),
        by=_heads(state, "sent", tuple(_SENT), rows),
    )


def _received(state: AidDeliveriesView, rows: list[AidReceivedRow], words: Words) -> Component:
    """Each delivery with the fate of its lines, and the file of those that came back or still wait."""
    names = (
        "agency", "number", "made_on", "received_at", "lines", "accepted", "reversals", "rejected", "still_held",
        "refused", "file",
    )  # fmt: skip
    head = [words(f"aid_delivery.column_{name}") for name in names]
    counts: tuple[str, ...] = ("lines", "accepted", "reversals", "rejected", "still_held", "refused")
    cells = [
        [
            html.Abbr(row["agency_code"], title=row["agency_en"] if words.language == "en" else row["agency_ms"]),
            row["number"],
            numbers.day(row["made_on"]),
            numbers.moment(row["received_at"]),
            *("" if row[name] is None else numbers.count(row[name]) for name in counts),  # type: ignore[literal-required]
            _file(row, words),
        ]
        for row in rows
    ]
    by = _heads(state, "received", (*_RECEIVED, ""), rows)
    return ordered(head, cells, words, name="aid-deliveries-received", label=words("aid_delivery.received"), by=by)


def _file(row: AidReceivedRow, words: Words) -> Component | str:
    if not (row["still_held"] or row["refused"] or row["rejected"]):
        return ""
    return html.A(
        words("aid_delivery.returned_of", number=row["number"]),
        href=aid_sending.address_of_kept(row["delivery_id"]),
        download="",
    )
