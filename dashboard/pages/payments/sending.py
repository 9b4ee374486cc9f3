"""Takes in a file of answers as a stream."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

from dashboard.bodies import takes
from dashboard.guards import requires
from dashboard.limits import limited
from dashboard.uploads import file_taken
from layers.numbers import MALAYSIA
from registry.ledger.answer_files import LARGEST, keep_answers
from registry.ledger.tables import MissingColumn
from registry.principals import Permission

if TYPE_CHECKING:
    from flask import Flask, Response

    from dashboard.deps import Deps
    from registry.uploads.refusals import UnreadableUpload
    from words import Words

UPLOAD_ROUTE: Final = "/bayaran/jawapan/muat-naik"
_SENT: Final = "answers"


def register(server: Flask, deps: Deps) -> None:
    """Add the route ``/bayaran/jawapan/muat-naik``."""

    @server.post(UPLOAD_ROUTE)
    @takes(LARGEST)
    @requires(Permission.MAKE_PAYMENTS)
    @limited(_SENT)
    def take_file() -> Response:
        received = datetime.now(MALAYSIA).date()
        return file_taken(
            lambda upload: keep_answers(deps.settings.home, deps.writing, upload, received=received), refusal_text
        )


def refusal_text(error: UnreadableUpload, words: Words) -> str:
    """Why a file cannot be read, in words."""
    if isinstance(error, MissingColumn):
        return words("error.ledger_missing_column", **error.values)
    key = f"payment.problem_{error.reason}"
    return words(key if words.has(key) else "payment.problem_damaged", **error.values)
