"""A worker: takes jobs from the queue in PostgreSQL, one process beside others on this machine and elsewhere."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import procrastinate
from procrastinate import exceptions, retry
from procrastinate.periodic import PeriodicDeferrer
from sqlalchemy import text

from registry.errors import DatabaseAway
from registry.jobs.running import Broken, Cancelled, Later, carry_out_job
from registry.jobs.schedules import SCHEDULES
from registry.jobs.schema import JOBS_SCHEMA
from registry.jobs.tasks import TASKS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from pathlib import Path

    from procrastinate.app import WorkerOptions
    from procrastinate.jobs import Job as QueuedJob
    from sqlalchemy import Engine

    from registry.jobs.job import Run

AT_ONCE: Final = 2
"""How many jobs a worker carries out at a time: a trial does not wait for the work of the night."""
MOST_ATTEMPTS: Final = 5
HEARTBEAT_SECONDS: Final = 5
SILENT_SECONDS: Final = 20
"""After how long without a sign a worker is taken for gone, and its jobs begin again."""
_CATCH_UP_SECONDS: Final = 24 * 60 * 60
"""How long after its hour a schedule is still made up for, where no worker was there."""
_LOOK_SECONDS: Final = 2
_END_SECONDS: Final = 10
"""How long a worker that is told to end waits for a job that does not come to its next step."""
_LONGEST_WAIT_SECONDS: Final = 3600
_LATER_SECONDS: Final = 2
_SKIP: Final = text("""
    INSERT INTO jobs.procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
    SELECT CAST(:task AS text), '', CAST(:due AS bigint) WHERE NOT EXISTS (
        SELECT FROM jobs.procrastinate_periodic_defers AS d WHERE d.task_name = CAST(:task AS text))
    ON CONFLICT DO NOTHING
""")
_RESCUE: Final = text("SELECT ekasih.rescue_jobs(make_interval(secs => :silent), :most)")
_DUE: Final = text("""
    SELECT EXISTS (
        SELECT FROM jobs.procrastinate_jobs AS q
        WHERE q.status = 'todo' AND coalesce(q.scheduled_at <= now(), true) AND NOT EXISTS (
            SELECT FROM jobs.procrastinate_jobs AS o WHERE o.lock = q.lock AND o.status = 'doing'))
""")
_OPTIONS: Final[WorkerOptions] = {
    "concurrency": AT_ONCE,
    "install_signal_handlers": False,
    "update_heartbeat_interval": HEARTBEAT_SECONDS,
    "stalled_worker_timeout": SILENT_SECONDS,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a worker works: the database as its owner (address, and the role to take on there), and the home."""

    engine: Engine
    address: str
    role: str | None
    home: Path


class Backoff(retry.BaseRetryStrategy):
    """When a job is tried again: soon where nothing went wrong, later and later where something did."""

    def get_retry_decision(self, *, exception: BaseException, job: QueuedJob) -> retry.RetryDecision | None:
        """The wait before the next attempt, or none."""
        if isinstance(exception, Later):
            return retry.RetryDecision(retry_in={"seconds": min(_LATER_SECONDS + job.attempts, 30)})
        if isinstance(exception, Broken) and job.attempts + 1 < MOST_ATTEMPTS:
            wait = min(10 * 4**job.attempts, _LONGEST_WAIT_SECONDS)
            return retry.RetryDecision(retry_in={"seconds": wait})
        return None


def work(
    place: Place, *, parent: int | None = None, until_idle: bool = False, tasks: Mapping[str, Run] = TASKS
) -> None:
    """Carry out jobs until told to end by a signal, or ``parent`` has gone, or, ``until_idle``, nothing is due.

    A job that is under way then stops at its next step and begins again with the next worker; one that comes to no
    step is left with its transaction undone.

    Raises:
        DatabaseAway: the database has gone; whoever keeps the worker begins it again.

    """
    # what goes wrong is told by the job itself, in words without a value of a record
    for name in ("procrastinate", "psycopg.pool"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    _skip_first_times(place.engine)
    try:
        asyncio.run(_work(place, parent, tasks, until_idle=until_idle))
    except exceptions.ConnectorException as error:
        raise DatabaseAway from error


def _skip_first_times(engine: Engine) -> None:
    """Let a schedule that is new here begin with its next hour: a new register has nothing to make up for."""
    now = datetime.now(UTC)
    with engine.begin() as connection:
        for schedule in SCHEDULES:
            due = int(schedule.last_before(now).timestamp())
            connection.execute(_SKIP, {"task": schedule.task, "due": due})


async def _work(place: Place, parent: int | None, tasks: Mapping[str, Run], *, until_idle: bool) -> None:
    stopping = threading.Event()
    app = _app(place, stopping, tasks)
    async with app.open_async():
        await asyncio.to_thread(_rescue, place.engine)
        if until_idle:
            # otherwise done by the worker, which would end before
            night = PeriodicDeferrer(app.periodic_registry, **app.periodic_defaults)
            await night.defer_jobs(night.get_previous_tasks(time.time()))
        running = asyncio.create_task(_until_idle(app, place.engine) if until_idle else _on_and_on(app))
        async with _watched(place.engine, running, stopping, parent):
            with contextlib.suppress(asyncio.CancelledError):
                await running


async def _on_and_on(app: procrastinate.App) -> None:
    await app.run_worker_async(**_OPTIONS)


async def _until_idle(app: procrastinate.App, engine: Engine) -> None:
    """Carry out what is due, and what that has asked for, until nothing is."""
    once: WorkerOptions = {**_OPTIONS, "wait": False, "listen_notify": False}
    while await asyncio.to_thread(_is_due, engine):
        await app.run_worker_async(**once)


def _is_due(engine: Engine) -> bool:
    with engine.connect() as connection:
        return bool(connection.scalar(_DUE))


@contextlib.asynccontextmanager
async def _watched(
    engine: Engine, running: asyncio.Task[None], stopping: threading.Event, parent: int | None
) -> AsyncIterator[None]:
    """Look after the worker meanwhile: signals, its parent, and jobs of workers that have gone."""
    loop = asyncio.get_running_loop()

    def end() -> None:
        if not stopping.is_set():
            stopping.set()
            timer = threading.Timer(_END_SECONDS, os._exit, (0,))
            timer.daemon = True
            timer.start()
            running.cancel()

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, end)

    async def look() -> None:
        while True:
            await asyncio.sleep(_LOOK_SECONDS)
            if parent is not None and os.getppid() != parent:
                end()
            with contextlib.suppress(Exception):  # where the database is away, the worker itself says so
                await asyncio.to_thread(_rescue, engine)

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()


def _rescue(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(_RESCUE, {"silent": SILENT_SECONDS, "most": MOST_ATTEMPTS})


def _app(place: Place, stopping: threading.Event, tasks: Mapping[str, Run]) -> procrastinate.App:
    role = "" if place.role is None else f" -c role={place.role}"
    connector = procrastinate.PsycopgConnector(
        conninfo=place.address,
        kwargs={"options": f"-c search_path={JOBS_SCHEMA},public -c TimeZone=Asia/Kuala_Lumpur{role}"},
        min_size=1,
        max_size=AT_ONCE + 2,
    )
    app = procrastinate.App(connector=connector, periodic_defaults={"max_delay": _CATCH_UP_SECONDS})

    def carry_out(context: procrastinate.JobContext, /, **_arguments: Any) -> None:
        try:
            carry_out_job(place.engine, place.home, int(context.job.id or 0), stops=stopping.is_set, tasks=tasks)
        except Cancelled:
            raise exceptions.JobAborted from None

    registered = {name: app.task(name=name, pass_context=True, retry=Backoff())(carry_out) for name in tasks}
    for schedule in SCHEDULES:
        if schedule.task in registered:
            # one lock for all: they are carried out one after the other
            asked_daily: Any = app.periodic(cron=schedule.cron, lock="nightly")
            asked_daily(registered[schedule.task])
    return app
