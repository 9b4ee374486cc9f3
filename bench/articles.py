"""Searches 5,000 articles in both languages, as people type: words, slips, what is not there."""

from __future__ import annotations

import random
import re
import time
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from bench.results import Result, median, told
from queries import articles
from registry.articles.models import AUDIENCES
from registry.articles.shipped import shipped_articles

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from bench.stage import Stage

ARTICLES: Final = 5_000
GOAL: Final = 0.1
_ASKED: Final = 400
_SENTENCES: Final = 40
_ARTICLE: Final = text("""
    WITH a AS (
        INSERT INTO ekasih.article (slug, kind, audience, review_on)
        VALUES (:slug, 'panduan', :audience, current_date) RETURNING id)
    INSERT INTO ekasih.article_version (article_id, number, state, title_ms, title_en, body_ms, body_en, kind, audience,
        en_at, published_at, shipped)
    SELECT id, 1, 'terbit', :title_ms, :title_en, :body_ms, :body_en, 'panduan', :audience, now(), now(), :slug FROM a
""")


def measure(place: Stage) -> Iterator[Result]:
    """How long a search takes, nineteen times in twenty."""
    database = "bench_articles"
    engine = place.copied(database)
    with engine.begin() as connection:
        _fill(connection)
        who = connection.execute(
            text("""
            INSERT INTO ekasih.app_user (login, display_name, role, territory, password_hash)
            VALUES ('bench', 'bench', 'officer', '{0803}', '!') RETURNING id
        """)
        ).scalar_one()
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE ekasih.article, ekasih.article_version, ekasih.article_search"))
    engine.dispose()
    web = place.web(database)
    with web.begin() as connection:
        connection.execute(text("SELECT ekasih.act_as(:who)"), {"who": who})
        took = sorted(_seconds(connection, asked) for asked in _questions())
    web.dispose()
    late = took[int(len(took) * 0.95)]
    yield Result(
        f"search of {ARTICLES:,} articles in both languages, p95 of {len(took)}", told(late),
        f"median {told(median(took))}", "",
        f"<= {told(GOAL)}", late <= GOAL,
    )  # fmt: skip


def _seconds(connection: Connection, asked: str) -> float:
    began = time.perf_counter()
    articles.found(connection, asked, language="ms")
    return time.perf_counter() - began


def _fill(connection: Connection) -> None:
    """Articles of the sentences of those that come along, shuffled, each with words of its own."""
    chance = random.Random(1)
    said = {language: _sentences(language) for language in ("ms", "en")}
    titles = [(article.facts["title"], article.title_en) for article in shipped_articles()]
    rows = []
    for number in range(ARTICLES):
        title_ms, title_en = chance.choice(titles)
        bodies = {
            f"body_{language}": "\n\n".join(["## " + chance.choice(lines)[:60], *chance.choices(lines, k=_SENTENCES)])
            for language, lines in said.items()
        }
        rows.append(
            {"slug": f"bench-{number}", "audience": AUDIENCES[number % len(AUDIENCES)],
             "title_ms": f"{title_ms} {number}",
             "title_en": f"{title_en} {number}", **bodies}
        )  # fmt: skip
    connection.execute(_ARTICLE, rows)


def _sentences(language: str) -> list[str]:
    bodies = (article.body_ms if language == "ms" else article.body_en for article in shipped_articles())
    return [line for body in bodies for line in re.split(r"(?<=\.)\s+|\n+", body) if len(line) > 20]


def _questions() -> Iterator[str]:
    chance = random.Random(2)
    words = [
        word for language in ("ms", "en") for line in _sentences(language) for word in re.findall(r"[a-zA-Z]{4,}", line)
    ]
    for number in range(_ASKED):
        asked = chance.sample(words, k=1 + number % 3)
        if number % 5 == 0:  # a slip: two letters in the wrong order
            asked[0] = asked[0][:2] + asked[0][2:4][::-1] + asked[0][4:]
        yield " ".join(asked)
