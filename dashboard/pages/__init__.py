"""The pages, listed: address, name, what each needs, and its place in the rail."""

from __future__ import annotations

from typing import Final

from dashboard.pages import panduan
from dashboard.router import Page
from registry.principals import Permission

PAGES: Final[tuple[Page, ...]] = (
    Page(panduan.PATH, "nav.help", Permission.READ_AGGREGATES, panduan.layout, panduan.register),
)
