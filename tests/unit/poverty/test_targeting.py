"""Whom conditions reach, miss and reach without need, as shares and as money."""

from __future__ import annotations

from decimal import Decimal

from poverty.targeting import Targeting, together

KINTA = Targeting(met_tegar=10, met_miskin=20, met_others=10, unmet_tegar=5, unmet_miskin=25, persons=160)


def test_shares_are_of_the_poor_and_of_those_who_are_reached() -> None:
    assert (KINTA.reached, KINTA.missed, KINTA.leakage, KINTA.met) == (30, 30, 10, 40)
    assert (KINTA.coverage, KINTA.leaking) == (0.5, 0.25)


def test_where_nobody_is_poor_or_reached_there_is_no_share() -> None:
    assert Targeting().coverage is None
    assert Targeting().leaking is None
    assert Targeting(unmet_tegar=3).coverage == 0


def test_everybody_who_meets_the_conditions_is_paid_by_household_or_by_head() -> None:
    assert KINTA.cost(Decimal(50), per_head=False) == 2000
    assert KINTA.cost(Decimal(50), per_head=True) == 8000


def test_areas_are_added_up_and_shares_follow_from_the_sums() -> None:
    whole = together([KINTA, Targeting(met_tegar=30, unmet_miskin=10, persons=40)])
    assert whole == Targeting(40, 20, 10, 5, 35, 200)
    assert whole.coverage == 0.6
    assert together([]) == Targeting()
