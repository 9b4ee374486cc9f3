"""Takes in a delivery as a stream, and gives its rejected rows back to be corrected."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from flask import Response

from dashboard.bodies import takes
from dashboard.guards import requires
from dashboard.limits import DOWNLOADS, limited
from dashboard.uploads import file_taken
from queries import deliveries
from registry.db import FILE
from registry.deliveries.rejected import write_rejected
from registry.deliveries.uploads import LARGEST, keep_upload, rejected_of
from registry.errors import NotFound
from registry.principals import Permission

if TYPE_CHECKING:
    from flask import Flask

    from dashboard.deps import Deps
    from registry.uploads.refusals import UnreadableUpload
    from words import Words

UPLOAD_ROUTE: Final = "/penghantaran/muat-naik"
# a trial tells whether a number is registered: it is asked no faster than a person would
_SENT: Final = "deliveries"
_REJECTED_FILE: Final = "baris-ditolak.zip"


def register(server: Flask, deps: Deps) -> None:
    """Add the routes ``/penghantaran/muat-naik`` and ``/penghantaran/<upload>/ditolak.zip``."""

    @server.post(UPLOAD_ROUTE)
    @takes(LARGEST)
    @requires(Permission.IMPORT_DELIVERIES)
    @limited(_SENT)
    def take_delivery() -> Response:
        return file_taken(lambda upload: keep_upload(deps.settings.home, deps.writing, upload), refusal_text)

    @server.get("/penghantaran/<int:upload>/ditolak.zip")
    @requires(Permission.IMPORT_DELIVERIES)
    @limited(DOWNLOADS)
    def rejected_rows(upload: int) -> Response:
        answer = Response(_rejected(deps, upload), mimetype="application/zip")
        deps.note_read("export", subject="delivery_upload", subject_id=upload)
        answer.headers["Cache-Control"] = "private, no-store"
        answer.headers["Content-Disposition"] = f'attachment; filename="{_REJECTED_FILE}"'
        return answer


def address_of_rejected(upload_id: int) -> str:
    """Where the rejected rows of an upload are taken from."""
    return f"/penghantaran/{upload_id}/ditolak.zip"


def refusal_text(error: UnreadableUpload, words: Words) -> str:
    """Why a delivery cannot be read, in words."""
    return words(f"delivery.problem_{error.reason}", **error.values)


def _rejected(deps: Deps, upload_id: int) -> bytes:
    """The rows that the import has rejected, else those that the last trial would have, as a zip.

    Raises:
        NotFound: there is no such upload of who asks, or nothing was tried yet.

    """
    with deps.reading(patience=FILE) as conn:
        found = deliveries.upload(conn, upload_id)
        if found is None or not found["own"] or found["report"] is None:
            raise NotFound
        if found["delivery_id"] is not None:
            packed = io.BytesIO()
            write_rejected(conn, packed, sha256=found["report"]["sha256"])
            return packed.getvalue()
    path = rejected_of(deps.settings.home, found["stored_name"])
    if not path.is_file():
        raise NotFound
    return path.read_bytes()
