"""The pages of indicators, listed as those of the catalogue are."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.alerts import page as alerts
from dashboard.pages.boards import page as boards
from dashboard.pages.boards import view as boards_view
from dashboard.pages.kpi import page as kpi
from dashboard.pages.releases import one as release
from dashboard.pages.releases import page as releases
from dashboard.pages.what_if import page as what_if
from dashboard.pages.what_if import targeting_page as targeting
from dashboard.pages.what_if import targeting_view
from dashboard.router import Page
from registry.principals import Permission

KPI_PAGES: Final[tuple[Page, ...]] = (
    Page(
        kpi.PATH,
        "nav.kpi",
        Permission.READ_AGGREGATES,
        kpi.layout,
        kpi.register,
        "gauge",
        group="kpi",
        called="nav.indicators",
        about=About("kpi", ("kpi", "target", "tegar", "miskin", "pgk", "small")),
    ),
    Page(
        boards_view.PATH,
        "nav.boards",
        Permission.READ_AGGREGATES,
        boards.layout,
        boards.register,
        "panel",
        group="kpi",
        about=About("boards", ("kpi", "target", "tegar", "miskin", "pgk", "small")),
    ),
    Page(
        boards.NAMED,
        "nav.boards",
        Permission.READ_AGGREGATES,
        boards.layout,
        boards.register_nothing,
        about=About("board", ("kpi", "target", "tegar", "miskin", "pgk", "small")),
    ),
    Page(
        alerts.PATH,
        "nav.alerts",
        Permission.READ_AGGREGATES,
        alerts.layout,
        alerts.register,
        "alert",
        group="kpi",
        about=About("alerts", ("kpi", "target")),
    ),
    Page(
        releases.PATH,
        "nav.releases",
        Permission.APPROVE_RELEASES,
        releases.layout,
        releases.register,
        "check",
        group="kpi",
        about=About("releases", ("release", "tegar", "miskin")),
    ),
    Page(
        release.ONE_PATH,
        "nav.releases",
        Permission.APPROVE_RELEASES,
        release.layout,
        release.register,
        about=About("release", ("release", "tegar", "miskin", "small")),
    ),
)
"""Indicators, boards and alerts."""

WHAT_IF_PAGES: Final[tuple[Page, ...]] = (
    Page(
        what_if.PATH,
        "nav.what_if",
        Permission.READ_AGGREGATES,
        what_if.layout,
        what_if.register,
        "lines",
        group="reports",
        about=About("what_if", ("pgk", "tegar", "miskin", "small")),
    ),
    Page(
        targeting_view.PATH,
        "nav.targeting",
        Permission.READ_AGGREGATES,
        targeting.layout,
        targeting.register,
        about=About("targeting", ("tegar", "miskin")),
    ),
)
"""What would be: in the rail among the reports."""
