"""What waits for whom, and that telling it reads no more of the open applications than it tells."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from queries import applications
from queries.statements import statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.applications.conftest import Aid

_OFFICE = text("INSERT INTO ekasih.office (code, agency_id, name_ms, name_en) VALUES (:code, :agency, :code, :code)")
_MANY = text("""
    INSERT INTO ekasih.aid_application (household_id, kind_id, agency_id, district_code, channel, head_present,
        for_name, amount_asked_rm, state, due_on, opened_by)
    SELECT -n, :kind, :agency, (ARRAY['0801', '0802', '0803'])[1 + n % 3], 'kaunter', true, 'Contoh', 100,
        (ARRAY['draf', 'diterima', 'tidak_lengkap', 'disemak', 'diluluskan', 'diserah', 'dirayu', 'selesai'])
            [1 + n % 8],
        current_date - 30 + n % 60, :opened
    FROM generate_series(1, 3000) AS n
""")


def waiting(aid: Aid, who: Principal, programme: str | None = None) -> list[str]:
    with aid.reading(who) as conn:
        return [row["number"] for row in applications.listed(conn, which="menunggu", programme=programme)[0]]


def test_a_draft_and_documents_wait_for_who_opened_it(aid: Aid) -> None:
    draft = aid.open()
    assert waiting(aid, aid.officer) == [draft]
    assert waiting(aid, aid.state) == []
    aid.step(aid.officer, draft, "hantar")
    aid.step(aid.checker, draft, "minta_dokumen", reason="Salinan kad pengenalan")
    assert waiting(aid, aid.officer) == [draft]
    assert waiting(aid, aid.checker) == []


def test_a_decision_waits_for_those_who_did_not_check(aid: Aid) -> None:
    number = aid.checked()
    assert waiting(aid, aid.checker) == []
    assert waiting(aid, aid.approver) == [number]
    assert waiting(aid, aid.other) == []


def test_an_appeal_waits_for_the_state_and_not_for_the_agency(aid: Aid) -> None:
    number = aid.refused()
    aid.step(aid.officer, number, "rayu", reason="Pendapatan sudah berubah")
    assert waiting(aid, aid.state) == [number]
    assert waiting(aid, aid.approver) == []


def test_goods_that_were_granted_wait_to_be_handed_over_and_cash_does_not(aid: Aid) -> None:
    goods = aid.approved()
    aid.approved(kind_id=aid.rent)
    assert waiting(aid, aid.approver) == [goods]


def test_an_office_is_told_of_its_own_and_of_what_is_no_offices(aid: Aid, owner: Connection) -> None:
    for code in ("PEJ-A", "PEJ-B"):
        owner.execute(_OFFICE, {"code": code, "agency": aid.welfare})
    owner.execute(text("UPDATE ekasih.app_user SET office_code = 'PEJ-A' WHERE login = 'semak'"))
    owner.commit()
    number = aid.sent()
    told = {}
    for office in ("PEJ-A", "PEJ-B", None):
        owner.execute(text("UPDATE ekasih.aid_application SET office_code = :office"), {"office": office})
        owner.commit()
        told[office] = waiting(aid, aid.checker)
    assert told == {"PEJ-A": [number], "PEJ-B": [], None: [number]}


def test_one_programme_alone_is_told_where_it_is_chosen(aid: Aid) -> None:
    food, rent = aid.sent(), aid.sent(kind_id=aid.rent)
    assert waiting(aid, aid.checker) == [food, rent]
    assert waiting(aid, aid.checker, "SEWA") == [rent]


def read(plan: dict[str, Any]) -> list[tuple[str, str]]:
    """How a plan reads applications: by which kind of scan, and which index."""
    here = [(plan["Node Type"], plan.get("Index Name", ""))] if plan.get("Relation Name") == "aid_application" else []
    return here + [found for part in plan.get("Plans", []) for found in read(part)]


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("start/waiting", {"kinds": ["application"], "row_limit": 100}),
        ("applications/counts", {}),
        ("applications/rows", {"which": "menunggu", "programme_code": None, "row_limit": 25, "row_offset": 0}),
        ("applications/rows", {"which": "terbuka", "programme_code": None, "row_limit": 25, "row_offset": 0}),
    ],
)
def test_no_list_of_open_applications_reads_the_whole_table(
    aid: Aid, owner: Connection, name: str, given: dict[str, Any]
) -> None:
    owner.execute(text("SET session_replication_role = replica"))
    owner.execute(_MANY, {"kind": aid.food, "agency": aid.welfare, "opened": aid.state.user_id})
    owner.execute(text("SET session_replication_role = origin"))
    owner.commit()
    owner.execute(text("ANALYZE ekasih.aid_application"))
    owner.commit()
    with aid.reading(aid.checker) as conn:
        asked = text(f"EXPLAIN (FORMAT JSON) {statement(name).text}")
        plan = conn.execute(asked, given).scalar_one()
    ways = read((plan if isinstance(plan, list) else json.loads(plan))[0]["Plan"])
    closed = "Seq Scan" if given.get("which") else None  # the list of closed ones stands in the same statement
    assert [way for way in ways if way[0] == "Seq Scan" and way[0] != closed] == []
    assert "aid_application_agency_due_idx" in {index for _, index in ways}
