"""Reads are entries of the chain like changes, and auditors see who and when but no value."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.household.searching import searched
from dashboard.pages.audit.page import written_out
from dashboard.pages.audit.texts import fields_text
from queries import accounts, oversight
from queries.households import Filters, Question
from queries.oversight import Entries
from registry import db
from registry.audit.chain import first_break, verify
from registry.audit.reads import keyed_hash, note_read
from registry.audit.seals import SealBook, SealKey, first_broken_seal_for, seal_newest
from registry.errors import InvalidInput, RegistryError
from registry.households.checking import household_of_log, households_of_log
from registry.principals import Principal, Role
from registry.refusals import TooManyChecks
from reports.spreadsheet import csv_file
from tests.world import add_household
from words import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from tests.integration.accounts.conftest import People

_SECRET_CHANGE = text("""
    INSERT INTO ekasih.audit_log (actor, action, subject, subject_id, district_code, before, after)
    VALUES ('seseorang', 'edit', 'household', :id, '0803', '{"phone": "0123456789"}', '{"phone": "0198765432"}')
""")


_CHECKS = text("SELECT count(*) FROM ekasih.audit_log WHERE action = 'check_status'")


@pytest.fixture
def officer(people: People) -> Principal:
    return people.add("ujian.pegawai", Role.OFFICER, "0803")


@pytest.fixture
def household(owner: Connection) -> int:
    number = add_household(owner, "K1", district="0803", name="Minah binti Osman")
    owner.commit()
    return number


def _entries(people: People, who: Principal, **asked: Any) -> list[dict[str, Any]]:
    with people.reading(who) as connection:
        return oversight.entries(connection, Entries(**asked), limit=100)


def _read(people: People, who: Principal, household: int) -> None:
    with people.writing(who) as session:
        note_read(session, "read", subject="household", subject_id=household)


def test_opening_a_record_again_within_ten_minutes_is_one_entry(
    people: People, owner: Connection, officer: Principal, auditor: Principal, household: int
) -> None:
    for _again in range(3):
        _read(people, officer, household)
    _read(people, people.add("ujian.lain", Role.OFFICER, "0803"), household)
    found = _entries(people, auditor)
    assert [(row["actor"], row["action"], row["file_no"], row["district_name"]) for row in found] == [
        ("ujian.lain", "read", "K1", "Kinta"),
        ("ujian.pegawai", "read", "K1", "Kinta"),
    ]
    assert first_break(owner) is None


def test_what_was_read_long_ago_is_written_down_again(
    people: People, owner: Connection, officer: Principal, household: int
) -> None:
    owner.execute(
        text("""
            INSERT INTO ekasih.audit_log (at, actor_id, actor, action, subject, subject_id)
            VALUES (now() - interval '11 minutes', :user, 'ujian.pegawai', 'read', 'household', :id)
        """),
        {"user": officer.user_id, "id": household},
    )
    owner.commit()
    _read(people, officer, household)
    assert owner.scalar(text("SELECT count(*) FROM ekasih.audit_log")) == 2


def test_every_export_is_an_entry(people: People, officer: Principal, auditor: Principal) -> None:
    for _again in range(2):
        with people.writing(officer) as session:
            note_read(session, "export", subject="worklist", facts={"list": "due"})
    assert [row["action"] for row in _entries(people, auditor)] == ["export", "export"]


def test_a_search_is_known_by_its_kind_and_a_keyed_hash_never_by_its_words() -> None:
    facts = searched(Question.parse("Minah Osman"), Filters(district="0803"), 7, secret="one")
    assert facts["by"] == ["name"]
    assert facts["found"] == 7
    assert "MINAH" not in json.dumps(facts).upper()
    assert facts["key"] == keyed_hash(" minah  OSMAN ", secret="one")
    assert facts["key"] != keyed_hash("Minah Osman", secret="other")


def test_auditors_see_names_of_fields_and_no_value(
    people: People, owner: Connection, auditor: Principal, household: int
) -> None:
    owner.execute(_SECRET_CHANGE, {"id": household})
    owner.commit()
    found = _entries(people, auditor)
    assert found[0]["fields"] == ["phone"]
    told = f"{found} {written_out(found, words_of('ms'))}"
    assert "0123456789" not in told
    assert "Minah" not in told
    with people.reading(auditor) as connection:
        assert connection.scalar(text("SELECT count(*) FROM audit_log")) == 0


@pytest.mark.parametrize("role", [Role.PLANNER, Role.OFFICER, Role.AGENCY, Role.COUNCIL, Role.COORDINATOR])
def test_who_may_not_read_the_log_sees_nothing_of_it_and_verifies_nothing(
    people: People, owner: Connection, role: Role, household: int
) -> None:
    owner.execute(_SECRET_CHANGE, {"id": household})
    owner.commit()
    who = people.add(f"ujian.{role}", role, "0803")
    assert _entries(people, who) == []
    with people.reading(who) as connection:
        assert oversight.actions(connection) == []
        assert oversight.chain_state(connection) is None
    with pytest.raises(Exception, match="may not verify"), people.writing(who) as session:
        verify(session)


def test_an_auditor_of_a_district_sees_its_entries_only(people: People, owner: Connection, household: int) -> None:
    owner.execute(_SECRET_CHANGE, {"id": household})
    owner.commit()
    assert len(_entries(people, people.add("audit.kinta", Role.AUDITOR, "0803"))) == 1
    assert _entries(people, people.add("audit.kangsar", Role.AUDITOR, "0805")) == []


def test_entries_are_found_by_period_person_action_and_district(
    people: People, owner: Connection, officer: Principal, auditor: Principal, household: int
) -> None:
    owner.execute(_SECRET_CHANGE, {"id": household})
    owner.commit()
    _read(people, officer, household)
    today = owner.execute(text("SELECT (now() AT TIME ZONE 'Asia/Kuala_Lumpur')::date")).scalar_one()
    assert len(_entries(people, auditor, since=today, until=today)) == 2
    assert _entries(people, auditor, until=today.replace(year=today.year - 1)) == []
    assert [row["action"] for row in _entries(people, auditor, person="ujian.pegawai")] == ["read"]
    assert [row["action"] for row in _entries(people, auditor, done="edit")] == ["edit"]
    assert _entries(people, auditor, district="0805") == []
    with people.reading(auditor) as connection:
        assert oversight.actions(connection) == ["edit", "read"]
        assert oversight.count(connection, Entries(done="read")) == 1


def test_pages_begin_behind_an_entry_so_that_newer_ones_move_nothing(
    people: People, owner: Connection, auditor: Principal, household: int
) -> None:
    for _again in range(3):
        owner.execute(_SECRET_CHANGE, {"id": household})
    owner.commit()
    with people.reading(auditor) as connection:
        first = oversight.entries(connection, Entries(), limit=2)
    owner.execute(_SECRET_CHANGE, {"id": household})
    owner.commit()
    with people.reading(auditor) as connection:
        second = oversight.entries(connection, Entries(), limit=2, before=first[-1]["entry_id"])
    assert len(second) == 1
    assert {row["entry_id"] for row in first} & {row["entry_id"] for row in second} == set()


def test_entries_of_a_household_are_found_by_its_file_number_and_by_a_member_who_is_looked_up_as_at_the_counter(
    people: People, owner: Connection, auditor: Principal, household: int
) -> None:
    other = add_household(owner, "K2", district="0803", name="Siti")
    owner.execute(text("UPDATE ekasih.person SET id_no = '800101085555' WHERE household_id = :id"), {"id": household})
    for number in (household, other):
        owner.execute(_SECRET_CHANGE, {"id": number})
    owner.commit()
    with people.writing(auditor) as session:
        assert household_of_log(session, file_no=" k1 ") == household
        assert household_of_log(session, file_no="K9") is None
    assert owner.scalar(_CHECKS) == 0
    with people.writing(auditor) as session:
        assert household_of_log(session, id_no="800101-08-5555") == household
        assert household_of_log(session, id_no="800101-08-5556") is None
    assert owner.scalar(_CHECKS) == 2
    assert "800101" not in str(owner.execute(text("SELECT after FROM ekasih.audit_log")).scalars().all())
    assert [row["file_no"] for row in _entries(people, auditor, about=(household,))] == ["K1"]
    kangsar = people.add("audit.kangsar", Role.AUDITOR, "0805")
    with people.writing(kangsar) as session:
        assert household_of_log(session, file_no="K1") is None
        assert household_of_log(session, id_no="800101085555") is None
    owner.execute(text("UPDATE ekasih.setting SET value = '2' WHERE key = 'checking.per_minute'"))
    owner.commit()
    with pytest.raises(TooManyChecks), people.writing(auditor) as session:
        household_of_log(session, id_no="800101085557")
    clerk = people.add("ujian.perancang", Role.PLANNER)
    with people.writing(clerk) as session:
        assert household_of_log(session, file_no="K1") is None
    with pytest.raises(Exception, match="may not do this"), people.writing(clerk) as session:
        household_of_log(session, id_no="800101085555")


def test_values_are_told_where_they_are_about_no_person_or_to_those_who_see_the_person(
    people: People, owner: Connection, auditor: Principal, household: int
) -> None:
    owner.execute(_SECRET_CHANGE, {"id": household})
    owner.execute(
        text("""
        INSERT INTO ekasih.audit_log (actor, action, subject, subject_id, before, after)
        VALUES ('pentadbir', 'edit', 'account', 7, '{"role": "officer"}', '{"role": "planner"}'),
            ('seseorang', 'edit', 'household', :id, NULL, '{"id_no": "800101085555", "phone": "0111"}')
        """),
        {"id": household},
    )
    owner.commit()
    words = words_of("ms")
    told = {row["subject"]: fields_text(row, words) for row in _entries(people, auditor)}
    assert told["account"] == f"peranan: {words('role.officer')} → {words('role.planner')}"
    assert "01" not in told["household"]
    national = people.add("ujian.icu", Role.NATIONAL)
    seen = str([fields_text(row, words) for row in _entries(people, national)])
    assert f"{words('field.phone')}: 0123456789 → 0198765432" in seen
    assert "800101085555" not in seen


@pytest.mark.parametrize("newest", [None, 2, 1000])
def test_a_chain_that_holds_is_verified_and_that_is_told(
    people: People, officer: Principal, auditor: Principal, household: int, newest: int | None
) -> None:
    _read(people, officer, household)
    with people.writing(auditor) as session:
        note_read(session, "export", subject="audit")
    with people.writing(auditor) as session:
        assert verify(session, newest=newest) is None
    with people.reading(auditor) as connection:
        state = oversight.chain_state(connection)
    assert state is not None
    assert (state["links"], state["verified_links"], state["reason"]) == (3, 2, None)
    assert len(state["hash"]) == 64


def test_a_break_among_the_newest_links_is_found_and_one_before_them_by_verifying_all(
    people: People, owner: Connection, officer: Principal, auditor: Principal, household: int
) -> None:
    for _again in range(5):
        owner.execute(_SECRET_CHANGE, {"id": household})
        owner.commit()
    owner.execute(text("ALTER TABLE ekasih.audit_log DISABLE TRIGGER only_grows"))
    owner.execute(text("UPDATE ekasih.audit_log SET actor = 'x' WHERE id = (SELECT min(id) + 1 FROM ekasih.audit_log)"))
    owner.commit()
    assert officer
    with people.writing(auditor) as session:
        assert verify(session, newest=3) is None
    with people.writing(auditor) as session:
        broken = verify(session)
    assert broken is not None
    assert broken.link == 2
    with people.reading(auditor) as connection:
        state = oversight.chain_state(connection)
    assert state is not None
    assert state["broken_link"] == 2


def test_reading_does_not_make_the_register_newer(
    people: People, owner: Connection, officer: Principal, household: int
) -> None:
    with db.anonymous(people.web) as connection:
        before = accounts.register_state(connection)
    _read(people, officer, household)
    with db.anonymous(people.web) as connection:
        assert accounts.register_state(connection) == before
    assert owner.scalar(text("SELECT count(*) FROM ekasih.audit_log")) == 1


def test_without_an_entry_there_is_no_answer(people: People, officer: Principal, household: int) -> None:
    """Nothing may be noted that is no read: what is refused rolls back, and the error reaches who asked."""
    with pytest.raises(Exception, match="nobody reads"), people.writing(officer) as session:
        note_read(session, "edit", subject="household", subject_id=household)  # type: ignore[arg-type]
    assert issubclass(RegistryError, Exception)


def test_nothing_in_a_file_is_taken_for_a_formula() -> None:
    row = {
        "at": None, "actor": "=1+1", "action": "read", "subject": "household", "subject_id": 1, "file_no": None,
        "district_name": None, "source": None, "fields": [], "was": None, "became": None,
    }  # fmt: skip
    assert "'=1+1" in csv_file([], written_out([row], words_of("ms")))


def test_a_broken_seal_is_told_to_the_auditor_and_so_is_how_far_the_chain_is_sealed(
    people: People, owner: Connection, auditor: Principal, household: int, tmp_path: Path
) -> None:
    key, book = SealKey("only-for-tests"), SealBook(tmp_path / "seals")
    for _again in range(3):
        owner.execute(_SECRET_CHANGE, {"id": household})
        owner.commit()
        seal_newest(owner, key, book)
    with people.writing(auditor) as session:
        assert first_broken_seal_for(session, key, book) is None
    owner.execute(text("ALTER TABLE ekasih.audit_seal DISABLE TRIGGER only_grows"))
    owner.execute(text("DELETE FROM ekasih.audit_seal WHERE number = 2"))
    owner.commit()
    with people.writing(auditor) as session:
        broken = first_broken_seal_for(session, key, book)
        assert broken is not None
        assert verify(session, broken_seal=broken) == broken
    with people.writing(auditor) as session:
        assert first_broken_seal_for(session, key, book, newest=1) is None
    with people.reading(auditor) as connection:
        state = oversight.chain_state(connection)
    assert state is not None
    assert (state["broken_link"], state["sealed_link"], state["links"]) == (3, 3, 4)
    assert state["sealed_at"] is not None


def test_entries_are_found_by_a_persons_name_within_the_territory_and_the_name_stands_nowhere(
    people: People, owner: Connection, auditor: Principal
) -> None:
    here = add_household(owner, "N1", district="0803", name="Zulkiflee bin Mahyuddin")
    there = add_household(owner, "N2", district="0805", name="Zulkiflee bin Mahyuddin")
    owner.commit()
    with people.writing(auditor) as session:
        assert households_of_log(session, name="zulkiflee MAHYUDDIN") == tuple(sorted((here, there)))
        assert households_of_log(session, name="zulkiflee mahyuddin") != ()
        assert households_of_log(session, name="Tiada Orangnya") == ()
    kangsar = people.add("audit.kangsar", Role.AUDITOR, "0805")
    with people.writing(kangsar) as session:
        assert households_of_log(session, name="Zulkiflee Mahyuddin") == (there,)
    # the same name again within a day is one look-up
    assert owner.scalar(_CHECKS) == 3
    log = str(owner.execute(text("SELECT before, after FROM ekasih.audit_log")).all()).upper()
    assert "ZULKIFLEE" not in log
    assert "MAHYUDDIN" not in log


def test_names_are_looked_up_as_seldom_as_at_the_counter_and_by_who_reads_the_log_alone(
    people: People, owner: Connection, auditor: Principal
) -> None:
    owner.execute(text("UPDATE ekasih.setting SET value = '1' WHERE key = 'checking.per_minute'"))
    owner.commit()
    with people.writing(auditor) as session:
        households_of_log(session, name="Zulkiflee Mahyuddin")
    with pytest.raises(TooManyChecks), people.writing(auditor) as session:
        households_of_log(session, name="Ramasamy Muniandy")
    with pytest.raises(InvalidInput), people.writing(auditor) as session:
        households_of_log(session, name="Ali")
    clerk = people.add("ujian.perancang", Role.PLANNER)
    with pytest.raises(Exception, match="may not do this"), people.writing(clerk) as session:
        households_of_log(session, name="Zulkiflee Mahyuddin")


def test_an_entry_tells_where_it_came_from_and_the_chain_holds_it(
    people: People, owner: Connection, auditor: Principal, household: int
) -> None:
    for source in ("", "screen", "job"):
        owner.execute(text("SELECT set_config('ekasih.source', :source, true)"), {"source": source})
        owner.execute(_SECRET_CHANGE, {"id": household})
    owner.commit()
    found = _entries(people, auditor)
    assert [row["source"] for row in found] == ["job", "screen", "command"]
    assert [row[5] for row in written_out(found, words_of("ms"))] == ["Pekerjaan", "Skrin", "Arahan"]
    assert first_break(owner) is None
    owner.execute(text("ALTER TABLE ekasih.audit_log DISABLE TRIGGER ALL"))
    owner.execute(text("UPDATE ekasih.audit_log SET source = 'command' WHERE source = 'screen'"))
    assert first_break(owner) is not None
    owner.rollback()
