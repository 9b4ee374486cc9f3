"""The Gini coefficient of a group of incomes."""

from collections.abc import Sequence
from decimal import Decimal

ZERO = Decimal(0)


def gini(incomes_rm: Sequence[Decimal], *, weights: Sequence[int | Decimal] | None = None) -> Decimal | None:
    """Return the Gini coefficient, 0 (all alike) to below 1, or ``None`` where there is no income to share.

    ``weights`` count an income more than once (persons in the household). The coefficient is one minus
    twice the area under the Lorenz curve, by trapezoids; for unweighted incomes this equals
    ``sum((2i - n - 1) x_i) / (n sum(x))`` over sorted incomes (Sen 1973, "On Economic Inequality").
    Among registered households it describes the register, not the country: label it so.
    Raises ``ValueError`` for a negative income or weight, or lengths that differ.
    """
    used_weights = [Decimal(w) for w in weights] if weights is not None else [Decimal(1)] * len(incomes_rm)
    if len(used_weights) != len(incomes_rm):
        message = "incomes and weights must be of one length"
        raise ValueError(message)
    if any(value < 0 for values in (incomes_rm, used_weights) for value in values):
        message = "incomes and weights cannot be negative"
        raise ValueError(message)

    ranked = sorted(zip(incomes_rm, used_weights, strict=True), key=lambda pair: pair[0])
    total_income = sum((income * weight for income, weight in ranked), ZERO)
    total_weight = sum(used_weights, ZERO)
    if ZERO in (total_income, total_weight):
        return None

    cumulated = area = ZERO
    for income, weight in ranked:
        before = cumulated
        cumulated += income * weight
        area += weight * (before + cumulated)
    return max(ZERO, 1 - area / (total_weight * total_income))
