"""Reads Pangkalan Ilmu: the shelf, what a search finds, an article with its versions, what waits for its writers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from queries.row_types.articles import (
    ArticleMissRow,
    ArticleRow,
    ArticleToldRow,
    ArticleVersionRow,
    ArticleWordsRow,
    ArticleWorkRow,
    FoundArticleRow,
    LibraryFileRow,
    OneLibraryFileRow,
    ShelfRow,
)
from queries.statements import counted, row_as, rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection

MOST_FOUND: Final = 20
_WORK: Final = 200
_TOLD: Final = 50


def shelf(conn: Connection, *, kind: str, limit: int, offset: int = 0) -> tuple[list[ShelfRow], int]:
    """A page of the published articles that the reader may read, and how many there are in all."""
    return counted(rows_as(ShelfRow, conn, "articles/shelf", shelf_kind=kind, row_limit=limit, row_offset=offset))


def found(conn: Connection, asked: str, *, language: str, kind: str = "") -> tuple[list[FoundArticleRow], int]:
    """The best articles that answer what is asked, and how many there are in all."""
    return counted(
        rows_as(
            FoundArticleRow, conn, "articles/found", asked=asked, reader=language, shelf_kind=kind, row_limit=MOST_FOUND
        )
    )


def one(conn: Connection, slug: str) -> ArticleRow | None:
    """An article by its name; ``None`` where the reader has none of this name."""
    return row_as(ArticleRow, conn, "articles/one", slug=slug, screen="")


def explaining(conn: Connection, screen: str) -> ArticleRow | None:
    """The article that explains a page, by what the page says of itself."""
    return row_as(ArticleRow, conn, "articles/one", slug="", screen=screen)


def versions(conn: Connection, slug: str) -> list[ArticleVersionRow]:
    """The versions of an article, the newest first, up to 100."""
    return rows_as(ArticleVersionRow, conn, "articles/versions", slug=slug)


def version(conn: Connection, slug: str, number: int) -> ArticleWordsRow | None:
    """What one version says."""
    return row_as(ArticleWordsRow, conn, "articles/version", slug=slug, version_number=number)


def work(conn: Connection) -> list[ArticleWorkRow]:
    """What waits for who writes articles, up to 200: in review, drafts, due ones, then those that helped least."""
    return rows_as(ArticleWorkRow, conn, "articles/work", row_limit=_WORK)


def told(conn: Connection, slug: str) -> list[ArticleToldRow]:
    """What readers said of an article, the latest 50."""
    return rows_as(ArticleToldRow, conn, "articles/told", slug=slug, row_limit=_TOLD)


def misses(conn: Connection) -> list[ArticleMissRow]:
    """What was searched and not found, the 50 most frequent."""
    return rows_as(ArticleMissRow, conn, "articles/misses", row_limit=_TOLD)


def files(conn: Connection, *, limit: int, offset: int = 0) -> tuple[list[LibraryFileRow], int]:
    """A page of the library, and how many files there are in all; writers see those that wait as well."""
    return counted(rows_as(LibraryFileRow, conn, "articles/files", row_limit=limit, row_offset=offset))


def file(conn: Connection, number: int) -> OneLibraryFileRow | None:
    """One file of the library; ``None`` where the reader has none of this number."""
    return row_as(OneLibraryFileRow, conn, "articles/file", library_file=number)
