"""The public reads articles, files and programmes of its own, searches them, and says whether they helped."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from portal.language import COOKIE
from registry.articles.library import FILES
from words import words_of

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection
    from werkzeug.test import TestResponse

    from tests.integration.portal.conftest import Visitor

_END = text("UPDATE ekasih.article_version SET state = 'arkib', ended_at = now()"
            " WHERE state = 'terbit' AND article_id = (SELECT id FROM ekasih.article WHERE slug = :slug)")  # fmt: skip
_NEXT = text("""
    INSERT INTO ekasih.article_version (article_id, number, state, title_ms, title_en, body_ms, body_en, kind, audience,
        published_at, shipped)
    SELECT v.article_id, v.number + 1, 'terbit', v.title_ms, 'Words', v.body_ms || :more, 'Others', v.kind, v.audience,
        now(), 'uji'
    FROM ekasih.article_version AS v JOIN ekasih.article AS a ON a.id = v.article_id
    WHERE a.slug = :slug ORDER BY v.number DESC LIMIT 1
""")
_TRANSLATE = text("""
    INSERT INTO ekasih.article_translation (article_id, language, title, body, made_from)
    SELECT id, 'zh', '入户探访', '官员的探访', '0' FROM ekasih.article WHERE slug = 'lawatan'
""")
_OTHERS = text("SELECT slug, title_ms FROM ekasih.article JOIN ekasih.article_version ON article_id = article.id"
               " WHERE article.audience <> 'awam'")  # fmt: skip
_PROGRAMME = """
    INSERT INTO ekasih.agency (code, name_ms, name_en, kind) VALUES ('UJI', 'Agensi uji', 'Trial agency', 'zakat');
    INSERT INTO ekasih.aid_programme (agency_id, code, name_ms, name_en, state)
        SELECT id, 'SEWA', 'Sewa uji', 'Trial rent', 'dibuka' FROM ekasih.agency WHERE code = 'UJI';
    INSERT INTO ekasih.aid_programme (agency_id, code, name_ms, name_en, state)
        SELECT id, 'TUTUP', 'Program ditutup', 'Closed one', 'ditutup' FROM ekasih.agency WHERE code = 'UJI';
    INSERT INTO ekasih.aid_kind (programme_id, code, name_ms, name_en, need_code, form, recipient, frequency, coverage)
        SELECT id, 'TUNAI', 'Wang sewa', 'Rent money', 'SEWA', 'tunai', 'isi_rumah', 'bulanan', 'bulan'
        FROM ekasih.aid_programme;
    INSERT INTO ekasih.aid_conditions (programme_id, from_date, conditions, made_by)
        SELECT id, current_date,
            '[{"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": ["tegar", "miskin"]}]', 'uji'
        FROM ekasih.aid_programme WHERE code = 'SEWA'
"""


def said(answer: TestResponse) -> str:
    assert answer.status_code == HTTPStatus.OK
    return answer.get_data(as_text=True)


def test_the_public_shelf_shows_nothing_of_another_audience(visitor: Visitor, owner: Connection) -> None:
    others = owner.execute(_OTHERS).all()
    assert len(others) > 10
    shelf = said(visitor.get("/awam/ilmu"))
    assert 'href="/awam/ilmu/bantuan-sewa"' in shelf
    for slug, title in others:
        assert f"/{slug}" not in shelf
        assert title not in shelf
        assert visitor.get(f"/awam/ilmu/{slug}").status_code == HTTPStatus.NOT_FOUND
        assert visitor.send(f"/awam/ilmu/{slug}", {"membantu": "ya"}).status_code == HTTPStatus.NOT_FOUND
        found = said(visitor.post("/awam/ilmu", {"cari": title}))
        assert f"/{slug}" not in found
    assert owner.scalar(text("SELECT count(*) FROM ekasih.article_feedback")) == 0


def test_a_search_is_sent_by_post_and_kept_where_it_found_nothing(visitor: Visitor, owner: Connection) -> None:
    found = said(visitor.post("/awam/ilmu", {"cari": "sewa rumah"}))
    assert found.index('href="/awam/ilmu/bantuan-sewa"') < found.index("</ul>")
    assert "<mark>" in found
    hostile = said(visitor.post("/awam/ilmu", {"cari": '<script>alert("x")</script> 900101-08-1234'}))
    assert "<script>alert" not in hostile
    said(visitor.post("/awam/ilmu", {"cari": "zzqxv wwpk"}))
    misses = owner.execute(text("SELECT shelf, asked FROM ekasih.article_miss")).all()
    assert [tuple(row) for row in misses] == [("awam", "zzqxv wwpk")]


def test_an_article_stands_in_the_readers_language_with_the_other_behind(visitor: Visitor) -> None:
    for language, first in (("ms", "Bantuan sewa rumah"), ("en", "Help with house rent"), ("ta", "Bantuan sewa rumah")):
        answer = visitor.client.get("/awam/ilmu/bantuan-sewa", headers={"Cookie": f"{COOKIE}={language}"})
        page = said(answer)
        assert f"<h1>{first}</h1>" in page
        assert {"Bantuan sewa rumah", "Help with house rent"} <= {
            part.split("<")[0] for part in page.replace("<summary", ">").split(">")
        }


def test_feedback_is_sent_with_a_proof_and_names_nobody(visitor: Visitor, owner: Connection) -> None:
    answer = {"membantu": "tidak", "kurang": "Saya 900101-08-1234 tidak faham"}
    waits = said(visitor.send("/awam/ilmu/bantuan-sewa", answer, proof=""))
    assert 'name="kurang"' in waits
    said(visitor.send("/awam/ilmu/bantuan-sewa", answer))
    kept = owner.execute(text("SELECT shelf, helpful, told FROM ekasih.article_feedback")).all()
    assert [tuple(row) for row in kept] == [("awam", False, "Saya •••••• tidak faham")]
    logged = owner.execute(text("SELECT actor, after::text FROM ekasih.audit_log WHERE action = 'tell_article'")).one()
    assert tuple(logged) == ("portal", '{"slug": "bantuan-sewa"}')


def test_a_language_is_switched_without_losing_what_was_typed(visitor: Visitor) -> None:
    shelf = said(visitor.post("/awam/ilmu", {"cari": "sewa", "bahasa": "en"}))
    assert 'value="sewa"' in shelf
    assert '<html lang="en">' in shelf
    page = said(visitor.post("/awam/ilmu/bantuan-sewa", {"kurang": "Lagi contoh", "membantu": "ya", "bahasa": "en"}))
    assert "Lagi contoh" in page
    assert "Help with house rent" in page


@pytest.mark.parametrize(("audience", "status"), [("awam", HTTPStatus.OK), ("pegawai", HTTPStatus.NOT_FOUND)])
def test_a_file_is_sent_as_an_attachment(
    visitor: Visitor, owner: Connection, tmp_path: Path, audience: str, status: HTTPStatus
) -> None:
    with FILES.adding(tmp_path, b"%PDF-1.7 x", "pdf") as name:
        made = owner.execute(
            text("""
                WITH u AS (
                    INSERT INTO ekasih.app_user (login, display_name, role, territory, password_hash)
                    VALUES ('a', 'a', 'national', '{}', '!'), ('b', 'b', 'national', '{}', '!') RETURNING id)
                INSERT INTO ekasih.library_file (file_name, stored_name, kind, sha256, bytes, title_ms, audience,
                    source, licence, dated, added_by, published_by, published_at)
                SELECT 'x.pdf', :name, 'pdf', '-', 10, 'Borang uji', :audience, 'Uji', 'CC BY', current_date, min(id),
                    max(id), now() FROM u RETURNING id
            """),
            {"name": name, "audience": audience},
        ).scalar_one()
        owner.commit()
    assert ("Borang uji" in said(visitor.get("/awam/ilmu/fail"))) == (audience == "awam")
    taken = visitor.get(f"/awam/ilmu/fail/{made}")
    assert taken.status_code == status
    if status == HTTPStatus.OK:
        assert taken.headers["Content-Disposition"].startswith("attachment; ")
        assert taken.headers["X-Content-Type-Options"] == "nosniff"
        assert taken.mimetype == "application/pdf"


def test_the_guide_tells_which_aid_is_for_whom_today(visitor: Visitor, owner: Connection) -> None:
    for statement in _PROGRAMME.split(";\n"):
        owner.exec_driver_sql(statement)
    owner.commit()
    for language, words in (
        ("ms", ("Sewa uji", "Agensi uji", "Wang sewa", "miskin tegar", "setiap bulan")),
        ("en", ("Trial rent", "Trial agency", "Rent money", "hardcore poor", "each month")),
        ("zh", ("Sewa uji", "每月")),
    ):
        page = said(visitor.client.get("/awam/bantuan", headers={"Cookie": f"{COOKIE}={language}"}))
        assert [word for word in words if word.lower() not in page.lower()] == []
        assert "Program ditutup" not in page
        assert "Closed one" not in page
        assert 'href="/awam/ilmu/bantuan-sewa"' in page


def told_in(visitor: Visitor, language: str, path: str) -> str:
    return said(visitor.client.get(path, headers={"Cookie": f"{COOKIE}={language}"}))


def found_in(visitor: Visitor, language: str, asked: str) -> list[tuple[str, str]]:
    answer = visitor.client.post("/awam/ilmu", data={"cari": asked}, headers={"Cookie": f"{COOKIE}={language}"})
    return re.findall(r'<h2 lang="(\w+)"><a href="/awam/ilmu/([^"]+)"', said(answer))


@pytest.mark.parametrize(("language", "title", "sentence"), [
    ("zh", "如何在 eKasih 登记", "登记完全免费"), ("ta", "eKasih-இல் பதிவு செய்வது எப்படி", "பதிவு இலவசம்"),
])  # fmt: skip
def test_ten_articles_stand_in_chinese_and_tamil_as_not_yet_checked(
    visitor: Visitor, language: str, title: str, sentence: str
) -> None:
    words = words_of(language)
    shelf = told_in(visitor, language, "/awam/ilmu")
    assert f'href="/awam/ilmu/cara-mendaftar" lang="{language}">{title}</a>' in shelf
    assert len(re.findall(rf'/awam/ilmu/[^"]+" lang="{language}"', shelf)) == 10
    assert 'lang="ms">Bantuan sewa rumah</a>' in shelf
    assert words("ilmu.some_malay") in shelf
    page = told_in(visitor, language, "/awam/ilmu/cara-mendaftar")
    assert f'<article lang="{language}"' in page
    assert f"<h1>{title}</h1>" in page
    assert sentence in page
    assert '<summary lang="ms">Cara mendaftar dalam eKasih</summary>' in page
    assert words("portal.unchecked") in page
    assert words("ilmu.own_old") not in page
    assert words("ilmu.only_malay") not in page
    untranslated = told_in(visitor, language, "/awam/ilmu/bantuan-sewa")
    assert words("ilmu.only_malay") in untranslated
    assert '<article lang="ms"' in untranslated


def test_a_translation_is_older_once_the_malay_is_another(visitor: Visitor, owner: Connection) -> None:
    slug, older = {"slug": "maklumat-anda"}, {language: words_of(language)("ilmu.own_old") for language in ("zh", "ta")}
    for more, is_older in (("", False), (" Lagi satu ayat.", True)):
        owner.execute(_END, slug)
        owner.execute(_NEXT, slug | {"more": more})
        owner.commit()
        for language, words in older.items():
            assert (words in told_in(visitor, language, "/awam/ilmu/maklumat-anda")) == is_older, (language, more)
    for language in ("ms", "en"):
        assert words_of(language)("ilmu.own_old") not in told_in(visitor, language, "/awam/ilmu/maklumat-anda")


def test_a_search_finds_what_is_written_in_the_readers_language(visitor: Visitor, owner: Connection) -> None:
    owner.execute(_TRANSLATE)
    owner.commit()
    for language, asked, slug in (
        ("zh", "怎么登记", "cara-mendaftar"), ("zh", "贫穷线 如何计算", "cara-pgk-dikira"),
        ("zh", "上诉", "keputusan-dan-rayuan"),
        ("ta", "பதிவு செய்வது எப்படி", "cara-mendaftar"), ("ta", "மேல்முறையீட்டில்", "keputusan-dan-rayuan"),
        ("zh", "sara hidup", "bantuan-sara-hidup"), ("ta", "income support", "bantuan-sara-hidup"),
    ):  # fmt: skip
        assert found_in(visitor, language, asked)[0] == (language, slug), asked
    assert found_in(visitor, "zh", "sewa rumah")[0] == ("ms", "bantuan-sewa")
    assert found_in(visitor, "ms", "登记") == []
    # it is an officers' article: neither is its title found nor what it says
    assert "lawatan" not in {slug for _language, slug in found_in(visitor, "zh", "入户探访")}
    assert "入户探访" not in told_in(visitor, "zh", "/awam/ilmu")
    assert found_in(visitor, "zh", "量子纠缠") == []
    assert owner.scalars(text("SELECT asked FROM ekasih.article_miss WHERE asked = '量子纠缠'")).all() == ["量子纠缠"]


def test_a_page_switched_by_its_form_is_told_in_that_language(visitor: Visitor) -> None:
    page = said(visitor.post("/awam/ilmu/maklumat-anda", {"kurang": "Lagi", "membantu": "ya", "bahasa": "zh"}))
    assert "<h1>谁可以看到我的资料" in page
    assert "Lagi" in page
