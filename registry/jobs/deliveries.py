"""The trial or the import of a delivery, of the census or of aid, as a job."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from registry.aid.carrying import carry_out_aid
from registry.deliveries.carrying import carry_out, carry_out_birm
from registry.errors import RegistryError
from registry.jobs.job import NotYet

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from registry.deliveries.carrying import Way
    from registry.jobs.job import Job, Progress

_STATE: Final = text("SELECT state, problem FROM ekasih.delivery_upload WHERE id = :id")


WAYS: Final[dict[str, Way]] = {"aid": carry_out_aid, "birm": carry_out_birm}


class DeliveryRefused(RegistryError):
    """The delivery was refused; the upload says why."""

    key = "delivery_refused"


def carry_out_upload(engine: Engine, home: Path, job: Job, progress: Progress) -> dict[str, Any] | None:
    """Carry out what was asked of an upload.

    Raises:
        NotYet: another import holds the register.
        DeliveryRefused: nothing came of it.

    """
    upload = int(job.arguments["upload"])
    carry_out(engine, home, upload, ways=WAYS, progress=progress)
    with engine.connect() as connection:
        row = connection.execute(_STATE, {"id": upload}).one_or_none()
    if row is not None and row.state in {"trial", "import"}:
        raise NotYet
    if row is not None and row.problem is not None:
        raise DeliveryRefused(problem=row.problem)
    return None
