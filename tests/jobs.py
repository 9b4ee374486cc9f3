"""Works at jobs in the test's own process, as ``ekasih work --until-idle`` does."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from sqlalchemy import text

from registry.jobs.tasks import TASKS
from registry.jobs.worker import Place, work

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy import Engine

    from registry.jobs.job import Run

_IMPORTED = text("SELECT count(*) FROM ekasih.delivery_upload WHERE state = 'imported'")


def work_until_idle(owner: Engine, home: Path, *, tasks: Mapping[str, Run] = TASKS) -> None:
    """Carry out what is due; in a thread, since a browser's loop may run in this one."""
    address = owner.url.set(drivername="postgresql").render_as_string(hide_password=False)
    place = Place(owner, address, None, home)
    with ThreadPoolExecutor(1) as thread:
        thread.submit(work, place, until_idle=True, tasks=tasks).result()


def carry_out_deliveries(owner: Engine, home: Path) -> int:
    """Carry out what was asked of uploads, without their waits; answers how many deliveries were imported."""
    due_now(owner)
    with owner.connect() as connection:
        before = connection.scalar(_IMPORTED)
    work_until_idle(owner, home)
    with owner.connect() as connection:
        return int(connection.scalar(_IMPORTED) - before)


def due_now(owner: Engine) -> None:
    """Let no job wait for its next attempt."""
    with owner.begin() as connection:
        connection.execute(text("UPDATE jobs.procrastinate_jobs SET scheduled_at = NULL WHERE status = 'todo'"))
