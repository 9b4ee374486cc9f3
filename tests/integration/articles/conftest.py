"""A shelf of its own: two who write and publish, and a reader of each audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import Engine, text

from queries import articles
from registry.articles.articles import SaveArticle, move_article, save_article
from registry.principals import Principal, Role
from tests.world import Served, add_principal

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, kw_only=True)
class Shelf(Served):
    """Who is there."""

    first: Principal
    second: Principal
    state: Principal
    officer: Principal
    agency: Principal
    leader: Principal

    def save(self, who: Principal | None = None, **facts: Any) -> int:
        values: dict[str, Any] = {
            "slug": "bantuan-sewa", "kind": "panduan", "audience": "pegawai", "title_ms": "Bantuan sewa",
            "body_ms": "## Kelayakan\n\nUntuk penyewa rumah.",
        } | facts  # fmt: skip
        with self.writing(who or self.first) as session:
            return save_article(session, SaveArticle(**values))

    def move(self, step: str, who: Principal | None = None, *, seen: int = 1, slug: str = "bantuan-sewa") -> str:
        with self.writing(who or self.first) as session:
            return move_article(session, slug, step, seen=seen)

    def publish(self, **facts: Any) -> None:
        slug = facts.get("slug", "bantuan-sewa")
        seen = self.save(**facts)
        self.move("hantar", seen=seen, slug=slug)
        self.move("terbit", self.second, seen=seen, slug=slug)

    def search(self, who: Principal, asked: str, language: str = "ms") -> list[str]:
        with self.reading(who) as conn:
            return [row["slug"] for row in articles.found(conn, asked, language=language)[0]]


@pytest.fixture
def shelf(owner: Connection, web: Engine) -> Shelf:
    """No article but those that the test writes; the words of the same meaning stay."""
    owner.execute(text("DELETE FROM ekasih.article_search"))
    owner.execute(text("SET LOCAL session_replication_role = replica"))
    for table in ("article_translation", "article_version", "article"):
        owner.execute(text(f"DELETE FROM ekasih.{table}"))
    made = Shelf(
        web=web,
        first=add_principal(owner, "satu", Role.ADMINISTRATOR),
        second=add_principal(owner, "dua", Role.ADMINISTRATOR),
        state=add_principal(owner, "negeri", Role.STATE_OFFICE, "08"),
        officer=add_principal(owner, "pegawai", Role.OFFICER, "0803"),
        agency=add_principal(owner, "agensi", Role.AGENCY),
        leader=add_principal(owner, "ketua", Role.COMMUNITY_LEADER, "0803"),
    )
    owner.commit()
    return made
