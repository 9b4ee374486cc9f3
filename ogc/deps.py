"""What the addresses are given: who asks, connections bound to them, and the address that links begin with."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import current_app, g, request

from registry import db
from registry.errors import SignInRequired
from words import DEFAULT_LANGUAGE, LANGUAGES, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

    from registry.installation.settings import Settings
    from registry.principals import Principal
    from words import Words

PREFIX: Final = "/ogc"
KEPT: Final = "ekasih_ogc"
_WHO: Final = "ekasih_ogc_who"


@dataclass(frozen=True)
class OgcDeps:
    """The composition root's gift; ``signed_in`` answers whose browser session the current request carries."""

    settings: Settings
    engine: Engine
    signed_in: Callable[[], Principal | None]

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read-only connection that sees what who asks may see."""
        with db.reading(self.engine, person()) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session that writes down what who asks is shown; commits when the block ends well."""
        with db.writing(self.engine, person()) as session:
            yield session


def deps_of_request() -> OgcDeps:
    """The ``OgcDeps`` of the application that serves the current request."""
    found: OgcDeps = current_app.config[KEPT]
    return found


def know(principal: Principal) -> None:
    """Remember who asks for the rest of the request."""
    setattr(g, _WHO, principal)


def person() -> Principal:
    """Who asks.

    Raises:
        SignInRequired: nobody was found.

    """
    found: Principal | None = g.get(_WHO)
    if found is None:
        raise SignInRequired
    return found


def base_url() -> str:
    """The address of the service, as who asks reaches it: the installation's own where it is set."""
    given = deps_of_request().settings.given_public_url
    return f"{given or request.url_root.rstrip('/')}{PREFIX}"


def asked_language() -> str:
    """The language of the current request: Malay, unless ``Accept-Language`` prefers English."""
    return request.accept_languages.best_match(LANGUAGES) or DEFAULT_LANGUAGE


def asked_words() -> Words:
    """The texts in it."""
    return words_of(asked_language())
