"""What a visit finds otherwise is asked for as a change of the record, or put right in the form."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.casework import finding_text, way_there
from dashboard.pages.visits.facts import change_of, differences_of, standing_of
from dashboard.pages.visits.shape import shape_of
from queries import cases
from queries.changes import requests
from registry.changes.requests import approve, carry_out
from registry.errors import InvalidInput, StaleRecord
from registry.households.commands import ChangeSeveral, EditAssets, EditDwelling, MoveHousehold
from registry.visits.visits import Place, Recorded, record_visit
from tests.integration.visits.conftest import a_visit, assigned
from tests.world import add_household
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.visits.visits import RecordVisit
    from tests.integration.visits.conftest import Staff

MS = words_of("ms")
_REGISTERED = text("UPDATE ekasih.case_file SET household_id = :household WHERE id = :id")
_SECOND = text("SELECT id FROM ekasih.person WHERE household_id = :id AND member_no = 2")
_NAMES = text("SELECT name FROM ekasih.person WHERE household_id = :id ORDER BY member_no")
_VEHICLE = text("SELECT vehicle, geom_accuracy_m, version FROM ekasih.household WHERE id = :id")


def registered(staff: Staff, owner: Connection, **facts: Any) -> tuple[int, int]:
    """A case that waits for a visit to a household of the register: its id and the household's."""
    household = add_household(owner, "A1", name="Rekod Berdaftar", income=400, **facts)
    owner.commit()
    case_id = assigned(staff)
    owner.execute(_REGISTERED, {"household": household, "id": case_id})
    owner.commit()
    return case_id, household


def found(staff: Staff, case_id: int, changes: dict[str, str], *, version: int = 1, **facts: Any) -> RecordVisit:
    """A visit that found ``changes`` of the facts that stand now."""
    with staff.reading(staff.enumerator) as connection:
        case = cases.whole_case(connection, case_id)
        assert case is not None
        standing = standing_of(connection, case.case)
    differences = differences_of(standing, changes)
    change = change_of(standing, differences, facts.get("place"), version=version)
    return a_visit(staff, case_id, **({"findings": {}, "differences": differences, "change": change} | facts))


def recorded(staff: Staff, visit: RecordVisit) -> Recorded:
    with staff.writing(staff.enumerator) as session:
        return record_visit(session, visit)


def head_of(owner: Connection, household: int) -> int:
    return int(
        owner.scalar(text("SELECT id FROM ekasih.person WHERE household_id = :id AND is_head"), {"id": household})
    )


def test_the_facts_of_the_record_stand_open_even_where_the_case_has_a_form(staff: Staff, owner: Connection) -> None:
    case_id, household = registered(staff, owner)
    with staff.reading(staff.enumerator) as connection:
        shape: Any = shape_of(connection, case_id, staff.enumerator, MS)
    facts = {fact["key"]: fact for part in shape["parts"] for fact in part["facts"]}
    person = head_of(owner, household)
    assert facts[f"{person}.name"]["text"] == "Rekod Berdaftar"
    assert facts[f"{person}.employment"]["value"] == "400.00"
    assert (facts[".vehicle"]["kind"], facts[".vehicle"]["value"]) == ("choice", "")
    assert shape["household"] == 1
    assert {"Motosikal", "Kereta"} <= {one["value"] for one in shape["choices"]["vehicle"]}


def test_a_number_a_district_and_the_head_are_told_and_not_changed(staff: Staff, owner: Connection) -> None:
    case_id, household = registered(staff, owner)
    person = head_of(owner, household)
    for key in (f"{person}.id_no", ".district_code", f"{person}.relationship", "99999.name", ".agency", "x"):
        with pytest.raises(InvalidInput) as refused:
            found(staff, case_id, {key: "y"})
        assert refused.value.problems == {key: "member_gone"}


def test_what_differs_becomes_one_request_and_the_record_waits_for_its_approval(
    staff: Staff, owner: Connection
) -> None:
    case_id, household = registered(staff, owner)
    person = head_of(owner, household)
    changes = {".vehicle": "Kereta", ".toilet": "Curah", f"{person}.employment": "700", f"{person}.skill": "Jahitan"}
    done = recorded(staff, found(staff, case_id, changes))
    assert done.request_id is not None
    assert owner.execute(_VEHICLE, {"id": household}).one()[0] is None
    owner.rollback()
    with staff.reading(staff.coordinator) as connection:
        [request], total = requests(connection, state="waiting")
    assert (total, request["kind"], request["requester"]) == (1, "change_several", "pembanci")
    assert (request["before"]["vehicle"], request["after"]["vehicle"]) == (None, "Kereta")
    assert request["after"]["toilet"] == "Curah"
    assert (request["before"]["1.employment"], request["after"]["1.employment"]) == ("400.00", "700")
    assert request["after"]["1.skill"] == "Jahitan"
    with staff.writing(staff.coordinator) as session:
        saved = approve(session, done.request_id)
    assert saved is not None
    assert {"vehicle", "toilet", "1.employment", "1.skill"} <= set(saved.changed)
    assert saved.per_capita_before_rm < saved.per_capita_after_rm
    assert owner.execute(_VEHICLE, {"id": household}).one()[0] == "Kereta"


def test_what_is_the_same_after_all_asks_for_nothing(staff: Staff, owner: Connection) -> None:
    case_id, household = registered(staff, owner)
    visit = found(staff, case_id, {f"{head_of(owner, household)}.name": " Rekod  Berdaftar "})
    assert (visit.differences, visit.change) == ((), None)
    assert recorded(staff, visit).request_id is None


def test_a_record_that_was_changed_meanwhile_is_a_conflict_and_keeps_no_visit(staff: Staff, owner: Connection) -> None:
    case_id, household = registered(staff, owner)
    visit = found(staff, case_id, {".vehicle": "Kereta"})
    owner.execute(text("UPDATE ekasih.household SET version = 2 WHERE id = :id"), {"id": household})
    owner.commit()
    with pytest.raises(StaleRecord):
        recorded(staff, visit)
    assert owner.scalar(text("SELECT count(*) FROM ekasih.visit")) == 0


def test_a_fact_that_cannot_be_so_keeps_neither_visit_nor_request(staff: Staff, owner: Connection) -> None:
    case_id, _household = registered(staff, owner)
    with pytest.raises(InvalidInput) as refused:
        recorded(staff, found(staff, case_id, {".vehicle": "Kereta", ".postcode": "1"}))
    assert set(refused.value.problems) == {"postcode"}
    for table in ("visit", "change_request"):
        assert owner.scalar(text(f"SELECT count(*) FROM ekasih.{table}")) == 0


@pytest.mark.parametrize(
    ("latitude", "accuracy", "asks"), [(4.4701, 8, False), (4.4703, 8, True), (4.4703, 100, False), (4.49, 100, True)]
)
def test_a_point_beyond_both_accuracies_is_asked_for_as_a_move(
    staff: Staff, owner: Connection, latitude: float, accuracy: float, asks: bool
) -> None:
    case_id, household = registered(staff, owner)
    place = Place(latitude=latitude, longitude=101.04, source="gps", accuracy_m=accuracy)
    done = recorded(staff, found(staff, case_id, {}, place=place))
    assert (done.request_id is not None) is asks
    if asks:
        with staff.writing(staff.coordinator) as session:
            approve(session, done.request_id or 0)
        assert owner.execute(_VEHICLE, {"id": household}).one()[1] == accuracy


def test_a_point_that_was_found_by_its_address_gives_way_to_any_visit(staff: Staff, owner: Connection) -> None:
    case_id, _household = registered(staff, owner, geom_method="village")
    place = Place(latitude=4.47, longitude=101.04, source="typed", accuracy_m=100)
    change: Any = found(staff, case_id, {}, place=place).change
    assert [type(one) for one in change.changes] == [MoveHousehold]


def test_a_household_that_is_not_registered_yet_has_its_form_put_right(staff: Staff, owner: Connection) -> None:
    case_id = assigned(staff)
    visit = found(staff, case_id, {".vehicle": "Kereta", "m2.employment": "250", "m1.name": "Ali bin Abu Bakar"})
    assert recorded(staff, visit).request_id is None
    kept = text("SELECT draft, head_name FROM ekasih.case_file WHERE id = :id")
    draft, head = owner.execute(kept, {"id": case_id}).one()
    assert (draft["harta"]["vehicle"], draft["members"][1]["employment"]) == ("Kereta", "250")
    assert (draft["harta"]["land_acres"], draft["members"][1]["name"]) == ("1.5", "Siti binti Ahmad")
    assert head == "Ali bin Abu Bakar"


def test_a_form_is_not_put_right_with_what_cannot_be(staff: Staff, owner: Connection) -> None:
    case_id = assigned(staff)
    with pytest.raises(InvalidInput) as refused:
        recorded(staff, found(staff, case_id, {"m1.birth_date": "31/02/1970", ".postcode": "x"}))
    assert refused.value.problems == {"m1.birth_date": "date", ".postcode": "postcode"}
    assert owner.scalar(text("SELECT count(*) FROM ekasih.visit")) == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_visit_tells_each_fact_before_and_after(staff: Staff, owner: Connection, language: str) -> None:
    words, case_id = words_of(language), assigned(staff)
    recorded(staff, found(staff, case_id, {".vehicle": "Kereta", "m3.in_school": "no"}))
    findings: Any = owner.scalar(text("SELECT findings FROM ekasih.visit"))
    car, bike = words("choice.kereta"), words("choice.motosikal")
    assets = finding_text(findings["harta"], words)
    assert assets == f"{words('visit.differs')}: {words('field.vehicle')}: {bike} → {car}"
    school = finding_text(findings["pendidikan"], words)
    assert f"Abu bin Ali: {words('field.in_school')}: {words('answer.yes')} → {words('answer.no')}" in school


def test_several_changes_stand_or_fall_together(staff: Staff, owner: Connection) -> None:
    _case, household = registered(staff, owner)
    at = {"household_id": household, "version": 1}
    several = ChangeSeveral(**at, changes=(EditAssets(**at, vehicle="Kereta"), EditDwelling(**at, room_count=-1)))
    with pytest.raises(InvalidInput), staff.writing(staff.officer) as session:
        carry_out(session, several)
    assert tuple(owner.execute(_VEHICLE, {"id": household}).one())[::2] == (None, 1)


def test_a_way_there_holds_the_coordinates_and_nothing_else() -> None:
    assert way_there({"latitude": 4.5, "longitude": 101.0, "name": "Ali"}) == {
        "waze": "https://waze.com/ul?ll=4.500000,101.000000&navigate=yes",
        "google": "https://www.google.com/maps/dir/?api=1&destination=4.500000,101.000000",
    }
    assert way_there({"latitude": None, "longitude": None}) is None


def test_members_who_joined_or_left_are_asked_for_with_before_and_after(staff: Staff, owner: Connection) -> None:
    case_id, household = registered(staff, owner)
    second = owner.scalar(_SECOND, {"id": household})
    joined = {"baru1.name": "Bayi Baharu", "baru1.relationship": "Anak", "baru1.birth_date": "01/02/2026"}
    request = recorded(staff, found(staff, case_id, {**joined, f"{second}.removed": "moved_out"})).request_id
    assert request is not None
    with staff.reading(staff.officer) as connection:
        ((asked,), _total) = requests(connection, state="waiting")
    assert asked["kind"] == "change_several"
    assert "Bayi Baharu" in asked["after"].values()
    assert "moved_out" in asked["after"].values()
    assert "Ahli 2" in asked["before"].values()
    with staff.writing(staff.coordinator) as session:
        assert approve(session, request) is not None
    names = owner.scalars(_NAMES, {"id": household}).all()
    assert "Bayi Baharu" in names
    assert "Ahli 2" not in names
    visit = owner.scalar(text("SELECT findings FROM ekasih.visit WHERE case_id = :id"), {"id": case_id})
    told = finding_text(visit["peribadi"], MS)
    assert "Ahli 2: Dikeluarkan: " in told
    assert MS("reason.moved_out") in told
    assert "Bayi Baharu: " in told


def test_a_new_member_needs_a_name_and_a_relationship_and_the_head_stays(staff: Staff, owner: Connection) -> None:
    case_id, household = registered(staff, owner)
    with pytest.raises(InvalidInput) as refused:
        found(staff, case_id, {"baru2.birth_date": "01/02/2026"})
    assert refused.value.problems == {"baru2.name": "required", "baru2.relationship": "required"}
    with pytest.raises(InvalidInput):
        found(staff, case_id, {f"{head_of(owner, household)}.removed": "died"})


def test_who_is_of_a_household_that_is_not_registered_is_said_in_its_form(staff: Staff) -> None:
    case_id = assigned(staff)
    with pytest.raises(InvalidInput):
        found(staff, case_id, {"baru1.name": "Bayi Baharu"})
