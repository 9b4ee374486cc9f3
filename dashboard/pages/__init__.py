"""The pages, listed: address, name, what each needs, and its place in the rail."""

from __future__ import annotations

from typing import Final

from dashboard.pages import panduan
from dashboard.pages.isirumah import record, search
from dashboard.pages.kemaskini import page as changes
from dashboard.pages.kpi import page as kpi
from dashboard.pages.peta import layout as peta
from dashboard.pages.peta import page as peta_page
from dashboard.pages.tugasan import page as tasks
from dashboard.router import Page
from registry.principals import Permission

PAGES: Final[tuple[Page, ...]] = (
    Page(peta.PATH, peta.TITLE, peta.PERMISSION, peta.layout, peta_page.register, "map"),
    Page(kpi.PATH, "nav.kpi", Permission.READ_AGGREGATES, kpi.layout, kpi.register, "gauge"),
    Page(search.PATH, "nav.households", Permission.READ_PERSONS, search.layout, search.register, "people"),
    Page(record.PATH, "record.title", Permission.READ_PERSONS, record.layout, record.register),
    Page(tasks.PATH, "nav.tasks", Permission.READ_PERSONS, tasks.layout, tasks.register, "list"),
    Page(changes.PATH, "changes.title", Permission.REQUEST_CHANGES, changes.layout, changes.register),
    Page(panduan.PATH, "nav.help", Permission.READ_AGGREGATES, panduan.layout, panduan.register),
)
