"""The scope that every route states: the token shown is looked at, counted and held to it before the route runs."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from flask import request

from api.deps import deps_of_request, know
from api.problems import ScopeMissing, TooManyCalls
from registry import db
from registry.api_keys.tokens import caller_of
from registry.errors import NotFound, SignInRequired

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")

SCHEME: Final = "klien"
"""The name of the security scheme in the OpenAPI document."""
EVERYBODY: Final = "everybody"
"""What a route states that needs no token."""
_BEARER: Final = re.compile(r"Bearer ([A-Za-z0-9._~+/-]{20,200}=*)")
UNSEEN: Final = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What no text of ours holds: controls, and halves of characters."""


def needs(scope: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """State and check the scope that a route needs; a test walks every route for one that states nothing.

    Raises:
        SignInRequired: no token was shown, or one that is none.
        TooManyCalls: the key has had its calls of this minute.
        ScopeMissing: the token does not open this.

    """

    def guard(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            _look(scope)
            return function(*args, **kwargs)

        guarded.required_scope = scope  # type: ignore[attr-defined]
        return guarded

    return guard


def open_to_everybody(function: Callable[P, R]) -> Callable[P, R]:
    """State that a route needs no token."""
    function.required_scope = EVERYBODY  # type: ignore[attr-defined]
    return function


def shown_token() -> str | None:
    """The token that the current request shows, whatever it is worth."""
    shown = _BEARER.fullmatch(request.headers.get("Authorization", ""))
    return None if shown is None else shown[1]


def _look(scope: str) -> None:
    token = shown_token()
    if token is None:
        raise SignInRequired
    with db.signing_in(deps_of_request().engine) as connection:
        caller = caller_of(connection, token)
    if caller is None:
        raise SignInRequired
    know(caller)
    if caller.wait_seconds > 0:
        raise TooManyCalls(caller.wait_seconds)
    if scope not in caller.scopes:
        raise ScopeMissing(scope)
    # what is no text is the name of nothing
    if any(isinstance(value, str) and UNSEEN.search(value) for value in (request.view_args or {}).values()):
        raise NotFound
