"""From an application to a finished house: each step, who may take it, and what it needs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.aid_refusals import HousingMet
from registry.errors import NotFound, NotPermitted
from registry.project_refusals import (
    ProjectAboveRate,
    ProjectDefectOpen,
    ProjectHouseholds,
    ProjectIncomplete,
    ProjectNotTheirs,
    ProjectPhotoMissing,
    ProjectPlanDays,
    ProjectSamePerson,
    ProjectStepIllegal,
    ProjectUnitFull,
    ProjectWorkAccepted,
    ProjectWorkOpen,
    SumAboveCommitment,
)
from registry.projects.projects import mend_defect, note_defect
from registry.refusals import ReasonMissing
from registry.status.months import close_months
from tests.integration.projects.conftest import OFFICE, Projects, poor

if TYPE_CHECKING:
    from sqlalchemy import Connection


def state(projects: Projects, number: str) -> str:
    return str(projects.value("SELECT state FROM ekasih.project WHERE number = :number", number=number))


def test_a_house_goes_from_its_application_to_its_completion(projects: Projects) -> None:
    number = projects.begun()
    assert state(projects, number) == "dalam_pelaksanaan"
    assert (projects.balance("WARAN"), projects.balance("TANGGUNGAN")) == (114_000, 86_000)
    projects.done(number)
    projects.told_complete(number)
    with pytest.raises(ProjectSamePerson):
        projects.step(projects.coordinator, number, "siap")
    assert projects.step(projects.second, number, "siap") == "siap"
    # what is owed for the work stays committed, the rest is given back
    assert (projects.balance("WARAN"), projects.balance("TANGGUNGAN")) == (120_000, 80_000)
    steps = "SELECT string_agg(action, ' ' ORDER BY id) FROM ekasih.project_step"
    assert projects.value(steps) == "mohon semak sah_kos hantar peraku mula lapor_siap siap"
    houses = "SELECT (houses, on_time, office_code)::text FROM ekasih.houses_completed"
    assert projects.value(houses) == f"(1,1,{OFFICE})"
    with projects.owner.begin() as owner:
        close_months(owner, up_to=projects.today + timedelta(days=40))
    kept = "SELECT sum(value) FROM ekasih.measure_month WHERE measure = 'houses_completed' AND length(area_code) = 4"
    assert projects.value(kept) == 1


def test_no_step_is_taken_by_somebody_else(projects: Projects) -> None:
    number = projects.open()
    projects.photographed(number, "sebelum")
    found = {"visited_on": projects.today, "damage": "tidak_ekonomik", "land": "sendiri"}
    with pytest.raises(ProjectSamePerson):
        projects.step(projects.officer, number, "semak", **found)
    for who, refused in ((projects.unit, ProjectNotTheirs), (projects.ministry, ProjectNotTheirs),
                         (projects.neighbour, NotFound), (projects.elsewhere, NotFound)):  # fmt: skip
        with pytest.raises(refused):
            projects.step(who, number, "semak", **found)
    projects.step(projects.coordinator, number, "semak", **found)
    with pytest.raises(ProjectNotTheirs):
        projects.step(projects.coordinator, number, "sah_kos", cost_rm=1)
    projects.step(projects.unit, number, "sah_kos", cost_rm=80_000)
    with pytest.raises(ProjectNotTheirs):
        projects.step(projects.unit, number, "hantar", list_no="1", list_day=projects.today)
    projects.step(projects.coordinator, number, "hantar", list_no="1", list_day=projects.today)
    with pytest.raises(ProjectNotTheirs):
        projects.step(projects.unit, number, "peraku")
    with pytest.raises(ProjectIncomplete):  # a coordinator agrees by the committee's minutes alone
        projects.step(projects.coordinator, number, "peraku")
    projects.step(projects.coordinator, number, "peraku", minutes_no="JP 3/2026", minutes_day=projects.today)
    with pytest.raises(ProjectNotTheirs):
        projects.step(projects.ministry, number, "mula")
    with pytest.raises(ProjectStepIllegal):
        projects.step(projects.coordinator, number, "siap")


def test_only_who_works_in_an_office_opens_a_project_for_a_household_of_its_own(
    projects: Projects, owner: Connection
) -> None:
    for who in (projects.unit, projects.ministry):
        with pytest.raises(NotPermitted):
            projects.open(who)
    far = poor(owner, "02030000001", district="0203")
    owner.execute(text("UPDATE ekasih.household SET catchment_codes = '{}' WHERE id = :id"), {"id": far})
    owner.commit()
    for homes in ((), (far,), (projects.home, far)):
        with pytest.raises(ProjectHouseholds):
            projects.open(households=homes)


def test_what_does_not_hold_is_kept_and_goes_on_with_a_reason(projects: Projects, owner: Connection) -> None:
    owner.execute(text("UPDATE ekasih.household SET tenure = 'Setinggan', dwelling_type = 'Pangsa'"))
    owner.commit()
    number = projects.open()
    kept = projects.value("SELECT checks FROM ekasih.project WHERE number = :number", number=number)
    assert {one["check"]: (one["holds"], one["own"]) for one in kept} == {
        "status": (True, "tegar"), "kawasan": (True, None), "bertanah": (False, "Pangsa"),
        "bukan_setinggan": (False, "Setinggan"), "keperluan_bebas": (True, None),
    }  # fmt: skip
    found = {"visited_on": projects.today, "damage": "tidak_ekonomik", "land": "sendiri"}
    with pytest.raises(ProjectPhotoMissing):
        projects.step(projects.coordinator, number, "semak", **found)
    projects.photographed(number, "sebelum")
    with pytest.raises(ReasonMissing):
        projects.step(projects.coordinator, number, "semak", **found)
    with pytest.raises(ProjectIncomplete):  # a house that can be repaired is not built anew
        projects.step(projects.coordinator, number, "semak", reason="Lihat laporan", **(found | {"damage": "ekonomik"}))
    with pytest.raises(ProjectIncomplete):  # land of somebody else needs the written permission
        projects.step(projects.coordinator, number, "semak", reason="Lihat laporan", **(found | {"land": "kebenaran"}))
    assert projects.step(projects.coordinator, number, "semak", reason="Tapak baharu diberi", **found) == "disemak"


def test_the_cost_is_within_the_rate_and_the_unit_has_room(projects: Projects, owner: Connection) -> None:
    number = projects.checked()
    with pytest.raises(ProjectAboveRate):
        projects.step(projects.unit, number, "sah_kos", cost_rm=Decimal("90000.01"))
    owner.execute(text("UPDATE ekasih.setting SET value = '1' WHERE key = 'projects.unit_capacity'"))
    second = poor(owner, "08030000002")
    owner.commit()
    projects.begun(households=(second,))
    with pytest.raises(ProjectUnitFull):
        projects.step(projects.unit, number, "sah_kos", cost_rm=80_000)


def test_work_begins_within_the_commitment_with_all_days_planned(projects: Projects) -> None:
    number = projects.agreed()
    contractor = projects.contractor()
    with pytest.raises(SumAboveCommitment):
        projects.step(projects.coordinator, number, "mula", contractor_id=contractor, sum_rm=86_001, **projects.plan())
    short = {name: days[:4] for name, days in projects.plan().items()}
    with pytest.raises(ProjectPlanDays):
        projects.step(projects.coordinator, number, "mula", contractor_id=contractor, sum_rm=86_000, **short)
    with pytest.raises(ProjectIncomplete):
        projects.step(projects.coordinator, number, "mula", contractor_id=0, sum_rm=86_000, **projects.plan())
    projects.step(projects.coordinator, number, "mula", contractor_id=contractor, sum_rm=86_000, **projects.plan())


def test_a_house_is_complete_when_all_is_done_photographed_and_mended(projects: Projects) -> None:
    number = projects.begun()
    with pytest.raises(ProjectWorkOpen):
        projects.told_complete(number)
    projects.reported(number, 100, 100, 100, 100, 100)
    with pytest.raises(ProjectPhotoMissing):
        projects.told_complete(number)
    projects.done(number)
    with projects.writing(projects.officer) as session:
        defect = note_defect(session, number, day=projects.today, words="Bumbung bocor di dapur")
    with pytest.raises(ProjectDefectOpen):
        projects.told_complete(number)
    with projects.writing(projects.officer) as session:
        mend_defect(session, defect, day=projects.today, words="Ditampal")
    with pytest.raises(ProjectIncomplete):
        projects.step(projects.coordinator, number, "lapor_siap")
    projects.told_complete(number)
    projects.step(projects.second, number, "siap")
    with projects.writing(projects.officer) as session:  # defects are noted for a year; the state stays
        note_defect(session, number, day=projects.today, words="Cat terkupas")
    assert state(projects, number) == "siap"


def test_a_report_counts_once_somebody_else_accepts_it_and_less_needs_a_reason(projects: Projects) -> None:
    number = projects.begun()
    projects.reported(number, 50, 0, 0, 0, 0, accept=False)
    done = "SELECT ekasih.project_done(id, current_date) FROM ekasih.project WHERE number = :number"
    assert projects.value(done, number=number) == 0
    projects.reported(number, 60, 0, 0, 0, 0)
    assert projects.value(done, number=number) == 12
    with pytest.raises(ReasonMissing):
        projects.reported(number, 40, 0, 0, 0, 0)
    projects.reported(number, 40, 0, 0, 0, 0, reason="Asas retak dan dirobohkan")
    assert projects.value(done, number=number) == 8


def test_back_by_one_state_gives_back_what_was_agreed_to(projects: Projects) -> None:
    number = projects.begun()
    with pytest.raises(ReasonMissing):
        projects.step(projects.coordinator, number, "kembali")
    projects.step(projects.coordinator, number, "kembali", "Kontraktor menarik diri")
    projects.step(projects.ministry, number, "kembali", "Kos disemak semula")
    assert (state(projects, number), projects.balance("TANGGUNGAN")) == ("dihantar_kpkt", 0)
    assert projects.value("SELECT count(*) FROM ekasih.aid_claim WHERE ended_at IS NULL") == 0
    projects.step(projects.ministry, number, "peraku")
    assert projects.balance("TANGGUNGAN") == 86_000
    projects.step(
        projects.coordinator, number, "mula", contractor_id=projects.contractor(), sum_rm=1, **projects.plan()
    )
    projects.reported(number, 10, 0, 0, 0, 0)
    with pytest.raises(ProjectWorkAccepted):
        projects.step(projects.coordinator, number, "kembali", "Terlambat")


@pytest.mark.parametrize(("worked", "claims"), [(False, 0), (True, 1)])
def test_called_off_the_need_is_free_again_only_where_no_work_was_accepted(
    projects: Projects, *, worked: bool, claims: int
) -> None:
    number = projects.begun()
    if worked:
        projects.reported(number, 50, 0, 0, 0, 0)
    projects.step(projects.coordinator, number, "gantung", "Banjir")
    projects.step(projects.coordinator, number, "sambung", "Air surut")
    projects.step(projects.coordinator, number, "batal", "Penerima berpindah")
    assert projects.value("SELECT count(*) FROM ekasih.aid_claim WHERE ended_at IS NULL") == claims
    # a tenth of the work was done and is still owed
    assert projects.balance("TANGGUNGAN") == (8_000 if worked else 0)


def test_an_extension_of_time_is_another_version_of_the_plan(projects: Projects) -> None:
    number = projects.begun()
    later = {name: [day + timedelta(days=20) for day in days] for name, days in projects.plan().items()}
    with pytest.raises(ProjectIncomplete):
        projects.step(projects.coordinator, number, "lanjut", "Hujan", **later)
    projects.step(projects.coordinator, number, "lanjut", "Hujan", reference="EOT 1", **later)
    kept = "SELECT string_agg(version || reference, ',' ORDER BY version) FROM ekasih.project_plan"
    assert projects.value(kept) == "1,2EOT 1"


def test_a_variation_stays_within_the_commitment(projects: Projects) -> None:
    number = projects.begun()
    projects.step(projects.coordinator, number, "ubah_kerja", "Longkang tambahan", amount_rm=6_000)
    with pytest.raises(SumAboveCommitment):
        projects.step(projects.coordinator, number, "ubah_kerja", "Pagar", amount_rm=1)


def test_a_second_house_needs_leave_after_a_disaster(projects: Projects) -> None:
    first = projects.begun()
    assert state(projects, first) == "dalam_pelaksanaan"
    number = projects.open()
    projects.photographed(number, "sebelum")
    found = {"visited_on": projects.today, "damage": "tidak_ekonomik", "land": "sendiri"}
    projects.step(projects.coordinator, number, "semak", "Rumah musnah dalam kebakaran", **found)
    projects.step(projects.unit, number, "sah_kos", cost_rm=80_000)
    projects.step(projects.coordinator, number, "hantar", list_no="2", list_day=projects.today)
    with pytest.raises(HousingMet):
        projects.step(projects.ministry, number, "peraku")
    projects.step(projects.unit, number, "izin", "Rumah musnah dalam kebakaran besar", evidence="BOMBA 12/2026")
    assert projects.step(projects.ministry, number, "peraku") == "diperakukan"
