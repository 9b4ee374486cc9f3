"""Reads requests for identity cards and the register of cards, as the acting user may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from queries.statements import rows

if TYPE_CHECKING:
    from sqlalchemy import Connection

Row = dict[str, Any]


def requests(connection: Connection, *, own: bool, limit: int, offset: int = 0) -> tuple[list[Row], int]:
    """Requests (``cards/requests.sql``) and how many there are: the own ones, or those to the own office."""
    return _page(rows(connection, "cards/requests", own=own, row_limit=limit, row_offset=offset))


def request(connection: Connection, request_id: int) -> Row | None:
    """One request (``cards/request.sql``); ``None`` where the acting user has no such one."""
    return next(iter(rows(connection, "cards/request", request_id=request_id)), None)


def cards(
    connection: Connection, *, request_id: int | None = None, said: str | None = None, limit: int, offset: int = 0
) -> tuple[list[Row], int]:
    """Cards (``cards/cards.sql``) and how many there are: all, those of a request, or with the number ``said``."""
    asked = {"request_id": request_id, "card_id": None, "said": said}
    return _page(rows(connection, "cards/cards", **asked, row_limit=limit, row_offset=offset))


def card(connection: Connection, card_id: int) -> Row | None:
    """One card (``cards/cards.sql``); ``None`` where the acting user has no such one."""
    asked = {"request_id": None, "card_id": card_id, "said": None}
    return next(iter(rows(connection, "cards/cards", **asked, row_limit=1, row_offset=0)), None)


def states(connection: Connection) -> list[Row]:
    """The states whose office may be asked (``cards/states.sql``)."""
    return rows(connection, "cards/states")


def _page(found: list[Row]) -> tuple[list[Row], int]:
    return found, int(found[0]["total"]) if found else 0
