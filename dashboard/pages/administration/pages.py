"""The pages of administration, listed as those of the catalogue are."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.administration import delegates, keys, people, settings
from dashboard.pages.administration import page as admin
from dashboard.router import Page
from registry.principals import Permission

ADMIN_PAGES: Final[tuple[Page, ...]] = (
    Page(
        admin.PATH,
        "admin.title",
        Permission.ADMINISTER,
        admin.layout,
        admin.register,
        "settings",
        group="administration",
        called="admin.tab_roles",
        about=About("roles", ("role", "territory")),
    ),
    Page(
        people.PATH,
        "admin.tab_people",
        Permission.ADMINISTER,
        people.layout,
        people.register,
        about=About("people", ("role", "territory")),
    ),
    Page(
        delegates.PATH,
        "admin.tab_delegates",
        Permission.ADMINISTER,
        delegates.layout,
        delegates.register,
        about=About("delegates", ("delegation", "territory")),
    ),
    Page(
        settings.PATH,
        "admin.tab_settings",
        Permission.ADMINISTER,
        settings.layout,
        settings.register,
        about=About("settings", ("small", "case")),
    ),
    Page(
        keys.PATH,
        "admin.tab_keys",
        Permission.ADMINISTER,
        keys.layout,
        keys.register,
        about=About("api_keys", ("api_key", "scope", "audit")),
    ),
)
