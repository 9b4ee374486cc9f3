"""Reads the queue of cases, and one case with its steps, as the acting user may see them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from queries.row_types.cases import AllowedStepRow, CaseListRow, CaseRow, MeetingRow, OfficerRow, StateCountRow, StepRow
from queries.statements import rows_as, streamed_as, total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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

    case: CaseRow
    steps: list[StepRow]
    allowed: list[AllowedStepRow]


def counts(connection: Connection, filters: QueueFilters) -> list[StateCountRow]:
    """Every state with the number of its cases (``cases/counts.sql``); the state asked for is not applied."""
    asked = {"channel": filters.channel, "mine": filters.mine, "overdue": filters.overdue}
    return rows_as(StateCountRow, connection, "cases/counts", **asked)


def page(
    connection: Connection, filters: QueueFilters, *, limit: int, offset: int = 0
) -> tuple[list[CaseListRow], int]:
    """Cases with the columns of ``cases/rows.sql``, and how many there are in all."""
    found = rows_as(CaseListRow, connection, "cases/rows", **_asked(filters), row_limit=limit, row_offset=offset)
    return found, total(found)


def whole(connection: Connection, filters: QueueFilters) -> Iterator[CaseListRow]:
    """Every case within the filters, in the same order, a few at a time."""
    return streamed_as(CaseListRow, connection, "cases/rows", **_asked(filters), row_limit=None, row_offset=0)


def of_numbers(connection: Connection, ticked: Sequence[int]) -> list[CaseListRow]:
    """The cases of these numbers that the acting user may see, in the order of the queue."""
    asked = {**asdict(QueueFilters()), "ticked": list(ticked)}
    return rows_as(CaseListRow, connection, "cases/rows", **asked, row_limit=None, row_offset=0)


def whole_case(connection: Connection, case_id: int) -> WholeCase | None:
    """A case with all that its page shows; ``None`` where the acting user has no such case."""
    found = rows_as(CaseRow, connection, "cases/one", case_id=case_id)
    if not found:
        return None
    steps = rows_as(StepRow, connection, "cases/steps", case_id=case_id)
    return WholeCase(found[0], steps, rows_as(AllowedStepRow, connection, "cases/allowed", case_id=case_id))


def officers(connection: Connection, district: str) -> list[OfficerRow]:
    """Who a case of the district may be given to."""
    return rows_as(OfficerRow, connection, "cases/officers", district=district)


def meetings(connection: Connection, district: str) -> list[MeetingRow]:
    """The meetings that may have decided on a case of the district."""
    return rows_as(MeetingRow, connection, "cases/meetings", district=district)


def _asked(filters: QueueFilters) -> dict[str, object]:
    return {**asdict(filters), "ticked": None}
