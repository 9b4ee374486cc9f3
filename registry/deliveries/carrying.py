"""Carries out what was asked of an upload: a trial that is undone, or the import; what came of it stays with it."""

from __future__ import annotations

import json
import logging
import os
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.db import is_away
from registry.deliveries.archives import UnreadableDelivery
from registry.deliveries.birm import ImportRunning, import_birm
from registry.deliveries.rejected import write_rejected
from registry.deliveries.terms import Terms
from registry.deliveries.uploads import file_of, rejected_of, remove_files
from registry.errors import DatabaseAway, NotPermitted, RegistryError
from registry.jobs.job import JobCancelled, WorkerStops
from registry.jobs.queue import enqueue

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from registry.deliveries.birm import DeliveryReport

    Steps = Callable[[int, int], None]

log = logging.getLogger("ekasih")
_ASKED: Final = text("""
    SELECT id, state, file_name, stored_name FROM ekasih.delivery_upload
    WHERE id = :id AND state IN ('trial', 'import')
""")
_TERMS: Final = text("SELECT login, everywhere, districts FROM ekasih.upload_terms(:id)")
_STEP: Final = text("UPDATE ekasih.delivery_upload SET steps_done = :done, steps_total = :total WHERE id = :id")
_TRIED: Final = text("""
    UPDATE ekasih.delivery_upload
    SET state = 'ready', report = CAST(:report AS jsonb), reported_at = now(), problem = NULL WHERE id = :id
""")
_IMPORTED: Final = text("""
    UPDATE ekasih.delivery_upload AS u
    SET state = 'imported', delivery_id = d.id, report = CAST(:report AS jsonb), reported_at = now(), problem = NULL,
        findings = '[]'
    FROM ekasih.delivery AS d WHERE u.id = :id AND d.sha256 = :sha256
""")
_REFUSED: Final = text("""
    UPDATE ekasih.delivery_upload SET state = 'ready', problem = CAST(:problem AS jsonb), reported_at = now()
    WHERE id = :id
""")
_ALONE: Final = text("SELECT pg_try_advisory_lock(hashtextextended('delivery_upload.work', :id))")


def carry_out(engine: Engine, home: Path, upload_id: int, *, progress: Steps | None = None) -> bool:
    """Carry out what was asked of one upload, as the schema's owner; answers whether a delivery was imported.

    Whatever becomes of it is kept with the upload. What cannot begin yet, because another import holds the register,
    stays asked for; so does what a killed worker left. What an import makes known is published by another job.

    Raises:
        JobCancelled, WorkerStops: ``progress`` said so; nothing was changed.
        DatabaseAway: the server went away; nothing was changed.

    """
    with engine.connect() as alone:
        if not alone.scalar(_ALONE, {"id": upload_id}):
            return False
        try:
            row = alone.execute(_ASKED, {"id": upload_id}).one_or_none()
            alone.commit()
            return row is not None and _attempted(engine, home, row, progress)
        finally:
            # ends the lock with the session
            alone.invalidate()


def _attempted(engine: Engine, home: Path, row: Any, progress: Steps | None) -> bool:
    try:
        report = _carried_out(engine, home, row, progress)
    except ImportRunning:
        return False
    except WorkerStops:
        raise
    except JobCancelled as cancelled:
        _refuse(engine, row.id, cancelled)
        raise
    except Exception as error:
        if is_away(error):  # that says nothing of the file: what was asked stays asked for
            raise DatabaseAway from error
        _refuse(engine, row.id, error)
        return False
    told: dict[str, Any] = {"id": row.id, "report": json.dumps(report.as_dict())}
    with engine.begin() as connection:
        if row.state == "trial":
            connection.execute(_TRIED, told)
            return False
        connection.execute(_IMPORTED, told | {"sha256": report.sha256})
        enqueue(connection, "publishing.publish")
    remove_files(home, row.stored_name)
    return True


def _carried_out(engine: Engine, home: Path, row: Any, progress: Steps | None) -> DeliveryReport:
    with engine.connect() as connection:
        terms = connection.execute(_TERMS, {"id": row.id}).one_or_none()
    if terms is None:
        raise NotPermitted
    target = rejected_of(home, row.stored_name)

    def step(_name: str, done: int, total: int) -> None:
        with engine.begin() as connection:
            connection.execute(_STEP, {"id": row.id, "done": done, "total": total})
        if progress:
            progress(done, total)

    def keep_rejected(connection: Connection, sha256: str) -> None:
        target.unlink(missing_ok=True)
        with os.fdopen(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            write_rejected(connection, file, sha256=sha256)

    trial = row.state == "trial"
    return import_birm(
        engine,
        file_of(home, row.stored_name),
        actor=terms.login,
        progress=step,
        terms=Terms(
            trial=trial,
            within=None if terms.everywhere else tuple(terms.districts),
            name=row.file_name,
            look=keep_rejected if trial else None,
        ),
    )


def _refuse(engine: Engine, upload_id: int, error: Exception) -> None:
    """Keep with the upload why nothing came of it: the key of a sentence, never what a library says of a row."""
    if isinstance(error, UnreadableDelivery):
        problem = {"key": f"delivery.problem_{error.reason}", "values": error.values}
    elif isinstance(error, RegistryError):
        problem = {"key": f"error.{error.key}", "values": error.values}
    else:
        log.error("upload %s: %s", upload_id, type(error).__name__)
        problem = {"key": "delivery.problem_unexpected", "values": {}}
    with engine.begin() as connection:
        connection.execute(_REFUSED, {"id": upload_id, "problem": json.dumps(problem)})
