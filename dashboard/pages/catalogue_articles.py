"""The pages of Pangkalan Ilmu, listed as those of the catalogue are."""

from __future__ import annotations

from typing import Final

from dashboard.about import About
from dashboard.pages.articles import article, editor, library, library_file, page, versions, work
from dashboard.router import Page
from registry.principals import Permission

ARTICLE_PAGES: Final[tuple[Page, ...]] = (
    Page(
        page.PATH,
        "nav.articles",
        Permission.READ_AGGREGATES,
        page.layout,
        page.register,
        about=About("articles", ("article", "audience")),
    ),
    Page(
        editor.NEW_PATH,
        "article.new",
        Permission.WRITE_ARTICLES,
        editor.layout,
        editor.register_nothing,
        about=About("article_new", ("article", "audience")),
    ),
    Page(
        work.WORK_PATH,
        "article.work",
        Permission.WRITE_ARTICLES,
        work.layout,
        work.register,
        about=About("article_work", ("article",)),
    ),
    Page(
        library.FILES_PATH,
        "library.title",
        Permission.READ_AGGREGATES,
        library.layout,
        library.register,
        about=About("library", ("audience",)),
    ),
    Page(
        library_file.FILE_PATH,
        "library.one",
        Permission.READ_AGGREGATES,
        library_file.layout,
        library_file.register,
        about=About("library_file", ("audience",)),
    ),
    Page(
        article.ONE_PATH,
        "nav.articles",
        Permission.READ_AGGREGATES,
        article.layout,
        article.register,
        about=About("article", ("article", "audience")),
    ),
    Page(
        editor.EDIT_PATH,
        "article.edit",
        Permission.WRITE_ARTICLES,
        editor.layout,
        editor.register,
        about=About("article_edit", ("article", "audience")),
    ),
    Page(
        versions.VERSIONS_PATH,
        "article.versions",
        Permission.WRITE_ARTICLES,
        versions.layout,
        versions.register,
        about=About("article_versions", ("article",)),
    ),
)
"""The shelf, an article, its versions, writing, and what waits."""
