"""The queue of cases and what a search found are files to take away, within the territory, each written down."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.pages.households import found_file
from queries import cases
from queries.cases import QueueFilters
from registry.principals import Role
from tests.integration.lists.asking import answered, lines_of
from tests.leaks.world import HERE, OWN, THERE

if TYPE_CHECKING:
    from tests.leaks.conftest import World

_EXPORTS = text("SELECT subject, after AS facts FROM ekasih.audit_log WHERE action = 'export' ORDER BY id")


def exports(world: World) -> list[tuple[str, dict[str, Any]]]:
    with world.owner.connect() as owner:
        return [(subject, facts) for subject, facts in owner.execute(_EXPORTS)]


def queue(world: World, role: Role, kind: str, **view: str) -> dict[str, Any]:
    return answered(world, role, "cases.queue_file.take", {f"cases-{kind}.n_clicks": 1, "cases-view.data": view})


def found(world: World, role: Role, kind: str, **asked: object) -> dict[str, Any]:
    given = {f"households-{kind}.n_clicks": 1, "households-asked.data": asked}
    return answered(world, role, "households.found_file.take", given)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_queue_is_taken_away_whole_and_written_down(whole: World, kind: str) -> None:
    file = queue(whole, Role.OFFICER, kind)["cases-file"]["data"]
    head, *rows = lines_of(file)
    with whole.acting(Role.OFFICER) as conn:
        expected, total = cases.page(conn, QueueFilters(), limit=1_000)
    assert total
    assert head[:3] == ["No. kes", "Ketua isi rumah", "Saluran"]
    assert [row[0] for row in rows] == [row["number"] for row in expected]
    assert THERE.name not in str(rows)
    assert [(subject, facts["list"], facts["as"]) for subject, facts in exports(whole)] == [("worklist", "cases", kind)]


def test_the_queue_is_taken_away_as_it_is_filtered(whole: World) -> None:
    file = queue(whole, Role.OFFICER, "csv", keadaan="approved")["cases-file"]["data"]
    assert file["filename"] == "kes-approved.csv"
    assert len(lines_of(file)) == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_what_was_found_is_taken_away_and_written_down_without_its_words(whole: World, kind: str) -> None:
    head, *rows = lines_of(found(whole, Role.OFFICER, kind, filters={"daerah": OWN})["households-file"]["data"])
    assert head[:2] == ["No. fail", "Ketua isi rumah"]
    assert len(rows) > 1
    assert all(HERE.name in str(row) for row in rows)
    named = lines_of(found(whole, Role.OFFICER, kind, text=HERE.id_no)["households-file"]["data"])
    assert len(named) == 2
    (_first, district), (_second, number) = exports(whole)
    assert (district["filters"], district["found"], district["as"]) == ({"district": OWN}, len(rows), kind)
    assert number["by"] == ["number", "phone", "file_no"]
    assert HERE.id_no not in str(number)


def test_nothing_is_taken_away_unasked_nor_from_another_district(whole: World) -> None:
    assert found(whole, Role.OFFICER, "csv", text=" ", filters={}) == {}
    file = found(whole, Role.OFFICER, "csv", filters={"daerah": THERE.district})["households-file"]["data"]
    assert len(lines_of(file)) == 1
    assert found(whole, Role.PLANNER, "csv", filters={"daerah": OWN}).get("households-file") is None


def test_a_file_that_cannot_hold_all_says_how_many_there_are(whole: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(found_file, "MOST", 1)
    answer = found(whole, Role.OFFICER, "xlsx", filters={"daerah": OWN})
    *_rows, note = lines_of(answer["households-file"]["data"])
    (said,) = answer["households-file-note"]["children"]
    assert note[0] == said
    assert said.startswith("Fail ini memuat 1 baris pertama daripada ")


def test_numbers_are_looked_up_for_a_file_as_seldom_as_at_the_counter(whole: World) -> None:
    with whole.owner.begin() as owner:
        owner.execute(text("UPDATE ekasih.setting SET value = '5' WHERE key = 'checking.per_minute'"))
    answers = [found(whole, Role.OFFICER, "csv", text=f"8101010811{number:02}") for number in range(12)]
    taken = [bool(answer.get("households-file", {}).get("data")) for answer in answers]
    assert taken[0]
    assert not taken[-1]


def test_rows_that_are_ticked_among_those_found_are_taken_away_alone(whole: World) -> None:
    with whole.acting(Role.OFFICER) as conn:
        mine = int(conn.scalar(text("SELECT min(id) FROM household")))
    with whole.owner.connect() as owner:
        foreign = int(owner.scalar(text("SELECT min(id) FROM ekasih.household WHERE district_code = :code"),
                                   {"code": THERE.district}))  # fmt: skip
    given = {"households-csv.n_clicks": 1, "households-asked.data": {"filters": {"daerah": OWN}}}
    answer = answered(
        whole, Role.OFFICER, "households.found_file.take", given | {"households-ticked.data": [mine, foreign]}
    )
    _head, row = lines_of(answer["households-file"]["data"])
    assert HERE.name in str(row)
    assert exports(whole) == [("search", {"by": ["ticked"], "as": "csv", "rows": 1})]


def test_cases_that_are_ticked_are_taken_away_alone(whole: World) -> None:
    with whole.owner.connect() as owner:
        numbers = dict(owner.execute(text("SELECT district_code, max(id) FROM ekasih.case_file GROUP BY 1")).all())
    ticked = [f"{numbers[OWN]}:1", f"{numbers[THERE.district]}:1", "x"]
    given = {"cases-csv.n_clicks": 1, "cases-view.data": {}, "cases-ticked.data": ticked}
    _head, row = lines_of(answered(whole, Role.OFFICER, "cases.queue_file.take", given)["cases-file"]["data"])
    assert HERE.name in str(row)
    assert [facts["rows"] for _subject, facts in exports(whole)] == [2]


def test_officers_are_offered_for_ticked_cases_to_who_may_hand_out_work(whole: World) -> None:
    with whole.owner.connect() as owner:
        case = owner.scalar(text("SELECT max(id) FROM ekasih.case_file WHERE district_code = :code"), {"code": OWN})
    for role, offered in ((Role.COORDINATOR, True), (Role.AUDITOR, False)):
        answer = answered(whole, role, "cases.queue_assigning.offer_officers", {"cases-ticked.data": [f"{case}:1"]})
        assert bool(answer.get("cases-ticked-officer", {}).get("data")) is offered
        assert answer.get("cases-assigning", {}).get("hidden", True) is not offered


def test_requests_for_changes_are_sorted_ticked_and_taken_away_with_before_and_after(whole: World) -> None:
    with whole.owner.connect() as owner:
        numbers = dict(owner.execute(text("SELECT district_code, max(id) FROM ekasih.change_request GROUP BY 1")).all())
    request = {"startRow": 0, "sortModel": [{"colId": "name", "sort": "desc"}]}
    given = {"changes-rows.getRowsRequest": request, "changes-view.data": {}}
    listed = answered(whole, Role.OFFICER, "changes.listing.give_rows", given)["changes-rows"]["getRowsResponse"]
    names = [row["name"] for row in listed["rowData"]]
    assert names == sorted(names, reverse=True)
    assert HERE.name in str(names)
    assert THERE.name not in str(names)
    given = {"changes-csv.n_clicks": 1, "changes-view.data": {}}
    given |= {"changes-ticked.data": [numbers[OWN], numbers[THERE.district]]}
    _head, row = lines_of(answered(whole, Role.OFFICER, "changes.listing.take", given)["changes-file"]["data"])
    assert f"→ {HERE.name}" in str(row)
    assert [facts["rows"] for _subject, facts in exports(whole)] == [1]
    view = {"changes-view.data": {}, "changes-ticked.data": [numbers[OWN]]}
    shown = str(answered(whole, Role.OFFICER, "changes.page.show", view))
    assert shown.count("permohonan-") == shown.count(f"permohonan-{numbers[OWN]}") > 0
