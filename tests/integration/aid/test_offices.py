"""Offices and needs begin and end on a day, by who manages programmes and is of no agency; the log tells of each."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.programmes import offices as page
from queries import programmes
from registry.errors import InvalidInput, NotFound, NotPermitted
from registry.principals import Role
from registry.programmes.administration import AddProgramme, add_programme
from registry.programmes.offices import AddNeed, AddOffice, Change, add_need, add_office, change_need, change_office
from tests.world import Served, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from registry.principals import Principal

OFFICE_FOR = text("SELECT ekasih.office_for(:agency, '0803', '{}')")


class Managed(Served):
    """An agency, who manages offices and needs, and today."""

    agency: int
    national: Principal
    own: Principal
    today: date


@pytest.fixture
def managed(owner: Connection, web: Engine) -> Managed:
    found = Managed(web=web)
    asked = (
        "INSERT INTO ekasih.agency (code, name_ms, name_en, kind) VALUES ('SATU', 'Satu', 'One', 'negeri') RETURNING id"
    )
    found.agency = int(owner.execute(text(asked)).scalar_one())
    found.national = add_principal(owner, "nasional", Role.NATIONAL)
    found.own = add_principal(owner, "satu", Role.AGENCY)
    owner.execute(text("UPDATE ekasih.app_user SET agency_id = :of WHERE login = 'satu'"), {"of": found.agency})
    found.today = owner.scalar(text("SELECT current_date"))
    owner.commit()
    return found


def office(managed: Managed, **facts: Any) -> None:
    values: dict[str, Any] = {
        "agency_id": managed.agency, "code": "pej-1", "name_ms": "Pejabat Kinta", "name_en": "", "territory": ("0803",),
        "valid_from": managed.today,
    } | facts  # fmt: skip
    with managed.writing(managed.national) as session:
        add_office(session, AddOffice(**values))


def test_applications_go_to_an_office_from_its_first_day_to_its_last(managed: Managed, owner: Connection) -> None:
    office(managed, valid_from=managed.today + timedelta(days=1))
    assert owner.scalar(OFFICE_FOR, {"agency": managed.agency}) is None
    owner.rollback()
    office(managed, code="pej-2")
    assert owner.scalar(OFFICE_FOR, {"agency": managed.agency}) == "PEJ-2"
    owner.execute(text("UPDATE ekasih.office SET valid_from = :day"), {"day": managed.today - timedelta(days=9)})
    owner.commit()
    with managed.writing(managed.national) as session:
        change_office(session, Change(code="PEJ-2", valid_until=managed.today - timedelta(days=1)))
    assert owner.scalar(OFFICE_FOR, {"agency": managed.agency}) == "PEJ-1"


def test_a_need_that_is_over_is_met_by_no_new_programme(managed: Managed) -> None:
    with managed.writing(managed.national) as session:
        add_need(
            session, AddNeed(code="TADIKA", name_ms="Tadika", name_en="", rule="exclusive", valid_from=managed.today)
        )

    def programme(code: str) -> None:
        with managed.writing(managed.national) as session:
            add_programme(
                session,
                AddProgramme(
                    agency_id=managed.agency, code=code, name_ms=code, name_en="", valid_from=managed.today,
                    need_code="TADIKA", form="tunai", recipient="isi_rumah", frequency="sekali", coverage="bulan",
                ),
            )  # fmt: skip

    programme("T-1")
    with managed.writing(managed.national) as session:
        change_need(session, Change(code="TADIKA", valid_until=managed.today))
    programme("T-2")
    with managed.reading(managed.national) as conn:
        [row] = [row for row in programmes.needs(conn) if row["code"] == "TADIKA"]
    assert (row["need_en"], page.rule_of(row), row["valid_until"]) == ("Tadika", "exclusive", managed.today)
    with managed.writing(managed.national) as session, pytest.raises(InvalidInput):
        add_programme(
            session,
            AddProgramme(
                agency_id=managed.agency, code="T-3", name_ms="T", name_en="", need_code="TADIKA", form="tunai",
                valid_from=managed.today + timedelta(days=1), recipient="isi_rumah", frequency="sekali",
                coverage="bulan",
            ),
        )  # fmt: skip


def test_each_change_is_in_the_log_with_what_was_there(managed: Managed, owner: Connection) -> None:
    office(managed)
    with managed.writing(managed.national) as session:
        change_office(session, Change(code="PEJ-1", name_ms="Pejabat Daerah Kinta"))
    rows = owner.execute(text("SELECT action, subject, before, after FROM ekasih.audit_log ORDER BY id DESC LIMIT 2"))
    (changed, added) = rows.all()
    assert (changed.action, changed.subject, changed.before) == (
        "change_office",
        "office",
        {"name_ms": "Pejabat Kinta"},
    )
    assert changed.after == {"code": "PEJ-1", "name_ms": "Pejabat Daerah Kinta"}
    assert (added.action, added.after["territory"]) == ("add_office", ["0803"])


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"code": ""}, "code"), ({"code": "PEJ 1"}, "code"), ({"name_ms": " "}, "name_ms"),
        ({"agency_id": 0}, "agency"), ({"territory": ("9999",)}, "territory"),
    ],
)  # fmt: skip
def test_what_is_missing_or_unknown_is_named(managed: Managed, given: dict[str, Any], problem: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        office(managed, **given)
    assert set(refusal.value.problems) == {problem}


def test_a_code_is_used_once_and_nothing_ends_before_it_begins(managed: Managed) -> None:
    office(managed)
    with pytest.raises(InvalidInput):
        office(managed)
    for change, refusal in (
        (Change(code="PEJ-1", valid_until=managed.today - timedelta(days=1)), InvalidInput),
        (Change(code="PEJ-1"), InvalidInput),
        (Change(code="TIADA", name_ms="x"), NotFound),
    ):
        with managed.writing(managed.national) as session, pytest.raises(refusal):
            change_office(session, change)


def test_neither_an_agency_nor_an_account_without_one_changes_offices(managed: Managed, owner: Connection) -> None:
    lost = add_principal(owner, "tanpa.agensi", Role.AGENCY)
    owner.commit()
    for who in (managed.own, lost):
        with managed.writing(who) as session, pytest.raises(NotPermitted):
            add_need(session, AddNeed(code="X", name_ms="X", name_en="", rule="free", valid_from=managed.today))
        with managed.reading(who) as conn:
            assert not any(row["changes"] for row in programmes.needs(conn))
