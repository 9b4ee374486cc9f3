"""What is done every night: months closed, faults and duplicates found, figures published, what is over swept away."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import text

from registry.accounts import sessions
from registry.aid import effects
from registry.aid.targets import bitmaps
from registry.aid.targets.groups import expire_targets
from registry.applications import applications
from registry.areas import uploads as boundary_uploads
from registry.articles import library
from registry.cleansing import candidates, odd_data
from registry.deliveries import uploads
from registry.inquiries import inquiries
from registry.intake import looking
from registry.jobs.queue import enqueue
from registry.kpi import judging, mail
from registry.mailing import OwnMailSettings
from registry.projects import photographs as project_photographs
from registry.publishing import access, pockets
from registry.publishing import publish as publishing
from registry.referrals import files as referral_files
from registry.releases import making
from registry.simulations.groups import make_groups
from registry.status import months
from registry.support import clock
from registry.support import mail as support_mail
from registry.support import pictures as support_pictures
from registry.visits import photographs

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Engine

    from registry.jobs.job import Job, Progress

MALAYSIA: Final = ZoneInfo("Asia/Kuala_Lumpur")
KEPT_DAYS: Final = 30
"""How long a job that has ended is kept to be looked at."""
_FORGET: Final = text("SELECT ekasih.forget_jobs(:before)")


def lapse_applications(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """End the applications for aid whose documents did not come, or whose programme or year is over."""
    with engine.begin() as connection:
        return {"lapsed": applications.lapse(connection)}


def close_months(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Close the months that have ended."""
    with engine.begin() as connection:
        return {"months": months.close_months(connection)}


def find_odd_data(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Look for data that cannot be right, over the whole register."""
    with engine.begin() as connection:
        found = odd_data.find_odd_data(connection)
    return {"raised": sum(row.raised for row in found), "resolved": sum(row.resolved for row in found)}


def find_duplicates(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Look for persons and households that are in the register twice."""
    with engine.begin() as connection:
        found = candidates.find_duplicates(connection)
    return {"compared": found.persons, "households": found.households, "members": found.members}


def publish(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Publish the figures that everybody is shown."""
    with engine.begin() as connection:
        done = publishing.publish(connection)
        # it follows upon whatever changed many records
        enqueue(connection, "aid.make_bits")
        enqueue(connection, "publishing.compare_areas")
    return {"publication": done.number}


def compare_areas(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Hold districts against each other, and work out how far it is to a town, where anything has changed."""
    with engine.begin() as connection:
        changed = pockets.compare_areas(connection)
    with engine.begin() as connection:
        changed["access"] = access.measure_access(connection)
    return {"changed": sum(changed.values())}


def make_release(engine: Engine, _home: Path, job: Job, progress: Progress) -> dict[str, Any]:
    """Make the release of figures for the public that is due, or was asked for."""
    with engine.begin() as connection:
        job.act(connection)
        made = making.make_release(connection, today=datetime.now(MALAYSIA).date(), progress=progress)
        return {"release": made.number if made else None}


def make_bits(engine: Engine, _home: Path, _job: Job, progress: Progress) -> dict[str, Any]:
    """Make ready what target groups are counted from, where records have changed."""
    with engine.begin() as connection:
        blocks = bitmaps.make_bits(connection, progress=progress)
        return {"blocks": blocks, "groups": make_groups(connection)}


def measure_effects(engine: Engine, _home: Path, _job: Job, progress: Progress) -> dict[str, Any]:
    """Judge programmes of aid by the households that they aided."""
    with engine.begin() as connection:
        return {"judged": effects.measure_effects(connection, progress=progress)}


def sort_inquiries(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Bring what was asked without an account before the office that answers it."""
    with engine.begin() as connection:
        return {"sorted": inquiries.sort(connection)}
def look_at_intakes(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Look at what the public sent: which forms say the same, and whom each may be about."""
    looked = 0
    while True:
        with engine.begin() as connection:
            found = looking.look(connection)
        looked += found
        if found < looking.AT_ONCE:
            return {"looked": looked}


def judge_alerts(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Judge the alert rules on the last closed month."""
    with engine.begin() as connection:
        return judging.judge(connection, today=datetime.now(MALAYSIA).date())


def mail_alerts(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Send the daily message on alerts."""
    return mail.send_digests(engine, OwnMailSettings(), now=datetime.now(MALAYSIA))


def wind_clocks(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Work out the times of tickets that have changed or come to a share of their time."""
    with engine.begin() as connection:
        return clock.wind(connection)


def mail_answers(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Mail the answers of tickets to who asked for that."""
    return {"messages": support_mail.send_answers(engine, OwnMailSettings())}


def tidy_support(engine: Engine, _home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Close tickets that were solved, and let go pictures of those that were closed long ago."""
    with engine.begin() as connection:
        return clock.tidy(connection)


def sweep(engine: Engine, home: Path, _job: Job, _progress: Progress) -> dict[str, Any]:
    """Let go what is over: sessions, uploads nobody imported, files without a row, lists, jobs that ended long ago."""
    with engine.begin() as connection:
        ended = sessions.sweep(connection)
        files = uploads.sweep(home, connection) + boundary_uploads.sweep(home, connection)
        photographs.sweep(home, connection)
        referral_files.sweep(home, connection)
        library.sweep(home, connection)
        project_photographs.sweep(home, connection)
        support_pictures.sweep(home, connection)
        expire_targets(connection)
        inquiries.sweep(connection)
        looking.forget(connection)
        forgotten = connection.scalar(_FORGET, {"before": datetime.now(UTC) - timedelta(days=KEPT_DAYS)})
    return {"sessions": ended, "files": files, "jobs": forgotten}
