"""Poverty lines at a browser, by keyboard: figures added, a change foreseen, made by the worker, told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from registry.jobs.job import Job
from registry.jobs.tasks import TASKS
from tests.browser.looks import each_look, faults, pictured, sticks_out
from tests.browser.visitor import ADMINISTRATOR, OFFICER, PLANNER
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page
    from sqlalchemy import Engine

    from registry.installation.cluster import Cluster
    from tests.browser.visitor import Visitor

MS = words_of("ms")
PATH = "/garis-kemiskinan"
_WAITING = text("""
    SELECT j.id, j.task, j.arguments, j.asked_by, u.login
    FROM ekasih.job AS j JOIN ekasih.app_user AS u ON u.id = j.asked_by
    JOIN ekasih.line_change AS c ON c.job_id = j.id AND c.state = 'waits'
""")


@pytest.fixture
def worker(cluster: Cluster, register: Engine) -> Callable[[], list[object]]:
    """What carries the jobs out that make changes of the line."""

    def work() -> list[object]:
        with register.connect() as connection:
            waiting = connection.execute(_WAITING).all()
        jobs = [(TASKS[row.task], Job(row.id, row.asked_by, row.login, row.arguments)) for row in waiting]
        return [run(register, cluster.home, job, lambda _done, _total: None) for run, job in jobs]

    return work


def types(page: Page, label: str, said: str) -> None:
    """Type into a field, by keyboard alone."""
    page.get_by_role("textbox", name=label).first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(said)


def chooses(page: Page, label: str, option: str) -> None:
    """Choose from a list, by keyboard alone."""
    page.get_by_role("combobox", name=label).first.focus() if page.get_by_role("combobox", name=label).count() else (
        page.get_by_role("textbox", name=label).first.focus()
    )
    page.keyboard.press("ArrowDown")
    found = page.get_by_role("option", name=option)
    expect(found.first).to_be_visible()
    names = page.get_by_role("option").all_inner_texts()
    place = next(index for index, name in enumerate(names) if option in name)
    for _ in range(place):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def test_a_rule_is_foreseen_made_and_told(visitor: Visitor, worker: Callable[[], list[object]]) -> None:
    visitor.signed_in(ADMINISTRATOR, then=PATH)
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_have_text(MS("nav.lines"))
    assert faults(page) == []
    page.get_by_role("link", name=MS("line.to_change")).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(MS("line.change_title"))
    visitor.settled()
    page.get_by_role("button", name=MS("line.foresee_rule")).press("Enter")
    expect(page.get_by_text(MS("line.not_foreseen"))).to_be_visible()
    expect(page.get_by_text(MS("problem.required")).first).to_be_visible()
    chooses(page, MS("line.field_rule"), MS("rule.household_or_per_capita"))
    types(page, MS("line.field_urban"), "RM 3,500")
    page.locator("#lines-change-rule-from").focus()
    page.keyboard.type("01/01/2024")
    page.get_by_role("button", name=MS("line.foresee_rule")).press("Enter")
    expect(page.get_by_role("heading", name=MS("line.foreseen"))).to_be_visible()
    expect(page.get_by_role("region", name=MS("line.by_state"))).to_contain_text("Perak")
    foreseen = page.locator("#lines-change-foreseen .ek-table").first.inner_text()
    assert faults(visitor.settled().page) == []
    pictured(page, "lines-kesan-1440")
    page.get_by_role("button", name=MS("line.make"), exact=True).press("Enter")
    expect(page.locator("#lines-change-state")).to_contain_text(MS("line.state_waits"))
    expect(page.locator("#lines-change-progress")).to_contain_text(MS("line.job_waiting"))
    assert faults(page) == []
    (done,) = worker()
    assert done["moved"] > 0  # type: ignore[index]
    expect(page.locator("#lines-change-state")).to_contain_text(MS("line.state_done"))
    assert page.locator("#lines-change-state .ek-table").first.inner_text() == foreseen
    visitor.settled()
    pictured(page, "lines-selesai-1440")
    assert faults(page) == []
    visitor.open(PATH)
    history = page.get_by_role("region", name=MS("line.history"))
    expect(history).to_contain_text(MS("line.touched"))
    history.get_by_role("link").first.press("Enter")
    expect(page.locator("#lines-change-state")).to_contain_text(MS("line.state_done"))


def test_a_change_that_waits_is_taken_back(visitor: Visitor, worker: Callable[[], list[object]]) -> None:
    visitor.signed_in(ADMINISTRATOR, then=f"{PATH}/ubah")
    page = visitor.page
    chooses(page, MS("line.field_year"), "2024")
    types(page, MS("line.field_from"), "01/01/2026")
    visitor.settled()
    page.get_by_role("button", name=MS("line.foresee_adopt")).press("Enter")
    expect(page.get_by_text(MS("line.nobody"))).to_be_visible()
    page.get_by_role("button", name=MS("line.make"), exact=True).press("Enter")
    page.get_by_role("button", name=MS("line.withdraw")).press("Enter")
    expect(page.locator("#lines-change-state")).to_contain_text(MS("line.state_withdrawn"))
    assert worker() == []


def test_figures_are_added_refused_with_words_and_taken_back(visitor: Visitor) -> None:
    visitor.signed_in(ADMINISTRATOR, then=f"{PATH}/tambah")
    page = visitor.page
    types(page, MS("line.field_survey_year"), "2023")
    chooses(page, MS("line.column_state"), "Perak")
    chooses(page, MS("line.column_strata"), MS("strata.urban"))
    types(page, MS("line.field_published"), "01/02/2024")
    types(page, MS("line.field_source"), "Terbitan contoh")
    for name, amount in (("pgk_household", "2,400"), ("food_household", "2500"), ("pgk_per_capita", "650"),
                         ("food_per_capita", "300")):  # fmt: skip
        page.get_by_role("textbox", name=MS(f"line.column_{name}"), exact=False).first.focus()
        page.locator(f'input[id*="{name}_rm"]').focus()
        page.keyboard.type(amount)
    page.get_by_role("button", name=MS("line.add"), exact=True).press("Enter")
    expect(page.get_by_text(MS("problem.line_food_above"))).to_be_visible()
    expect(page.locator('input[id*="pgk_household_rm"]')).to_have_value("2,400")
    assert faults(visitor.settled().page) == []
    pictured(page, "lines-add-1440")
    page.locator('input[id*="food_household_rm"]').focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("1100")
    page.get_by_role("button", name=MS("line.add"), exact=True).press("Enter")
    expect(page.get_by_text(MS("line.added", year="2023"))).to_be_visible()
    page.get_by_role("link", name=MS("line.see_year", year="2023")).press("Enter")
    expect(page.get_by_text("Terbitan contoh")).to_be_visible()
    page.get_by_role("button", name=MS("line.remove_of", state="Perak", strata=MS("strata.urban"))).press("Enter")
    expect(page.get_by_text(MS("line.removed"))).to_be_visible()
    expect(page.get_by_text("Terbitan contoh")).to_have_count(0)


@pytest.mark.parametrize("login", [PLANNER, OFFICER])
def test_others_read_and_find_nothing_to_press(visitor: Visitor, login: str) -> None:
    visitor.signed_in(login, then=PATH)
    page = visitor.page
    expect(page.get_by_text(MS("line.read_only"))).to_be_visible()
    expect(page.locator("#lines-body :not(th) > button")).to_have_count(0)
    expect(page.get_by_role("link", name=MS("line.to_change"))).to_have_count(0)
    visitor.open(f"{PATH}/ubah")
    expect(page.get_by_text(MS("frame.refused"), exact=True).first).to_be_visible()


@each_look
def test_the_pages_are_sound(visitor: Visitor, size: tuple[int, int], language: str) -> None:
    words = words_of(language)
    visitor.sized(size).reading(language).signed_in(ADMINISTRATOR, then=PATH)
    for name in ("", "/ubah", "/tambah"):
        visitor.open(f"{PATH}{name}")
        page = visitor.page
        if name == "/ubah":
            page.locator("#lines-change-rule-from").fill("01/06/2024")
            page.locator("#lines-change-rule").click()
            page.get_by_role("option", name=words("rule.household_or_per_capita")).click()
            page.locator("#lines-change-set-rule").click()
            expect(page.get_by_role("heading", name=words("line.foreseen"))).to_be_visible()
        pictured(visitor.settled().page, f"garis{name.replace('/', '-')}-{language}-{size[0]}")
        assert faults(page) == []
        assert not sticks_out(page)
