"""The pages of applications, asked over the services they use: lists, one application in both languages, letters."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.applications import application as page
from dashboard.pages.applications import letters, new, steps
from queries import applications
from registry.aid.conditions.fields import FIELDS
from registry.errors import InvalidInput
from registry.principals import DEFAULT_PERMISSIONS, Role
from reports import paper
from reports.application_letter import letter_pdf
from tests.integration.applications.conftest import CONDITIONS
from tests.integration.applications.test_overlaps import LEAVE, met_elsewhere
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from registry.principals import Principal
    from tests.integration.applications.conftest import Aid


def whole(aid: Aid, who: Principal, number: str) -> Any:
    with aid.reading(who) as conn:
        found = applications.whole(conn, number)
    assert found is not None
    return found


def told(component: Any) -> str:
    """All that a component says, in the form in which it travels."""
    return json.dumps(component, default=lambda part: part.to_plotly_json(), ensure_ascii=False)


def said(aid: Aid, who: Principal, number: str, language: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setattr(page, "may", who.may)
    with aid.reading(who) as conn:
        found = applications.whole(conn, number)
        assert found is not None
        return told(page._page(conn, found, words_of(language)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_agency_reads_the_sentence_why_not_and_what_its_conditions_use(
    aid: Aid, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = words_of(language)
    page_said = said(aid, aid.checker, aid.sent(), language, monkeypatch)
    assert words("application.meets_not") in page_said
    assert words("choice.sewa") in page_said
    assert words("condition.field_pemilikan") in page_said
    assert words("application.component_kediaman") in page_said
    assert words("application.component_peribadi") not in page_said
    assert "08030000001" not in page_said


def test_who_sees_the_household_is_led_to_its_record(aid: Aid, monkeypatch: pytest.MonkeyPatch) -> None:
    assert f"/isi-rumah/{aid.home}" in said(aid, aid.officer, aid.sent(), "ms", monkeypatch)


def test_lists_tell_what_waits_for_the_own_step_what_is_late_and_what_is_closed(aid: Aid, owner: Connection) -> None:
    def numbers(who: Principal, which: str) -> list[str]:
        with aid.reading(who) as conn:
            return [row["number"] for row in applications.listed(conn, which=which)[0]]

    number = aid.sent()
    assert numbers(aid.checker, "menunggu") == [number]
    assert numbers(aid.officer, "menunggu") == []
    assert numbers(aid.officer, "terbuka") == [number]
    assert numbers(aid.elsewhere, "terbuka") == []
    assert numbers(aid.other, "terbuka") == []
    assert numbers(aid.checker, "lewat") == []
    owner.execute(text("UPDATE ekasih.aid_application SET due_on = current_date - 1"))
    owner.commit()
    assert numbers(aid.checker, "lewat") == [number]
    with aid.reading(aid.checker) as conn:
        assert applications.counts(conn) == {"waiting": 1, "late": 1}
    aid.step(aid.officer, number, "tarik", reason="Tidak jadi")
    assert numbers(aid.officer, "terbuka") == []
    assert numbers(aid.officer, "ditutup") == [number]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_decision_has_its_letter(aid: Aid, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    words = words_of(language)
    said: list[str] = []
    plain, ruled = paper.text, paper.facts
    monkeypatch.setattr(paper, "text", lambda line, *style: said.append(line) or plain(line, *style))
    monkeypatch.setattr(paper, "facts", lambda pairs: said.extend(" ".join(pair) for pair in pairs) or ruled(pairs))

    def letter(number: str) -> str:
        found = whole(aid, aid.officer, number)
        kind = letters.kind_of(found.application, found.steps)
        assert kind is not None
        said.clear()
        assert letter_pdf(found.application, found.steps, kind, words, sample=False).startswith(b"%PDF")
        return " ".join(said)

    number = aid.refused()
    refusal = letter(number)
    assert words("letter.refusal") in refusal
    assert "Peruntukan sudah habis" in refusal
    assert words("application.code_peruntukan") in refusal
    aid.step(aid.officer, number, "rayu", reason="Pendapatan sudah berubah")
    assert words("letter.appeal") in letter(number)
    aid.step(aid.state, number, "putus_terima", reason="Semak semula")
    assert words("letter.appeal_heard") in letter(number)
    aid.step(aid.approver, number, "lulus", amount_rm=Decimal("99.50"))
    approval = letter(number)
    assert words("letter.approval") in approval
    assert "RM99.50" in approval
    assert "Aminah binti Contoh" in approval


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_approval_of_what_overlaps_tells_by_what_leave(
    aid: Aid, owner: Connection, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    plain = paper.text
    monkeypatch.setattr(paper, "text", lambda line, *style: said.append(line) or plain(line, *style))
    number, approver = met_elsewhere(aid, owner)
    aid.step(aid.state, number, "izin", **LEAVE)
    aid.step(approver, number, "lulus", amount_rm=Decimal(100))
    found, words = whole(aid, approver, number), words_of(language)
    letter_pdf(found.application, found.steps, "approval", words, sample=False)
    assert words("letter.leave", reason=words("override.bencana"), evidence="JKM/BNC/12") in said


def test_an_application_that_is_not_decided_has_no_letter(aid: Aid) -> None:
    found = whole(aid, aid.officer, aid.checked())
    assert letters.kind_of(found.application, found.steps) is None


@pytest.mark.parametrize(
    ("action", "given", "wrong"),
    [
        ("lulus", {"amount": "seratus"}, "amount"),
        ("lulus", {"amount": "100", "first_day": "31/02/2026"}, "first_day"),
        ("serah", {"day": "esok"}, "day"),
        ("serah", {"quantity": "banyak"}, "quantity"),
        ("alih", {"kind": "BAKUL"}, "kind"),
    ],
)
def test_what_cannot_be_read_of_a_step_is_told_by_its_field(action: str, given: dict[str, str], wrong: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        steps.command_of("B00000001", 1, action, given)
    assert set(refusal.value.problems) == {wrong}


def test_every_step_asks_for_fields_and_has_words(owner: Connection) -> None:
    actions = owner.scalars(text("SELECT DISTINCT action FROM ekasih.aid_transition WHERE permission <> 'system'"))
    assert set(steps.FIELDS) == set(actions)
    codes = owner.execute(text("SELECT action, unnest(codes) AS code FROM ekasih.aid_transition")).all()
    for language in LANGUAGES:
        words = words_of(language)
        assert all(steps.code_name(row.action, row.code, words) for row in codes)
        assert all(words.has(f"application.note_{action}") for action in steps.FIELDS)


def test_the_record_tells_fields_by_the_components_of_conditions(owner: Connection) -> None:
    rows = owner.execute(text("SELECT component, field, sensitive FROM ekasih.record_fields()"))
    told = {row.field: (row.component, row.sensitive) for row in rows}
    assert told == {
        name: (field.component, field.sensitive) for name, field in FIELDS.items() if field.component != "bantuan"
    }
    assert json.loads(CONDITIONS)


def test_of_a_protected_place_an_agency_learns_that_a_need_is_met_and_not_by_whom_or_where(
    aid: Aid, owner: Connection
) -> None:
    where = '[{"pada": "isirumah", "medan": "daerah", "op": "dalam", "nilai": ["0803"]}]'
    owner.execute(text("UPDATE ekasih.aid_conditions SET conditions = CAST(:c AS jsonb)"), {"c": where})
    owner.commit()
    aid.approved(kind_id=aid.rent)
    number = aid.sent(kind_id=aid.food_elsewhere)
    open_place = whole(aid, aid.other, number)
    assert {row["agency_ms"] for row in open_place.needs} == {"KEBAJIKAN"}
    assert "daerah" in {row["field"] for row in open_place.told}
    owner.execute(
        text("INSERT INTO ekasih.protected_place (household_id, reason, marked_by) VALUES (:h, 'Ancaman', 'test')"),
        {"h": aid.home},
    )
    owner.commit()
    hidden = whole(aid, aid.other, number)
    assert [(row["need_ms"], row["agency_ms"]) for row in hidden.needs] == [(open_place.needs[0]["need_ms"], None)]
    assert hidden.told == []
    assert whole(aid, aid.officer, number).told


@pytest.mark.parametrize(
    ("role", "ways"),
    [
        (Role.OFFICER, {"/kes/baharu"}),
        (Role.COUNCIL, {"/awam/maklum", "/projek/baharu"}),
        (Role.AGENCY, {"/awam/maklum"}),
    ],
)
def test_for_who_is_not_in_the_register_the_way_into_it_is_shown(
    role: Role, ways: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(new, "may", lambda permission: permission in DEFAULT_PERMISSIONS[role])
    for language in LANGUAGES:
        words = words_of(language)
        shown = told(new._ways_in(words))
        assert words("application.not_registered") in shown
        assert {way for way in new._WAYS_IN.values() if f'"{way}"' in shown} == ways
