"""A person sees by keyboard where they are signed in, and ends it; an administrator ends it for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from argon2 import PasswordHasher
from playwright.sync_api import expect
from sqlalchemy import text

from registry.accounts.users import DEMO_PASSWORD
from tests.browser.looks import faults, pictured, sticks_out
from tests.browser.visitor import ADMINISTRATOR, NARROW, WIDE, Visitor
from tests.world import add_user
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from tests.databases import Databases

MS = words_of("ms")
LOGIN = "saya.ujian"


@pytest.fixture
def login(databases: Databases, sample_register: str) -> Iterator[str]:
    """A sample account that nobody else signs in with."""
    engine = databases.engine(sample_register)
    with engine.begin() as owner:
        number = add_user(owner, LOGIN, role="officer", territory=("0803",))
        values = {"id": number, "hash": PasswordHasher().hash(DEMO_PASSWORD)}
        owner.execute(text("UPDATE ekasih.app_user SET demo = true, password_hash = :hash WHERE id = :id"), values)
    yield LOGIN
    with engine.begin() as owner:
        owner.execute(text("DELETE FROM ekasih.app_user WHERE id = :id"), {"id": number})
    engine.dispose()


@pytest.fixture
def elsewhere(browser: Browser, address: str, login: str) -> Iterator[Visitor]:
    """The same person at another browser."""
    other = Visitor(browser, address)
    yield other.signed_in(login, then="/saya", by_form=True)
    other.close()


def pressed(visitor: Visitor, name: Any) -> None:
    button = visitor.page.get_by_role("button", name=name)
    expect(button).to_be_enabled()
    button.focus()
    visitor.page.keyboard.press("Enter")


def is_out(visitor: Visitor) -> bool:
    visitor.page.goto(f"{visitor.address}/saya")
    return "/masuk" in visitor.page.url


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_one_session_and_then_all_others_are_ended(
    visitor: Visitor, elsewhere: Visitor, browser: Browser, address: str, size: tuple[int, int]
) -> None:
    third = Visitor(browser, address).signed_in(LOGIN, then="/saya", by_form=True)
    visitor.sized(size).signed_in(LOGIN, then="/saya", by_form=True)
    lines = visitor.page.locator("#account-sessions tbody tr")
    expect(lines).to_have_count(3)
    expect(lines.first).to_contain_text(MS("sessions.here"))
    expect(lines.first).to_contain_text("Chrome, Linux")
    assert faults(visitor.page) == []
    assert not sticks_out(visitor.page)
    pictured(visitor.page, f"account-sesi-{size[0]}", whole=True)
    end = lines.nth(1).get_by_role("button")
    end.focus()
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("#account-message")).to_have_text(MS.n("sessions.ended", 1))
    expect(lines).to_have_count(2)
    assert sorted([is_out(elsewhere), is_out(third)]) == [False, True]
    pressed(visitor, MS("sessions.end_others"))
    expect(lines).to_have_count(1)
    expect(visitor.page.get_by_role("button", name=MS("sessions.end_others"))).to_be_disabled()
    assert is_out(elsewhere)
    assert is_out(third)
    assert not is_out(visitor)
    third.close()


def test_an_administrator_ends_the_sessions_of_an_account(visitor: Visitor, elsewhere: Visitor) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/pentadbiran/pengguna")
    field = visitor.page.locator("#pengguna-account")
    field.focus()
    visitor.page.keyboard.type(LOGIN)
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    pressed(visitor, MS("admin.end_sessions"))
    expect(visitor.page.locator("#pengguna-change-message")).to_have_text(MS("admin.sessions_ended", login=LOGIN))
    assert is_out(elsewhere)
