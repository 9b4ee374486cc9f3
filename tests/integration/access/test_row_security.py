"""Who sees and changes what is decided by the database, whatever the program asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from tests.world import add_household, add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

PERSONAL = (
    "household", "person", "income", "aid_received", "status_decision", "area_history", "quality_flag",
    "held_household", "delivery", "delivery_row", "audit_log", "idempotency_key", "app_user",
)  # fmt: skip


@pytest.fixture
def users(owner: Connection) -> dict[str, int]:
    """Two districts with two households each, and someone of every role."""
    for number, district in enumerate(("0803", "0803", "0810", "0810")):
        add_household(owner, f"A{number}", district=district)
    found = {
        "planner": add_user(owner, "perancang", role="planner"),
        "coordinator": add_user(owner, "penyelaras", role="coordinator", territory=("0803",)),
        "council": add_user(owner, "ppkb.batugajah", role="council", territory=("0803",)),
        "agency": add_user(owner, "agensi", role="agency", territory=("0803",)),
        "officer": add_user(owner, "pegawai", role="officer", territory=("0803",)),
        "state_officer": add_user(owner, "pegawai.negeri", role="officer", territory=("08",)),
        "elsewhere": add_user(owner, "pegawai.sabah", role="officer", territory=("12",)),
        "administrator": add_user(owner, "pentadbir", role="administrator"),
    }
    owner.commit()
    return found


def _acting(connection: Connection, user: int) -> None:
    connection.execute(text("SELECT act_as(:user)"), {"user": user})


def _count(connection: Connection, table: str) -> int:
    return int(connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one())


@pytest.mark.parametrize(
    ("who", "households"),
    [
        ("planner", 0),
        ("agency", 0),
        ("council", 2),
        ("coordinator", 2),
        ("officer", 2),
        ("state_officer", 4),
        ("elsewhere", 0),
        ("administrator", 4),
    ],
)
def test_each_role_sees_the_households_of_its_own_territory(
    users: dict[str, int], web: Engine, who: str, households: int
) -> None:
    with web.begin() as connection:
        _acting(connection, users[who])
        assert _count(connection, "household") == households
        assert _count(connection, "person") == households * 4
        assert _count(connection, "income") == households
        assert _count(connection, "status_decision") == households


@pytest.mark.parametrize("table", PERSONAL)
def test_nobody_sees_a_person_before_it_is_said_who_acts(users: dict[str, int], web: Engine, table: str) -> None:
    assert users
    with web.begin() as connection:
        assert _count(connection, table) == 0


def test_who_acts_is_forgotten_with_the_transaction(users: dict[str, int], web: Engine) -> None:
    with web.connect() as connection:
        _acting(connection, users["administrator"])
        assert _count(connection, "household") == 4
        connection.commit()
        assert _count(connection, "household") == 0


def test_a_closed_account_cannot_act(users: dict[str, int], owner: Connection, web: Engine) -> None:
    owner.execute(text("UPDATE ekasih.app_user SET active = false WHERE id = :id"), {"id": users["officer"]})
    owner.commit()
    with web.begin() as connection, pytest.raises(ProgrammingError, match="no active user"):
        _acting(connection, users["officer"])


@pytest.mark.parametrize(
    ("who", "areas"), [("planner", set()), ("officer", {"0803"}), ("administrator", {"08", "0803"})]
)
def test_exact_counts_are_for_those_who_see_the_persons_there(
    users: dict[str, int], web: Engine, who: str, areas: set[str]
) -> None:
    with web.begin() as connection:
        _acting(connection, users[who])
        found = connection.scalars(text("SELECT DISTINCT area_code FROM headcount WHERE area_code IN ('08', '0803')"))
        assert set(found) == areas


@pytest.mark.parametrize("who", ["planner", "agency", "council", "elsewhere"])
def test_those_who_may_not_edit_change_nothing(users: dict[str, int], web: Engine, who: str) -> None:
    with web.begin() as connection:
        _acting(connection, users[who])
        assert connection.execute(text("UPDATE household SET village = 'x'")).rowcount == 0
        assert connection.execute(text("DELETE FROM person")).rowcount == 0


def test_an_officer_cannot_reach_into_another_district(users: dict[str, int], web: Engine) -> None:
    with web.begin() as connection:
        _acting(connection, users["officer"])
        assert connection.execute(text("UPDATE household SET village = 'x'")).rowcount == 2
    with web.begin() as connection, pytest.raises(ProgrammingError, match="row-level security"):
        _acting(connection, users["officer"])
        connection.execute(text("UPDATE household SET district_code = '0810'"))


def test_the_audit_log_can_only_grow_and_only_in_ones_own_name(users: dict[str, int], web: Engine) -> None:
    entry = text("INSERT INTO audit_log (actor_id, actor, action, subject) VALUES (:who, 'x', 'edit', 'household')")
    with web.begin() as connection:
        _acting(connection, users["officer"])
        connection.execute(entry, {"who": users["officer"]})
    for statement in ("UPDATE audit_log SET actor = 'y'", "DELETE FROM audit_log"):
        with web.begin() as connection, pytest.raises(ProgrammingError, match="permission denied"):
            _acting(connection, users["officer"])
            connection.execute(text(statement))
    with web.begin() as connection, pytest.raises(ProgrammingError, match="row-level security"):
        _acting(connection, users["officer"])
        connection.execute(entry, {"who": users["administrator"]})


def test_the_summary_cannot_be_written_by_hand(users: dict[str, int], web: Engine) -> None:
    with web.begin() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        _acting(connection, users["administrator"])
        connection.execute(text("UPDATE headcount SET households = 0"))


def test_every_table_with_persons_forces_row_security(owner: Connection) -> None:
    unguarded = owner.scalars(
        text("""
            SELECT relname FROM pg_class
            WHERE relnamespace = 'ekasih'::regnamespace AND relkind = 'r' AND relname = ANY (:names)
                AND NOT (relrowsecurity AND relforcerowsecurity)
        """),
        {"names": list(PERSONAL)},
    )
    assert list(unguarded) == []


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (
            "SELECT id FROM household WHERE geom && ST_MakeEnvelope(101.1, 4.1, 101.11, 4.11, 4326)",
            "household_geom_idx",
        ),
    ],
)
def test_row_security_leaves_the_indexes_in_use(
    users: dict[str, int], owner: Connection, web: Engine, query: str, index: str
) -> None:
    columns = owner.scalars(
        text("SELECT attname FROM pg_attribute WHERE attrelid = 'ekasih.household'::regclass AND attnum > 0")
    ).all()
    copied = ", ".join(column for column in columns if column not in {"id", "file_no", "head_name"})
    owner.execute(
        text(f"""
            INSERT INTO ekasih.household (id, file_no, head_name, {copied})
            SELECT 100000 + g, 'B' || g, md5(g::text), {copied}
            FROM ekasih.household, generate_series(1, 20000) AS g
            WHERE file_no = 'A0'
        """)
    )
    # or else the look-ups of the persons' households are planned for a table of four rows
    owner.execute(text("ANALYZE ekasih.household"))
    owner.execute(
        text("UPDATE ekasih.household SET geom = ST_SetSRID(ST_MakePoint(101 + random(), 4 + random()), 4326)")
    )
    owner.execute(
        text("""
            INSERT INTO ekasih.person (household_id, district_code, member_no, is_head, name, name_key, relationship)
            SELECT id, district_code, 1, true, 'N' || head_name, upper('N' || head_name), 'KIR'
            FROM ekasih.household WHERE id > 100000
        """)
    )
    owner.execute(text("ANALYZE ekasih.household, ekasih.person"))
    owner.commit()
    with web.begin() as connection:
        _acting(connection, users["officer"])
        plan = "\n".join(connection.scalars(text(f"EXPLAIN {query}")))
    assert index in plan
