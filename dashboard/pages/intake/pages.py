"""The pages of what the public sends, as the catalogue lists them."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.intake import one, page, parts
from dashboard.router import Page
from registry.principals import Permission

INTAKE_PAGES: Final = (
    Page(
        parts.PATH,
        "nav.intake",
        Permission.REGISTER,
        page.layout,
        page.register,
        "people",
        group="worklists",
        about=About("intake", ("intake", "case")),
    ),
    Page(
        one.ONE_PATH,
        "nav.intake",
        Permission.REGISTER,
        one.layout,
        one.register,
        about=About("intake_one", ("intake", "case", "kir")),
    ),
)
