"""Makes a sample register, attacks what a planner can read of it, and says what was worked out."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from sqlalchemy import text

from bench.attack import attack, seen_by, unprotected
from bench.attack_aid import attack_aid, exact_aid, seen_aid
from bench.attack_analysis import JOINED, attack_analysis, read_truth, seen_analysis
from bench.attack_crosses import CROSSED, attack_crosses, read_now
from bench.attack_kpi import (
    attack_gaps,
    bounds_from_alerts,
    census_households,
    gaps_unprotected,
    hidden_cells_of,
    open_alerts,
    seen_kpi,
    unexplained_alerts,
    with_kpi,
)
from bench.attack_releases import attack_releases, planners_bounds, rounded_alone, seen_releases, true_counts
from bench.attack_values import attack_values, exact_values, seen_values, unrounded
from bench.stage import SEED
from poverty.months import month_before
from queries.kpi_course import MONTHS
from registry.aid.targets.bitmaps import make_bits
from registry.demo import load_demo
from registry.kpi.judging import judge_month, read_month, read_rules, rules_of_months
from registry.principals import Principal, Role
from registry.publishing.pockets import compare_areas
from registry.publishing.publish import read_exact, read_faults
from registry.simulations.groups import make_groups

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from sqlalchemy import Connection, Engine

    from bench.attack import Seen, Taken
    from bench.attack_releases import Narrowed
    from bench.stage import Stage
    from registry.kpi.judging import Key as AlertKey
    from registry.publishing.figures import Exact

_PLANNER = text("SELECT id FROM ekasih.app_user WHERE role = 'planner' AND demo ORDER BY id LIMIT 1")
_ACT = text("SELECT ekasih.act_as(:user)")
_HUNDREDS = 100
"""Small counts that an attack worth its name works out where they alone are hidden."""


@dataclass(frozen=True, slots=True)
class _OfKpi:
    """What the attack over indicators made of a register: worked out, and worked out of one without protection."""

    taken: Taken
    gaps: Taken
    unexplained: Mapping[date, set[AlertKey]]
    bare: Taken
    bare_gaps: Taken


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
        values = exact_values(connection, exact.places, sorted(exact.months))
        who = Principal(connection.execute(_PLANNER).scalar_one(), "perancang", "", Role.PLANNER)
    web = place.web(database)
    with _acting(web, who) as connection:
        seen = seen_by(connection)
        of_aid = attack_aid(seen_aid(connection), aid)
        shown = seen_values(connection)
    of_values = attack_values(values, shown, exact.places)
    bare_values = attack_values(values, unrounded(values), exact.places, rounded=False)
    taken, bare = attack(exact, seen, faults=faults), attack(exact, unprotected(exact))
    together, bare_together = _attack_together(owner, web, who, exact)
    of_releases = _attack_releases(web, who, exact, seen)
    of_kpi = _attack_kpi(place, owner, web, who, exact=exact, seen=seen)
    web.dispose()
    owner.dispose()
    print(
        f"{taken.hidden:,} hidden counts: {len(taken.recovered):,} worked out, {len(taken.small)} of them from 1 to 4"
    )
    print(f"with the small ones alone hidden: {len(bare.small):,} of {bare.hidden:,} from 1 to 4 are worked out")
    print(f"aid: {of_aid.hidden:,} hidden counts, {len(of_aid.recovered)} worked out")
    unexplained = [(month, *key) for month, keys in of_kpi.unexplained.items() for key in keys]
    kpi, gaps = of_kpi.taken, of_kpi.gaps
    print(f"indicators: {kpi.hidden:,} hidden counts, {len(kpi.small)} from 1 to 4 worked out")
    print(f"  {len(gaps.recovered)} of {gaps.hidden:,} hidden shortfalls; {len(unexplained)} alerts that tell more")
    print(f"  with exact alerts: {len(of_kpi.bare.small):,} from 1 to 4 are worked out")
    print(f"  with all baselines: {len(of_kpi.bare_gaps.recovered):,} shortfalls of few households")
    print(f"published values: {of_values.hidden:,} small counts, {len(of_values.recovered)} worked out")
    print(f"  told as they are, {len(bare_values.small):,} from 1 to 4 are worked out")
    leaks = (
        *together.small,
        *of_releases.found,
        *of_values.recovered,
        *taken.small,
        *of_aid.recovered,
        *of_kpi.taken.small,
        *of_kpi.gaps.recovered,
        *unexplained,
    )
    for entry in leaks:
        print("  ", *entry)
    tried = taken.hidden and of_aid.hidden and of_kpi.taken.hidden and of_kpi.gaps.hidden and of_values.hidden
    tried = tried and of_releases.tried and together.hidden
    # whether a sample has a lone district too small for a shortfall is chance; the tests plant one
    strong = min(len(bare.small), len(bare_together.small)) >= _HUNDREDS and of_kpi.bare.small and bare_values.small
    return int(bool(leaks) or not tried or not strong)


@contextmanager
def _acting(web: Engine, who: Principal) -> Iterator[Connection]:
    """A connection of the pages, bound to somebody, for as long as an attack takes."""
    with web.connect() as connection, connection.begin():
        connection.execute(_ACT, {"user": who.user_id})
        yield connection


def _attack_together(owner: Engine, web: Engine, who: Principal, exact: Exact) -> tuple[Taken, Taken]:
    """Attack all that analysis tells of closed months and of the running one; and the same with all but small told.

    What jobs make of published figures is made before.
    """
    with owner.begin() as connection:
        compare_areas(connection)
        make_bits(connection)
        make_groups(connection)
    with owner.connect() as connection:
        closed, now = read_truth(connection, exact), read_now(connection, exact)
    with _acting(web, who) as connection:
        seen = seen_analysis(connection, {*JOINED, *CROSSED})
    taken, bare = attack_analysis(closed, seen), attack_analysis(closed, None)
    taken += attack_crosses(now, seen)
    bare += attack_crosses(now, None)
    found, alone = len(taken.small), len(bare.small)
    print(f"all analysis together: {taken.hidden:,} hidden counts, {found} from 1 to 4 worked out")
    print(f"  with the small ones alone hidden, {alone:,} are")
    return taken, bare


def _attack_releases(web: Engine, who: Principal, exact: Exact, seen: Seen) -> Narrowed:
    """Attack what is public by itself, and beside what a planner reads."""
    with _acting(web, who) as connection:
        releases = seen_releases(connection, true_counts(exact))
    taken, bare = attack_releases(releases), attack_releases(rounded_alone(releases))
    beside = attack(exact, replace(seen, bounds=planners_bounds(releases), faults={}))
    found, alone = len(taken.found), len(bare.found)
    print(f"releases: {taken.tried:,} counts below 10, {found} narrowed down; rounded alone, {alone:,} are")
    print(f"  beside a release planners work out {len(beside.small)} from 1 to 4")
    taken.found += beside.small
    return taken


def _attack_kpi(place: Stage, owner: Engine, web: Engine, who: Principal, *, exact: Exact, seen: Seen) -> _OfKpi:
    """Judge the alerts of 24 months as they would have been, look at every page of a planner, put all together."""
    # faults are no indicators, and are attacked by themselves
    seen = replace(seen, faults={})
    periods = sorted(exact.months)[-MONTHS:]
    levels = {one.code: one.level for one in exact.places if one.level in {"country", "state", "district"}}
    with owner.begin() as connection:
        rules = read_rules(connection)
        connection.execute(text("DELETE FROM ekasih.alert"))
    observed = {}
    for period in periods:
        with owner.begin() as connection:
            judge_month(connection, period, rules)
        with _acting(web, who) as connection:
            observed[period] = open_alerts(connection)
    with _acting(web, who) as connection:
        shown = seen_kpi(connection, who, levels, home=place.home)
        together = with_kpi(seen, shown, census_households(connection))
        unexplained = unexplained_alerts(connection, observed)
    with owner.connect() as connection:
        every_gap = gaps_unprotected(connection)
        later = [month for month in periods if month > month_before(periods[-1], MONTHS // 2)]
        months = {month: read_month(connection, month, published=False) for month in later}
    asked = rules_of_months(rules, published=True)
    bounds = bounds_from_alerts(months, asked, hidden_cells_of(seen, later))
    return _OfKpi(
        attack(exact, together),
        attack_gaps(exact, shown.gaps),
        unexplained,
        attack(exact, replace(seen, bounds=bounds)),
        attack_gaps(exact, every_gap),
    )
