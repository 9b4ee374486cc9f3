"""What the public sends comes in under its own codes, is looked at, and becomes a case, a part of one, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import intake
from registry.errors import NotFound, NotPermitted, StaleRecord
from registry.intake.forms import read_form
from registry.intake.sending import tell_notice
from registry.intake.steps import StepIntake, step_intake
from registry.intake_refusals import IntakeStepIllegal, IntakeTarget
from registry.principals import Role
from registry.refusals import ReasonMissing
from tests.integration.intake.conftest import ABOUT, HERE, KEY, NUMBER, PHONE, THERE
from tests.world import add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.intake.conftest import Public


def test_a_form_becomes_a_case_and_its_sender_sees_how_far_it_is_and_no_more(public: Public, owner: Connection) -> None:
    sent = public.send("daftar", who="jiran", teller_name="Ali", teller_phone="0111234567", knows="ya")
    assert public.shown(sent) == "diterima"
    assert public.shown(sent, "AAAA-AAAA") is None
    assert public.step(public.officer, sent, "saring") == "disaring"
    assert public.shown(sent) == "diterima"
    assert public.step(public.officer, sent, "tukar") == "ditukar"
    assert public.shown(sent) == "disiasat"
    assert not public.take_back(sent)
    case = owner.execute(text("SELECT * FROM ekasih.case_file")).one()
    assert (case.channel, case.state, case.district_code) == ("representative", "received", HERE)
    assert (case.reporter_name, case.reporter_relation) == ("Ali", "jiran")
    assert case.draft["lokasi"]["village"] == "Kg. Rekaan"
    assert case.draft["members"][0] == {
        "key": "m1", "relationship": "KIR", "name": "Siti binti Contoh", "id_no": "790202085002",
    }  # fmt: skip
    for state, shown in (("recommended", "kumpulan_fokus"), ("returned", "disiasat"), ("rejected", "selesai")):
        owner.execute(text("UPDATE ekasih.case_file SET state = :state"), {"state": state})
        owner.commit()
        assert public.shown(sent) == shown
    with pytest.raises(IntakeStepIllegal):
        public.step(public.officer, sent, "spam", reason="Terlambat")
    noted = owner.scalars(
        text("SELECT actor FROM ekasih.audit_log WHERE action IN ('send_intake', 'follow_intake')")
    ).all()
    assert set(noted) == {"portal"}


def test_the_office_of_the_area_alone_acts_once_and_with_what_a_step_needs(public: Public) -> None:
    sent, other = public.send(), public.send(name="Ramlah binti Contoh")
    with pytest.raises(NotFound):
        public.step(public.elsewhere, sent, "saring")
    with pytest.raises(NotFound):
        public.step(public.planner, sent, "saring")
    with pytest.raises(ReasonMissing):
        public.step(public.officer, sent, "spam")
    with pytest.raises(IntakeTarget):
        public.step(public.officer, sent, "gabung", target="K9999999")
    with pytest.raises(IntakeStepIllegal):
        public.step(public.officer, sent, "palsu", reason="Bukan pemakluman")
    version = public.row(sent).version
    assert public.step(public.officer, sent, "luar_kawasan", target=THERE) == "luar_kawasan"
    with pytest.raises(NotFound):
        public.step(public.officer, sent, "saring")
    with pytest.raises(StaleRecord), public.writing(public.elsewhere) as session:
        step_intake(session, StepIntake(reference=sent.reference, version=version, action="saring"))
    assert public.step(public.elsewhere, sent, "saring") == "disaring"
    assert public.shown(sent) == "diterima"
    assert public.step(public.officer, other, "spam", reason="Iklan") == "spam"
    assert public.shown(other) == "selesai"


def test_one_form_sent_twice_is_kept_once_and_has_the_same_codes(public: Public, owner: Connection) -> None:
    sent = public.send(nonce="n1")
    assert public.send(nonce="n1") == sent
    others = {public.send(nonce="n2"), public.send(nonce="n1", words="Diubah sebelum dihantar semula")}
    assert len({sent, *others}) == 3
    assert owner.scalar(text("SELECT count(*) FROM ekasih.intake")) == 3
    kept = owner.execute(
        text("SELECT secret_key FROM ekasih.intake WHERE reference = :r"), {"r": sent.reference}
    ).scalar()
    assert sent.secret.encode() not in bytes(kept or b"")


def test_who_repeats_a_form_within_a_month_adds_to_its_count(public: Public, owner: Connection) -> None:
    first, again, another = public.send(), public.send(urgent=["makanan"]), public.send(id_no="800303085003")
    assert public.look() == 3
    main = public.row(first)
    assert (main.told, main.urgent, public.row(again).main_id) == (2, True, main.id)
    assert public.row(another).main_id is None
    assert public.candidates(public.officer, another)["other"] == ["name", "phone"]
    public.step(public.officer, first, "saring")
    public.step(public.officer, first, "tukar")
    assert public.shown(again) == "disiasat"
    later = public.send()
    owner.execute(
        text("UPDATE ekasih.intake SET sent_at = sent_at - interval '31 days' WHERE id < :id"),
        {"id": public.row(later).id},
    )
    owner.commit()
    public.look()
    assert public.row(later).main_id is None


def test_two_hundred_notices_of_one_house_are_one_piece_of_work(public: Public, owner: Connection) -> None:
    sent = [
        public.send("maklum", village=("Kg Rekaan", "KAMPUNG REKAAN")[n % 2], latitude="4.4700",
                    longitude=f"{101.04 + n / 10**6:.6f}", name="" if n % 5 == 4 else "Siti  Binti Contoh")
        for n in range(200)
    ]  # fmt: skip
    other = public.send("maklum", name="Rajan a/l Contoh", village="Taman Lain")
    while public.look():
        pass
    mains = owner.execute(text("SELECT reference, told FROM ekasih.intake WHERE main_id IS NULL ORDER BY id")).all()
    assert [tuple(row) for row in mains] == [(sent[0].reference, 200), (other.reference, 1)]
    assert public.step(public.officer, sent[0], "palsu", reason="Rumah kosong, dilawati") == "palsu"
    assert {public.shown(one) for one in sent[1::50]} == {"selesai"}


def test_the_job_finds_the_family_in_the_register_by_what_was_said(public: Public, owner: Connection) -> None:
    by_number = public.send(id_no=NUMBER, name="Lain Nama", phone="")
    by_phone = public.send(phone=f"+6{PHONE}", name="Nama Lain", id_no="800101085555")
    by_birth = public.send(id_no="800101085556", name="Siti bt Contoh", village="Tempat Lain", phone="")
    notice = public.send("maklum")
    near = public.send("maklum", name="", village="", address="Rumah hujung", latitude="4.4710", longitude="101.0405")
    far = public.send("maklum", name="", village="", address="Rumah hujung", latitude="4.4800", longitude="101.0405")
    public.look()
    found = {sent: public.candidates(public.officer, sent).get("household") for sent in (
        by_number, by_phone, by_birth, notice, near, far)}  # fmt: skip
    assert list(found.values()) == [["number"], ["phone"], ["name_birth"], ["name_place"], ["near"], None]
    assert public.candidates(public.elsewhere, by_number) == {}
    state = public.step(public.officer, notice, "sudah_berdaftar", target="CT000001")
    assert state == "sudah_berdaftar"
    review = owner.execute(text("SELECT channel, state, household_id FROM ekasih.case_file")).one()
    assert tuple(review) == ("review", "received", public.home)
    assert public.shown(notice) == "disiasat"


def test_who_told_is_known_to_who_works_on_a_notice_and_to_nobody_once_it_is_closed(public: Public) -> None:
    told = public.send("maklum", teller_phone="019-222 3333")
    registration = public.send("daftar", who="guru", teller_name="Cikgu", teller_phone="0191112222", knows="tidak")

    def tellers(who: str) -> int:
        with public.reading(getattr(public, who)) as connection:
            asked = text("SELECT count(*) FROM ekasih.intake_teller WHERE phone = '019-222 3333'")
            return int(connection.scalar(asked) or 0)

    assert [tellers(who) for who in ("officer", "colleague", "elsewhere", "planner")] == [0, 0, 0, 0]
    public.step(public.officer, told, "saring")
    assert [tellers(who) for who in ("officer", "colleague", "elsewhere", "planner")] == [1, 0, 0, 0]
    public.step(public.officer, told, "kes_dibuka")
    assert [tellers(who) for who in ("officer", "colleague", "elsewhere", "planner")] == [0, 0, 0, 0]
    with public.reading(public.officer) as connection:
        assert connection.scalar(text("SELECT reporter_phone FROM ekasih.case_file")) is None
        assert connection.scalar(text("SELECT count(*) FROM ekasih.intake_teller")) == 1
    assert public.row(registration).kind == "daftar"


def test_numbers_are_masked_marks_are_kept_and_nothing_is_thrown_away_before_ninety_days(
    public: Public, owner: Connection
) -> None:
    typed = "IC dia 790202-08-5002, 7902 0208 5003 atau 790202085004; telefon 011-23456789"
    marked = public.send("maklum", words=typed, teller_phone="0123334444", marks=("terlalu_pantas", "lain"))
    for _ in range(2):
        public.send("maklum", name="Lain", village="Lain", teller_phone="+60123334444")
    public.look()
    kept = public.row(marked)
    assert kept.answers["words"].count("••••") // 3 == 3
    assert not any(number in str(kept.answers) for number in ("790202", "7902 0208"))
    assert "011-23456789" in kept.answers["words"]
    assert list(kept.marks) == ["terlalu_pantas", "telefon_kerap"]
    public.step(public.officer, marked, "palsu", reason="Iklan")
    taken = public.send("daftar", name="Ubah Fikiran")
    assert public.take_back(taken)
    assert not public.take_back(taken)
    assert public.shown(taken) == "selesai"
    forget = text("SELECT ekasih.forget_intakes()")
    assert owner.scalar(forget) == 0
    owner.execute(text("UPDATE ekasih.intake SET moved_on = moved_on - 91"))
    assert owner.scalar(forget) == 2
    owner.commit()
    empty = public.row(taken)
    assert (empty.answers, empty.name_key, empty.id_no, empty.phone) == ({}, None, None, None)
    assert empty.moved_on is not None
    assert empty.erased_on is not None
    assert public.shown(taken) == "selesai"


def test_the_first_of_several_that_is_taken_back_leaves_the_work_to_the_next(public: Public) -> None:
    first, second, third = (public.send("maklum") for _ in range(3))
    public.look()
    assert public.row(first).told == 3
    assert public.take_back(first)
    assert (public.row(second).main_id, public.row(second).told) == (None, 2)
    assert public.row(third).main_id == public.row(second).id
    assert [public.shown(one) for one in (first, second, third)] == ["selesai", "diterima", "diterima"]
    assert public.take_back(third)
    assert public.row(second).told == 1


def test_an_office_has_three_working_days_or_seven_days_and_one_where_it_is_urgent(
    public: Public, owner: Connection
) -> None:
    due = text("SELECT ekasih.intake_due(:kind, :urgent, '0803') - current_date")
    assert owner.scalar(due, {"kind": "maklum", "urgent": False}) == 7
    assert owner.scalar(due, {"kind": "maklum", "urgent": True}) == 1
    registered = text("SELECT ekasih.intake_due('daftar', false, '0803')")
    before = owner.scalar(registered)
    worked = text("""
        SELECT count(*) FROM generate_series(1, :due - current_date) AS n
        WHERE extract(isodow FROM current_date + n) < 6
            AND NOT EXISTS (SELECT FROM ekasih.support_holiday AS h
                            WHERE h.day = current_date + n AND h.state_code IN ('08', 'MY'))
    """)
    assert owner.scalar(worked, {"due": before}) == 3
    closed = text(
        "INSERT INTO ekasih.support_holiday (state_code, day, name_ms, name_en) VALUES ('08', :day, 'X', 'X')"
    )
    owner.execute(closed, {"day": before})
    assert owner.scalar(registered) > before
    assert owner.scalar(worked, {"due": owner.scalar(registered)}) == 3
    east = text("SELECT extract(isodow FROM ekasih.working_day_after(n, '03')) FROM generate_series(1, 14) AS n")
    assert not {5, 6} & set(owner.scalars(east))
    hungry = public.send("maklum", seen=["tiada_makanan"])
    assert public.row(hungry).urgent
    assert ABOUT["maklum"]["seen"] == ["sakit"]
    assert not public.row(public.send("maklum")).urgent


def test_a_community_leader_tells_of_families_of_the_own_district_and_sees_states_alone(
    public: Public, owner: Connection
) -> None:
    leader = add_principal(owner, "ketua", Role.COMMUNITY_LEADER, HERE)
    other = add_principal(owner, "ketua.lain", Role.COMMUNITY_LEADER, HERE)
    owner.commit()
    form = read_form("maklum", ABOUT["maklum"], districts=(HERE,))
    with public.writing(leader) as session:
        sent = tell_notice(session, form, "n", key=KEY)
    # the search in the register is the system's: who tells may not ask for it
    assert owner.scalar(text("SELECT bool_and(asked_by IS NULL) FROM ekasih.job WHERE task = 'intake.look'"))
    elsewhere = read_form("maklum", ABOUT["maklum"] | {"district": THERE}, districts=(THERE,))
    for who, what in ((leader, elsewhere), (public.planner, form)):
        with pytest.raises(NotPermitted), public.writing(who) as session:
            tell_notice(session, what, "m", key=KEY)
    public.step(public.officer, sent, "saring")
    public.step(public.officer, sent, "kes_dibuka")
    with public.reading(leader) as connection:
        assert [(row["reference"], row["shown"]) for row in intake.told(connection, limit=9)] == [
            (sent.reference, "disiasat")
        ]
        assert connection.scalar(text("SELECT count(*) FROM ekasih.intake")) == 0
        assert connection.scalar(text("SELECT count(*) FROM ekasih.intake_teller")) == 0
    with public.reading(other) as connection:
        assert intake.told(connection, limit=9) == []
