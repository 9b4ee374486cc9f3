"""The life of an application to each of its ends, and what the database refuses on the way."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from registry.aid.catalogue import kinds_of
from registry.aid.importing import AidTerms, import_aid
from registry.aid_refusals import (
    AmountAboveRate,
    AppealedOnce,
    AppealTooLate,
    ApplicantMissing,
    ApplicationCodeMissing,
    ApplicationHousehold,
    ApplicationIncomplete,
    ApplicationNotTheirs,
    ApplicationOpenAlready,
    ApplicationSamePerson,
    ApplicationStepIllegal,
    HousingMet,
    NeedMetAgain,
    NeedMetElsewhere,
    NeedMetWithin,
    ProgrammeNotOpen,
)
from registry.applications.applications import (
    OpenApplication,
    TakeStep,
    find_applicant,
    lapse,
    open_application,
    take_step,
)
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.refusals import MergeBlocked, ReasonMissing, refusals_named
from tests.integration.applications.conftest import facts, kind, member, today
from tests.world import add_household

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from tests.integration.applications.conftest import Aid


def claims(owner: Connection, number: str) -> list[dict[str, Any]]:
    owner.rollback()
    asked = text("SELECT * FROM ekasih.aid_claim WHERE application_no = :number")
    return [dict(row) for row in owner.execute(asked, {"number": number}).mappings()]


def back_to(owner: Connection, number: str, days: int) -> None:
    """Let an application's day be so many days ago."""
    owner.rollback()
    owner.execute(
        text(
            "UPDATE ekasih.aid_application SET state_since = state_since - :d, due_on = due_on - :d WHERE number = :n"
        ),
        {"d": days, "n": number},
    )
    owner.commit()


def test_goods_applied_for_at_a_counter_become_a_line_of_aid(aid: Aid, owner: Connection) -> None:
    number = aid.open(purpose="Tiada pendapatan bulan ini")
    assert aid.step(aid.officer, number, "hantar") == "diterima"
    assert aid.step(aid.checker, number, "semak", code="sokong", reason="Disahkan") == "disemak"
    assert aid.step(aid.approver, number, "lulus", amount_rm=Decimal(100)) == "diluluskan"
    (claim,) = claims(owner, number)
    assert (claim["household_id"], claim["need_code"], claim["line_id"]) == (aid.home, "MAKANAN", None)
    assert aid.handed(number) == "diserah"
    assert aid.received(number) == "selesai"
    (claim,) = claims(owner, number)
    asked = text("SELECT * FROM ekasih.aid_line WHERE id = :id")
    line = owner.execute(asked, {"id": claim["line_id"]}).mappings().one()
    assert (line["reference"], line["origin"], line["application_no"]) == (number, "handover", number)
    assert (line["amount_rm"], line["quantity"], line["period"]) == (100, 2, claim["period"])
    assert (line["outside_target"], facts(owner, number)["line_id"]) == (True, line["id"])


def test_the_verdict_is_kept_when_it_is_sent_in_and_bars_nothing(aid: Aid, owner: Connection) -> None:
    kept = facts(owner, aid.sent())
    assert kept["verdict"] == [
        {"path": [1], "holds": True, "own": "tegar"},
        {"path": [2], "holds": False, "own": "Sewa"},
    ]
    assert (kept["outside_target"], kept["state"], kept["submitted_version"]) == (True, "diterima", 1)


def test_an_application_needs_the_head_or_a_name_an_amount_and_an_open_programme(aid: Aid, owner: Connection) -> None:
    with pytest.raises(ApplicantMissing):
        aid.open(head_present=False)
    with pytest.raises(ApplicationIncomplete):
        aid.open(amount_rm=Decimal(0))
    with pytest.raises(ApplicationHousehold):
        aid.open(aid.elsewhere)
    number = aid.open(head_present=False, asked_by="Rosli bin Contoh", relation="Anak")
    owner.execute(text("UPDATE ekasih.aid_programme SET state = 'dijeda'"))
    owner.commit()
    with pytest.raises(ProgrammeNotOpen):
        aid.step(aid.officer, number, "hantar")
    with pytest.raises(ProgrammeNotOpen):
        aid.open(kind_id=aid.rent)


def test_a_household_has_one_open_application_for_a_kind(aid: Aid) -> None:
    number = aid.sent()
    with pytest.raises(ApplicationOpenAlready):
        aid.open()
    aid.open(kind_id=aid.food_elsewhere)
    aid.step(aid.officer, number, "tarik", reason="Tidak jadi")
    aid.open()


def test_of_several_rules_that_a_step_breaks_the_first_is_named(aid: Aid) -> None:
    number = aid.sent()
    with pytest.raises(ApplicationStepIllegal):
        aid.step(aid.approver, number, "lulus", amount_rm=Decimal(100))
    with pytest.raises(NotFound):
        aid.step(aid.other, number, "semak")
    with pytest.raises(ApplicationNotTheirs):
        aid.step(aid.officer, number, "semak")
    with pytest.raises(ReasonMissing):
        aid.step(aid.checker, number, "semak")
    with pytest.raises(ApplicationCodeMissing):
        aid.step(aid.checker, number, "semak", reason="Disahkan", code="entah")
    aid.step(aid.checker, number, "semak", code="tidak_sokong", reason="Rumah sewa")
    with pytest.raises(ApplicationSamePerson):
        aid.step(aid.checker, number, "lulus", amount_rm=Decimal(100))
    with pytest.raises(AmountAboveRate):
        aid.step(aid.approver, number, "lulus", amount_rm=Decimal("300.01"))
    with pytest.raises(ApplicationIncomplete):
        aid.step(aid.approver, number, "lulus")


def test_a_step_on_what_somebody_moved_meanwhile_is_stale(aid: Aid) -> None:
    number = aid.sent()
    with aid.writing(aid.checker) as session, pytest.raises(StaleRecord):
        take_step(session, TakeStep(number=number, version=1, action="semak", code="sokong", reason="Disahkan"))


def test_who_opened_it_for_the_own_agency_does_not_decide(aid: Aid, owner: Connection) -> None:
    owner.execute(text("UPDATE ekasih.person SET id_no = '800101085555' WHERE is_head"))
    owner.commit()
    with aid.writing(aid.approver) as session:
        assert find_applicant(session, "800101-08-5555", secret="s").registered
        assert not find_applicant(session, "800101-08-5556", secret="s").registered
    with pytest.raises(ApplicationHousehold):  # another account has not looked for it
        aid.sent(aid.second, household_id=None, id_no="800101085555")
    with pytest.raises(ApplicationHousehold):
        aid.sent(aid.approver, household_id=aid.home)
    command = OpenApplication(id_no="800101085555", kind_id=aid.food, amount_rm=Decimal(90), channel="agensi")
    with aid.writing(aid.approver) as session:
        number = open_application(session, command, secret="s")
    aid.step(aid.approver, number, "hantar")
    aid.step(aid.checker, number, "semak", code="sokong", reason="Disahkan")
    with pytest.raises(ApplicationSamePerson):
        aid.step(aid.approver, number, "lulus", amount_rm=Decimal(90))
    assert aid.step(aid.second, number, "lulus", amount_rm=Decimal(90)) == "diluluskan"


def test_an_identity_number_that_is_none_is_asked_for_again(aid: Aid) -> None:
    with aid.writing(aid.officer) as session, pytest.raises(InvalidInput):
        find_applicant(session, "8001", secret="s")


def test_a_rate_by_the_month_is_times_the_months_that_the_period_touches(aid: Aid) -> None:
    number = aid.checked()
    days = {"first_day": date(2030, 1, 15), "last_day": date(2030, 3, 2)}
    with pytest.raises(AmountAboveRate):
        aid.step(aid.approver, number, "lulus", amount_rm=Decimal("900.01"), **days)
    assert aid.step(aid.approver, number, "lulus", amount_rm=Decimal(900), **days) == "diluluskan"


@pytest.mark.parametrize("coverage", ["bulan", "tahun", "hari:45", "seumur"])
def test_periods_and_ceilings_are_those_by_which_deliveries_are_judged(
    aid: Aid, owner: Connection, coverage: str
) -> None:
    made = kind(owner, aid.welfare, "X", coverage=coverage)
    (same,) = (k for k in kinds_of(owner, aid.welfare).values() if k.id == made)
    asked = text("""
        SELECT lower(p), CASE WHEN upper_inf(p) THEN NULL ELSE upper(p) - 1 END, ekasih.aid_ceiling(:kind, p)
        FROM ekasih.aid_period(:coverage, :day, CAST(:given AS daterange)) AS p
    """)
    day = date(2024, 2, 29)
    for given in (None, (date(2024, 2, 29), date(2024, 12, 1))):
        written = given and f"[{given[0]},{given[1]}]"
        values = {"kind": made, "coverage": coverage, "day": day, "given": written}
        first, last, most = owner.execute(asked, values).one()
        period = same.period_of(day, given)
        assert ((first, last), most) == (period, same.ceiling(day, period))


def test_the_need_is_met_once_across_agencies_and_within_one(aid: Aid, owner: Connection) -> None:
    more = kind(owner, aid.welfare, "BAKUL2")
    owner.commit()
    aid.finished()
    with pytest.raises(NeedMetAgain):
        aid.approved()
    with pytest.raises(NeedMetWithin):
        aid.approved(kind_id=more)
    number = aid.sent(kind_id=aid.food_elsewhere)
    aid.step(aid.other, number, "semak", code="sokong", reason="Asnaf")
    second = member(owner, "zakat.dua", aid.zakat)
    owner.commit()
    with pytest.raises(NeedMetElsewhere):
        aid.step(second, number, "lulus", amount_rm=Decimal(50))
    assert facts(owner, number)["state"] == "disemak"
    assert claims(owner, number) == []


def test_a_house_is_built_once_in_a_life(aid: Aid) -> None:
    aid.finished(kind_id=aid.house)
    with pytest.raises(HousingMet):
        aid.approved(kind_id=aid.house)


def test_what_is_cancelled_frees_its_days(aid: Aid, owner: Connection) -> None:
    number = aid.approved()
    with pytest.raises(ReasonMissing):
        aid.step(aid.approver, number, "batal")
    assert aid.step(aid.approver, number, "batal", reason="Berpindah") == "dibatalkan"
    assert claims(owner, number)[0]["ended_at"] is not None
    aid.approved()


def test_documents_that_do_not_come_let_it_lapse_and_those_that_do_let_it_go_on(aid: Aid, owner: Connection) -> None:
    number = aid.sent()
    aid.step(aid.checker, number, "minta_dokumen", reason="Slip gaji")
    with pytest.raises(ApplicationSamePerson):  # who opened it brings what is missing
        aid.step(aid.state, number, "lengkap")
    assert aid.step(aid.officer, number, "lengkap") == "diterima"
    aid.step(aid.checker, number, "minta_dokumen", reason="Bil elektrik")
    back_to(owner, number, 14)
    assert lapse(owner) == 0
    back_to(owner, number, 1)
    assert lapse(owner) == 1
    owner.commit()
    assert facts(owner, number)["state"] == "luput"


def test_what_was_granted_lapses_with_its_programme(aid: Aid, owner: Connection) -> None:
    number = aid.approved()
    owner.execute(text("UPDATE ekasih.aid_programme SET valid_until = current_date - 1 WHERE code = 'BAKUL'"))
    assert lapse(owner) == 1
    owner.commit()
    assert facts(owner, number)["state"] == "luput"
    assert claims(owner, number)[0]["ended_at"] is not None


def test_an_appeal_is_made_once_in_time_and_decided_by_somebody_new(aid: Aid, owner: Connection) -> None:
    number = aid.refused()
    with pytest.raises(ReasonMissing):
        aid.step(aid.officer, number, "rayu")
    back_to(owner, number, 31)
    with pytest.raises(AppealTooLate):
        aid.step(aid.officer, number, "rayu", reason="Pendapatan sudah berubah")
    back_to(owner, number, -1)
    assert aid.step(aid.officer, number, "rayu", reason="Pendapatan sudah berubah") == "dirayu"
    assert aid.step(aid.state, number, "putus_terima", reason="Semak semula") == "disemak"
    aid.step(aid.approver, number, "tolak", code="lain", reason="Masih tidak layak")
    with pytest.raises(AppealedOnce):
        aid.step(aid.officer, number, "rayu", reason="Sekali lagi")


def test_who_made_an_appeal_does_not_decide_it(aid: Aid) -> None:
    number = aid.refused()
    aid.step(aid.state, number, "rayu", reason="Pendapatan sudah berubah")
    with pytest.raises(ApplicationSamePerson):
        aid.step(aid.state, number, "putus_tolak", reason="Kekal")


def test_an_appeal_that_is_turned_down_is_final(aid: Aid) -> None:
    number = aid.refused()
    aid.step(aid.officer, number, "rayu", reason="Pendapatan sudah berubah")
    assert aid.step(aid.state, number, "putus_tolak", reason="Kekal") == "ditolak_muktamad"
    with pytest.raises(ApplicationStepIllegal):
        aid.step(aid.officer, number, "rayu", reason="Sekali lagi")


def test_an_application_is_routed_to_another_agency_and_keeps_its_number(aid: Aid, owner: Connection) -> None:
    number = aid.sent()
    with pytest.raises(ApplicationIncomplete):
        aid.step(aid.checker, number, "alih", kind_id=aid.rent, reason="Lebih sesuai")
    assert aid.step(aid.checker, number, "alih", kind_id=aid.food_elsewhere, reason="Asnaf") == "diterima"
    assert (facts(owner, number)["agency_id"], facts(owner, number)["kind_id"]) == (aid.zakat, aid.food_elsewhere)
    with pytest.raises(NotFound):
        aid.step(aid.checker, number, "semak", code="sokong", reason="Disahkan")
    assert aid.step(aid.other, number, "semak", code="sokong", reason="Disahkan") == "disemak"


def test_cash_is_not_handed_over_and_nobody_but_the_system_pays(aid: Aid) -> None:
    number = aid.approved(kind_id=aid.rent)
    with pytest.raises(ApplicationStepIllegal):
        aid.handed(number)
    for action in ("bayar", "luput", "terima"):
        with pytest.raises((ApplicationNotTheirs, ApplicationStepIllegal)):
            aid.step(aid.approver, number, action)


@pytest.mark.parametrize(
    "facts", [{"day": "2999-01-01"}, {"day": "2020-01-01"}, {"place": " "}, {"evidence": ""}, {"quantity": 0}]
)
def test_goods_are_handed_over_with_their_day_place_evidence_and_number(aid: Aid, facts: dict[str, Any]) -> None:
    number = aid.approved()
    with pytest.raises(ApplicationIncomplete):
        aid.handed(number, **facts)


def test_an_application_is_where_its_household_is(aid: Aid, owner: Connection) -> None:
    number = aid.sent()
    owner.execute(text("UPDATE ekasih.household SET district_code = '0805' WHERE id = :id"), {"id": aid.home})
    owner.commit()
    assert facts(owner, number)["district_code"] == "0805"
    with pytest.raises(NotFound):
        aid.step(aid.officer, number, "tarik", reason="Berpindah")
    assert aid.step(aid.elsewhere, number, "tarik", reason="Berpindah") == "ditarik"


def test_of_200_approvals_at_once_that_meet_one_need_one_is_left(aid: Aid, owner: Connection) -> None:
    kinds = [kind(owner, aid.welfare, f"P{no}") for no in range(200)]
    owner.commit()
    numbers = [aid.checked(kind_id=made) for made in kinds]

    def approved(number: str) -> bool:
        try:
            aid.step(aid.approver, number, "lulus", amount_rm=Decimal(100))
        except NeedMetWithin:
            return False
        return True

    with ThreadPoolExecutor(10) as at_once:
        assert sorted(at_once.map(approved, numbers)) == [False] * 199 + [True]
    owner.rollback()
    assert owner.scalar(text("SELECT count(*) FROM ekasih.aid_claim WHERE ended_at IS NULL")) == 1
    assert owner.scalar(text("SELECT count(*) FROM ekasih.aid_application WHERE state = 'diluluskan'")) == 1


def test_two_records_that_become_one_keep_their_applications_unless_both_are_open(aid: Aid, owner: Connection) -> None:
    number = aid.sent()
    other = add_household(owner, "08030000002", income=500)
    owner.commit()
    aid.sent(household_id=other)
    move = text("UPDATE ekasih.aid_application SET household_id = :to WHERE number = :number")
    with pytest.raises(MergeBlocked), refusals_named(owner):
        owner.execute(move, {"to": other, "number": number})


def test_a_delivery_that_names_the_application_fulfils_it_and_takes_over_its_claim(
    aid: Aid, owner: Connection, owner_engine: Engine, tmp_path: Path
) -> None:
    owner.execute(text("UPDATE ekasih.person SET id_no = '800101085555' WHERE is_head"))
    owner.commit()
    number = aid.approved(kind_id=aid.rent)
    day = date.fromisoformat(today(aid))
    delivery = tmp_path / "d"
    delivery.mkdir()
    (delivery / "penghantaran.csv").write_text(
        "kod_agensi,no_penghantaran,tarikh_jana,bil_baris,jumlah_bayar,jumlah_batal\n"
        f"KEBAJIKAN,H-1,{day},2,160.00,0.00\n",
        encoding="utf-8",
    )
    row = f"bayar,SEWA,SEWA,800101085555,{day}"
    (delivery / "bantuan.csv").write_text(
        "no_rujukan,jenis_baris,kod_program,kod_jenis,no_kp,tarikh,amaun,no_permohonan\n"
        f"R-1,{row},80.00,{number}\nR-2,{row},80.00,{number}\n",
        encoding="utf-8",
    )
    figures = import_aid(owner_engine, tmp_path, terms=AidTerms(trial=False)).figures
    assert (figures["accepted"]["lines"], figures["held"]) == (1, {"bayaran_berulang": 1})
    (claim,) = claims(owner, number)
    line = owner.execute(text("SELECT id, reference, origin FROM ekasih.aid_line")).one()
    assert (claim["line_id"], line.reference, line.origin) == (line.id, "R-1", "delivery")
    kept = facts(owner, number)
    assert (kept["state"], kept["line_id"]) == ("selesai", line.id)


def test_a_payment_moves_an_application_and_becomes_its_line(aid: Aid, owner: Connection) -> None:
    number = aid.approved(kind_id=aid.rent)
    move = text("SELECT ekasih.system_step(:number, :action, NULL)")
    for action, state in (("bayar", "dalam_bayaran"), ("gagal", "diluluskan"), ("bayar", "dalam_bayaran")):
        owner.execute(move, {"number": number, "action": action})
        owner.commit()
        assert facts(owner, number)["state"] == state
    owner.execute(move, {"number": number, "action": "terima"})
    owner.commit()
    asked = text("SELECT origin, amount_rm, application_no FROM ekasih.aid_line")
    assert tuple(owner.execute(asked).one()) == ("payment", 100, number)
    assert facts(owner, number)["state"] == "selesai"


def test_nobody_passes_for_the_system(aid: Aid) -> None:
    number = aid.approved()
    with pytest.raises(ApplicationNotTheirs):
        aid.step(aid.officer, number, "batal", reason="Silap", detail={"system": True})
