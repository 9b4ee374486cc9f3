"""What is done with every form that anybody sends: its proof, its turn, one transaction, one least time."""

from __future__ import annotations

import ipaddress
import math
import time
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from flask import request
from sqlalchemy import text

from portal.deps import deps_of_request
from portal.pages import page
from portal.proof import WAIT_SECONDS, Prover
from registry.portal_refusals import ProofUsed
from registry.refusals import refusals_named
from registry.serving.outbox import Outbox

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Response
    from sqlalchemy import Connection

    from portal.proof import Proof

LEAST_SECONDS: Final = 0.3
"""No answer to a form comes earlier, so that the time it took tells nothing."""
PROOF_FIELD, TICKET_FIELD = "altcha", "tunggu"
_CONTROLS: Final = frozenset({PROOF_FIELD, TICKET_FIELD, "bahasa"})
_TURN: Final = text("SELECT portal.take_turn(:form, CAST(:address AS inet), :proof, :expires, :waited)")
_DEARNESS: Final = text("SELECT portal.dearness(CAST(:address AS inet))")


def typed(name: str, longest: int) -> str:
    """What was typed in a field: without what surrounds it and what cannot be stored, and no longer than it may be."""
    return " ".join(request.form.get(name, "").replace("\x00", "").split())[:longest]


def prover() -> Prover:
    """Makes and judges the proofs of this installation."""
    return Prover(deps_of_request().settings.portal_key)


def visitor_address() -> str:
    """The network address that the request came from."""
    address = ipaddress.ip_address(request.remote_addr or "0.0.0.0")  # noqa: S104 - stands for an address not known
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def dearness(connection: Connection) -> int:
    """How much dearer a proof is for who asks now, 0 to 3."""
    return int(connection.execute(_DEARNESS, {"address": visitor_address()}).scalar_one())


def once_proved(form: str, act: Callable[[Connection], Response]) -> Response:
    """Carry out ``act`` for a form that was sent, with its proof, within its sender's limits, in one transaction.

    Without a proof the answer is the page that waits, which holds what was sent; above a limit it is the page that says
    when to come again (429). The answer comes no earlier than after ``LEAST_SECONDS``; our own server keeps it until
    then, and its thread serves others meanwhile.
    """
    due = time.monotonic() + LEAST_SECONDS
    answer = _proved(form, act)
    outbox = request.environ.get("gunicorn.socket")
    if isinstance(outbox, Outbox):
        outbox.hold(due)
    else:
        time.sleep(max(0.0, due - time.monotonic()))
    return answer


def _proved(form: str, act: Callable[[Connection], Response]) -> Response:
    proof = _shown_proof()
    if proof is None:
        return waiting_page()
    try:
        with deps_of_request().sending() as connection:
            again_in = _take_turn(connection, form, proof)
            return limited_page(again_in) if again_in else act(connection)
    except ProofUsed:
        return waiting_page()


def _shown_proof() -> Proof | None:
    ours = prover()
    return ours.judged(request.form.get(PROOF_FIELD, "")) or ours.waited(request.form.get(TICKET_FIELD, ""))


def _take_turn(connection: Connection, form: str, proof: Proof) -> int:
    values = {
        "form": form,
        "address": visitor_address(),
        "proof": proof.digest,
        "expires": proof.expires_at,
        "waited": proof.waited,
    }
    with refusals_named(connection):
        return int(connection.execute(_TURN, values).scalar_one())


def waiting_page() -> Response:
    """The page that waits for half a minute, and holds what was sent meanwhile."""
    kept = [(name, value) for name, value in request.form.items(multi=True) if name not in _CONTROLS]
    return page("waiting.html", kept=kept, ticket=prover().ticket(), ticket_field=TICKET_FIELD, seconds=WAIT_SECONDS)


def limited_page(again_in: int) -> Response:
    """The page above a limit: when to come again, the same whatever was asked."""
    minutes = math.ceil(again_in / 60)
    answer = page("limited.html", status=HTTPStatus.TOO_MANY_REQUESTS, minutes=minutes)
    answer.headers["Retry-After"] = str(minutes * 60)
    return answer
