"""A household is found by what people know of it, within the territory of who asks, and by way of the indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import households
from queries.households import Filters, Question, districts, find, mukims
from queries.statements import FOLDER, statement

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from queries.households import Found
    from registry.principals import Principal
    from tests.integration.households.conftest import World

NO_FILTER = Filters()


def _ask(world: World, asked: str, *, who: Principal | None = None, filters: Filters = NO_FILTER) -> Found:
    with world.reading(who) as connection:
        return find(connection, Question.parse(asked), filters)


@pytest.mark.parametrize(
    "asked",
    [
        "Ahmad Razak bin Osman",
        "ahmad razak",
        "razak ahmad",
        "Ahmd Razk",
        "osman",
        "800101-08-5001",
        "800101085001",
        "08030000001",
        "012-123 4567",
        "+6012-1234567",
    ],
)
def test_a_household_is_found_by_name_with_typos_mykad_file_number_and_phone(world: World, asked: str) -> None:
    found = _ask(world, asked)
    assert [row["household_id"] for row in found.rows] == [world.home]
    assert found.total == 1


def test_each_row_says_what_matched(world: World) -> None:
    assert _ask(world, "800101085001").rows[0]["matched_by"] == "id_no"
    assert _ask(world, "0121234567").rows[0]["matched_by"] == "phone"
    assert _ask(world, "08030000001").rows[0]["matched_by"] == "file_no"
    row = _ask(world, "Aminah").rows[0]
    assert (row["matched_by"], row["matched_name"], row["matched_head"]) == ("name", "Siti Aminah binti Yusof", True)


def test_a_member_is_found_as_well_as_the_head_and_counts_the_household_once(world: World, owner: Connection) -> None:
    owner.execute(
        text("""
            UPDATE ekasih.person SET name = 'Zulaikha binti Ahmad', name_key = 'ZULAIKHA BINTI AHMAD'
            WHERE household_id = :id AND member_no IN (2, 3)
        """),
        {"id": world.home},
    )
    owner.commit()
    found = _ask(world, "zulaika")
    assert found.total == 1
    assert (found.rows[0]["matched_name"], found.rows[0]["matched_head"]) == ("Zulaikha binti Ahmad", False)


def test_the_most_alike_name_comes_first(world: World, owner: Connection) -> None:
    owner.execute(
        text("UPDATE ekasih.person SET name_key = 'AHMAT RAZALI' WHERE household_id = :id AND is_head"),
        {"id": world.neighbour},
    )
    owner.commit()
    assert _ask(world, "Ahmad Razak").rows[0]["household_id"] == world.home


def test_less_alike_names_are_given_only_where_no_other_is_found_and_are_marked(world: World) -> None:
    assert not _ask(world, "Aminah").alike
    found = _ask(world, "Yuszz")
    assert found.alike
    assert [row["household_id"] for row in found.rows] == [world.neighbour]


def test_names_are_found_by_beginnings_short_words_particles_and_words_written_as_one(
    world: World, owner: Connection
) -> None:
    owner.execute(
        text("UPDATE ekasih.person SET name = :name, name_key = upper(:name) WHERE household_id = :id AND is_head"),
        {"id": world.home, "name": "Nur Halizawati A/P Li Maniam"},
    )
    owner.commit()
    asked = ("Nur Hali", "Halizawati Maniam", "NurHalizawati", "li maniam", "Nur a/p Maniam", "Halizawaty", "nur", "Li")
    for question in asked:
        found = _ask(world, question)
        assert world.home in [row["household_id"] for row in found.rows], question
        assert not found.alike, question


def test_of_a_name_that_very_many_bear_so_many_are_given_and_it_is_said(
    world: World, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner.execute(text("UPDATE ekasih.person SET name = 'Siti', name_key = 'SITI'"))
    owner.commit()
    assert not _ask(world, "Siti").more
    monkeypatch.setattr(households, "MOST_BEARERS", 1)
    found = _ask(world, "Siti")
    assert (found.more, found.total) == (True, 1)


def test_a_common_name_does_not_keep_the_filters_from_finding_its_bearer(
    world: World, owner: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    owner.execute(text("UPDATE ekasih.person SET name = 'Siti', name_key = 'SITI'"))
    owner.commit()
    monkeypatch.setattr(households, "MOST_BEARERS", 2)
    found = {status: _ask(world, "Siti", filters=Filters(status=status)).total for status in ("tegar", "terkeluar")}
    assert found["tegar"] == 1


def test_a_word_that_marks_a_district_is_no_name(world: World) -> None:
    assert _ask(world, "d0803").total == 0


def test_nothing_is_listed_before_a_question_is_asked(world: World) -> None:
    assert _ask(world, "  ").rows == []
    assert _ask(world, "").total == 0


def test_a_filter_is_a_question_and_lists_the_poorest_first(world: World) -> None:
    found = _ask(world, "", filters=Filters(district="0803"))
    assert [row["household_id"] for row in found.rows] == [world.home, world.neighbour]
    assert found.total == 2
    assert _ask(world, "", filters=Filters(status="tegar")).total == 1
    assert _ask(world, "", filters=Filters(mukim="080300")).total == 2
    assert _ask(world, "Aminah", filters=Filters(status="tegar")).total == 0


def test_a_page_states_how_many_there_are_in_all(world: World) -> None:
    with world.reading() as connection:
        first = find(connection, Question(), Filters(district="0803"), limit=1)
        second = find(connection, Question(), Filters(district="0803"), limit=1, offset=1)
    assert (first.total, second.total) == (2, 2)
    assert first.rows[0]["household_id"] != second.rows[0]["household_id"]


def test_nobody_finds_what_lies_outside_their_territory(world: World) -> None:
    assert _ask(world, "750505-08-6002").total == 0
    assert _ask(world, "Lim Ah Kow").total == 0
    assert _ask(world, "Lim Ah Kow", who=world.administrator).total == 1
    assert _ask(world, "Ahmad Razak", who=world.coordinator).total == 1
    assert _ask(world, "Ahmad Razak", who=world.planner).total == 0
    assert _ask(world, "", who=world.planner, filters=Filters(district="0803")).total == 0


def test_the_filters_offer_ones_own_districts_and_their_mukim(world: World) -> None:
    with world.reading() as connection:
        assert [row["code"] for row in districts(connection)] == ["0803"]
        offered = [row["code"] for row in mukims(connection, "0803")]
    assert "080305" in offered
    assert offered[-1] == "080300"
    with world.reading(world.administrator) as connection:
        assert len(districts(connection)) == 160


def _explain(world: World, **params: str) -> str:
    """What the search did for someone acting through the pages' role, with the planner's own settings."""
    values = dict.fromkeys(
        ("whole", "word_1", "word_2", "word_3", "number", "phone", "file_no", "district", "mukim", "status", "strata")
    )
    with world.reading() as connection:
        plan = connection.execute(
            text(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {statement('households/search').text}"),
            {**values, "alike_from": 0.6, "name_limit": 500, "row_limit": 50, "row_offset": 0, **params},
        )
        return "\n".join(line for line in plan.scalars() if "never executed" not in line)


def test_every_way_of_searching_goes_by_an_index_below_row_security(world: World, owner: Connection) -> None:
    owner.execute(
        text("""
            INSERT INTO ekasih.household
            SELECT (jsonb_populate_record(h, jsonb_build_object('id', 100000 + g, 'file_no', 'B' || g,
                    'head_name', md5(g::text), 'phone_key', '01' || g))).*
            FROM ekasih.household AS h, generate_series(1, 8000) AS g WHERE h.id = :home
        """),
        {"home": world.home},
    )
    owner.execute(
        text("""
            INSERT INTO ekasih.person
                (household_id, district_code, member_no, is_head, name, name_key, relationship, id_no)
            SELECT h.id, h.district_code, n, n = 1, h.head_name, upper(md5(h.head_name || n)), 'KIR',
                '9' || lpad((h.id * 10 + n)::text, 11, '0')
            FROM ekasih.household AS h, generate_series(1, 3) AS n WHERE h.id > 100000
        """)
    )
    owner.execute(text("ANALYZE ekasih.household, ekasih.person"))
    owner.commit()
    with world.reading(None) as connection:
        for asked in ("Razak Ahmad", "Razk Ahmd"):
            assert find(connection, Question.parse(asked), NO_FILTER).total == 1
        # the function that looks a name up shows no plan
        scans = text("SELECT seq_scan, idx_scan FROM pg_stat_xact_user_tables WHERE relname = 'person'")
        whole, by_index = connection.execute(scans).one()
        assert (whole, by_index > 0) == (0, True)
    plan = _explain(world, number="800101085001", phone="0121234567", file_no="08030000001")
    for index in ("person_id_no_idx", "household_phone_key_idx", "household_file_no_key"):
        assert index in plan
    assert "Seq Scan on household" not in plan


@pytest.mark.parametrize("name", sorted(path.stem for path in (FOLDER / "households").glob("*.sql")))
def test_a_statement_gives_the_columns_its_header_promises(world: World, name: str) -> None:
    query = statement(f"households/{name}")
    header = dict(
        line.removeprefix("-- ").split(":", 1)
        for line in query.text.splitlines()
        if line.startswith("-- ") and ":" in line
    )
    params = [param.strip() for param in header["params"].split(",") if param.strip()]
    values = dict.fromkeys(params) | {"household": world.home, "row_limit": 1, "row_offset": 0, "alike_from": 0.6}
    with world.reading() as connection:
        result = connection.execute(query, {param: values[param] for param in params})
        assert list(result.keys()) == [column.strip().rstrip("?") for column in header["columns"].split(",")]
    assert set(params) == set(query.compile().params)
