"""What a change of the line or the rule does: who stands where by it and what it costs, foreseen and carried out."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict, dataclass, fields
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlalchemy import Connection

    from registry.status.changes import Change

_WHAT_IF: Final = text("SELECT * FROM ekasih.what_if(CAST(:supposed AS jsonb))")
_SUPPOSED: Final = text("SELECT * FROM ekasih.standing_supposed(CAST(:supposed AS jsonb))")
_STANDING: Final = text("""
    SELECT h.area_code AS state_code, h.status, sum(h.households)::bigint AS households, sum(h.gap_rm) AS gap_rm
    FROM ekasih.headcount AS h JOIN ekasih.area AS a ON a.code = h.area_code AND a.level = 'state'
    GROUP BY h.area_code, h.status
""")
POOR: Final = ("tegar", "miskin")


@dataclass(frozen=True, slots=True)
class Move:
    """Households of a state with a status before and after, and what it costs a month to lift them to the line.

    ``cause`` is why they are decided again; ``None`` for those that nothing changes for. ``moved`` counts those whose
    status changed.
    """

    cause: str | None
    state_code: str
    previous_status: str
    status: str
    households: int
    moved: int
    gap_before_rm: Decimal
    gap_after_rm: Decimal


@dataclass(frozen=True, slots=True)
class Effect:
    """Every household that has not exited, by state, cause, status before and after."""

    moves: tuple[Move, ...]

    @property
    def households(self) -> int:
        """Households that are decided again, because their line or rule is another one."""
        return sum(move.households for move in self.moves if move.cause)

    @property
    def moved(self) -> int:
        """Households whose status changes."""
        return sum(move.moved for move in self.moves)

    @property
    def states(self) -> list[str]:
        """The states with households, by code."""
        return sorted({move.state_code for move in self.moves})

    def cost(self, *, after: bool, state: str | None = None) -> Decimal:
        """RM a month that would lift everybody to the line."""
        name = "gap_after_rm" if after else "gap_before_rm"
        return sum((getattr(move, name) for move in self._of(state)), Decimal(0))

    def standing(self, *, after: bool, state: str | None = None) -> dict[str, int]:
        """Households by status."""
        counts: dict[str, int] = defaultdict(int)
        for move in self._of(state):
            counts[move.status if after else move.previous_status] += move.households
        return dict(counts)

    def matrix(self, state: str | None = None) -> dict[tuple[str, str], int]:
        """Households by status before and after."""
        counts: dict[tuple[str, str], int] = defaultdict(int)
        for move in self._of(state):
            counts[move.previous_status, move.status] += move.households
        return dict(counts)

    def as_list(self) -> list[dict[str, Any]]:
        """The effect as JSON keeps it, money as text."""
        return [
            {name: str(value) if isinstance(value, Decimal) else value for name, value in asdict(move).items()}
            for move in self.moves
        ]

    def _of(self, state: str | None) -> Iterable[Move]:
        return (move for move in self.moves if state in {None, move.state_code})


def effect_of(kept: Iterable[Mapping[str, Any]]) -> Effect:
    """An effect that :meth:`Effect.as_list` has written."""
    names = [field.name for field in fields(Move)]

    def read(row: Mapping[str, Any]) -> Move:
        values: dict[str, Any] = {name: Decimal(row[name]) if name.endswith("_rm") else row[name] for name in names}
        return Move(**values)

    return ordered(map(read, kept))


def ordered(moves: Iterable[Move]) -> Effect:
    """The moves in an order of their own, so that equal effects are equal."""
    key = ("state_code", "previous_status", "status")
    return Effect(tuple(sorted(moves, key=lambda move: (*(getattr(move, name) for name in key), move.cause or ""))))


def foresee(connection: Connection, change: Change, *, everywhere: bool = False) -> Effect:
    """What a change would do if it were made now; reads, and neither writes nor keeps anybody waiting.

    ``everywhere`` is for the schema's owner; others need the right to make the change.
    """
    statement = _SUPPOSED if everywhere else _WHAT_IF
    rows = connection.execute(statement, {"supposed": json.dumps(change.supposed())}).mappings()
    return ordered(Move(**row) for row in rows)


def whole(connection: Connection, decided: Iterable[Move]) -> Effect:
    """An effect that was carried out: those decided again, and everybody else as the summary counts them."""
    found = list(decided)
    again: dict[tuple[str, str], list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
    for move in found:
        sums = again[move.state_code, move.status]
        sums[0] += move.households
        sums[1] += move.gap_after_rm
    for row in connection.execute(_STANDING):
        households, gap_rm = again[row.state_code, row.status]
        left = row.households - int(households)
        if left:
            gap = row.gap_rm - gap_rm
            found.append(Move(None, row.state_code, row.status, row.status, left, 0, gap, gap))
    return ordered(found)
