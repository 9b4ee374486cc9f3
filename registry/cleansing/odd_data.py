"""Looks over the whole register for odd data, and keeps what a person has said to be right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from registry import audit
from registry.errors import NotFound

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

CODES = ("titik_bertindih", "umur_tidak_munasabah", "pendapatan_melonjak")
_FIND = text("SELECT * FROM ekasih.find_odd_data()")
_CONFIRM = text("""
    UPDATE ekasih.quality_flag SET resolved_at = now(), resolved_by = ekasih.acting_login()
    WHERE household_id = :household AND code = ANY (:codes) AND resolved_at IS NULL
    RETURNING code, district_code
""")


@dataclass(frozen=True, slots=True)
class OddData:
    """How many flags of a kind were raised and how many resolved."""

    code: str
    raised: int
    resolved: int


def find_odd_data(connection: Connection) -> list[OddData]:
    """Bring the flags that need the whole register up to date, in the caller's transaction."""
    return [OddData(**row) for row in connection.execute(_FIND).mappings()]


def confirm_odd_data(session: Session, *, household_id: int, code: str) -> None:
    """Say that what looks odd is right: it is not raised again while it stays the same.

    Raises:
        NotFound: there is no such open flag for editing by who acts.

    """
    found = session.execute(_CONFIRM, {"household": household_id, "codes": [code] if code in CODES else []}).all()
    if not found:
        raise NotFound
    audit.record(
        session,
        "confirm_odd_data",
        subject="household",
        subject_id=household_id,
        district_code=found[0].district_code,
        after={"flag": code},
    )
