"""Base measures: what a formula may name, as data. The shipped ones are in ``data/kpi``."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from poverty.kpi.tree import Ago, Chosen, Joined, Negated, Number, Reference, Total, figures, reference_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from poverty.kpi.tree import Node

SHIPPED: Final = Path(__file__).resolve().parents[2] / "data" / "kpi"

Kind = Literal["stok", "aliran", "awam"]
LEVELS: Final = ("country", "state", "district", "mukim")
"""From the country down; a measure reaches from the first to its lowest."""
_OF_OFFICES: Final = frozenset({"spent_rm", "allocated_rm"})
_OTHER_NAMES: Final = {"national": "country", "negara": "country", "negeri": "state", "daerah": "district"}


@dataclass(frozen=True, slots=True)
class Measure:
    """A base measure: a stock at a month's end, a flow by month, or a public figure; its unit, reach and filters."""

    name: str
    name_ms: str
    name_en: str
    kind: Kind
    unit: str
    lowest: str
    additive: bool = True
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def reaches(self, level: str) -> bool:
        """Whether areas of a level have it."""
        return LEVELS.index(level) <= LEVELS.index(self.lowest)


def level_named(text: str) -> str:
    """The level that a file names.

    Raises:
        ValueError: there is no such level.

    """
    level = _OTHER_NAMES.get(text, text)
    if level not in LEVELS:
        message = f"{text!r} is no level; they are {', '.join(LEVELS)}"
        raise ValueError(message)
    return level


@cache
def shipped_measures() -> Mapping[str, Measure]:
    """The base measures that come with the product, by name."""
    found: dict[str, dict[str, Any]] = json.loads((SHIPPED / "measures.json").read_text(encoding="utf-8"))
    return MappingProxyType({name: _measure(name, facts) for name, facts in found.items()})


def adds_up(tree: Node) -> bool:
    """Whether the values of a formula for all areas inside one add up to its value there.

    They do where it is a sum of measures, each taken so many times, that add up themselves. Money does not: an office
    of several areas has it where they lie together.
    """
    match tree:
        case Number(value):
            return value == 0
        case Reference() | Ago() | Total():
            name = reference_of(tree).name
            return shipped_measures()[name].additive and name not in _OF_OFFICES
        case Negated(of):
            return adds_up(of)
        case Joined(first, rest) if all(mark in "+-" for mark, _, _ in rest):
            return all(adds_up(part) for part in (first, *(part for _, _, part in rest)))
        case Joined(_, rest):
            measured = [part for part in tree.parts if any(figures(part))]
            divided = [part for mark, _, part in rest if mark == "/"]
            return len(measured) == 1 and adds_up(measured[0]) and measured[0] not in divided
        case Chosen():
            return False


def _measure(name: str, facts: dict[str, Any]) -> Measure:
    return Measure(
        name=name,
        name_ms=facts["ms"],
        name_en=facts["en"],
        kind=facts["kind"],
        unit=facts["unit"],
        lowest=facts["lowest"],
        additive=facts["additive"],
        filters={each: tuple(values) for each, values in facts["filters"].items()},
    )
