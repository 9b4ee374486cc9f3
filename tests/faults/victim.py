"""A process of its own that imports, merges, decides or works at jobs, so that a test can kill it in the middle."""

from __future__ import annotations

import json
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from registry.cases.cases import TakeStep
from registry.cases.registration import decide_case
from registry.cleansing.merging import MergeHouseholds, merge_households
from registry.db import OWNER_ROLE, WEB_ROLE, make_engine, writing
from registry.deliveries.birm import import_birm
from registry.installation.cluster import Cluster
from registry.jobs.worker import Place
from registry.jobs.worker import work as work_at_jobs
from registry.ledger.payments import release_list
from registry.principals import Principal, Role
from tests.integration.ledger.model import Command
from tests.integration.ledger.test_model import posted

if TYPE_CHECKING:
    from sqlalchemy import Engine

DATABASE = "faults"


def work(home: Path, kind: str, facts: dict[str, Any]) -> None:
    """Do the one thing that is asked, as the program does it."""
    cluster = Cluster(home)
    role = OWNER_ROLE if kind in {"import", "jobs", "ledger"} else WEB_ROLE
    engine = make_engine(cluster.url(user=role, database=DATABASE).render_as_string(hide_password=False))
    if kind == "ledger":
        post_commands(engine)
        return
    if kind == "jobs":
        address = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        work_at_jobs(Place(engine, address, None, Path(facts["home"])))
        return
    if kind == "import":
        import_birm(engine, Path(facts["path"]), received_on=date(2026, 7, 1))
        return
    if kind == "release":
        who = Principal(facts["user"], "pelepas", "pelepas", Role.NATIONAL)
        with writing(engine, who) as session:
            release_list(session, facts["list"], day=date.fromisoformat(facts["day"]))
        return
    who = Principal(facts["user"], "penyelaras", "penyelaras", Role.COORDINATOR, ("0803",))
    with writing(engine, who) as session:
        if kind == "merge":
            merge_households(session, MergeHouseholds(**facts["command"]))
        else:
            decide_case(session, TakeStep(**facts["command"]))


def post_commands(engine: Engine) -> None:
    """Post the commands that come in, one a line, each in a transaction of its own; tell what became of each."""
    with engine.connect() as connection:
        _tell(backend=connection.scalar(text("SELECT pg_backend_pid()")))
        connection.commit()
        for line in sys.stdin:
            refused = posted(connection, Command(**_read(json.loads(line))))
            connection.rollback() if refused else connection.commit()
            _tell(refused=refused)


def _read(given: dict[str, Any]) -> dict[str, Any]:
    amount = given["amount"]
    return given | {"day": date.fromisoformat(given["day"]), "amount": None if amount is None else Decimal(amount)}


def _tell(**said: object) -> None:
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    work(Path(sys.argv[1]), sys.argv[2], json.loads(sys.argv[3]))
