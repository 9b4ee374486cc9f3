"""Takes in a boundary file as a stream, and gives the shapes that its check made to the map."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dashboard.bodies import takes
from dashboard.boundary_files import is_name, shapes_answer
from dashboard.guards import requires
from dashboard.limits import limited
from dashboard.uploads import file_taken
from queries import boundaries
from registry.areas.boundary_files import FOLDER
from registry.areas.uploads import LARGEST, keep_upload, view_of
from registry.errors import NotFound
from registry.principals import Permission

if TYPE_CHECKING:
    from flask import Flask, Response

    from dashboard.deps import Deps
    from registry.uploads.refusals import UnreadableUpload
    from words import Words

UPLOAD_ROUTE: Final = "/sempadan/muat-naik"
_SENT: Final = "boundaries"


def register(server: Flask, deps: Deps) -> None:
    """Add the routes ``/sempadan/muat-naik`` and ``/sempadan/fail/<upload>/<file>``."""

    @server.post(UPLOAD_ROUTE)
    @takes(LARGEST)
    @requires(Permission.ADMINISTER)
    @limited(_SENT)
    def take_boundaries() -> Response:
        return file_taken(lambda upload: keep_upload(deps.settings.home, deps.writing, upload), refusal_text)

    @server.get("/sempadan/fail/<int:upload>/<name>")
    @requires(Permission.ADMINISTER)
    def checked_shapes(upload: int, name: str) -> Response:
        with deps.reading() as conn:
            found = boundaries.upload(conn, upload)
        if found is None or not is_name(name):
            raise NotFound
        path = view_of(deps.settings.home, found["stored_name"]) / FOLDER / name
        if not path.is_file():
            raise NotFound
        return shapes_answer(path, cached="private, no-store")


def address_of_shapes(upload_id: int, name: str) -> str:
    """Where the shapes of a checked upload are drawn from."""
    return f"/sempadan/fail/{upload_id}/{name}"


def refusal_text(error: UnreadableUpload, words: Words) -> str:
    """Why a file cannot be used, in words."""
    return words(f"boundary.problem_{error.reason}", **error.values)
