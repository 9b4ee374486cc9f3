"""Foster-Greer-Thorbecke poverty indices, each household measured against its own line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PovertyIndices:
    """The three indices of a group, as shares 0-1, with the monthly cost of lifting everyone to the line.

    The shares are ``None`` for a group without weight: no one to measure is not the same as no poverty.
    """

    headcount_share: Decimal | None
    gap_share: Decimal | None
    severity_share: Decimal | None
    cost_rm: Decimal
    poor_weight: Decimal
    total_weight: Decimal


def poverty_indices(
    incomes_rm: Sequence[Decimal],
    lines_rm: Sequence[Decimal],
    *,
    weights: Sequence[int | Decimal] | None = None,
    members: Sequence[int] | None = None,
) -> PovertyIndices:
    """Return headcount (P0), gap (P1), severity (P2) and the cost of lifting everyone to the line.

    ``incomes_rm`` and ``lines_rm`` are RM per month, one pair a household, both per household or both
    per person. ``weights`` are persons for figures by person; left out, every household counts once, as
    DOSM counts. ``members`` turns a shortfall per person into one per household and belongs to per-person
    figures only. A household is poor when its income is strictly below its line.

    Source: Foster, Greer, Thorbecke (1984), "A class of decomposable poverty measures", Econometrica 52.
    Raises ``ValueError`` where the sequences differ in length, a line is not above zero, or an income,
    weight or household size is negative.
    """
    count = len(incomes_rm)
    used_weights = [Decimal(w) for w in weights] if weights is not None else [Decimal(1)] * count
    used_members = list(members) if members is not None else [1] * count
    _check(incomes_rm, lines_rm, used_weights, used_members)

    poor = gap = severity = cost = ZERO
    for income, line, weight, size in zip(incomes_rm, lines_rm, used_weights, used_members, strict=True):
        if income >= line:
            continue
        shortfall = (line - income) / line
        poor += weight
        gap += weight * shortfall
        severity += weight * shortfall * shortfall
        cost += (line - income) * size

    total = sum(used_weights, ZERO)
    if total == ZERO:
        return PovertyIndices(None, None, None, cost, poor, total)
    return PovertyIndices(poor / total, gap / total, severity / total, cost, poor, total)


def _check(
    incomes_rm: Sequence[Decimal],
    lines_rm: Sequence[Decimal],
    weights: Sequence[Decimal],
    members: Sequence[int],
) -> None:
    if len({len(incomes_rm), len(lines_rm), len(weights), len(members)}) != 1:
        message = "incomes, lines, weights and members must be of one length"
        raise ValueError(message)
    if any(line <= 0 for line in lines_rm):
        message = "a poverty line must be above zero"
        raise ValueError(message)
    if any(value < 0 for values in (incomes_rm, weights, members) for value in values):
        message = "incomes, weights and household sizes cannot be negative"
        raise ValueError(message)
