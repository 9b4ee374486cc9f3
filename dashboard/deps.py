"""What the pages are given: connections bound to who is asking, settings. Built once, at the composition root."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from registry import db
from registry.audit import reads as read_log
from registry.errors import SignInRequired
from registry.households.checking import KEPT_AS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

    from registry.audit.reads import Noted
    from registry.db import Patience
    from registry.installation.settings import Settings
    from registry.principals import Principal

Reads: TypeAlias = "Connection"
"""What :meth:`Deps.reading` gives, by a name that pages use: they know no SQLAlchemy."""
Writes: TypeAlias = "Session"
"""What :meth:`Deps.writing` gives."""


@dataclass(frozen=True)
class Deps:
    """The composition root's gift to every page.

    ``principal`` answers who is signed in on the current request, ``None`` for nobody.
    """

    settings: Settings
    engine: Engine
    principal: Callable[[], Principal | None]

    @contextmanager
    def reading(self, *, patience: Patience = db.PAGE) -> Iterator[Connection]:
        """A read-only connection that sees what the person asking may see.

        Raises:
            RegistryError: the rule by which the database refuses to tell what is asked.

        """
        with db.reading(self.engine, self.person(), patience=patience) as connection:
            yield connection

    @contextmanager
    def writing(self, *, patience: Patience = db.PAGE) -> Iterator[Session]:
        """A session that acts for the person asking; commits when the block ends well."""
        info = {KEPT_AS: self.settings.secret_key}
        with db.writing(self.engine, self.person(), patience=patience, info=info) as session:
            yield session

    def note_read(
        self, action: Noted, *, subject: str, subject_id: int | None = None, facts: Mapping[str, object] | None = None
    ) -> None:
        """Write down what the person asking is about to be shown: no entry, no answer."""
        with self.writing() as session:
            read_log.note_read(session, action, subject=subject, subject_id=subject_id, facts=facts)

    def person(self) -> Principal:
        """Who is asking.

        Raises:
            SignInRequired: nobody is signed in, or the session has ended.

        """
        principal = self.principal()
        if principal is None:
            raise SignInRequired
        return principal
