"""The pages that lay areas side by side and keep views, listed as those of the catalogue are."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.views import page as views
from dashboard.router import Page
from registry.principals import Permission

COMPARE_PAGES: Final[tuple[Page, ...]] = (
    Page(
        views.PATH,
        views.TITLE,
        Permission.READ_AGGREGATES,
        views.layout,
        views.register,
        "bookmark",
        group="reports",
        about=About("views", ("small",)),
    ),
)
"""Kept views."""
