"""The changes there can be of what decides: the lines of a survey year, or the rule, from a day on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from registry.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

RULES: Final = ("per_capita", "household_or_per_capita")
EARLIEST: Final = date(2000, 1, 1)
_YEARS_AHEAD: Final = 2
_HIGHEST_RM: Final = Decimal(100_000)


@dataclass(frozen=True)
class AdoptLine:
    """Put the lines of a survey year into force from a day on."""

    survey_year: int
    effective_from: date

    kind = "adopt_line"

    def supposed(self) -> dict[str, Any]:
        """The change as the database supposes and keeps it."""
        return {"survey_year": self.survey_year, "effective_from": self.effective_from.isoformat()}


@dataclass(frozen=True)
class SetRule:
    """Choose the deciding test, and the household incomes below which one that is not poor is vulnerable."""

    effective_from: date
    rule: str = "per_capita"
    vulnerable_urban_rm: Decimal | None = None
    vulnerable_rural_rm: Decimal | None = None

    kind = "set_rule"

    def supposed(self) -> dict[str, Any]:
        """The change as the database supposes and keeps it."""
        ceilings = {name: getattr(self, name) for name in ("vulnerable_urban_rm", "vulnerable_rural_rm")}
        return {
            "effective_from": self.effective_from.isoformat(),
            "rule": self.rule,
            **{name: None if value is None else str(value) for name, value in ceilings.items()},
        }


Change = AdoptLine | SetRule


def change_of(kind: str, kept: Mapping[str, Any]) -> Change:
    """A change that :meth:`AdoptLine.supposed` or :meth:`SetRule.supposed` has written.

    Raises:
        InvalidInput: it is none.

    """
    try:
        day = date.fromisoformat(str(kept.get("effective_from")))
        if kind == AdoptLine.kind:
            return AdoptLine(int(str(kept.get("survey_year"))), day)
        ceilings = {name: kept.get(name) for name in ("vulnerable_urban_rm", "vulnerable_rural_rm")}
        amounts = {name: None if value is None else Decimal(str(value)) for name, value in ceilings.items()}
    except (ValueError, InvalidOperation):
        raise InvalidInput({"change": "required"}) from None
    if kind != SetRule.kind:
        raise InvalidInput({"change": "required"})
    return SetRule(day, str(kept.get("rule")), **amounts)


def check(change: Change, *, today: date) -> None:
    """Refuse a change that cannot be meant, field by field.

    Raises:
        InvalidInput: the day is none that a line can count from, the rule is not one of the two, a ceiling no amount.

    """
    problems = {}
    if not EARLIEST <= change.effective_from <= today.replace(month=12, day=31, year=today.year + _YEARS_AHEAD):
        problems["effective_from"] = "line_day"
    if isinstance(change, SetRule):
        if change.rule not in RULES:
            problems["rule"] = "unknown_rule"
        for name in ("vulnerable_urban_rm", "vulnerable_rural_rm"):
            value = getattr(change, name)
            if value is not None and not is_amount(value):
                problems[name] = "line_amount"
    if problems:
        raise InvalidInput(problems)


def is_amount(value: Decimal) -> bool:
    """Whether it is an amount in RM a month, to the sen."""
    return value.is_finite() and 0 < value < _HIGHEST_RM and value == value.quantize(Decimal("0.01"))
