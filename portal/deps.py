"""What the portal's pages are given: connections of a role that reaches nothing but what was made for it."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from flask import current_app

from registry import db

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection, Engine

    from registry.installation.settings import Settings

KEPT: Final = "ekasih_portal"


@dataclass(frozen=True)
class PortalDeps:
    """The composition root's gift to every page of the portal; ``engine`` signs in as ``app_public``."""

    settings: Settings
    engine: Engine

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A read-only connection: what is published, and nothing of a person."""
        with db.anonymous(self.engine) as connection:
            yield connection

    @contextmanager
    def sending(self) -> Iterator[Connection]:
        """A connection that hands in what was sent; commits when the block ends well."""
        with db.signing_in(self.engine) as connection:
            yield connection


def portal_engine(settings: Settings) -> Engine:
    """An engine that signs in as the portal's role, and says to the audit that what it does came from here."""
    address = settings.portal_url.render_as_string(hide_password=False)
    return db.make_engine(address, role=settings.portal_role, pool_size=4, source="portal", schema=db.PUBLIC_SCHEMA)


def deps_of_request() -> PortalDeps:
    """The ``PortalDeps`` of the application that serves the current request."""
    found: PortalDeps = current_app.config[KEPT]
    return found
