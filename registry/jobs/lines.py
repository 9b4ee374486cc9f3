"""Changes of the poverty line and of the rule as jobs: those that were asked for, and those whose day has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from registry.jobs.queue import enqueue
from registry.status import line_changes

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine
    from sqlalchemy.orm import Session

    from registry.jobs.job import Job, Progress
    from registry.status.changes import Change
    from registry.status.classification import Reclassification

CHANGE: Final = "status.change_line"
_PUBLISH: Final = "publishing.publish"


def ask_change(session: Session, change: Change) -> int:
    """Ask for a change and for the job that makes it, in one transaction; answers the change's id.

    Raises:
        NotPermitted, InvalidInput, LineChangeUnderWay: as :func:`registry.status.line_changes.ask`.

    """
    made = line_changes.ask(session, change)
    line_changes.note_job(session, made, enqueue(session, CHANGE, change=made))
    return made


def change_line(engine: Engine, _home: Path, job: Job, progress: Progress) -> dict[str, Any] | None:
    """Make a change of the line or the rule, and have the figures published anew."""

    def finish(session: Session, report: Reclassification) -> None:
        enqueue(session, _PUBLISH)
        job.finish(session, _told(report))

    report = line_changes.carry_out(engine, int(job.arguments["change"]), progress=progress, finish=finish)
    return None if report is None else _told(report)


def decide_due_lines(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Decide by the lines and rules whose day has come."""
    return {"changes": line_changes.decide_due(engine)}


def _told(report: Reclassification) -> dict[str, Any]:
    return {"households": report.households, "moved": report.moved}
