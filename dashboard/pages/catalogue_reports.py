"""The pages of reports, listed as those of the catalogue are."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.connections import page as connections
from dashboard.pages.poverty_map.dates import page as map_dates
from dashboard.pages.poverty_map.dates import view as map_dates_view
from dashboard.pages.reports import one, page, tables, verify
from dashboard.pages.reports.parts import PATH, TABLES_PATH, VERIFY_PATH
from dashboard.router import Page
from registry.principals import Permission

_TERMS: Final = ("edition", "snapshot", "tegar", "miskin", "pgk", "small")

REPORT_PAGES: Final[tuple[Page, ...]] = (
    Page(
        PATH,
        "nav.reports",
        Permission.READ_AGGREGATES,
        page.layout,
        page.register,
        "print",
        group="reports",
        about=About("reports", _TERMS),
    ),
    Page(
        TABLES_PATH,
        "nav.report_tables",
        Permission.READ_AGGREGATES,
        tables.layout,
        tables.register,
        "list",
        group="reports",
        about=About("report_tables", _TERMS),
    ),
    Page(
        VERIFY_PATH,
        "nav.report_verify",
        Permission.READ_AGGREGATES,
        verify.layout,
        verify.register,
        about=About("report_verify", _TERMS[:2]),
    ),
    Page(
        verify.HASH_PATH,
        "nav.report_verify",
        Permission.READ_AGGREGATES,
        verify.layout,
        verify.register_nothing,
        about=About("report_verified", _TERMS[:2]),
    ),
    Page(
        one.ONE_PATH,
        "nav.reports",
        Permission.READ_AGGREGATES,
        one.layout,
        one.register,
        about=About("report_one", _TERMS),
    ),
)
"""Reports, their editions, and the proof of a file."""
CONNECTIONS_PAGE: Final = Page(
    connections.PATH,
    "nav.connections",
    Permission.READ_AGGREGATES,
    connections.layout,
    connections.register,
    "download",
    group="reports",
    about=About("connections", ("tegar", "miskin", "rate", "small")),
)
"""How other tools read areas and points."""
MAP_DATES_PAGE: Final = Page(
    map_dates_view.PATH,
    "time.page",
    Permission.READ_AGGREGATES,
    map_dates.layout,
    map_dates.register,
    about=About("map_dates", ("tegar", "miskin", "pgk", "small")),
)
"""The map of two dates, of what changed, and of twelve months."""
