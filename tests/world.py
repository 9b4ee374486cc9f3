"""Small worlds for tests: a household or a user with sensible values for all that a claim does not name."""

from __future__ import annotations

from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from registry import db
from registry.accounts.sessions import new_token, token_hash
from registry.principals import Principal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager

    from sqlalchemy import Connection, Engine
    from sqlalchemy.orm import Session

    from registry.principals import Role

_SLOT = text("SELECT pg_backend_pid() % 4")
_HOUSEHOLD = text("""
    INSERT INTO ekasih.household (file_no, registered_on, updated_by, state_code, district_code, mukim_code, strata,
        geom, geom_method, geom_accuracy_m, head_name, head_sex, ethnicity, member_count, age_0_14, age_15_64,
        age_65_over, age_unknown, income_rm, per_capita_rm, status, line_id, rule_id, gap_rm, food_gap_rm, gap_share,
        next_review_on)
    SELECT :file_no, CAST(:on_date AS date), 'test', l.state_code, CAST(:district AS text), CAST(:mukim AS text),
        l.strata, ST_SetSRID(ST_MakePoint(:longitude, :latitude), 4326), :geom_method, 10, :name, :sex, :ethnicity,
        CAST(:members AS smallint), 0, CAST(:members AS smallint), 0, 0,
        CAST(:income AS numeric), round(CAST(:income AS numeric) / CAST(:members AS integer), 2),
        ekasih.status_of(CAST(:income AS numeric), CAST(:members AS integer), l.pgk_household_rm, l.food_household_rm,
            l.pgk_per_capita_rm, l.food_per_capita_rm, l.rule, l.vulnerable_below_rm),
        l.line_id, l.rule_id, g.gap_rm, g.food_gap_rm, g.gap_share, CAST(:on_date AS date) + 730
    FROM ekasih.lines_in_force(CAST(:on_date AS date)) AS l
    CROSS JOIN LATERAL ekasih.gaps_of(CAST(:income AS numeric), CAST(:members AS integer), l.pgk_household_rm,
        l.food_household_rm, l.pgk_per_capita_rm, l.food_per_capita_rm, l.rule) AS g
    WHERE l.state_code = left(CAST(:district AS text), 2) AND l.strata = :strata
    RETURNING id
""")
_PERSON = text("""
    INSERT INTO ekasih.person (household_id, district_code, member_no, is_head, name, name_key, relationship, sex,
        birth_date)
    SELECT h.id, h.district_code, g.no, g.no = 1, CASE g.no WHEN 1 THEN h.head_name ELSE 'Ahli ' || g.no END,
        upper(CASE g.no WHEN 1 THEN h.head_name ELSE 'Ahli ' || g.no END),
        CASE g.no WHEN 1 THEN 'KIR' ELSE 'Anak' END, h.head_sex, '1980-01-01'
    FROM ekasih.household AS h CROSS JOIN LATERAL generate_series(1, h.member_count) AS g (no)
    WHERE h.id = :household
""")
_INCOME = text("""
    INSERT INTO ekasih.income (person_id, source, amount_rm)
    SELECT p.id, 'employment', h.income_rm
    FROM ekasih.household AS h JOIN ekasih.person AS p ON p.household_id = h.id AND p.is_head
    WHERE h.id = :household AND h.income_rm > 0
""")
_DECISION = text("""
    INSERT INTO ekasih.status_decision (household_id, effective_on, decided_by, cause, status, income_rm, member_count,
        per_capita_rm, gap_rm, line_id, rule_id, state_code, district_code, mukim_code, strata)
    SELECT id, registered_on, 'test', 'registered', status, income_rm, member_count, per_capita_rm, gap_rm, line_id,
        rule_id, state_code, district_code, mukim_code, strata
    FROM ekasih.household WHERE id = :household
""")
_SESSION = text("""
    INSERT INTO ekasih.user_session (token_hash, user_id, version, ends_at, idle, browser, network)
    SELECT :token, u.id, u.session_version, now() + interval '1 hour', interval '1 hour', 'Firefox, Linux',
        '10.0.0.0/24'
    FROM ekasih.app_user AS u WHERE u.id = :user_id
""")


def add_household(connection: Connection, file_no: str, **facts: Any) -> int:
    """Insert a household with its members, the head's income and its first decision; answers its id.

    ``facts`` replaces any of: district, mukim, strata, income, members, longitude, latitude, geom_method, name, sex,
    ethnicity, on_date.
    """
    values: dict[str, Any] = {
        "district": "0803",
        "mukim": None,
        "strata": "urban",
        "income": 1000,
        "members": 4,
        "longitude": 101.04,
        "latitude": 4.47,
        "geom_method": "given",
        "name": "Contoh bin Rekaan",
        "sex": "male",
        "ethnicity": "bumiputera",
        "on_date": "2025-01-15",
    } | facts
    household = int(connection.execute(_HOUSEHOLD, values | {"file_no": file_no}).scalar_one())
    for statement in (_PERSON, _INCOME, _DECISION):
        connection.execute(statement, {"household": household})
    return household


def add_user(connection: Connection, login: str, *, role: str, territory: tuple[str, ...] = ()) -> int:
    """Insert a user who cannot sign in by password; answers the id, for ``act_as``."""
    return int(
        connection.execute(
            text(
                "INSERT INTO ekasih.app_user (login, display_name, role, territory, password_hash)"
                " VALUES (:login, :login, :role, :territory, '!') RETURNING id"
            ),
            {"login": login, "role": role, "territory": list(territory)},
        ).scalar_one()
    )


def add_principal(connection: Connection, login: str, role: Role, *territory: str) -> Principal:
    """An account, and who it is when acting."""
    return Principal(add_user(connection, login, role=role, territory=territory), login, login, role, territory)


def open_for(owner: Engine, user_id: int) -> str:
    """Open a session for an account that cannot sign in by password; answers its token."""
    token = new_token()
    with owner.begin() as connection:
        connection.execute(_SESSION, {"token": token_hash(token), "user_id": user_id})
    return token


@dataclass(frozen=True, kw_only=True)
class Served:
    """A world on the engine that the pages use, in which people act."""

    web: Engine

    def writing(self, who: Principal) -> AbstractContextManager[Session]:
        """A session acting for ``who``."""
        return db.writing(self.web, who)

    def reading(self, who: Principal) -> AbstractContextManager[Connection]:
        """A connection acting for ``who``."""
        return db.reading(self.web, who)


@contextmanager
def counted_apart(engine: Engine) -> Iterator[tuple[Connection, Connection]]:
    """Two connections that do not wait for each other where they count: every fourth process shares a row."""
    with ExitStack() as opened:
        one = opened.enter_context(engine.connect())
        slot = one.scalar(_SLOT)
        other = opened.enter_context(engine.connect())
        while other.scalar(_SLOT) == slot:
            other = opened.enter_context(engine.connect())
        yield one, other
