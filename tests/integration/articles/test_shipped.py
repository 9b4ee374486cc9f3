"""What the program brings along is published when it is built, and never written over what was written here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from queries import articles
from registry.articles.shipped import load_articles, shipped_articles
from registry.db import reading
from registry.principals import DEFAULT_PERMISSIONS, Role
from tests.world import add_principal

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection, Engine

    from tests.integration.articles.conftest import Shelf


def test_each_role_opens_the_articles_of_its_pages(owner: Connection, web: Engine) -> None:
    from dashboard.pages.catalogue import PAGES

    people = {role: add_principal(owner, f"ilmu.{role}", role) for role in Role}
    owner.commit()
    explained = {name for article in shipped_articles() for name in article.facts.get("screens", "").split()}
    missing = []
    for role, person in people.items():
        with reading(web, person) as conn:
            missing += [
                (role, page.about.name)
                for page in PAGES
                if page.about
                and page.about.name in explained
                and page.permission in DEFAULT_PERMISSIONS[role]
                and articles.explaining(conn, page.about.name) is None
            ]
    assert missing == []


@pytest.mark.parametrize("asked", ["sewa rumah", "penyewaan", "house rent", "rental of a home"])
def test_help_with_rent_is_found_by_what_people_say(owner: Connection, web: Engine, asked: str) -> None:
    person = add_principal(owner, "ilmu.pembaca", Role.PLANNER)
    owner.commit()
    with reading(web, person) as conn:
        found, _total = articles.found(conn, asked, language="ms")
    assert found[0]["slug"] == "bantuan-sewa"


def files(folder: Path, body: str) -> Path:
    (folder / "synonyms.csv").write_text("rumah,house\n")
    (folder / "bantuan-sewa.ms.md").write_text(
        f"---\ntitle: Bantuan sewa\nkind: panduan\naudience: awam\n---\n{body}\n"
    )
    (folder / "bantuan-sewa.en.md").write_text("---\ntitle: Rent\n---\nText\n")
    return folder


def test_an_update_makes_a_version_until_somebody_writes_one(shelf: Shelf, owner: Connection, tmp_path: Path) -> None:
    numbers = text("SELECT number, state, shipped IS NOT NULL FROM ekasih.article_version ORDER BY number")
    for body in ("Satu", "Satu", "Dua"):
        load_articles(owner, folder=files(tmp_path, body))
        owner.commit()
    assert [tuple(row) for row in owner.execute(numbers)] == [(1, "arkib", True), (2, "terbit", True)]
    shelf.publish(audience="awam", seen=0)
    load_articles(owner, folder=files(tmp_path, "Tiga"))
    owner.commit()
    assert [tuple(row) for row in owner.execute(numbers)][1:] == [(2, "arkib", True), (3, "terbit", False)]
    assert shelf.search(shelf.agency, "Tiga") == []


def test_a_translation_comes_along_with_its_article_and_goes_with_its_file(
    shelf: Shelf, owner: Connection, tmp_path: Path
) -> None:
    kept = text("SELECT slug, language, title FROM portal.article_translation")
    chinese = files(tmp_path, "Satu") / "bantuan-sewa.zh.md"
    chinese.write_text("---\ntitle: 租房援助\nmade_from: 0\n---\n正文\n", encoding="utf-8")
    # written here alone under the same name as a file: that is another article
    (tmp_path / "tulisan-sini.ta.md").write_text("---\ntitle: வேறு\nmade_from: 0\n---\nஉரை\n", encoding="utf-8")
    shelf.publish(slug="tulisan-sini", audience="awam")
    for _ in range(2):
        load_articles(owner, folder=tmp_path)
        assert [tuple(row) for row in owner.execute(kept)] == [("bantuan-sewa", "zh", "租房援助")]
    chinese.unlink()
    load_articles(owner, folder=tmp_path)
    assert owner.execute(kept).all() == []
