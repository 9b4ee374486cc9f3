"""Pictures of screens that come with tickets, seen by those who handle them; and the way to a linked record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import Dash, html
from flask import Response, redirect

from dashboard.bodies import takes
from dashboard.components.upload_zone import Zone, size
from dashboard.guards import requires
from dashboard.kept_files import kept_file
from dashboard.limits import limited
from dashboard.pages.support import ids
from dashboard.pages.support.parts import PATH, known_number
from dashboard.uploads import file_taken
from layers import numbers
from queries import support
from registry.errors import NotFound
from registry.principals import Permission
from registry.support.pictures import LARGEST, file_of, keep_picture
from registry.support.tickets import open_link

if TYPE_CHECKING:
    from dash.development.base_component import Component
    from flask import Flask
    from werkzeug import Response as WerkzeugResponse

    from dashboard.deps import Deps
    from queries.support import WholeTicket
    from registry.support.tickets import OpenedRecord
    from registry.uploads.refusals import UnreadableUpload
    from registry.uploads.taking_in import Upload
    from words import Words

PICTURE_ROUTE: Final = f"{PATH}/gambar"
LINK_ROUTE: Final = f"{PATH}/pautan"
_SENT: Final = "ticket_pictures"
_LARGEST_ID: Final = 1 << 63


def _zone(number: str) -> Zone:
    return Zone(
        name="support",
        words="support.picture",
        accept=".jpg,.jpeg,.png,.webp",
        most_bytes=LARGEST,
        address=f"{PATH}/{number}/gambar",
        page=PATH,
    )


def register(app: Dash, deps: Deps) -> None:
    """Have the zone drawn, and add the routes of pictures and links."""
    _zone("").register(app)
    _routes(app.server, deps)


def _routes(server: Flask, deps: Deps) -> None:
    @server.post(f"{PATH}/<number>/gambar")
    @takes(LARGEST)
    @requires(Permission.READ_AGGREGATES)
    @limited(_SENT)
    def take_ticket_picture(number: str) -> Response:
        known = known_number(number)
        if known is None:
            raise NotFound

        def keep(upload: Upload) -> str:
            keep_picture(deps.settings.home, deps.writing, known, upload)
            return known

        return file_taken(keep, _problem)

    @server.get(f"{PICTURE_ROUTE}/<int:picture>")
    @requires(Permission.HANDLE_SUPPORT)
    def show_ticket_picture(picture: int) -> Response:
        with deps.reading() as conn:
            kept = support.kept_picture(conn, picture) if picture < _LARGEST_ID else None
        path = file_of(deps.settings.home, kept["name"] if kept else "")
        if not path.is_file():
            raise NotFound
        deps.note_read("read", subject="ticket_picture", subject_id=picture)
        return kept_file(path, "image/jpeg")

    @server.get(f"{LINK_ROUTE}/<int:link>")
    @requires(Permission.READ_AGGREGATES)
    def open_ticket_link(link: int) -> WerkzeugResponse:
        if link >= _LARGEST_ID:
            raise NotFound
        with deps.writing() as session:
            found = open_link(session, link)
        return redirect(_address(found))


def place(number: str, words: Words) -> Component:
    """Where a picture is chosen, with what to look out for; hidden until the ticket is known to be open."""
    return html.Section(
        [
            html.Div(html.H2(words("support.pictures")), className="ek-part-head"),
            html.P(words("support.pictures_warning"), className="ek-footnote"),
            _zone(number).view(words),
        ],
        id=ids.PICTURES,
        className="ek-part ek-referral-place",
        hidden=True,
    )


def listed(found: WholeTicket, words: Words) -> Component | None:
    """The pictures for who handles the ticket; for who opened it how many there are."""
    if not found.ticket["pictures"]:
        return None
    if not found.ticket["handles"]:
        return html.P(words("support.pictures_sent", n=found.ticket["pictures"]), className="ek-footnote")
    rows = [
        html.Li(
            html.A(
                words("support.picture_of", day=numbers.moment(row["added_at"]), size=size(row["bytes"])),
                href=f"{PICTURE_ROUTE}/{row['picture_id']}",
            )
        )
        for row in found.pictures
    ]
    return html.Ul(rows)


def links(found: WholeTicket, words: Words) -> Component:
    """The linked records: their number and the way to them for who may see them, else that they are restricted."""
    if not found.links:
        return html.P(words("support.no_links"), className="ek-footnote")
    rows = []
    for link in found.links:
        kind = words(f"support.record_{link['kind']}")
        if link["number"] is None:
            rows.append(html.Li(f"{kind}: {words('support.restricted')}"))
        else:
            rows.append(html.Li([f"{kind}: ", html.A(link["number"], href=f"{LINK_ROUTE}/{link['link_id']}")]))
    return html.Div([html.Ul(rows), html.P(words("support.links_note"), className="ek-footnote")])


def _address(found: OpenedRecord) -> str:
    return {
        "isi_rumah": f"/isi-rumah/{found.record_id}",
        "kes": f"/kes/{found.record_id}",
        "permohonan": f"/permohonan-bantuan/{found.number}",
    }[found.kind]


def _problem(error: UnreadableUpload, words: Words) -> str:
    return words(f"support.problem_{error.reason}", **error.values)
