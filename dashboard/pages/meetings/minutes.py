"""Gives the minutes of a meeting on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response

from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from queries import accounts, meetings
from registry.errors import NotFound
from registry.principals import Permission
from reports.minutes import minutes_pdf

if TYPE_CHECKING:
    from dashboard.deps import Deps


def address(meeting_id: int) -> str:
    """Where the minutes of a meeting are."""
    return f"/mesyuarat/{meeting_id}/minit.pdf"


def register(server: Flask, deps: Deps) -> None:
    """Add the route of the minutes."""

    @server.get("/mesyuarat/<int:meeting>/minit.pdf")
    @requires(Permission.DECIDE)
    @limited(DOWNLOADS)
    def give_minutes(meeting: int) -> Response:
        with deps.reading() as conn:
            found = meetings.meeting(conn, meeting) if meeting < 1 << 63 else None
            if found is None:
                raise NotFound
            items = meetings.agenda(conn, meeting)
            sample = bool(accounts.register_state(conn).sample)
        made = minutes_pdf(found, items, current_words(), sample=sample)
        deps.note_read("export", subject="meeting", subject_id=meeting)
        answer = Response(made, mimetype="application/pdf")
        answer.headers["Cache-Control"] = "private, no-store"
        answer.headers["Content-Disposition"] = f'attachment; filename="minit-{meeting}.pdf"'
        return answer
