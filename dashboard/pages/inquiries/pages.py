"""The pages of status inquiries, as the catalogue lists them."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.inquiries import codes, page
from dashboard.router import Page
from registry.principals import Permission

INQUIRY_PAGES: Final = (
    Page(
        page.PATH,
        "nav.inquiries",
        Permission.CHECK_STATUS,
        page.layout,
        page.register,
        "check",
        group="households",
        offered_to=(Permission.READ_PERSONS,),
        about=About("inquiries", ("check", "check_code")),
    ),
    Page(
        codes.PATH,
        "inquiry.code",
        Permission.CHECK_STATUS,
        codes.layout,
        codes.register,
        about=About("check_codes", ("check_code",)),
    ),
)
