"""What is supposed in a simulation, and what follows from it for groups of households; knows no database."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from poverty.lines import PovertyLine, Rule, Status, line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SOURCES: Final = ("employment", "self_employment", "property", "transfers")
ALL_STATES: Final = "MY"
ALL_STRATA: Final = "all"
OLDEST_CHILD: Final = 18
POOR: Final = frozenset({Status.TEGAR.value, Status.MISKIN.value})
_NONE: Final = Decimal(0)
_CENT: Final = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineShift:
    """How the lines of a state and strata move: by a share, then by RM; of all where it names none."""

    state: str = ALL_STATES
    strata: str = ALL_STRATA
    pgk_pct: Decimal = _NONE
    food_pct: Decimal = _NONE
    pgk_household: Decimal = _NONE
    food_household: Decimal = _NONE
    pgk_per_capita: Decimal = _NONE
    food_per_capita: Decimal = _NONE

    def concerns(self, state: str, strata: str) -> bool:
        """Whether the lines of a state and strata move."""
        return self.state in {ALL_STATES, state} and self.strata in {ALL_STRATA, strata}

    @property
    def amounts(self) -> dict[str, Decimal]:
        """What moves, by name."""
        return {name: value for name, value in asdict(self).items() if isinstance(value, Decimal) and value}


@dataclass(frozen=True, slots=True)
class Raise:
    """More income from a source: RM a month for each who has it, and a share of what the household has from it."""

    source: str
    rm: Decimal = _NONE
    pct: Decimal = _NONE


@dataclass(frozen=True, slots=True)
class Benefit:
    """RM a month for each child under an age; for the households that are poor now where ``poor``."""

    rm: Decimal
    under: int
    poor: bool = False


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything that is supposed."""

    lines: tuple[LineShift, ...] = ()
    rule: Rule | None = None
    income: tuple[Raise, ...] = ()
    benefit: Benefit | None = None

    def plain(self) -> dict[str, Any]:
        """As it is kept and sent to the database: what is not supposed is left out."""
        found: dict[str, Any] = {}
        shifts = [
            {"state": one.state, "strata": one.strata, **{name: str(value) for name, value in one.amounts.items()}}
            for one in self.lines
            if one.amounts
        ]
        raises = [
            {"source": one.source, "rm": str(one.rm), "pct": str(one.pct)} for one in self.income if one.rm or one.pct
        ]
        if shifts:
            found["lines"] = shifts
        if self.rule:
            found["rule"] = self.rule.value
        if raises:
            found["income"] = raises
        if self.benefit and self.benefit.rm:
            found["benefit"] = {"rm": str(self.benefit.rm), "under": self.benefit.under, "poor": self.benefit.poor}
        return found

    def line(self, line: PovertyLine, state: str, strata: str) -> PovertyLine:
        """The line of a state and strata as it is supposed."""
        shifts = [one for one in self.lines if one.concerns(state, strata)]

        def moved(rm: Decimal, which: str, unit: str) -> Decimal:
            share = sum((getattr(one, f"{which}_pct") for one in shifts), _NONE)
            more = sum((getattr(one, f"{which}_{unit}") for one in shifts), _NONE)
            return max(_NONE, (rm * (1 + share / 100)).quantize(_CENT) + more)

        return replace(
            line,
            pgk_household_rm=moved(line.pgk_household_rm, "pgk", "household"),
            food_household_rm=moved(line.food_household_rm, "food", "household"),
            pgk_per_capita_rm=moved(line.pgk_per_capita_rm, "pgk", "per_capita"),
            food_per_capita_rm=moved(line.food_per_capita_rm, "food", "per_capita"),
        )


def scenario_of(kept: Mapping[str, Any]) -> Scenario:
    """A scenario that :meth:`Scenario.plain` has written."""
    shifts = tuple(
        LineShift(
            state=one["state"],
            strata=one["strata"],
            **{name: Decimal(value) for name, value in one.items() if name not in {"state", "strata"}},
        )
        for one in kept.get("lines", ())
    )
    raises = tuple(Raise(one["source"], Decimal(one["rm"]), Decimal(one["pct"])) for one in kept.get("income", ()))
    paid = kept.get("benefit")
    return Scenario(
        lines=shifts,
        rule=Rule(kept["rule"]) if kept.get("rule") else None,
        income=raises,
        benefit=Benefit(Decimal(paid["rm"]), int(paid["under"]), bool(paid["poor"])) if paid else None,
    )


class Group(NamedTuple):
    """Households that are alike, of whom nothing but this is known: see :class:`registry.simulations.models`."""

    state: str
    strata: str
    households: int
    per_head_rm: Decimal
    members: Decimal
    sources_rm: Sequence[Decimal]
    earners: Sequence[Decimal]
    children: Sequence[Decimal]


class Footing(NamedTuple):
    """What decides in a state and strata."""

    line: PovertyLine
    rule: Rule
    vulnerable_below_rm: Decimal | None


@dataclass(slots=True)
class Outcome:
    """Who would stand where in an area: households by status before and after, and RM a month."""

    households: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))
    persons: Decimal = _NONE
    gap_before_rm: Decimal = _NONE
    gap_after_rm: Decimal = _NONE
    raised_rm: Decimal = _NONE
    paid_rm: Decimal = _NONE

    def standing(self, *statuses: str, after: bool) -> int:
        """How many households have one of these statuses, before or after."""
        return sum(n for (was, now), n in self.households.items() if (now if after else was) in statuses)

    def poor(self, *, after: bool) -> int:
        """How many are poor, before or after."""
        return self.standing(*POOR, after=after)

    @property
    def entering(self) -> int:
        """How many would become poor."""
        return sum(n for (was, now), n in self.households.items() if was not in POOR and now in POOR)

    @property
    def leaving(self) -> int:
        """How many would not be poor any more."""
        return sum(n for (was, now), n in self.households.items() if was in POOR and now not in POOR)

    def add(self, other: Outcome) -> None:
        """Count another area's households too."""
        for key, n in other.households.items():
            self.households[key] += n
        for name in ("persons", "gap_before_rm", "gap_after_rm", "raised_rm", "paid_rm"):
            setattr(self, name, getattr(self, name) + getattr(other, name))


def total(outcomes: Iterable[Outcome]) -> Outcome:
    """Areas together."""
    found = Outcome()
    for one in outcomes:
        found.add(one)
    return found


def of_groups(
    groups: Iterable[Group], footings: Mapping[tuple[str, str], Footing], scenario: Scenario
) -> dict[str, Outcome]:
    """What follows for each state, from groups alone: a whole group stands on one side of a line or the other."""
    found: dict[str, Outcome] = defaultdict(Outcome)
    for group in groups:
        now = footings.get((group.state, group.strata))
        if now is None:
            continue
        then = Footing(
            scenario.line(now.line, group.state, group.strata), scenario.rule or now.rule, now.vulnerable_below_rm
        )
        income = group.per_head_rm * group.members
        before, gap_before = _stands(income, group.members, now)
        raised, paid = _raised(group, scenario), _paid(group, scenario, before)
        after, gap_after = _stands(income + raised + paid, group.members, then)
        area = found[group.state]
        area.households[before, after] += group.households
        area.persons += group.members * group.households
        area.gap_before_rm += gap_before * group.households
        area.gap_after_rm += gap_after * group.households
        area.raised_rm += raised * group.households
        area.paid_rm += paid * group.households
    return dict(found)


def _stands(income_rm: Decimal, members: Decimal, footing: Footing) -> tuple[str, Decimal]:
    """The status of a group's mean household, and how far it is below its line."""
    food = line_of(footing.line, members=members, rule=footing.rule, food=True)
    line = line_of(footing.line, members=members, rule=footing.rule)
    gap = max(_NONE, line - income_rm)
    if income_rm < food:
        return Status.TEGAR.value, gap
    if income_rm < line:
        return Status.MISKIN.value, gap
    vulnerable = footing.vulnerable_below_rm is not None and income_rm < footing.vulnerable_below_rm
    return (Status.MUDAH_MISKIN if vulnerable else Status.TERKELUAR).value, gap


def _raised(group: Group, scenario: Scenario) -> Decimal:
    at = {source: place for place, source in enumerate(SOURCES)}
    return sum(
        (
            group.earners[at[one.source]] * one.rm + group.sources_rm[at[one.source]] * one.pct / 100
            for one in scenario.income
        ),
        _NONE,
    )


def _paid(group: Group, scenario: Scenario, before: str) -> Decimal:
    paid = scenario.benefit
    if paid is None or (paid.poor and before not in POOR):
        return _NONE
    return group.children[min(paid.under, OLDEST_CHILD) - 1] * paid.rm
