"""The pages of projects, as the catalogue lists them."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.projects import contractors, counts, data, new, one, page, parts, site
from dashboard.router import Page
from registry.principals import Permission

PROJECT_PAGES: Final = (
    Page(
        parts.PATH,
        "nav.projects",
        Permission.READ_PROJECTS,
        page.layout,
        page.register,
        "pin",
        group="projects",
        called="nav.projects_map",
        about=About("projects", ("project", "kir")),
    ),
    Page(
        parts.NEW_PATH,
        "project.new",
        Permission.OPEN_PROJECTS,
        new.layout,
        new.register,
        about=About("project_new", ("project", "file_no")),
    ),
    Page(
        parts.SITES_PATH,
        "site.title",
        Permission.OPEN_PROJECTS,
        site.layout,
        site.register,
        "pin",
        group="projects",
        about=About("project_sites", ("project", "file_no")),
    ),
    Page(
        parts.COUNTS_PATH,
        "project.counts",
        Permission.READ_AGGREGATES,
        counts.layout,
        counts.register,
        "gauge",
        group="projects",
        about=About("project_counts", ("project", "small")),
    ),
    Page(
        parts.TYPES_PATH,
        "project.types",
        Permission.READ_PROJECTS,
        data.layout,
        data.register,
        "settings",
        group="projects",
        offered_to=(Permission.ADMINISTER,),
        about=About("project_types", ("project", "aid_need")),
    ),
    Page(
        parts.CONTRACTORS_PATH,
        "project.contractors",
        Permission.READ_PROJECTS,
        contractors.layout,
        contractors.register,
        "people",
        group="projects",
        offered_to=(Permission.COORDINATE_PROJECTS,),
        about=About("contractors", ("project",)),
    ),
    Page(
        parts.ONE_PATH,
        "project.one",
        Permission.READ_PROJECTS,
        one.layout,
        one.register,
        about=About("project", ("project", "kir")),
    ),
)
