"""What the pages of visits say: the round in its order, what is known at the door, what was given away and why not."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, text

from dashboard.casework import assigned_message, read_case
from dashboard.deps import Deps
from dashboard.pages.cases.visits import recorded
from dashboard.pages.visits.assigning import cases_by_mukim
from dashboard.pages.visits.round_of_day import round_of
from dashboard.pages.visits.shape import shape_of
from dashboard.pages.visits.stops import read_place
from queries import visits
from registry.installation.settings import Settings
from registry.refusals import StepIllegal
from registry.visits.photographs import AddPhotograph, keep_photograph
from registry.visits.visits import Assigned, Place, record_visit
from tests.integration.visits.conftest import a_visit, assigned, photograph, received, visited
from tests.world import add_household
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from tests.integration.visits.conftest import Staff

MS = words_of("ms")


def said(component: Any) -> str:
    """All that a component says, in the form in which it travels."""
    return json.dumps(component, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


@pytest.fixture
def deps(tmp_path: Path) -> Deps:
    """What a page is given, without a database of its own."""
    settings = Settings(home=tmp_path, given_secret_key="only for tests")
    return Deps(settings, create_engine("postgresql+psycopg://nobody@/nothing"), lambda: None)


def row(**facts: Any) -> dict[str, Any]:
    """A visit of a round."""
    from datetime import date

    return {
        "case_id": 1, "number": "K1", "head_name": "Ali", "address": None, "village": None, "mukim_name": None,
        "district_code": "0803", "district_name": "Kinta", "phone": None, "due_on": date(2026, 12, 1), "overdue": False,
        "latitude": None, "longitude": None, "accuracy_m": None, "method": None, "total": 1,
    } | facts  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_round_is_told_in_its_order_with_what_is_not_known(deps: Deps, language: str) -> None:
    words = words_of(language)
    found = [
        row(head_name="Tidak Diketahui"),
        row(head_name="Jauh", latitude=4.9, longitude=101.0, accuracy_m=30_000),
        row(head_name="Dekat", latitude=4.4, longitude=101.0, accuracy_m=10, overdue=True, phone="012-345 6789"),
    ]
    page = said(round_of(deps, found, 75, (4.3, 101.0), words))
    assert page.index('"Dekat"') < page.index('"Jauh"') < page.index('"Tidak Diketahui"')
    assert words("visit.no_place") in page
    assert words("visit.rough", distance="30 km") in page
    assert words("visit.round_line", n="3", total="75", km="66.7") in page
    assert "tel:0123456789" in page


def test_a_round_without_visits_or_places_says_so(deps: Deps) -> None:
    assert MS("visit.none_waiting") in said(round_of(deps, [], 0, None, MS))
    assert "visits-round-map" not in said(round_of(deps, [row()], 1, None, MS))


@pytest.mark.parametrize(
    ("told_by_device", "place"),
    [
        ({"latitude": 4.5, "longitude": "101.1"}, (4.5, 101.1)),
        ({"latitude": 51.5, "longitude": 0.1}, None),
        ({"latitude": "nan", "longitude": 101}, None),
        ({"at": 1}, None),
        (None, None),
        ("x", None),
    ],
)
def test_a_round_begins_where_a_device_can_be(told_by_device: Any, place: object) -> None:
    assert read_place(told_by_device) == place


@pytest.mark.parametrize(
    ("value", "case"), [("12:3", (12, 3)), ("12", None), ("x:1", None), ("", None), ("1:2:3", None)]
)
def test_a_ticked_box_stands_for_a_case_at_a_version(value: str, case: object) -> None:
    assert read_case(value) == case


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_given_away_and_what_was_not_is_said(language: str) -> None:
    words = words_of(language)
    page = said(assigned_message(Assigned((1, 2), {3: StepIllegal()}), words))
    assert words.n("visit.assigned", 2) in page
    assert words.n("visit.not_assigned", 1) in page
    assert words("error.case_step_illegal") in page


def test_cases_that_wait_are_listed_by_mukim(staff: Staff, owner: Connection) -> None:
    first, second = received(staff), received(staff)
    mukim = "UPDATE ekasih.case_file SET mukim_code = '080301' WHERE id = :id"
    owner.execute(text(mukim), {"id": second})
    owner.commit()
    with staff.reading(staff.coordinator) as connection:
        page = said(cases_by_mukim(*visits.unassigned(connection, "0803"), MS))
        assert visits.unassigned(connection, "0805") == ([], 0)
    assert page.index(f'"{second}:2"') < page.index(MS("visit.no_mukim")) < page.index(f'"{first}:2"')
    assert MS("visit.none_unassigned") in said(cases_by_mukim([], 0, MS))


def test_at_the_door_the_form_is_known_and_the_number_hidden(staff: Staff) -> None:
    case_id = assigned(staff)
    with staff.reading(staff.enumerator) as connection:
        shape = shape_of(connection, case_id, staff.enumerator, MS)
    assert shape is not None
    lines = {part["name"]: str(part["lines"]) for part in shape["parts"]}
    assert "Siti binti Ahmad" in lines["peribadi"]
    assert "RM500.00" in lines["pendapatan"]
    assert "BTB" in lines["bantuan"]
    assert "700101" not in str(shape)
    assert (shape["open"], shape["visit"]) == (True, None)


def test_at_the_door_of_a_registered_household_its_record_is_known(staff: Staff, owner: Connection) -> None:
    household = add_household(owner, "A1", name="Rekod Berdaftar", income=400)
    owner.commit()
    case_id = assigned(staff, members=[], aid=[])
    owner.execute(
        text("UPDATE ekasih.case_file SET household_id = :household WHERE id = :id"),
        {"household": household, "id": case_id},
    )
    owner.commit()
    with staff.reading(staff.enumerator) as connection:
        shape = shape_of(connection, case_id, staff.enumerator, MS)
    assert shape is not None
    lines = {part["name"]: str(part["lines"]) for part in shape["parts"]}
    assert "Rekod Berdaftar" in lines["peribadi"]
    assert "RM400.00" in lines["pendapatan"]


def test_of_a_case_elsewhere_nothing_is_known(staff: Staff) -> None:
    case_id = assigned(staff)
    with staff.reading(staff.elsewhere) as connection:
        assert shape_of(connection, case_id, staff.elsewhere, MS) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_a_case_tells_its_visits(staff: Staff, tmp_path: Path, language: str) -> None:
    words, case_id = words_of(language), assigned(staff)
    with staff.writing(staff.enumerator) as session:
        place = Place(latitude=4.47, longitude=101.04, source="gps", accuracy_m=8)
        visit = record_visit(session, a_visit(staff, case_id, place=place, remarks="Rumah kayu")).visit_id
    from uuid import uuid4

    upload = AddPhotograph(visit_id=visit, client_key=uuid4(), upload=photograph())
    photo = keep_photograph(tmp_path, lambda: staff.writing(staff.enumerator), upload)
    with staff.reading(staff.coordinator) as connection:
        page = said(recorded(visits.of_case(connection, case_id), words, land_url=None))
    assert f"{words('visit.differs')}: Bumbung bocor" in page
    assert f"4.47000, 101.04000, {words('visit.source_gps')}, ± 8 m" in page
    assert f"/foto/{photo}" in page
    assert "Rumah kayu" in page


def test_two_sendings_of_one_visit_at_the_same_time_keep_it_once(staff: Staff, owner: Connection) -> None:
    visit = a_visit(staff, assigned(staff))
    answers: list[bool] = []

    def send() -> None:
        with staff.writing(staff.enumerator) as session:
            answers.append(record_visit(session, visit).new)

    senders = [threading.Thread(target=send) for _ in range(4)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(answers) == [False, False, False, True]
    assert owner.scalar(text("SELECT count(*) FROM ekasih.visit")) == 1


def test_a_visit_of_another_officer_is_told_with_their_name(staff: Staff) -> None:
    case_id = assigned(staff)
    visited(staff, case_id)
    with staff.reading(staff.officer) as connection:
        shape = shape_of(connection, case_id, staff.officer, MS)
    assert shape is not None
    assert (shape["open"], shape["visit"]["officer"], shape["keys"]) == (False, "pembanci", [])
