"""Who asks: by a token or a key of an agency, by a key of their own, or by the session of their browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from flask import request
from sqlalchemy import text

from ogc.deps import deps_of_request, know
from registry import db
from registry.accounts import sign_in_tries
from registry.accounts.networks import counted_place
from registry.accounts.sign_in_tries import Origin
from registry.api_keys.connections import person_of
from registry.api_keys.tokens import caller_of
from registry.errors import NotPermitted, RegistryError, SignInRequired
from registry.principals import Permission

if TYPE_CHECKING:
    from registry.principals import Principal

SCOPE: Final = "areas.read"
_BEARER: Final = re.compile(r"Bearer ([A-Za-z0-9._~+/-]{20,200}=*)")
_UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LONGEST: Final = 200
_TURN: Final = text("SELECT ekasih.take_turn('ogc')")


class TooManyAsked(RegistryError):
    """Who asks has had the requests of this minute."""

    key = "too_many_requests"

    def __init__(self, wait_seconds: float) -> None:
        super().__init__()
        self.wait_seconds = wait_seconds


def find_out() -> None:
    """Find out who asks, count one request of theirs, and remember them.

    Raises:
        SignInRequired: nobody, or by what does not hold.
        NotPermitted: the token does not open areas, or the account reads no figures.
        TooManyAsked: they have had the requests of this minute, or this place was wrong too often.

    """
    shown = request.headers.get("Authorization", "")
    found = _by_header(shown) if shown else deps_of_request().signed_in()
    if found is None:
        raise SignInRequired
    if not found.may(Permission.READ_AGGREGATES):
        raise NotPermitted
    know(found)
    with deps_of_request().writing() as session:
        granted = bool(session.execute(_TURN).scalar_one())
    if not granted:
        raise TooManyAsked(60)


def _by_header(shown: str) -> Principal | None:
    bearer = _BEARER.fullmatch(shown)
    if bearer is not None:
        return _by_token(bearer[1])
    given = request.authorization
    if given is None or given.type != "basic":
        return None
    return _by_key(given.username or "", given.password or "")


def _by_token(token: str) -> Principal | None:
    with db.signing_in(deps_of_request().engine) as connection:
        caller = caller_of(connection, token)
    if caller is None:
        return None
    if caller.wait_seconds > 0:
        raise TooManyAsked(caller.wait_seconds)
    if SCOPE not in caller.scopes:
        raise NotPermitted
    return caller.principal


def _by_key(client: str, secret: str) -> Principal | None:
    """Whose key it is; a secret that is wrong is counted and written down as a wrong password is."""
    if not client or _UNSEEN.search(client + secret) or max(len(client), len(secret)) > _LONGEST:
        return None
    with db.signing_in(deps_of_request().engine) as connection:
        found = person_of(connection, client, secret)
        if found is not None:
            return found
        place = Origin(counted_place(request.remote_addr or ""))
        taken = sign_in_tries.take_try(connection, "password", client, place)
        if taken.number is not None:
            sign_in_tries.refuse(connection, taken)
    if taken.number is None:
        raise TooManyAsked(taken.wait_seconds)
    return None
