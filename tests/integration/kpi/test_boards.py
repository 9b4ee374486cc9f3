"""A board tells of one area as who asks may see it: numbers of a closed month, lights, a ranking, what changed."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import text

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.pages.boards.changes import change_texts
from dashboard.pages.boards.reading import BoardFigures, NoFigures, read_board
from dashboard.pages.boards.view import BOARDS, BoardView
from dashboard.pages.kpi.view import KpiView, read_panel
from layers.numbers import MALAYSIA
from registry import db
from registry.installation.settings import Settings
from registry.principals import Principal, Role
from registry.publishing.publish import publish
from registry.status.months import close_months
from tests.world import add_household, add_principal
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

THIS_MONTH = datetime.now(MALAYSIA).date().replace(day=1)
LAST = (THIS_MONTH - timedelta(days=1)).replace(day=1)
BEFORE = (LAST - timedelta(days=1)).replace(day=1)
_TARGET = text("""
    INSERT INTO target (indicator_code, area_code, due_on, baseline, baseline_on, target)
    VALUES ('tegar', :area, '2040-12-31', :baseline, '2020-12-31', :target)
""")


@pytest.fixture
def country(owner: Connection) -> Connection:
    """Six hardcore poor in Kinta, ten next door and two in 0810, all for long; three more in Kinta since last month."""
    for number in range(2):
        add_household(owner, f"X{number}", income=100, district="0810", on_date="2024-01-15")
    for number in range(6):
        add_household(owner, f"A{number}", income=100, district="0803", mukim="080302", on_date="2024-01-15")
    for number in range(10):
        add_household(owner, f"B{number}", income=100, district="0805", on_date="2024-01-15")
    for number in range(3):
        day = (LAST + timedelta(days=3)).isoformat()
        add_household(owner, f"C{number}", income=100, district="0803", mukim="080302", on_date=day)
    close_months(owner)
    publish(owner)
    owner.commit()
    return owner


def read(web: Engine, who: Principal, name: str, **asked: Any) -> BoardFigures | NoFigures:
    with db.reading(web, who) as conn:
        return read_board(conn, BOARDS[name], BoardView.parse(asked), who, home=Path("/nowhere"))


def shown(web: Engine, who: Principal, name: str, **asked: Any) -> BoardFigures:
    found = read(web, who, name, **asked)
    assert isinstance(found, BoardFigures)
    return found


def test_a_number_is_of_the_closed_month_and_stands_beside_the_one_before(country: Connection, web: Engine) -> None:
    national = add_principal(country, "ujian.negara", Role.NATIONAL)
    country.execute(_TARGET, {"area": "MY", "baseline": 100, "target": 0})
    country.commit()
    board = shown(web, national, "menteri")
    tegar = board.numbers[0]
    assert (tegar.now.indicator.indicator_code, tegar.now.actual, tegar.now.light) == ("tegar", 21, "hijau")
    assert tegar.before is not None
    assert tegar.before.actual == 18
    assert board.month == LAST
    assert [value for _, value in tegar.course][-2:] == [18, 21]
    assert {one.code: one.now["tegar"].actual for one in board.inside if one.now["tegar"].actual} == {"08": 21}
    then = shown(web, national, "menteri", bulan=f"{BEFORE:%Y-%m}")
    assert (then.month, then.numbers[0].now.actual) == (BEFORE, 18)


def test_what_changed_is_told_in_sentences(country: Connection, web: Engine) -> None:
    coordinator = add_principal(country, "ujian.kinta", Role.COORDINATOR, "0803")
    country.execute(_TARGET, {"area": "0803", "baseline": 7, "target": 6})
    country.commit()
    board = shown(web, coordinator, "daerah")
    assert board.opens_worklists
    told = change_texts(board, words_of("ms"))
    assert told[0] == "Isi rumah miskin tegar: daripada Tercapai kepada Jauh tertinggal"
    assert "Isi rumah miskin tegar: ▲ 3" in told
    assert [one.now["tegar"].actual for one in board.inside if one.code == "080302"] == [9]


def test_a_board_tells_every_indicator_as_the_kpi_page_does(country: Connection, web: Engine) -> None:
    coordinator = add_principal(country, "ujian.kinta", Role.COORDINATOR, "0803")
    country.commit()
    board = shown(web, coordinator, "daerah")
    with db.reading(web, coordinator) as conn:
        panel = read_panel(conn, KpiView(area="0803"), coordinator)
    page = {item.indicator.indicator_code: item.actual for item in panel.measured if item.on < THIS_MONTH}
    # an estimate has no room for its range on a board; what is of now on the page is of the month's end there
    page = {code: value for code, value in page.items() if code != "tercicir"}
    of_now = {"quality_open", "review_overdue"}
    assert {one.indicator_code for one in board.choices} - of_now == page.keys()
    told = {one.now.indicator.indicator_code: one.now.actual for one in board.numbers if one.now.on < THIS_MONTH}
    assert told == {code: page[code] for code in told}
    assert len(told) == 6
    national = add_principal(country, "ujian.negara", Role.NATIONAL)
    country.commit()
    state = shown(web, national, "negeri", **{"in": "08"})
    (own,) = (one for one in state.inside if one.code == "0803")
    known = {code: item.actual for code, item in own.now.items() if item.on < THIS_MONTH and item.actual is not None}
    assert {code: value for code, value in known.items() if code not in of_now} == {
        code: value for code, value in page.items() if value is not None
    }


def test_who_sees_no_persons_gets_published_figures_alone(country: Connection, web: Engine) -> None:
    planner = add_principal(country, "ujian.perancang", Role.PLANNER)
    country.commit()
    board = shown(web, planner, "negeri", **{"in": "08"})
    hidden = {one.code for one in board.inside if one.now["tegar"].missing == "disembunyikan"}
    assert "0810" in hidden
    assert len(hidden) > 1
    assert not hidden & {row.code for row in board.ranking.rows}
    assert all(value is None for one in board.inside if one.code == "0810" for _, value in one.course)
    assert not board.opens_worklists


def test_all_that_boards_show_to_planners_is_published_as_it_is(country: Connection, web: Engine) -> None:
    """What is tried to be worked out from published counts is tried of boards, too: they show nothing else."""
    planner = add_principal(country, "ujian.perancang", Role.PLANNER)
    country.commit()
    counts = text("SELECT area_code, month, tegar, tegar + miskin FROM published_count WHERE cut = 'all'")
    published = {(row[0], row[1]): {"tegar": row[2], "miskin": row[3]} for row in country.execute(counts)}
    seen = 0
    for name, area in (("menteri", "MY"), ("negeri", "08"), ("daerah", "0803"), ("daerah", "0810")):
        for code in ("tegar", "miskin"):
            board = shown(web, planner, name, **{"in": area, "petunjuk": code})
            courses = [(board.area.code, one.course, one.now.indicator.indicator_code) for one in board.numbers]
            courses += [(one.code, one.course, board.chosen.indicator_code) for one in board.inside]
            courses += [(one.code, ((board.month, one.now[kind].actual),), kind)
                        for one in (*board.inside, *board.beside) for kind in ("tegar", "miskin")]  # fmt: skip
            courses += [(row.code, ((board.month, row.value),), board.chosen.indicator_code)
                        for row in board.ranking.rows]  # fmt: skip
            for place, course, kind in courses:
                for month, value in course if kind in {"tegar", "miskin"} else ():
                    held = published.get((place, month), {"tegar": 0, "miskin": 0})[kind]
                    assert value is None or value == held, (name, place, month, kind)
                    seen += value is not None
    assert seen > 100


def test_an_area_that_is_none_and_a_register_without_a_closed_month_have_no_board(
    owner: Connection, web: Engine
) -> None:
    national = add_principal(owner, "ujian.negara", Role.NATIONAL)
    owner.commit()
    empty = read(web, national, "menteri")
    assert isinstance(empty, NoFigures)
    assert empty.known
    none = read(web, national, "daerah", **{"in": "9999"})
    assert isinstance(none, NoFigures)
    assert not none.known


def test_a_district_stands_beside_those_like_it_as_published(country: Connection, web: Engine) -> None:
    coordinator = add_principal(country, "ujian.kinta", Role.COORDINATOR, "0810")
    country.commit()
    board = shown(web, coordinator, "daerah", **{"in": "0810"})
    assert [one.now["tegar"].actual for one in board.inside if one.code == "0810"] == []
    assert board.numbers[0].now.actual == 2
    own, *others = board.beside
    assert (own.code, own.now["tegar"].missing) == ("0810", "disembunyikan")
    assert len(others) == 4


def test_a_board_opens_on_the_own_area(country: Connection, web: Engine) -> None:
    coordinator = add_principal(country, "ujian.kinta", Role.COORDINATOR, "0803")
    country.commit()
    assert shown(web, coordinator, "daerah").area.code == "0803"
    assert shown(web, coordinator, "negeri").area.code == "08"
    assert shown(web, coordinator, "menteri").area.code == "MY"


def test_a_board_is_a_picture_and_a_sheet_and_what_is_hidden_is_in_neither(
    country: Connection, web: Engine, tmp_path: Path
) -> None:
    planner = add_principal(country, "ujian.perancang", Role.PLANNER)
    country.commit()
    server = create_app(Deps(Settings(home=tmp_path, given_secret_key="x"), web, lambda: planner)).server
    client = server.test_client()
    drawn = client.get("/muat-turun/papan?papan=negeri&in=08&as=svg")
    assert (drawn.status_code, drawn.mimetype) == (200, "image/svg+xml")
    assert 'filename="ekasih-papan-negeri-perak-' in drawn.headers["Content-Disposition"]
    assert "Papan negeri: Perak" in drawn.text
    assert ">21<" in drawn.text
    assert ">2<" not in drawn.text
    sheet = client.get("/muat-turun/papan?papan=menteri&as=pdf")
    assert sheet.data.startswith(b"%PDF")
    assert client.get("/muat-turun/papan?papan=daerah&in=9999").status_code == 404
    noted = text("SELECT after FROM audit_log WHERE action = 'export' AND subject = 'board' ORDER BY id")
    assert [row["within"] for row in country.scalars(noted)] == ["08", "MY"]
