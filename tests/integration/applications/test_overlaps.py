"""An application whose need is met already: leave to overlap is asked for, given or refused, and used once."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from queries import applications, given_aid
from registry.aid_refusals import (
    ApplicationNotTheirs,
    ApplicationSamePerson,
    ApplicationStepIllegal,
    NeedMetElsewhere,
    OverlapsNothing,
    OverrideReason,
    OverrideWords,
)
from tests.integration.applications.conftest import facts, member
from tests.integration.applications.test_machine import claims
from tests.integration.applications.test_waiting import waiting

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.applications.conftest import Aid

WORDS = "Rumah mereka hanyut dalam banjir besar minggu lalu"
LEAVE: dict[str, Any] = {"code": "bencana", "reason": WORDS, "detail": {"evidence": "JKM/BNC/12"}}


def met_elsewhere(aid: Aid, owner: Connection) -> tuple[str, Principal]:
    """Zakat gives the household food; welfare has checked an application for the same. Its number, and who approves."""
    giver = member(owner, "zakat.lulus", aid.zakat)
    owner.commit()
    first = aid.sent(kind_id=aid.food_elsewhere)
    aid.step(aid.other, first, "semak", code="sokong", reason="Disahkan")
    aid.step(giver, first, "lulus", amount_rm=Decimal(50))
    return aid.checked(), aid.approver


def allowed(aid: Aid, who: Principal, number: str) -> set[str]:
    with aid.reading(who) as conn:
        found = applications.whole(conn, number)
    assert found is not None
    return {step["action"] for step in found.allowed}


def test_leave_is_asked_for_by_who_approves_and_given_by_the_state(aid: Aid, owner: Connection) -> None:
    number, approver = met_elsewhere(aid, owner)
    with pytest.raises(NeedMetElsewhere):
        aid.step(approver, number, "lulus", amount_rm=Decimal(100))
    assert "mohon_izin" in allowed(aid, approver, number)
    due = facts(owner, number)["due_on"]
    aid.step(approver, number, "mohon_izin", reason="Banjir memusnahkan bekalan makanan")
    assert waiting(aid, aid.state) == [number]
    assert number not in waiting(aid, approver)
    assert {"izin", "tolak_izin"} <= allowed(aid, aid.state, number)
    assert aid.step(aid.state, number, "izin", **LEAVE) == "disemak"
    assert waiting(aid, approver) == [number]
    assert facts(owner, number)["due_on"] == due
    assert aid.step(approver, number, "lulus", amount_rm=Decimal(100)) == "diluluskan"
    (claim,) = claims(owner, number)
    override = owner.execute(text("SELECT * FROM ekasih.aid_override")).mappings().one()
    assert (override["reason"], override["words"], override["evidence_no"], override["made_by"]) == (
        "bencana", WORDS, "JKM/BNC/12", "negeri",
    )  # fmt: skip
    assert claim["override_id"] == override["id"]


def test_what_was_found_is_listed_once_for_both_agencies_and_kept_in_the_log(aid: Aid, owner: Connection) -> None:
    number, approver = met_elsewhere(aid, owner)
    aid.step(approver, number, "mohon_izin", reason="Banjir memusnahkan bekalan makanan")
    aid.step(aid.state, number, "izin", **LEAVE)
    for who in (aid.other, approver, aid.state):
        with aid.reading(who) as conn:
            months = given_aid.pair_months(conn)
            rows, total = given_aid.pairs(conn, months[0]["month"], limit=9, offset=0)
        assert (total, rows[0]["merged"], rows[0]["row_id"]) == (1, False, None), who.login
        assert (rows[0]["application_no"] == number) == (who is not aid.other)
    entry = owner.scalar(text("SELECT after FROM ekasih.audit_log WHERE after ->> 'step' = 'izin'"))
    assert entry == {"step": "izin", "state": "disemak", "code": "bencana", "evidence": "JKM/BNC/12"}


def test_leave_is_neither_the_agencys_nor_for_what_overlaps_nothing(aid: Aid, owner: Connection) -> None:
    alone = aid.checked()
    with pytest.raises(OverlapsNothing):
        aid.step(aid.approver, alone, "mohon_izin", reason="Untuk berjaga-jaga")
    with pytest.raises(OverlapsNothing):
        aid.step(aid.state, alone, "izin", **LEAVE)
    offered = allowed(aid, aid.approver, alone) | allowed(aid, aid.state, alone)
    assert not {"mohon_izin", "izin", "tolak_izin"} & offered
    aid.step(aid.officer, alone, "tarik", reason="Tidak jadi")
    number, approver = met_elsewhere(aid, owner)
    for who, refusal in ((approver, ApplicationNotTheirs), (aid.officer, ApplicationNotTheirs)):
        with pytest.raises(refusal):
            aid.step(who, number, "izin", **LEAVE)
    with pytest.raises(ApplicationSamePerson):
        aid.step(aid.checker, number, "mohon_izin", reason="Saya juga yang menyemak")


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"reason": "banjir"}, OverrideWords),
        ({"detail": {"evidence": " "}}, OverrideWords),
        ({"detail": {}}, OverrideWords),
    ],
)
def test_leave_needs_twenty_letters_and_evidence(
    aid: Aid, owner: Connection, given: dict[str, Any], refusal: type[Exception]
) -> None:
    number, _approver = met_elsewhere(aid, owner)
    with pytest.raises(refusal):
        aid.step(aid.state, number, "izin", **(LEAVE | given))
    assert facts(owner, number)["override_id"] is None


def test_a_second_house_is_let_through_after_a_disaster_alone(aid: Aid, owner: Connection) -> None:
    first = aid.approved(kind_id=aid.house)
    aid.handed(first)
    aid.received(first)
    owner.execute(text("UPDATE ekasih.aid_need SET once = true WHERE code = 'RUMAH'"))
    owner.execute(text("ALTER TABLE ekasih.aid_line DISABLE TRIGGER keep_as_given"))
    owner.execute(text("UPDATE ekasih.aid_line SET day = day - 400"))
    owner.execute(text("ALTER TABLE ekasih.aid_line ENABLE TRIGGER keep_as_given"))
    owner.commit()
    number = aid.checked(kind_id=aid.house)
    with pytest.raises(OverrideReason):
        aid.step(aid.state, number, "izin", **(LEAVE | {"code": "keperluan_lain"}))
    aid.step(aid.state, number, "izin", **LEAVE)
    assert aid.step(aid.approver, number, "lulus", amount_rm=Decimal(100)) == "diluluskan"


def test_leave_that_is_refused_leaves_the_decision_to_the_agency(aid: Aid, owner: Connection) -> None:
    number, approver = met_elsewhere(aid, owner)
    aid.step(approver, number, "mohon_izin", reason="Banjir memusnahkan bekalan makanan")
    aid.step(aid.state, number, "tolak_izin", reason="Zakat sudah memberi bagi bulan ini")
    assert waiting(aid, aid.state) == []
    assert waiting(aid, approver) == [number]
    with pytest.raises(OverlapsNothing):
        aid.step(aid.state, number, "tolak_izin", reason="Sekali lagi")
    with pytest.raises(NeedMetElsewhere):
        aid.step(approver, number, "lulus", amount_rm=Decimal(100))
    assert aid.step(approver, number, "tolak", code="pertindihan", reason="Sudah dipenuhi") == "ditolak"


def test_leave_of_one_application_does_not_let_another_through(aid: Aid, owner: Connection) -> None:
    number, approver = met_elsewhere(aid, owner)
    aid.step(aid.state, number, "izin", **LEAVE)
    with pytest.raises(OverlapsNothing):
        aid.step(aid.state, number, "izin", **LEAVE)
    aid.step(approver, number, "lulus", amount_rm=Decimal(100))
    aid.step(approver, number, "batal", reason="Berpindah")
    again = aid.checked()
    with pytest.raises(NeedMetElsewhere):
        aid.step(approver, again, "lulus", amount_rm=Decimal(100))


def test_who_gave_leave_does_not_approve(aid: Aid, owner: Connection) -> None:
    number, _approver = met_elsewhere(aid, owner)
    aid.step(aid.state, number, "izin", **LEAVE)
    owner.execute(
        text("UPDATE ekasih.app_user SET agency_id = :of, role = 'agency', territory = '{}' WHERE login = 'negeri'"),
        {"of": aid.welfare},
    )
    owner.commit()
    with pytest.raises(ApplicationSamePerson):
        aid.step(aid.state, number, "lulus", amount_rm=Decimal(100))
    with pytest.raises(ApplicationStepIllegal):
        aid.step(aid.approver, number, "hantar")
