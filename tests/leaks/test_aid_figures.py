"""What is published of aid is rounded: put together as ranges it gives nothing hidden away, or the attack finds it."""

from __future__ import annotations

from collections import Counter

from bench.attack_aid import SeenAid, attack_aid
from poverty.disclosure import rounded_count

_PARENTS = {"08": "MY", "0801": "08", "0802": "08", "10": "MY", "1001": "10"}
_CUTS = ("all", "need:MAKANAN", "agency:A", "programme:P")


def _worked_out(districts: dict[str, int]) -> tuple[set[tuple[str, int]], int]:
    """Which areas of a country with one programme are worked out, and how many of its counts are hidden."""
    areas: Counter[str] = Counter()
    for district, n in districts.items():
        areas.update({district: n, _PARENTS[district]: n, "MY": n})
    truth = {(area, cut, of): n for area, n in areas.items() for cut in _CUTS for of in ("households", "aided")}
    shown = {cell: rounded_count(n) for cell, n in truth.items()}
    taken = attack_aid(SeenAid(shown, _PARENTS, {"P": "A"}, {}), truth)
    return {(area, n) for area, _, _, n in taken.recovered}, taken.hidden


def test_two_districts_that_must_both_be_as_full_as_hidden_ones_can_be_are_worked_out() -> None:
    assert _worked_out({"0801": 9, "0802": 9, "1001": 40}) == ({("0801", 9), ("0802", 9)}, 16)


def test_a_district_that_is_all_of_a_rounded_state_is_not_worked_out() -> None:
    assert _worked_out({"0801": 14, "0802": 4, "1001": 3}) == (set(), 24)
