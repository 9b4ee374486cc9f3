"""Conditions as rows that can be typed into: what must hold, what is one of several, what one member meets."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from registry.aid.conditions.fields import MEMBER
from registry.aid.conditions.language import parse_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALL: Final = "semua"
"""What must hold by itself."""
EITHER: Final = ("atau1", "atau2", "atau3")
"""Groups of which one condition is enough."""
MEMBERS: Final = ("ahli1", "ahli2", "ahli3")
"""Groups that one and the same member meets, all of them."""


@dataclass(slots=True)
class Editable:
    """Conditions as rows, each with its group; how many members each group asks for; what no row can say."""

    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    at_least: dict[str, int] = field(default_factory=dict)
    kept: list[dict[str, Any]] = field(default_factory=list)


def split(conditions: Iterable[dict[str, Any]]) -> Editable:
    """Take stored conditions apart; what stands deeper than one group, or in a fourth one, is kept as it is."""
    found = Editable()
    either, members = list(EITHER), list(MEMBERS)
    for item in conditions:
        alone, options = _row(item), [_row(option) for option in item.get("atau", ())]
        inner = item.get("ahli", ())
        if alone is not None:
            found.rows.append((ALL, alone))
        elif options and either and all(option is not None for option in options):
            group = either.pop(0)
            found.rows += [(group, option) for option in options if option is not None]
        elif inner and members and all("medan" in test for test in inner):
            group = members.pop(0)
            found.at_least[group] = int(item.get("sekurang", 1))
            found.rows += [(group, test) for test in inner]
        else:
            found.kept.append(item)
    return found


def joined(
    rows: Iterable[Mapping[str, str]], at_least: Mapping[str, str], kept: Iterable[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Put typed rows together as conditions are stored; a group stands where its first row does.

    Raises:
        BadCondition: a row cannot be meant.

    """
    made: list[dict[str, Any]] = []
    groups: dict[str, dict[str, Any]] = {}
    for row in rows:
        group = row.get("group", "")
        if group not in {*EITHER, *MEMBERS}:
            made += _stored(row)
            continue
        if group not in groups:
            groups[group] = {"atau": []} if group in EITHER else {"ahli": [], "sekurang": at_least.get(group) or "1"}
            made.append(groups[group])
        if group in EITHER:
            groups[group]["atau"] += _stored(row)
        else:
            for one in _stored({**row, "pada": MEMBER}):
                groups[group]["ahli"] += one.get("ahli", [one])
    return [*made, *kept]


def _stored(row: Mapping[str, str]) -> list[dict[str, Any]]:
    return parse_rows([row]).stored()


def _row(item: Mapping[str, Any]) -> dict[str, Any] | None:
    """The one comparison that a condition is; one of a single member is such a one."""
    if "medan" in item:
        return dict(item)
    inner = item.get("ahli", ())
    return dict(inner[0]) if len(inner) == 1 and item.get("sekurang", 1) == 1 and "medan" in inner[0] else None
