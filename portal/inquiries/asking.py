"""Semakan awam: takes in a question of status and answers every one alike, whatever is in the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from flask import Blueprint
from sqlalchemy import text

from portal.deps import deps_of_request
from portal.language import switched
from portal.pages import page
from portal.places import districts_by_state
from portal.routes import shown, takes
from portal.sending import once_proved, typed
from registry.portal.codes import new_reference

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Response
    from sqlalchemy import Connection

FORM: Final = "semak"
_SEND: Final = text("SELECT portal.send_inquiry(:reference, :identity, :telephone, :answer_by, :district)")
_LONGEST: Final = {"identity": 40, "telephone": 20, "answer_by": 10, "district": 4}
asking = Blueprint("asking", __name__)


@asking.get("/semak")
@shown
def ask() -> Response:
    """The form, empty."""
    return _form({})


@asking.post("/semak")
@takes(FORM)
def send() -> Response:
    """Store the question; the answer is one page of one length."""
    asked = {name: typed(name, longest) for name, longest in _LONGEST.items()}
    if switched():
        return _form(asked)

    def store(connection: Connection) -> Response:
        reference = new_reference("S")
        connection.execute(_SEND, {**asked, "reference": reference})
        return page("semak_sent.html", reference=reference)

    return once_proved(FORM, store)


def _form(asked: Mapping[str, str]) -> Response:
    with deps_of_request().reading() as connection:
        states = districts_by_state(connection)
    return page("semak.html", asked=asked, states=states)
