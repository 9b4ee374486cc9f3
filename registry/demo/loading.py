"""Loading the sample register: its deliveries through the importer, its months, targets and accounts."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from sqlalchemy import delete, insert, select, text

from registry.accounts.users import create_demo_users
from registry.deliveries.birm import import_birm
from registry.demo.aid import load_aid
from registry.demo.applications import load_applications
from registry.demo.articles import load_articles_sample
from registry.demo.casework import load_casework
from registry.demo.deliveries import write_deliveries
from registry.demo.intake import load_intake
from registry.demo.money import load_money
from registry.demo.office_aid import load_office_aid
from registry.demo.projects import load_projects
from registry.demo.referrals import load_referrals, refer_a_project
from registry.demo.releases import load_releases
from registry.demo.reports import load_reports
from registry.demo.rounds import load_rounds
from registry.demo.support import load_support
from registry.demo.targets import set_targets
from registry.demo.views import load_views
from registry.errors import RegistryError
from registry.jobs.queue import enqueue
from registry.kpi.judging import judge
from registry.kpi.measures import recount_measures
from registry.publishing.publish import publish
from registry.status.models import Setting
from registry.status.months import close_months

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy import Connection, Engine

UNFINISHED = "sample.unfinished"
_ACTOR = "eKasih"  # reads well behind "oleh" and "by"


class RegisterInUse(RegistryError):
    """The register holds households already, so the sample was not loaded over them."""

    key = "register_in_use"


_AT_FIRST: Final = ("aid.make_bits", "aid.measure_effects", "publishing.compare_areas")
"""What is judged every night waits for the first worker, not for the first night."""


def load_demo(
    engine: Engine,
    *,
    households: int,
    seed: int,
    progress: Callable[[str, int, int], None],
    today: date | None = None,
    home: Path | None = None,
) -> None:
    """Fill an empty register with about ``households`` invented households and two years of their history.

    They go in as deliveries through ``import_birm``, like any census file: a first one, then one for each month. A load
    that was stopped is gone on with, as it was begun. With a ``home``, in which photographs are kept, it has projects.

    Raises:
        RegisterInUse: there are households already.

    """
    plan = _Plan(households, seed, str(today or datetime.now(ZoneInfo("Asia/Kuala_Lumpur")).date()))
    with engine.begin() as connection:
        plan = _begun(connection, plan)
    day = date.fromisoformat(plan.today)
    with tempfile.TemporaryDirectory(prefix="ekasih-") as folder:
        deliveries = write_deliveries(
            Path(folder), households=plan.households, seed=plan.seed, today=day, progress=progress
        )
        for number, delivery in enumerate(deliveries, start=1):
            import_birm(engine, delivery.folder, received_on=delivery.received_on, actor=_ACTOR, sample=True)
            progress("sample deliveries", number, len(deliveries))
    with engine.begin() as connection:
        _finish(connection, day)
    load_casework(engine, seed=plan.seed, today=day)
    load_aid(engine, seed=plan.seed, today=day, progress=progress)
    load_applications(engine, today=day)
    load_referrals(engine)
    load_intake(engine)
    with engine.begin() as connection:
        load_money(connection, seed=plan.seed, today=day)
    if home is not None:
        load_projects(engine, home=home, today=day)
        refer_a_project(engine)
    load_office_aid(engine)
    load_rounds(engine, today=day)
    load_articles_sample(engine, home=home, today=day)
    load_support(engine, seed=plan.seed, today=day)
    load_views(engine, today=day)
    with engine.begin() as connection:
        # cases, applications and money of closed months came after these were closed
        recount_measures(connection)
        publish(connection)
        judge(connection, today=day)
        for task in _AT_FIRST:
            enqueue(connection, task)
        connection.execute(delete(Setting).where(Setting.key == UNFINISHED))
    load_releases(engine, today=day)
    if home is not None:
        load_reports(engine, home=home)


@dataclass(frozen=True)
class _Plan:
    """What a sample is made from; kept while it is being loaded."""

    households: int
    seed: int
    today: str


def _begun(connection: Connection, plan: _Plan) -> _Plan:
    """The plan of the load that was stopped, else ``plan``, noted as begun."""
    unfinished = connection.scalar(select(Setting.value).where(Setting.key == UNFINISHED))
    if unfinished:
        return _Plan(**unfinished)
    if connection.scalar(text("SELECT EXISTS (SELECT FROM ekasih.household)")):
        raise RegisterInUse
    connection.execute(insert(Setting).values(key=UNFINISHED, value=asdict(plan)))
    return plan


def _finish(connection: Connection, today: date) -> None:
    """What follows the deliveries: closed months, targets for every state and district, an account for each role."""
    close_months(connection, up_to=today)
    set_targets(connection, today=today)
    create_demo_users(connection)
