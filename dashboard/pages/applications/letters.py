"""Gives the letters of an application on paper, in Malay and in English."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Flask, Response

from dashboard.guards import requires
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.applications.parts import PATH, known_number
from queries import accounts, applications
from registry.errors import NotFound
from registry.principals import Permission
from reports.application_letter import letter_pdf
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.deps import Deps
    from queries.row_types.applications import AidStepRow, ApplicationRow


def address(number: str, language: str) -> str:
    """Where the letter of an application is."""
    return f"{PATH}/{number}/surat-{language}.pdf"


def kind_of(row: ApplicationRow, steps: Sequence[AidStepRow]) -> str | None:
    """Which letter is written now: of the approval, the refusal, the appeal or its decision; ``None`` for none yet."""
    if row["state"] in {"diluluskan", "dalam_bayaran", "diserah", "selesai"}:
        return "approval"
    last = steps[0]["action"] if steps else ""
    letters = {"ditolak": "refusal", "dirayu": "appeal", "ditolak_muktamad": "appeal_refused"}
    return "appeal_heard" if last == "putus_terima" else letters.get(row["state"])


def register(server: Flask, deps: Deps) -> None:
    """Add the route of the letters."""

    @server.get(f"{PATH}/<number>/surat-<language>.pdf")
    @requires(Permission.APPLY_AID)
    @limited(DOWNLOADS)
    def give_letter(number: str, language: str) -> Response:
        if not known_number(number) or language not in LANGUAGES:
            raise NotFound
        with deps.reading() as conn:
            row = applications.application(conn, number)
            taken = applications.steps(conn, number) if row else []
            kind = kind_of(row, taken) if row else None
            sample = bool(accounts.register_state(conn).sample)
        if row is None or kind is None:
            raise NotFound
        made = letter_pdf(row, taken, kind, words_of(language), sample=sample)
        deps.note_read("export", subject="aid_application", facts={"number": number, "letter": kind})
        answer = Response(made, mimetype="application/pdf")
        answer.headers["Cache-Control"] = "private, no-store"
        answer.headers["Content-Disposition"] = f'attachment; filename="surat-{number}-{language}.pdf"'
        return answer
