"""All that analysis shows who sees no persons, put together with what is published, gives no small count away."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest
from sqlalchemy import text

from bench.attack_analysis import JOINED, Truth, attack_analysis, read_truth, seen_analysis
from bench.attack_crosses import CROSSED, attack_crosses, read_now
from registry.aid.targets.bitmaps import make_bits
from registry.db import reading
from registry.principals import Role
from registry.publishing.figures import Exact, Place, plan_counts
from registry.publishing.pockets import compare_areas
from registry.publishing.publish import publish, read_exact
from registry.simulations.groups import make_groups
from registry.status.months import close_months
from tests.world import add_household, add_principal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Engine

    from bench.attack_crosses import TruthNow
    from registry.publishing.figures import Counts

MONTHS = (date(2026, 8, 2), date(2026, 9, 2), date(2026, 10, 2))
_MONTH, _NEXT, _RUNNING = date(2026, 8, 1), date(2026, 9, 1), date(2026, 10, 1)
_DISTRICTS = ("0801", "0802", "0803", "0804")
_INCOMES = (260, 1500, 2600, 9000)
_AS_OF = text("""
    INSERT INTO setting (key, value) VALUES ('register.as_of', to_jsonb(CAST(:day AS text)))
    ON CONFLICT (key) DO UPDATE SET value = excluded.value
""")
_DWELLINGS = text("""
    UPDATE household AS h SET water_supply = CASE WHEN one.of[1] < 40 THEN 'Telaga' ELSE 'Paip' END,
        dwelling_condition = CASE WHEN one.of[2] < 50 THEN 'Uzur' ELSE 'Baik' END, room_count = 1 + one.of[3] % 3,
        toilet = CASE WHEN one.of[4] < 60 THEN 'Curah' ELSE 'Pam' END, rubbish_collection = one.of[5] > 60,
        vehicle = CASE WHEN one.of[6] < 60 THEN 'Tiada' ELSE 'Motosikal' END, electricity = one.of[7] > 20
    FROM (SELECT file_no, ARRAY(SELECT get_byte(decode(md5(file_no || n), 'hex'), 0) FROM generate_series(1, 7) AS n)
              AS of FROM household) AS one
    WHERE one.file_no = h.file_no AND h.water_supply IS NULL
""")
_SCHOOLS = text("""
    UPDATE person SET education_level = CASE WHEN household_id % 3 = 0 THEN 'Tiada' ELSE 'SPM' END
    WHERE education_level IS NULL
""")


@dataclass(frozen=True)
class Year:
    """A thin register of three months, each closed, published and told by itself: what is true, what is read of it."""

    truth: Truth
    now: TruthNow
    seen: Mapping[str, Sequence[Any]]


class Count(NamedTuple):
    """A row of counts, as it is published and as reports tell it."""

    month: date
    area_code: str
    cut: str
    tegar: int | None
    miskin: int | None
    gap_rm: None = None


@pytest.fixture
def year(owner: Connection, web: Engine) -> Year:
    random = np.random.default_rng(17)
    districts: dict[str, list[str]] = {}
    for code in owner.scalars(text("SELECT code FROM area WHERE level = 'district' ORDER BY code")):
        districts.setdefault(code[:2], []).append(code)
    number = 0
    for today in MONTHS:
        for _ in range(200):
            number += 1
            inside = districts[str(random.choice(["08", "10", "11"]))]
            # some are registered into a month that was closed and told before
            late = today != MONTHS[0] and random.random() < 0.1
            add_household(
                owner,
                f"T{number:04}",
                district=inside[min(int(random.exponential(2)), len(inside) - 1)],
                strata="rural" if random.random() < 0.45 else "urban",
                ethnicity=str(random.choice(["bumiputera", "bumiputera", "chinese", "indian"])),
                sex=str(random.choice(["male", "female"])),
                income=int(random.choice(_INCOMES)),
                members=int(random.integers(1, 8)),
                on_date=f"2026-{today.month - 1 - late:02}-15",
            )
        owner.execute(_DWELLINGS)
        owner.execute(_SCHOOLS)
        owner.execute(_AS_OF, {"day": today.isoformat()})
        close_months(owner, up_to=date(2026, 7, 1))
        close_months(owner, up_to=today)
        publish(owner)
        compare_areas(owner)
        make_bits(owner)
        make_groups(owner)
    planner = add_principal(owner, "menteri", Role.PLANNER)
    owner.commit()
    exact = read_exact(owner, this_month=MONTHS[-1].replace(day=1))
    with reading(web, planner) as connection:
        seen = seen_analysis(connection, {*JOINED, *CROSSED})
    return Year(read_truth(owner, exact), read_now(owner, exact), seen)


def test_no_small_count_of_a_closed_month_follows_from_all_that_is_told_of_it(year: Year) -> None:
    assert [name for name in JOINED if not year.seen[name]] == []
    taken = attack_analysis(year.truth, year.seen)
    assert taken.hidden > 100
    assert taken.small == []
    # the attack is one: where small counts alone are hidden it finds them
    assert len(attack_analysis(year.truth, None).small) > 100


def test_no_small_count_of_the_running_month_follows_from_all_that_is_told_of_it(year: Year) -> None:
    assert year.seen["published_cross"]
    taken = attack_crosses(year.now, year.seen)
    assert taken.hidden > 100
    assert taken.small == []
    assert len(attack_crosses(year.now, None).small) > 100


def test_a_report_and_what_is_published_since_tell_nothing_that_neither_tells_alone() -> None:
    """A district falls below five a month later, so that it is hidden before, and another is no longer needed."""
    of_month, of_next = _district_counts(3, 6, 9, 40), _district_counts(3, 6, 4, 40)
    first = _exact(_NEXT, of_month, {_MONTH: of_month})
    told = [
        Count(row.month, row.area, row.cut, row.tegar, row.miskin)
        for row in plan_counts(first).rows
        if row.month == _MONTH
    ]
    kept = {(row.area_code, row.cut): None if row.tegar is None else (row.tegar, row.miskin) for row in told}
    later = _exact(_RUNNING, of_next, {_MONTH: of_month, _NEXT: of_next})
    found = []
    for exact in (later, replace(later, told={_MONTH: kept})):
        published = [Count(row.month, row.area, row.cut, row.tegar, row.miskin) for row in plan_counts(exact).rows]
        seen = dict.fromkeys(JOINED, ()) | {"published_count": published, "report_count": told}
        found.append(attack_analysis(Truth(exact, {}, {}, {}, {}, {}), seen).small)
    assert {entry[2] for entry in found[0]} == {"0801"}
    assert found[1] == []


def test_what_a_day_hides_the_next_one_does_not_tell() -> None:
    """A household moves between districts: the next day hides another one, and would no longer need the first."""
    day, next_day = _district_counts(3, 6, 9, 40), _district_counts(3, 6, 4, 45)
    first, second = _exact(_RUNNING, day, {}), _exact(_RUNNING, next_day, {})
    hidden = {row[:3] for row in plan_counts(first).rows if row.tegar is None}
    told = {
        (row.area, row.cut): None if row.tegar is None or row.miskin is None else (row.tegar, row.miskin)
        for row in plan_counts(first).rows
    }
    shown = [
        {row[:3] for row in plan_counts(exact).rows if row.tegar is not None}
        for exact in (second, replace(second, told={_RUNNING: told}))
    ]
    assert ("0802", _RUNNING, "all") in hidden & shown[0]
    assert hidden & shown[1] == set()


def test_what_was_published_last_is_known_to_the_next_publication(year: Year, owner: Connection) -> None:
    published = {
        (row.area_code, row.cut): None if row.tegar is None else (row.tegar, row.miskin)
        for row in owner.execute(text("SELECT * FROM published_count WHERE month = :month"), {"month": _RUNNING})
    }
    assert None in published.values()
    assert read_exact(owner, this_month=_RUNNING).told[_RUNNING] == published
    months = read_exact(owner, this_month=date(2026, 11, 1)).told
    assert months[date(2026, 11, 1)] == months[_RUNNING] == published
    assert year.truth


def test_what_was_hidden_may_be_shown_once_others_have_come() -> None:
    """Nothing tells how many were hidden, when the area above has others by now."""
    of_month, of_now = _district_counts(3, 6, 9, 40), _district_counts(30, 60, 90, 40)
    rows = plan_counts(_exact(_NEXT, of_month, {_MONTH: of_month})).rows
    kept = {
        (row.area, row.cut): None if row.tegar is None or row.miskin is None else (row.tegar, row.miskin)
        for row in rows
        if row.month == _MONTH
    }
    assert None in kept.values()
    corrected = replace(_exact(_NEXT, of_now, {_MONTH: of_now}), told={_MONTH: kept})
    assert all(row.tegar is not None for row in plan_counts(corrected).rows)


def _exact(this_month: date, now: Counts, months: Mapping[date, Counts]) -> Exact:
    places = [Place("MY", "country", ""), Place("08", "state", "MY")]
    places += [Place(code, "district", "08") for code in _DISTRICTS]
    return Exact(places, this_month, now, months, {})


def _district_counts(*households: int) -> Counts:
    """As many hardcore poor and as many poor in each district, all of them urban."""
    of = dict(zip(_DISTRICTS, households, strict=True)) | dict.fromkeys(("08", "MY"), sum(households))
    return {(area, cut): (count, count) for area, count in of.items() for cut in ("all", "urban")}
