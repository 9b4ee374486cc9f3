"""Re-deciding the status of households: all of them, or those that a new line or rule touches."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import insert, select, text, update

from registry import audit
from registry.errors import InvalidInput, NotFound
from registry.status.models import ClassificationRule, PovertyLine
from registry.status.months import close_months

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

_RECLASSIFY = text("SELECT * FROM ekasih.reclassify(NULL, CAST(:as_of AS date))")


@dataclass(frozen=True)
class Move:
    """Households of a state that were decided again for one cause, and how many of them changed status."""

    cause: str
    state_code: str
    previous_status: str
    status: str
    households: int
    moved: int


@dataclass(frozen=True)
class Reclassification:
    """What a re-classification did."""

    as_of: date
    moves: tuple[Move, ...]

    @property
    def households(self) -> int:
        """Households decided again, because their line or rule is another one now."""
        return sum(move.households for move in self.moves)

    @property
    def moved(self) -> int:
        """Households whose status changed."""
        return sum(move.moved for move in self.moves)

    def summary(self) -> str:
        """The report for a terminal: what moved, and why."""
        lines = [f"{self.households} households decided again as of {self.as_of:%d/%m/%Y}; {self.moved} changed status"]
        totals: dict[tuple[str, str, str], int] = {}
        for move in self.moves:
            if move.moved:
                key = (move.cause, move.previous_status, move.status)
                totals[key] = totals.get(key, 0) + move.moved
        lines += [f"  {cause}: {before} -> {after}: {n}" for (cause, before, after), n in sorted(totals.items())]
        return "\n".join(lines)


@dataclass(frozen=True)
class AdoptLine:
    """Put the lines of a survey year into force from a day on."""

    survey_year: int
    effective_from: date


@dataclass(frozen=True)
class SetRule:
    """Choose the deciding test, and the household incomes below which one that is not poor is vulnerable."""

    effective_from: date
    rule: str = "per_capita"
    vulnerable_urban_rm: Decimal | None = None
    vulnerable_rural_rm: Decimal | None = None


def reclassify(connection: Connection, *, as_of: date | None = None) -> Reclassification:
    """Decide every household again with the line and rule in force on ``as_of`` (today if left out).

    Those whose line and rule are still the same keep their decision. Months that a decision of the past counts in are
    closed anew.
    """
    day = as_of or connection.scalar(text("SELECT current_date"))
    rows = connection.execute(_RECLASSIFY, {"as_of": day}).mappings()
    report = Reclassification(day, tuple(Move(**row) for row in rows))
    if as_of and report.moves:
        close_months(connection, up_to=day)
    return report


def adopt_line(session: Session, command: AdoptLine) -> Reclassification:
    """Put a survey year's lines into force and decide every household they touch again.

    Raises:
        NotFound: there are no lines of that year.

    """
    before = session.scalars(
        select(PovertyLine.effective_from).where(PovertyLine.survey_year == command.survey_year).distinct()
    ).all()
    if not before:
        raise NotFound
    session.execute(
        update(PovertyLine)
        .where(PovertyLine.survey_year == command.survey_year)
        .values(effective_from=command.effective_from)
    )
    audit.record(
        session,
        "adopt_line",
        subject="poverty_line",
        subject_id=None,
        district_code=None,
        before={"survey_year": command.survey_year, "effective_from": [str(day) for day in before]},
        after={"survey_year": command.survey_year, "effective_from": str(command.effective_from)},
    )
    return reclassify(session.connection())


def set_rule(session: Session, command: SetRule) -> Reclassification:
    """Put a rule into force from a day on and decide every household again.

    Raises:
        InvalidInput: the rule is not one of the two.

    """
    if command.rule not in {"per_capita", "household_or_per_capita"}:
        raise InvalidInput({"rule": "unknown_rule"})
    values = vars(command)
    # never rewritten: decisions rest on the rule that was there, and are shown and worked out again by it
    newest = select(ClassificationRule).where(ClassificationRule.effective_from == command.effective_from)
    known = session.scalars(newest.order_by(ClassificationRule.id.desc()).limit(1)).first()
    if known is None or {name: getattr(known, name) for name in values} != values:
        session.execute(insert(ClassificationRule).values(values))
    audit.record(
        session,
        "set_rule",
        subject="poverty_line",
        subject_id=None,
        district_code=None,
        after={key: str(value) for key, value in values.items()},
    )
    return reclassify(session.connection())
