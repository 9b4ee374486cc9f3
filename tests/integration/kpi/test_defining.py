"""Who may define indicators adds a version with a reason; closed months keep what was in force in them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from dashboard.pages.kpi.definition_fields import typed_definition, values_of
from dashboard.pages.kpi.differences import differences
from layers.numbers import MALAYSIA
from queries import kpi
from registry import db
from registry.errors import InvalidInput, NotPermitted, StaleRecord
from registry.kpi.defining import FIRST_DAY, DefineIndicator, Definition, define, definition_of
from registry.principals import Role
from registry.refusals import DefinitionNotOpen
from registry.status.months import close_months
from tests.world import add_household, add_principal
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from registry.principals import Principal

TODAY = datetime.now(MALAYSIA).date()
TOWNS = Definition(
    name_ms="Miskin di bandar", name_en="Poor in towns", numerator="miskin", denominator=None, source_ms="Daftar",
    formula="poor[strata=urban]", unit="isi_rumah", direction="lower", lowest="district", frequency="bulanan",
    tolerance=Decimal("0.10"), cascade=("tangan",), forecast=False, source_en="Register",
)  # fmt: skip


@pytest.fixture
def administrator(owner: Connection) -> Principal:
    add_household(owner, "A1", income=100, on_date="2025-01-15")
    add_household(owner, "A2", income=100, on_date="2025-01-15", strata="rural")
    close_months(owner)
    found = add_principal(owner, "ujian.pentadbir", Role.ADMINISTRATOR)
    owner.commit()
    return found


def defined(web: Engine, who: Principal, definition: Definition = TOWNS, **facts: Any) -> int:
    values = {"code": "bandar", "seen_version": 0, "reason": "Diminta", "valid_from": TODAY} | facts
    with db.writing(web, who) as session:
        return define(session, DefineIndicator(definition=definition, **values))


def test_a_new_one_counts_from_the_beginning_and_a_version_from_its_day(
    administrator: Principal, web: Engine, owner: Connection
) -> None:
    assert defined(web, administrator) == 1
    assert defined(web, administrator, replace(TOWNS, formula="poor"), seen_version=1) == 2
    with db.reading(web, administrator) as connection:
        found = kpi.definitions(connection)["bandar"]
        (standing,) = (one for one in kpi.indicators(connection, areas=[]) if one.indicator_code == "bandar")
    assert [(one.valid_from, one.formula) for one in found] == [(FIRST_DAY, "poor[strata=urban]"), (TODAY, "poor")]
    assert (standing.formula, standing.version, standing.tolerance) == ("poor", 2, Decimal("0.10"))
    log = text("SELECT after ->> 'version', after ->> 'formula' FROM audit_log WHERE action = 'define_kpi' ORDER BY id")
    assert owner.execute(log).all() == [("1", "poor[strata=urban]"), ("2", "poor")]


@pytest.mark.parametrize("day", [TODAY + timedelta(days=1), TODAY.replace(day=1) - timedelta(days=1)])
def test_a_version_counts_from_a_day_of_the_running_month_alone(
    administrator: Principal, web: Engine, day: date
) -> None:
    with pytest.raises(DefinitionNotOpen):
        defined(web, administrator, code="tegar", seen_version=1, valid_from=day)


def test_what_cannot_be_is_named_and_nothing_is_kept(administrator: Principal, web: Engine, owner: Connection) -> None:
    wrong = {
        "name_ms": replace(TOWNS, name_ms=" "),
        "tolerance": replace(TOWNS, tolerance=Decimal(2)),
        "cascade": replace(TOWNS, cascade=("sama", "syer")),
        "formula": replace(TOWNS, formula="poor / households"),
        "cohort_id": replace(TOWNS, formula="locked_left"),
        "unit": replace(TOWNS, unit="RM/tahun"),
    }
    for field, definition in wrong.items():
        with pytest.raises(InvalidInput) as refused:
            defined(web, administrator, definition)
        assert refused.value.problems.keys() == {field}
    with pytest.raises(InvalidInput) as refused:
        defined(web, administrator, code="tegar", reason="")
    assert refused.value.problems == {"code": "kpi_code_taken", "reason": "required"}
    with pytest.raises(StaleRecord):
        defined(web, administrator, code="tegar", seen_version=2)
    assert owner.scalar(text("SELECT max(version) FROM indicator_version")) == 1


def test_nobody_else_defines_and_a_version_is_never_changed(
    administrator: Principal, web: Engine, owner: Connection
) -> None:
    for who in (add_principal(owner, "negeri", Role.STATE_OFFICE, "0803"), add_principal(owner, "m", Role.PLANNER)):
        owner.commit()
        with pytest.raises(NotPermitted):
            defined(web, who)
    for statement in ("UPDATE indicator_version SET reason = 'x'", "DELETE FROM indicator_version",
                      "UPDATE indicator SET formula = 'poor'"):  # fmt: skip
        with pytest.raises(DBAPIError), db.writing(web, administrator) as session:
            session.execute(text(statement))


def test_before_saving_one_sees_every_state_by_both_definitions_and_what_differs(
    administrator: Principal, web: Engine
) -> None:
    with db.reading(web, administrator) as connection:
        (held,) = (row for row in kpi.versions(connection) if row["indicator_code"] == "miskin")
        wanted = replace(definition_of(held["definition"]), formula="poor[strata=urban]")
        shown = str(differences(connection, "miskin", wanted, words_of("en")))
    assert "children='poor[strata=urban]'" in shown
    perak = shown[shown.index("'Perak'") :][:900]
    assert perak.index("children='2'") < perak.index("children='1'")
    # what the fields hold of a version is that version
    fields = values_of("miskin", held["definition"])
    assert typed_definition(fields).told == {**held["definition"], "tolerance": "0.1"}
