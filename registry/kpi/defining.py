"""Defines indicators: a new one, or a new version of one, from a day on and with a reason."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import func, select, text

from poverty.kpi.checks import Formula, accepted
from poverty.kpi.kept import LOCKED
from poverty.kpi.measures import LEVELS
from poverty.kpi.refused import FormulaRefused
from poverty.kpi.tree import figures, reference_of
from registry import audit
from registry.cleansing.models import Cohort
from registry.errors import InvalidInput, NotPermitted
from registry.kpi.models import IndicatorVersion
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

UNITS: Final = ("isi_rumah", "orang", "RM", "syer", "kes", "permohonan", "rumah", "tiada", "RM/isi_rumah")
FREQUENCIES: Final = ("harian", "bulanan", "sukuan", "tahunan")
DIRECTIONS: Final = ("lower", "higher")
WAYS: Final = ("syer", "keperluan", "tangan", "sama")
FIRST_DAY: Final = date(1, 1, 1)
"""From when the first definition of an indicator counts."""
LONGEST_NAME: Final = 120
LONGEST_TEXT: Final = 500
_TEXTS: Final = ("name_ms", "name_en", "numerator", "source_ms", "source_en")
_CHOICES: Final = {"direction": DIRECTIONS, "lowest": LEVELS, "frequency": FREQUENCIES, "unit": UNITS}
_CODE: Final = re.compile(r"[a-z][a-z0-9_]{1,39}")
_MAY: Final = text("SELECT ekasih.may('define_kpi') AND ekasih.sees_persons() AND ekasih.nationwide()")


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What an indicator is; ``numerator`` and ``denominator`` are words that are shown, ``formula`` its value."""

    name_ms: str
    name_en: str
    numerator: str
    denominator: str | None
    formula: str
    unit: str
    direction: str
    lowest: str
    frequency: str
    tolerance: Decimal | None
    cascade: tuple[str, ...]
    forecast: bool
    source_ms: str
    source_en: str
    cohort_id: int | None = None

    @property
    def told(self) -> dict[str, Any]:
        """As a version keeps it."""
        tolerance = None if self.tolerance is None else f"{self.tolerance:f}"
        return {**asdict(self), "tolerance": tolerance, "cascade": list(self.cascade)}


@dataclass(frozen=True, slots=True, kw_only=True)
class DefineIndicator:
    """An indicator as it shall be from a day on; ``seen_version`` is the one that was in force, 0 for a new one."""

    code: str
    seen_version: int
    definition: Definition
    reason: str
    valid_from: date | None = None


def define(session: Session, command: DefineIndicator) -> int:
    """Add a version, and with the first the indicator; answers the number of the version.

    Raises:
        NotPermitted: the acting user may not define indicators, or not for the whole country.
        InvalidInput: something is missing or cannot be; ``problems`` by the name of the field.
        StaleRecord: somebody else has defined it anew since.
        DefinitionNotOpen: the day is not one of the running month that has come.

    """
    if not session.scalar(_MAY):
        raise NotPermitted
    latest = _latest(session, command.code)
    if problems := _problems(session, command, known=latest is not None):
        raise InvalidInput(problems)
    told = command.definition.told
    with refusals_named(session):
        session.add(
            IndicatorVersion(
                indicator_code=command.code,
                version=command.seen_version + 1,
                valid_from=command.valid_from if latest and command.valid_from else FIRST_DAY,
                definition=told,
                reason=command.reason.strip(),
                decided_by=session.scalar(text("SELECT ekasih.acting_user()")),
            )
        )
        session.flush()
    before = latest.definition if latest else {}
    changed = [name for name in told if before.get(name) != told[name]]
    audit.record(
        session,
        "define_kpi",
        subject="indicator",
        subject_id=None,
        district_code=None,
        before={name: before.get(name) for name in changed} if latest else None,
        after={
            **{name: told[name] for name in changed},
            "indicator": command.code,
            "version": command.seen_version + 1,
            "reason": command.reason.strip(),
        },
    )
    return command.seen_version + 1


def checked(definition: Definition) -> Formula:
    """The formula of a definition, with every check.

    Raises:
        FormulaRefused: with the code of the first check that fails, and where.

    """
    return accepted(definition.formula, unit=definition.unit, level=definition.lowest)


def definition_of(kept: dict[str, Any]) -> Definition:
    """A definition as a version keeps it."""
    known = {field.name for field in fields(Definition)}
    facts = {name: value for name, value in kept.items() if name in known}
    return Definition(
        **facts | {"tolerance": Decimal(str(kept["tolerance"])), "cascade": tuple(kept["cascade"])}
    )  # fmt: skip


def _latest(session: Session, code: str) -> IndicatorVersion | None:
    asked = select(IndicatorVersion).where(IndicatorVersion.indicator_code == code)
    return session.scalar(asked.order_by(IndicatorVersion.version.desc()).limit(1))


def _problems(session: Session, command: DefineIndicator, *, known: bool) -> dict[str, str]:
    """What is wrong with a definition, by the name of the field."""
    one = command.definition
    problems: dict[str, str] = {name: "required" for name in _TEXTS if not getattr(one, name).strip()}
    problems |= {name: "too_long" for name in _TEXTS if len(getattr(one, name)) > LONGEST_TEXT}
    problems |= {name: "choice" for name, known_ in _CHOICES.items() if getattr(one, name) not in known_}
    if not _CODE.fullmatch(command.code):
        problems["code"] = "kpi_code"
    elif known and command.seen_version == 0:
        problems["code"] = "kpi_code_taken"
    if one.tolerance is None or not 0 <= one.tolerance <= 1:
        problems["tolerance"] = "kpi_tolerance"
    if not one.cascade or not set(one.cascade) <= set(WAYS) or ("sama" in one.cascade and len(one.cascade) > 1):
        problems["cascade"] = "kpi_ways"
    if not command.reason.strip():
        problems["reason"] = "required"
    if known and command.valid_from is None:
        problems["valid_from"] = "required"
    if problems.keys().isdisjoint(_CHOICES):
        problems |= _formula_problems(session, one)
    return problems


def _formula_problems(session: Session, one: Definition) -> dict[str, str]:
    try:
        formula = checked(one)
    except FormulaRefused:
        return {"formula": "kpi_formula"}
    locked = any(reference_of(each).name in LOCKED for each in figures(formula.tree))
    there = one.cohort_id is not None and session.scalar(
        select(func.count()).select_from(Cohort).where(Cohort.id == one.cohort_id)
    )
    return {"cohort_id": "required"} if locked and not there else {}
