"""Jobs at a browser: watched, cancelled and run again by keyboard, with the reason where one failed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from sqlalchemy import text

from registry.db import OWNER_ROLE, make_engine
from registry.jobs.queue import enqueue
from registry.jobs.tasks import TASKS
from tests.browser.looks import each_look, faults, pictured, sticks_out
from tests.browser.serving import served, small_register, visiting
from tests.browser.visitor import ADMINISTRATOR
from tests.jobs import due_now, work_until_idle
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from sqlalchemy import Engine

    from registry.installation.cluster import Cluster
    from registry.jobs.job import Run
    from tests.browser.visitor import Visitor
    from tests.databases import Databases

MS = words_of("ms")
OFFICE = "ppn.perak"
TASK = "publishing.publish"


@pytest.fixture
def owner(cluster: Cluster, databases: Databases) -> Iterator[Engine]:
    """The owner of a register of its own."""
    with small_register(databases) as name:
        engine = make_engine(cluster.url(user=OWNER_ROLE, database=name).render_as_string(hide_password=False))
        yield engine
        engine.dispose()


@pytest.fixture
def person(browser: Browser, cluster: Cluster, owner: Engine) -> Iterator[Visitor]:
    """Somebody at a browser."""
    with served(cluster, str(owner.url.database)) as address, visiting(browser, address) as visitor:
        yield visitor


def asked(owner: Engine, who: str, task: str = TASK, **arguments: Any) -> int:
    """A job that somebody has asked for."""
    with owner.begin() as connection:
        acting = text("SELECT ekasih.act_as((SELECT id FROM ekasih.app_user WHERE login = :login))")
        connection.execute(acting, {"login": who})
        return enqueue(connection, task, **arguments)


def failed(owner: Engine, cluster: Cluster) -> None:
    """Let what is due fail for good, with an error whose text must not be seen."""

    def wrong(*_given: object) -> None:
        raise ValueError("Siti binti Ali, RM 812")

    tasks: dict[str, Run] = dict.fromkeys(TASKS, wrong)  # type: ignore[arg-type]
    for _attempt in range(5):
        due_now(owner)
        work_until_idle(owner, cluster.home, tasks=tasks)


def row(visitor: Visitor, name: str) -> Any:
    return visitor.page.get_by_role("row").filter(has=visitor.page.get_by_role("rowheader", name=name))


def test_a_waiting_job_is_seen_and_cancelled_by_keyboard(person: Visitor, owner: Engine) -> None:
    asked(owner, ADMINISTRATOR)
    person.signed_in(ADMINISTRATOR, then="/pekerjaan")
    page, name = person.page, MS("job.task_publishing_publish")
    waiting = row(person, name).filter(has_text=MS("job.state_waiting"))
    expect(waiting).to_be_visible()
    expect(page.get_by_text(MS("job.no_worker"))).to_be_visible()
    page.get_by_role("button", name=MS("job.act_of", act=MS("job.act_cancel"), task=name)).press("Enter")
    expect(page.locator("#jobs-message")).to_have_text(MS("job.said_cancel"))
    expect(page.get_by_text(MS("job.none_terbuka"))).to_be_visible()
    page.get_by_role("link", name=re.compile(MS("job.list_tamat"))).press("Enter")
    expect(row(person, name).filter(has_text=MS("job.state_cancelled"))).to_be_visible()
    assert faults(person.settled().page) == []


def test_what_failed_says_why_without_a_word_of_a_record_and_runs_again(
    person: Visitor, owner: Engine, cluster: Cluster
) -> None:
    asked(owner, ADMINISTRATOR)
    failed(owner, cluster)
    person.signed_in(ADMINISTRATOR, then="/pekerjaan?senarai=gagal")
    page, name = person.page, MS("job.task_publishing_publish")
    expect(page.get_by_text(MS("job.problem_unexpected", kind="ValueError"))).to_be_visible()
    assert "Siti" not in page.content()
    pictured(page, "jobs-gagal-1440")
    page.get_by_role("button", name=MS("job.act_of", act=MS("job.act_rerun"), task=name)).press("Enter")
    expect(page.locator("#jobs-message")).to_have_text(MS("job.said_rerun"))
    work_until_idle(owner, cluster.home)
    person.open("/pekerjaan?senarai=tamat")
    expect(row(person, name).filter(has_text=MS("job.state_done"))).to_be_visible()


def test_progress_comes_by_itself_and_the_button_keeps_the_focus(person: Visitor, owner: Engine) -> None:
    job = asked(owner, ADMINISTRATOR)
    with owner.begin() as connection:
        connection.execute(text("SET LOCAL search_path = jobs"))
        connection.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
    person.signed_in(ADMINISTRATOR, then="/pekerjaan")
    button = person.page.get_by_role("button", name=re.compile(MS("job.act_cancel")))
    button.focus()
    with owner.begin() as connection:
        connection.execute(text("UPDATE ekasih.job SET steps_done = 3, steps_total = 8 WHERE id = :id"), {"id": job})
    expect(person.page.get_by_text(MS("job.steps", done=3, total=8))).to_be_visible()
    expect(button).to_be_focused()


def test_an_office_sees_its_own_jobs_alone_and_no_schedules(person: Visitor, owner: Engine) -> None:
    asked(owner, ADMINISTRATOR)
    person.signed_in(OFFICE, then="/pekerjaan")
    expect(person.page.get_by_text(MS("job.none_terbuka"))).to_be_visible()
    expect(person.page.get_by_text(MS("job.schedules"))).to_have_count(0)


@each_look
def test_the_page_is_sound(
    person: Visitor, owner: Engine, cluster: Cluster, size: tuple[int, int], language: str
) -> None:
    asked(owner, ADMINISTRATOR)
    failed(owner, cluster)
    for task in TASKS:
        if task != TASK:
            with owner.begin() as connection:
                enqueue(connection, task, **({"upload": 1, "what": "trial"} if "deliveries" in task else {}))
    person.sized(size).reading(language).signed_in(ADMINISTRATOR, then="/pekerjaan")
    words = words_of(language)
    for name in ("terbuka", "gagal", "tamat"):
        person.open(f"/pekerjaan?senarai={name}")
        expect(person.page.get_by_role("heading", name=words(f"job.list_{name}"))).to_be_visible()
        person.settled()
        pictured(person.page, f"jobs-{name}-{size[0]}-{language}")
        assert faults(person.page) == []
        assert not sticks_out(person.page)
