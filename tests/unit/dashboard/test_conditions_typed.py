"""Conditions that stand in the form of a programme come back from it as they were, in their groups."""

from __future__ import annotations

from typing import Any

import pytest

from dashboard.pages.programmes import editing
from dashboard.pages.programmes.view import _written
from registry.aid.conditions.language import parse
from registry.aid.conditions.problems import BadCondition

POOR = {"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": ["tegar", "miskin"]}
OLD = {"pada": "kir", "medan": "umur", "op": ">=", "nilai": 60}
CHILD = {"pada": "ahli", "medan": "umur", "op": "antara", "nilai": [7, 17]}
PUPIL = {"pada": "ahli", "medan": "bersekolah", "op": "dalam", "nilai": ["Ya"]}
AIDED = {"pada": "isirumah", "medan": "bantuan_berjalan", "op": "tiada", "nilai": {"keperluan": "MAKANAN"}}


def typed(found: editing.Editable) -> tuple[list[dict[str, str]], dict[str, str]]:
    """The rows as they stand in the fields of the form, and how many members are asked for."""
    rows = [
        {name: item[name] for name in ("pada", "medan", "op")} | {"nilai": _written(item["nilai"]), "group": group}
        for group, item in found.rows
    ]
    return rows, {group: str(number) for group, number in found.at_least.items()}


def again(conditions: list[dict[str, Any]]) -> list[dict[str, Any]]:
    found = editing.split(conditions)
    return parse(editing.joined(*typed(found), found.kept)).stored()


@pytest.mark.parametrize(
    "conditions",
    [
        [],
        [POOR, OLD, AIDED],
        [POOR, {"atau": [OLD, AIDED]}],
        [{"ahli": [CHILD], "sekurang": 1}],
        [{"ahli": [CHILD, PUPIL], "sekurang": 2}, POOR],
        [{"atau": [POOR, OLD]}, {"atau": [AIDED, {"ahli": [CHILD], "sekurang": 1}]}, {"ahli": [PUPIL], "sekurang": 3}],
    ],
)
def test_what_the_form_shows_is_what_it_sends(conditions: list[dict[str, Any]]) -> None:
    stored = parse(conditions).stored()
    assert editing.split(stored).kept == []
    assert again(stored) == stored


@pytest.mark.parametrize(
    "deep",
    [
        {"atau": [POOR, {"atau": [OLD, AIDED]}]},
        {"atau": [POOR, {"ahli": [CHILD, PUPIL], "sekurang": 2}]},
        {"ahli": [{"atau": [CHILD, PUPIL]}], "sekurang": 1},
    ],
)
def test_what_stands_deeper_is_kept_as_it_is(deep: dict[str, Any]) -> None:
    stored = parse([POOR, deep]).stored()
    assert editing.split(stored).kept == [stored[1]]
    assert again(stored) == stored


def test_a_fourth_group_is_kept_as_it_is() -> None:
    stored = parse([{"atau": [POOR, OLD]}] * 4).stored()
    found = editing.split(stored)
    assert {group for group, _ in found.rows} == set(editing.EITHER)
    assert found.kept == stored[3:]
    assert again(stored) == stored


def test_rows_that_are_put_into_a_group_become_one_condition() -> None:
    row = {"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": "tegar", "group": "atau2"}
    other = row | {"nilai": "miskin"}
    [made] = editing.joined([row, other], {}, [])
    assert [option["nilai"] for option in made["atau"]] == [["tegar"], ["miskin"]]
    member = {"pada": "isirumah", "medan": "umur", "op": "<", "nilai": "7", "group": "ahli1"}
    [made] = editing.joined([member], {"ahli1": "2"}, [])
    assert parse([made]).stored() == [
        {"ahli": [{"pada": "ahli", "medan": "umur", "op": "<", "nilai": 7}], "sekurang": 2}
    ]


@pytest.mark.parametrize("number", ["0", "dua", "99"])
def test_how_many_members_is_a_number_that_a_family_has(number: str) -> None:
    row = {"pada": "ahli", "medan": "umur", "op": "<", "nilai": "7", "group": "ahli1"}
    with pytest.raises(BadCondition):
        parse(editing.joined([row], {"ahli1": number}, []))
