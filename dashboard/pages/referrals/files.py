"""The files of a referral: sent to the register, laid by for the next step, and shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import Dash, html

from dashboard.bodies import takes
from dashboard.components.aria import aria
from dashboard.components.upload_zone import Zone, size
from dashboard.guards import requires
from dashboard.kept_files import kept_file
from dashboard.limits import limited
from dashboard.pages.referrals import ids
from dashboard.pages.referrals.parts import PATH, known_number
from dashboard.uploads import file_taken
from queries import referrals
from registry.errors import NotFound
from registry.principals import Permission
from registry.referrals.files import LARGEST, file_of, keep_file

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component
    from flask import Flask, Response

    from dashboard.deps import Deps
    from queries.row_types.referrals import ReferralFileRow
    from registry.uploads.refusals import UnreadableUpload
    from registry.uploads.taking_in import Upload
    from words import Words

FILE_ROUTE: Final = f"{PATH}/fail"
_SENT: Final = "referral_files"
_TYPES: Final = {"jpg": "image/jpeg", "pdf": "application/pdf"}


def _zone(number: str) -> Zone:
    return Zone(
        name="referrals",
        words="referral.file",
        accept=".jpg,.jpeg,.png,.webp,.pdf",
        most_bytes=LARGEST,
        address=f"{PATH}/{number}/muat-naik",
        page=PATH,
    )


def register(app: Dash, deps: Deps) -> None:
    """Have the zone drawn, and add the routes ``/rujukan/<number>/muat-naik`` and ``/rujukan/fail/<file>``."""
    _zone("").register(app)
    _routes(app.server, deps)


def _routes(server: Flask, deps: Deps) -> None:
    @server.post(f"{PATH}/<number>/muat-naik")
    @takes(LARGEST)
    @requires(Permission.REFER)
    @limited(_SENT)
    def take_referral_file(number: str) -> Response:
        known = known_number(number)
        if known is None:
            raise NotFound

        def keep(upload: Upload) -> str:
            keep_file(deps.settings.home, deps.writing, known, upload)
            return known

        return file_taken(keep, _problem)

    @server.get(f"{FILE_ROUTE}/<int:file>")
    @requires(Permission.REFER)
    def show_referral_file(file: int) -> Response:
        with deps.reading() as conn:
            kept = referrals.kept_file(conn, file) if file < 1 << 63 else None
        path = file_of(deps.settings.home, kept["name"] if kept else "")
        if kept is None or not path.is_file():
            raise NotFound
        deps.note_read("read", subject="referral_file", subject_id=file)
        answer = kept_file(path, _TYPES[kept["kind"]])
        # a paper came as it is: it is taken away, never shown in the register's own name
        shown = "inline" if kept["kind"] == "jpg" else "attachment"
        answer.headers.set("Content-Disposition", shown, filename=_called(kept["file_name"], kept["kind"]))
        return answer


def place(number: str, words: Words) -> Component:
    """Where files are chosen; hidden until a step may be taken."""
    return html.Section(
        [
            html.Div(html.H2(words("referral.files")), className="ek-part-head"),
            html.P(words("referral.files_note"), className="ek-footnote"),
            html.Div(id=ids.LAID_BY),
            _zone(number).view(words),
        ],
        id=ids.FILES,
        className="ek-part ek-referral-place ek-screen-only",
        hidden=True,
    )


def laid_by(kept: Sequence[ReferralFileRow], words: Words) -> Component | None:
    """The files that go with the next step."""
    waiting = [html.Li([link(file), " ", _drop(file, words)]) for file in kept if file["step_id"] is None]
    return html.Ul(waiting, className="ek-referral-files") if waiting else None


def link(file: ReferralFileRow) -> Component:
    """The way to a file, with its size."""
    return html.A(f"{file['file_name']} ({size(file['bytes'])})", href=f"{FILE_ROUTE}/{file['file_id']}")


def _drop(file: ReferralFileRow, words: Words) -> Component:
    return html.Button(
        words("referral.drop_file"),
        id={"type": ids.DROP_TYPE, "file": file["file_id"]},
        type="button",
        className="ek-button",
        n_clicks=0,
        **aria(label=words("referral.drop_file_named", name=file["file_name"])),
    )


def _called(name: str, kind: str) -> str:
    """What a file is called where it is kept: with the ending of what it is."""
    stem = name.rpartition(".")[0] or name
    return f"{stem}.{kind}"


def _problem(error: UnreadableUpload, words: Words) -> str:
    return words(f"referral.problem_{error.reason}", **error.values)
