"""An article is written in versions: nobody publishes what they wrote, and what is published stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from queries import articles
from registry.articles.articles import tell_article
from registry.errors import InvalidInput, NotFound, NotPermitted, StaleRecord
from registry.refusals import ArticleStands, OwnArticleVersion, sqlstate_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from tests.integration.articles.conftest import Shelf


def test_nobody_publishes_what_they_wrote_whoever_else_saved_it(shelf: Shelf, owner: Connection) -> None:
    shelf.save(shelf.first)
    assert shelf.save(shelf.second, seen=1, title_ms="Bantuan sewa rumah") == 2
    shelf.move("hantar", shelf.state, seen=2)
    for writer in (shelf.first, shelf.second):
        with pytest.raises(OwnArticleVersion):
            shelf.move("terbit", writer, seen=2)
    with pytest.raises(NotPermitted):
        shelf.move("terbit", shelf.state, seen=2)
    # whoever writes to the table itself is held to it as well
    with pytest.raises(DBAPIError) as refused:
        owner.execute(
            text("""
            UPDATE ekasih.article_version SET state = 'terbit', published_at = now(), published_by = writers[1]
        """)
        )
    assert sqlstate_of(refused.value) == "23514"


def test_what_is_published_stands_and_the_next_version_takes_its_place(shelf: Shelf, owner: Connection) -> None:
    shelf.publish()
    shelf.save(title_ms="Bantuan sewa bulanan", seen=0)
    with shelf.reading(shelf.officer) as conn:
        found = articles.one(conn, "bantuan-sewa")
        assert found
        assert (found["title_ms"], found["open_number"]) == ("Bantuan sewa", None)
        assert [row["state"] for row in articles.versions(conn, "bantuan-sewa")] == ["terbit"]
    shelf.move("hantar")
    with pytest.raises(ArticleStands):
        shelf.save(title_ms="Lain", seen=1)
    shelf.move("terbit", shelf.second)
    with shelf.reading(shelf.first) as conn:
        assert [row["state"] for row in articles.versions(conn, "bantuan-sewa")] == ["terbit", "arkib"]
    for change in ("body_ms = 'lain'", "state = 'draf'"):
        with pytest.raises(DBAPIError) as refused, owner.begin_nested():
            owner.execute(text(f"UPDATE ekasih.article_version SET {change} WHERE number = 1"))
        assert sqlstate_of(refused.value) == "EK251"
    assert shelf.search(shelf.officer, "bulanan") == ["bantuan-sewa"]
    assert shelf.move("arkib", shelf.first) == "arkib"
    assert shelf.search(shelf.officer, "bulanan") == []


def test_a_draft_saved_meanwhile_is_not_written_over(shelf: Shelf) -> None:
    shelf.save()
    shelf.save(shelf.second, seen=1)
    with pytest.raises(StaleRecord):
        shelf.save(seen=1)
    with pytest.raises(StaleRecord):
        shelf.move("hantar", seen=1)
    assert shelf.move("buang", seen=2) == "buang"
    with shelf.reading(shelf.first) as conn:
        assert articles.one(conn, "bantuan-sewa") is None
    with pytest.raises(NotFound):
        shelf.move("hantar")


def test_an_english_text_older_than_the_malay_says_so_until_it_was_looked_at(shelf: Shelf) -> None:
    english = {"title_en": "Rent aid", "body_en": "## Who\n\nTenants."}

    def old() -> bool:
        with shelf.reading(shelf.officer) as conn:
            found = articles.one(conn, "bantuan-sewa")
        assert found
        return found["en_old"]

    shelf.publish(**english)
    assert old() is False
    shelf.publish(**english, body_ms="## Kelayakan\n\nDiubah.")
    assert old() is True
    shelf.publish(**english, body_ms="## Kelayakan\n\nDiubah.", en_same=True)
    assert old() is False


def test_who_may_not_write_saves_nothing_and_fields_are_looked_at(shelf: Shelf) -> None:
    for reader in (shelf.officer, shelf.agency):
        with pytest.raises(NotPermitted):
            shelf.save(reader)
    with pytest.raises(NotPermitted):
        shelf.save(shelf.state, audience="pentadbir")
    with pytest.raises(InvalidInput) as refused:
        shelf.save(slug="Ada Ruang", title_ms=" ", body_en="x" * 40_001, kind="lain")
    assert set(refused.value.problems) == {"slug", "title_ms", "title_en", "body_en", "kind"}


def test_what_readers_say_names_nobody_and_holds_no_long_number(shelf: Shelf, owner: Connection) -> None:
    shelf.publish()
    with shelf.writing(shelf.officer) as session:
        said_no = "No KP 810101-08-1117, telefon 012-345 6789, RM 1,200"
        tell_article(session, "bantuan-sewa", helpful=False, told=said_no)
        tell_article(session, "bantuan-sewa", helpful=True)
    with pytest.raises(NotFound), shelf.writing(shelf.agency) as session:
        tell_article(session, "bantuan-sewa", helpful=True)
    with shelf.reading(shelf.first) as conn:
        said = [row["told"] for row in articles.told(conn, "bantuan-sewa")]
        waits = articles.work(conn)
    assert said == ["", "No KP ••••••, telefon ••••••, RM 1,200"]
    assert [(row["yes"], row["no"]) for row in waits] == [(1, 1)]
    with shelf.reading(shelf.officer) as conn:
        assert articles.told(conn, "bantuan-sewa") == []
    columns = text("SELECT column_name FROM information_schema.columns WHERE table_name = 'article_feedback'")
    assert not {"user_id", "actor_id", "given_by", "given_at"} & set(owner.scalars(columns))
