"""Making reports as jobs: those that take long, and own tables whose day has come."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy.orm import Session

from registry.jobs.queue import enqueue
from registry.jobs.schedules import MALAYSIA
from registry.mailing import OwnMailSettings
from registry.reporting import tables
from registry.reporting.editions import make_edition
from registry.reporting.scope import Asked

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from registry.jobs.job import Job, Progress

MAKE: Final = "reporting.make"


def ask_report(session: Session, asked: Asked) -> int:
    """Ask for the job that makes a report; its number.

    Raises:
        NotPermitted: who is acting may not ask for reports.

    """
    month = asked.month.isoformat() if asked.month else None
    return enqueue(session, MAKE, report=asked.report, area=asked.area, month=month, language=asked.language)


def make_report(engine: Engine, home: Path, job: Job, progress: Progress) -> dict[str, Any]:
    """Make the report that somebody asked for, as far as that person may have it."""
    given = job.arguments
    asked = Asked(
        report=str(given["report"]),
        area=str(given["area"]),
        month=date.fromisoformat(given["month"]) if given["month"] else None,
        language=str(given["language"]),
    )
    with Session(engine) as session, session.begin():
        job.act(session)
        made = make_edition(session, asked, home=home, progress=progress)
        came = {"edition": made.number, "pages": made.pages}
        job.finish(session, came)
    return came


def make_due_tables(engine: Engine, home: Path, _job: Job, progress: Progress) -> dict[str, Any]:
    """Make the own tables whose day has come, and send word of them."""
    wanted = tables.make_due(engine, home, today=datetime.now(MALAYSIA).date(), progress=progress)
    return {"messages": tables.send_word(wanted, OwnMailSettings())}
