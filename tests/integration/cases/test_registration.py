"""A case that is approved becomes a household, whole or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry.cases.cases import OpenCase, TakeStep, open_case, take_step
from registry.cases.registration import NotRegisterable, decide_case
from registry.status.recount import recount
from tests.integration.cases.forms import form, with_member
from tests.world import add_household

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.cases.models import CaseFile
    from tests.integration.cases.conftest import Staff


def recommended(staff: Staff, draft: dict[str, Any]) -> int:
    """A case with this form that only waits for the focus group."""
    with staff.writing(staff.officer) as session:
        case = open_case(session, OpenCase(channel="officer", district_code="0803", draft=draft, reporter_name="Kamal"))
        case_id = case.id
        take_step(session, TakeStep(case_id=case_id, version=1, action="submit"))
        enumerator = staff.enumerator.user_id
        take_step(session, TakeStep(case_id=case_id, version=2, action="assign", assigned_to=enumerator))
    with staff.writing(staff.enumerator) as session:
        take_step(session, TakeStep(case_id=case_id, version=3, action="visit"))
        take_step(session, TakeStep(case_id=case_id, version=4, action="recommend", reason="Layak"))
    return case_id


def approved(staff: Staff, case_id: int) -> CaseFile:
    with staff.writing(staff.coordinator) as session:
        return decide_case(session, TakeStep(case_id=case_id, version=5, action="approve", meeting_id=staff.meeting))


def one(owner: Connection, statement: str, **params: Any) -> Any:
    owner.rollback()
    return owner.execute(text(statement), params).mappings().one()


def test_an_approved_case_is_a_household_with_its_first_decision_and_the_figures_add_up(
    staff: Staff, owner: Connection
) -> None:
    case = approved(staff, recommended(staff, form()))
    household = one(owner, "SELECT * FROM ekasih.household WHERE id = :id", id=case.household_id)
    said = ("head_name", "member_count", "income_rm", "per_capita_rm", "status", "geom_method", "file_no", "informant")
    assert case.state == "active"
    assert [str(household[name]) for name in said[:5]] == ["Ali bin Abu", "3", "600.00", "200.00", household["status"]]
    assert household["status"] in {"tegar", "miskin"}
    assert (household["file_no"], household["informant"], household["ethnicity"]) == (
        case.number,
        "Kamal",
        "bumiputera",
    )
    assert household["computed_district_code"] is not None
    decision = one(owner, "SELECT * FROM ekasih.status_decision WHERE household_id = :id", id=case.household_id)
    assert (decision["cause"], decision["previous_status"], decision["decided_by"]) == (
        "registered",
        None,
        "penyelaras",
    )
    assert decision["status"] == household["status"]
    assert (
        one(owner, "SELECT count(*) FROM ekasih.area_history WHERE household_id = :id", id=case.household_id)["count"]
        == 1
    )
    aid = one(owner, "SELECT p.name FROM ekasih.aid_received AS a JOIN ekasih.person AS p ON p.id = a.person_id")
    assert aid["name"] == "Siti binti Ahmad"
    assert recount(owner) == []


def test_a_number_registered_elsewhere_is_refused_and_nothing_is_half_done(staff: Staff, owner: Connection) -> None:
    add_household(owner, "LAIN-1", district="0805")
    owner.execute(text("UPDATE ekasih.person SET id_no = '700101085551', id_kind = 'mykad' WHERE is_head"))
    owner.commit()
    case_id = recommended(staff, form())
    with pytest.raises(NotRegisterable) as refusal:
        approved(staff, case_id)
    assert refusal.value.problems == {"m1.id_no": "id_no_taken"}
    left = one(owner, "SELECT state, household_id FROM ekasih.case_file WHERE id = :id", id=case_id)
    assert (left["state"], left["household_id"]) == ("recommended", None)
    assert one(owner, "SELECT count(*) FROM ekasih.household")["count"] == 1


@pytest.mark.parametrize(
    ("draft", "problems"),
    [
        ({}, {"lokasi.strata": "required", "lokasi.district_code": "required", "peribadi.members": "head_missing"}),
        (with_member(1, relationship="KIR"), {"peribadi.members": "head_twice"}),
        (with_member(0, employment="banyak"), {"m1.employment": "money"}),
        (with_member(2, name=" "), {"m3.name": "required"}),
        (form(lokasi={**form()["lokasi"], "mukim_code": "080501"}), {"lokasi.mukim_code": "mukim_elsewhere"}),
        (form(lokasi={**form()["lokasi"], "district_code": "0805"}), {"lokasi.district_code": "outside_territory"}),
    ],
)
def test_a_form_that_cannot_be_a_household_says_where(staff: Staff, draft: dict[str, Any], problems: Any) -> None:
    case_id = recommended(staff, draft)
    with pytest.raises(NotRegisterable) as refusal:
        approved(staff, case_id)
    assert refusal.value.problems == problems


def test_a_mykad_that_disagrees_is_flagged_not_refused(staff: Staff, owner: Connection) -> None:
    approved(staff, recommended(staff, with_member(0, sex="female")))
    flags = owner.execute(text("SELECT code FROM ekasih.quality_flag WHERE member_no = 1")).scalars().all()
    assert flags == ["mykad_jantina_tidak_padan"]


def test_where_the_house_was_seen_is_where_it_stands(staff: Staff, owner: Connection) -> None:
    seen = {**form()["lokasi"], "longitude": "101.0412", "latitude": "4.4711"}
    case = approved(staff, recommended(staff, form(lokasi=seen)))
    row = one(owner, "SELECT ST_X(geom) AS x, geom_method FROM ekasih.household WHERE id = :id", id=case.household_id)
    assert (row["x"], row["geom_method"]) == (101.0412, "manual")


def test_a_form_is_not_rewritten_once_it_is_recommended(staff: Staff) -> None:
    from registry.cases.cases import SaveDraft, save_draft
    from registry.refusals import StepIllegal

    case_id = recommended(staff, form())
    with pytest.raises(StepIllegal), staff.writing(staff.officer) as session:
        save_draft(
            session,
            SaveDraft(
                case_id=case_id, version=5, district_code="0803", mukim_code=None, head_name="", reporter_name=None,
                reporter_phone=None, reporter_relation=None, draft={},
            ),
        )  # fmt: skip


def test_a_form_is_not_sent_in_before_everybody_who_may_earn_has_said_an_income(staff: Staff) -> None:
    unsaid = with_member(1, no_income="")
    with staff.writing(staff.officer) as session:
        case_id = open_case(session, OpenCase(channel="officer", district_code="0803", draft=unsaid)).id
    with staff.writing(staff.officer) as session, pytest.raises(NotRegisterable) as refused:
        decide_case(session, TakeStep(case_id=case_id, version=1, action="submit"))
    assert refused.value.problems == {"m2.no_income": "income_unsaid"}


def test_an_income_that_was_not_said_is_not_registered_as_nought(staff: Staff) -> None:
    case_id = recommended(staff, with_member(1, no_income=""))
    with pytest.raises(NotRegisterable) as refused:
        approved(staff, case_id)
    assert refused.value.problems == {"m2.no_income": "income_unsaid"}
