"""The portal's first page: what people come for, each with one sentence; and whom to ask."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, Response, current_app
from sqlalchemy import text

from portal.deps import deps_of_request
from portal.pages import PREFIX, page
from portal.places import districts_by_state
from portal.routes import shown

home = Blueprint("home", __name__)
CARDS: Final = ("semak", "daftar", "maklum", "ikut", "ilmu", "bantuan", "peta", "sokongan", "hubungi")
"""What stands on the first page, in this order, of what there is."""
_OFFICES: Final = text("SELECT district_code, address, telephone, hours FROM portal.office")


@home.get("")
@shown
def first() -> Response:
    """What anybody may do here."""
    return page("home.html", cards=[path.rsplit("/", 1)[-1] for path in entrances()])


@home.get("/hubungi")
@shown
def contact() -> Response:
    """The District Offices, by state."""
    with deps_of_request().reading() as connection:
        states = districts_by_state(connection)
        offices = {row.district_code: row for row in connection.execute(_OFFICES)}
    return page("contact.html", states=states, offices=offices)


def entrances() -> tuple[str, ...]:
    """The addresses of the cards whose pages there are."""
    there = {rule.rule for rule in current_app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    return tuple(path for path in (f"{PREFIX}/{card}" for card in CARDS) if path in there)
