"""A ticket goes through its states by the steps of its sides, hides numbers, and shows each what is theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.office_refusals import TicketExposure, TicketStepIllegal, TicketUnknown
from registry.refusals import ReasonMissing
from registry.support.article import draft_article
from registry.support.tickets import (
    HIDDEN,
    StepTicket,
    link_ticket,
    note_ticket,
    open_link,
    rate_ticket,
    set_article,
    step_ticket,
)
from tests.integration.support.conftest import FILE_NO

if TYPE_CHECKING:
    from tests.integration.support.conftest import Desk


def test_a_ticket_is_taken_answered_solved_and_closed_each_step_by_its_side(desk: Desk) -> None:
    number = desk.open(page="/isi-rumah/12?nama=Aminah#x")
    kept = desk.row(number)
    assert (kept.state, kept.level, kept.place, kept.page) == ("baru", "daerah", "0803", "/isi-rumah/12")
    with pytest.raises(TicketStepIllegal):
        desk.step(desk.asks, number, "jawab", "Saya sendiri")
    assert desk.step(desk.officer, number, "ambil") == "diberi"
    with pytest.raises(ReasonMissing):
        desk.step(desk.officer, number, "jawab", " ")
    assert desk.step(desk.officer, number, "tanya", "Rekod yang mana?") == "menunggu_pelapor"
    answered = desk.row(number).first_answer_at
    assert desk.step(desk.asks, number, "balas", "Yang saya pautkan") == "dijawab"
    assert desk.step(desk.officer, number, "jawab", "Sedang dibetulkan") == "dijawab"
    assert desk.row(number).first_answer_at == answered
    assert desk.step(desk.officer, number, "selesai", "Sudah dibetulkan") == "selesai"
    with pytest.raises(TicketStepIllegal):
        desk.step(desk.officer, number, "tutup")
    with desk.writing(desk.asks) as session:
        rate_ticket(session, number, 5)
    assert desk.step(desk.asks, number, "tutup") == "tutup"
    assert desk.step(desk.asks, number, "buka_semula", "Masih salah") == "dibuka_semula"
    assert (desk.row(number).reopened, desk.row(number).satisfaction, desk.row(number).solved_at) == (1, None, None)
    noted = desk.rows("SELECT action, after ->> 'number' FROM ekasih.audit_log WHERE subject = 'ticket' ORDER BY id")
    assert [row[0] for row in noted] == ["open_ticket", *["step_ticket"] * 5, "rate_ticket", *["step_ticket"] * 2]
    assert {row[1] for row in noted} == {number}


def test_what_ended_longer_ago_than_thirty_days_is_not_opened_again(desk: Desk) -> None:
    number = desk.open()
    desk.step(desk.officer, number, "ambil")
    desk.step(desk.officer, number, "selesai", "Sudah")
    back = "UPDATE ekasih.ticket SET solved_at = now() - make_interval(days => :days)"
    desk.set(back + ", clock_stale = true", days=31)
    with pytest.raises(TicketStepIllegal):
        desk.step(desk.asks, number, "buka_semula", "Masih")
    desk.set(back, days=29)
    assert desk.step(desk.asks, number, "buka_semula", "Masih") == "dibuka_semula"


def test_a_step_on_what_somebody_else_moved_is_refused(desk: Desk) -> None:
    number = desk.open()
    desk.step(desk.officer, number, "ambil")
    with desk.writing(desk.second) as session, pytest.raises(StaleRecord):
        step_ticket(session, StepTicket(number=number, version=1, action="ambil"))


def test_a_ticket_is_read_by_who_opened_it_and_who_handles_its_place(desk: Desk) -> None:
    desk.open(desk.planner)
    desk.open(desk.planner, place="08")
    desk.open(desk.planner, place=None)
    counted = {
        name: desk.seen(getattr(desk, name))
        for name in ("planner", "asks", "agency", "officer", "lead", "elsewhere", "state", "national")
    }
    assert counted == {
        "planner": 3, "asks": 0, "agency": 0, "officer": 1, "lead": 1, "elsewhere": 0, "state": 2, "national": 3,
    }  # fmt: skip
    number = desk.open()
    for stranger in (desk.planner, desk.agency, desk.elsewhere):
        with pytest.raises(NotFound):
            desk.step(stranger, number, "balas", "Apa?")


def test_notes_and_pictures_are_for_who_handles_alone(desk: Desk) -> None:
    number = desk.open(desk.planner)
    with desk.writing(desk.officer) as session:
        note_ticket(session, number, "Panggil 012-345 6789 esok")
    with desk.writing(desk.planner) as session, pytest.raises(NotFound):
        note_ticket(session, number, "Saya baca?")
    with desk.writing(desk.planner) as session:
        asked = text("SELECT ekasih.add_ticket_picture(:number, 'x.jpg', '-', 1)")
        session.execute(asked, {"number": number})
    assert desk.rows("SELECT words FROM ekasih.ticket_note") == [(f"Panggil {HIDDEN} esok",)]
    for table in ("ticket_note", "ticket_picture"):
        assert [desk.seen(who, table) for who in (desk.planner, desk.elsewhere, desk.officer)] == [0, 0, 1]
    with desk.reading(desk.planner) as conn:
        assert conn.scalar(text("SELECT ekasih.count_ticket_pictures(:number)"), {"number": number}) == 1


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("No. KP 900101-08-1234 salah", f"No. KP {HIDDEN} salah"),
        ("900101081234", HIDDEN),
        ("9001 0108 1234 dan 900101 - 08 - 1234", f"{HIDDEN} dan {HIDDEN}"),
        ("telefon +60 12-345 6789, 05-253 1234", f"telefon {HIDDEN}, {HIDDEN}"),
        ("(03) 8888 1234", f"({HIDDEN}"),
        ("akaun Maybank 164-1234", f"akaun Maybank {HIDDEN}"),
        ("fail 08030000001", f"fail {HIDDEN}"),
        ("٩٠٠١٠١٠٨١٢٣٤", HIDDEN),
        ("900101081234".translate({ord(str(n)): 0xFF10 + n for n in range(10)}), HIDDEN),  # full width
        ("2026-11-30 10:21, RM1,200.50, 3 orang", "2026-11-30 10:21, RM1,200.50, 3 orang"),
        ("30/11/2026 hingga 2.12.2026", "30/11/2026 hingga 2.12.2026"),
        ("tiket T00000012, kes K0000012, poskod 31000", "tiket T00000012, kes K0000012, poskod 31000"),
    ],
)
def test_numbers_of_persons_are_hidden_as_they_are_saved_and_days_are_not(desk: Desk, said: str, kept: str) -> None:
    number = desk.open(words=said, subject=said)
    assert desk.rows("SELECT words FROM ekasih.ticket_step") == [(kept,)]
    assert desk.row(number).subject == kept


def test_a_ticket_of_data_seen_by_the_wrong_person_is_not_lowered_by_who_handles_it(desk: Desk) -> None:
    number = desk.open(exposure=True, urgency=4)
    other = desk.open()
    assert desk.row(number).priority == 1
    desk.step(desk.lead, number, "ambil")
    desk.step(desk.lead, number, "beri", to=desk.officer.user_id)
    for who in (desk.officer, desk.second, desk.lead):  # who handles it, who leads nothing, who handled it before
        with pytest.raises(TicketExposure):
            desk.step(who, number, "keutamaan", "Tidak penting", priority=3)
    with pytest.raises(TicketExposure):
        desk.step(desk.officer, number, "gabung", into=other)
    assert desk.row(number).priority == 1
    assert desk.step(desk.state, number, "keutamaan", "Data contoh sahaja", priority=2) == "diberi"
    assert desk.step(desk.officer, number, "keutamaan", "Data sebenar", priority=1) == "diberi"


def test_an_ordinary_ticket_is_lowered_with_a_reason(desk: Desk) -> None:
    number = desk.open(urgency=2)
    with pytest.raises(ReasonMissing):
        desk.step(desk.officer, number, "keutamaan", priority=4)
    for wrong in (5, 2, None, "satu"):
        with pytest.raises(TicketUnknown):
            desk.step(desk.officer, number, "keutamaan", "Sebab", priority=wrong)
    desk.step(desk.officer, number, "keutamaan", "Soalan sahaja", priority=4)
    assert desk.row(number).priority == 4


def test_a_ticket_is_given_to_who_handles_its_place_and_raised_rung_by_rung(desk: Desk) -> None:
    number = desk.open()
    for stranger in (desk.elsewhere, desk.planner, desk.agency):
        with pytest.raises(TicketUnknown):
            desk.step(desk.officer, number, "beri", to=stranger.user_id)
    assert desk.step(desk.officer, number, "beri", to=desk.state.user_id) == "diberi"
    levels = []
    for _ in range(2):
        desk.step(desk.officer, number, "naik", "Bukan di sini")
        levels.append(desk.row(number).level)
    assert levels == ["negeri", "negara"]
    with pytest.raises(TicketUnknown):
        desk.step(desk.officer, number, "naik", "Lagi")


def test_a_ticket_is_merged_into_another_that_is_open(desk: Desk) -> None:
    first, second = desk.open(), desk.open()
    for wrong in (first, "T99999999", ""):
        with pytest.raises(TicketUnknown):
            desk.step(desk.officer, first, "gabung", into=wrong)
    assert desk.step(desk.officer, first, "gabung", into=second) == "digabung"
    with pytest.raises(TicketUnknown):
        desk.step(desk.officer, second, "gabung", into=first)


def test_a_record_is_linked_by_its_number_shown_to_who_may_see_it_and_opening_it_is_written_down(desk: Desk) -> None:
    number = desk.open()
    with desk.writing(desk.asks) as session:
        link = link_ticket(session, number, "isi_rumah", f" {FILE_NO} ")
    desk.open(desk.planner)
    unseen = desk.open(desk.planner)
    with desk.writing(desk.planner) as session, pytest.raises(TicketUnknown):
        link_ticket(session, unseen, "isi_rumah", FILE_NO)
    put = """
        INSERT INTO ekasih.ticket_link (ticket_id, kind, record_id)
        SELECT id, 'isi_rumah', :home FROM ekasih.ticket WHERE number = :number"""
    desk.set(put, home=desk.home, number=unseen)
    links = text("SELECT kind, number FROM ekasih.ticket_links(:number)")
    with desk.reading(desk.planner) as conn:
        assert [tuple(row) for row in conn.execute(links, {"number": unseen})] == [("isi_rumah", None)]
        assert conn.execute(links, {"number": number}).all() == []
    with desk.reading(desk.officer) as conn:
        assert [tuple(row) for row in conn.execute(links, {"number": number})] == [("isi_rumah", FILE_NO)]
    with desk.writing(desk.officer) as session:
        assert open_link(session, link).record_id == desk.home
    for stranger in (desk.planner, desk.elsewhere):
        with desk.writing(stranger) as session, pytest.raises(NotFound):
            open_link(session, link)
    read = (
        "SELECT actor, subject, subject_id, after ->> 'ticket' FROM ekasih.audit_log WHERE after ->> 'for' = 'support'"
    )
    assert desk.rows(read) == [("pegawai", "household", desk.home, number)]


def test_what_is_no_ticket_is_refused(desk: Desk) -> None:
    for wrong in ({"kind": "entah"}, {"urgency": 0}, {"urgency": 9}, {"words": "  "}, {"subject": ""}):
        with pytest.raises(TicketUnknown):
            desk.open(**wrong)
    with pytest.raises(InvalidInput):
        desk.open(email="bukan alamat")
    assert desk.row(desk.open(place="tiada")).place == "MY"


def test_the_article_that_a_ticket_became_is_kept(desk: Desk) -> None:
    number = desk.open(desk.planner)
    with desk.writing(desk.officer) as session:
        set_article(session, number, "cara-betulkan-bilangan-ahli")
    with desk.writing(desk.planner) as session, pytest.raises(NotFound):
        set_article(session, number, "lain")
    with desk.writing(desk.officer) as session, pytest.raises(TicketUnknown):
        set_article(session, number, "../luar")
    assert desk.row(number).article_slug == "cara-betulkan-bilangan-ahli"


def test_the_answers_of_a_ticket_become_a_draft_without_what_its_reporter_wrote(desk: Desk) -> None:
    number = desk.open(desk.planner, subject="Bilangan ahli 12 tidak sama", words="Jiran saya Aminah tersilap")
    with desk.writing(desk.national) as session, pytest.raises(TicketUnknown):
        draft_article(session, number)
    desk.step(desk.officer, number, "jawab", "Buka rekod 900101081234 dan pilih Ahli")
    with desk.writing(desk.planner) as session, pytest.raises(NotFound):
        draft_article(session, number)
    with desk.writing(desk.national) as session:
        slug = draft_article(session, number)
    assert slug.startswith("bilangan-ahli-tidak-sama-")
    (draft,) = desk.rows("SELECT state, title_ms, body_ms FROM ekasih.article_version WHERE body_ms LIKE 'Buka%'")
    assert draft == ("draf", "Bilangan ahli 12 tidak sama", "Buka rekod … dan pilih Ahli")
    assert desk.row(number).article_slug == slug
    with desk.writing(desk.national) as session, pytest.raises(NotFound):
        draft_article(session, number)
