"""What a program may ask of persons: whether a need is met, lists that were approved, applications routed to it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from tests.integration.api.conftest import line

if TYPE_CHECKING:
    from tests.integration.api.conftest import Programs

PURPOSE = "Semakan sebelum bantuan diluluskan"


def asked(programs: Programs, agency: str = "DUA", **facts: Any) -> Any:
    body = {"no_kp": "700101-08-5001", "keperluan": "PENDAPATAN", "tarikh": "2026-06-15", "tujuan": PURPOSE} | facts
    return programs.post("/needs-met", body, agency=agency)


def test_a_need_that_another_agency_meets_is_told_with_its_last_day_and_nothing_else(programs: Programs) -> None:
    programs.send("JUN-1", line("A1"))
    programs.work()
    assert asked(programs).get_json() == {"met": True, "until": "2026-06-30"}
    assert asked(programs, tarikh="2026-07-01").get_json() == {"met": False, "until": None}
    assert asked(programs, keperluan="MAKANAN").get_json() == {"met": False, "until": None}


def test_a_house_is_met_without_end_and_aid_that_was_taken_back_is_not(programs: Programs) -> None:
    programs.send("JUN-1", line("H1", kod_program="SATU-RUMAH"), line("A1"))
    programs.work()
    assert asked(programs, keperluan="RUMAH").get_json() == {"met": True, "until": None}
    programs.send("JUN-2", line("B1", jenis_baris="batal", no_rujukan_asal="A1", tarikh="2026-06-20"))
    programs.work()
    assert asked(programs).get_json() == {"met": False, "until": None}


def test_who_is_in_no_register_is_answered_as_whose_need_is_not_met(programs: Programs) -> None:
    assert asked(programs, no_kp="900101-14-5567").get_json() == {"met": False, "until": None}


def test_a_question_is_written_down_with_its_purpose_and_without_the_number(programs: Programs) -> None:
    asked(programs)
    (entry,) = programs.audited(action="check_status")
    assert (entry["actor"], entry["source"]) == (programs.keys["DUA"].client_id, "api")
    assert (entry["after"]["for"], entry["after"]["purpose"]) == ("need", PURPOSE)
    assert "700101" not in json.dumps(entry["after"])


def test_questions_are_limited_as_checks_at_a_counter_are(programs: Programs) -> None:
    with programs.owner.begin() as connection:
        connection.execute(text("UPDATE ekasih.setting SET value = '2' WHERE key = 'checking.per_minute'"))
    answers = [asked(programs) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].headers["Retry-After"] == "60"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"no_kp": "12"}, "no_kp"), ({"tujuan": "semak"}, "tujuan"), ({"keperluan": "EMAS"}, "keperluan"),
        ({"tujuan": "Semakan bagi 700101-08-5001 itu"}, "tujuan"), ({"tarikh": "semalam"}, "tarikh"),
        ({"no_kp": "7001\x00"}, "no_kp"), ({"nama": "Ali"}, "nama"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_told_by_its_field_and_counts_for_nothing(
    programs: Programs, wrong: dict[str, str], field: str
) -> None:
    refused = asked(programs, **wrong)
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.get_json()["errors"]] == [f"#/{field}"]
    assert all(one["detail"] for one in refused.get_json()["errors"])
    assert programs.audited(action="check_status") == []


def frozen(programs: Programs, agency: str = "SATU", state: str = "beku", *, days: int = 30) -> int:
    """A list of an agency with both families."""
    with programs.owner.begin() as connection:
        made = connection.execute(
            text("""
                INSERT INTO ekasih.target_group (agency_id, name, purpose, conditions, on_date, fields, made_by, state,
                    states, expires_on, households)
                SELECT a.id, 'Kinta', 'Bakul makanan bagi keluarga', '[]', current_date, '{pemilikan}', :maker, :state,
                    '{08}', current_date + CAST(:days AS integer), 2 FROM ekasih.agency AS a WHERE a.code = :agency
                RETURNING id
            """),
            {"agency": agency, "maker": programs.keeper.user_id, "state": state, "days": days},
        ).scalar_one()
        connection.execute(
            text("""
                INSERT INTO ekasih.target_group_household (group_id, file_no, household_id, district_code, status,
                    per_capita_rm, version)
                SELECT :group, h.file_no, h.id, h.district_code, h.status, h.per_capita_rm, h.version
                FROM ekasih.household AS h
            """),
            {"group": made},
        )
    return int(made)


def test_a_frozen_list_is_told_page_by_page_marked_and_written_down(programs: Programs) -> None:
    group = frozen(programs)
    assert [one["id"] for one in programs.get("/target-groups").get_json()["target_groups"]] == [group]
    first = programs.get(f"/target-groups/{group}/households?limit=1").get_json()
    second = programs.get(f"/target-groups/{group}/households?limit=1&cursor={first['next']}").get_json()
    assert [one["no_fail"] for one in first["households"] + second["households"]] == ["K0001", "K0002"]
    assert second["next"] is None
    assert first["households"][0]["no_kp"] == "######-##-5001"
    assert first["mark"]["taken_by"] == "Sistem SATU"
    assert first["mark"]["purpose"] == "Bakul makanan bagi keluarga"
    exports = programs.audited(action="export", subject="target_group", subject_id=group)
    assert [entry["source"] for entry in exports] == ["api", "api"]


def test_a_list_is_closed_after_its_time_and_not_there_before_it_is_frozen(programs: Programs) -> None:
    over, waiting = frozen(programs, days=-1), frozen(programs, state="diluluskan")
    closed = programs.get(f"/target-groups/{over}/households")
    assert (closed.status_code, closed.get_json()["type"]) == (410, "urn:ekasih:problem:target_list_closed")
    assert programs.get(f"/target-groups/{waiting}/households").status_code == 409


def test_another_agency_s_list_is_not_there(programs: Programs) -> None:
    group = frozen(programs, agency="DUA")
    assert programs.get(f"/target-groups/{group}/households").status_code == 404
    assert programs.get("/target-groups").get_json()["target_groups"] == []
    assert programs.get(f"/target-groups/{1 << 80}/households").status_code == 404


def applied(programs: Programs, agency: str = "SATU") -> str:
    """An application that was sent to an agency."""
    with programs.owner.begin() as connection:
        return str(
            connection.execute(
                text("""
                    INSERT INTO ekasih.aid_application (household_id, kind_id, agency_id, district_code, channel,
                        head_present, for_name, amount_asked_rm, state)
                    SELECT h.id, k.id, p.agency_id, h.district_code, 'kaunter', true, h.head_name, 120, 'diterima'
                    FROM ekasih.household AS h, ekasih.aid_kind AS k
                    JOIN ekasih.aid_programme AS p ON p.id = k.programme_id
                    WHERE h.file_no = 'K0001' AND p.code = :programme RETURNING number
                """),
                {"programme": f"{agency}-HIDUP"},
            ).scalar_one()
        )


def step(programs: Programs, number: str, key: str, agency: str = "SATU", **facts: Any) -> Any:
    return programs.post(f"/applications/{number}/steps", facts, agency=agency, headers={"Idempotency-Key": key})


def test_applications_that_were_routed_to_the_own_agency_are_listed_and_read(programs: Programs) -> None:
    number = applied(programs)
    (listed,) = programs.get("/applications?state=diterima").get_json()["applications"]
    assert (listed["number"], listed["kod_program"], listed["amount_asked"]) == (number, "SATU-HIDUP", "120.00")
    told = programs.get(f"/applications/{number}").get_json()
    assert (told["for_name"], told["state"]) == ("Ali bin Abu", "diterima")
    assert {one["action"] for one in told["allowed"]} == {"semak", "minta_dokumen"}
    assert programs.audited(action="read", subject="aid_application")[0]["source"] == "api"


def test_a_step_is_taken_once_and_who_checked_does_not_approve(programs: Programs) -> None:
    number = applied(programs)
    told = programs.get(f"/applications/{number}").get_json()
    facts = {"action": "semak", "version": told["version"], "code": "sokong", "reason": "Pendapatan disahkan"}
    for _ in range(2):
        assert step(programs, number, "s1", **facts).get_json() == {"number": number, "state": "disemak"}
    version = programs.get(f"/applications/{number}").get_json()["version"]
    own = step(programs, number, "s2", action="lulus", version=version, amount="100.00")
    assert (own.status_code, own.get_json()["type"]) == (403, "urn:ekasih:problem:application_same_person")
    programs.keys["LAIN"] = programs.issue("SATU")
    granted = step(programs, number, "s3", agency="LAIN", action="lulus", version=version, amount="100.00",
                   first_day="2026-07-01", last_day="2026-07-31")  # fmt: skip
    assert granted.get_json() == {"number": number, "state": "diluluskan"}


def test_a_step_from_an_old_version_and_one_without_its_scope_are_refused(programs: Programs) -> None:
    number = applied(programs)
    stale = step(programs, number, "s1", action="semak", version=99, code="sokong", reason="x")
    assert (stale.status_code, stale.get_json()["type"]) == (409, "urn:ekasih:problem:stale")
    programs.keys["BACA"] = programs.issue("SATU", scopes=("applications.read",))
    assert programs.get(f"/applications/{number}", agency="BACA").get_json()["allowed"] == []
    refused = step(programs, number, "s1", agency="BACA", action="semak", version=1, code="sokong", reason="x")
    assert (refused.status_code, refused.get_json()["type"]) == (403, "urn:ekasih:problem:scope_missing")


def test_another_agency_s_application_is_not_there(programs: Programs) -> None:
    number = applied(programs, agency="DUA")
    assert programs.get("/applications").get_json()["applications"] == []
    assert programs.get(f"/applications/{number}").status_code == 404
    assert step(programs, number, "s1", action="semak", version=1, code="sokong", reason="x").status_code == 404
    assert programs.get("/applications/700101085001").status_code == 404
    assert "700101" not in str(programs.audited(action="read"))


def test_of_an_application_that_ended_long_ago_little_is_told(programs: Programs) -> None:
    number = applied(programs)
    with programs.owner.begin() as connection:
        connection.execute(
            text("""
            ALTER TABLE ekasih.aid_application DISABLE TRIGGER USER;
            UPDATE ekasih.aid_application SET state = 'ditarik', state_since = current_date - 40;
            ALTER TABLE ekasih.aid_application ENABLE TRIGGER USER""")
        )
        connection.execute(text("ALTER TABLE ekasih.aid_step DISABLE TRIGGER USER"))
        connection.execute(
            text("""
            INSERT INTO ekasih.aid_step (application_id, action, from_state, to_state, seen_version, reason, actor, at)
            SELECT id, 'tarik', 'diterima', 'ditarik', 1, 'Pindah', 'kaunter', :at FROM ekasih.aid_application
        """),
            {"at": datetime.now(UTC)},
        )
        connection.execute(text("ALTER TABLE ekasih.aid_step ENABLE TRIGGER USER"))
    told = programs.get(f"/applications/{number}").get_json()
    assert (told["state"], told["ended_reason"], told["for_name"]) == ("ditarik", "Pindah", None)
