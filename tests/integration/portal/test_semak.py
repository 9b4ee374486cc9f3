"""Semakan awam tells nobody anything about a number; who holds a code is answered at once."""

from __future__ import annotations

from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry import db
from registry.errors import NotFound, NotPermitted, StaleRecord
from registry.inquiries import inquiries
from registry.inquiries.inquiries import MakeCode, NoIdentityNumber, make_code, note, withdraw_code
from registry.principals import Role
from tests.integration.portal.conftest import without_reference
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

    from tests.integration.portal.conftest import Visitor

KEY = "kunci ujian"
REGISTERED, UNKNOWN = "810101081117", "820202082224"
_ROW = text("SELECT * FROM ekasih.status_inquiry ORDER BY id DESC LIMIT 1")


def asked(identity: str, **other: str) -> dict[str, str]:
    return {"identity": identity, "telephone": "0123456789", "answer_by": "telefon", "district": "0805", **other}


@pytest.fixture
def household(owner_engine: Engine) -> int:
    """A registered household of Kinta whose head has a number."""
    with owner_engine.begin() as connection:
        home = add_household(connection, "900001", district="0803", mukim="080305")
        connection.execute(text("UPDATE ekasih.person SET id_no = :no WHERE is_head"), {"no": REGISTERED})
    return home


def test_every_question_is_answered_alike(visitor: Visitor, household: int, owner_engine: Engine) -> None:
    assert household
    numbers = (REGISTERED, UNKNOWN, "bukan nombor", "", REGISTERED, "<script>", "9" * 500)
    with owner_engine.begin() as connection:
        connection.execute(text("UPDATE ekasih.setting SET value = '1000' WHERE key LIKE 'portal.forms%'"))
    answers = [visitor.send("/awam/semak", asked(number)) for number in numbers]
    wrong = visitor.send("/awam/semak", {"district": "zz", "answer_by": "merpati"})
    for answer in (*answers, wrong):
        assert answer.status_code == HTTPStatus.OK
        assert without_reference(answer.data) == without_reference(answers[0].data)
        assert len(answer.data) == len(answers[0].data)
        assert dict(answer.headers) == dict(answers[0].headers)


def test_a_language_is_switched_without_losing_what_was_typed(visitor: Visitor) -> None:
    page = visitor.post("/awam/semak", {**asked("900101081234"), "bahasa": "en"}).get_data(as_text=True)
    assert "Check a status" in page
    for kept in ('value="900101081234"', 'value="0123456789"', 'value="0805" selected', 'value="telefon" checked'):
        assert kept in page


def test_the_job_brings_a_registered_number_before_the_office_that_holds_it(
    visitor: Visitor, household: int, owner_engine: Engine
) -> None:
    visitor.send("/awam/semak", asked(f"{REGISTERED[:6]}-{REGISTERED[6:8]}-{REGISTERED[8:]}"))
    with owner_engine.begin() as connection:
        assert connection.execute(_ROW).one().state == "baru"
        assert inquiries.sort(connection) == 1
        row = connection.execute(_ROW).one()
        assert (row.state, row.office_code, row.household_id) == ("menunggu", "0803", household)
        waits = connection.scalar(text("SELECT due_on - current_date FROM ekasih.status_inquiry"))
        assert waits in {7, 8}, "five working days"


@pytest.mark.parametrize(("wished", "office"), [("0805", "0805"), ("9999", None), ("", None)])
def test_an_unknown_number_waits_at_the_office_that_was_wished_for(
    visitor: Visitor, owner_engine: Engine, wished: str, office: str | None
) -> None:
    visitor.send("/awam/semak", asked(UNKNOWN, district=wished))
    with owner_engine.begin() as connection:
        inquiries.sort(connection)
        row = connection.execute(_ROW).one()
        assert (row.state, row.office_code, row.household_id) == ("menunggu", office, None)


def test_many_questions_about_a_number_are_one_to_answer(visitor: Visitor, owner_engine: Engine) -> None:
    for turn in range(4):
        visitor.send("/awam/semak", asked(UNKNOWN))
        if turn == 1:
            with owner_engine.begin() as connection:
                inquiries.sort(connection)
    with owner_engine.begin() as connection:
        inquiries.sort(connection)
        told = "SELECT state, asked_times, identity FROM ekasih.status_inquiry ORDER BY id"
        rows = [tuple(row) for row in connection.execute(text(told))]
    assert rows == [("menunggu", 4, UNKNOWN), *[("digabung", 1, "")] * 3]


def test_three_tries_close_a_question_and_its_numbers_go_in_time(
    visitor: Visitor, household: int, owner_engine: Engine, web: Engine
) -> None:
    with owner_engine.begin() as connection:
        here = add_principal(connection, "sini", Role.OFFICER, "0803")
        there = add_principal(connection, "sana", Role.OFFICER, "0805")
    visitor.send("/awam/semak", asked(REGISTERED))
    with owner_engine.begin() as connection:
        inquiries.sort(connection)
        number = connection.execute(_ROW).one().id
    with db.writing(web, there) as session, pytest.raises(NotPermitted):
        note(session, number, 1, "dijawab")
    states = []
    for version in (1, 2, 3):
        with db.writing(web, here) as session:
            states.append(note(session, number, version, "tidak_dijawab"))
    assert states == ["menunggu", "menunggu", "tidak_dihubungi"]
    with db.writing(web, here) as session, pytest.raises(StaleRecord):
        note(session, number, 4, "dijawab")
    with owner_engine.begin() as connection:
        connection.execute(text("UPDATE ekasih.status_inquiry SET closed_at = now() - interval '91 days'"))
        inquiries.sweep(connection)
        row = connection.execute(_ROW).one()
        assert (row.identity, row.telephone, row.number) == ("", "", None)


def code_for(web: Engine, owner_engine: Engine, household: int) -> tuple[str, int]:
    """A code of the household's head, made by an officer of its district, and who made it."""
    with owner_engine.begin() as connection:
        officer = add_principal(connection, "pegawai.kod", Role.OFFICER, "0803")
    with db.writing(web, officer) as session:
        return make_code(
            session, MakeCode(household_id=household, member_no=1, way="kaunter"), key=KEY
        ), officer.user_id


def test_a_code_answers_at_once_and_tells_no_name_status_or_income(
    visitor: Visitor, household: int, owner_engine: Engine, web: Engine
) -> None:
    code, _ = code_for(web, owner_engine, household)
    page = visitor.send("/awam/kod", {"identity": REGISTERED, "code": code.lower().replace("-", " ")}).get_data(
        as_text=True
    )
    assert "Isi rumah ini ada dalam daftar" in page
    assert "Pejabat Daerah Kinta" in page
    for untold in (REGISTERED, "tegar", "RM", "Ahli"):
        assert untold not in page


def test_a_wrong_code_and_an_unknown_number_are_told_alike(
    visitor: Visitor, household: int, owner_engine: Engine, web: Engine
) -> None:
    code, _ = code_for(web, owner_engine, household)
    other = "0000-0000-0000"
    answers = [
        visitor.send("/awam/kod", {"identity": number, "code": said}).data
        for number, said in ((REGISTERED, other), (UNKNOWN, code), (UNKNOWN, other), ("", ""))
    ]
    assert set(answers) == {answers[0]}


def test_a_code_that_is_withdrawn_or_over_answers_no_more(
    visitor: Visitor, household: int, owner_engine: Engine, web: Engine
) -> None:
    code, _ = code_for(web, owner_engine, household)
    asked_for = {"identity": REGISTERED, "code": code}
    with owner_engine.begin() as connection:
        connection.execute(text("UPDATE ekasih.check_code SET valid_until = current_date - 1"))
    assert "tidak sepadan" in visitor.send("/awam/kod", asked_for).get_data(as_text=True)
    with owner_engine.begin() as connection:
        connection.execute(text("UPDATE ekasih.check_code SET valid_until = current_date"))
        number = connection.scalar(text("SELECT id FROM ekasih.check_code"))
        again = add_principal(connection, "pegawai.lain", Role.OFFICER, "0803")
    assert "ada dalam daftar" in visitor.send("/awam/kod", asked_for).get_data(as_text=True)
    with db.writing(web, again) as session:
        withdraw_code(session, number)
    assert "tidak sepadan" in visitor.send("/awam/kod", asked_for).get_data(as_text=True)


def test_codes_are_tried_ten_times_a_day(visitor: Visitor, owner_engine: Engine) -> None:
    with owner_engine.begin() as connection:
        connection.execute(text("UPDATE ekasih.setting SET value = '1000' WHERE key LIKE 'portal.forms%'"))
    tries = [visitor.send("/awam/kod", {"identity": UNKNOWN, "code": "x"}).status_code for _ in range(11)]
    assert tries == [HTTPStatus.OK] * 10 + [HTTPStatus.TOO_MANY_REQUESTS]
    assert visitor.send("/awam/semak", asked(UNKNOWN)).status_code == HTTPStatus.OK


def test_a_code_is_made_by_who_works_on_the_record_for_a_member_with_a_number(
    household: int, owner_engine: Engine, web: Engine
) -> None:
    with owner_engine.begin() as connection:
        here = add_principal(connection, "sini", Role.OFFICER, "0803")
        there = add_principal(connection, "sana", Role.OFFICER, "0805")
    for who, member, refusal in ((there, 1, NotFound), (here, 2, NoIdentityNumber), (here, 99, NotFound)):
        with db.writing(web, who) as session, pytest.raises(refusal):
            make_code(session, MakeCode(household_id=household, member_no=member, way="kaunter"), key=KEY)


def test_the_hash_of_a_code_is_read_by_nobody(
    household: int, owner_engine: Engine, web: Engine, owner: Connection
) -> None:
    code, made_by = code_for(web, owner_engine, household)
    kept = str(owner.execute(text("SELECT * FROM ekasih.check_code")).one())
    assert code.replace("-", "") not in kept
    assert str(made_by) in kept
    readable = text("SELECT has_column_privilege('app_web', 'ekasih.check_code', 'digest', 'SELECT')")
    assert owner.scalar(readable) is False
