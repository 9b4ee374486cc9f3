"""What of an indicator is shared out: its value where that adds up, the numerator of a rate, or the same for all."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from poverty.apportion import whole
from poverty.kpi.cascade import Basis, plan, same
from poverty.kpi.measures import LEVELS, adds_up, shipped_measures
from poverty.kpi.tree import Joined, figures, reference_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from decimal import Decimal

    from poverty.kpi.cascade import Amount, How
    from poverty.kpi.tree import Node

UNITS: Final = {"RM": 100}
"""What is never broken up, by the unit of an indicator; else one."""
_ADDED: Final[tuple[How, ...]] = ("syer", "keperluan")


@dataclass(frozen=True, slots=True)
class Parts:
    """What is added up over areas, and what it is divided by where that makes a rate."""

    amount: Node
    over: Node | None = None


def parts_of(tree: Node) -> Parts | None:
    """What of a formula adds up; ``None`` where neither it does nor, of a rate, its numerator and its denominator."""
    if adds_up(tree):
        return Parts(tree)
    match tree:
        case Joined(first, (("/", _, over),)) if adds_up(first) and adds_up(over):
            return Parts(first, over)
    return None


def ways(tree: Node, allowed: Collection[str]) -> tuple[How, ...]:
    """How targets of a formula may be shared out, of the ways that its indicator allows; the usual one first."""
    added = [how for how in _ADDED if how in allowed] if parts_of(tree) else []
    return (*added, *(("sama",) if "sama" in allowed else ()))


def levels_down(tree: Node, lowest: str) -> tuple[str, ...]:
    """The levels below the country to which targets go: as far as the indicator and all that it reads do."""
    measures = shipped_measures()
    names = [reference_of(one).name for one in figures(tree)]
    reached = LEVELS[: LEVELS.index(lowest) + 1]
    return tuple(level for level in reached[1:] if all(measures[name].reaches(level) for name in names))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What targets begin from, of one day: by area its value, what is added up, by what divided, and the need."""

    values: Mapping[str, Decimal]
    amounts: Mapping[str, Decimal]
    over: Mapping[str, Decimal] | None
    needs: Mapping[str, Decimal]
    children: Mapping[str, Sequence[str]]
    unit: int
    lower_is_better: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """The target of every area; of rates its numerator as well."""

    targets: Mapping[str, Amount]
    numerators: Mapping[str, int] | None = None


def pinned(figures: Figures, how: How, area: str, target: Decimal) -> Decimal | int:
    """What is kept of a target that was set by hand: of a rate its numerator, rounded half up."""
    if how == "sama":
        return target
    return whole(Fraction(target) * Fraction(figures.over.get(area, 0))) if figures.over is not None else int(target)


def share(figures: Figures, how: How, target: Decimal, pins: Mapping[str, Any], *, root: str) -> Shared:
    """The country's target shared out. Raises :class:`poverty.kpi.cascade.CascadeRefused`.

    The country's own rate stays as it was set; an area with no denominator has no rate.
    """
    if how == "sama":
        return Shared(targets=same(figures.children, root, target, pins))
    basis = Basis(
        children=figures.children,
        how=how,
        lower_is_better=figures.lower_is_better,
        baselines=figures.amounts,
        needs=figures.needs,
        root=root,
        unit=figures.unit,
    )
    over = figures.over
    if over is None:
        return Shared(targets=plan(basis, int(target), pins).targets)
    numerators = plan(basis, whole(Fraction(target) * Fraction(over.get(root, 0))), pins).targets
    targets: dict[str, Amount] = {
        code: Fraction(part) / Fraction(over[code]) for code, part in numerators.items() if over.get(code)
    }
    return Shared(targets={**targets, root: target}, numerators=numerators)
