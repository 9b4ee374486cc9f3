"""Reads what reports are made of, and the editions that were made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.reporting import (
    EditionOfHashRow,
    EditionRow,
    OneEditionRow,
    OneReportTableRow,
    ReportAreaRow,
    ReportAuditRow,
    ReportCutRow,
    ReportFigureRow,
    ReportHistoryRow,
    ReportMonthRow,
    ReportNewsRow,
    ReportRow,
    ReportScopeRow,
    ReportTableRow,
)
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from sqlalchemy import Connection


def reports(connection: Connection) -> list[ReportRow]:
    """The reports that who asks may make."""
    return rows_as(ReportRow, connection, "reporting/reports")


def news(connection: Connection, *, limit: int) -> list[ReportNewsRow]:
    """The newest editions of tables made by themselves that who asks has not opened."""
    return rows_as(ReportNewsRow, connection, "reporting/news", row_limit=limit)


def months(connection: Connection) -> list[ReportMonthRow]:
    """The closed months that reports can be of, the newest first."""
    return rows_as(ReportMonthRow, connection, "reporting/months")


def scope(connection: Connection, area: str) -> ReportScopeRow:
    """Whether exact figures of an area may be told; its level and name, where there is such an area."""
    (found,) = rows_as(ReportScopeRow, connection, "reporting/exact", area=area)
    return found


def areas(
    connection: Connection, *, level: str, within: str, month: date, year_ago: date, cut: str = "all"
) -> list[ReportAreaRow]:
    """An area, or those of a level inside it, as a month was first told; hidden counts ``None``."""
    moments = {"month": month, "year_ago": year_ago}
    return rows_as(ReportAreaRow, connection, "reporting/areas", level=level, within=within, cut=cut, **moments)


def history(
    connection: Connection, *, areas: Sequence[str], first: date, last: date, cut: str = "all"
) -> list[ReportHistoryRow]:
    """Areas month by month as the months were first told; hidden counts ``None``."""
    params = {"areas": list(areas), "cut": cut, "first_month": first, "last_month": last}
    return rows_as(ReportHistoryRow, connection, "reporting/history", **params)


def figures(connection: Connection, *, subject: str, month: date, level: str, within: str) -> list[ReportFigureRow]:
    """What else was published when a month was first told: of an area, and of those of a level inside it."""
    params = {"month": month, "subject": subject, "level": level, "within": within}
    return rows_as(ReportFigureRow, connection, "reporting/figures", **params)


def cuts(connection: Connection, *, area: str, month: date) -> list[ReportCutRow]:
    """Poor households by group, as the newest approved release up to a month told them."""
    return rows_as(ReportCutRow, connection, "reporting/cuts", area=area, month=month)


def audit(connection: Connection, *, month: date) -> list[ReportAuditRow]:
    """What was done in a month by kind, for who reads the log; else nothing."""
    return rows_as(ReportAuditRow, connection, "reporting/audit", month=month)


def editions(
    connection: Connection,
    *,
    report: str | None = None,
    table_id: int | None = None,
    before_id: int | None = None,
    limit: int,
) -> list[EditionRow]:
    """Editions that who asks may read, the newest first, those before an id."""
    params = {"report": report, "table_id": table_id, "before_id": before_id, "row_limit": limit}
    return rows_as(EditionRow, connection, "reporting/editions", **params)


def edition(connection: Connection, number: str) -> OneEditionRow | None:
    """One edition that who asks may read."""
    return row_as(OneEditionRow, connection, "reporting/edition", number=number)


def edition_of_hash(connection: Connection, digest: str) -> EditionOfHashRow | None:
    """Of which edition a file with this SHA-256 is."""
    return row_as(EditionOfHashRow, connection, "reporting/of_hash", hash=digest)


def tables(connection: Connection) -> list[ReportTableRow]:
    """The own tables of who asks, and those shared with them."""
    return rows_as(ReportTableRow, connection, "reporting/tables")


def table(connection: Connection, table_id: int) -> OneReportTableRow | None:
    """One own table that who asks may read."""
    return row_as(OneReportTableRow, connection, "reporting/table", id=table_id)
