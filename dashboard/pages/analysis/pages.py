"""The pages of poverty measured, as the catalogue lists them."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.analysis import page, structures
from dashboard.router import Page
from registry.principals import Permission

ANALYSIS_PAGES: Final = (
    Page(
        page.PATH,
        "nav.analysis",
        Permission.READ_AGGREGATES,
        page.layout,
        page.register,
        "gauge",
        group="reports",
        about=About("analysis", ("tegar", "miskin", "pgk", "small"), ("map_enter", "map_up")),
    ),
    Page(
        structures.PATH,
        "structure.title",
        Permission.READ_AGGREGATES,
        structures.layout,
        structures.register,
        about=About("structures", ("miskin", "pgk")),
    ),
    Page(
        structures.ADD_PATH,
        "structure.add",
        Permission.ADMINISTER,
        structures.add_layout,
        structures.register_add,
        about=About("structures_add", ("miskin",)),
    ),
)
