"""Works at jobs in the test's own process, as ``ekasih work --until-idle`` does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry.jobs.tasks import TASKS
from registry.jobs.worker import Place, work

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sqlalchemy import Engine

    from registry.jobs.job import Run


def work_until_idle(owner: Engine, home: Path, *, tasks: Mapping[str, Run] = TASKS) -> None:
    """Carry out what is due."""
    address = owner.url.set(drivername="postgresql").render_as_string(hide_password=False)
    work(Place(owner, address, None, home), until_idle=True, tasks=tasks)
