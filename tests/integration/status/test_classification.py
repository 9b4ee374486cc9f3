"""Deciding households again: only those that a line or rule touches, with the cause and the old decision kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from registry.errors import InvalidInput, NotFound
from registry.status.classification import AdoptLine, SetRule, adopt_line, reclassify, set_rule
from registry.status.months import close_months
from registry.status.recount import recount
from tests.world import add_household

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection


@pytest.fixture
def session(owner: Connection) -> Iterator[Session]:
    with Session(bind=owner) as session:
        yield session


def _new_line(owner: Connection, *, per_capita: int, effective_from: str | None, strata: str = "urban") -> None:
    """A line of a later survey for Perak: everyone below ``per_capita`` is poor, nobody hardcore."""
    owner.execute(
        text("""
            INSERT INTO poverty_line (survey_year, state_code, strata, effective_from, pgk_household_rm,
                food_household_rm, pgk_per_capita_rm, food_per_capita_rm, published_for, food_household_basis,
                pgk_per_capita_basis, food_per_capita_basis)
            VALUES (2027, '08', :strata, CAST(:effective_from AS date), :per_capita * 4, 1, :per_capita, 0, 'state',
                'published', 'published', 'published')
        """),
        {"per_capita": per_capita, "effective_from": effective_from, "strata": strata},
    )


def _decisions(owner: Connection) -> list[tuple[str, str, str | None]]:
    found = text("SELECT cause, status, previous_status FROM status_decision ORDER BY household_id, id")
    return [tuple(row) for row in owner.execute(found)]


@pytest.mark.parametrize(
    ("income", "status"), [("1150", "tegar"), ("1152", "miskin"), ("1151.99", "tegar"), ("999999", "terkeluar")]
)
def test_a_household_of_sabah_is_hardcore_poor_below_288_a_head(owner: Connection, income: str, status: str) -> None:
    owner.execute(text("UPDATE poverty_line SET food_per_capita_rm = 288 WHERE state_code = '12'"))
    add_household(owner, "S1", district="1208", income=Decimal(income), members=4)
    assert owner.scalar(text("SELECT status FROM household")) == status


def test_adopting_a_line_decides_again_those_it_touches_and_says_so(owner: Connection, session: Session) -> None:
    add_household(owner, "A1", income=8000, members=4)
    add_household(owner, "A2", income=9000, members=2)
    add_household(owner, "B1", district="1208", income=8000, members=4)
    _new_line(owner, per_capita=2500, effective_from=None)
    report = adopt_line(session, AdoptLine(2027, effective_from=date(2026, 1, 1)))
    assert (report.households, report.moved) == (2, 1)
    assert _decisions(owner) == [
        ("registered", "terkeluar", None),
        ("line_changed", "miskin", "terkeluar"),
        ("registered", "terkeluar", None),
        ("line_changed", "terkeluar", "terkeluar"),
        ("registered", "terkeluar", None),
    ]
    assert "line_changed: terkeluar -> miskin: 1" in report.summary()
    assert recount(owner) == []


def test_adopting_a_line_is_audited(owner: Connection, session: Session) -> None:
    _new_line(owner, per_capita=2500, effective_from=None)
    adopt_line(session, AdoptLine(2027, effective_from=date(2026, 1, 1)))
    session.flush()
    before, after = owner.execute(text("SELECT before, after FROM audit_log WHERE action = 'adopt_line'")).one()
    assert before["effective_from"] == ["None"]
    assert after["effective_from"] == "2026-01-01"


def test_a_line_of_the_other_strata_touches_nobody(owner: Connection, session: Session) -> None:
    add_household(owner, "A1", income=8000, members=4, strata="urban")
    _new_line(owner, per_capita=2500, effective_from=None, strata="rural")
    assert adopt_line(session, AdoptLine(2027, effective_from=date(2026, 1, 1))).households == 0


def test_a_survey_year_without_lines_cannot_be_adopted(session: Session) -> None:
    with pytest.raises(NotFound):
        adopt_line(session, AdoptLine(1990, effective_from=date(2026, 1, 1)))


def test_a_line_of_the_future_is_not_in_force_today(owner: Connection) -> None:
    add_household(owner, "A1", income=8000, members=4)
    _new_line(owner, per_capita=2500, effective_from="2099-01-01")
    assert reclassify(owner).households == 0
    assert reclassify(owner, as_of=date(2099, 1, 1)).moved == 1


def test_nothing_is_decided_twice(owner: Connection) -> None:
    add_household(owner, "A1", income=8000, members=4)
    _new_line(owner, per_capita=2500, effective_from="2026-01-01")
    assert reclassify(owner).households == 1
    assert reclassify(owner).households == 0


def test_the_welfare_department_s_rule_finds_more_poor_and_is_named_as_the_cause(
    owner: Connection, session: Session
) -> None:
    # one person below the household line, above the line a head
    add_household(owner, "A1", income=1500, members=1)
    report = set_rule(session, SetRule(date(2026, 1, 1), rule="household_or_per_capita"))
    assert {(move.cause, move.previous_status, move.status) for move in report.moves} == {
        ("rule_changed", "terkeluar", "miskin")
    }
    assert recount(owner) == []


def test_under_the_wider_rule_gaps_are_measured_to_the_line_that_decided(owner: Connection, session: Session) -> None:
    add_household(owner, "A1", income=1500, members=1)
    set_rule(session, SetRule(date(2026, 1, 1), rule="household_or_per_capita"))
    row = owner.execute(
        text("""
            SELECT h.gap_rm, h.food_gap_rm, h.gap_share, d.gap_rm AS decided_rm, l.pgk_household_rm, l.food_household_rm
            FROM household AS h JOIN poverty_line AS l ON l.id = h.line_id
            JOIN status_decision AS d ON d.household_id = h.id AND d.cause = 'rule_changed'
        """)
    ).one()
    assert row.gap_rm == row.decided_rm == row.pgk_household_rm - 1500 > 0
    assert row.food_gap_rm == max(row.food_household_rm - 1500, 0)
    assert row.gap_share == round(1 - 1500 / row.pgk_household_rm, 6)
    assert owner.scalar(text("SELECT sum(gap_rm) FROM headcount WHERE area_code = '08'")) == row.gap_rm
    assert recount(owner) == []


def test_another_rule_from_the_same_day_decides_again_and_the_old_decisions_keep_theirs(
    owner: Connection, session: Session
) -> None:
    add_household(owner, "A1", income=1500, members=1)
    assert set_rule(session, SetRule(date(2000, 1, 1), rule="household_or_per_capita")).moved == 1
    assert set_rule(session, SetRule(date(2000, 1, 1), rule="household_or_per_capita")).households == 0
    rules = text(
        "SELECT r.rule FROM status_decision AS d JOIN classification_rule AS r ON r.id = d.rule_id ORDER BY d.id"
    )
    assert owner.scalars(rules).all() == ["per_capita", "household_or_per_capita"]
    assert recount(owner) == []


def test_a_ceiling_makes_the_vulnerable(owner: Connection, session: Session) -> None:
    add_household(owner, "A1", income=4000, members=2)
    set_rule(session, SetRule(date(2026, 1, 1), vulnerable_urban_rm=Decimal(5250)))
    assert owner.scalar(text("SELECT status FROM household")) == "mudah_miskin"


def test_an_unknown_rule_is_refused(session: Session) -> None:
    with pytest.raises(InvalidInput):
        set_rule(session, SetRule(date(2026, 1, 1), rule="kaki_langit"))


def test_a_decision_for_the_past_counts_in_the_months_since(owner: Connection) -> None:
    add_household(owner, "A1", income=8000, members=4, on_date="2025-01-15")
    close_months(owner)
    _new_line(owner, per_capita=2500, effective_from="2025-06-01")
    reclassify(owner, as_of=date(2025, 6, 10))
    found = text("SELECT month::text FROM headcount_month WHERE area_code = '0803' AND status = 'miskin' ORDER BY 1")
    assert owner.scalars(found).all()[0] == "2025-06-01"
    assert recount(owner) == []
