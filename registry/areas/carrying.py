"""Carries out what was asked of boundaries: the check of an upload, which uses nothing, and making a set active."""

from __future__ import annotations

import json
import logging
import shutil
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from registry import audit
from registry.areas.boundaries import activate, adopt
from registry.areas.boundary_files import write_files, write_level
from registry.areas.comparing import compared
from registry.areas.plain_files import UnreadableBoundaries
from registry.areas.preparing import STEPS, prepare, require_complete
from registry.areas.uploads import ACTIVATE, file_of, remove_files, view_of
from registry.errors import NotPermitted, RegistryError
from registry.jobs.job import JobCancelled, NotYet, WorkerStops
from registry.jobs.queue import enqueue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from registry.areas.preparing import Prepared
    from registry.jobs.job import Progress

log = logging.getLogger("ekasih")
_ASKED: Final = text("""
    SELECT u.id, u.level, u.stored_name, j.asked_by
    FROM ekasih.boundary_upload AS u
    LEFT JOIN LATERAL (SELECT job.asked_by FROM ekasih.job
                       WHERE job.task = 'areas.check_boundaries' AND job.arguments ->> 'upload' = CAST(u.id AS text)
                       ORDER BY job.id DESC LIMIT 1) AS j ON true
    WHERE u.id = :id AND u.state = 'check'
""")
_CHECKED: Final = text("""
    UPDATE ekasih.boundary_upload
    SET state = 'checked', report = CAST(:report AS jsonb), reported_at = now(), problem = NULL
    WHERE id = :id AND state = 'check'
""")
_CHECK_REFUSED: Final = text("""
    UPDATE ekasih.boundary_upload
    SET state = 'ready', problem = CAST(:problem AS jsonb), reported_at = now(), report = NULL
    WHERE id = :id AND state = 'check'
""")
_WISH: Final = text("""
    SELECT a.id, a.level, a.set_id, a.upload_id, a.partial, a.asked_by, u.stored_name, u.file_name, u.source, u.licence,
        u.dated, u.accuracy_m, u.report
    FROM ekasih.boundary_activation AS a LEFT JOIN ekasih.boundary_upload AS u ON u.id = a.upload_id
    WHERE a.id = :id AND a.activated_at IS NULL AND a.refused_at IS NULL
        AND (a.holds_from IS NULL OR a.holds_from <= current_date)
    FOR UPDATE OF a
""")
_DONE: Final = text("""
    SELECT a.level, u.stored_name
    FROM ekasih.boundary_activation AS a LEFT JOIN ekasih.boundary_upload AS u ON u.id = a.upload_id
    WHERE a.id = :id AND a.activated_at IS NOT NULL
""")
_DUE: Final = text("""
    SELECT a.id FROM ekasih.boundary_activation AS a
    WHERE a.activated_at IS NULL AND a.refused_at IS NULL AND a.holds_from <= current_date
    ORDER BY a.holds_from, a.id
""")
_MAY: Final = text("SELECT ekasih.may_change_boundaries(:user_id)")
_ACT_AS: Final = text("SELECT ekasih.act_as(:user_id)")
_USED: Final = text("UPDATE ekasih.boundary_upload SET state = 'used', problem = NULL WHERE id = :id")
_ACTIVATED: Final = text("""
    UPDATE ekasih.boundary_activation SET set_id = :set_id, activated_at = now(), households_located = :located
    WHERE id = :id
""")
_REFUSED: Final = text("""
    UPDATE ekasih.boundary_activation SET refused_at = now(), problem = CAST(:problem AS jsonb)
    WHERE id = :id AND activated_at IS NULL AND refused_at IS NULL
""")
_LEAVES_IT: Final = (JobCancelled, WorkerStops, NotYet)
"""The job goes on, or the database says of it what became of it."""


class BoundariesRefused(RegistryError):
    """Nothing came of it; the upload or the wish says why."""

    key = "boundaries_refused"


class ChangedSinceCheck(RegistryError):
    """The file would not become any more what was looked at."""

    key = "boundaries_changed"


def check(engine: Engine, home: Path, upload_id: int, progress: Progress) -> dict[str, Any] | None:
    """Check an upload as it was asked for; its report and the shapes to look at stay with it, and nothing is used.

    ``engine`` signs in as the schema's owner. Answers what is told of the job.

    Raises:
        BoundariesRefused: the file cannot be used.

    """
    with engine.connect() as connection:
        row = connection.execute(_ASKED, {"id": upload_id}).one_or_none()
    if row is None:
        return None
    try:
        report = _checked(engine, home, row, progress)
    except _LEAVES_IT:
        raise
    except Exception as error:
        problem = _problem(error)
        with engine.begin() as connection:
            connection.execute(_CHECK_REFUSED, {"id": upload_id, "problem": json.dumps(problem)})
        raise BoundariesRefused(problem=problem) from error
    with engine.begin() as connection:
        connection.execute(_CHECKED, {"id": upload_id, "report": json.dumps(report)})
    return {"matched": report["matched"]}


def carry_out(
    engine: Engine,
    home: Path,
    activation_id: int,
    progress: Progress,
    *,
    guard: Callable[[Connection], None] = lambda _connection: None,
) -> dict[str, Any] | None:
    """Make active what was asked for, and place what hangs on it; done again after a kill, it does only what is left.

    ``guard`` is asked first in the transaction, and refuses by raising :class:`NotYet`.

    Raises:
        BoundariesRefused: it cannot be done; nothing was changed.

    """
    found: dict[str, Any] | None = None
    try:
        with engine.begin() as connection:
            wish = connection.execute(_WISH, {"id": activation_id}).one_or_none()
            if wish is not None:
                guard(connection)
                found = _carried_out(connection, home, wish, progress)
    except _LEAVES_IT:
        raise
    except Exception as error:
        problem = _problem(error)
        with engine.begin() as connection:
            connection.execute(_REFUSED, {"id": activation_id, "problem": json.dumps(problem)})
        raise BoundariesRefused(problem=problem) from error
    with engine.connect() as connection:
        done = connection.execute(_DONE, {"id": activation_id}).one_or_none()
        if done is not None:
            write_level(connection, done.level, home=home)
    if done is not None and done.stored_name is not None:
        remove_files(home, done.stored_name)
    return found


def ask_due(connection: Connection) -> int:
    """Ask for what is to hold from today on, or was to from a day that passed, in its order; how many."""
    found = connection.scalars(_DUE).all()
    for activation in found:
        enqueue(connection, ACTIVATE, activation=activation)
    return len(found)


def _checked(engine: Engine, home: Path, row: Any, progress: Progress) -> dict[str, Any]:
    steps = _Steps(progress, STEPS + 2)
    with engine.connect() as connection, connection.begin() as transaction:
        if row.asked_by is not None and not connection.scalar(_MAY, {"user_id": row.asked_by}):
            raise NotPermitted
        prepared = prepare(connection, file_of(home, row.stored_name), level=row.level, step=steps)
        changes = compared(connection, prepared.frame, row.level)
        transaction.rollback()
    steps()
    view = view_of(home, row.stored_name)
    shutil.rmtree(view, ignore_errors=True)
    view.mkdir(mode=0o700, parents=True)
    write_files(view, prepared.frame, row.level, version=prepared.fingerprint)
    steps()
    return prepared.report.as_dict() | {"changes": changes, "fingerprint": prepared.fingerprint}


def _carried_out(connection: Connection, home: Path, wish: Any, progress: Progress) -> dict[str, Any]:
    if not connection.scalar(_MAY, {"user_id": wish.asked_by}):
        raise NotPermitted
    steps = _Steps(progress, STEPS + 2)
    if wish.upload_id is not None:
        prepared = _as_checked(connection, home, wish, steps)
        name = wish.file_name.rsplit(".", 1)[0]
        facts = {"name": name, **{key: getattr(wish, key) for key in ("source", "licence", "dated", "accuracy_m")}}
        set_id, located = adopt(connection, prepared, facts, step=steps)
        connection.execute(_USED, {"id": wish.upload_id})
    else:
        set_id = wish.set_id
        _, located = activate(connection, set_id)
    connection.execute(_ACTIVATED, {"id": wish.id, "set_id": set_id, "located": located})
    connection.execute(_ACT_AS, {"user_id": wish.asked_by})
    with Session(bind=connection) as session:
        after = {"level": wish.level}
        audit.record(
            session,
            "activate_boundaries",
            subject="boundary_set",
            subject_id=set_id,
            district_code=None,
            after=after,
        )
    steps()
    return {"level": wish.level, "located": located}


def _as_checked(connection: Connection, home: Path, wish: Any, steps: _Steps) -> Prepared:
    """What was checked, made anew of the file: whatever it depends on must be as it was then.

    Raises:
        ChangedSinceCheck: it is not.
        IncompleteBoundaries: it leaves something out, and that was not accepted.

    """
    prepared = prepare(connection, file_of(home, wish.stored_name), level=wish.level, step=steps)
    if wish.report is None or prepared.fingerprint != wish.report["fingerprint"]:
        raise ChangedSinceCheck
    require_complete(prepared, partial=wish.partial)
    return prepared


class _Steps:
    """Counts what is done."""

    def __init__(self, progress: Progress, total: int) -> None:
        self._progress, self._total, self._done = progress, total, 0

    def __call__(self) -> None:
        """One more."""
        self._done += 1
        self._progress(self._done, self._total)


def _problem(error: Exception) -> dict[str, Any]:
    """Why nothing came of it: the key of a sentence, never what a library says of a file."""
    if isinstance(error, UnreadableBoundaries):
        return {"key": f"boundary.problem_{error.reason}", "values": error.values}
    if isinstance(error, FileNotFoundError):
        return {"key": "boundary.problem_gone", "values": {}}
    if isinstance(error, RegistryError):
        return {"key": f"error.{error.key}", "values": error.values}
    log.error("boundaries: %s", type(error).__name__)
    return {"key": "boundary.problem_unexpected", "values": {}}
