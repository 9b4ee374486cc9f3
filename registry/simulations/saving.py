"""Scenarios that somebody names: kept as the address of the page says them, shared with the own role, dropped."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry import audit
from registry.errors import InvalidInput, NotFound

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

LONGEST_NAME: Final = 120
_KEEP: Final = text("""
    INSERT INTO simulation AS s (name, asked, area_code, shared, role, made_by)
    VALUES (:name, CAST(:asked AS jsonb), :area_code, :shared, current_setting('app.role'), acting_user())
    ON CONFLICT (made_by, name) DO UPDATE SET asked = excluded.asked, area_code = excluded.area_code,
        shared = excluded.shared, made_at = now()
    RETURNING s.id
""")
_DROP: Final = text("DELETE FROM simulation WHERE id = :number AND made_by = acting_user() RETURNING name")


@dataclass(frozen=True, slots=True)
class Keep:
    """A scenario to keep: its name, what the address supposes, of which area, and whether the own role sees it."""

    name: str
    asked: Mapping[str, str]
    area_code: str
    shared: bool = False


def keep_simulation(session: Session, command: Keep) -> int:
    """Keep a scenario under its name, in place of the own one that had it; its number.

    Raises:
        InvalidInput: the name is missing or too long.

    """
    name = " ".join(command.name.split())
    if not name or len(name) > LONGEST_NAME:
        raise InvalidInput({"name": "too_long" if name else "required"})
    values = {"name": name, "area_code": command.area_code, "shared": command.shared}
    number = int(session.execute(_KEEP, {**values, "asked": json.dumps(dict(command.asked))}).scalar_one())
    after = {**values, "asked": dict(command.asked)}
    audit.record(session, "keep_simulation", subject="simulation", subject_id=number, district_code=None, after=after)
    return number


def drop_simulation(session: Session, number: int) -> None:
    """Drop an own scenario.

    Raises:
        NotFound: there is none of that number of who acts.

    """
    name = session.scalar(_DROP, {"number": number})
    if name is None:
        raise NotFound
    before = {"name": name}
    audit.record(session, "drop_simulation", subject="simulation", subject_id=number, district_code=None, before=before)
