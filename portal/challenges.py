"""What the script of a form asks for when it is sent: the work to show, dearer while a limit is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, jsonify

from portal.deps import deps_of_request
from portal.routes import shown
from portal.sending import dearness, prover

if TYPE_CHECKING:
    from flask import Response

challenges = Blueprint("challenges", __name__)


@challenges.get("/bukti")
@shown
def challenge() -> Response:
    """A signed challenge as ALTCHA's script takes it."""
    with deps_of_request().sending() as connection:  # the first of a day makes the day's key
        price = dearness(connection)
    return jsonify(prover().challenge(price))
