"""A list that is too long to be read whole is in the order of an indexed column all the same; of another it says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.components import sortable, sorting
from dashboard.pages.households import search
from dashboard.pages.tasks import page as tasks
from registry.principals import Role
from tests.integration.lists.asking import answered
from tests.leaks.world import HERE, OWN

if TYPE_CHECKING:
    from tests.leaks.conftest import World


@pytest.fixture(autouse=True)
def _every_list_is_long(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (sortable, sorting, search, tasks):
        monkeypatch.setattr(module, "MOST_SORTED", 0)
    for module in (search, tasks):
        monkeypatch.setattr(module, "PAGE_ROWS", 2)


def asked(column: str, start: int, way: str) -> dict[str, Any]:
    return {"startRow": start, "sortModel": [{"colId": column, "sort": way}]}


def rows_of(world: World, page: str, column: str, way: str) -> tuple[list[str], str]:
    """The names of every page of a list, each read on from the one before; and what was said of the last one."""
    given = {
        "households": {"households-asked.data": {"filters": {"daerah": OWN}}},
        "tasks": {"tasks-view.data": {"senarai": "miskin", "in": OWN}},
    }[page]
    grid, callback = {
        "households": ("households-results", "households.search.give_rows"),
        "tasks": ("tasks-rows", "tasks.page.give_rows"),
    }[page]
    places, names, said = None, [], ""
    while True:
        request = {f"{grid}.getRowsRequest": asked(column, len(names), way), f"{page}-places.data": places}
        answer = answered(world, Role.OFFICER, callback, given | request)
        rows = answer[grid]["getRowsResponse"]["rowData"]
        names += ["".join(piece for piece, _marked in row["name"]) for row in rows]
        places = answer.get(f"{page}-places", {}).get("data", places)
        said = str(answer)
        if not rows or len(names) >= answer[grid]["getRowsResponse"]["rowCount"]:
            return names, said


@pytest.mark.parametrize("page", ["households", "tasks"])
def test_a_long_list_is_in_the_order_of_names_page_after_page(whole: World, page: str) -> None:
    up, said = rows_of(whole, page, "name", "asc")
    down, _said = rows_of(whole, page, "name", "desc")
    assert len(up) > 1
    assert up == sorted(up)
    assert down == up[::-1]
    assert "ek-tag" not in said
    assert any(HERE.name in name for name in up)


@pytest.mark.parametrize("page", ["households", "tasks"])
def test_an_order_that_no_index_has_is_said_to_be_too_long(whole: World, page: str) -> None:
    _names, said = rows_of(whole, page, "area", "asc")
    assert "Terlalu panjang untuk disusun" in said
