"""Ikut: who holds both codes of a form sees how far it is, and may take it back; any other pair is told alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint, request
from sqlalchemy import text

from portal.deps import deps_of_request
from portal.language import switched
from portal.pages import page
from portal.places import office_of
from portal.routes import shown, takes
from portal.sending import once_proved, typed
from registry.intake.codes import read_reference, secret_hash

if TYPE_CHECKING:
    from flask import Response
    from sqlalchemy import Connection

FORM: Final = "ikut"
_LONGEST: Final = 40
_NONE: Final = "D-0000-0000"
"""What is asked for where no reference was typed, so that this is one look-up as well."""
_FOLLOW: Final = text(
    "SELECT kind, shown, sent_on, moved_on, district_code, may_take_back FROM portal.follow_intake(:reference, :secret)"
)
_TAKE_BACK: Final = text("SELECT portal.take_back_intake(:reference, :secret)")
following = Blueprint("following", __name__)


@following.get("/ikut")
@shown
def ask() -> Response:
    """The form, empty."""
    return page("ikut.html", asked={})


@following.post("/ikut")
@takes(FORM)
def follow() -> Response:
    """How far a form is; with the second button, that it is taken back."""
    asked = {name: typed(name, _LONGEST) for name in ("reference", "secret")}
    if switched():
        return page("ikut.html", asked=asked)

    def look_up(connection: Connection) -> Response:
        reference = read_reference(asked["reference"]) or _NONE
        key = deps_of_request().settings.portal_key
        values = {"reference": reference, "secret": secret_hash(reference, asked["secret"], key=key)}
        wanted = request.form.get("tarik_balik") == "ya"
        taken = bool(wanted and connection.execute(_TAKE_BACK, values).scalar_one())
        found = connection.execute(_FOLLOW, values).one_or_none()
        office = office_of(connection, found.district_code) if found else None
        return page("ikut_answer.html", found=found, office=office, asked=asked, reference=reference, taken=taken)

    return once_proved(FORM, look_up)
