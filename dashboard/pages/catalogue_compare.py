"""The pages that lay areas side by side and keep views, listed as those of the catalogue are."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.compare import page as compare
from dashboard.pages.pivot import page as pivot
from dashboard.pages.profile import page as profile
from dashboard.pages.views import page as views
from dashboard.router import Page
from registry.principals import Permission

_POVERTY: Final = ("tegar", "miskin", "pgk", "small")
COMPARE_PAGES: Final[tuple[Page, ...]] = (
    Page(
        profile.PATH,
        profile.TITLE,
        Permission.READ_AGGREGATES,
        profile.layout,
        profile.register,
        "info",
        group="reports",
        about=About("profile", _POVERTY),
    ),
    Page(
        profile.NAMED,
        profile.TITLE,
        Permission.READ_AGGREGATES,
        profile.layout,
        profile.register_nothing,
        about=About("profile_one", _POVERTY),
    ),
    Page(
        compare.PATH,
        compare.TITLE,
        Permission.READ_AGGREGATES,
        compare.layout,
        compare.register,
        "panel",
        group="reports",
        about=About("compare", _POVERTY),
    ),
    Page(
        pivot.PATH,
        pivot.TITLE,
        Permission.READ_AGGREGATES,
        pivot.layout,
        pivot.register,
        "list",
        group="reports",
        about=About("pivot", _POVERTY),
    ),
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
"""Profiles, comparisons, tables, kept views."""
