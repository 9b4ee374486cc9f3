"""The ids of the pages of reports."""

from __future__ import annotations

from typing import Final

OPENED: Final = "reports-opened"
VIEW: Final = "reports-view"
LEAD: Final = "reports-lead"
MAKE: Final = "reports-make"
MADE: Final = "reports-made"
SAID: Final = "reports-said"
LIST: Final = "reports-list"
CLOCK: Final = "reports-clock"
KEY: Final = "reports-key"

NUMBER: Final = "reports-number"
BODY: Final = "reports-body"

HASH: Final = "reports-hash"
TYPED: Final = "reports-typed"
PRESS: Final = "reports-press"
FOUND: Final = "reports-found"

FIELD: Final = "reports-field"


def field(name: str) -> dict[str, str]:
    """A field of the form: report, area, month, language."""
    return {"type": FIELD, "name": name}


TABLES_OPENED: Final = "reports-tables-opened"
TABLE_VIEW: Final = "reports-table-view"
TABLES: Final = "reports-tables"
TABLES_DONE: Final = "reports-tables-done"
TABLES_SAID: Final = "reports-tables-said"
TABLES_ACTED: Final = "reports-tables-acted"
TABLES_RESULT: Final = "reports-tables-result"
TABLE_TITLE: Final = "reports-table-title"
TABLE_SAVE: Final = "reports-table-save"
TABLE_KEY: Final = "reports-table-key"
TABLE_FIELD: Final = "reports-table-field"
TABLE_ACT: Final = "reports-table-act"


def table_field(name: str) -> dict[str, str]:
    """A field of the table that is put together."""
    return {"type": TABLE_FIELD, "name": name}


def table_act(act: str, table: int) -> dict[str, str]:
    """The button that makes a table or takes it away."""
    return {"type": TABLE_ACT, "act": act, "table": str(table)}
