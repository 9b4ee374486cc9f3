"""Administration by keyboard: a user is added, a role changed, territory lent; the auditor sees who did it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.looks import faults
from tests.browser.visitor import ADMINISTRATOR, OFFICER, Visitor
from tests.world import add_user
from words import words_of

if TYPE_CHECKING:
    from playwright.sync_api import Locator
    from sqlalchemy import Engine

    from tests.databases import Databases

MS = words_of("ms")
AUDITOR = "juruaudit"


_WORKLIST_READ = text("""
    SELECT EXISTS (SELECT FROM ekasih.audit_log
                   WHERE actor = 'pegawai.kinta' AND action = 'read' AND subject = 'worklist')
""")


def pressed(visitor: Visitor, name: str) -> None:
    button = visitor.page.get_by_role("button", name=name, exact=True)
    expect(button).to_be_enabled()
    button.focus()
    visitor.page.keyboard.press("Enter")


def chosen(visitor: Visitor, place: str, text: str) -> None:
    """Choose from a list by typing a part of it."""
    field = visitor.page.locator(f"#{place}")
    field.focus()
    visitor.page.keyboard.press("ArrowDown")
    option = visitor.page.get_by_role("option").filter(has_text=text).first
    expect(option).to_be_visible()
    if field.get_attribute("readonly") is None:
        visitor.page.keyboard.type(text)
        visitor.page.keyboard.press("ArrowDown")
        visitor.page.keyboard.press("Enter")
    else:
        option.click()
    visitor.page.keyboard.press("Escape")


def typed(visitor: Visitor, place: str, text: str) -> None:
    visitor.page.locator(f"#{place}").fill(text)


def another(visitor: Visitor) -> Visitor:
    """Somebody else at the same browser."""
    visitor.page.context.clear_cookies()
    return visitor


def row(visitor: Visitor, text: str) -> Locator:
    return visitor.page.locator("tr", has_text=text)


def test_a_user_is_added_changed_and_closed(visitor: Visitor) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/pentadbiran/pengguna")
    expect(row(visitor, "pegawai.kinta")).to_contain_text("Kinta")
    typed(visitor, "pengguna-new-login", "baharu.kinta")
    typed(visitor, "pengguna-new-name", "Pegawai Baharu")
    chosen(visitor, "pengguna-new-role", MS("role.officer"))
    pressed(visitor, MS("admin.add"))
    expect(visitor.page.locator("#pengguna-add-message")).to_contain_text(MS("problem.area_needed"))
    chosen(visitor, "pengguna-new-areas", "Kinta")
    pressed(visitor, MS("admin.add"))
    expect(visitor.page.locator("#pengguna-add-message code")).to_have_text(re.compile(r"^(\w{4}-){3}\w{4}$"))
    expect(row(visitor, "baharu.kinta")).to_contain_text(MS("admin.open"))
    assert faults(visitor.page) == []
    chosen(visitor, "pengguna-account", "baharu.kinta")
    pressed(visitor, MS("admin.close_account"))
    expect(row(visitor, "baharu.kinta")).to_contain_text(MS("admin.closed"))
    pressed(visitor, MS("admin.open_account"))
    expect(row(visitor, "baharu.kinta")).to_contain_text(MS("admin.open"))
    pressed(visitor, MS("admin.reset_factor"))
    expect(visitor.page.locator("#pengguna-change-message")).to_have_text(MS("admin.factor_none", login="baharu.kinta"))


def test_a_role_is_given_a_permission(visitor: Visitor) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/pentadbiran")
    box = visitor.page.get_by_role("checkbox", name=MS("permission.check_status"), exact=True)
    expect(visitor.page.locator("#administration-table table")).to_be_visible()
    visitor.settled()
    box.focus()
    visitor.page.keyboard.press("Space")
    pressed(visitor, MS("admin.save"))
    expect(visitor.page.locator("#administration-message")).to_contain_text(MS("role.planner"))


def test_territory_is_lent_told_to_the_delegate_and_taken_back(
    visitor: Visitor, databases: Databases, sample_register: str
) -> None:
    engine = databases.engine(sample_register)
    with engine.begin() as connection:
        add_user(connection, "pegawai.kangsar", role="officer", territory=("0805",))
    engine.dispose()
    today = datetime.now(ZoneInfo("Asia/Kuala_Lumpur")).date()
    visitor.signed_in(ADMINISTRATOR, then="/pentadbiran/wakil")
    chosen(visitor, "wakil-lender", "pegawai.kangsar")
    chosen(visitor, "wakil-borrower", OFFICER)
    typed(visitor, "wakil-from", f"{today:%d/%m/%Y}")
    typed(visitor, "wakil-until", f"{today + timedelta(days=5):%d/%m/%Y}")
    typed(visitor, "wakil-reason", "cuti")
    pressed(visitor, MS("delegate.lend"))
    expect(row(visitor, "cuti")).to_contain_text(MS("delegate.standing_running"))
    assert faults(visitor.page) == []
    another(visitor).signed_in(OFFICER, then="/saya")
    expect(visitor.page.locator("#account-acting")).to_contain_text("pegawai.kangsar")
    another(visitor).signed_in(ADMINISTRATOR, then="/pentadbiran/wakil")
    button = row(visitor, "cuti").get_by_role("button")
    expect(button).to_be_visible()
    button.focus()
    visitor.page.keyboard.press("Enter")
    expect(row(visitor, "cuti")).to_contain_text(MS("delegate.standing_revoked"))


def test_the_auditor_sees_who_read_a_record_and_verifies_the_chain(visitor: Visitor, register: Engine) -> None:
    visitor.signed_in(OFFICER, then="/tugasan")
    expect(visitor.page.locator(".ag-row").first).to_be_visible()
    with register.connect().execution_options(isolation_level="AUTOCOMMIT") as owner:
        # what was read is written down after the answer went out
        while not owner.scalar(_WORKLIST_READ):
            visitor.page.wait_for_timeout(50)
    another(visitor).signed_in(AUDITOR, then="/audit")
    entry = row(visitor, MS("audit.subject_worklist")).first
    expect(entry).to_contain_text(OFFICER)
    expect(entry).to_contain_text(MS("audit.action_read"))
    pressed(visitor, MS("audit.verify_all"))
    expect(visitor.page.locator("#audit-chain")).to_contain_text("Utuh")
    typed(visitor, "audit-person", "tiada.orang")
    pressed(visitor, MS("audit.show"))
    expect(visitor.page.locator("#audit-entries")).to_contain_text(MS("audit.none"))
    typed(visitor, "audit-person", "")
    with visitor.page.expect_download() as given:
        pressed(visitor, MS("file.csv"))
    assert given.value.suggested_filename == "ekasih-audit.csv"
    pressed(visitor, MS("audit.show"))
    expect(row(visitor, MS("audit.action_export")).first).to_contain_text(AUDITOR)


def test_a_setting_is_changed_within_its_bounds(visitor: Visitor) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/pentadbiran/tetapan")
    months = visitor.page.get_by_label(MS("settings.review_months"))
    said = visitor.page.locator("#settings-settings-message")
    months.fill("0")
    pressed(visitor, MS("settings.save"))
    expect(said).to_have_text(MS("settings.not_saved"))
    expect(months).to_have_attribute("aria-invalid", "true")
    expect(visitor.page.get_by_text(MS("problem.setting_range"))).to_have_count(1)
    assert faults(visitor.page) == []
    for value in ("36", "24"):
        months.fill(value)
        pressed(visitor, MS("settings.save"))
        expect(said).to_have_text(f"{MS.n('settings.saved', 1)} {MS('settings.review_months')}.")
        visitor.settled()
        expect(months).to_have_value(value)
        expect(months).not_to_have_attribute("aria-invalid", "true")


def test_a_state_has_its_new_name_in_the_queue(visitor: Visitor) -> None:
    for old, new in (("diterima", "baru masuk"), ("baru masuk", "diterima")):
        visitor.signed_in(ADMINISTRATOR, then="/pentadbiran/tetapan")
        name = visitor.page.get_by_label(f"{MS('settings.name_ms')}: {MS('case_state.received')}")
        expect(name).to_have_value(old)
        name.fill(new)
        pressed(visitor, MS("settings.save_names"))
        named = f"{MS.n('settings.saved', 1)} {MS('case_state.received')}."
        expect(visitor.page.locator("#settings-states-message")).to_have_text(named)
        assert faults(visitor.page) == []
        another(visitor).signed_in(OFFICER, then="/kes").settled()
        expect(visitor.page.locator("main")).to_contain_text(new)
        another(visitor)


def test_a_row_of_the_accounts_opens_the_form_of_its_account(visitor: Visitor) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/pentadbiran/pengguna")
    one = row(visitor, OFFICER).first
    one.locator("td").nth(1).click()
    expect(visitor.page).to_have_url(re.compile(r".*/pengguna\?akaun=\d+$"))
    expect(visitor.page.locator("#pengguna-account")).to_have_value(re.compile(OFFICER))
    expect(visitor.page.locator("#pengguna-changed-role")).to_be_focused()
    expect(visitor.page.locator("#pengguna-changed-role")).to_have_value(MS("role.officer"))


def test_a_target_is_proposed_and_taken_back(visitor: Visitor) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/pentadbiran/tetapan")
    fields = visitor.page.locator("#settings-targets tbody tr").first.locator("input")
    expect(fields).to_have_count(4)
    for place, wanted in enumerate(("1500", "01/01/2026", f"{datetime.now(UTC):%H%M%S}1", "31/12/2031")):
        fields.nth(place).fill(wanted)
    visitor.page.locator("summary", has_text=MS("target.path")).click()
    visitor.page.locator("#settings-targets-path-of").click()
    visitor.page.get_by_role("option").first.click()
    visitor.settled().page.get_by_role("radio", name=MS("target.path_berperingkat")).check()
    visitor.page.get_by_label(f"{MS('target.path_day')} 1", exact=True).fill("01/01/2029")
    visitor.page.get_by_label(f"{MS('target.path_value')} 1", exact=True).fill("1400")
    reason = f"Mesyuarat {datetime.now(UTC):%H%M%S}"
    visitor.page.locator("#settings-targets-reason").fill(reason)
    pressed(visitor, MS("target.preview"))
    expect(visitor.page.locator("#settings-targets-effect")).to_contain_text(MS("target.after"))
    pressed(visitor, MS("target.send"))
    expect(visitor.page.locator("#settings-targets-message")).to_have_text(MS("target.sent"))
    mine = visitor.page.locator("#settings-proposals article", has_text=reason)
    expect(mine).to_contain_text("01/01/2029")
    mine.get_by_role("button", name=MS("target.withdraw")).click()
    expect(visitor.page.locator("#settings-proposal-message")).to_have_text(MS("target.withdraw_done"))
    expect(mine).to_have_count(0)


def test_the_targets_of_a_mukim_are_opened_by_way_of_its_district(visitor: Visitor) -> None:
    visitor.signed_in(ADMINISTRATOR, then="/pentadbiran/tetapan")
    page, mukim = visitor.page, visitor.page.locator("#settings-target-mukim")
    expect(mukim).to_be_disabled()
    page.locator("#settings-target-area").click()
    page.get_by_role("option", name="Kinta", exact=True).click()
    expect(mukim).to_be_enabled()
    mukim.click()
    option = page.get_by_role("option").first
    name = option.inner_text()
    option.click()
    visitor.settled()
    fields = page.locator("#settings-targets tbody tr").first.locator("input")
    for place, wanted in enumerate(("9", "01/01/2026", "7", "31/12/2033")):
        fields.nth(place).fill(wanted)
    pressed(visitor, MS("target.preview"))
    expect(page.locator("#settings-targets-effect").get_by_role("rowheader", name=name, exact=True)).to_be_visible()
    assert faults(page) == []
