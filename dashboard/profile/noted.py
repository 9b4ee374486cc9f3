"""The notes on an area as other pages tell of them, with the way to its profile, where they are written."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import dcc, html

from dashboard.profile.reading import LEVELS
from layers import numbers
from queries import views

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Reads
    from queries.maps import Area
    from queries.row_types.views import AreaNoteRow
    from words import Words

_SHOWN: Final = 3


def read_noted(conn: Reads, area: Area) -> list[AreaNoteRow]:
    """The newest notes on an area that has a profile."""
    return views.notes(conn, area.code, limit=_SHOWN) if area.level in LEVELS else []


def noted(found: list[AreaNoteRow], area: Area, words: Words) -> list[Component]:
    """The notes, and the way to the profile; nothing for an area that has none."""
    if area.level not in LEVELS:
        return []
    parts: list[Any] = []
    if found:
        lines = [
            html.Li([html.Strong(numbers.day(row["noted_on"])), f" · {row['author_name']}: {row['body']}"])
            for row in found
        ]
        parts = [html.H3(words("note.title")), html.Ul(lines, className="ek-noted")]
    link = dcc.Link(words("nav.profile"), href=f"/kawasan/{area.code}", className="ek-button")
    return [html.Section([*parts, html.P(link)])]
