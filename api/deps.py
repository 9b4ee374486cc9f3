"""What the routes are given: connections bound to the program that asks. Built once, at the composition root."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import current_app, g

from registry import db
from registry.audit import reads as read_log
from registry.errors import SignInRequired
from registry.households.checking import KEPT_AS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

    from registry.api_keys.tokens import Caller
    from registry.audit.reads import Noted
    from registry.db import Patience
    from registry.installation.settings import Settings

KEPT: Final = "ekasih_api"
_CALLER: Final = "ekasih_caller"


@dataclass(frozen=True)
class ApiDeps:
    """The composition root's gift to every route; ``engine`` says to the audit that what it does came from here."""

    settings: Settings
    engine: Engine

    @contextmanager
    def reading(self, *, patience: Patience = db.PAGE) -> Iterator[Connection]:
        """A read-only connection that sees what the program asking may see."""
        with db.reading(self.engine, caller().principal, patience=patience) as connection:
            yield connection

    @contextmanager
    def writing(self, *, patience: Patience = db.PAGE) -> Iterator[Session]:
        """A session that acts for the program asking; commits when the block ends well."""
        info = {KEPT_AS: self.settings.secret_key}
        with db.writing(self.engine, caller().principal, patience=patience, info=info) as session:
            yield session

    def note_read(
        self, action: Noted, *, subject: str, subject_id: int | None = None, facts: Mapping[str, object] | None = None
    ) -> None:
        """Write down what the program asking is about to be told: no entry, no answer."""
        with self.writing() as session:
            read_log.note_read(session, action, subject=subject, subject_id=subject_id, facts=facts)


def deps_of_request() -> ApiDeps:
    """The ``ApiDeps`` of the application that serves the current request."""
    found: ApiDeps = current_app.config[KEPT]
    return found


def caller() -> Caller:
    """The program that sent the current request.

    Raises:
        SignInRequired: its token was not shown yet, or is none.

    """
    found: Caller | None = g.get(_CALLER)
    if found is None:
        raise SignInRequired
    return found


def known_caller() -> Caller | None:
    """The program of the current request where its token was looked at."""
    found: Caller | None = g.get(_CALLER)
    return found


def know(found: Caller) -> None:
    """Remember who asks for the rest of the request."""
    setattr(g, _CALLER, found)
