"""What a release tells: rounded counts, none of which lets a count below 10 be narrowed down."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import product
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from poverty.disclosure import NotProtectable, rounded_count
from poverty.ranges import Links, narrow
from poverty.releases import (
    AGES,
    ALL,
    ETHNICITIES,
    STRATA,
    Area,
    Beside,
    Told,
    links_of_month,
    plan_aid,
    plan_month,
    ranges_of,
)

AREAS = [Area("MY", ""), *(Area(state, "MY") for state in ("01", "08", "15"))]
AREAS += [Area(code, code[:2]) for code in ("0101", "0102", "0801", "0802", "0803", "1501")]
DISTRICTS = [area.code for area in AREAS if len(area.code) == 4]


def _counts(districts: dict[str, tuple[int, int]]) -> dict[tuple[str, str, str], int]:
    """Poor and hardcore poor of all areas, from those of districts."""
    found: Counter[tuple[str, str, str]] = Counter()
    for district, (poor, tegar) in districts.items():
        for area in (district, district[:2], "MY"):
            found["poor", area, ALL] += poor
            found["tegar", area, ALL] += tegar
    return dict(found)


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 100)), min_size=6, max_size=6))
def test_each_count_below_ten_could_be_five_others(drawn: list[tuple[int, int]]) -> None:
    counts = _counts({code: (poor, poor * share // 100) for code, (poor, share) in zip(DISTRICTS, drawn, strict=True)})
    figures = plan_month(AREAS, counts, census={})
    links, truth = links_of_month(AREAS, counts)
    told = {figure.key: figure.told for figure in figures}
    below = [key for key, how in told.items() if how is Told.BELOW]
    assert set(below) == {key for key in told if truth[key] < 10}
    assert narrow(links, ranges_of(told, truth), below, wide=5) == {}
    for figure in figures:
        assert figure.number == (rounded_count(truth[figure.key]) if figure.told is Told.NUMBER else None)


@settings(max_examples=50)
@given(st.lists(st.integers(0, 12), min_size=3, max_size=3), st.lists(st.booleans(), min_size=4, max_size=4))
def test_the_programme_finds_what_trying_everything_finds(counts: list[int], told: list[bool]) -> None:
    keys = [("x", name) for name in ("whole", "a", "b", "c")]
    truth = dict(zip(keys, (sum(counts), *counts), strict=True))
    ranges = {
        key: (max(0, truth[key] - 2), truth[key] + 2) if shown else (0, 40)
        for key, shown in zip(keys, told, strict=True)
    }
    low, high = zip(*(ranges[key] for key in keys[1:]), strict=True)
    possible = [
        one
        for one in product(*(range(a, b + 1) for a, b in zip(low, high, strict=True)))
        if ranges[keys[0]][0] <= sum(one) <= ranges[keys[0]][1]
    ]
    ends = {key: (min(one[n] for one in possible), max(one[n] for one in possible)) for n, key in enumerate(keys[1:])}
    expected = {key: pair for key, pair in ends.items() if pair[1] - pair[0] < 5}
    assert narrow(Links(sums=[(keys[0], tuple(keys[1:]))]), ranges, keys[1:], wide=5) == expected


def test_two_districts_of_nine_do_not_stand_beside_their_total_of_twenty() -> None:
    counts = _counts({"0101": (9, 0), "0102": (9, 0), "0801": (200, 0), "0802": (90, 0), "1501": (40, 0)})
    told = {figure.key: figure for figure in plan_month(AREAS, counts, census={})}
    assert told["poor", "0101", ALL].told is Told.BELOW
    assert told["poor", "01", ALL].told is Told.HELD


def test_a_rate_is_of_fifty_or_more_and_of_the_rounded_count() -> None:
    counts = _counts(dict.fromkeys(DISTRICTS, (900, 800)) | {"0101": (52, 48)})
    found = {figure.key: figure.rate for figure in plan_month(AREAS, counts, census={"0101": 1000, "0102": 7000})}
    assert found["poor", "0101", ALL] == Decimal("5.00")
    assert found["poor", "1501", ALL] is None  # of which no census is known
    assert found["tegar", "0101", ALL] == Decimal("5.00")
    counts = _counts(dict.fromkeys(DISTRICTS, (900, 800)) | {"0101": (47, 40)})
    below = {figure.key: figure for figure in plan_month(AREAS, counts, census={"0101": 1000})}["poor", "0101", ALL]
    assert (below.number, below.rate) == (45, None)


def test_a_total_is_rounded_from_the_true_total() -> None:
    counts = _counts(dict.fromkeys(DISTRICTS, (400, 300)) | dict.fromkeys(("0801", "0802", "0803"), (12, 12)))
    told = {figure.key: figure.number for figure in plan_month(AREAS, counts, census={})}
    assert [told["poor", code, ALL] for code in ("0801", "0802", "0803", "08")] == [10, 10, 10, 35]


def test_in_a_register_of_the_countrys_size_nearly_every_district_shows_a_number() -> None:
    random = np.random.default_rng(3)
    areas = [Area("MY", ""), *(Area(f"{state:02}", "MY") for state in range(1, 17))]
    areas += [Area(f"{1 + number % 16:02}{number // 16 + 1:02}", f"{1 + number % 16:02}") for number in range(160)]
    counts: Counter[tuple[str, str, str]] = Counter()
    for area in areas[17:]:
        poor = int(random.lognormal(np.log(400), 1))
        tegar = int(random.binomial(poor, 0.1))
        for code in (area.code, area.parent, "MY"):
            counts["poor", code, ALL] += poor
            counts["tegar", code, ALL] += tegar
    for area in areas[1:17]:
        for cuts in (STRATA, ETHNICITIES, AGES):
            shares = random.dirichlet(np.ones(len(cuts)))
            tegar = random.multinomial(counts["tegar", area.code, ALL], shares)
            rest = random.multinomial(counts["poor", area.code, ALL] - counts["tegar", area.code, ALL], shares)
            for cut, one, other in zip(cuts, tegar, rest, strict=True):
                for code in (area.code, "MY"):
                    counts["tegar", code, cut] += int(one)
                    counts["poor", code, cut] += int(one + other)
    figures = plan_month(areas, counts, cuts=(*STRATA, *ETHNICITIES, *AGES), census={})
    districts = [figure.told for figure in figures if figure.key[0] == "poor" and len(str(figure.key[1])) == 4]
    assert districts.count(Told.NUMBER) >= 0.95 * len(districts)


def test_what_was_told_before_is_known_beside_what_is_told_now() -> None:
    counts = _counts({"0101": (9, 0), "0102": (9, 0), "0801": (200, 0), "0802": (90, 0), "1501": (40, 0)})
    before = Beside({("poor", "01", ALL): [(18, 22)], ("poor", "0102", ALL): [(10, 12)]})
    with pytest.raises(NotProtectable):
        plan_month(AREAS, counts, census={}, beside=before)


def test_what_planners_read_exactly_gives_them_no_count_from_one_to_four_with_a_release() -> None:
    counts = _counts({"0801": (40, 3), "0802": (40, 12), "0803": (40, 5), "1501": (60, 30), "0101": (50, 20)})
    read = {
        (measure, area, ALL)
        for area in ("MY", "08", "15", "1501", "01", "0101", "0102", "0803")
        for measure in ("poor", "tegar", "miskin")
    }
    figures = plan_month(AREAS, counts, census={}, beside=Beside(read=read))
    links, truth = links_of_month(AREAS, counts)
    ranges = ranges_of({figure.key: figure.told for figure in figures}, truth)
    ranges |= {key: (truth[key], truth[key]) for key in read}
    assert narrow(links, ranges, [("tegar", "0801", ALL)], wide=1) == {}


def test_money_is_told_only_where_the_households_might_be_known_by_it() -> None:
    each = dict.fromkeys(DISTRICTS, 400) | {"0801": 12, "0802": 60, "0803": 8}
    households: Counter[str] = Counter()
    for district, count in each.items():
        households.update({district: count, district[:2]: count, "MY": count})
    amounts = {area.code: Decimal(1000 * households[area.code]) for area in AREAS}
    told = {figure.area: figure for figure in plan_aid(AREAS, households, amounts)}
    assert told["0101"].households == 400
    # beside the money of the district, the state's would tell that of the other
    assert told["08"].amount_rm is None or told["0801"].amount_rm is None
    assert all(figure.amount_rm is None for figure in told.values() if figure.told is not Told.NUMBER)


def test_a_count_that_is_not_told_is_without_end() -> None:
    assert ranges_of({("x", "a"): Told.HELD}, {("x", "a"): 40}) == {("x", "a"): (10, inf)}
