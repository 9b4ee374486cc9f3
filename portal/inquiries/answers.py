"""Kod semakan: who holds a code that an officer gave sees at once what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint
from sqlalchemy import text

from portal.deps import deps_of_request
from portal.language import switched
from portal.pages import page
from portal.places import office_of
from portal.routes import shown, takes
from portal.sending import once_proved, typed
from registry.inquiries.inquiries import digest_of

if TYPE_CHECKING:
    from flask import Response
    from sqlalchemy import Connection

FORM: Final = "kod"
_OPEN: Final = text("SELECT registered, updated_on, district_code, due FROM portal.open_code(:digest)")
_LONGEST: Final = 40
answers = Blueprint("answers", __name__)


@answers.get("/kod")
@shown
def ask() -> Response:
    """The form, empty."""
    return page("kod.html")


@answers.post("/kod")
@takes(FORM)
def answer() -> Response:
    """What a code answers; a wrong code and an unknown number are told alike."""
    number, code = typed("identity", _LONGEST), typed("code", _LONGEST)
    if switched():
        return page("kod.html", number=number)

    def look_up(connection: Connection) -> Response:
        digest = digest_of(deps_of_request().settings.portal_key, number, code)
        found = connection.execute(_OPEN, {"digest": digest}).one_or_none()
        office = office_of(connection, found.district_code) if found else None
        return page("kod_answer.html", found=found, office=office)

    return once_proved(FORM, look_up)
