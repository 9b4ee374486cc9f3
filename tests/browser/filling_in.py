"""What a person in a hurry does to one form, and what must have come of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from playwright.sync_api import expect
from sqlalchemy import text

from tests.browser.forms import MS
from tests.browser.hasty import told
from tests.browser.test_visits import a_case
from tests.browser.visitor import COORDINATOR

if TYPE_CHECKING:
    import pytest
    from playwright.sync_api import Locator
    from sqlalchemy import Engine

    from tests.browser.forms import Form
    from tests.browser.hasty import Hasty
    from tests.browser.visitor import Visitor

MEETING = """
    INSERT INTO ekasih.meeting (number, area_code, held_on, place, members, created_by)
    SELECT :number, '0803', DATE '2026-02-01', 'Batu Gajah', ARRAY['Ali'], id
    FROM ekasih.app_user WHERE login = 'penyelaras.kinta' RETURNING id
"""
_REQUEST = """
    INSERT INTO ekasih.card_request (requested_by, agency, purpose, state_code, file_numbers)
    SELECT id, 'Jabatan Lain', 'Tujuan lain', '08', ARRAY['CT000001'] FROM ekasih.app_user WHERE login = 'agensi'
    RETURNING id
"""
_HELD = """
    SELECT max(id) FROM ekasih.aid_row
    WHERE fate = 'held' AND NOT reversal AND district_code LIKE '08%'
"""
_PAIR = "SELECT max(id) FROM ekasih.aid_pair WHERE finding IS NULL AND district_code LIKE '08%'"
_ROWS = {
    "request": _REQUEST,
    "held": _HELD,
    "pair": _PAIR,
    "programme": "SELECT min(id) FROM ekasih.aid_programme WHERE state = 'dibuka'",
}
_FILE = "SELECT id FROM ekasih.household WHERE file_no = :file"


def scalar(register: Engine, statement: str, **values: object) -> int:
    with register.begin() as connection:
        return int(connection.execute(text(statement), values).scalar_one())


def needed(form: Form, register: Engine, request: pytest.FixtureRequest, visitor: Visitor) -> dict[str, object]:
    """What a form is about, made for it alone."""
    match form.needs:
        case "case":
            return {"case": a_case(register, assigned=False)[0]}
        case "meeting" | "agenda" as what:
            if what == "agenda":
                request.getfixturevalue("two_cases")
            meeting = scalar(register, MEETING, number=f"U{what[0]}/2026")
            if what == "agenda":
                visitor.signed_in(COORDINATOR, then=f"/mesyuarat/{meeting}")
                visitor.page.get_by_role("button", name=MS("meeting.act_draw")).press("Enter")
                expect(visitor.page.locator('[id*="meetings-reason"]').first).to_be_visible()
            return {"meeting": meeting}
        case "change":
            return {"change": asked_for(visitor, register)}
        case name if name in _ROWS:
            return {name: scalar(register, _ROWS[name])}
    return {}


def asked_for(visitor: Visitor, register: Engine) -> int:
    """A change that a coordinator asks for."""
    number = scalar(register, _FILE, file="CT000043")
    page = visitor.signed_in(COORDINATOR, then=f"/isi-rumah/{number}").page
    page.get_by_role("button", name=f"{MS('record.edit')}: {MS('part.kediaman')}", exact=True).click()
    page.locator('input[id*="room_count"]').fill("6")
    page.locator("#households-save").click()
    expect(page.locator("#households-flash")).to_contain_text(MS("requested.title"))
    page.context.clear_cookies()
    return scalar(register, "SELECT max(id) FROM ekasih.change_request WHERE household_id = :id", id=number)


def opened(form: Form, hasty: Hasty, register: Engine, about: dict[str, object]) -> Locator:
    """The form, as soon as it is seen."""
    path = form.path
    if path.startswith("record:"):
        path = f"/isi-rumah/{scalar(register, _FILE, file=path.removeprefix('record:'))}"
    for name, value in about.items():
        path = path.replace(f"{{{name}}}", str(value))
    hasty.opens(form.login, path)
    for first in form.first:
        what = hasty.page.locator("summary").filter(has_text=first.removeprefix("summary:"))
        (what if first.startswith("summary:") else hasty.page.get_by_role("button", name=first, exact=True)).click()
    within = hasty.page.locator(form.within).first
    expect(within).to_be_visible()
    return within


def filled(form: Form, hasty: Hasty, within: Locator) -> tuple[dict[str, str], Locator | None]:
    """Type and choose as fast as the fields take it; answers what was typed, by the field's id, and the last field."""
    typed: dict[str, str] = {}
    last = None
    for field in hasty.fields(within):
        name = field.get_attribute("id") or ""
        said = next((said for key, said in form.typed.items() if key in name), None)
        if said is not None:
            hasty.types(field, said)
            typed[name], last = said, field
        else:
            for key, _, starting in (one.partition("=") for one in form.chosen):
                if key in name:
                    hasty.chooses(field, starting)
    return typed, last


def what_stands_is_sent_kept_and_told(
    form: Form, hasty: Hasty, register: Engine, request: pytest.FixtureRequest
) -> None:
    """Fill in a form in a hurry, press, go on, and look at what was sent, told and stored."""
    about = needed(form, register, request, hasty.visitor)
    within = opened(form, hasty, register, about)
    typed, last = filled(form, hasty, within)
    assert len(typed) >= len(form.typed)
    screen = hasty.screen(within)
    assert {name: screen[name] for name in typed} == typed
    lists = [key.partition("=")[0] for key in form.chosen]
    chosen = {name: value for name, value in screen.items() if any(key in name for key in lists)}
    assert all(chosen.values()), chosen
    assert hasty.unmarked() == []
    if form.press:
        press = form.press
        for name, value in about.items():
            press = press.replace(f"{{{name}}}", str(value))
        button = hasty.page.locator(f"[id='{press}']")
        hasty.presses(button)
        if last is not None:
            hasty.goes_on(last)
        is_sent(hasty, press, screen)
        is_told_and_stored(form, hasty, register, about, typed)
    hasty.at_ease()
    hasty.visitor.settled()
    if not form.stored and not form.says:
        # nothing was saved: what was typed is there still, with what came after the press where that was taken
        left = hasty.screen(hasty.page.locator(form.within).first) if typed else {}
        assert {name: left[name].removesuffix("zz") for name in typed if name in left} == {
            name: said for name, said in typed.items() if name in left
        }


def is_sent(hasty: Hasty, press: str, screen: dict[str, str]) -> None:
    """What went out with the press is what stood in each field then."""
    expect(hasty.page.locator("html[data-ek-working]")).to_have_count(0)
    sent = hasty.sent_by(press)
    assert sent, hasty.requests[-3:]
    # a button tells of itself as well when it comes onto the page
    both = {name: (value, sent[-1][name]) for name, value in screen.items() if name in sent[-1]}
    assert both
    assert {name: pair for name, pair in both.items() if told(pair[0]) != pair[1]} == {}


def is_told_and_stored(
    form: Form, hasty: Hasty, register: Engine, about: dict[str, object], typed: dict[str, str]
) -> None:
    """The message names what was saved, and the register holds what was typed."""
    for said in form.says:
        expect(hasty.page.locator(form.said_in).first).to_contain_text(said)
    if form.stored:
        statement = form.stored
        for name, value in about.items():
            statement = statement.replace(f"{{{name}}}", str(value))
        with register.connect() as connection:
            rows = connection.execute(text(statement)).all()
        assert [str(value) for value in rows[-1]] == list(form.typed.values()), (rows, typed)
    if form.restored:
        with register.begin() as connection:
            assert connection.execute(text(form.restored)).rowcount == 1
