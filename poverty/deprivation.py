"""When a household is deprived: rules that are data, held against columns of households and of their members.

A rule is known of a household as soon as something decides it; else it is unknown where a value that it asks for is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Flags = NDArray[np.bool_]
    Numbers = NDArray[np.int64]

Value = str | bool
DWELLING: Final = (
    "jenis_kediaman", "pemilikan", "keadaan_rumah", "tandas", "bekalan_air", "bekalan_elektrik", "kutipan_sampah",
    "kenderaan", "status",
)  # fmt: skip
"""Fields of a household that a rule may ask for, as a census delivery calls them; ``status`` is that of poverty."""
MEMBER: Final = ("tahap_pendidikan", "bersekolah", "status_pekerjaan", "oku", "penyakit_kronik")
"""Fields of a member."""
OPERATORS: Final = ("dalam", "bukan_dalam", "=")
AGE_UNKNOWN: Final = -1_000
"""Who was born after the census has an age below 0, and is known to be of no age that a rule asks for."""
_OLDEST: Final = 150


class UnreadableRule(ValueError):
    """A structure or one of its rules is not understood: ``key`` says how, ``detail`` where."""

    def __init__(self, key: str, detail: str) -> None:
        super().__init__(f"{key}: {detail}")
        self.key, self.detail = key, detail


@dataclass(frozen=True, slots=True)
class Column:
    """A field of many: its distinct values, and for each of the many which it has; below 0 it is unknown."""

    values: tuple[Value, ...]
    codes: Numbers

    @classmethod
    def of(cls, raw: Sequence[Value | None]) -> Column:
        """Make a column of values one by one; an empty text is unknown."""
        values: dict[Value, int] = {}
        codes = [
            -1 if one is None or (isinstance(one, str) and not one.strip()) else values.setdefault(one, len(values))
            for one in raw
        ]
        return cls(tuple(values), np.array(codes, dtype=np.int64))


@dataclass(frozen=True, slots=True)
class Members:
    """Persons one by one: in which household (by place), how old (or ``AGE_UNKNOWN``), and what rules ask for."""

    household: Numbers
    age: Numbers
    fields: Mapping[str, Column]


@dataclass(frozen=True, slots=True)
class Homes:
    """Households one by one: how many are in each, rooms (0 or below unknown), and what rules ask for."""

    size: Numbers
    rooms: Numbers
    fields: Mapping[str, Column]
    members: Members


@dataclass(frozen=True, slots=True)
class Condition:
    """A field and the values that meet it, or those that do not."""

    field: str
    operator: str
    values: tuple[Value, ...]

    def of(self, column: Column) -> tuple[Flags, Flags]:
        """Where it is met, and where that is unknown."""
        asked = {_key(value) for value in self.values}
        met = [(_key(value) in asked) != (self.operator == "bukan_dalam") for value in column.values]
        # who has no value takes the last, which is that of nobody
        return np.array([*met, False])[column.codes], column.codes < 0


@dataclass(frozen=True, slots=True)
class Deprivation:
    """A rule: of the household itself, of persons a room, or whether any member of an age meets a condition."""

    kind: str
    condition: Condition | None = None
    ages: tuple[int, int] = (0, 0)
    a_room: int = 0

    def of(self, homes: Homes) -> tuple[Flags, Flags]:
        """Which households are deprived, and of which that is unknown; never both."""
        if self.kind == "orang_sebilik_lebih":
            unknown = homes.rooms <= 0
            return ~unknown & (homes.size > self.a_room * homes.rooms), unknown
        if self.condition is None:
            raise AssertionError
        if self.kind == "isi_rumah":
            met, unknown = self.condition.of(homes.fields[self.condition.field])
            return met & ~unknown, unknown
        return self._of_members(homes.members, len(homes.size), self.condition)

    def _of_members(self, members: Members, households: int, condition: Condition) -> tuple[Flags, Flags]:
        met, open_ = condition.of(members.fields[condition.field])
        aged = (members.age >= self.ages[0]) & (members.age <= self.ages[1])

        def with_any(mask: Flags) -> Flags:
            return np.bincount(members.household[mask], minlength=households) > 0

        decided = with_any(aged & met & ~open_)
        unknown = ~decided & with_any((members.age == AGE_UNKNOWN) | (aged & open_))
        if self.kind == "ada_ahli":
            return decided, unknown
        return ~decided & ~unknown & with_any(aged), unknown


def profile(rules: Sequence[Deprivation | None], homes: Homes) -> tuple[Numbers, Numbers]:
    """Hold households against rules: of what each is deprived, and what is unknown, as bits in their order."""
    deprived = np.zeros(len(homes.size), dtype=np.int64)
    unknown = np.zeros(len(homes.size), dtype=np.int64)
    for bit, rule in enumerate(rules):
        if rule is not None:
            lacks, open_ = rule.of(homes)
            deprived |= lacks.astype(np.int64) << bit
            unknown |= open_.astype(np.int64) << bit
    return deprived, unknown


def read_rule(raw: Mapping[str, Any]) -> Deprivation:
    """Read a rule as it is kept.

    Raises:
        UnreadableRule: it is none that is known.

    """
    if not isinstance(raw, dict) or len(raw) != 1:
        raise UnreadableRule("rule", str(raw))
    ((kind, body),) = raw.items()
    if kind == "orang_sebilik_lebih":
        if isinstance(body, bool) or not isinstance(body, int) or not 0 < body < _OLDEST:
            raise UnreadableRule("rule", str(raw))
        return Deprivation(kind, a_room=body)
    if kind == "isi_rumah":
        return Deprivation(kind, _condition(body, DWELLING))
    if kind in {"tiada_ahli", "ada_ahli"} and isinstance(body, dict) and set(body) == {"umur", "syarat"}:
        return Deprivation(kind, _condition(body["syarat"], MEMBER), _ages(body["umur"]))
    raise UnreadableRule("rule", str(kind))


def _condition(raw: Any, fields: Sequence[str]) -> Condition:
    if not isinstance(raw, list) or len(raw) != 3:  # noqa: PLR2004 - field, operator, values
        raise UnreadableRule("condition", str(raw))
    field, operator, asked = raw
    values = asked if isinstance(asked, list) else [asked]
    if field not in fields:
        raise UnreadableRule("field", str(field))
    if operator not in OPERATORS or (operator == "=") == isinstance(asked, list) or not values:
        raise UnreadableRule("condition", str(raw))
    if not all(isinstance(value, (str, bool)) for value in values):
        raise UnreadableRule("condition", str(raw))
    return Condition(field, operator, tuple(values))


def _ages(raw: Any) -> tuple[int, int]:
    if isinstance(raw, list) and len(raw) == 2 and all(type(age) is int for age in raw):  # noqa: PLR2004 - from, to
        least, most = raw
        if 0 <= least <= most <= _OLDEST:
            return least, most
    raise UnreadableRule("ages", str(raw))


def _key(value: Value) -> Value:
    return value.strip().casefold() if isinstance(value, str) else value
