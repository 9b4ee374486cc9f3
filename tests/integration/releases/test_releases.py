"""A release: made once a month has closed, frozen, public once another person approved it, corrected by a new one."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry import db
from registry.errors import NotFound, NotPermitted
from registry.principals import Principal, Role
from registry.refusals import OwnRequest, ReasonMissing, ReleaseStands, sqlstate_of
from registry.releases.making import make_release
from registry.releases.releases import DecideRelease, ask_release, decide_release
from registry.status.months import close_months
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

TODAY = date(2026, 10, 2)
_COUNTS = text("""
    SELECT c.area_code, c.told, c.count FROM ekasih.release_count AS c JOIN ekasih.release AS r ON r.id = c.release_id
    WHERE r.number = :number AND c.month = :month AND c.cut = 'all' AND c.measure = 'poor' AND c.area_code = '0803'
    ORDER BY 1
""")


class Office:
    """Sixty-two poor households in one district, two people who approve releases, and a planner."""

    def __init__(self, owner: Connection, web: Engine) -> None:
        self.owner, self.web = owner, web
        for number in range(62):
            add_household(owner, f"A{number:03}", income=1500, on_date="2026-08-10")
        close_months(owner, up_to=TODAY)
        self.one = add_principal(owner, "icu", Role.NATIONAL)
        self.other = add_principal(owner, "icu2", Role.NATIONAL)
        self.planner = add_principal(owner, "menteri", Role.PLANNER)
        owner.commit()

    def make(self, today: date = TODAY) -> str | None:
        made = make_release(self.owner, today=today)
        self.owner.commit()
        return made.number if made else None

    def decide(self, who: Principal, number: str, *, approved: bool = True, reason: str = "Disemak") -> str:
        with db.writing(self.web, who) as session:
            return decide_release(session, DecideRelease(number=number, approved=approved, reason=reason))

    def ask(self, who: Principal, reason: str = "Rekod dibetulkan") -> str:
        with db.writing(self.web, who) as session:
            return ask_release(session, reason)

    def told(self, number: str, month: str = "2026-09-01") -> list[tuple[str, str, int | None]]:
        return [tuple(row) for row in self.owner.execute(_COUNTS, {"number": number, "month": month})]

    def seen(self, who: Principal) -> set[str]:
        with db.reading(self.web, who) as connection:
            found = set(connection.scalars(text("SELECT number FROM ekasih.release")))
            rows = set(
                connection.scalars(
                    text("""
                SELECT r.number FROM ekasih.release AS r JOIN ekasih.release_count AS c ON c.release_id = r.id
            """)
                )
            )
        assert rows == found
        return found


@pytest.fixture
def office(owner: Connection, web: Engine) -> Office:
    """The office."""
    return Office(owner, web)


def test_a_month_is_released_once_and_read_by_all_once_it_is_approved(office: Office) -> None:
    assert office.make() == "2026-09.1"
    assert office.make() is None
    assert office.told("2026-09.1") == [("0803", "angka", 60)]
    assert office.told("2026-09.1", "2026-08-01") == office.told("2026-09.1")
    assert office.seen(office.planner) == set()
    assert office.seen(office.one) == {"2026-09.1"}
    with pytest.raises(NotPermitted):
        office.decide(office.planner, "2026-09.1")
    with pytest.raises(ReasonMissing):
        office.decide(office.one, "2026-09.1", reason=" ")
    with pytest.raises(NotFound):
        office.decide(office.one, "2026-09.7")
    assert office.decide(office.one, "2026-09.1") == "diluluskan"
    # what follows of itself is the system's: who decides may not ask for it
    asked = text("SELECT count(*) FROM ekasih.job WHERE task = 'releases.make' AND asked_by IS NULL")
    assert office.owner.scalar(asked) == 1
    assert office.seen(office.planner) == {"2026-09.1"}
    with pytest.raises(ReleaseStands):
        office.decide(office.other, "2026-09.1", approved=False)
    assert office.owner.scalars(text("SELECT action FROM audit_log WHERE subject = 'release' ORDER BY id")).all() == [
        "make_release", "approve_release",
    ]  # fmt: skip


def test_nothing_of_a_sealed_release_changes_whoever_tries(office: Office) -> None:
    office.make()
    office.decide(office.one, "2026-09.1")
    for change in (
        "UPDATE ekasih.release_count SET count = 65 WHERE count = 60",
        "DELETE FROM ekasih.release_count",
        (
            "INSERT INTO ekasih.release_count"
            " SELECT release_id, '2020-01-01', area_code, cut, measure, told, count, rate"
            " FROM ekasih.release_count WHERE month = '2026-09-01'"
        ),
        "UPDATE ekasih.release_area SET name = 'X'",
        "DELETE FROM ekasih.release_aid; DELETE FROM ekasih.release",
        "UPDATE ekasih.release SET checksum = 'x'",
        "UPDATE ekasih.release SET state = 'sedia', decided_at = NULL, decided_by = NULL, answer = NULL",
        "TRUNCATE ekasih.release_count",
    ):
        with pytest.raises(DBAPIError) as refused:
            office.owner.execute(text(change))
        assert sqlstate_of(refused.value) == "EK256"
        office.owner.rollback()


def test_a_correction_is_a_new_release_that_another_person_approves(office: Office) -> None:
    with pytest.raises(NotFound):
        office.ask(office.one)
    office.make()
    with pytest.raises(ReleaseStands):
        office.ask(office.one)
    office.decide(office.one, "2026-09.1")
    with pytest.raises(NotPermitted):
        office.ask(office.planner)
    for number in range(10):
        add_household(office.owner, f"B{number:03}", income=1500, on_date="2026-09-12")
    close_months(office.owner, up_to=date(2026, 9, 1))
    close_months(office.owner, up_to=TODAY)
    office.owner.commit()
    assert office.ask(office.one) == "2026-09.2"
    assert office.make() == "2026-09.2"
    assert office.told("2026-09.2") == [("0803", "angka", 70)]
    assert office.told("2026-09.1") == [("0803", "angka", 60)]
    with pytest.raises(OwnRequest):
        office.decide(office.one, "2026-09.2")
    assert office.decide(office.other, "2026-09.2") == "diluluskan"


def test_what_was_told_of_a_month_is_told_again_though_its_records_changed(office: Office) -> None:
    office.make()
    office.decide(office.one, "2026-09.1")
    for number in range(10):
        add_household(office.owner, f"B{number:03}", income=1500, on_date="2026-09-12")
    close_months(office.owner, up_to=date(2026, 9, 1))
    close_months(office.owner, up_to=date(2026, 11, 2))
    office.owner.commit()
    assert office.make(date(2026, 11, 2)) == "2026-10.1"
    assert office.told("2026-10.1") == office.told("2026-09.1")
    assert office.told("2026-10.1", "2026-10-01") == [("0803", "angka", 70)]


def test_a_refused_release_stays_unseen_and_makes_room_for_another(office: Office) -> None:
    office.make()
    assert office.decide(office.one, "2026-09.1", approved=False, reason="Salah") == "ditolak"
    assert office.make() is None
    assert office.ask(office.one) == "2026-09.2"
    assert office.make() == "2026-09.2"
    office.decide(office.other, "2026-09.2")
    assert office.seen(office.planner) == {"2026-09.2"}
