"""Reads alerts as somebody may see them: the lists, how many wait, who took them, the rules, the own daily message."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from queries.row_types.alerts import (
    AlertReceiverRow,
    AlertRow,
    AlertRuleRow,
    AlertsWaitingRow,
    AlertTakerRow,
)
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy import Connection

MOST: Final = 200
MOST_COUNTED: Final = 100


def alerts(connection: Connection, *, scope: str) -> list[AlertRow]:
    """The newest alerts of a scope: ``mine``, ``open`` or ``closed``."""
    return rows_as(AlertRow, connection, "alerts/list", scope=scope, row_limit=MOST)


def waiting(connection: Connection) -> int:
    """How many wait for the acting user, counted up to ``MOST_COUNTED``."""
    found = row_as(AlertsWaitingRow, connection, "alerts/waiting", row_limit=MOST_COUNTED)
    return found["waiting"] if found else 0


def rules(connection: Connection) -> list[AlertRuleRow]:
    """The rules in their order."""
    return rows_as(AlertRuleRow, connection, "alerts/rules")


def receiver(connection: Connection) -> AlertReceiverRow | None:
    """Where the own daily message goes; ``None`` where it goes nowhere."""
    return row_as(AlertReceiverRow, connection, "alerts/receiver")


def takers(connection: Connection, alerts: Sequence[int]) -> dict[int, list[AlertTakerRow]]:
    """Who took alerts, by alert."""
    found: dict[int, list[AlertTakerRow]] = defaultdict(list)
    for row in rows_as(AlertTakerRow, connection, "alerts/takers", alerts=list(alerts)):
        found[row["alert_id"]].append(row)
    return found
