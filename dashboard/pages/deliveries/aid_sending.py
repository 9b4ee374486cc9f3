"""Takes in deliveries of aid as a stream, and gives the lines back that were held or rejected."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Final

from flask import Response

from dashboard.bodies import takes
from dashboard.guards import requires
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.deliveries.sending import refusal_text
from dashboard.uploads import file_taken
from queries import deliveries
from registry.aid.carrying import AID
from registry.aid.returning import write_kept
from registry.db import FILE
from registry.deliveries.uploads import LARGEST, keep_upload, rejected_of
from registry.errors import NotFound
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from flask import Flask

    from dashboard.deps import Deps, Reads

UPLOAD_ROUTE: Final = "/penghantaran-bantuan/muat-naik"
# a trial tells whether a number is registered: it is asked no faster than a person would
_SENT: Final = "aid_deliveries"
_RETURNED_FILE: Final = "baris-dikembalikan.zip"


def register(server: Flask, deps: Deps) -> None:
    """Add the routes that take a file, and that give lines back: of one upload, of one delivery in the register."""

    @server.post(UPLOAD_ROUTE)
    @takes(LARGEST)
    @requires(Permission.DELIVER_AID_LINES)
    @limited(_SENT)
    def take_aid_delivery() -> Response:
        return file_taken(lambda upload: keep_upload(deps.settings.home, deps.writing, upload, AID), refusal_text)

    @server.get("/penghantaran-bantuan/<int:upload>/semula.zip")
    @requires(Permission.DELIVER_AID_LINES)
    @limited(DOWNLOADS)
    def returned_lines(upload: int) -> Response:
        content = _of_upload(deps, upload)
        deps.note_read("export", subject="delivery_upload", subject_id=upload)
        return _zip(content)

    @server.get("/penghantaran-bantuan/diterima/<int:delivery>/semula.zip")
    @requires(Permission.DELIVER_AID_LINES)
    @limited(DOWNLOADS)
    def kept_lines(delivery: int) -> Response:
        with deps.reading(patience=FILE) as conn:
            content = _kept(conn, [delivery])
        deps.note_read("export", subject="aid_delivery", subject_id=delivery)
        return _zip(content)


def address_of_returned(upload_id: int) -> str:
    """Where the lines of an upload that were held or rejected are taken from."""
    return f"/penghantaran-bantuan/{upload_id}/semula.zip"


def address_of_kept(delivery_id: int) -> str:
    """The same of a delivery in the register, as they stand now."""
    return f"/penghantaran-bantuan/diterima/{delivery_id}/semula.zip"


def _zip(content: bytes) -> Response:
    answer = Response(content, mimetype="application/zip")
    answer.headers["Cache-Control"] = "private, no-store"
    answer.headers["Content-Disposition"] = f'attachment; filename="{_RETURNED_FILE}"'
    return answer


def _of_upload(deps: Deps, upload_id: int) -> bytes:
    """The lines that the import has held or rejected, else those that the last trial would have.

    Raises:
        NotFound: there is no such upload of who asks, nothing was tried yet, or no line came back.

    """
    with deps.reading(patience=FILE) as conn:
        found = deliveries.upload(conn, upload_id, layout=AID.name)
        if found is None or not found["own"] or found["report"] is None:
            raise NotFound
        if found["state"] == "imported":
            return _kept(conn, deliveries.aid_in_upload(conn, upload_id))
    path = rejected_of(deps.settings.home, found["stored_name"])
    if not path.is_file():
        raise NotFound
    return path.read_bytes()


def _kept(conn: Reads, delivery_ids: Sequence[int]) -> bytes:
    packed = io.BytesIO()
    if not write_kept(conn, delivery_ids, packed):
        raise NotFound
    return packed.getvalue()
