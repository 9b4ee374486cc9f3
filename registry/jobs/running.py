"""Carries one job out: once at a time, for who may still ask for it, with its progress told and its end in words."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.db import is_away
from registry.errors import DatabaseAway, NotPermitted, RecordBusy, RegistryError, TookTooLong
from registry.jobs.job import Job, JobCancelled, NotYet, WorkerStops
from registry.jobs.tasks import TASKS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from registry.jobs.job import Run

log = logging.getLogger("ekasih")
_ALONE: Final = text("SELECT pg_try_advisory_lock(hashtextextended('ekasih.job.work', :id))")
_JOB: Final = text("""
    SELECT j.task, j.arguments, j.asked_by, coalesce(u.login, 'system') AS login, j.carried_out_at,
        ekasih.job_is_allowed(j.id) AS allowed
    FROM ekasih.job AS j LEFT JOIN ekasih.app_user AS u ON u.id = j.asked_by
    WHERE j.id = :id
""")
_STEP: Final = text("""
    UPDATE ekasih.job SET steps_done = :done, steps_total = :total WHERE id = :id RETURNING cancel_asked
""")
_CANCEL_ASKED: Final = text("SELECT cancel_asked FROM ekasih.job WHERE id = :id")
_RESULT: Final = text("""
    UPDATE ekasih.job SET result = coalesce(CAST(:result AS jsonb), result), problem = NULL WHERE id = :id
""")
_PROBLEM: Final = text("UPDATE ekasih.job SET problem = CAST(:problem AS jsonb) WHERE id = :id")
_PASSING: Final = (DatabaseAway, RecordBusy, TookTooLong)
"""Refusals that say nothing of what was asked: another attempt may go well."""


class Later(Exception):
    """The job could not begin, or had to stop; it is tried again, and nothing went wrong."""


class Cancelled(Exception):
    """The job was cancelled; what it had not committed is undone."""


class Refused(Exception):
    """A rule of the register speaks against it; another attempt would end the same."""


class Broken(Exception):
    """Something went wrong that may go well next time; no more is said than the kind of error."""


def carry_out_job(
    engine: Engine,
    home: Path,
    job_id: int,
    *,
    stops: Callable[[], bool] = lambda: False,
    tasks: Mapping[str, Run] = TASKS,
) -> None:
    """Carry out the job of this number; ``stops`` tells whether the worker is to end.

    ``engine`` signs in as the owner. What a worker that is thought dead still does is waited for: a session of the
    database that ends with the process stands for being at a job.

    Raises:
        Later, Cancelled, Refused, Broken: how it did not end well; none of them holds a word of a record.

    """
    try:
        _carried_out_alone(engine, home, job_id, stops=stops, tasks=tasks)
    except Exception as error:
        if is_away(error):  # nothing can be told where there is no database; another attempt begins anew
            raise Broken(DatabaseAway.__name__) from None
        raise


def _carried_out_alone(
    engine: Engine, home: Path, job_id: int, *, stops: Callable[[], bool], tasks: Mapping[str, Run]
) -> None:
    with engine.connect() as alone:
        if not alone.scalar(_ALONE, {"id": job_id}):
            raise Later
        try:
            _carried_out(engine, home, job_id, alone=alone, stops=stops, tasks=tasks)
        except (NotYet, WorkerStops):
            if alone.scalar(_CANCEL_ASKED, {"id": job_id}):
                raise Cancelled from None
            raise Later from None
        except JobCancelled as error:
            _told(engine, job_id, _problem_of(error))
            raise Cancelled from None
        except RegistryError as error:
            _told(engine, job_id, _problem_of(error))
            kind = Broken if isinstance(error, _PASSING) else Refused
            raise kind(type(error).__name__) from None
        except Exception as error:  # noqa: BLE001 - whatever it is, the job says that it was not done
            name = type(getattr(error, "orig", None) or error).__name__
            log.error("job %s: %s", job_id, name)  # noqa: TRY400 - a traceback may hold values of rows
            _told(engine, job_id, {"key": "job.problem_unexpected", "values": {"kind": name}})
            raise Broken(name) from None
        finally:
            # ends the lock with the session
            alone.invalidate()


def _carried_out(
    engine: Engine,
    home: Path,
    job_id: int,
    *,
    alone: Connection,
    stops: Callable[[], bool],
    tasks: Mapping[str, Run],
) -> None:
    row = alone.execute(_JOB, {"id": job_id}).one()
    alone.commit()
    if row.carried_out_at is not None:
        return
    if not row.allowed:
        raise NotPermitted

    def progress(done: int, total: int) -> None:
        with engine.begin() as connection:
            cancelled = connection.scalar(_STEP, {"id": job_id, "done": done, "total": total})
        if cancelled:
            raise JobCancelled
        if stops():
            raise WorkerStops

    if alone.scalar(_CANCEL_ASKED, {"id": job_id}):
        raise JobCancelled
    alone.commit()
    job = Job(job_id, row.asked_by, row.login, row.arguments)
    result = tasks[row.task](engine, home, job, progress)
    told = None if result is None else json.dumps(dict(result))
    with engine.begin() as connection:
        connection.execute(_RESULT, {"id": job_id, "result": told})


def _problem_of(error: RegistryError) -> dict[str, Any]:
    """The key of a sentence with its values; an error may bring the problem of what the job worked on."""
    given = error.values.get("problem")
    return given if isinstance(given, dict) else {"key": f"error.{error.key}", "values": error.values}


def _told(engine: Engine, job_id: int, problem: Mapping[str, Any]) -> None:
    with engine.begin() as connection:
        connection.execute(_PROBLEM, {"id": job_id, "problem": json.dumps(problem, default=str)})
