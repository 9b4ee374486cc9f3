"""A referral goes from one party to another, is answered on its side, and tells what was handed over and no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from registry.errors import NotFound, StaleRecord
from registry.office_refusals import (
    ReferralAbout,
    ReferralDecisionMissing,
    ReferralIncomplete,
    ReferralNotTheirs,
    ReferralOtherSide,
    ReferralReceiver,
    ReferralStepIllegal,
)
from registry.referrals.models import COMPONENTS
from registry.referrals.referrals import StepReferral, step_referral
from registry.refusals import ReasonMissing

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.referrals.conftest import Offices

NAMED = {"pengenalan", "pendapatan"}


def test_a_referral_is_taken_answered_and_closed_each_step_by_its_side(offices: Offices, owner: Connection) -> None:
    number = offices.send()
    kept = owner.execute(text("SELECT from_party, to_party, due_on - sent_on AS days FROM ekasih.referral")).one()
    assert tuple(kept) == ("pejabat:PPKB-BG", "pejabat:ZAKAT-PUSAT", 14)
    with pytest.raises(ReferralOtherSide):
        offices.step(offices.ppkb, number, "terima")
    with pytest.raises(ReferralStepIllegal):
        offices.step(offices.zakat, number, "jawab", words="Boleh", decision="setuju")
    assert offices.step(offices.zakat, number, "terima") == "diterima"
    with pytest.raises(ReasonMissing):
        offices.step(offices.zakat, number, "jawab", decision="setuju")
    with pytest.raises(ReferralDecisionMissing):
        offices.step(offices.zakat, number, "jawab", words="Boleh", decision="entah")
    assert offices.step(offices.zakat, number, "jawab", words="Boleh", decision="setuju") == "dijawab"
    with pytest.raises(ReferralStepIllegal):
        offices.step(offices.ppkb, number, "tambah", words="Tiada yang ditanya")
    with pytest.raises(ReferralOtherSide):
        offices.step(offices.zakat, number, "tutup")
    assert offices.step(offices.ppkb, number, "tutup") == "ditutup"
    with pytest.raises(ReferralStepIllegal):
        offices.step(offices.ppkb, number, "catat", words="Terlambat")
    with offices.reading(offices.zakat) as conn:
        thread = conn.execute(text("SELECT action, party FROM ekasih.referral_step ORDER BY id")).all()
    assert [tuple(row) for row in thread] == [
        ("hantar", "pejabat:PPKB-BG"), ("terima", "pejabat:ZAKAT-PUSAT"), ("jawab", "pejabat:ZAKAT-PUSAT"),
        ("tutup", "pejabat:PPKB-BG"),
    ]  # fmt: skip
    owner.rollback()
    noted = owner.scalars(text("SELECT action FROM ekasih.audit_log WHERE subject = 'referral' ORDER BY id")).all()
    assert noted == ["send_referral", *["step_referral"] * 3]


def test_what_is_asked_back_is_given_and_the_question_stands_anew(offices: Offices, owner: Connection) -> None:
    number = offices.send()
    offices.step(offices.zakat, number, "terima")
    offices.step(offices.zakat, number, "jawab", words="Berapa sewanya?", decision="perlu_maklumat")
    owner.execute(text("UPDATE ekasih.referral SET due_on = current_date - 3"))
    owner.commit()
    assert offices.step(offices.ppkb, number, "tambah", words="RM350") == "diterima"
    kept = owner.execute(text("SELECT due_on - current_date, answered_on FROM ekasih.referral")).one()
    assert tuple(kept) == (14, None)


def test_a_refusal_has_its_reason_and_ends_it(offices: Offices) -> None:
    number = offices.send()
    with pytest.raises(ReasonMissing):
        offices.step(offices.zakat, number, "tolak", words="  ")
    assert offices.step(offices.zakat, number, "tolak", words="Bukan bidang kami") == "ditolak"
    with pytest.raises(ReferralStepIllegal):
        offices.step(offices.zakat, number, "terima")


def test_a_step_on_what_somebody_else_moved_is_refused(offices: Offices) -> None:
    number = offices.send()
    offices.step(offices.zakat, number, "terima")
    with offices.writing(offices.zakat) as session, pytest.raises(StaleRecord):
        step_referral(session, StepReferral(number=number, version=1, action="tolak", words="Lewat"))


def test_an_agency_is_reached_at_its_office_for_the_place_and_nobody_refers_to_themselves(
    offices: Offices, owner: Connection
) -> None:
    offices.send(offices.district, to="agensi:KPKT")
    assert owner.scalar(text("SELECT to_party FROM ekasih.referral")) == "pejabat:PPKB-BG"
    for to in ("pejabat:PPKB-BG", "agensi:KPKT", "pejabat:TIADA", "daerah:08", "agensi:TIADA", "", "negara:SG"):
        with pytest.raises(ReferralReceiver):
            offices.send(to=to)


def test_who_may_not_refer_or_does_not_read_the_household_sends_nothing(offices: Offices) -> None:
    with pytest.raises(ReferralNotTheirs):
        offices.send(offices.planner)
    for stranger in (offices.zakat, offices.ipoh, offices.elsewhere):
        with pytest.raises(ReferralAbout):
            offices.send(stranger, to="negeri:08")
    with pytest.raises(ReferralAbout):
        offices.send(area_code="0803")
    for wrong in ({"question": " "}, {"components": ()}, {"components": ("pengenalan", "semua")}):
        with pytest.raises(ReferralIncomplete):
            offices.send(**wrong)
    with pytest.raises(ReferralIncomplete):
        offices.send(household_id=None, area_code="0803")
    number = offices.send(offices.zakat, to="daerah:0803", household_id=None, area_code="0803", components=())
    assert offices.told(offices.district, number) == set()


def test_each_side_reads_it_and_nobody_else(offices: Offices) -> None:
    number = offices.send(to="daerah:0805")
    assert offices.seen(offices.ppkb, number)
    assert offices.seen(offices.elsewhere, number)
    for stranger in (offices.ipoh, offices.zakat, offices.district, offices.state, offices.planner):
        assert not offices.seen(stranger, number)
        assert offices.told(stranger, number) == set()
        with pytest.raises(NotFound):
            offices.step(stranger, number, "terima")


def test_the_receiver_is_told_the_named_components_until_30_days_after_it_ended(
    offices: Offices, owner: Connection
) -> None:
    number = offices.send()
    assert offices.told(offices.zakat, number) == NAMED
    offices.step(offices.zakat, number, "terima")
    offices.step(offices.zakat, number, "jawab", words="Boleh", decision="setuju")
    offices.step(offices.ppkb, number, "tutup")
    for days, told in ((30, NAMED), (31, set())):
        owner.execute(text("UPDATE ekasih.referral SET closed_on = current_date - :days"), {"days": days})
        owner.commit()
        assert offices.told(offices.zakat, number) == told
        assert offices.seen(offices.zakat, number) == bool(told)
        assert offices.told(offices.ppkb, number) == NAMED
    with offices.reading(offices.zakat) as conn:
        ended = conn.execute(text("SELECT state FROM ekasih.ended_referral(:n)"), {"n": number}).scalars().all()
        assert ended == ["ditutup"]
        assert conn.scalar(text("SELECT count(*) FROM ekasih.household")) == 0
        assert conn.scalar(text("SELECT count(*) FROM ekasih.referral_step")) == 0


def test_the_household_itself_is_no_column_that_the_pages_can_read(offices: Offices) -> None:
    offices.send()
    with offices.reading(offices.zakat) as conn, pytest.raises(ProgrammingError, match="permission denied"):
        conn.execute(text("SELECT household_id FROM ekasih.referral"))


def test_of_a_protected_place_it_is_told_that_a_need_is_met_and_not_where_they_live(
    offices: Offices, owner: Connection
) -> None:
    number = offices.send(components=COMPONENTS)
    every = offices.told(offices.zakat, number)
    assert {"hubungan", "lokasi"} <= every
    owner.execute(
        text("INSERT INTO ekasih.protected_place (household_id, reason, marked_by) VALUES (:home, 'x', 'x')"),
        {"home": offices.home},
    )
    owner.commit()
    assert offices.told(offices.zakat, number) == every - {"hubungan", "lokasi"}
    elsewhere = offices.send(to="daerah:0805", components=COMPONENTS)
    assert offices.told(offices.elsewhere, elsewhere) == every - {"hubungan", "lokasi"}


def test_faith_and_ethnicity_never_go_along_and_illness_only_by_name(offices: Offices) -> None:
    def fields(components: tuple[str, ...]) -> set[str]:
        number = offices.send(components=components)
        with offices.reading(offices.zakat) as conn:
            asked = text("SELECT field FROM ekasih.referral_record(:number)")
            return set(conn.execute(asked, {"number": number}).scalars())

    assert "oku" in fields(("kesihatan",))
    assert not {"etnik", "agama", "oku", "penyakit_kronik"} & fields(tuple(set(COMPONENTS) - {"kesihatan"}))
