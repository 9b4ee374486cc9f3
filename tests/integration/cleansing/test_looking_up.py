"""Whoever looks a person up by number, from whatever form, goes through the check: its limit, its log, its answer."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.pages.cases.form_answers import hints_of
from registry.cases.cases import OpenCase, SaveDraft, TakeStep, open_case, save_draft, take_step
from registry.cases.registration import NotRegisterable, decide_case
from registry.changes.requests import request_change
from registry.errors import InvalidInput
from registry.households.checking import CheckStatus, check_status, keyed_hash, look_up
from registry.households.commands import AddMember, PersonalFields
from registry.households.saving import add_member
from registry.installation.settings import Settings
from registry.principals import Role
from registry.refusals import TooManyChecks
from tests.integration.cases.forms import form
from tests.world import add_household, add_principal
from words import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.cleansing.conftest import World

SECRET = "a secret of the test"
FAR = "800101085555"
NEAR = "750312085431"
GUESSES = [f"8001010{place:05d}" for place in range(10_000, 10_060)]


@pytest.fixture
def register(world: World, owner: Connection) -> dict[str, int]:
    """A head with a number in Kinta, the officer's, and one in Kuala Kangsar, which the officer may not see."""
    made = {}
    for file_no, district, number in (("C1", "0803", NEAR), ("C2", "0805", FAR)):
        made[district] = add_household(owner, file_no, name="Zulkifli bin Mansor", district=district)
        owner.execute(
            text("UPDATE ekasih.person SET id_no = :number, id_kind = 'mykad' WHERE household_id = :id AND is_head"),
            {"number": number, "id": made[district]},
        )
    owner.commit()
    assert world
    return made


def deps_of(world: World, who: Principal, home: Path) -> Deps:
    return Deps(Settings(home=home, given_secret_key=SECRET), world.web, lambda: who)


def setting(owner: Connection, key: str, value: int) -> None:
    owner.execute(
        text("UPDATE ekasih.setting SET value = to_jsonb(CAST(:value AS integer)) WHERE key = :key"),
        {"key": key, "value": value},
    )
    owner.commit()


def entries(owner: Connection) -> list[dict[str, Any]]:
    """What the log says of checks, the oldest first."""
    owner.rollback()
    rows = owner.execute(text("SELECT after FROM ekasih.audit_log WHERE action = 'check_status' ORDER BY id"))
    return [row.after for row in rows]


def draft_of(numbers: list[str]) -> dict[str, Any]:
    members = [
        {"key": f"m{place}", "relationship": "KIR" if place == 1 else "Anak", "name": "Ahli", "id_no": number}
        for place, number in enumerate(numbers, start=1)
    ]
    return {"members": members}


def opened(world: World, draft: dict[str, Any], who: Principal | None = None) -> int:
    with world.writing(who or world.officer) as session:
        case = open_case(session, OpenCase(channel="officer", district_code="0803", draft=draft))
        return int(case.id)


def member_of(household: int, number: str, **more: Any) -> AddMember:
    fields = PersonalFields(name="Ahli Baharu", relationship="Anak", id_no=number, **more)
    return AddMember(household_id=household, version=1, personal=fields, income={})


def test_a_draft_of_guessed_members_is_held_to_the_limit_of_the_check_and_written_down(
    world: World, register: dict[str, int], owner: Connection, tmp_path: Path
) -> None:
    draft = draft_of([FAR, *GUESSES[1:]])
    case = opened(world, draft)
    words = words_of("ms")
    hints = hints_of(deps_of(world, world.officer, tmp_path), draft, case, words)
    unchecked = [key for key, hint in hints.items() if words("case_form.unchecked") in hint["odd"]]
    assert (len(hints), len(unchecked)) == (60, 30)
    assert words("case_form.registered_elsewhere", district="Kuala Kangsar") in hints["m1"]["odd"]
    written = entries(owner)
    assert len(written) == 30
    assert {(entry["for"], tuple(entry["by"])) for entry in written} == {("draft", ("id_no",))}
    assert FAR not in str(written)
    assert register


def test_the_limit_is_one_with_the_counters(world: World, owner: Connection, tmp_path: Path) -> None:
    setting(owner, "checking.per_minute", 3)
    draft = draft_of(GUESSES[:3])
    hints_of(deps_of(world, world.officer, tmp_path), draft, opened(world, draft), words_of("ms"))
    with pytest.raises(TooManyChecks), world.writing(world.officer) as session:
        check_status(session, CheckStatus(id_no=GUESSES[9]), secret=SECRET)


def test_a_family_of_eight_is_registered_without_waiting_however_often_its_form_is_saved(
    world: World, owner: Connection, tmp_path: Path
) -> None:
    setting(owner, "checking.per_minute", 8)
    draft = draft_of(GUESSES[:8])
    case, deps, words = opened(world, draft), deps_of(world, world.officer, tmp_path), words_of("ms")
    for _ in range(12):
        hints = hints_of(deps, draft, case, words)
        assert not any(words("case_form.unchecked") in hint["odd"] for hint in hints.values())
    assert len(entries(owner)) == 8


def test_many_at_once_are_counted_one_by_one(world: World, owner: Connection) -> None:
    setting(owner, "checking.per_minute", 5)

    def ask(number: str) -> int:
        with world.writing(world.officer) as session:
            return len(look_up(session, [number], purpose="search").unchecked)

    with ThreadPoolExecutor(10) as pool:
        refused = sum(pool.map(ask, GUESSES[:20]))
    assert (refused, len(entries(owner))) == (15, 5)


def test_nobody_looks_up_without_end_in_a_day(world: World, owner: Connection) -> None:
    setting(owner, "checking.per_day", 4)
    with world.writing(world.officer) as session:
        assert look_up(session, GUESSES[:6], purpose="search").unchecked == frozenset(GUESSES[4:6])
    with pytest.raises(TooManyChecks), world.writing(world.officer) as session:
        check_status(session, CheckStatus(phone="0199999999"), secret=SECRET)


def test_outside_the_own_territory_only_the_office_is_told(world: World, register: dict[str, int]) -> None:
    with world.writing(world.officer) as session:
        found = look_up(session, [NEAR, FAR, GUESSES[0]], purpose="edit").registered
    assert found.keys() == {NEAR, FAR}
    assert (found[NEAR].household_id, found[NEAR].file_no) == (register["0803"], "C1")
    assert (found[FAR].household_id, found[FAR].file_no, found[FAR].district_name) == (None, None, "Kuala Kangsar")


def test_a_refused_change_leaves_its_entry_and_its_count(
    world: World, register: dict[str, int], owner: Connection
) -> None:
    setting(owner, "checking.per_minute", 2)
    for number in (FAR, FAR):
        with pytest.raises(InvalidInput) as refusal, world.writing(world.officer) as session:
            add_member(session, member_of(register["0803"], number))
        assert refusal.value.problems == {"id_no": "id_no_taken"}
    assert [(entry["for"], entry["elsewhere"]) for entry in entries(owner)] == [("edit", 1)]
    with pytest.raises(RuntimeError), world.writing(world.officer) as session:
        add_member(session, member_of(register["0803"], GUESSES[0]))
        raise RuntimeError  # whoever asks breaks off once the answer is known
    with pytest.raises(TooManyChecks), world.writing(world.officer) as session:
        add_member(session, member_of(register["0803"], GUESSES[1]))


def test_a_change_that_is_refused_for_another_reason_looks_nobody_up(
    world: World, register: dict[str, int], owner: Connection
) -> None:
    command = member_of(register["0803"], FAR, sex="neither")
    with pytest.raises(InvalidInput) as refusal, world.writing(world.officer) as session:
        add_member(session, command)
    assert "id_no" not in refusal.value.problems
    assert entries(owner) == []


def test_a_request_that_is_tried_out_and_undone_leaves_its_entry(
    world: World, register: dict[str, int], owner: Connection
) -> None:
    enumerator = add_principal(owner, "pembanci.baharu", Role.ENUMERATOR, "0803")
    owner.commit()
    with pytest.raises(InvalidInput), world.writing(enumerator) as session:
        request_change(session, member_of(register["0803"], FAR))
    assert [entry["for"] for entry in entries(owner)] == ["edit"]


def test_a_person_is_known_again_whether_asked_for_at_the_counter_or_in_a_form(
    world: World, register: dict[str, int], owner: Connection, tmp_path: Path
) -> None:
    deps = deps_of(world, world.officer, tmp_path)
    with deps.writing() as session:
        check_status(session, CheckStatus(id_no="800101-08-5555"), secret=SECRET)
    with pytest.raises(InvalidInput), deps.writing() as session:
        add_member(session, member_of(register["0803"], FAR))
    draft = draft_of([FAR])
    hints_of(deps, draft, opened(world, draft), words_of("ms"))
    assert [entry["key"] for entry in entries(owner)] == [keyed_hash(CheckStatus(id_no=FAR), secret=SECRET)]


def _to_the_meeting(world: World, owner: Connection, draft: dict[str, Any]) -> tuple[int, Principal, int]:
    """A case that waits for the focus group, who decides, and the meeting."""
    enumerator = add_principal(owner, "pembanci.baharu", Role.ENUMERATOR, "0803")
    coordinator = add_principal(owner, "penyelaras.baharu", Role.COORDINATOR, "0803")
    meeting = owner.scalar(
        text(
            "INSERT INTO ekasih.meeting (area_code, number, held_on, place, state, created_by)"
            " VALUES ('0803', '1/2026', current_date, 'Batu Gajah', 'held', :by) RETURNING id"
        ),
        {"by": coordinator.user_id},
    )
    owner.commit()
    case = opened(world, draft)
    with world.writing(world.officer) as session:
        take_step(session, TakeStep(case_id=case, version=1, action="submit"))
        take_step(session, TakeStep(case_id=case, version=2, action="assign", assigned_to=enumerator.user_id))
    with world.writing(enumerator) as session:
        take_step(session, TakeStep(case_id=case, version=3, action="visit"))
        take_step(session, TakeStep(case_id=case, version=4, action="recommend", reason="Layak"))
    return case, coordinator, int(meeting or 0)


def test_a_decision_looks_its_case_up_again_at_no_count_and_says_so(
    world: World, owner: Connection, tmp_path: Path
) -> None:
    draft = form()
    case, coordinator, meeting = _to_the_meeting(world, owner, draft)
    hints_of(deps_of(world, world.officer, tmp_path), draft, case, words_of("ms"))
    counted = len(entries(owner))
    setting(owner, "checking.per_day", 1)
    with deps_of(world, coordinator, tmp_path).writing() as session:
        decide_case(session, TakeStep(case_id=case, version=5, action="approve", meeting_id=meeting))
    of_decision = entries(owner)[counted:]
    assert counted == len(of_decision) > 0
    assert {(entry["for"], entry["again"]) for entry in of_decision} == {("decide", True)}


def test_a_decision_that_is_refused_leaves_its_entries(
    world: World, register: dict[str, int], owner: Connection
) -> None:
    draft = form()
    draft["members"][0]["id_no"] = FAR
    case, coordinator, meeting = _to_the_meeting(world, owner, draft)
    with pytest.raises(NotRegisterable) as refusal, world.writing(coordinator) as session:
        decide_case(session, TakeStep(case_id=case, version=5, action="approve", meeting_id=meeting))
    assert refusal.value.problems == {"m1.id_no": "id_no_taken"}
    assert [entry["elsewhere"] for entry in entries(owner)].count(1) == 1
    assert register


def test_no_function_of_the_database_tells_of_a_number_without_an_entry(world: World, owner: Connection) -> None:
    """What the pages' role may run beyond its own rights and takes a number writes an entry, or has the check do so."""
    takes_a_number = text("""
        SELECT p.proname FROM pg_proc AS p
        WHERE p.pronamespace = 'ekasih'::regnamespace AND p.prosecdef
            AND has_function_privilege('app_web', p.oid, 'EXECUTE')
            AND p.prosrc ~ 'person' AND p.prosrc ~ 'id_no'
            AND p.prosrc !~ 'INSERT INTO audit_log|PERFORM look_up_number'
            -- take the number of a list and of a referral, not a person's; the pages write down who opened it
            AND p.proname NOT IN ('target_list', 'referral_record')
    """)
    assert list(owner.scalars(takes_a_number)) == []
    assert world


def test_a_draft_that_is_saved_is_in_the_log_and_does_not_fill_it(world: World, owner: Connection) -> None:
    case = opened(world, draft_of(GUESSES[:2]))
    with world.writing(world.officer) as session:
        for version in range(1, 6):
            save_draft(
                session,
                SaveDraft(
                    case_id=case, version=version, district_code="0803", mukim_code=None, head_name="Ahli",
                    reporter_name=None, reporter_phone=None, reporter_relation=None, draft=draft_of(GUESSES[:version]),
                ),
            )  # fmt: skip
    asked = text("SELECT actor, subject_id, district_code FROM ekasih.audit_log WHERE action = 'save_form'")
    assert [tuple(row) for row in owner.execute(asked)] == [("pegawai", case, "0803")]
