"""Slows down who guesses passwords: the database counts refusals by name and address, for every process alike."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from registry import db

if TYPE_CHECKING:
    from sqlalchemy import Engine

PER_NAME: Final = 8
PER_ADDRESS: Final = 60


@dataclass(frozen=True)
class Throttle:
    """How many sign-ins were refused lately, for a name from an address and for the address alone."""

    engine: Engine

    def wait_seconds(self, login: str, address: str) -> float:
        """How long to wait before the next try; nothing where it may be made now."""
        return db.sign_in_wait(self.engine, login, address)

    def refused(self, login: str, address: str) -> None:
        """Remember a refusal."""
        db.sign_in_told(self.engine, login, address, accepted=False)

    def accepted(self, login: str, address: str) -> None:
        """Forget what was refused to who has signed in."""
        db.sign_in_told(self.engine, login, address, accepted=True)
