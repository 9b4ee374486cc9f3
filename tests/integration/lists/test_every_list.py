"""Every list of every page sorts by its columns and opens by row: a new one that forgets it is named here."""

from __future__ import annotations

import ast
import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from dashboard import pages as dashboard_pages
from dashboard.pages.audit import page as audit
from queries import oversight
from registry.principals import Role
from tests.integration.lists.asking import answered
from tests.leaks.endpoints import CALLBACKS, Target, request_of, server_callbacks
from tests.leaks.world import HERE, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.leaks.conftest import World

Node = dict[str, Any]
PAGES: Final = Path(dashboard_pages.__file__).parent

PLAIN: Final = 2
"""Of so many columns there is nothing to choose."""
NO_LISTS: Final = {
    "pivot.page.show": "a table by two cuts",
    "analysis.structures.show": "what a structure asks about",
    "compare.page.show": "areas side by side",
    "what_if.page.show": "figures of areas before and after",
    "profile.page.show": "what is told of one area",
    "inquiries.codes.show": "the codes of one household",
    "inquiries.page.show": "questions as cards, and what was over last, in its order",
    "support.page.show": "how much is in the queue",
    "alerts.page.show": "alerts as cards, and rules with their switches",
    "kpi.defined.show": "indicators in their order",
    "kpi.page.show": "indicators as cards, and areas, which their own heads sort",
    "projects.data.show_types": "types with their rates, fields to fill in",
    "projects.one.show": "one project",
    "administration.page.show": "what each role may do: a matrix",
    "administration.settings.show_states": "fields to fill in",
    "administration.target_paths.show_path": "fields to fill in",
    "administration.targets.show_targets": "fields to fill in",
    "changes.page.show": "before and after of one request",
    "households.record.show_record": "one record",
    "dashboard.router.open_page": "the map's own table, which is sorted with the map",
    "quality.page.show": "counts of areas, with their sum",
    "deliveries.aid_upload.show": "counts of some deliveries",
    "held_aid.one.show": "one row, and what stands in its way",
    "programmes.one.show": "one programme",
    "cleansing.page.show": "two records side by side, and the months of a locked figure",
}
"""Callbacks with tables that are no lists of records; where they have lists as well, these do sort."""
LISTS: Final = {
    "account.sessions.show_sessions", "administration.people.show", "applications.page.show",
    "articles.versions.show", "articles.work.show", "audit.page.show", "boundaries.page.show",
    "cards.lists.show_cards", "cleansing.page.show", "deliveries.aid.show", "deliveries.page.show",
    "double_aid.page.show", "held_aid.page.show", "intake.page.show", "jobs.page.show", "lines.page.show",
    "meetings.meeting.show", "meetings.page.show", "programmes.page.show", "projects.contractors.show_contractors",
    "projects.page.show", "quality.page.show", "reach.page.show", "referrals.page.show", "support.board.show",
    "support.calendar.show", "vote_book.page.show", "what_if.page.show", "what_if.targeting_page.show",
}  # fmt: skip
GRIDS: Final = {"cases-rows", "changes-rows", "households-results", "tasks-rows"}
DRAWN_PLAIN: Final = {
    "analysis/parts.py": "measures and indicators of one area, with the sum of its parts",
    "analysis/structures.py": "measures and indicators of one area, with the sum of its parts",
    "areas_compared/access.py": "districts in the order of what is told",
    "areas_compared/missed.py": "districts in the order of what is told",
    "areas_compared/pockets.py": "districts in the order of what is told",
    "areas_compared/rates.py": "districts in the order of what is told",
    "compare/page.py": "areas side by side",
    "pivot/page.py": "a table by two cuts, with its sums",
    "poverty_map/dates/page.py": "figures of areas at two dates, as on the map",
    "profile/page.py": "what is told of one area",
    "what_if/parts.py": "figures before and after, by area",
    "what_if/saved.py": "figures before and after, by area",
    "inquiries/codes.py": "the codes of one household",
    "inquiries/page.py": "what was over last, in its order",
    "administration/page.py": "what each role may do: a matrix",
    "administration/settings.py": "fields to fill in",
    "administration/target_paths.py": "fields to fill in",
    "administration/targets.py": "fields to fill in",
    "alerts/parts.py": "rules with their switches",
    "applications/edit.py": "two versions side by side",
    "boards/parts.py": "a board: areas by rank, and areas by indicator",
    "boundaries/report.py": "what was found in one file",
    "cases/content.py": "one case",
    "changes/cards.py": "before and after of one request",
    "cleansing/cohorts.py": "the months of a locked figure",
    "cleansing/compare.py": "two records side by side",
    "deliveries/aid_report.py": "counts of some deliveries, and the first rows of each",
    "deliveries/content.py": "the first rows of one file, as they are in it",
    "deliveries/report.py": "counts of one delivery",
    "held_aid/view.py": "one row, what stands in its way, and who it may be",
    "households/aid.py": "one record",
    "households/forms.py": "fields to fill in",
    "households/header.py": "one record",
    "households/messages.py": "two versions side by side",
    "households/sections.py": "one record",
    "kpi/defined.py": "indicators in their order",
    "kpi/defining.py": "the versions of one indicator",
    "kpi/differences.py": "two versions side by side",
    "kpi/inside.py": "areas, which their own heads sort",
    "lines/effect.py": "what one change would do",
    "payments/making.py": "fields to fill in",
    "poverty_map/comparing.py": "two areas side by side",
    "poverty_map/layout.py": "areas, which the map sorts",
    "programmes/view.py": "one programme",
    "projects/data.py": "types with their rates, fields to fill in",
    "projects/one.py": "one project",
    "projects/progress.py": "one project",
    "support/page.py": "how much is in the queue",
    "quality/tables.py": "counts of areas, with their sum",
    "rounds/view.py": "one round, in the order of the way",
}
"""Files of pages that draw a table without heads to be pressed, and what it is instead of a list of records."""
NO_RECORDS: Final = {
    "what_if.page.show": "figures of areas, each of which leads into it",
    "what_if.targeting_page.show": "figures of areas, each of which leads into it",
    "account.sessions.show_sessions": "a session is ended, not opened",
    "audit.page.show": "an entry is all there is of it",
    "boundaries.page.show": "a set of boundaries is all there is of it",
    "deliveries.aid.show": "a delivery in the register is what its row says; what was sent has a link",
    "deliveries.page.show": "what was imported on the server has no page",
    "jobs.page.show": "a job is what its row says; the delivery it works at has a link",
    "lines.page.show": "figures and rules",
    "programmes.page.show": "a programme opens; needs and offices are what their rows say",
    "reach.page.show": "sums of areas and programmes, with a map behind each",
    "articles.versions.show": "a version is picked beside another on the page itself",
    "articles.work.show": "searches that found nothing are words; articles have a link",
    "support.board.show": "sums of kinds and areas",
    "support.calendar.show": "hours and holidays, which are edited in place",
    "vote_book.page.show": "sums of an office",
}
"""Lists whose rows are no records that could be opened."""


def drawn_plain(file: Path) -> bool:
    """Whether a page draws a table whose heads are not pressed."""
    for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            if name in {"ruled", "cards_table", "Table"} and "heads" not in {word.arg for word in call.keywords}:
                return True
    return False


def list_names(file: Path) -> Iterator[str]:
    """The names by which the lists of a file keep their columns."""
    for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(call, ast.Call):
            name = getattr(call.func, "id", "")
            given = [word.value for word in call.keywords if word.arg == "name"]
            named = given if name in {"sortable", "ordered"} else call.args[:1] if name == "choosable" else []
            yield from (ast.unparse(one) for one in named)


def nodes(part: Any, kind: str) -> Iterator[Node]:
    """The components of a kind in what a callback answered."""
    if isinstance(part, dict):
        if part.get("type") == kind and "props" in part:
            yield part["props"]
        part = list(part.values())
    for one in part if isinstance(part, list) else ():
        yield from nodes(one, kind)


def sorts(table: Node) -> bool:
    """Whether a table has heads to be pressed."""
    return "ek-sorts" in str(table.get("className"))


def width(table: Node) -> int:
    """How many columns a table has."""
    return sum(1 for head in nodes(table, "Thead") for _cell in nodes(head, "Th"))


def opens(row: Node) -> bool:
    """Whether a row leads to its record: by the link in its first cell, or the one that is marked so."""
    links = [link for kind in ("A", "Link") for link in nodes(row["children"][0], kind)]
    return bool(links) or any("data-ek-opens" in link for link in nodes(row, "A"))


@pytest.fixture(scope="module")
def pages() -> list[tuple[str, Any]]:
    """What was answered, for all tests of this file."""
    return []


@pytest.fixture
def shown(whole: World, pages: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """What every callback that shows something answers an administrator, in a district with a row of everything."""
    if pages:
        return pages
    client = whole.client(Role.ADMINISTRATOR)
    with whole.owner.connect() as owner:
        asked = Target(HERE, numbers_of(owner, HERE))
    for name, callback in server_callbacks(whole.app):
        if name.rpartition(".")[2].startswith(("show", "open")):
            for given in CALLBACKS[name](asked):
                answer = whole.ask(client, request_of(callback, given)).get_data()
                pages.append((name.removeprefix("dashboard.pages."), json.loads(answer or "{}")))
    return pages


def test_every_table_of_records_sorts_by_its_columns(shown: list[tuple[str, Any]]) -> None:
    tables = [(name, table) for name, answer in shown for table in nodes(answer, "Table")]
    assert {name for name, table in tables if sorts(table)} == LISTS
    assert {name for name, table in tables if not sorts(table)} <= set(NO_LISTS)
    for name, table in tables:
        if sorts(table):
            heads = [head for part in nodes(table, "Thead") for head in nodes(part, "Th")]
            assert any("ek-sort" in str(head["children"]) for head in heads), name


def test_every_list_lets_its_columns_be_chosen(shown: list[tuple[str, Any]]) -> None:
    for name, answer in shown:
        boxes = [box for box in nodes(answer, "Div") if "data-ek-list" in box]
        choosable = [table for box in boxes for table in nodes(box, "Table")]
        wide = [table for table in nodes(answer, "Table") if sorts(table) and width(table) > PLAIN]
        assert [table for table in wide if table not in choosable] == [], name
        for box in boxes:
            heads = [head for part in nodes(box, "Thead") for head in nodes(part, "Th")]
            assert box["data-ek-list"].rpartition(".")[2] == str(len(heads)), name
            assert any(part.get("className") == "ek-columns-choice" for part in nodes(box, "Div")), name


def test_no_two_lists_keep_their_columns_under_one_name() -> None:
    names = [name for file in PAGES.rglob("*.py") for name in list_names(file)]
    assert names
    assert [name for name, number in Counter(names).items() if number > 1] == []


def test_a_page_that_draws_a_table_which_does_not_sort_says_what_it_is() -> None:
    plain = {str(file.relative_to(PAGES)) for file in PAGES.rglob("*.py") if drawn_plain(file)}
    assert plain == set(DRAWN_PLAIN)


def test_every_row_of_a_list_opens_its_record(shown: list[tuple[str, Any]]) -> None:
    shut = [
        name
        for name, answer in shown
        if name not in NO_RECORDS
        for table in nodes(answer, "Table")
        if sorts(table)
        for body in nodes(table, "Tbody")
        for row in nodes(body, "Tr")
        if not opens(row)
    ]
    assert set(shut) == set()


def test_every_grid_sorts_and_lets_its_columns_be_chosen(shown: list[tuple[str, Any]]) -> None:
    grids = {grid["id"]: grid for _name, answer in shown for grid in nodes(answer, "AgGrid")}
    boxes = [box for _name, answer in shown for box in nodes(answer, "Details")]
    assert set(grids) == GRIDS
    assert {box["data-ek-columns"] for box in boxes if "data-ek-columns" in box} == GRIDS
    for grid in grids.values():
        assert grid["defaultColDef"]["sortable"]
        assert any(column.get("sortable", True) for column in grid["columnDefs"])


def test_a_press_on_a_head_puts_a_list_with_pages_in_its_order(whole: World) -> None:
    def names(order: str) -> list[str]:
        view = {"jenis": "stacked", "in": HERE.district, "susun": order}
        answer = answered(whole, Role.OFFICER, "quality.page.show", {"quality-view.data": view})
        (table,) = [table for table in nodes(answer, "Table") if sorts(table)]
        rows = [row for body in nodes(table, "Tbody") for row in nodes(body, "Tr")]
        return [next(iter(nodes(row, "A")))["children"] for row in rows]

    assert len(set(names(""))) > 1
    assert names("nama") == sorted(names(""))
    assert names("-nama") == sorted(names(""), reverse=True)


def test_the_log_is_counted_once_for_a_question(whole: World, monkeypatch: pytest.MonkeyPatch) -> None:
    counted: list[object] = []
    real = oversight.count

    def count(conn: Any, asked: Any) -> int:
        counted.append(asked)
        return real(conn, asked)

    monkeypatch.setattr(oversight, "count", count)
    monkeypatch.setattr(audit, "PAGE_ROWS", 1)

    def press(button: str, page: Any, kept: Any, **asked: str) -> dict[str, Any]:
        fields = {f"audit-{name}.value": value for name, value in asked.items()}
        given = {f"audit-{button}.n_clicks": 1, "audit-page.data": page, "audit-counted.data": kept, **fields}
        return answered(whole, Role.ADMINISTRATOR, "audit.page.show", given)

    first = press("show", [], None)
    second = press("earlier", first["audit-page"]["data"], first["audit-counted"]["data"])
    assert len(counted) == 1
    assert second["audit-note"]["children"].split()[-1] == first["audit-note"]["children"].split()[-1]
    press("later", second["audit-page"]["data"], second["audit-counted"]["data"])
    assert len(counted) == 1
    press("earlier", first["audit-page"]["data"], first["audit-counted"]["data"], action="export")
    assert len(counted) == 2
    press("show", [], first["audit-counted"]["data"])
    assert len(counted) == 3
