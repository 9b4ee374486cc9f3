"""Re-deciding the status of households: all of them, or those that a new line or rule touches."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import insert, select, text, update

from registry import audit
from registry.errors import InvalidInput, NotFound
from registry.status.changes import RULES, AdoptLine, SetRule
from registry.status.effects import Effect, Move, whole
from registry.status.models import LineChange, PovertyLine
from registry.status.months import close_months

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from typing import Any

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

    from registry.status.changes import Change

    Progress = Callable[[int, int], None]

__all__ = ["AdoptLine", "Reclassification", "SetRule", "adopt_line", "reclassify", "set_rule"]

STEPS: Final = 2
"""Deciding everybody again, and counting who stands where since."""
_TODAY: Final = text("SELECT current_date")
_RECLASSIFY: Final = text("SELECT * FROM ekasih.reclassify(NULL, CAST(:as_of AS date))")
_ADOPT: Final = text("""
    UPDATE ekasih.poverty_line SET effective_from = CAST(:effective_from AS date)
    WHERE id IN (SELECT ekasih.lines_to_adopt(:survey_year))
""")
_ADD_RULE: Final = text("""
    INSERT INTO ekasih.classification_rule (effective_from, rule, vulnerable_urban_rm, vulnerable_rural_rm)
    SELECT r.effective_from, r.rule, r.vulnerable_urban_rm, r.vulnerable_rural_rm
    FROM ekasih.rules_supposed(CAST(:supposed AS jsonb)) AS r WHERE r.id IS NULL
""")
_ACTOR: Final = text("SELECT ekasih.acting_user() AS id, ekasih.acting_login() AS login")


@dataclass(frozen=True)
class Reclassification:
    """What a re-classification did: the households that were decided again."""

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
        return "\n".join([*lines, *moves_told(self.moves)])


def moves_told(moves: tuple[Move, ...]) -> list[str]:
    """Who changes status and why, for a terminal."""
    totals: dict[tuple[str, str, str], int] = {}
    for move in moves:
        if move.moved:
            key = (str(move.cause), move.previous_status, move.status)
            totals[key] = totals.get(key, 0) + move.moved
    return [f"  {cause}: {before} -> {after}: {n}" for (cause, before, after), n in sorted(totals.items())]


def reclassify(connection: Connection, *, as_of: date | None = None) -> Reclassification:
    """Decide every household again with the line and rule in force on ``as_of`` (today if left out).

    Those whose line and rule are still the same keep their decision. Months that a decision of the past counts in are
    closed anew. What anybody was decided again by is kept with the changes of the line.
    """
    report = decide_again(connection, as_of)
    if report.moves:
        kept = result_of(connection, report)
        command = {"effective_from": str(report.as_of)}
        actor = connection.execute(_ACTOR).one()
        connection.execute(
            insert(LineChange).values(
                kind="reclassify",
                command=command,
                effective_from=report.as_of,
                asked_by=actor.id,
                asked_as=actor.login,
                **kept,
            )
        )
    return report


def decide_again(connection: Connection, as_of: date | None = None) -> Reclassification:
    """Decide everybody whose line or rule is another one on a day (today if left out), and keep no change of it."""
    day = as_of or connection.scalar(_TODAY)
    rows = connection.execute(_RECLASSIFY, {"as_of": day}).mappings()
    report = Reclassification(day, tuple(Move(**row) for row in rows))
    if as_of and report.moves:
        close_months(connection, up_to=day)
    return report


def adopt_line(
    session: Session, command: AdoptLine, *, asked: int | None = None, progress: Progress | None = None
) -> Reclassification:
    """Put a survey year's lines into force and decide every household they touch again.

    Lines of the year that are in force already keep their day, unless all of them are: then it is put right. From a day
    to come they decide on that day (:func:`registry.status.line_changes.decide_due`). ``asked`` is the change that was
    asked for on screen.

    Raises:
        NotFound: there are no lines of that year.

    """
    year = PovertyLine.survey_year == command.survey_year
    before = session.scalars(select(PovertyLine.effective_from).where(year).distinct()).all()
    if not before:
        raise NotFound
    session.execute(_ADOPT, {"survey_year": command.survey_year, "effective_from": command.effective_from})
    audit.record(
        session,
        "adopt_line",
        subject="poverty_line",
        subject_id=None,
        district_code=None,
        before={"survey_year": command.survey_year, "effective_from": [str(day) for day in before]},
        after={"survey_year": command.survey_year, "effective_from": str(command.effective_from)},
    )
    return _made(session, command, asked, progress)


def set_rule(
    session: Session, command: SetRule, *, asked: int | None = None, progress: Progress | None = None
) -> Reclassification:
    """Put a rule into force from a day on and decide every household again.

    Rules are never rewritten: decisions rest on the rule that was there, and are shown and worked out again by it.

    Raises:
        InvalidInput: the rule is not one of the two.

    """
    if command.rule not in RULES:
        raise InvalidInput({"rule": "unknown_rule"})
    session.execute(_ADD_RULE, {"supposed": json.dumps(command.supposed())})
    audit.record(
        session,
        "set_rule",
        subject="poverty_line",
        subject_id=None,
        district_code=None,
        after={key: str(value) for key, value in vars(command).items()},
    )
    return _made(session, command, asked, progress)


def _made(session: Session, change: Change, asked: int | None, progress: Progress | None) -> Reclassification:
    """Decide everybody again whom a change touches, and keep what it did with it."""
    tell = progress or _silent
    tell(0, STEPS)
    connection = session.connection()
    report = decide_again(connection)
    tell(1, STEPS)
    kept = result_of(connection, report)
    if change.effective_from > report.as_of:
        kept |= {"state": "adopted", "done_at": None}
    if asked is None:
        actor = connection.execute(_ACTOR).one()
        own = {"kind": change.kind, "command": change.supposed(), "effective_from": change.effective_from}
        connection.execute(insert(LineChange).values(asked_by=actor.id, asked_as=actor.login, **own, **kept))
    else:
        connection.execute(update(LineChange).where(LineChange.id == asked).values(**kept))
    return report


def result_of(connection: Connection, report: Reclassification) -> dict[str, Any]:
    """What the change keeps of having been made."""
    effect: Effect = whole(connection, report.moves)
    return {
        "state": "done",
        "done_at": connection.scalar(text("SELECT now()")),
        "decided_on": report.as_of,
        "households": report.households,
        "moved": report.moved,
        "outcome": effect.as_list(),
    }


def _silent(_done: int, _total: int) -> None:
    pass
