"""A visit is recorded once, by the officer whose case it is, and nothing that changed meanwhile is overwritten."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from queries import visits
from registry.cases.cases import SaveDraft, TakeStep, take_step
from registry.cases.models import CaseFile
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.refusals import StepIllegal, StepIncomplete, StepNotPermitted
from registry.visits.models import Visit
from registry.visits.visits import AssignCases, Finding, NothingChosen, Place, assign_cases, record_visit
from tests.integration.visits.conftest import a_visit, assigned, received, version, visited

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.visits.conftest import Staff


def given_out(staff: Staff, *case_ids: int, officer: int | None = None) -> tuple[set[int], dict[int, type[Exception]]]:
    cases = [(case_id, version(staff, case_id)) for case_id in case_ids]
    to = staff.enumerator.user_id if officer is None else officer
    with staff.writing(staff.coordinator) as session:
        done = assign_cases(session, AssignCases(cases=cases, officer=to))
    return set(done.given), {case_id: type(error) for case_id, error in done.refused.items()}


def test_many_cases_are_given_to_an_officer_at_once(staff: Staff) -> None:
    cases = [received(staff) for _ in range(3)]
    assert given_out(staff, *cases) == (set(cases), {})
    with staff.reading(staff.enumerator) as connection:
        mine, total = visits.own_round(connection)
    assert ({row["case_id"] for row in mine}, total) == (set(cases), 3)


def test_a_case_that_cannot_be_given_does_not_hold_up_the_others(staff: Staff) -> None:
    given, waiting = assigned(staff), received(staff)
    assert given_out(staff, given, waiting) == ({waiting}, {given: StepIllegal})


@pytest.mark.parametrize("who", ["coordinator", "elsewhere", "planner"])
def test_a_case_is_given_only_to_who_visits_in_its_district(staff: Staff, who: str) -> None:
    case_id = received(staff)
    assert given_out(staff, case_id, officer=getattr(staff, who).user_id) == (set(), {case_id: StepIncomplete})


def test_an_enumerator_gives_no_case_away_and_an_officer_elsewhere_sees_none(staff: Staff) -> None:
    case_id = received(staff)
    for who, refusal in ((staff.enumerator, StepNotPermitted), (staff.elsewhere, NotFound)):
        with staff.writing(who) as session:
            done = assign_cases(session, AssignCases(cases=[(case_id, 2)], officer=staff.enumerator.user_id))
        assert [type(error) for error in done.refused.values()] == [refusal]
    with staff.reading(staff.elsewhere) as connection:
        assert visits.unassigned(connection, None) == ([], 0)
        assert visits.waiting_districts(connection) == []


def test_nothing_is_assigned_where_nothing_was_chosen(staff: Staff) -> None:
    with staff.writing(staff.coordinator) as session, pytest.raises(NothingChosen):
        assign_cases(session, AssignCases(cases=[], officer=staff.enumerator.user_id))


def test_a_visit_takes_its_case_to_the_recommendation(staff: Staff, owner: Connection) -> None:
    case_id = assigned(staff)
    visit = a_visit(staff, case_id, place=Place(latitude=4.47, longitude=101.04, source="gps", accuracy_m=12.4))
    with staff.writing(staff.enumerator) as session:
        assert record_visit(session, visit).new
    with staff.reading(staff.coordinator) as connection:
        [kept] = visits.of_case(connection, case_id)
    assert (kept["latitude"], kept["longitude"], kept["accuracy_m"]) == (4.47, 101.04, 12)
    assert kept["findings"]["kediaman"] == {"agrees": False, "note": "Bumbung bocor"}
    steps = owner.execute(text("SELECT action, actor FROM ekasih.case_step ORDER BY id DESC LIMIT 2")).all()
    assert [tuple(step) for step in steps] == [("recommend", "pembanci"), ("visit", "pembanci")]
    form = owner.scalar(text("SELECT draft -> 'lokasi' FROM ekasih.case_file WHERE id = :id"), {"id": case_id})
    assert (form["latitude"], form["longitude"], form["village"]) == ("4.470000", "101.040000", "Kampung Rekaan")


def test_a_visit_that_is_sent_twice_is_kept_once(staff: Staff, owner: Connection) -> None:
    visit = a_visit(staff, assigned(staff))
    answers = []
    for _ in range(2):
        with staff.writing(staff.enumerator) as session:
            answers.append(record_visit(session, visit))
    assert [answer.new for answer in answers] == [True, False]
    assert answers[0].visit_id == answers[1].visit_id
    assert owner.scalar(text("SELECT count(*) FROM ekasih.visit")) == 1


def test_a_key_of_another_visit_is_refused(staff: Staff) -> None:
    first, second = assigned(staff), assigned(staff)
    visit = a_visit(staff, first)
    with staff.writing(staff.enumerator) as session:
        record_visit(session, visit)
    with staff.writing(staff.enumerator) as session, pytest.raises(StepNotPermitted):
        record_visit(session, a_visit(staff, second, client_key=visit.client_key))


def test_a_form_that_changed_meanwhile_is_a_conflict(staff: Staff, owner: Connection) -> None:
    from registry.cases.cases import save_draft

    case_id = assigned(staff)
    visit = a_visit(staff, case_id)
    with staff.writing(staff.officer) as session:
        case = session.get_one(CaseFile, case_id)
        save_draft(
            session,
            SaveDraft(
                case_id=case_id, version=case.version, district_code="0803", mukim_code=None, head_name="Ali",
                reporter_name=None, reporter_phone=None, reporter_relation=None, draft=case.draft,
            ),
        )  # fmt: skip
    with staff.writing(staff.enumerator) as session, pytest.raises(StaleRecord):
        record_visit(session, visit)
    assert owner.scalar(text("SELECT count(*) FROM ekasih.visit")) == 0


def test_a_case_that_somebody_else_visited_meanwhile_is_a_conflict(staff: Staff, owner: Connection) -> None:
    case_id = assigned(staff)
    mine = a_visit(staff, case_id)
    visited(staff, case_id)
    with staff.writing(staff.enumerator) as session, pytest.raises(StaleRecord):
        record_visit(session, mine)
    with staff.writing(staff.enumerator) as session, pytest.raises(StepIllegal):
        record_visit(session, a_visit(staff, case_id))
    assert owner.scalar(text("SELECT count(*) FROM ekasih.visit")) == 1


def test_only_the_officer_of_a_case_records_a_visit(staff: Staff) -> None:
    case_id = assigned(staff)
    for who, refusal in ((staff.officer, StepNotPermitted), (staff.elsewhere, NotFound)):
        with staff.writing(who) as session, pytest.raises(refusal):
            record_visit(session, a_visit(staff, case_id))


@pytest.mark.parametrize("who", ["officer", "coordinator", "elsewhere"])
def test_the_database_takes_a_visit_only_from_the_officer_of_the_case(staff: Staff, who: str) -> None:
    case_id = assigned(staff)
    adder = getattr(staff, who)
    with staff.writing(adder) as session, pytest.raises(ProgrammingError, match="row-level security"):
        session.add(
            Visit(
                case_id=case_id, officer_id=adder.user_id, case_version=3, client_key=uuid4(), reason="x",
                visited_at=datetime.now(UTC), recommendation="approve",
            )
        )  # fmt: skip
        session.flush()


def test_nobody_changes_or_removes_a_visit(staff: Staff) -> None:
    visited(staff, assigned(staff))
    for change in ("UPDATE ekasih.visit SET reason = 'y'", "DELETE FROM ekasih.visit"):
        with staff.writing(staff.administrator) as session, pytest.raises(ProgrammingError, match="permission denied"):
            session.execute(text(change))


def test_visits_are_seen_by_who_sees_the_case(staff: Staff) -> None:
    case_id = assigned(staff)
    visited(staff, case_id)
    seen = {}
    for who in ("officer", "coordinator", "administrator", "elsewhere", "planner"):
        with staff.reading(getattr(staff, who)) as connection:
            seen[who] = len(visits.of_case(connection, case_id))
    assert seen == {"officer": 1, "coordinator": 1, "administrator": 1, "elsewhere": 0, "planner": 0}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"recommendation": "perhaps"}, "recommendation"),
        ({"reason": "  "}, "reason"),
        ({"remarks": "x" * 2_001}, "remarks"),
        ({"findings": {"harta": Finding(agrees=False)}}, "harta"),
        ({"findings": {"harta": Finding(note="x" * 2_001)}}, "harta"),
        ({"findings": {"cuaca": Finding(agrees=True)}}, "cuaca"),
        ({"place": Place(latitude=51.5, longitude=101.0, source="gps", accuracy_m=9)}, "latitude"),
        ({"place": Place(latitude=4.5, longitude=101.0, source="typed")}, "accuracy"),
        ({"place": Place(latitude=4.5, longitude=101.0, source="gps", accuracy_m=40_000)}, "accuracy"),
        ({"place": Place(latitude=4.5, longitude=101.0, source="dream", accuracy_m=9)}, "place"),
    ],
)
def test_what_is_missing_or_cannot_be_is_said(staff: Staff, changes: dict[str, object], field: str) -> None:
    visit = a_visit(staff, assigned(staff), **changes)
    with staff.writing(staff.enumerator) as session, pytest.raises(InvalidInput) as refused:
        record_visit(session, visit)
    assert set(refused.value.problems) == {field}


@pytest.mark.parametrize("off", [timedelta(days=2), timedelta(days=-4_000)])
def test_a_device_whose_clock_is_wrong_does_not_date_the_visit(staff: Staff, off: timedelta) -> None:
    case_id = assigned(staff)
    with staff.writing(staff.enumerator) as session:
        record_visit(session, a_visit(staff, case_id, visited_at=datetime.now(UTC) + off))
    with staff.reading(staff.enumerator) as connection:
        [kept] = visits.of_case(connection, case_id)
    assert abs(kept["visited_at"] - datetime.now(UTC)) < timedelta(minutes=10)


def test_a_round_knows_the_best_place_of_every_case(staff: Staff) -> None:
    given, addressed = assigned(staff), assigned(staff)
    with staff.writing(staff.officer) as session:
        case = session.get_one(CaseFile, given)
        location = {**case.draft["lokasi"], "latitude": "4.481", "longitude": "101.031"}
        case.draft = {**case.draft, "lokasi": location}
    with staff.reading(staff.enumerator) as connection:
        found = {row["case_id"]: row for row in visits.own_round(connection)[0]}
    assert (found[given]["latitude"], found[given]["longitude"], found[given]["method"]) == (4.481, 101.031, "given")
    assert found[addressed]["method"] != "given"
    assert found[addressed]["latitude"] == pytest.approx(4.47, abs=0.3)


def test_a_visited_case_is_registered_where_it_was_visited(staff: Staff, owner: Connection) -> None:
    from registry.cases.registration import decide_case

    case_id = assigned(staff)
    with staff.writing(staff.enumerator) as session:
        place = Place(latitude=4.4655, longitude=101.0433, source="gps", accuracy_m=8)
        record_visit(session, a_visit(staff, case_id, place=place))
    with staff.writing(staff.coordinator) as session:
        step = TakeStep(case_id=case_id, version=version(staff, case_id), action="approve", meeting_id=staff.meeting)
        decide_case(session, step)
    kept = text("SELECT ST_Y(geom), ST_X(geom), geom_method, geom_accuracy_m FROM ekasih.household")
    assert tuple(owner.execute(kept).one()) == (4.4655, 101.0433, "manual", 8)


def test_a_case_may_be_visited_again_after_it_was_sent_back(staff: Staff) -> None:
    case_id = assigned(staff)
    visited(staff, case_id)
    with staff.writing(staff.coordinator) as session:
        step = TakeStep(case_id=case_id, version=version(staff, case_id), action="send_back", reason="Gambar kabur")
        take_step(session, step)
    visited(staff, case_id)
    with staff.reading(staff.coordinator) as connection:
        assert len(visits.of_case(connection, case_id)) == 2
