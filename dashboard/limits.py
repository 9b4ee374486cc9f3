"""Keeps one account from asking for what costs the server much more often than a person would."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

from sqlalchemy import text

from dashboard.guards import deps_of_request
from registry.errors import RegistryError

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")
_TURN = text("SELECT ekasih.take_turn(:kind)")
DOWNLOADS: Final = "downloads"


class TooManyRequests(RegistryError):
    """The account has asked for this too often within a minute."""

    key = "too_many_requests"


def limited(kind: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let an account run a route so often a minute: the setting ``<kind>.per_minute`` of the register, else ten times.

    Raises:
        TooManyRequests: the account has had its turns.

    """

    def limit(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def counted(*args: P.args, **kwargs: P.kwargs) -> R:
            with deps_of_request().writing() as session:
                granted = session.execute(_TURN, {"kind": kind}).scalar_one()
            if not granted:
                raise TooManyRequests
            return function(*args, **kwargs)

        counted.limited_as = kind  # type: ignore[attr-defined]
        return counted

    return limit
