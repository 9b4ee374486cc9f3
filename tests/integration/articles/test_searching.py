"""One box over both languages finds articles by their stems and by words of the same meaning; each audience its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from queries import articles
from registry.articles.articles import note_miss, note_read
from registry.articles.models import AUDIENCES

if TYPE_CHECKING:
    from tests.integration.articles.conftest import Shelf


def test_stems_synonyms_and_both_languages_find_the_article(shelf: Shelf) -> None:
    shelf.publish(title_en="Rent aid", body_en="## Who may apply\n\nFamilies who rent.")
    shelf.publish(slug="garis", title_ms="Bagaimana PGK dikira", body_ms="Garis bagi setiap negeri.")
    shelf.publish(slug="lain", title_ms="Kad pengenalan eKasih", body_ms="Satu kad bagi setiap keluarga.")
    for asked in ("sewa rumah", "penyewaan", "menyewa rumah", "rental", "help with rent", "kelayakn"):
        assert shelf.search(shelf.officer, asked)[:1] == ["bantuan-sewa"], asked
    for asked in ("pendapatan garis kemiskinan", "poverty line", "PGK"):
        assert shelf.search(shelf.officer, asked)[:1] == ["garis"], asked
    for nothing in ("", "dan yang", "xyzzy", "'); --", "& | !", "\x00"):
        assert shelf.search(shelf.officer, nothing.replace("\x00", "")) == []


def test_a_title_comes_before_a_heading_and_that_before_the_text(shelf: Shelf) -> None:
    shelf.publish(slug="teks", title_ms="Pertama", body_ms="Rayuan rayuan rayuan rayuan.")
    shelf.publish(slug="tajuk-kecil", title_ms="Kedua", body_ms="## Rayuan\n\nIsi.")
    shelf.publish(slug="tajuk", title_ms="Rayuan", body_ms="Isi.")
    assert shelf.search(shelf.officer, "rayuan") == ["tajuk", "tajuk-kecil", "teks"]
    with shelf.reading(shelf.officer) as conn:
        found, total = articles.found(conn, "rayuan", language="ms")
    assert total == 3
    assert "\x02Rayuan\x03" in found[2]["snippet"]


@pytest.mark.parametrize("slip", [False, True])
def test_no_role_finds_title_snippet_or_count_of_another_audience(shelf: Shelf, slip: bool) -> None:
    for audience in AUDIENCES:
        shelf.publish(slug=audience, audience=audience, title_ms=f"Khinzirqx {audience}", body_ms=f"Rahsia {audience}.")
    reads = {
        shelf.agency: {"awam", "agensi"},
        shelf.leader: {"awam", "agensi"},
        shelf.officer: {"awam", "agensi", "pegawai"},
        shelf.state: {"awam", "agensi", "pegawai"},
        shelf.first: set(AUDIENCES),
    }
    for who, expected in reads.items():
        with shelf.reading(who) as conn:
            found, total = articles.found(conn, "kinzirqx" if slip else "khinzirqx", language="ms")
            listed, in_all = articles.shelf(conn, kind="", limit=50)
            hidden = [articles.one(conn, other) for other in set(AUDIENCES) - expected]
            words = [articles.version(conn, other, 1) for other in set(AUDIENCES) - expected]
        assert {row["slug"] for row in found} == {row["slug"] for row in listed} == expected
        assert total == in_all == len(expected)
        assert not any(hidden)
        assert not any(words)
        said = " ".join(row["title"] + row["snippet"] for row in found)
        assert not any(f"Khinzirqx {other}" in said for other in set(AUDIENCES) - expected)


def test_drafts_are_no_readers(shelf: Shelf) -> None:
    shelf.save()
    assert shelf.search(shelf.first, "sewa") == []
    for reader, sees in ((shelf.officer, False), (shelf.agency, False), (shelf.state, True)):
        with shelf.reading(reader) as conn:
            assert (articles.one(conn, "bantuan-sewa") is not None) is sees
            assert (articles.version(conn, "bantuan-sewa", 1) is not None) is sees


def test_what_is_not_found_is_kept_unless_it_may_be_a_number(shelf: Shelf) -> None:
    with shelf.writing(shelf.officer) as session:
        for asked in ("Kereta  Percuma", "kereta percuma", "810101081117", "tel 012-345", "12-3-4-56 ya"):
            note_miss(session, asked)
    with shelf.reading(shelf.first) as conn:
        assert [(row["asked"], row["times"]) for row in articles.misses(conn)] == [("kereta percuma", 2)]
    with shelf.reading(shelf.officer) as conn:
        assert articles.misses(conn) == []


def test_what_is_opened_most_comes_first(shelf: Shelf) -> None:
    shelf.publish(slug="a", title_ms="A")
    shelf.publish(slug="b", title_ms="B")
    with shelf.writing(shelf.officer) as session:
        note_read(session, "b")
    with shelf.reading(shelf.officer) as conn:
        rows, _total = articles.shelf(conn, kind="", limit=9)
    assert [(row["slug"], row["reads"]) for row in rows] == [("b", 1), ("a", 0)]
