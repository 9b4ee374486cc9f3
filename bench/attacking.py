"""Makes a sample register, attacks what a planner can read of it, and says what was worked out."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bench.attack import attack, seen_by, unprotected
from bench.attack_aid import attack_aid, exact_aid, seen_aid
from bench.stage import SEED
from registry.db import WEB_ROLE, make_engine
from registry.demo import load_demo
from registry.publishing.publish import read_exact, read_faults

if TYPE_CHECKING:
    from bench.stage import Stage

_PLANNER = text("SELECT id FROM ekasih.app_user WHERE role = 'planner' AND demo ORDER BY id LIMIT 1")
_ACT = text("SELECT ekasih.act_as(:planner)")
_HUNDREDS = 100
"""Small counts that an attack worth its name works out where they alone are hidden."""


def report(place: Stage, *, households: int) -> int:
    """Attack the figures of a sample register.

    Answers 1 where a count from 1 to 4 was worked out, or where the attack found nothing to try or too little, else 0.
    """
    database = "bench_attack"
    owner = place.copied(database)
    load_demo(owner, households=households, seed=SEED, progress=lambda *_: None)
    this_month = datetime.now(ZoneInfo("Asia/Kuala_Lumpur")).date().replace(day=1)
    with owner.connect() as connection:
        exact = read_exact(connection, this_month=this_month)
        faults = read_faults(connection)
        aid = exact_aid(connection)
        planner = connection.execute(_PLANNER).scalar_one()
    owner.dispose()
    web = make_engine(place.cluster.url(user=WEB_ROLE, database=database).render_as_string(hide_password=False))
    with web.connect() as connection, connection.begin():
        connection.execute(_ACT, {"planner": planner})
        seen = seen_by(connection)
        of_aid = attack_aid(seen_aid(connection), aid)
    web.dispose()
    taken, bare = attack(exact, seen, faults=faults), attack(exact, unprotected(exact))
    print(
        f"{taken.hidden:,} hidden counts: {len(taken.recovered):,} worked out, {len(taken.small)} of them from 1 to 4"
    )
    print(f"with the small ones alone hidden: {len(bare.small):,} of {bare.hidden:,} from 1 to 4 are worked out")
    print(f"aid: {of_aid.hidden:,} hidden counts, {len(of_aid.recovered)} worked out")
    for entry in (*taken.small, *of_aid.recovered):
        print("  ", *entry)
    told = bool(taken.small) or bool(of_aid.recovered)
    return int(told or not taken.hidden or not of_aid.hidden or len(bare.small) < _HUNDREDS)
