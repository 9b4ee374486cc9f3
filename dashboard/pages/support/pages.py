"""The pages of support, as the catalogue lists them."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.support import board, calendar, new, one, page, parts, templates
from dashboard.router import Page
from registry.principals import Permission

SUPPORT_PAGES: Final = (
    Page(
        parts.PATH,
        "nav.support",
        Permission.READ_AGGREGATES,
        page.layout,
        page.register,
        about=About("support", ("ticket", "service_time")),
    ),
    Page(
        parts.NEW_PATH,
        "support.new",
        Permission.READ_AGGREGATES,
        new.layout,
        new.register,
        about=About("support_new", ("ticket", "service_time")),
    ),
    Page(
        parts.BOARD_PATH,
        "support.board",
        Permission.HANDLE_SUPPORT,
        board.layout,
        board.register,
        about=About("support_board", ("ticket", "service_time")),
    ),
    Page(
        parts.CALENDAR_PATH,
        "support.calendar",
        Permission.HANDLE_SUPPORT,
        calendar.layout,
        calendar.register,
        about=About("support_calendar", ("service_time",)),
    ),
    Page(
        parts.TEMPLATES_PATH,
        "support.templates",
        Permission.HANDLE_SUPPORT,
        templates.layout,
        templates.register,
        about=About("support_templates", ("ticket",)),
    ),
    Page(
        one.ONE_PATH,
        "nav.support",
        Permission.READ_AGGREGATES,
        one.layout,
        one.register,
        about=About("support_one", ("ticket", "service_time")),
    ),
)
