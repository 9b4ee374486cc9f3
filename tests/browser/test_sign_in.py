"""An officer's first days: a password and an authenticator at the first sign-in, a code at the next."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pyotp
import pytest
from playwright.sync_api import expect

from registry.accounts.users import create_user
from registry.db import OWNER_ROLE, make_engine
from tests.browser.looks import faults, sticks_out
from tests.browser.visitor import NARROW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from registry.installation.cluster import Cluster
    from tests.browser.visitor import Visitor

LOGIN, FIRST, OWN = "pegawai.baharu", "kata laluan pertama", "tiga ekor kucing hitam"


@pytest.fixture
def account(cluster: Cluster, sample_register: str) -> Iterator[str]:
    """An officer's account as an administrator makes it, in the register that the browser sees."""
    engine = make_engine(cluster.url(user=OWNER_ROLE, database=sample_register).render_as_string(hide_password=False))
    with engine.begin() as connection:
        create_user(connection, login=LOGIN, name="Pegawai", role="officer", territory=("0803",), password=FIRST)
    yield LOGIN
    engine.dispose()


def gives(visitor: Visitor, password: str) -> None:
    visitor.open("/masuk")
    visitor.page.fill("input#login", LOGIN)
    visitor.page.fill("input#password", password)
    visitor.page.press("input#password", "Enter")


def test_an_officer_sets_everything_up_on_a_phone_and_signs_in_with_a_code(visitor: Visitor, account: str) -> None:
    assert account == LOGIN
    page = visitor.sized(NARROW).page
    visitor.expected_failures.add(401)
    gives(visitor, FIRST)

    page.wait_for_url("**/masuk/pengesah")
    expect(page.get_by_role("img", name="Kod QR")).to_be_visible()
    assert faults(page) == []
    assert not sticks_out(visitor.page)
    secret = page.locator("#rahsia").inner_text().replace(" ", "")
    page.fill("input#code", "000000")
    page.press("input#code", "Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    assert faults(page) == []
    page.fill("input#code", pyotp.TOTP(secret).now())
    page.press("input#code", "Enter")

    expect(page.locator(".ek-plain-codes li")).to_have_count(10)
    assert faults(page) == []
    assert not sticks_out(visitor.page)
    page.get_by_role("link", name="Saya sudah menyimpannya").click()

    page.wait_for_url("**/kata-laluan")
    visitor.expected_failures.add(422)
    for name, typed in (("old", FIRST), ("new", "pendek"), ("again", "pendek")):
        page.fill(f"input#{name}", typed)
    page.press("input#again", "Enter")
    expect(page.locator("#new-problem")).to_be_visible()
    assert faults(page) == []
    assert not sticks_out(visitor.page)
    for name, typed in (("old", FIRST), ("new", OWN), ("again", OWN)):
        page.fill(f"input#{name}", typed)
    page.press("input#again", "Enter")
    page.wait_for_url(lambda address: "kata-laluan" not in address)
    visitor.settled()

    page.context.clear_cookies()
    gives(visitor, OWN)
    page.wait_for_url("**/masuk/kod")
    assert faults(page) == []
    assert not sticks_out(visitor.page)
    page.fill("input#code", pyotp.TOTP(secret).generate_otp(int(time.time()) // 30 + 1))
    page.press("input#code", "Enter")
    page.wait_for_url(lambda address: "/masuk" not in address)
    visitor.settled()
    expect(page.locator("#frame-main")).to_be_visible()
