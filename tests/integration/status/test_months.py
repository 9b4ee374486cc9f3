"""Closed months keep incomes, gaps and shares of them, each household measured as it was decided."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, cast

import pytest
from alembic import command
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from registry import definitions, migrations
from registry.areas.reference import load_reference
from registry.db import OWNER_ROLE, SCHEMA, make_engine
from registry.installation import bootstrap
from registry.status.months import close_months, months_incomplete, recount_months
from registry.status.recount import recount
from tests.world import add_household

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection, Engine

    from registry.installation.cluster import Cluster
    from tests.databases import Databases

SUMS = ("households", "persons", "income_rm", "gap_rm", "food_gap_rm", "gap_share", "gap_share_squared")
_MONTHS = text(f"""
    SELECT month::text, {", ".join(f"sum({name}) AS {name}" for name in SUMS)}
    FROM ekasih.headcount_month WHERE area_code = '0803' GROUP BY month ORDER BY month
""")
_WIDER = text("""
    INSERT INTO ekasih.classification_rule (effective_from, rule) VALUES (CAST(:day AS date), 'household_or_per_capita')
""")
_EXIT = text("""
    INSERT INTO ekasih.household_exit (household_id, exited_on, reason, actor, undone_on)
    VALUES (:household, CAST(:on AS date), 'died', 'test', CAST(:undone AS date))
""")


def _by_month(owner: Connection) -> dict[str, dict[str, Any]]:
    return {row["month"]: {name: row[name] for name in SUMS} for row in owner.execute(_MONTHS).mappings()}


def _sums(owner: Connection, *households: tuple[int, int], wider: bool = False) -> dict[str, Any]:
    """What (income, members) of Kinta, urban, by the line of 2022, come to: worked out here, not there."""
    figures = "pgk_household_rm, food_household_rm, pgk_per_capita_rm, food_per_capita_rm"
    own = text(f"SELECT {figures} FROM ekasih.poverty_line AS l"
               " WHERE l.survey_year = 2022 AND l.state_code = '08' AND l.strata = 'urban'")  # fmt: skip
    pgk_household, food_household, pgk, food = owner.execute(own).one()
    found = dict.fromkeys(SUMS, Decimal(0))
    for income, members in households:
        line, food_line = pgk * members, food * members
        if wider:
            line, food_line = max(line, pgk_household), max(food_line, food_household)
        share = round(max(Decimal(0), 1 - income / line), 6)
        figures_of = (1, members, income, max(line - income, 0), max(food_line - income, 0), share, share * share)
        for name, value in zip(SUMS, figures_of, strict=True):
            found[name] += value
    return found


def test_a_month_keeps_what_depth_and_severity_need(owner: Connection) -> None:
    add_household(owner, "A1", income=100, members=4, on_date="2025-12-31")
    add_household(owner, "A2", income=2200, members=4, on_date="2026-01-01")
    add_household(owner, "A3", income=9000, members=2, on_date="2026-02-28")
    assert close_months(owner, up_to=date(2026, 3, 1)) == 3
    assert _by_month(owner) == {
        "2025-12-01": _sums(owner, (100, 4)),
        "2026-01-01": _sums(owner, (100, 4), (2200, 4)),
        "2026-02-01": _sums(owner, (100, 4), (2200, 4), (9000, 2)),
    }
    assert recount(owner) == []


def test_each_month_is_measured_by_the_rule_that_decided_then(owner: Connection) -> None:
    add_household(owner, "A1", income=1500, members=1, on_date="2026-01-10")
    owner.execute(_WIDER, {"day": "2026-02-10"})
    owner.execute(text("SELECT ekasih.reclassify(NULL, '2026-02-10')"))
    close_months(owner, up_to=date(2026, 3, 1))
    found = _by_month(owner)
    assert found["2026-01-01"] == _sums(owner, (1500, 1)) | {"gap_rm": 0, "gap_share": 0}
    assert found["2026-02-01"] == _sums(owner, (1500, 1), wider=True)
    assert found["2026-02-01"]["gap_rm"] > 0
    assert recount(owner) == []


@pytest.mark.parametrize(
    ("exits", "counted"),
    [
        ([("2026-02-28", None)], [1, 0, 0, 0]),
        ([("2026-02-10", "2026-02-20")], [1, 1, 1, 1]),
        ([("2026-02-10", "2026-03-31")], [1, 0, 1, 1]),
        ([("2026-02-10", "2026-04-01")], [1, 0, 0, 1]),
        ([("2026-01-31", "2026-02-05"), ("2026-04-30", None)], [0, 1, 1, 0]),
    ],
)
def test_who_had_exited_by_a_month_s_end_is_not_in_it(
    owner: Connection, exits: list[tuple[str, str | None]], counted: list[int]
) -> None:
    gone = add_household(owner, "A1", income=100, on_date="2026-01-01")
    for on, undone in exits:
        owner.execute(_EXIT, {"household": gone, "on": on, "undone": undone})
    close_months(owner, up_to=date(2026, 5, 1))
    found = _by_month(owner)
    asked = ("2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01")
    assert [int(found[month]["households"]) if month in found else 0 for month in asked] == counted
    assert recount(owner) == []


@pytest.mark.parametrize("measure", SUMS)
@pytest.mark.parametrize("month", ["2026-01-01", "2026-03-01"])
def test_a_recount_finds_whatever_is_wrong_in_any_month(owner: Connection, month: str, measure: str) -> None:
    add_household(owner, "A1", income=100, on_date="2026-01-01")
    close_months(owner, up_to=date(2026, 4, 1))
    owner.execute(
        text(f"UPDATE ekasih.headcount_month SET {measure} = {measure} + 1 WHERE area_code = '08' AND month = :month"),
        {"month": date.fromisoformat(month)},
    )
    assert [(d.area_code, d.measure.split(": ")[-1], d.summary - d.recounted) for d in recount(owner)] == [
        ("08", measure, 1)
    ]


def test_counting_months_anew_puts_right_what_is_wrong_and_what_is_missing(
    owner_engine: Engine, owner: Connection
) -> None:
    add_household(owner, "A1", income=100, on_date="2026-01-01")
    add_household(owner, "A2", income=2200, on_date="2026-02-01")
    close_months(owner, up_to=date(2026, 4, 1))
    owner.commit()
    before = _by_month(owner)
    owner.execute(text("UPDATE ekasih.headcount_month SET income_rm = NULL, gap_rm = 7 WHERE month > '2026-01-01'"))
    owner.execute(text("UPDATE ekasih.headcount_month SET status = 'mudah_miskin' WHERE area_code = '0803'"
                       " AND status = 'tegar' AND month = '2026-01-01'"))  # fmt: skip
    owner.commit()
    assert months_incomplete(owner)
    owner.rollback()
    assert recount_months(owner_engine) == 3
    assert _by_month(owner) == before
    assert recount(owner) == []
    assert not months_incomplete(owner)


@dataclass
class Interrupted:
    """An engine in whose first transactions something else is committed after they have begun to read."""

    engine: Engine
    interruptions: list[Callable[[], None]]
    turns: int = 0

    def execution_options(self, **options: Any) -> Interrupted:
        self.engine = self.engine.execution_options(**options)
        return self

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        with self.engine.begin() as connection:
            connection.execute(text("SELECT count(*) FROM ekasih.headcount_month"))
            if self.turns < len(self.interruptions):
                self.interruptions[self.turns]()
            self.turns += 1
            yield connection


def test_a_merge_that_comes_in_between_is_not_overwritten(owner_engine: Engine, owner: Connection) -> None:
    add_household(owner, "A1", income=100, on_date="2026-01-01")
    twice = add_household(owner, "A2", income=100, on_date="2026-01-01")
    close_months(owner, up_to=date(2026, 3, 1))
    owner.execute(text("UPDATE ekasih.headcount_month SET income_rm = NULL"))
    owner.commit()

    def merge() -> None:
        owner.execute(text("SELECT ekasih.shift_months(:id, -1)"), {"id": twice})
        owner.execute(text("DELETE FROM ekasih.household WHERE id = :id"), {"id": twice})
        owner.commit()

    engine = Interrupted(owner_engine, [merge])
    assert recount_months(cast("Engine", engine)) == 2
    assert engine.turns == 2
    assert [row["households"] for row in _by_month(owner).values()] == [1, 1]
    assert recount(owner) == []


def test_a_recount_that_never_comes_through_says_so(owner_engine: Engine, owner: Connection) -> None:
    add_household(owner, "A1", income=100, on_date="2026-01-01")
    close_months(owner, up_to=date(2026, 3, 1))
    owner.commit()

    def change() -> None:
        owner.execute(text("UPDATE ekasih.headcount_month SET income_rm = NULL"))
        owner.commit()

    with pytest.raises(OperationalError):
        recount_months(cast("Engine", Interrupted(owner_engine, [change] * 5)))


_STOOD_THEN = (
    "accounts/access", "accounts/control", "accounts/oversight", "status/classification", "status/headcount",
    "households/policies", "cleansing/cleansing",
)  # fmt: skip


@pytest.fixture
def old(cluster: Cluster, databases: Databases) -> Iterator[Engine]:
    """A register as it was before months kept depth and severity, with its reference tables."""
    name = f"test_{databases.session}_old"
    databases.drop(name)
    bootstrap.create_database(cluster, name)
    bootstrap.prepare(cluster.url(user="postgres", database=name))
    engine = make_engine(bootstrap.str_url(cluster.url(user=OWNER_ROLE, database=name)))
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}"))
        connection.execute(text(f"SET LOCAL search_path TO {SCHEMA}, public"))
        command.upgrade(migrations.configuration(connection), "0012")
        connection.execute(text("SET LOCAL check_function_bodies = off"))
        # what the policies and the reference tables of today are for, and came later
        connection.execute(text("CREATE TABLE ekasih.member_death (household_id bigint)"))
        connection.execute(text("ALTER TABLE ekasih.poverty_line ADD COLUMN source text"))
        connection.execute(text("ALTER TABLE ekasih.app_user ADD COLUMN machine boolean"))
        connection.execute(
            text("ALTER TABLE ekasih.indicator ADD COLUMN formula text, ADD COLUMN lowest text,"
                 " ADD COLUMN cascade text[], ADD COLUMN forecast boolean")
        )  # fmt: skip
        for part in _STOOD_THEN:
            definitions.run_file(connection, part)
        load_reference(connection)
        connection.execute(text("DROP TABLE ekasih.member_death"))
        connection.execute(text("ALTER TABLE ekasih.poverty_line DROP COLUMN source"))
        connection.execute(text("ALTER TABLE ekasih.app_user DROP COLUMN machine CASCADE"))
        connection.execute(
            text("ALTER TABLE ekasih.indicator DROP COLUMN formula, DROP COLUMN lowest, DROP COLUMN cascade,"
                 " DROP COLUMN forecast")
        )  # fmt: skip
    yield engine
    engine.dispose()
    databases.drop(name)


_OLD_GAPS = text("""
    UPDATE ekasih.household AS h
    SET gap_rm = greatest(0, l.pgk_per_capita_rm * h.member_count - h.income_rm),
        food_gap_rm = greatest(0, l.food_per_capita_rm * h.member_count - h.income_rm),
        gap_share = greatest(0, round(1 - h.income_rm / (l.pgk_per_capita_rm * h.member_count), 6))
    FROM ekasih.poverty_line AS l WHERE l.id = h.line_id
""")
_OLD_DECISIONS = text("""
    UPDATE ekasih.status_decision AS d SET gap_rm = h.gap_rm FROM ekasih.household AS h WHERE h.id = d.household_id
""")
_OLD_MONTHS = text("""
    INSERT INTO ekasih.headcount_month (area_code, month, strata, status, households, persons, gap_rm)
    SELECT area.code, month::date, d.strata, d.status, count(*), sum(d.member_count), sum(d.gap_rm)
    FROM ekasih.status_decision AS d
    CROSS JOIN generate_series(CAST('2026-01-01' AS date), CAST('2026-03-01' AS date), interval '1 month') AS month
    CROSS JOIN LATERAL unnest(ARRAY[d.state_code, d.district_code, d.district_code || '00']) AS area (code)
    GROUP BY 1, 2, 3, 4
""")
_MERGED = text("""
    INSERT INTO ekasih.household_merge (kept_id, gone_id, kept_district, gone_district, kept_before, gone_before,
        digest, merged_by)
    VALUES (:kept, :gone, '0803', '0803', ekasih.household_snapshot(:kept), ekasih.household_snapshot(:gone),
        ekasih.household_digest(:kept), 'test') RETURNING id
""")


def test_an_upgrade_works_out_gaps_and_closed_months_anew(old: Engine, cluster: Cluster) -> None:
    with old.begin() as connection:
        connection.execute(_WIDER, {"day": "2020-01-01"})
        kept = add_household(connection, "A1", income=1500, members=1, on_date="2026-01-10")
        add_household(connection, "A2", income=300, members=6, on_date="2026-01-10")
        gone = add_household(connection, "A3", income=1400, members=1, on_date="2026-01-10")
        right = dict(connection.execute(text("SELECT id, gap_rm FROM ekasih.household")).all())
        connection.execute(_OLD_GAPS)
        connection.execute(_OLD_DECISIONS)
        wrong = dict(connection.execute(text("SELECT id, gap_rm FROM ekasih.household")).all())
        assert wrong[kept] == 0
        assert right[kept] > 0
        merge = connection.scalar(_MERGED, {"kept": kept, "gone": gone})
        connection.execute(text("DELETE FROM ekasih.household WHERE id = :id"), {"id": gone})
        connection.execute(_OLD_MONTHS)
    heard: list[str] = []
    bootstrap.build(old, home=cluster.home, step=heard.append)
    assert heard[-2:] == ["months", "measures"]
    with old.connect() as owner:
        assert recount(owner) == []
        stored = dict(owner.execute(text("SELECT id, gap_rm FROM ekasih.household")).all())
        assert stored == {household: gap for household, gap in right.items() if household != gone}
        expected = _sums(owner, (1500, 1), (300, 6), wider=True)
        assert _by_month(owner) == dict.fromkeys(("2026-01-01", "2026-02-01", "2026-03-01"), expected)
        snapshot = owner.execute(text("SELECT gone_before, digest FROM ekasih.household_merge WHERE id = :id"),
                                 {"id": merge}).one()  # fmt: skip
        assert Decimal(str(snapshot.gone_before["household"]["gap_rm"])) == right[gone]
        assert Decimal(str(snapshot.gone_before["decisions"][0]["gap_rm"])) == right[gone]
        # nobody has changed the record since: the merge can still be undone
        assert snapshot.digest == owner.scalar(text("SELECT ekasih.household_digest(:id)"), {"id": kept})
    assert bootstrap.build(old, home=cluster.home, step=heard.append) is None
    assert heard.count("months") == 1
