"""What a poverty decision rests on: the line, the rule and the household's figures."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

CENT = Decimal("0.01")


class Status(StrEnum):
    """The ladder of statuses, poorest first."""

    TEGAR = "tegar"
    MISKIN = "miskin"
    MUDAH_MISKIN = "mudah_miskin"
    TERKELUAR = "terkeluar"


class Rule(StrEnum):
    """Which test makes a household poor."""

    PER_CAPITA = "per_capita"
    HOUSEHOLD_OR_PER_CAPITA = "household_or_per_capita"


class Strata(StrEnum):
    """Where a line or a household belongs."""

    URBAN = "urban"
    RURAL = "rural"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class PovertyLine:
    """One row of the table of lines: RM per month, with which figures are derived and not published."""

    survey_year: int
    area_code: str
    area_name: str
    strata: Strata
    pgk_household_rm: Decimal
    food_household_rm: Decimal
    pgk_per_capita_rm: Decimal
    food_per_capita_rm: Decimal
    effective_from: date | None = None
    derived: frozenset[str] = frozenset()

    def is_derived(self, figure: str) -> bool:
        """Return whether the named figure (``food_per_capita_rm`` …) was worked out, not published."""
        return figure in self.derived


def line_of(line: PovertyLine, *, members: int | Decimal, rule: Rule, food: bool = False) -> Decimal:
    """Return a household's own line, RM a month for all its members: the poverty line, or the food line.

    Under the wider rule it is the larger of the two that are tested, so that income is below it exactly where
    the rule says poor. Gaps are measured against it; ``line_of()`` in SQL says the same.
    """
    per_capita, household = (
        (line.food_per_capita_rm, line.food_household_rm) if food else (line.pgk_per_capita_rm, line.pgk_household_rm)
    )
    by_person = per_capita * members
    return max(by_person, household) if rule is Rule.HOUSEHOLD_OR_PER_CAPITA else by_person


@dataclass(frozen=True, slots=True)
class StatusDecision:
    """A status that was decided, with every input it rests on. ``income_rm`` is the household's a month."""

    status: Status
    income_rm: Decimal
    members: int
    line: PovertyLine
    rule: Rule
    decided_on: date
    vulnerable_ceiling_rm: Decimal | None = None

    @property
    def per_capita_income_rm(self) -> Decimal:
        """Income per person, head included, unrounded (RM per month)."""
        return self.income_rm / self.members


@dataclass(frozen=True, slots=True)
class Part:
    """One ingredient of the sentence: a catalogue key and the values to fill in."""

    key: str
    values: dict[str, str | int | Decimal | date]


def explain(decision: StatusDecision) -> tuple[Part, ...]:
    """Return what to say about a decision, free of language, in the order in which it reads.

    The first part is the test that decided (``decision.per_capita.tegar`` …), with ``income_rm``,
    ``line_rm``, ``area_name``, ``survey_year``, ``strata`` and ``status``. A second says what the other
    test found (``decision.other.below_food``, ``.below_pgk``, ``.above``). A third, ``decision.derived``,
    is there where a figure used was derived. It explains the status given; it decides nothing.
    """
    by_person = _sides(decision, per_person=True)
    by_household = _sides(decision, per_person=False)
    # Under the wider rule either test may have made the household poor: name the one that did.
    household_decided = (
        decision.rule is Rule.HOUSEHOLD_OR_PER_CAPITA
        and decision.status in (Status.TEGAR, Status.MISKIN)
        and not by_person.agrees_with(decision.status)
    )
    told, other = (by_household, by_person) if household_decided else (by_person, by_household)

    parts = [
        Part(f"decision.{told.test}.{decision.status}", told.values(decision)),
        Part(f"decision.other.{other.finding}", other.other_values()),
    ]
    if told.derived:
        parts.append(Part("decision.derived", {"survey_year": decision.line.survey_year}))
    return tuple(parts)


@dataclass(frozen=True, slots=True)
class _Side:
    test: str
    income_rm: Decimal
    food_rm: Decimal
    pgk_rm: Decimal
    food_derived: bool
    pgk_derived: bool
    told_food: bool

    @property
    def finding(self) -> str:
        if self.income_rm < self.food_rm:
            return "below_food"
        return "below_pgk" if self.income_rm < self.pgk_rm else "above"

    @property
    def derived(self) -> bool:
        return self.food_derived if self.told_food else self.pgk_derived

    def agrees_with(self, status: Status) -> bool:
        return self.finding == ("below_food" if status is Status.TEGAR else "below_pgk")

    def values(self, decision: StatusDecision) -> dict[str, str | int | Decimal | date]:
        line = decision.line
        values: dict[str, str | int | Decimal | date] = {
            "income_rm": self.income_rm.quantize(CENT, ROUND_HALF_UP),
            "line_rm": self.food_rm if self.told_food else self.pgk_rm,
            "area_name": line.area_name,
            "survey_year": line.survey_year,
            "strata": line.strata.value,
            "status": decision.status.value,
            "members": decision.members,
            "decided_on": decision.decided_on,
        }
        if decision.vulnerable_ceiling_rm is not None:
            values["ceiling_rm"] = decision.vulnerable_ceiling_rm
        return values

    def other_values(self) -> dict[str, str | int | Decimal | date]:
        line_rm = self.food_rm if self.finding == "below_food" else self.pgk_rm
        return {
            "income_rm": self.income_rm.quantize(CENT, ROUND_HALF_UP),
            "line_rm": line_rm,
            "test": self.test,
        }


def _sides(decision: StatusDecision, *, per_person: bool) -> _Side:
    line = decision.line
    food, pgk = ("food_per_capita_rm", "pgk_per_capita_rm") if per_person else ("food_household_rm", "pgk_household_rm")
    return _Side(
        test="per_capita" if per_person else "household",
        income_rm=decision.per_capita_income_rm if per_person else decision.income_rm,
        food_rm=getattr(line, food),
        pgk_rm=getattr(line, pgk),
        food_derived=line.is_derived(food),
        pgk_derived=line.is_derived(pgk),
        told_food=decision.status is Status.TEGAR,
    )
