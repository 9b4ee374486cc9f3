"""The pages, listed: address, name, what each needs, and its place in the rail."""

from __future__ import annotations

from typing import Final

from dashboard.pages import panduan
from dashboard.pages.isirumah import record, search
from dashboard.router import Page
from registry.principals import Permission

PAGES: Final[tuple[Page, ...]] = (
    Page(search.PATH, "nav.households", Permission.READ_PERSONS, search.layout, search.register, "people"),
    Page(record.PATH, "record.title", Permission.READ_PERSONS, record.layout, record.register),
    Page(panduan.PATH, "nav.help", Permission.READ_AGGREGATES, panduan.layout, panduan.register),
)
