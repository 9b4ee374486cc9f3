"""The pages of target groups, as the catalogue lists them."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.targets import build, group, page, texts
from dashboard.router import Page
from registry.principals import Permission

TARGET_PAGES: Final = (
    Page(
        texts.PATH,
        "nav.targets",
        Permission.BUILD_TARGETS,
        page.layout,
        page.register,
        "group",
        group="aid",
        about=About("targets", ("target_group", "tegar", "miskin", "small")),
    ),
    Page(
        texts.BUILD_PATH,
        "target.new",
        Permission.BUILD_TARGETS,
        build.layout,
        build.register,
        about=About("target_build", ("target_group", "kir", "per_capita", "small")),
    ),
    Page(
        group.PATH,
        "nav.targets",
        Permission.BUILD_TARGETS,
        group.layout,
        group.register,
        about=About("target_one", ("target_group", "file_no", "per_capita")),
    ),
)
