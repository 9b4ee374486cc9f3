"""A job: who may ask for one, that it is carried out once, tried again, cancelled, put back, and told in words."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.pool import NullPool

from registry import db
from registry.errors import NotFound, NotPermitted, StaleRecord
from registry.installation import doctor
from registry.jobs.job import Job, NotYet
from registry.jobs.queue import cancel, enqueue, rerun
from registry.jobs.running import Broken, carry_out_job
from registry.jobs.schedules import SCHEDULES, Schedule
from registry.jobs.tasks import TASKS
from registry.principals import Permission, Principal, Role
from tests.jobs import due_now, work_until_idle
from tests.world import add_principal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Engine

    from registry.jobs.job import Progress, Run

TASK = "publishing.publish"


class Office:
    """An administrator, a state office and an officer on an empty register, and a task that does what a test wants."""

    def __init__(self, owner: Engine, web: Engine, home: Path) -> None:
        self.owner, self.web, self.home = owner, web, home
        self.seen: list[Job] = []
        with owner.begin() as connection:
            self.administrator = add_principal(connection, "pentadbir", Role.ADMINISTRATOR)
            self.perak = add_principal(connection, "perak", Role.STATE_OFFICE, "08")
            self.officer = add_principal(connection, "pegawai", Role.OFFICER, "0803")

    def ask(self, who: Principal | None = None, task: str = TASK, **arguments: object) -> int:
        with db.writing(self.web, who or self.administrator) as session:
            return enqueue(session, task, **arguments)

    def work(self, act: Callable[[Engine, Job, Progress], dict[str, Any] | None] | None = None) -> None:
        """Carry out what is due; each task does what is given."""

        def run(engine: Engine, _home: Path, job: Job, progress: Progress) -> dict[str, Any] | None:
            self.seen.append(job)
            return act(engine, job, progress) if act else None

        tasks: dict[str, Run] = dict.fromkeys(TASKS, run)
        work_until_idle(self.owner, self.home, tasks=tasks)

    def job(self, job_id: int, *, who: Principal | None = None) -> Any:
        with db.reading(self.web, who or self.administrator) as connection:
            return connection.execute(text("SELECT * FROM ekasih.job WHERE id = :id"), {"id": job_id}).one_or_none()

    def value(self, statement: str, **params: Any) -> Any:
        with self.owner.connect() as connection:
            return connection.scalar(text(statement), params)

    def due_now(self) -> None:
        """Let no job wait for its next attempt."""
        due_now(self.owner)


@pytest.fixture
def office(owner_engine: Engine, web: Engine, tmp_path: Path) -> Office:
    return Office(owner_engine, web, tmp_path)


def test_a_job_is_carried_out_once_and_told(office: Office) -> None:
    job = office.ask(level="district")
    assert office.job(job).state == "waiting"
    office.work(lambda _engine, _job, progress: progress(3, 4) or {"done": 3})
    office.work()
    (seen,) = office.seen
    assert (seen.id, seen.asked_by, seen.login) == (job, office.administrator.user_id, "pentadbir")
    assert seen.arguments == {"level": "district"}
    row = office.job(job)
    assert (row.state, row.attempts, row.steps_done, row.steps_total, row.result) == ("done", 1, 3, 4, {"done": 3})
    assert row.asked_at <= row.started_at <= row.ended_at
    audited = "SELECT actor FROM ekasih.audit_log WHERE action = 'ask_job' AND subject_id = :id"
    assert office.value(audited, id=job) == "pentadbir"


def test_a_job_of_a_transaction_that_is_undone_does_not_exist(office: Office) -> None:
    with pytest.raises(NotFound), db.writing(office.web, office.administrator) as session:
        enqueue(session, TASK)
        raise NotFound
    assert office.value("SELECT count(*) FROM jobs.procrastinate_jobs") == 0
    assert office.value("SELECT count(*) FROM ekasih.job") == 0


def test_what_waits_already_is_not_asked_for_twice(office: Office) -> None:
    first = office.ask(year=2024)
    assert office.ask(year=2024) == first
    assert office.ask(year=2022) != first
    office.work()
    assert office.ask(year=2024) != first


def test_the_system_asks_without_anybody_acting_and_the_pages_cannot(office: Office) -> None:
    with office.owner.begin() as connection:
        job = enqueue(connection, "installation.sweep")
    office.work()
    assert (office.job(job).asked_by, office.seen[0].login) == (None, "system")
    with pytest.raises(NotPermitted), office.web.begin() as connection:
        enqueue(connection, "installation.sweep")


@pytest.mark.parametrize("task", ["installation.sweep", "no.such_task", TASK])
def test_who_lacks_the_permission_of_a_task_cannot_ask_for_it(office: Office, task: str) -> None:
    with pytest.raises(NotPermitted):
        office.ask(office.perak, task)
    assert office.value("SELECT count(*) FROM ekasih.job") == 0


def test_who_has_lost_the_permission_meanwhile_gets_nothing_done(office: Office) -> None:
    job = office.ask()
    with office.owner.begin() as connection:
        connection.execute(text("UPDATE ekasih.app_user SET active = false WHERE login = 'pentadbir'"))
        other = add_principal(connection, "pentadbir.lain", Role.ADMINISTRATOR)
    office.work()
    row = office.job(job, who=other)
    assert office.seen == []
    assert (row.state, row.problem["key"]) == ("failed", "error.not_permitted")


def test_every_task_has_a_permission_of_the_register_or_is_for_the_system_alone(office: Office) -> None:
    for task in TASKS:
        permission = office.value("SELECT ekasih.task_permission(:task)", task=task)
        assert (permission in set(Permission)) != (task == "installation.sweep"), task
    assert {schedule.task for schedule in SCHEDULES} <= set(TASKS)


def test_what_goes_wrong_is_tried_again_with_longer_and_longer_waits_and_then_fails(office: Office) -> None:
    job = office.ask()

    def wrong(engine: Engine, _job: Job, _progress: Progress) -> None:
        with engine.connect() as connection:
            connection.execute(text("SELECT 'Siti binti Ali'::integer"))

    waits = []
    for attempt in range(1, 5):
        office.work(wrong)
        row = office.job(job)
        assert (row.state, row.attempts) == ("waiting", attempt)
        assert row.problem == {"key": "job.problem_unexpected", "values": {"kind": "InvalidTextRepresentation"}}
        waits.append(office.value("SELECT extract(epoch FROM run_at - now()) FROM ekasih.job WHERE id = :id", id=job))
        office.due_now()
    assert waits == sorted(waits)
    assert waits[-1] > 10 * waits[0]
    office.work(wrong)
    assert (office.job(job).state, office.job(job).attempts) == ("failed", 5)
    assert "Siti" not in office.value("SELECT string_agg(j::text, '') FROM ekasih.job AS j")


def test_a_database_that_cannot_be_reached_leaves_a_job_to_be_tried_again(office: Office, tmp_path: Path) -> None:
    job = office.ask()
    nobody_there = create_engine(office.owner.url.update_query_dict({"host": "/nowhere"}), poolclass=NullPool)
    with pytest.raises(Broken) as error:
        carry_out_job(nobody_there, tmp_path, job)
    assert str(error.value) == "DatabaseAway"

    def struck_down(engine: Engine, _job: Job, _progress: Progress) -> None:
        with engine.connect() as connection:
            connection.execute(text("SELECT pg_terminate_backend(pg_backend_pid())"))

    office.work(struck_down)
    assert office.job(job).state == "waiting"
    office.due_now()
    office.work()
    assert office.job(job).state == "done"


def test_what_a_rule_speaks_against_is_not_tried_again_but_can_be_put_back(office: Office) -> None:
    job = office.ask()

    def refused(_engine: Engine, _job: Job, _progress: Progress) -> None:
        raise StaleRecord

    office.work(refused)
    row = office.job(job)
    assert (row.state, row.problem) == ("failed", {"key": "error.stale", "values": {}})
    with db.writing(office.web, office.administrator) as session:
        rerun(session, job)
    assert office.job(job).state == "waiting"
    office.work()
    assert (office.job(job).state, office.job(job).problem) == ("done", None)
    with pytest.raises(StaleRecord), db.writing(office.web, office.administrator) as session:
        rerun(session, job)


def test_what_cannot_begin_yet_waits_a_moment(office: Office) -> None:
    job = office.ask()

    def busy(_engine: Engine, _job: Job, _progress: Progress) -> None:
        raise NotYet

    office.work(busy)
    row = office.job(job)
    assert (row.state, row.problem) == ("waiting", None)
    office.due_now()
    office.work()
    assert office.job(job).state == "done"


def test_a_waiting_job_is_cancelled_at_once(office: Office) -> None:
    job = office.ask()
    with db.writing(office.web, office.administrator) as session:
        cancel(session, job)
    assert office.job(job).state == "cancelled"
    office.work()
    assert office.seen == []
    with pytest.raises(StaleRecord), db.writing(office.web, office.administrator) as session:
        cancel(session, job)
    audited = "SELECT actor FROM ekasih.audit_log WHERE action = 'cancel_job' AND subject_id = :id"
    assert office.value(audited, id=job) == "pentadbir"


def test_a_job_under_way_is_cancelled_at_its_next_step_and_undone(office: Office) -> None:
    job = office.ask()

    def long(engine: Engine, _job: Job, progress: Progress) -> None:
        with engine.begin() as connection:
            connection.execute(text("UPDATE ekasih.app_user SET display_name = 'Lain' WHERE login = 'pegawai'"))
            progress(1, 2)
            with db.writing(office.web, office.administrator) as session:
                cancel(session, job)
            assert office.job(job).state == "running"
            progress(2, 2)
        raise AssertionError

    office.work(long)
    row = office.job(job)
    assert (row.state, row.problem["key"], row.cancel_asked) == ("cancelled", "error.job_cancelled", True)
    assert office.value("SELECT display_name FROM ekasih.app_user WHERE login = 'pegawai'") != "Lain"


def test_others_jobs_are_neither_seen_nor_cancelled_nor_put_back_but_by_administrators(office: Office) -> None:
    with office.owner.begin() as connection:
        upload = connection.scalar(
            text("""
                INSERT INTO ekasih.delivery_upload (uploaded_by, file_name, stored_name, sha256, bytes, findings, state)
                VALUES (:by, 'a.zip', repeat('a', 32) || '.zip', 'x', 1, '[]', 'trial') RETURNING id
            """),
            {"by": office.perak.user_id},
        )
        selangor = add_principal(connection, "selangor", Role.STATE_OFFICE, "10")
    job = office.ask(office.perak, "deliveries.carry_out", upload=upload, what="trial")
    assert office.job(job, who=office.perak).id == job
    assert office.job(job, who=selangor) is None
    assert office.job(job, who=office.officer) is None
    for act in (cancel, rerun):
        with pytest.raises(StaleRecord), db.writing(office.web, selangor) as session:
            act(session, job)
    with db.writing(office.web, office.administrator) as session:
        cancel(session, job)
    assert office.value("SELECT state FROM ekasih.delivery_upload") == "ready"


def test_the_pages_reach_the_queue_through_its_functions_alone(office: Office) -> None:
    with office.web.connect() as connection:
        assert not connection.scalar(text("SELECT has_schema_privilege('jobs', 'USAGE')"))
        for name in ("put_job(text, jsonb)", "rescue_jobs(interval, integer)", "forget_jobs(timestamptz)"):
            assert not connection.scalar(text("SELECT has_function_privilege(:name, 'EXECUTE')"), {"name": name})


def test_work_that_says_it_is_done_in_its_own_transaction_is_not_done_again(office: Office) -> None:
    job = office.ask()

    def lost(engine: Engine, told: Job, _progress: Progress) -> None:
        with engine.begin() as connection:
            told.act(connection)
            assert connection.scalar(text("SELECT ekasih.acting_login()")) == "pentadbir"
            told.finish(connection, {"changed": 7})
        raise OSError

    office.work(lost)
    office.due_now()
    office.work()
    row = office.job(job)
    assert (len(office.seen), row.state, row.result) == (1, "done", {"changed": 7})


def test_a_job_of_a_worker_that_is_gone_begins_again_and_ends_when_it_takes_them_all_down(office: Office) -> None:
    job = office.ask()
    for attempt in range(1, 6):
        with office.owner.begin() as connection:
            connection.execute(text("SET LOCAL search_path = jobs"))
            connection.execute(text("UPDATE procrastinate_jobs SET status = 'doing'"))
        with office.owner.begin() as connection:
            assert connection.scalar(text("SELECT ekasih.rescue_jobs('20 s', 5)")) == 1
        assert office.job(job).state == ("waiting" if attempt < 5 else "failed")
    assert office.job(job).problem["key"] == "job.problem_stopped"


def test_what_ended_long_ago_is_forgotten(office: Office) -> None:
    job, young = office.ask(year=1), office.ask(year=2)
    office.work()
    with office.owner.begin() as connection:
        connection.execute(
            text("UPDATE ekasih.job SET ended_at = now() - interval '31 days' WHERE id = :id"), {"id": job}
        )
        enqueue(connection, "installation.sweep")
    work_until_idle(office.owner, office.home)
    assert office.job(job) is None
    assert office.job(young).state == "done"


def test_the_night_is_asked_for_once_by_all_workers_and_done_in_its_order(office: Office) -> None:
    office.work()
    assert office.seen == []  # a new register has nothing to make up for
    with office.owner.begin() as connection:
        connection.execute(
            text("UPDATE jobs.procrastinate_periodic_defers SET defer_timestamp = defer_timestamp - 86400")
        )
    office.work()
    office.work()
    assert [job.login for job in office.seen] == ["system"] * len(SCHEDULES)
    done = "SELECT array_agg(task ORDER BY started_at) FROM ekasih.job"
    assert office.value(done) == [schedule.task for schedule in SCHEDULES]


def test_the_doctor_says_when_jobs_wait_and_nobody_works_at_them(office: Office) -> None:
    with office.owner.connect() as connection:
        assert doctor._jobs(connection).fine
    office.ask()
    late = text("UPDATE ekasih.job SET asked_at = now() - interval '2 minutes'")
    with office.owner.begin() as connection:
        assert doctor._jobs(connection).fine
        connection.execute(late)
        found = doctor._jobs(connection)
        assert (found.fine, "ekasih work" in found.advice) == (False, True)
        connection.execute(text("INSERT INTO jobs.procrastinate_workers DEFAULT VALUES"))
        assert doctor._jobs(connection).fine


def test_a_schedule_is_an_hour_of_malaysia_whatever_the_clock_of_the_queue() -> None:
    night = Schedule("status.close_months", time(1, 30))
    assert night.cron == "30 17 * * *"
    evening = datetime(2026, 11, 29, 16, 0, tzinfo=UTC)
    assert night.next_after(evening) == datetime(2026, 11, 29, 17, 30, tzinfo=UTC)
    assert night.last_before(evening) == datetime(2026, 11, 28, 17, 30, tzinfo=UTC)
    assert night.next_after(night.next_after(evening)) == datetime(2026, 11, 30, 17, 30, tzinfo=UTC)
