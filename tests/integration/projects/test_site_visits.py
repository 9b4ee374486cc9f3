"""A visit to the site of a project, kept on a device and sent when there is a connection: once, and over nothing."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest
from PIL import Image
from sqlalchemy import text

from dashboard.pages.projects import progress
from dashboard.pages.projects.site_shape import taken_along
from layers import numbers
from queries import projects as queries
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.project_refusals import ProjectNotTheirs
from registry.projects.projects import judge_report
from registry.projects.site_visits import VisitProject, visit_project
from registry.refusals import ReasonMissing
from registry.visits.visits import Place
from tests.devices import SignedInDevice
from tests.integration.frame.conftest import client, database, server
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from flask import Flask
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.projects.conftest import Projects

__all__ = ["client", "database", "server"]

HERE = Place(latitude=4.47, longitude=101.041, source="gps", accuracy_m=9)
MS = words_of("ms")


def site(projects: Projects, who: Principal, number: str) -> dict[str, Any]:
    """The site as the device of somebody has it."""
    with projects.reading(who) as conn:
        found = queries.sites(conn, number=number)
    return dict(found[0])


def visit(projects: Projects, who: Principal, seen: dict[str, Any], *shares: int, **facts: Any) -> int:
    asked: dict[str, Any] = {
        "number": seen["number"], "version": seen["version"], "report": seen["report"], "client_key": uuid4(),
        "visited_at": datetime.now(UTC) - timedelta(hours=1), "shares": [Decimal(one) for one in shares], "place": HERE,
    } | facts  # fmt: skip
    with projects.writing(who) as session:
        return visit_project(session, VisitProject(**asked))


def test_a_visit_becomes_one_report_that_another_coordinator_accepts(projects: Projects) -> None:
    number, key = projects.begun(), uuid4()
    seen = site(projects, projects.officer, number)
    made = {visit(projects, projects.officer, seen, 100, 40, 0, 0, 0, client_key=key) for _ in range(3)}
    assert len(made) == 1
    with projects.reading(projects.second) as conn:
        (report,) = queries.whole(conn, number, today=projects.today).reports  # type: ignore[union-attr]
    assert (report["state"], report["own"]) == ("dihantar", False)
    assert (report["point_source"], report["apart_m"]) == ("gps", 111)
    told = str(progress._report(report, MS, judges=False))
    assert MS("site.apart", distance="111 m") in told
    assert projects.value("SELECT ekasih.project_done(id, current_date) FROM ekasih.project") == 0
    with projects.writing(projects.second) as session:
        judge_report(session, *made, accepted=True)
    assert projects.value("SELECT ekasih.project_done(id, current_date) FROM ekasih.project") == 32
    # what was sent again after all that is still the same visit
    assert visit(projects, projects.officer, seen, 100, 40, 0, 0, 0, client_key=key) in made
    asked = "SELECT count(*) FROM ekasih.audit_log WHERE action = 'report_project'"
    assert projects.value(asked) == 1


def test_what_moved_on_meanwhile_is_told_and_nothing_is_written_over(projects: Projects) -> None:
    number = projects.begun()
    seen = site(projects, projects.officer, number)
    projects.step(projects.coordinator, number, "lanjut", "Banjir", reference="EOT-1", **projects.plan(days=40))
    with pytest.raises(StaleRecord):
        visit(projects, projects.officer, seen, 100, 0, 0, 0, 0)
    seen = site(projects, projects.officer, number)
    assert seen["plan"] == 2
    projects.reported(number, 50, 0, 0, 0, 0, accept=False)
    with pytest.raises(StaleRecord):
        visit(projects, projects.officer, seen, 100, 0, 0, 0, 0)
    assert visit(projects, projects.officer, site(projects, projects.officer, number), 100, 0, 0, 0, 0)
    assert projects.value("SELECT count(*) FROM ekasih.project_report") == 2


def test_another_office_and_another_person_send_nothing(projects: Projects) -> None:
    number, key = projects.begun(), uuid4()
    seen = site(projects, projects.officer, number)
    for who in (projects.neighbour, projects.elsewhere):
        with pytest.raises(NotFound):
            visit(projects, who, seen, 100, 0, 0, 0, 0)
        with projects.reading(who) as conn:
            assert queries.sites(conn) == queries.sites(conn, number=number) == []
    with pytest.raises(ProjectNotTheirs):
        visit(projects, projects.unit, seen, 100, 0, 0, 0, 0)
    visit(projects, projects.officer, seen, 100, 0, 0, 0, 0, client_key=key)
    with pytest.raises(ProjectNotTheirs):
        visit(projects, projects.second, seen, 100, 0, 0, 0, 0, client_key=key)


def test_what_cannot_be_so_is_told_by_its_field(projects: Projects) -> None:
    number = projects.begun()
    projects.reported(number, 50, 0, 0, 0, 0)
    seen = site(projects, projects.officer, number)
    with pytest.raises(ReasonMissing):
        visit(projects, projects.officer, seen, 40, 0, 0, 0, 0)
    with pytest.raises(InvalidInput) as refusal:
        nowhere = Place(latitude=51.0, longitude=0.0, source="typed")
        visit(projects, projects.officer, seen, 60, 0, 0, 0, 0, shares=[None, *[Decimal(0)] * 4], place=nowhere)
    assert {"share_1", "accuracy"} < set(refusal.value.problems)
    # a clock that is ahead, or far behind, is not believed
    ahead = datetime.now(UTC) + timedelta(days=3)
    assert visit(projects, projects.officer, seen, 40, 0, 0, 0, 0, reason="Dinding dirobohkan", visited_at=ahead)
    assert projects.value("SELECT max(day) - current_date FROM ekasih.project_report") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sites_come_along_with_what_is_needed_the_longest_unreported_first(
    projects: Projects, owner: Connection, language: str
) -> None:
    words = words_of(language)
    number = projects.begun()
    projects.reported(number, 30, 0, 0, 0, 0)
    with projects.reading(projects.officer) as conn:
        found = queries.sites(conn)
    told = taken_along(found, projects.officer, words, opened=None)
    (along,) = told["sites"]
    assert told["shown"] == words("site.shown", n="1", total="1")
    assert along["people"][0]["name"] == "Aminah binti Contoh (08030000001)"
    assert along["needs"][0] == words.n("site.report_age", 0, day=numbers.day(projects.today))
    # two of five milestones are over by the plan, the third begins today; none is photographed
    asked = ", ".join(one["name"] for one in along["milestones"][:3])
    assert along["needs"][1:] == [words("site.photos_missing", names=asked)]
    assert (along["suggested"], along["open"], along["keys"]) == ("semasa:1", True, [])
    assert ["100%" in one["hint"] for one in along["milestones"]] == [True, True, False, False, False]


class Device(SignedInDevice):
    """A device with what it kept of visits to sites."""

    def visit(self, seen: dict[str, Any], key: UUID, **changes: Any) -> Any:
        form = {"shares": ["100", "40", "0", "0", "0"], "note": "Bumbung siap", "latitude": "4.47",
                "longitude": "101,041", "source": "gps", "accuracy": 9.4}  # fmt: skip
        sent = {"user": self.user, "key": str(key), "version": seen["version"], "report": seen["report"],
                "visited_at": datetime.now(UTC).isoformat(), "form": form} | changes  # fmt: skip
        return self.browser.post(f"/projek/{seen['number']}/tapak", json=sent, headers=self.headers)


def test_a_device_is_answered_in_words_and_by_what_stands_now(
    projects: Projects, server: Flask, owner: Connection
) -> None:
    owner.execute(text("""
        UPDATE ekasih.app_user AS u SET agency_id = o.agency_id, office_code = o.code
        FROM ekasih.office AS o WHERE o.code = 'PPKB-BG' AND u.login = 'ppkb.batugajah'
    """))  # fmt: skip
    owner.commit()
    number, key = projects.begun(), uuid4()
    device, seen = Device(server.test_client(), "ppkb.batugajah", owner), site(projects, projects.officer, number)
    reports = {device.visit(seen, key).get_json()["visit"] for _ in range(2)}
    assert len(reports) == 1
    taken = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(taken, "JPEG")
    address = (
        f"/projek/{number}/foto?kunci={uuid4()}&peringkat=semasa:1&saat=2199-01-01T00:00:00Z&lintang=4.47&bujur=101.04"
    )
    for _ in range(2):
        answer = device.browser.post(address, data=taken.getvalue(), content_type="image/jpeg", headers=device.headers)
        assert answer.status_code == 200
    days = "SELECT array_agg(day - current_date) FROM ekasih.project_photo WHERE phase = 'semasa'"
    assert projects.value(days) == [0]
    stale = device.visit(seen, uuid4())
    assert stale.status_code == 409
    now = stale.get_json()["conflict"]
    assert (now["report"], now["open"], now["milestones"][1]["done"]) == (*reports, True, "40")
    seen = site(projects, projects.officer, number)
    less = device.visit(seen, uuid4(), form={"shares": ["100", "20", "0", "0", "0"]})
    assert (less.status_code, less.get_json()["problems"]) == (422, {"reason": MS("site.reason_needed")})
    wrong = device.visit(seen, uuid4(), form={"shares": ["101", "40", "0", "0", "x"]})
    assert set(wrong.get_json()["problems"]) == {"share_1", "share_5"}
    assert device.visit(seen, uuid4(), user=0).status_code == 403
    for broken in ({"report": "1"}, {"version": "2"}, {"form": {"shares": "100"}}, {"form": 7}):
        assert device.visit(seen, uuid4(), **broken).status_code == 400
    projects.step(projects.coordinator, number, "gantung", "Hujan")
    held = device.visit(seen, uuid4())
    assert (held.status_code, held.get_json()["conflict"]["open"]) == (409, False)
