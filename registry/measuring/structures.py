"""The structures of multidimensional poverty: those that come with the program, and those that are added."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from poverty.deprivation import UnreadableRule
from poverty.multidimensional import Structure, read_structure
from registry import audit
from registry.errors import InvalidInput, NotPermitted
from registry.measuring.models import MpiStructure
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

SHIPPED: Final = Path(__file__).parents[2] / "data" / "measures" / "mpi_structures.json"
LARGEST: Final = 40_000
"""Characters of a file of structures."""
_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_MAY: Final = text("SELECT ekasih.administers()")
_CLOSED: Final = text("SELECT max(month) FROM ekasih.headcount_month")


def load_structures(connection: Connection) -> None:
    """Add the structures that come with the program, where they are missing; those that are there stay."""
    raw: dict[str, dict[str, Any]] = json.loads(SHIPPED.read_text(encoding="utf-8"))
    known = set(connection.scalars(select(MpiStructure.code)))
    rows = [
        {
            "code": code,
            "definition": one,
            "valid_from": date.fromisoformat(one["valid_from"]),
            "computable": one["computable"],
            "shipped": True,
        }
        for code, one in raw.items()
        if code not in known
    ]
    if rows:
        connection.execute(insert(MpiStructure).on_conflict_do_nothing(), rows)


def kept_structures(connection: Connection) -> list[Structure]:
    """All structures, the oldest first."""
    asked = select(MpiStructure.code, MpiStructure.definition, MpiStructure.valid_from)
    found = connection.execute(asked.order_by(MpiStructure.valid_from, MpiStructure.code))
    return [read_structure(row.code, row.definition | {"valid_from": str(row.valid_from)}) for row in found]


def in_force(structures: list[Structure], day: date) -> Structure | None:
    """The structure that is computed on a day: of those that are valid by then the newest."""
    found = [one for one in structures if one.computable and date.fromisoformat(one.valid_from) <= day]
    return max(found, key=lambda one: (one.valid_from, one.code), default=None)


@dataclass(frozen=True, slots=True)
class AddStructure:
    """A structure that an administrator adds, as its file says it; ``reason`` is kept beside it."""

    code: str
    definition: Mapping[str, Any]
    reason: str


def add_structure(session: Session, command: AddStructure) -> None:
    """Add a version of a structure: closed months keep theirs, the next that closes has it.

    Raises:
        NotPermitted: the acting user does not administer.
        InvalidInput: the structure is not understood, its code is taken, or it would count for a closed month.

    """
    if not session.scalar(_MAY):
        raise NotPermitted
    structure = checked(command.code, command.definition)
    problems = {} if command.reason.strip() else {"reason": "required"}
    if session.get(MpiStructure, command.code):
        problems["file"] = "mpi_taken"
    closed = session.scalar(_CLOSED)
    valid_from = date.fromisoformat(structure.valid_from)
    if closed and valid_from <= (closed + timedelta(days=31)).replace(day=1) - timedelta(days=1):
        problems["file"] = "mpi_closed"
    if problems:
        raise InvalidInput(problems)
    with refusals_named(session):
        session.add(
            MpiStructure(
                code=command.code,
                definition=dict(command.definition),
                valid_from=valid_from,
                computable=structure.computable,
                added_by=session.scalar(text("SELECT ekasih.acting_login()")),
            )
        )
        session.flush()
    audit.record(
        session,
        "add_mpi_structure",
        subject="mpi_structure",
        subject_id=None,
        district_code=None,
        before=None,
        after={"code": command.code, "valid_from": structure.valid_from, "reason": command.reason.strip()},
    )


def checked(code: str, definition: Mapping[str, Any]) -> Structure:
    """The structure that a file says.

    Raises:
        InvalidInput: it is not understood or does not add up.

    """
    try:
        structure = read_structure(code, definition)
        date.fromisoformat(structure.valid_from)
    except UnreadableRule as error:
        raise InvalidInput({"file": f"mpi_{error.key}"}) from error
    except ValueError as error:
        raise InvalidInput({"file": "mpi_form"}) from error
    if not _CODE.fullmatch(code):
        raise InvalidInput({"file": "mpi_code"})
    return structure


def read_file(content: str) -> dict[str, Mapping[str, Any]]:
    """The structures of a file by code, as they are written.

    Raises:
        InvalidInput: it is no such file.

    """
    try:
        found = json.loads(content) if len(content) <= LARGEST else None
    except ValueError:
        found = None
    if not isinstance(found, dict) or not found or not all(isinstance(one, dict) for one in found.values()):
        raise InvalidInput({"file": "mpi_form"})
    return found
