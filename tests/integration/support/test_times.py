"""A ticket's times run in the working hours of its place; who is told is told once; the counts are the tickets'."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from poverty.working_time import MALAYSIA
from registry.errors import NotPermitted
from registry.mailing import OwnMailSettings
from registry.office_refusals import TicketUnknown
from registry.principals import Role
from registry.support.clock import tidy
from registry.support.mail import send_answers
from registry.support.tickets import rate_ticket, set_article, set_holiday, set_hours
from tests.jobs import work_until_idle
from tests.world import add_principal

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from tests.integration.support.conftest import Desk
    from tests.postman import Postman

FRIDAY_16 = datetime(2026, 11, 20, 16, tzinfo=MALAYSIA)
PLAIN = "DELETE FROM ekasih.support_holiday WHERE day BETWEEN '2026-11-01' AND '2026-12-31'"
BACK = "UPDATE ekasih.ticket SET opened_at = :at, turn_at = :at, clock_stale = true WHERE number = :number"


def told(desk: Desk) -> list[tuple[Any, ...]]:
    return desk.rows("SELECT measure, percent, told, reached_at FROM ekasih.ticket_escalation ORDER BY id")


def test_a_ticket_of_friday_afternoon_is_due_on_monday_and_two_hours_later_where_the_clock_stood_still(
    desk: Desk,
) -> None:
    desk.set(PLAIN)
    number = desk.open()
    desk.set(BACK, at=FRIDAY_16, number=number)
    desk.wind(FRIDAY_16)
    row = desk.row(number)
    assert (row.answer_due_at, row.solve_due_at) == (FRIDAY_16 + timedelta(days=3), FRIDAY_16 + timedelta(days=7))
    desk.step(desk.officer, number, "tanya", "Yang mana?")
    desk.step(desk.asks, number, "balas", "Yang ini")
    moment = "UPDATE ekasih.ticket_step SET at = :at WHERE action = :action"
    desk.set(moment, at=datetime(2026, 11, 23, 10, tzinfo=MALAYSIA), action="tanya")
    desk.set(moment, at=datetime(2026, 11, 23, 12, tzinfo=MALAYSIA), action="balas")
    # before anybody had answered, the same pause moves the first answer as well
    desk.set("UPDATE ekasih.ticket SET first_answer_at = NULL")
    desk.wind(FRIDAY_16)
    row = desk.row(number)
    assert row.answer_due_at == datetime(2026, 11, 24, 9, tzinfo=MALAYSIA)
    assert row.solve_due_at == datetime(2026, 11, 30, 9, tzinfo=MALAYSIA)


def test_a_place_has_the_weekend_of_its_state(desk: Desk) -> None:
    desk.set(PLAIN)
    due = {}
    for place in ("0301", "0101", None):  # Kelantan rests on Friday and Saturday, Johor no longer
        number = desk.open(place=place, urgency=2)
        desk.set(BACK, at=datetime(2026, 11, 19, 16, tzinfo=MALAYSIA), number=number)
        desk.wind(FRIDAY_16)
        due[place] = desk.row(number).answer_due_at.astimezone(MALAYSIA).strftime("%a %H")
    assert due == {"0301": "Sun 11", "0101": "Fri 11", None: "Fri 11"}


def test_each_share_of_a_time_is_told_once_and_raises_the_ticket(desk: Desk) -> None:
    desk.set(PLAIN)
    number = desk.open(urgency=2)
    opened = datetime(2026, 11, 23, 8, tzinfo=MALAYSIA)
    desk.set(BACK, at=opened, number=number)
    counted = []
    for hour in (10, 11, 11, 12, 14):
        found = desk.wind(opened.replace(hour=hour))
        counted.append((found["told"], desk.row(number).level, desk.row(number).told))
    assert counted == [
        (0, "daerah", None), (1, "daerah", "ketua"), (0, "daerah", "ketua"), (1, "negeri", "negeri"),
        (1, "negara", "negara"),
    ]  # fmt: skip
    assert told(desk) == [
        ("jawapan", percent, who, opened.replace(hour=hour))
        for percent, who, hour in ((75, "ketua", 11), (100, "negeri", 12), (150, "negara", 14))
    ]
    lists = {}
    for who in (desk.officer, desk.lead, desk.state, desk.national):
        with desk.reading(who) as conn:
            asked = "SELECT count(*) FROM ekasih.handled_tickets('dinaikkan', '-infinity', 0, 9)"
            lists[who.login] = conn.scalar(text(asked))
    assert lists == {"pegawai": 0, "penyelaras": 1, "negeri": 1, "negara": 1}
    noted = desk.rows("SELECT count(*) FROM ekasih.audit_log WHERE action = 'escalate_ticket'")
    assert noted == [(3,)]


def test_nobody_is_told_while_the_reporter_is_waited_for(desk: Desk) -> None:
    number = desk.open(urgency=2)
    opened = datetime.now(UTC) - timedelta(days=30)
    desk.set(BACK, at=opened, number=number)
    desk.step(desk.officer, number, "tanya", "Yang mana?")
    desk.set("UPDATE ekasih.ticket_step SET at = :at WHERE action = 'tanya'", at=opened + timedelta(minutes=1))
    desk.set("UPDATE ekasih.ticket SET first_answer_at = :at", at=opened + timedelta(minutes=1))
    assert desk.wind()["told"] == 0
    assert desk.row(number).answered_in_time
    assert desk.row(number).tell_at is None


def test_a_change_of_the_calendar_moves_what_is_open(desk: Desk, owner: Connection) -> None:
    administrator = add_principal(owner, "pentadbir", Role.ADMINISTRATOR)
    owner.commit()
    desk.set(PLAIN)
    number = desk.open(urgency=3)
    desk.set(BACK, at=FRIDAY_16, number=number)
    with desk.writing(administrator) as session:
        set_holiday(session, "08", date(2026, 11, 23), name_ms="Cuti peristiwa")
        set_hours(session, "08", date(2026, 11, 24), (time(9), time(16)), [5, 6])
    desk.wind(FRIDAY_16)
    # one hour on Friday, seven on Tuesday, the ninth on Wednesday
    assert desk.row(number).answer_due_at == datetime(2026, 11, 25, 10, tzinfo=MALAYSIA)
    with desk.writing(administrator) as session:
        set_holiday(session, "08", date(2026, 11, 23), name_ms="")
    assert desk.row(number).clock_stale
    for stranger in (desk.national, desk.officer):
        with desk.writing(stranger) as session, pytest.raises(NotPermitted):
            set_holiday(session, "08", date(2026, 11, 23), name_ms="Cuti")
    with desk.writing(administrator) as session, pytest.raises(TicketUnknown):
        set_hours(session, "08", date(2026, 11, 24), (time(9), time(8)), [])
    with desk.writing(administrator) as session, pytest.raises(TicketUnknown):
        set_holiday(session, "99", date(2026, 11, 23), name_ms="Cuti")


def test_what_was_solved_closes_after_seven_days_and_its_pictures_go_after_ninety_more(desk: Desk) -> None:
    number = desk.open()
    with desk.writing(desk.asks) as session:
        session.execute(text("SELECT ekasih.add_ticket_picture(:number, 'x.jpg', '-', 1)"), {"number": number})
    desk.step(desk.officer, number, "ambil")
    desk.step(desk.officer, number, "selesai", "Sudah")
    found = []
    for days, column in ((6, "solved_at"), (8, "solved_at"), (89, "closed_at"), (91, "closed_at")):
        desk.set(f"UPDATE ekasih.ticket SET {column} = now() - make_interval(days => :days)", days=days)
        with desk.owner.begin() as conn:
            found.append(tidy(conn))
    assert found == [
        {"closed": 0, "pictures": 0}, {"closed": 1, "pictures": 0}, {"closed": 0, "pictures": 0},
        {"closed": 0, "pictures": 1},
    ]  # fmt: skip
    assert desk.row(number).state == "tutup"


def test_the_counts_of_the_board_are_those_of_the_tickets(desk: Desk) -> None:
    numbers = [desk.open(), desk.open(kind="ralat"), desk.open(place="0805"), desk.open()]
    desk.step(desk.officer, numbers[0], "ambil")
    desk.step(desk.officer, numbers[0], "selesai", "Sudah")
    with desk.writing(desk.asks) as session:
        rate_ticket(session, numbers[0], 4)
    desk.step(desk.officer, numbers[1], "jawab", "Sedang")
    desk.step(desk.officer, numbers[3], "gabung", into=numbers[1])
    with desk.writing(desk.officer) as session:
        set_article(session, numbers[1], "ralat-biasa")
    desk.set(
        "UPDATE ekasih.ticket SET opened_at = opened_at - interval '70 days' WHERE number = :number", number=numbers[2]
    )
    desk.wind()
    asked = """
        SELECT place, kind, opened, open_now, answered, answered_in_time, solved, solved_in_time, articles, rated,
            rating_sum
        FROM ekasih.ticket_month WHERE opened > 0 ORDER BY place, kind"""
    assert desk.rows(asked) == [
        ("0803", "data", 2, 0, 1, 1, 1, 1, 0, 1, 4), ("0803", "ralat", 1, 1, 1, 1, 0, 0, 1, 0, 0),
        ("0805", "data", 1, 1, 0, 0, 0, 0, 0, 0, 0),
    ]  # fmt: skip
    assert [desk.seen(who, "ticket_month") > 0 for who in (desk.officer, desk.planner, desk.agency)] == [
        True,
        False,
        False,
    ]
    desk.set("DELETE FROM ekasih.ticket")
    assert desk.rows("SELECT count(*) FROM ekasih.ticket_month WHERE (opened, open_now, rating_sum) <> (0, 0, 0)") == [
        (0,)
    ]


def test_an_answer_is_mailed_once_to_who_asked_for_that(desk: Desk, postman: Postman) -> None:
    number = desk.open(desk.planner, email="perancang@ekasih.example")
    desk.open(desk.planner)
    desk.step(desk.officer, number, "jawab", "Rekod 900101-08-1234 dibetulkan")
    with desk.writing(desk.planner) as session:
        asked = session.execute(text("SELECT count(*) FROM ekasih.ticket_contact"))
        assert asked.scalar() == 0
    assert send_answers(desk.owner, OwnMailSettings(smtp_host=None)) == 0
    assert [send_answers(desk.owner, postman.settings) for _ in range(2)] == [1, 0]
    (letter,) = postman.got
    assert letter.rcpt_tos == ["perancang@ekasih.example"]
    said = letter.content.decode("utf-8", "replace")
    assert number in said
    assert "https://ekasih.example/sokongan/" in said
    assert "900101" not in said


def test_opening_a_ticket_asks_for_the_job_that_works_its_clock_out(desk: Desk, tmp_path: Path) -> None:
    number = desk.open()
    assert desk.row(number).clock_stale
    work_until_idle(desk.owner, tmp_path)
    row = desk.row(number)
    assert not row.clock_stale
    assert row.answer_due_at is not None


def test_lists_are_read_on_from_a_key(desk: Desk, owner_engine: Engine) -> None:
    numbers = [desk.open() for _ in range(5)]
    desk.wind()
    found: list[int] = []
    with desk.reading(desk.officer) as conn:
        at, last = datetime(1900, 1, 1, tzinfo=UTC), 0
        while rows := conn.execute(
            text("SELECT id, at FROM ekasih.handled_tickets('terbuka', :at, :last, 2)"), {"at": at, "last": last}
        ).all():
            found += [row.id for row in rows]
            at, last = rows[-1].at, rows[-1].id
    assert sorted(found) == [int(number[1:]) for number in numbers]
    assert owner_engine is desk.owner
