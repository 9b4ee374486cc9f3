"""A focus group meets: planned, its agenda drawn, many cases decided at once, the minutes taken away."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect

from registry.cases.cases import OpenCase, TakeStep, open_case, take_step
from registry.db import WEB_ROLE, make_engine, writing
from registry.principals import Principal, Role
from tests.browser.looks import faults
from tests.browser.visitor import COORDINATOR, NARROW, WIDE, Visitor
from tests.integration.cases.forms import form
from words import words_of

if TYPE_CHECKING:
    from registry.installation.cluster import Cluster

MS = words_of("ms")
_ACCOUNTS = """
    SELECT d.login, one.user_id, d.role
    FROM ekasih.demo_logins() AS d CROSS JOIN LATERAL ekasih.sign_in_lookup(d.login) AS one
"""


@pytest.fixture
def two_cases(cluster: Cluster, sample_register: str) -> list[str]:
    """Two cases of Kinta that an officer registered and an enumerator recommended; their numbers."""
    engine = make_engine(cluster.url(user=WEB_ROLE, database=sample_register).render_as_string(hide_password=False))
    with engine.connect() as connection:
        found = connection.exec_driver_sql(_ACCOUNTS).all()
    staff = {row.login: Principal(row.user_id, row.login, row.login, Role(row.role), ("0803",)) for row in found}
    made = []
    for number in range(2):
        draft = form()
        draft["members"][0] |= {"id_no": "", "name": f"Mesyuarat Rekaan {number}"}
        with writing(engine, staff["pegawai.kinta"]) as session:
            opened = open_case(session, OpenCase(channel="officer", district_code="0803", draft=draft))
            case = opened.id
            made.append(opened.number)
            take_step(session, TakeStep(case_id=case, version=1, action="submit"))
            visitor = staff["pembanci.kinta"].user_id
            take_step(session, TakeStep(case_id=case, version=2, action="assign", assigned_to=visitor))
        with writing(engine, staff["pembanci.kinta"]) as session:
            take_step(session, TakeStep(case_id=case, version=3, action="visit"))
            take_step(session, TakeStep(case_id=case, version=4, action="recommend", reason="Layak"))
    engine.dispose()
    return made


def test_a_meeting_from_plan_to_minutes(visitor: Visitor, two_cases: list[str]) -> None:
    page = visitor.signed_in(COORDINATOR, then="/mesyuarat").page
    page.get_by_role("button", name=MS("meeting.plan")).press("Enter")
    expect(page.get_by_text(MS("problem.required")).first).to_be_visible()
    page.get_by_role("textbox", name=MS("meeting.area"), exact=True).click()
    page.get_by_role("option", name="Kinta").click()
    for name, said in (
        ("number", "9/2026"),
        ("held_on", "01/02/2026"),
        ("place", "Batu Gajah"),
        ("members", "Ali\nSiti"),
    ):
        page.get_by_label(MS(f"meeting.{name}"), exact=True).fill(said)
    page.get_by_role("button", name=MS("meeting.plan")).press("Enter")
    page.get_by_role("link", name=MS("meeting.open")).press("Enter")
    expect(page.get_by_text(MS("meeting.no_items"))).to_be_visible()
    page.get_by_role("button", name=MS("meeting.act_draw")).press("Enter")
    for number in two_cases:
        expect(page.get_by_role("link", name=number)).to_be_visible()
    visitor.settled()
    assert faults(page) == []
    page.get_by_role("button", name=MS("meeting.every_approve")).press("Enter")
    second = page.get_by_role("textbox", name=MS("meeting.outcome_of", number=two_cases[1]))
    expect(second).to_have_value(MS("meeting.outcome_approve"))
    second.click()
    page.get_by_role("option", name=MS("meeting.outcome_reject")).click()
    page.get_by_role("button", name=MS("meeting.act_decide")).press("Enter")
    expect(page.get_by_role("alert").filter(has_text=two_cases[1])).to_be_visible()
    expect(page.locator("tr", has_text=two_cases[0]).get_by_text(MS("meeting.outcome_approve"))).to_be_visible()
    with page.expect_download() as minutes:
        page.get_by_role("link", name=MS("meeting.minutes")).click()
    assert minutes.value.suggested_filename.endswith(".pdf")
    page.get_by_role("button", name=MS("meeting.act_close")).press("Enter")
    expect(page.get_by_text(MS("meeting.state_closed"), exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=two_cases[1])).to_have_count(0)
    expect(page).to_have_url(re.compile(r"/mesyuarat/\d+$"))


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_the_list_has_no_accessibility_fault(visitor: Visitor, size: tuple[int, int]) -> None:
    page = visitor.sized(size).signed_in(COORDINATOR, then="/mesyuarat").page
    assert faults(page) == []
