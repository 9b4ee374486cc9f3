"""Settings and names of states: changed by administrators within their bounds, never blindly, and written down."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from queries import oversight
from registry.errors import InvalidInput, NotPermitted, StaleRecord
from registry.installation.register_settings import ChangeSettings, RenameStates, change_settings, rename_states
from registry.principals import Principal, Role
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.accounts.conftest import People

_RAW = text("UPDATE ekasih.setting SET value = CAST(:value AS jsonb) WHERE key = :key")


def _held(people: People, who: Principal) -> dict[str, Decimal]:
    with people.reading(who) as connection:
        return {row["key"]: row["value"] for row in oversight.settings(connection)}


def _names(people: People, who: Principal) -> dict[str, tuple[str, str]]:
    with people.reading(who) as connection:
        return {row["code"]: (row["name_ms"], row["name_en"]) for row in oversight.state_names(connection)}


def _change(people: People, who: Principal, **wanted: Any) -> int:
    held = _held(people, who)
    with people.writing(who) as session:
        return change_settings(session, ChangeSettings(wanted=held | wanted, seen=held))


def _rename(people: People, who: Principal, **wanted: tuple[str, str]) -> int:
    held = _names(people, who)
    with people.writing(who) as session:
        return rename_states(session, RenameStates(wanted=held | wanted, seen=held))


def test_a_setting_is_changed_and_written_down(people: People, owner: Connection, administrator: Principal) -> None:
    wanted = {"review.months": Decimal(36), "quality.income_factor": Decimal("2.5")}
    assert _change(people, administrator, **wanted) == 2
    assert wanted.items() <= _held(people, administrator).items()
    entry = owner.execute(text("SELECT before, after FROM audit_log WHERE action = 'change_settings'")).one()
    assert entry.before == {"review.months": 24, "quality.income_factor": 3}
    assert entry.after == {"review.months": 36, "quality.income_factor": 2.5}


def test_nothing_changed_is_nothing_written_down(people: People, owner: Connection, administrator: Principal) -> None:
    assert _change(people, administrator) == 0
    assert _rename(people, administrator) == 0
    asked = text("SELECT count(*) FROM audit_log WHERE action IN ('change_settings', 'rename_states')")
    assert owner.scalar(asked) == 0


@pytest.mark.parametrize("value", [None, Decimal(0), Decimal(121), Decimal("24.5")])
def test_a_value_outside_its_bounds_changes_nothing(
    people: People, administrator: Principal, value: Decimal | None
) -> None:
    held = _held(people, administrator)
    with pytest.raises(InvalidInput) as refused:
        _change(people, administrator, **{"review.months": value, "cards.valid_days": Decimal(365)})
    assert refused.value.problems == {"review.months": "setting_range"}
    assert _held(people, administrator) == held


def test_a_setting_that_somebody_else_changed_is_not_overwritten(people: People, administrator: Principal) -> None:
    seen = _held(people, administrator)
    _change(people, administrator, **{"review.months": Decimal(36)})
    wanted = seen | {"review.months": Decimal(12)}
    with pytest.raises(StaleRecord), people.writing(administrator) as session:
        change_settings(session, ChangeSettings(wanted=wanted, seen=seen))
    assert _held(people, administrator)["review.months"] == 36


def test_the_programs_own_settings_cannot_be_changed(people: People, administrator: Principal) -> None:
    with pytest.raises(NotPermitted):
        _change(people, administrator, **{"disclosure.threshold": Decimal(1)})
    with people.writing(administrator) as session:
        assert session.execute(_RAW, {"key": "disclosure.threshold", "value": "1"}).rowcount == 0


def test_the_database_holds_the_bounds_too(people: People, administrator: Principal) -> None:
    for value in ("0", "24.5", '"24"', "null"):
        with pytest.raises(IntegrityError), people.writing(administrator) as session:
            session.execute(_RAW, {"key": "review.months", "value": value})


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_nobody_but_an_administrator_changes_them(people: People, owner: Connection, role: Role) -> None:
    who = people.add("ujian.lain", role, "0803")
    with pytest.raises(NotPermitted):
        _change(people, who, **{"review.months": Decimal(36)})
    with pytest.raises(NotPermitted):
        _rename(people, who, received=("masuk", "came in"))
    with people.writing(who) as session:
        assert session.execute(_RAW, {"key": "review.months", "value": "36"}).rowcount == 0
        assert session.execute(text("UPDATE case_state SET name_ms = 'x' WHERE code = 'received'")).rowcount == 0
    assert owner.scalar(text("SELECT value FROM setting WHERE key = 'review.months'")) == 24


def test_a_state_gets_a_name_in_both_languages(people: People, owner: Connection, administrator: Principal) -> None:
    assert _rename(people, administrator, received=("  baru   masuk ", "came in")) == 1
    assert _names(people, administrator)["received"] == ("baru masuk", "came in")
    entry = owner.execute(text("SELECT before, after FROM audit_log WHERE action = 'rename_states'")).one()
    assert entry.before == {"received": ["diterima", "received"]}
    assert entry.after == {"received": ["baru masuk", "came in"]}


@pytest.mark.parametrize(
    ("names", "problem"),
    [(("", "came in"), "state_name"), (("m" * 41, "came in"), "state_name"), (("Aktif", "on"), "state_name_taken")],
)
def test_a_name_that_does_not_do_changes_nothing(
    people: People, administrator: Principal, names: tuple[str, str], problem: str
) -> None:
    held = _names(people, administrator)
    with pytest.raises(InvalidInput) as refused:
        _rename(people, administrator, received=names, due=("perlu dilawati", "to be visited"))
    assert refused.value.problems == {"received": problem}
    assert _names(people, administrator) == held


def test_two_states_may_exchange_their_names(people: People, administrator: Principal) -> None:
    held = _names(people, administrator)
    assert _rename(people, administrator, active=held["rejected"], rejected=held["active"]) == 2
    assert _names(people, administrator)["active"] == held["rejected"]


def test_a_state_that_somebody_else_renamed_is_not_overwritten(people: People, administrator: Principal) -> None:
    seen = _names(people, administrator)
    _rename(people, administrator, received=("masuk", "came in"))
    wanted = seen | {"received": ("lain", "other")}
    with pytest.raises(StaleRecord), people.writing(administrator) as session:
        rename_states(session, RenameStates(wanted=wanted, seen=seen))


@pytest.mark.parametrize("language", ["ms", "en"])
def test_every_setting_and_state_has_words(people: People, administrator: Principal, language: str) -> None:
    words = words_of(language)
    told = [words(f"settings.{key.replace('.', '_')}") for key in _held(people, administrator)]
    told += [words(f"case_state.{code}") for code in _names(people, administrator)]
    assert len(set(told)) == len(told) == 63
