"""A change is asked for by one, approved by another, and the record before it can still be seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from playwright.sync_api import expect

from tests.browser.looks import faults
from tests.browser.test_households import edit, field, opened, save
from tests.browser.visitor import ADMINISTRATOR, COORDINATOR, OFFICER
from words import words_of

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

MS = words_of("ms")


def test_a_request_is_approved_by_another_and_the_past_stays_readable(visitor: Visitor) -> None:
    opened(visitor, "CT000021", who=COORDINATOR)
    record = visitor.page.url
    edit(visitor, "kediaman")
    field(visitor, "room_count").fill("7")
    expect(save(visitor)).to_contain_text(MS("requested.title"))

    visitor.open("/kemaskini")
    expect(visitor.page.locator("#changes-list")).to_contain_text(MS("changes.own"))
    assert faults(visitor.page) == []

    visitor.page.context.clear_cookies()
    visitor.signed_in(ADMINISTRATOR, then="/kemaskini")
    expect(visitor.page.locator("#changes-list td").nth(1)).to_have_text("7")
    visitor.page.get_by_role("button", name=re.compile(MS("changes.act.approve"))).first.click()
    expect(visitor.page.locator("#changes-message")).to_contain_text(MS("changes.said.approve"))

    visitor.page.goto(record)
    visitor.settled()
    expect(visitor.page.locator(".ek-record-main")).to_contain_text("7")
    visitor.page.goto(f"{record}?pada=2026-06-01")
    visitor.settled()
    expect(visitor.page.locator(".is-stale")).to_contain_text("01/06/2026")
    expect(visitor.page.get_by_role("button", name=re.compile(MS("record.edit")))).to_have_count(0)
    assert faults(visitor.page) == []


def test_a_household_exits_with_a_reason_and_comes_back(visitor: Visitor) -> None:
    opened(visitor, "CT000022", who=OFFICER)
    visitor.page.locator("#households-exit-reason").click()
    visitor.page.get_by_role("option", name=MS("exit.reason.remarried")).click()
    visitor.page.locator("#households-exit-save").click()
    expect(visitor.page.locator(".ek-record-title")).to_contain_text(MS("exit.reason.remarried"))
    assert faults(visitor.page) == []
    visitor.page.locator("#households-exit-note").fill("Tersilap")
    visitor.page.locator("#households-exit-save").click()
    expect(visitor.page.locator(".ek-record-title")).not_to_contain_text(MS("exit.reason.remarried"))


def test_the_record_prints_as_a_summary(visitor: Visitor) -> None:
    opened(visitor, "CT000023")
    answer = visitor.page.request.get(f"{visitor.page.url}/ringkasan.pdf")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF")
