"""What is held waits for an officer of the district, who accepts or refuses it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from registry.aid.settling import AcceptRow, Override, accept_row, refuse_row, settle_pair
from registry.aid_refusals import (
    OriginalMissing,
    OverrideNeeded,
    OverrideNotPermitted,
    OverrideReason,
    OverrideWords,
)
from registry.errors import NotFound, StaleRecord
from registry.principals import Role
from registry.refusals import ReasonMissing
from tests.integration.aid.deliveries import AidDelivery
from tests.world import Served, add_principal

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

    from registry.aid.importing import AidReport

    Imported = Callable[..., AidReport]

WHY = "Keluarga ini kehilangan rumah dalam banjir besar"
OVERRIDE = Override(reason="tambahan_dirancang", words=WHY, evidence_no="LP 12/2026")


@pytest.fixture
def held(families: dict[str, int], imported: Imported) -> AidReport:
    """The second agency's line of the same need and month is held."""
    del families
    imported(AidDelivery("SATU", "1").line("S1"))
    return imported(AidDelivery("DUA", "1").line("D1"))


def _row(owner: Connection, reference: str) -> int:
    found = owner.scalar(text("SELECT id FROM ekasih.aid_row WHERE reference = :r"), {"r": reference})
    owner.rollback()
    return int(found or 0)


def _lines(owner: Connection) -> list[str]:
    found = list(owner.scalars(text("SELECT reference FROM ekasih.aid_line ORDER BY id")))
    owner.rollback()
    return found


def test_a_need_that_is_met_is_not_met_again_by_another_agency(owner: Connection, held: AidReport) -> None:
    assert held.figures["held"] == {"pertindihan_antara_agensi": 1}
    assert held.figures["double_aid"]["list"] == [["K0001", "PENDAPATAN", "SATU", "S1", "DUA", "D1"]]
    assert _lines(owner) == ["S1"]


def test_what_overlaps_is_accepted_with_an_override_alone(owner: Connection, web: Engine, held: AidReport) -> None:
    del held
    row = _row(owner, "D1")
    state = add_principal(owner, "negeri", Role.STATE_OFFICE, "08")
    officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    owner.commit()
    with Served(web=web).writing(officer) as session, pytest.raises(OverrideNotPermitted):
        accept_row(session, AcceptRow(row_id=row, reason="sah", override=OVERRIDE))
    for override, refusal in (
        (None, OverrideNeeded),
        (Override(reason="gabungan_rekod", words=WHY, evidence_no="1"), OverrideReason),
        (Override(reason="bencana", words="pendek", evidence_no="1"), OverrideWords),
        (Override(reason="bencana", words=WHY, evidence_no=" "), OverrideWords),
    ):
        with Served(web=web).writing(state) as session, pytest.raises(refusal):
            accept_row(session, AcceptRow(row_id=row, reason="sah", override=override))
    with Served(web=web).writing(state) as session:
        accept_row(session, AcceptRow(row_id=row, reason="sah", override=OVERRIDE))
    assert _lines(owner) == ["S1", "D1"]
    with Served(web=web).writing(state) as session, pytest.raises(StaleRecord):
        accept_row(session, AcceptRow(row_id=row, reason="sah", override=OVERRIDE))


def test_who_has_another_district_settles_nothing_of_it(owner: Connection, web: Engine, held: AidReport) -> None:
    del held
    row = _row(owner, "D1")
    other = add_principal(owner, "lain", Role.OFFICER, "0805")
    owner.commit()
    for command in (
        lambda s: refuse_row(s, row, reason="tidak sah"),
        lambda s: accept_row(s, AcceptRow(row_id=row, reason="x")),
    ):
        with Served(web=web).writing(other) as session, pytest.raises(NotFound):
            command(session)


def test_a_refusal_needs_a_reason_and_lets_the_reference_come_again(
    owner: Connection, web: Engine, held: AidReport, imported: Imported
) -> None:
    del held
    row = _row(owner, "D1")
    officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    owner.commit()
    with Served(web=web).writing(officer) as session, pytest.raises(ReasonMissing):
        refuse_row(session, row, reason=" ")
    with Served(web=web).writing(officer) as session:
        refuse_row(session, row, reason="Dibayar dua kali")
    report = imported(AidDelivery("DUA", "2").line("D1", tarikh="2026-05-10"))
    assert report.figures["accepted"]["lines"] == 1


def test_a_name_that_did_not_fit_is_accepted_for_the_person_chosen(
    owner: Connection, web: Engine, families: dict[str, int], imported: Imported
) -> None:
    imported(AidDelivery("SATU", "1").line("S1", nama="Orang Lain Sama Sekali"))
    officer = add_principal(owner, "pegawai", Role.OFFICER, "0803")
    person = owner.scalar(
        text("SELECT id FROM ekasih.person WHERE is_head AND household_id = :id"), {"id": families["K0002"]}
    )
    owner.commit()
    with Served(web=web).writing(officer) as session:
        accept_row(session, AcceptRow(row_id=_row(owner, "S1"), reason="Nombor orang lain", person_id=person))
    assert owner.scalar(text("SELECT household_id FROM ekasih.aid_line")) == families["K0002"]


def test_a_reversal_of_what_is_held_waits_for_it(
    owner: Connection, web: Engine, families: dict[str, int], imported: Imported
) -> None:
    del families
    imported(AidDelivery("SATU", "1").line("S1", nama="Orang Lain Sama Sekali"))
    back = imported(AidDelivery("SATU", "2").line("S2", jenis_baris="batal", no_rujukan_asal="S1"))
    assert back.figures["held"] == {"asal_ditahan": 1}
    officer = add_principal(owner, "pegawai", Role.NATIONAL)
    person = owner.scalar(text("SELECT id FROM ekasih.person WHERE is_head ORDER BY id LIMIT 1"))
    owner.commit()
    with Served(web=web).writing(officer) as session, pytest.raises(OriginalMissing):
        accept_row(session, AcceptRow(row_id=_row(owner, "S2"), reason="sah"))
    with Served(web=web).writing(officer) as session:
        accept_row(session, AcceptRow(row_id=_row(owner, "S1"), reason="sah", person_id=person))
        accept_row(session, AcceptRow(row_id=_row(owner, "S2"), reason="sah"))
    assert owner.scalar(text("SELECT count(*) FROM ekasih.aid_reversal")) == 1
    assert owner.scalar(text("SELECT count(*) FROM ekasih.aid_claim WHERE ended_at IS NULL")) == 0


def test_a_house_is_given_once_but_for_a_later_disaster(
    owner: Connection, web: Engine, families: dict[str, int], imported: Imported
) -> None:
    del families
    imported(AidDelivery("SATU", "1").line("S1", kod_program="SATU-RUMAH"))
    again = imported(AidDelivery("DUA", "1").line("D1", kod_program="DUA-RUMAH", tarikh="2026-06-20"))
    assert again.figures["held"] == {"perumahan_pernah_diterima": 1}
    state = add_principal(owner, "negeri", Role.STATE_OFFICE, "08")
    owner.commit()
    row = _row(owner, "D1")
    with Served(web=web).writing(state) as session, pytest.raises(OverrideReason):
        accept_row(session, AcceptRow(row_id=row, reason="sah", override=OVERRIDE))
    with Served(web=web).writing(state) as session:
        flood = Override(reason="bencana", words=WHY, evidence_no="LP 12/2026")
        accept_row(session, AcceptRow(row_id=row, reason="sah", override=flood))
    assert _lines(owner) == ["S1", "D1"]


def test_double_aid_that_was_found_is_settled_by_the_state(owner: Connection, web: Engine, held: AidReport) -> None:
    del held
    pair = owner.scalar(text("SELECT id FROM ekasih.aid_pair"))
    state = add_principal(owner, "negeri", Role.STATE_OFFICE, "08")
    other = add_principal(owner, "johor", Role.STATE_OFFICE, "01")
    owner.commit()
    with Served(web=web).writing(other) as session, pytest.raises(NotFound):
        settle_pair(session, int(pair or 0), "confirmed")
    with Served(web=web).writing(state) as session:
        settle_pair(session, int(pair or 0), "confirmed")
    assert owner.scalar(text("SELECT finding FROM ekasih.aid_pair")) == "confirmed"


def test_what_was_given_is_neither_changed_nor_deleted(owner: Connection, held: AidReport) -> None:
    del held
    for statement in ("UPDATE ekasih.aid_line SET amount_rm = 1", "DELETE FROM ekasih.aid_line"):
        with pytest.raises(DBAPIError, match="aid_given_stands"):
            owner.execute(text(statement))
        owner.rollback()
