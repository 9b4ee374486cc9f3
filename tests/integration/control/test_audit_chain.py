"""The audit log only grows, and shows where it was tampered with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from registry.audit.chain import first_break, head

if TYPE_CHECKING:
    from sqlalchemy import Connection

_ADD = text("INSERT INTO audit_log (actor, action, subject, subject_id) VALUES ('test', 'edit', 'household', :id)")
_BULK = text("""
    INSERT INTO audit_log (actor, action, subject, subject_id, after)
    SELECT 'test', 'import', 'household', n, jsonb_build_object('n', n) FROM generate_series(1, 50) AS n
""")


@pytest.fixture
def log(owner: Connection) -> Connection:
    """Three edits and a bulk import, each committed."""
    for number in range(3):
        owner.execute(_ADD, {"id": number})
        owner.commit()
    owner.execute(_BULK)
    owner.commit()
    return owner


def _tamper(connection: Connection, table: str, statement: str) -> None:
    connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER only_grows"))
    connection.execute(text(statement))
    connection.commit()


def test_every_statement_becomes_one_link_of_a_chain_that_holds(log: Connection) -> None:
    assert first_break(log) is None
    assert head(log).links == 4


def test_what_was_rolled_back_leaves_no_link(log: Connection) -> None:
    log.execute(_ADD, {"id": 9})
    log.rollback()
    log.execute(_ADD, {"id": 10})
    log.commit()
    assert first_break(log) is None
    assert head(log).links == 5


@pytest.mark.parametrize("table", ["audit_log", "audit_batch", "audit_link"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}"])
def test_not_even_the_owner_takes_an_entry_out(log: Connection, table: str, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="only grows"):
        log.execute(text(statement.format(table)))


def test_not_even_the_owner_changes_an_entry(log: Connection) -> None:
    with pytest.raises(ProgrammingError, match="only grows"):
        log.execute(text("UPDATE audit_log SET actor = 'someone else'"))


@pytest.mark.parametrize(
    ("table", "statement", "link"),
    [
        ("audit_log", "UPDATE audit_log SET actor = 'x' WHERE subject_id = 1 AND action = 'edit'", 2),
        ("audit_log", "DELETE FROM audit_log WHERE subject_id = 40", 4),
        ("audit_log", "UPDATE audit_log SET at = at + interval '1 second' WHERE subject_id = 0", 1),
        ("audit_link", "DELETE FROM audit_link WHERE position = 2", 3),
        ("audit_batch", "UPDATE audit_batch SET digest = sha256('x') WHERE id = (SELECT min(id) FROM audit_batch)", 1),
    ],
)
def test_the_first_broken_link_is_named(log: Connection, table: str, statement: str, link: int) -> None:
    _tamper(log, table, statement)
    broken = first_break(log)
    assert broken is not None
    assert broken.link == link
    assert f"link {link}" in broken.sentence


def test_an_entry_smuggled_in_is_found(log: Connection) -> None:
    log.execute(text("ALTER TABLE audit_log DISABLE TRIGGER batch"))
    log.execute(_ADD, {"id": 99})
    log.commit()
    broken = first_break(log)
    assert broken is not None
    assert broken.reason == "an entry is in no link"
