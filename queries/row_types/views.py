"""Rows of the statements in ``queries/sql/views``; ``python -m tests.row_types`` writes this."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from datetime import date, datetime


class HomeViewRow(TypedDict):
    """``views/home.sql``: at most one row."""

    path: str


class AreaNoteRow(TypedDict):
    """``views/notes.sql``: one row per note."""

    note_id: int
    noted_on: date
    body: str
    author_name: str
    version: int
    own: bool


class PresentationRow(TypedDict):
    """``views/presentations.sql``: one row per presentation."""

    presentation_id: int
    name: str
    shared: str
    role: str
    own: bool
    views: Any
    names: list[str]
    paths: list[str]


class SavedViewRow(TypedDict):
    """``views/seen.sql``: one row per view."""

    view_id: int
    name: str
    path: str
    shared: str
    role: str
    own: bool
    home: bool
    made_at: datetime
