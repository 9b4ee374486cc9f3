"""Rows of the statements in ``queries/sql/articles``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class OneLibraryFileRow(TypedDict):
    """``articles/file.sql``: one row."""

    file_id: int
    file_name: str
    stored_name: str
    kind: str
    sha256: str
    bytes: int
    title_ms: str
    title_en: str
    audience: str
    source: str
    licence: str
    dated: date | None
    version: int
    replaces_id: int | None
    read_at: datetime | None
    own: bool
    added_by: str | None
    published_at: datetime | None
    published_by: str | None
    withdrawn_at: datetime | None


class LibraryFileRow(TypedDict):
    """``articles/files.sql``: one row per file."""

    file_id: int
    file_name: str
    kind: str
    bytes: int
    title_ms: str
    title_en: str
    audience: str
    source: str
    dated: date | None
    version: int
    published_at: datetime | None
    total: int


class FoundArticleRow(TypedDict):
    """``articles/found.sql``: one row per article or file."""

    slug: str | None
    file_id: int | None
    kind: str
    audience: str
    language: str
    title: str
    snippet: str
    near: bool
    total: int


class ArticleMissRow(TypedDict):
    """``articles/misses.sql``: one row per search."""

    shelf: str
    asked: str
    times: int
    last_on: date


class ArticleRow(TypedDict):
    """``articles/one.sql``: one row."""

    slug: str
    kind: str
    audience: str
    screens: list[str]
    review_on: date
    owner: str | None
    number: int | None
    title_ms: str | None
    title_en: str | None
    body_ms: str | None
    body_en: str | None
    published_at: datetime | None
    published_by: str | None
    shipped: bool
    en_old: bool
    open_number: int | None
    open_state: str | None
    open_saved: int | None
    open_mine: bool


class ShelfRow(TypedDict):
    """``articles/shelf.sql``: one row per article."""

    slug: str
    kind: str
    audience: str
    title_ms: str
    title_en: str
    published_at: datetime
    reads: int
    total: int


class ArticleToldRow(TypedDict):
    """``articles/told.sql``: one row per answer."""

    helpful: bool
    told: str
    given_on: date
    version: int


class ArticleWordsRow(TypedDict):
    """``articles/version.sql``: one row."""

    slug: str
    number: int
    state: str
    kind: str
    audience: str
    screens: list[str]
    title_ms: str
    title_en: str
    body_ms: str
    body_en: str
    note: str
    saved: int
    en_old: bool


class ArticleVersionRow(TypedDict):
    """``articles/versions.sql``: one row per version."""

    number: int
    state: str
    title_ms: str
    note: str
    saved_at: datetime
    published_at: datetime | None
    published_by: str | None
    writers: list[str]
    shipped: bool


class ArticleWorkRow(TypedDict):
    """``articles/work.sql``: one row per article."""

    slug: str
    audience: str
    title_ms: str
    title_en: str
    owner: str | None
    state: str
    review_on: date
    due: bool
    yes: int
    no: int
