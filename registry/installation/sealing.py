"""Seals the audit log every minute from the web server's processes, which have the key."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import SQLAlchemyError

from registry.audit.seals import SealBook, SealKey, seal_newest
from registry.db import make_engine
from registry.errors import RegistryError

if TYPE_CHECKING:
    from registry.installation.settings import Settings

EVERY_SECONDS: Final = 60
_log = logging.getLogger("ekasih")


def start(settings: Settings) -> Sealer:
    """Seal from now on, in a thread of its own."""
    sealer = Sealer(settings)
    threading.Thread(target=sealer.run, name="sealing", daemon=True).start()
    return sealer


class Sealer:
    """Seals what is new, over and over; several in several processes do no harm, since each seals what is left."""

    def __init__(self, settings: Settings) -> None:
        address = settings.web_url.render_as_string(hide_password=False)
        self._engine = make_engine(address, role=settings.web_role, pool_size=1)
        self._key, self._book = SealKey(settings.audit_key), SealBook(settings.seal_book)
        self._ended = threading.Event()
        self._told = ""

    def run(self) -> None:
        """Seal until told to end."""
        self.seal()
        while not self._ended.wait(EVERY_SECONDS):
            self.seal()

    def seal(self) -> None:
        """Seal what is new; a failure is logged once, and the next round tries again."""
        try:
            with self._engine.connect() as connection:
                seal_newest(connection, self._key, self._book)
        except (RegistryError, SQLAlchemyError, OSError, ValueError) as error:
            kind = type(error).__name__
            if kind != self._told:
                _log.error("the audit log was not sealed (%s): run 'ekasih audit verify'", kind)
            self._told = kind
        else:
            self._told = ""

    def end(self) -> None:
        """Seal once more, and stop."""
        self._ended.set()
        self.seal()
        self._engine.dispose()
