"""Who owns the database can compute the audit log's chain again, but none of the seals on it."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from registry.audit.chain import first_break
from registry.audit.seals import OtherKey, SealBook, SealKey, SealsGone, first_broken_seal, last_seal, seal_newest
from registry.installation.sealing import Sealer
from registry.installation.settings import Settings

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

_ADD = text("INSERT INTO audit_log (actor, action, subject, subject_id) VALUES ('test', 'edit', 'household', :id)")
_TABLES = ("audit_log", "audit_batch", "audit_link", "audit_seal")
# what an owner of the database does who knows how the chain is made
_RECOMPUTE = """
    DO $$
    DECLARE
        one record;
        before_it bytea := '';
    BEGIN
        UPDATE audit_batch AS b SET digest = (
            SELECT sha256(string_agg(audit_digest(a), ''::bytea ORDER BY a.id))
            FROM audit_log AS a WHERE b.entries @> a.id);
        FOR one IN SELECT l.position, b.entries, b.digest
                   FROM audit_link AS l JOIN audit_batch AS b ON b.id = l.batch_id
                   ORDER BY l.position LOOP
            UPDATE audit_link SET prev_hash = before_it,
                hash = audit_link_hash(one.position, before_it, one.entries, one.digest) WHERE position = one.position
                RETURNING hash INTO before_it;
        END LOOP;
    END $$
"""
_CUT = """
    DELETE FROM audit_seal WHERE position > {0};
    DELETE FROM audit_log AS a USING audit_batch AS b, audit_link AS l
        WHERE l.batch_id = b.id AND l.position > {0} AND b.entries @> a.id;
    DELETE FROM audit_batch AS b USING audit_link AS l WHERE l.batch_id = b.id AND l.position > {0};
    DELETE FROM audit_link WHERE position > {0};
"""


@pytest.fixture
def key() -> SealKey:
    return SealKey("only-for-tests")


@pytest.fixture
def book(tmp_path: Path) -> SealBook:
    return SealBook(tmp_path / "seals" / "audit.jsonl")


@pytest.fixture
def sealed(owner: Connection, key: SealKey, book: SealBook) -> Connection:
    """Six links, a seal on every second one."""
    for number in range(6):
        _add(owner, number)
        if number % 2:
            seal_newest(owner, key, book)
    return owner


def _add(owner: Connection, number: int) -> None:
    owner.execute(_ADD, {"id": number})
    owner.commit()


def _tamper(owner: Connection, statement: str) -> None:
    for table in _TABLES:
        owner.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER only_grows"))
    owner.exec_driver_sql(statement)
    owner.commit()


def test_a_chain_that_is_sealed_holds(sealed: Connection, key: SealKey, book: SealBook) -> None:
    assert first_break(sealed) is None
    assert first_broken_seal(sealed, key, book) is None
    newest = last_seal(sealed)
    assert newest is not None
    assert (newest.number, newest.link) == (3, 6)
    assert [seal.link for seal in book] == [2, 4, 6]
    assert book.newest() == newest


def test_what_is_sealed_already_is_not_sealed_again(sealed: Connection, key: SealKey, book: SealBook) -> None:
    sealed.rollback()
    assert seal_newest(sealed, key, book) is None
    assert len(list(book)) == 3


@pytest.mark.parametrize(("entry", "link"), [(0, 2), (1, 2), (2, 4), (5, 6)])
def test_a_rewritten_entry_breaks_the_first_seal_after_it_though_the_chain_was_computed_again(
    sealed: Connection, key: SealKey, book: SealBook, entry: int, link: int
) -> None:
    _tamper(sealed, f"UPDATE audit_log SET actor = 'x' WHERE subject_id = {entry}; {_RECOMPUTE}")
    assert first_break(sealed) is None  # the chain alone does not tell
    broken = first_broken_seal(sealed, key, book)
    assert broken is not None
    assert broken.link == link
    assert f"link {link}" in broken.sentence


@pytest.mark.parametrize("kept", [1, 2, 4, 5])
def test_an_end_that_was_cut_off_is_missed_where_it_was_sealed(
    sealed: Connection, key: SealKey, book: SealBook, kept: int
) -> None:
    _tamper(sealed, _CUT.format(kept))
    assert first_break(sealed) is None
    broken = first_broken_seal(sealed, key, book)
    assert broken is not None
    assert broken.link == 2 * (kept // 2 + 1)


def test_an_end_with_its_links_but_not_its_seals_cut_off_is_missed_without_the_book(
    sealed: Connection, key: SealKey, tmp_path: Path
) -> None:
    _tamper(sealed, _CUT.format(4).partition(";")[2])
    broken = first_broken_seal(sealed, key, SealBook(tmp_path / "of another machine"))
    assert broken is not None
    assert (broken.link, "missing" in broken.reason) == (6, True)


@pytest.mark.parametrize(
    ("statement", "link"),
    [
        ("UPDATE audit_seal SET hash = sha256('x') WHERE number = 2", 4),
        ("UPDATE audit_seal SET at = at - interval '1 day' WHERE number = 1", 2),
        ("UPDATE audit_seal SET mac = sha256('x') WHERE number = 3", 6),
        ("UPDATE audit_seal SET key_name = 'another' WHERE number = 2", 4),
        ("DELETE FROM audit_seal WHERE number = 1", 4),
        ("DELETE FROM audit_seal WHERE number = 2", 6),
        ("DELETE FROM audit_seal", 2),
        (
            "INSERT INTO audit_seal SELECT 4, 6, hash, key_name, mac, now(), mac FROM audit_seal WHERE number = 3",
            6,
        ),
    ],
)
def test_a_seal_that_was_changed_removed_or_made_without_the_key_is_named(
    sealed: Connection, key: SealKey, book: SealBook, statement: str, link: int
) -> None:
    _tamper(sealed, statement)
    broken = first_broken_seal(sealed, key, book)
    assert broken is not None
    assert broken.link == link


def test_what_stands_in_the_database_in_place_of_the_programs_definitions_judges_nothing(sealed: Connection) -> None:
    blind = "SELECT NULL::bigint, NULL::bigint, NULL::text WHERE false"
    _tamper(
        sealed,
        "UPDATE audit_log SET actor = 'x' WHERE subject_id = 1;"
        "CREATE OR REPLACE FUNCTION audit_first_break(newest bigint DEFAULT NULL)"
        f" RETURNS TABLE (link bigint, entry bigint, reason text) LANGUAGE sql STABLE AS $$ {blind} $$",
    )
    broken = first_break(sealed)
    assert broken is not None
    assert broken.link == 2
    sealed.rollback()
    assert sealed.execute(text("SELECT count(*) FROM audit_first_break()")).scalar_one() == 0  # nothing was replaced


def test_a_history_that_was_rewritten_is_not_sealed_anew(sealed: Connection, key: SealKey, book: SealBook) -> None:
    _tamper(sealed, f"UPDATE audit_log SET actor = 'x' WHERE subject_id = 1; DELETE FROM audit_seal; {_RECOMPUTE}")
    with pytest.raises(SealsGone):
        seal_newest(sealed, key, book)
    assert sealed.execute(text("SELECT count(*) FROM audit_seal")).scalar_one() == 0


def test_a_machine_with_another_key_seals_nothing_and_says_so(sealed: Connection, tmp_path: Path) -> None:
    other, elsewhere = SealKey("of another machine"), SealBook(tmp_path / "elsewhere")
    _add(sealed, 7)
    with pytest.raises(OtherKey):
        seal_newest(sealed, other, elsewhere)
    broken = first_broken_seal(sealed, other, elsewhere)
    assert broken is not None
    assert "does not have" in broken.reason


def test_a_key_is_replaced_where_the_old_one_stays_behind_it(sealed: Connection, key: SealKey, book: SealBook) -> None:
    both = SealKey("a-newer-one only-for-tests")
    _add(sealed, 7)
    seal = seal_newest(sealed, both, book)
    assert seal is not None
    assert seal.key_name != key.name
    assert first_broken_seal(sealed, both, book) is None


def test_a_book_that_was_written_in_is_not_believed(sealed: Connection, key: SealKey, book: SealBook) -> None:
    whole = book.path.read_text(encoding="ascii")
    book.path.write_text(whole.replace('"link": 4', '"link": 3'), encoding="ascii")
    broken = first_broken_seal(sealed, key, book)
    assert broken is not None
    assert "wrote down" in broken.reason
    book.path.write_text("nothing\n", encoding="ascii")
    broken = first_broken_seal(sealed, key, book)
    assert broken is not None
    assert "audit.jsonl" in broken.reason
    assert stat.S_IMODE(book.path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "statement", ["DELETE FROM audit_seal", "UPDATE audit_seal SET number = 9", "TRUNCATE audit_seal"]
)
def test_not_even_the_owner_takes_a_seal_away(sealed: Connection, statement: str) -> None:
    with pytest.raises(ProgrammingError, match="only grows"):
        sealed.execute(text(statement))


def test_the_web_server_seals_as_its_own_account_and_sees_nothing_else(
    web: Engine, owner: Connection, key: SealKey, book: SealBook
) -> None:
    _add(owner, 1)
    with web.connect() as connection:
        assert seal_newest(connection, key, book) is not None
        assert connection.execute(text("SELECT count(*) FROM ekasih.audit_seals(NULL)")).scalar_one() == 0
        with pytest.raises(ProgrammingError, match="permission denied"):
            connection.execute(text("SELECT * FROM ekasih.audit_seal"))
    assert first_broken_seal(owner, key, book) is None


def test_the_server_seals_what_is_new_round_by_round_and_at_its_end(
    web: Engine, owner: Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Settings, "web_url", property(lambda _settings: web.url))
    settings = Settings(home=tmp_path, given_audit_key="only-for-tests")
    sealer = Sealer(settings)
    for number in range(2):
        _add(owner, number)
        sealer.seal()
        sealer.seal()
    _add(owner, 3)
    sealer.end()
    assert [seal.link for seal in SealBook(settings.seal_book)] == [1, 2, 3]
