"""Reads the queue of cases, and one case with its steps, as the acting user may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from queries.statements import rows

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class QueueFilters:
    """Which cases: ``None`` for all states or channels. Nothing here is personal, so it may go into a URL."""

    state: str | None = None
    channel: str | None = None
    mine: bool = False
    overdue: bool = False


@dataclass(frozen=True, slots=True)
class WholeCase:
    """A case (``cases/one.sql``), the steps it took, and the steps that may be taken now."""

    case: dict[str, Any]
    steps: list[dict[str, Any]]
    allowed: list[dict[str, Any]]


def counts(connection: Connection, filters: QueueFilters) -> list[dict[str, Any]]:
    """Every state with the number of its cases (``cases/counts.sql``); the state asked for is not applied."""
    asked = {"channel": filters.channel, "mine": filters.mine, "overdue": filters.overdue}
    return rows(connection, "cases/counts", **asked)


def page(
    connection: Connection, filters: QueueFilters, *, limit: int, offset: int = 0
) -> tuple[list[dict[str, Any]], int]:
    """Cases with the columns of ``cases/rows.sql``, and how many there are in all."""
    asked = {"state": filters.state, "channel": filters.channel, "mine": filters.mine, "overdue": filters.overdue}
    found = rows(connection, "cases/rows", **asked, row_limit=limit, row_offset=offset)
    return found, int(found[0]["total"]) if found else 0


def whole_case(connection: Connection, case_id: int) -> WholeCase | None:
    """A case with all that its page shows; ``None`` where the acting user has no such case."""
    found = rows(connection, "cases/one", case_id=case_id)
    if not found:
        return None
    steps = rows(connection, "cases/steps", case_id=case_id)
    return WholeCase(found[0], steps, rows(connection, "cases/allowed", case_id=case_id))


def officers(connection: Connection, district: str) -> list[dict[str, Any]]:
    """Who a case of the district may be given to."""
    return rows(connection, "cases/officers", district=district)


def meetings(connection: Connection, district: str) -> list[dict[str, Any]]:
    """The meetings that may have decided on a case of the district."""
    return rows(connection, "cases/meetings", district=district)
