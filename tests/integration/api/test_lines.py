"""Lines of aid that a program sends are judged as those of a delivery are, and come once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

from registry import db
from registry.api_keys.administration import revoke_key
from tests.integration.api.conftest import line

if TYPE_CHECKING:
    from tests.integration.api.conftest import Programs


def test_own_programmes_are_told_with_their_kinds_and_no_others(programs: Programs) -> None:
    told = programs.get("/programmes").get_json()
    assert [one["code"] for one in told["programmes"]] == ["SATU-HIDUP", "SATU-RUMAH", "SATU-SEKOLAH"]
    assert told["programmes"][0]["kinds"][0] | {"name_ms": "", "name_en": ""} == {
        "code": "A", "name_ms": "", "name_en": "", "need": "PENDAPATAN", "form": "tunai", "recipient": "isi_rumah",
        "frequency": "bulanan", "coverage": "bulan", "unit": None, "ceiling_rm": "300.00",
    }  # fmt: skip
    assert told["next"] is None


def test_pages_of_programmes_follow_each_other_by_their_cursor(programs: Programs) -> None:
    first = programs.get("/programmes?limit=2").get_json()
    second = programs.get(f"/programmes?limit=2&cursor={first['next']}").get_json()
    assert [one["code"] for one in first["programmes"] + second["programmes"]] == [
        "SATU-HIDUP", "SATU-RUMAH", "SATU-SEKOLAH",
    ]  # fmt: skip
    assert second["next"] is None


def test_each_line_is_answered_with_the_reasons_of_a_delivery(programs: Programs) -> None:
    sent = programs.send("JUN-1", line("a1"), line("A2", nama="Chong Wei Ming"), line("A3", tarikh="semalam"))
    assert sent.status_code == 202, sent.get_data(as_text=True)
    assert sent.get_json()["state"] == "waiting"
    assert sent.headers["Location"] == "/api/v1/aid-deliveries/JUN-1"
    assert programs.work() == 1
    told = programs.get("/aid-deliveries/JUN-1").get_json()
    assert told["state"] == "processed"
    assert [(one["no_rujukan"], one["outcome"], one["code"]) for one in told["lines"]] == [
        ("A1", "accepted", None),
        ("A2", "held", "nama_tidak_padan"),
        ("A3", "rejected", "tarikh_tidak_sah"),
    ]
    assert "date" in told["lines"][2]["reason"].lower()
    assert "700101" not in str(told)


def test_the_same_lines_under_the_same_number_come_once(programs: Programs) -> None:
    programs.send("JUN-1", line("A1"))
    assert programs.send("jun-1", line("A1")).status_code == 202
    assert programs.work() == 1
    again = programs.send("JUN-1", line("A1"))
    assert (again.status_code, again.get_json()["lines"][0]["outcome"]) == (200, "accepted")
    assert programs.work() == 0
    with programs.owner.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM ekasih.aid_line")) == 1
        assert connection.scalar(text("SELECT count(*) FROM ekasih.delivery_upload")) == 1
    assert not list((programs.home / "deliveries").iterdir())


def test_other_lines_under_the_same_number_are_refused(programs: Programs) -> None:
    programs.send("JUN-1", line("A1"))
    refused = programs.send("JUN-1", line("A1", amaun="90.00"))
    assert (refused.status_code, refused.get_json()["type"]) == (409, "urn:ekasih:problem:sending_differs")


def test_a_line_that_was_sent_before_is_unchanged_and_one_that_differs_is_rejected(programs: Programs) -> None:
    programs.send("JUN-1", line("A1"), line("A2", tarikh="2026-05-10"))
    programs.work()
    programs.send("JUN-2", line("A1"), line("A2", tarikh="2026-05-10", amaun="90.00"))
    programs.work()
    told = programs.get("/aid-deliveries/JUN-2").get_json()["lines"]
    assert [(one["outcome"], one["code"]) for one in told] == [("unchanged", None), ("rejected", "rujukan_bercanggah")]


def test_sums_that_the_sender_counted_otherwise_refuse_all(programs: Programs) -> None:
    control = {"bil_baris": "2", "jumlah_bayar": "100.00", "jumlah_batal": "0"}
    programs.send("JUN-1", line("A1"), kawalan=control)
    programs.work()
    told = programs.get("/aid-deliveries/JUN-1").get_json()
    assert (told["state"], told["code"], told["lines"]) == ("refused", "jumlah_kawalan", [])
    assert told["reason"]


def test_a_line_is_found_by_its_reference_as_it_stands_now(programs: Programs) -> None:
    programs.send("JUN-1", line("A/1"), line("A2", nama="Chong Wei Ming"))
    programs.work()
    told = programs.get("/aid-lines/a%2F1").get_json()
    assert {name: told[name] for name in ("outcome", "kod_program", "amaun", "tempoh_tamat", "no_penghantaran")} == {
        "outcome": "accepted", "kod_program": "SATU-HIDUP", "amaun": "100.00", "tempoh_tamat": "2026-06-30",
        "no_penghantaran": "JUN-1",
    }  # fmt: skip
    assert programs.get("/aid-lines/A2").get_json()["code"] == "nama_tidak_padan"
    taken_back = line("B1", jenis_baris="batal", no_rujukan_asal="A/1", tarikh="2026-06-20")
    programs.send("JUN-2", taken_back)
    programs.work()
    assert programs.get("/aid-lines/A/1").get_json()["dibatalkan_pada"] == "2026-06-20"
    assert programs.get("/aid-lines/B1").get_json()["outcome"] == "accepted"


def test_another_agency_learns_nothing_of_lines_and_sendings(programs: Programs) -> None:
    programs.send("JUN-1", line("A1"))
    programs.work()
    for path in ("/aid-deliveries/JUN-1", "/aid-lines/A1"):
        assert programs.get(path, agency="DUA").status_code == 404
    programs.send("JUN-1", line("X1", kod_program="DUA-HIDUP"), agency="DUA")
    programs.work()
    told = programs.get("/aid-deliveries/JUN-1", agency="DUA").get_json()["lines"]
    assert [(one["outcome"], one["code"]) for one in told] == [("held", "pertindihan_antara_agensi")]
    assert "SATU" not in str(told)
    assert "A1" not in str(told)


def test_what_a_program_does_is_written_down_as_its_key_s(programs: Programs) -> None:
    programs.send("JUN-1", line("A1"))
    programs.work()
    (entry,) = programs.audited(action="import_delivery")
    assert (entry["actor"], entry["source"]) == (programs.keys["SATU"].client_id, "api")
    with programs.owner.connect() as connection:
        assert connection.scalar(text("SELECT recorded_by FROM ekasih.aid_line")) == programs.keys["SATU"].client_id


def test_a_request_that_waits_for_the_outcome_is_told_of_it_when_it_comes(programs: Programs) -> None:
    # nobody works: it waits its second and is told how far it is
    sent = programs.post(
        "/aid-lines", {"baris": [line("A1")]}, headers={"Idempotency-Key": "JUN-1", "Prefer": "wait=1"}
    )
    assert (sent.status_code, sent.get_json()["state"]) == (202, "waiting")
    programs.work()
    sent = programs.post(
        "/aid-lines", {"baris": [line("A1")]}, headers={"Idempotency-Key": "JUN-1", "Prefer": "wait=5"}
    )
    assert (sent.status_code, sent.get_json()["state"]) == (200, "processed")


def test_a_sending_whose_work_failed_is_asked_for_again_by_sending_it_again(programs: Programs) -> None:
    programs.send("JUN-1", line("A1"))
    rename = text("UPDATE ekasih.role_permission SET permission = :new WHERE permission = :old")
    with programs.owner.begin() as connection:
        connection.execute(rename, {"new": "x", "old": "deliver_aid_lines"})
    programs.work()
    with programs.owner.begin() as connection:
        connection.execute(rename, {"new": "deliver_aid_lines", "old": "x"})
    assert programs.get("/aid-deliveries/JUN-1").get_json()["state"] == "failed"
    assert programs.send("JUN-1", line("A1")).get_json()["state"] == "waiting"
    with programs.owner.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM ekasih.delivery_upload")) == 1
    programs.work()
    assert programs.get("/aid-deliveries/JUN-1").get_json()["lines"][0]["outcome"] == "accepted"


def test_what_failed_under_a_key_that_is_over_is_sent_again_by_the_next_one(programs: Programs) -> None:
    programs.send("JUN-1", line("A1"))
    with db.writing(programs.web, programs.keeper) as session:
        revoke_key(session, programs.keys["SATU"].key_id)
    programs.work()
    programs.keys["BAHARU"] = programs.issue("SATU")
    assert programs.get("/aid-deliveries/JUN-1", agency="BAHARU").get_json()["state"] == "failed"
    programs.send("JUN-1", line("A1"), agency="BAHARU")
    programs.work()
    told = programs.get("/aid-deliveries/JUN-1", agency="BAHARU").get_json()
    assert told["lines"][0]["outcome"] == "accepted"


def test_what_a_program_sends_is_published_with_the_night_s_figures(programs: Programs) -> None:
    programs.send("JUN-1", line("A1"))
    programs.work()
    with programs.owner.connect() as connection:
        assert connection.scalars(text("SELECT task FROM ekasih.job")).all() == ["aid.carry_out"]
