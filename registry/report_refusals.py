"""What the database refuses of reports, in the register's words."""

from __future__ import annotations

from typing import Final

from registry.errors import RegistryError


class ReportMonthOpen(RegistryError):
    """A month is reported on once it is closed and published."""

    key = "report_month_open"


class EditionStands(RegistryError):
    """An edition never changes, and neither does what was told of a month."""

    key = "edition_stands"


class TooManyTables(RegistryError):
    """Somebody keeps at most so many tables of their own."""

    key = "too_many_tables"


class EditionChanged(RegistryError):
    """What this program makes of an edition is not what was kept of it, so that it is not given out."""

    key = "edition_changed"


REPORT_REFUSALS: Final[dict[str, type[RegistryError]]] = {
    "EK280": ReportMonthOpen,
    "EK281": EditionStands,
    "EK282": TooManyTables,
}
