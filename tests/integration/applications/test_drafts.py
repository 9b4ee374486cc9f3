"""A draft is changed until it is sent in; of two who change it at once the later one is shown both versions."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.applications import edit, fields
from queries import applications
from registry.aid_refusals import (
    ApplicantMissing,
    ApplicationIncomplete,
    ApplicationOpenAlready,
    ApplicationStepIllegal,
    ProgrammeNotOpen,
)
from registry.applications.applications import EditApplication, edit_application
from registry.errors import InvalidInput, NotFound, StaleRecord
from tests.integration.applications.conftest import facts, kind
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from queries.row_types.applications import ApplicationRow
    from registry.principals import Principal
    from tests.integration.applications.conftest import Aid


def change(aid: Aid, who: Principal, number: str, version: int = 1, **given: Any) -> int:
    values: dict[str, Any] = {"kind_id": aid.food, "amount_rm": Decimal(120)} | given
    with aid.writing(who) as session:
        return edit_application(session, EditApplication(number=number, version=version, **values))


def row_of(aid: Aid, who: Principal, number: str) -> ApplicationRow:
    with aid.reading(who) as conn:
        row = applications.application(conn, number)
    assert row is not None
    return row


def test_need_programme_amount_period_words_and_who_asks_are_changed(aid: Aid, owner: Connection) -> None:
    number = aid.open()
    change(
        aid, aid.officer, number, kind_id=aid.food_elsewhere, amount_rm=Decimal("80.50"), purpose="Bakul bulan depan",
        first_day=date(2026, 3, 1), last_day=date(2026, 3, 31), head_present=False, asked_by="Zul", relation="anak",
        phone="012-3456789", channel="telefon",
    )  # fmt: skip
    kept = facts(owner, number)
    assert (kept["state"], kept["version"], kept["agency_id"], kept["kind_id"]) == (
        "draf", 2, aid.zakat, aid.food_elsewhere,
    )  # fmt: skip
    assert (kept["amount_asked_rm"], kept["purpose"]) == (Decimal("80.50"), "Bakul bulan depan")
    assert (kept["asked_by"], kept["asked_relation"], kept["asked_phone"]) == ("Zul", "anak", "012-3456789")
    assert (kept["asked_period"].lower, kept["channel"]) == (date(2026, 3, 1), "telefon")
    assert aid.step(aid.officer, number, "hantar") == "diterima"


def test_the_log_and_the_history_tell_who_changed_which_fields_and_not_what_was_in_them(
    aid: Aid, owner: Connection
) -> None:
    number = aid.open()
    change(aid, aid.officer, number, phone="012-3456789", purpose="Rahsia keluarga")
    entry = owner.scalar(text("SELECT after FROM ekasih.audit_log WHERE action = 'edit_application'"))
    assert entry == {"fields": ["asked_phone", "purpose"]}
    with aid.reading(aid.officer) as conn:
        assert [step["action"] for step in applications.steps(conn, number)] == ["ubah", "buka"]


def test_a_draft_that_somebody_changed_meanwhile_is_refused_and_both_versions_are_shown(aid: Aid) -> None:
    number = aid.open()
    change(aid, aid.state, number, amount_rm=Decimal(90), purpose="Daripada pejabat negeri")
    with pytest.raises(StaleRecord):
        change(aid, aid.officer, number, amount_rm=Decimal(110))
    row = row_of(aid, aid.officer, number)
    assert row["amount_asked_rm"] == 90
    for language in LANGUAGES:
        given = fields.known_of(row) | {"amount": "110", "who": "wakil", "asked_by": "Zul"}
        with aid.reading(aid.officer) as conn:
            shown = edit._both(conn, row, given, words_of(language))
        said = json.dumps(shown, default=lambda part: part.to_plotly_json(), ensure_ascii=False)
        assert all(part in said for part in ("negeri", "90.00", "110", "Zul"))
        assert "Daripada pejabat negeri" not in said  # the same in both
    assert change(aid, aid.officer, number, row["version"], amount_rm=Decimal(110)) == row["version"] + 1


def test_what_was_sent_in_or_is_another_districts_is_not_changed(aid: Aid) -> None:
    number = aid.open()
    with pytest.raises(NotFound):
        change(aid, aid.elsewhere, number)
    with pytest.raises(NotFound):
        change(aid, aid.checker, number)
    aid.step(aid.officer, number, "hantar")
    with pytest.raises(ApplicationStepIllegal):
        change(aid, aid.officer, number, 2)


def test_a_draft_that_was_changed_can_be_withdrawn(aid: Aid) -> None:
    number = aid.open()
    change(aid, aid.officer, number, purpose="Silap isi")
    assert aid.step(aid.officer, number, "tarik") == "ditarik"


def test_what_cannot_be_asked_for_at_the_counter_cannot_be_changed_to(aid: Aid, owner: Connection) -> None:
    number = aid.open()
    closed = kind(owner, aid.welfare, "TUTUP")
    owner.execute(text("UPDATE ekasih.aid_programme SET state = 'ditutup' WHERE code = 'TUTUP'"))
    owner.commit()
    rent = aid.open(kind_id=aid.rent)
    for given, refusal in (
        ({"kind_id": closed}, ProgrammeNotOpen),
        ({"head_present": False}, ApplicantMissing),
        ({"amount_rm": Decimal(0)}, ApplicationIncomplete),
        ({"amount_rm": None}, ApplicationIncomplete),
    ):
        with pytest.raises(refusal):
            change(aid, aid.officer, number, **given)
    with pytest.raises(ApplicationOpenAlready):
        change(aid, aid.officer, rent)
    with pytest.raises(InvalidInput):
        change(aid, aid.officer, number, first_day=date(2026, 3, 2), last_day=date(2026, 3, 1))
    assert facts(owner, number)["version"] == 1


def test_aid_for_a_person_is_for_one_of_the_household(aid: Aid, owner: Connection) -> None:
    school = kind(owner, aid.welfare, "SEKOLAH", need="SEKOLAH", recipient="orang")
    owner.commit()
    asked = text("SELECT id, name FROM ekasih.person WHERE household_id = :home AND NOT is_head ORDER BY id LIMIT 1")
    child = owner.execute(asked, {"home": aid.home}).one()
    owner.rollback()
    number = aid.open()
    with pytest.raises(ApplicationIncomplete):
        change(aid, aid.officer, number, kind_id=school)
    change(aid, aid.officer, number, kind_id=school, person_id=child.id)
    row = row_of(aid, aid.officer, number)
    assert (row["person_id"], row["for_name"]) == (child.id, child.name)
    assert fields.known_of(row)["person"] == str(child.id)
