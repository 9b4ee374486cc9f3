"""Reads requests for identity cards and the register of cards, as the acting user may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.cards import CardRow, RequestListRow, RequestRow, StateRow
from queries.statements import row_as, rows_as, total

if TYPE_CHECKING:
    from sqlalchemy import Connection


def requests(connection: Connection, *, own: bool, limit: int, offset: int = 0) -> tuple[list[RequestListRow], int]:
    """Requests (``cards/requests.sql``) and how many there are: the own ones, or those to the own office."""
    found = rows_as(RequestListRow, connection, "cards/requests", own=own, row_limit=limit, row_offset=offset)
    return found, total(found)


def request(connection: Connection, request_id: int) -> RequestRow | None:
    """One request (``cards/request.sql``); ``None`` where the acting user has no such one."""
    return row_as(RequestRow, connection, "cards/request", request_id=request_id)


def cards(
    connection: Connection, *, request_id: int | None = None, wanted: str | None = None, limit: int, offset: int = 0
) -> tuple[list[CardRow], int]:
    """Cards (``cards/cards.sql``) and how many there are: all, those of a request, or with the number ``wanted``."""
    asked = {"request_id": request_id, "card_id": None, "wanted": wanted}
    found = rows_as(CardRow, connection, "cards/cards", **asked, row_limit=limit, row_offset=offset)
    return found, total(found)


def card(connection: Connection, card_id: int) -> CardRow | None:
    """One card (``cards/cards.sql``); ``None`` where the acting user has no such one."""
    asked = {"request_id": None, "card_id": card_id, "wanted": None}
    return row_as(CardRow, connection, "cards/cards", **asked, row_limit=1, row_offset=0)


def states(connection: Connection) -> list[StateRow]:
    """The states whose office may be asked (``cards/states.sql``)."""
    return rows_as(StateRow, connection, "cards/states")
