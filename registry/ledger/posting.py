"""Commands of the ledger: money is allocated, warranted, committed, given back, reversed, and lapses with its year."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry import audit
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

_ARGUMENTS: Final = """:command, :day, :year, :programme, :office, :case_no, CAST(:amount AS numeric), :reference,
    :original"""
_COMMAND = text(f"SELECT ekasih.ledger_command({_ARGUMENTS})")
_POST = text(f"SELECT ekasih.ledger_post({_ARGUMENTS})")
_DIFFERENCE = text("SELECT * FROM ekasih.ledger_differences() LIMIT 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What the ledger is told; an amount of ``None`` is one that could not be read, or is not asked for."""

    command: str
    day: date | None
    year: int | None
    programme: str
    office: str = ""
    case_no: str = ""
    amount: Decimal | None = None
    reference: str = ""
    original: str = ""


def post(session: Session, entry: Entry) -> int:
    """Post an entry for who acts; its number. One without a reference is given one.

    Raises:
        NotPermitted: the money is not that of who acts, or the command not theirs.
        RegistryError: what the ledger refuses, by the first rule that is broken: see ``registry/refusals.py``.

    """
    with refusals_named(session):
        made = int(session.execute(_COMMAND, asdict(entry)).scalar_one())
    after = {name: value for name, value in asdict(entry).items() if value not in {"", None}}
    audit.record(session, "post_entry", subject="ledger_entry", subject_id=made, district_code=None, after=after)
    return made


def post_as_system(connection: Connection, entry: Entry) -> int:
    """Post an entry for nobody, as the owner of the register.

    Raises:
        RegistryError: what the ledger refuses, by the first rule that is broken.

    """
    with refusals_named(connection):
        return int(connection.execute(_POST, asdict(entry)).scalar_one())


@dataclass(frozen=True, slots=True)
class Difference:
    """An account whose kept balance is not the sum of its lines."""

    account: str
    kept: Decimal
    added_up: Decimal

    def __str__(self) -> str:
        """The difference as a line for a terminal."""
        return f"{self.account}: kept {self.kept}, its lines add up to {self.added_up}"


def first_difference(connection: Connection) -> Difference | None:
    """Add every line of the ledger again; the first account whose balance differs, ``None`` when all is well."""
    found = connection.execute(_DIFFERENCE).one_or_none()
    return Difference(*found) if found else None
