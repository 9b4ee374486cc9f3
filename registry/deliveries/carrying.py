"""Carries out what was asked of an upload: a trial that is undone, or the import; what came of it stays with it."""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Final

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
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    Steps = Callable[[int, int], None]
    Way = Callable[["Carried"], Mapping[str, Any]]

log = logging.getLogger("ekasih")
_ASKED: Final = text("""
    SELECT d.id, d.layout, d.state, d.file_name, d.stored_name, u.machine AS by_program
    FROM ekasih.delivery_upload AS d JOIN ekasih.app_user AS u ON u.id = d.uploaded_by
    WHERE d.id = :id AND d.state IN ('trial', 'import')
""")
_TERMS: Final = text("SELECT login, everywhere, districts, agency_id, brings_reference FROM ekasih.upload_terms(:id)")
_STEP: Final = text("UPDATE ekasih.delivery_upload SET steps_done = :done, steps_total = :total WHERE id = :id")
_TRIED: Final = text("""
    UPDATE ekasih.delivery_upload
    SET state = 'ready', report = CAST(:report AS jsonb), reported_at = now(), problem = NULL WHERE id = :id
""")
_IMPORTED: Final = text("""
    UPDATE ekasih.delivery_upload AS u
    SET state = 'imported', report = CAST(:report AS jsonb), reported_at = now(), problem = NULL, findings = '[]',
        delivery_id = (SELECT d.id FROM ekasih.delivery AS d
                       WHERE u.layout = 'birm' AND d.sha256 = CAST(:report AS jsonb) ->> 'sha256')
    WHERE u.id = :id
""")
_REFUSED: Final = text("""
    UPDATE ekasih.delivery_upload SET state = 'ready', problem = CAST(:problem AS jsonb), reported_at = now()
    WHERE id = :id
""")
_ALONE: Final = text("SELECT pg_try_advisory_lock(hashtextextended('delivery_upload.work', :id))")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """An upload that is being carried out: its file, for whom, and where the rows that come back are kept."""

    engine: Engine
    upload_id: int
    file: Path
    name: str
    trial: bool
    terms: Any
    """As ``upload_terms`` of the database gives them: login, territory, agency."""
    rejected: Path
    step: Callable[[str, int, int], None]


def carry_out(
    engine: Engine, home: Path, upload_id: int, *, ways: Mapping[str, Way], progress: Steps | None = None
) -> bool:
    """Carry out what was asked of one upload, as the schema's owner; answers whether a delivery was imported.

    ``ways`` imports, or tries, the deliveries of each layout and answers what is reported of them.

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
            return row is not None and _attempted(engine, home, row, ways, progress)
        finally:
            # ends the lock with the session
            alone.invalidate()


def _attempted(engine: Engine, home: Path, row: Any, ways: Mapping[str, Way], progress: Steps | None) -> bool:
    try:
        report = ways[row.layout](_carried(engine, home, row, progress))
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
    with engine.begin() as connection:
        if row.state == "trial":
            connection.execute(_TRIED, {"id": row.id, "report": json.dumps(report)})
            return False
        note_imported(connection, row.id, report)
        # programs send all day long: what they send is published with the night's figures
        if not row.by_program:
            enqueue(connection, "publishing.publish")
    remove_files(home, row.stored_name)
    return True


def note_imported(connection: Connection, upload_id: int, report: Mapping[str, Any]) -> None:
    """Keep with an upload that its deliveries are in the register, and what became of them."""
    connection.execute(_IMPORTED, {"id": upload_id, "report": json.dumps(report)})


def _carried(engine: Engine, home: Path, row: Any, progress: Steps | None) -> Carried:
    with engine.connect() as connection:
        terms = connection.execute(_TERMS, {"id": row.id}).one_or_none()
    if terms is None:
        raise NotPermitted

    def step(_name: str, done: int, total: int) -> None:
        with engine.begin() as connection:
            connection.execute(_STEP, {"id": row.id, "done": done, "total": total})
        if progress:
            progress(done, total)

    return Carried(
        engine=engine,
        upload_id=row.id,
        file=file_of(home, row.stored_name),
        name=row.file_name,
        trial=row.state == "trial",
        terms=terms,
        rejected=rejected_of(home, row.stored_name),
        step=step,
    )


def carry_out_birm(carried: Carried) -> Mapping[str, Any]:
    """Import a delivery of the census, or try it."""

    def keep_rejected(connection: Connection, sha256: str) -> None:
        with opened_anew(carried.rejected) as file:
            write_rejected(connection, file, sha256=sha256)

    report = import_birm(
        carried.engine,
        carried.file,
        actor=carried.terms.login,
        progress=carried.step,
        terms=Terms(
            trial=carried.trial,
            within=None if carried.terms.everywhere else tuple(carried.terms.districts),
            name=carried.name,
            look=keep_rejected if carried.trial else None,
        ),
    )
    return report.as_dict()


def opened_anew(target: Path) -> IO[bytes]:
    """A file that the server alone reads, in place of one of before."""
    target.unlink(missing_ok=True)
    return os.fdopen(os.open(target, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b")


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
