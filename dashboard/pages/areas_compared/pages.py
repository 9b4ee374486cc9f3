"""The page on which areas are held against each other, as the rail lists it."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.areas_compared import page, view
from dashboard.router import Page
from registry.principals import Permission

COMPARED_PAGES: Final = (
    Page(
        view.PATH,
        page.TITLE,
        Permission.READ_AGGREGATES,
        page.layout,
        page.register,
        "map",
        group="reports",
        called="nav.areas_compared_short",
        about=About("areas_compared", ("miskin", "pgk", "rate", "small")),
    ),
)
