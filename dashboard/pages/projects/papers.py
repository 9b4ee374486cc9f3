"""Gives the certificate of completion and the note of handover of a finished project, in Malay and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Flask, Response

from dashboard.guards import requires
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.projects.parts import PATH, known_number, today
from queries import accounts, projects
from registry.errors import NotFound
from registry.principals import Permission
from reports.project_papers import completion_pdf, handover_pdf
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from dashboard.deps import Deps

KINDS: Final = ("sijil", "serah")
"""The certificate of completion, the note of handover."""


def address(number: str, kind: str, language: str) -> str:
    """Where a paper of a project is."""
    return f"{PATH}/{number}/{kind}-{language}.pdf"


def register(server: Flask, deps: Deps) -> None:
    """Add the routes of the papers."""

    @server.get(f"{PATH}/<number>/<kind>-<language>.pdf")
    @requires(Permission.READ_PROJECTS)
    @limited(DOWNLOADS)
    def give_project_paper(number: str, kind: str, language: str) -> Response:
        if not known_number(number) or kind not in KINDS or language not in LANGUAGES:
            raise NotFound
        with deps.reading() as conn:
            found = projects.whole(conn, number, today=today())
            sample = bool(accounts.register_state(conn).sample)
        if found is None or found.project["state"] != "siap":
            raise NotFound
        make = completion_pdf if kind == "sijil" else handover_pdf
        made = make(found, words_of(language), sample=sample)
        deps.note_read("export", subject="project", facts={"number": number, "paper": kind})
        answer = Response(made, mimetype="application/pdf")
        answer.headers["Cache-Control"] = "private, no-store"
        answer.headers["Content-Disposition"] = f'attachment; filename="{kind}-{number}-{language}.pdf"'
        return answer
