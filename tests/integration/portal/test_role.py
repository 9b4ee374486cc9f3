"""The portal's role reaches what was made for it, and nothing of the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

# what anybody may read or call; a new one is added here when somebody has thought of what it tells
VIEWS = {
    "aid_kind", "article", "article_translation", "library_file", "office", "outline", "place", "release",
    "release_aid", "release_area", "release_count",
}  # fmt: skip
FUNCTIONS = {
    "dearness", "follow_intake", "note_article_miss", "note_article_read", "open_code", "search_articles",
    "send_inquiry", "send_intake", "take_back_intake", "take_turn", "tell_article",
    "follow_ticket", "rate_ticket", "reply_ticket", "send_ticket", "ticket_thread",
}  # fmt: skip
_TABLES = text("""
    SELECT n.nspname || '.' || c.relname FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
    WHERE n.nspname IN ('ekasih', 'jobs') AND c.relkind IN ('r', 'v', 'm', 'p') ORDER BY 1
""")
_OWN = text("""
    SELECT c.relname FROM pg_class AS c WHERE c.relnamespace = 'portal'::regnamespace AND c.relkind IN ('r', 'v', 'm')
""")
_CALLED = text("SELECT p.proname FROM pg_proc AS p WHERE p.pronamespace = 'portal'::regnamespace")
_UNBOUND = text("""
    SELECT p.proname FROM pg_proc AS p
    WHERE p.pronamespace = 'portal'::regnamespace
        AND NOT (p.prosecdef AND p.proconfig @> ARRAY['search_path=ekasih, public, pg_temp'])
""")


def test_no_table_of_the_register_can_be_read(owner: Connection, public: Engine) -> None:
    tables = owner.scalars(_TABLES).all()
    assert len(tables) > 100
    with public.connect() as connection:
        for table in tables:
            with pytest.raises(ProgrammingError, match="permission denied"), connection.begin():
                connection.exec_driver_sql(f"SELECT 1 FROM {table} LIMIT 1")


def test_nobody_can_be_acted_for(public: Engine) -> None:
    with public.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
        connection.exec_driver_sql("SELECT ekasih.act_as(1)")


def test_what_can_be_reached_is_what_was_made_for_it(owner: Connection) -> None:
    assert set(owner.scalars(_OWN)) == VIEWS
    assert set(owner.scalars(_CALLED)) == FUNCTIONS
    # each acts as the owner, and resolves names where nobody else can put any
    assert owner.scalars(_UNBOUND).all() == []


def test_it_owns_nothing_and_makes_nothing(owner: Connection, public: Engine) -> None:
    owned = text(
        "SELECT count(*) FROM pg_class AS c JOIN pg_roles AS r ON r.oid = c.relowner WHERE r.rolname = 'app_public'"
    )
    assert owner.scalar(owned) == 0
    for statement in ("CREATE TABLE portal.x (a int)", "CREATE TABLE ekasih.x (a int)", "CREATE SCHEMA x"):
        with public.connect() as connection, pytest.raises(ProgrammingError, match="permission denied"):
            connection.exec_driver_sql(statement)
