"""Views of pages kept under a name, presentations, notes on areas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from queries.row_types.views import AreaNoteRow, HomeViewRow, PresentationRow, SavedViewRow
from queries.statements import row_as, rows_as

if TYPE_CHECKING:
    from sqlalchemy import Connection


def seen(connection: Connection, *, limit: int) -> list[SavedViewRow]:
    """Views that may be seen, the own first."""
    return rows_as(SavedViewRow, connection, "views/seen", row_limit=limit)


def home(connection: Connection) -> str:
    """The address that who acts comes to after signing in; empty where none is chosen."""
    found = row_as(HomeViewRow, connection, "views/home")
    return found["path"] if found else ""


def presentations(connection: Connection, *, limit: int) -> list[PresentationRow]:
    """Presentations that may be seen, the own first, with those of their views that may be seen."""
    return rows_as(PresentationRow, connection, "views/presentations", row_limit=limit)


def notes(connection: Connection, area: str, *, limit: int) -> list[AreaNoteRow]:
    """The notes on an area that stand, the newest first."""
    return rows_as(AreaNoteRow, connection, "views/notes", area=area, row_limit=limit)
