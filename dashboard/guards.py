"""The permission stated on every callback and route, and what it takes, both checked before it runs."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from flask import current_app

from dashboard.sent.kinds import reader
from registry.errors import NotPermitted
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Callable

    from dashboard.deps import Deps
    from registry.principals import Principal

P = ParamSpec("P")
R = TypeVar("R")

DEPS_KEY = "ekasih_deps"


def deps_of_request() -> Deps:
    """The ``Deps`` of the app that serves the current request."""
    found: Deps = current_app.config[DEPS_KEY]
    return found


def person() -> Principal:
    """Who sent the current request.

    Raises:
        SignInRequired: nobody is signed in, or the session has ended.

    """
    return deps_of_request().person()


def may(permission: Permission) -> bool:
    """Whether who sent the current request holds a permission: what is offered to them; the database decides again."""
    return person().may(permission)


def requires(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """State and check what a callback or route needs; a test walks every callback for one that states nothing.

    Its arguments are read as the kinds that its annotations name (:mod:`dashboard.sent.kinds`).

    Raises:
        SignInRequired: nobody is signed in.
        NotPermitted: the signed-in person lacks ``permission``.
        NotUnderstood: what was sent is not of the kinds that the function takes.

    """

    def guard(function: Callable[P, R]) -> Callable[P, R]:
        read = reader(function)

        @functools.wraps(function)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if permission is not Permission.PUBLIC and not may(permission):
                raise NotPermitted
            taken, named = read(args, kwargs)
            return function(*taken, **named)

        guarded.required_permission = permission  # type: ignore[attr-defined]
        return guarded

    return guard
