"""Brings the articles that come with the program onto the shelf; those that were written on here stay as they are."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select, text

from registry.articles.markdown import cleaned
from registry.articles.models import TRANSLATED, ArticleSynonym, ArticleTranslation
from registry.status.models import Setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

FOLDER: Final = Path(__file__).parents[2] / "data" / "articles"
_CHECKSUM: Final = "articles.sha256"
_BEFORE: Final = text("""
    SELECT a.id, max(v.number) AS number, bool_or(v.shipped IS NULL) AS written_here,
        max(v.shipped) FILTER (WHERE v.state = 'terbit') AS shipped
    FROM ekasih.article AS a JOIN ekasih.article_version AS v ON v.article_id = a.id
    WHERE a.slug = :slug GROUP BY a.id
""")
_ARTICLE: Final = text("""
    INSERT INTO ekasih.article (slug, kind, audience, screens, review_on)
    VALUES (:slug, :kind, :audience, :screens, current_date + interval '12 months') RETURNING id
""")
_END: Final = text("""
    UPDATE ekasih.article_version SET state = 'arkib', ended_at = now() WHERE article_id = :id AND state = 'terbit'
""")
_VERSION: Final = text("""
    INSERT INTO ekasih.article_version (article_id, number, state, title_ms, title_en, body_ms, body_en, kind, audience,
        screens, en_at, published_at, shipped)
    VALUES (:id, :number, 'terbit', :title_ms, :title_en, :body_ms, :body_en, :kind, :audience, :screens, now(), now(),
        :shipped)
""")
_TRANSLATION: Final = text("""
    INSERT INTO ekasih.article_translation (article_id, language, title, body, made_from)
    SELECT a.id, :language, :title, :body, :made_from FROM ekasih.article AS a
    WHERE a.slug = :slug AND EXISTS (
        SELECT FROM ekasih.article_version AS v WHERE v.article_id = a.id AND v.shipped IS NOT NULL)
""")


@dataclass(frozen=True, slots=True)
class ShippedArticle:
    """An article as its two files say it."""

    slug: str
    facts: dict[str, str]
    title_en: str
    body_ms: str
    body_en: str

    def values(self) -> dict[str, object]:
        """What its row and its version hold."""
        return {
            "slug": self.slug,
            "kind": self.facts["kind"],
            "audience": self.facts["audience"],
            "screens": self.facts.get("screens", "").split(),
            "title_ms": self.facts["title"],
            "title_en": self.title_en,
            "body_ms": self.body_ms,
            "body_en": self.body_en,
        }

    @property
    def checksum(self) -> str:
        """Changes with what it says."""
        return hashlib.sha256(repr(sorted(self.values().items())).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class ShippedTranslation:
    """An article in a further language, with the mark of the Malay words it was made from."""

    slug: str
    language: str
    title: str
    body: str
    made_from: str


def malay_mark(title: str, body: str) -> str:
    """What a translation says it was made from; the view of the portal works it out in the same way."""
    return hashlib.sha256(f"{title}\n{body}".encode()).hexdigest()[:16]


def shipped_translations(folder: Path = FOLDER) -> Iterator[ShippedTranslation]:
    """The translations of a folder, beside the files of their articles."""
    for language in TRANSLATED:
        for path in sorted(folder.glob(f"*.{language}.md")):
            facts, body = _read(path)
            slug = path.name.removesuffix(f".{language}.md")
            yield ShippedTranslation(slug, language, facts["title"], body, facts["made_from"])


def shipped_articles(folder: Path = FOLDER) -> Iterator[ShippedArticle]:
    """The articles of a folder, each a file in Malay and one in English: lines ``name: value``, then the text."""
    for path in sorted(folder.glob("*.ms.md")):
        slug = path.name.removesuffix(".ms.md")
        facts, body_ms = _read(path)
        facts_en, body_en = _read(path.with_name(f"{slug}.en.md"))
        yield ShippedArticle(slug, facts, facts_en["title"], body_ms, body_en)


def load_articles(connection: Connection, *, folder: Path = FOLDER) -> None:
    """Publish what the program brings along; quick where nothing has changed since the last time.

    An update makes a new version. An article of which somebody here has written a version is theirs.
    """
    paths = sorted(folder.iterdir())
    checksum = hashlib.sha256(b"".join(path.name.encode() + path.read_bytes() for path in paths)).hexdigest()
    if connection.scalar(select(Setting.value).where(Setting.key == _CHECKSUM)) == checksum:
        return
    connection.execute(delete(ArticleSynonym))
    connection.execute(insert(ArticleSynonym), list(_synonyms(folder / "synonyms.csv")))
    for article in shipped_articles(folder):
        _publish(connection, article)
    connection.execute(delete(ArticleTranslation))
    for translation in shipped_translations(folder):
        connection.execute(_TRANSLATION, asdict(translation))
    connection.execute(delete(Setting).where(Setting.key == _CHECKSUM))
    connection.execute(insert(Setting).values(key=_CHECKSUM, value=checksum))


def _publish(connection: Connection, article: ShippedArticle) -> None:
    values = article.values()
    before = connection.execute(_BEFORE, {"slug": article.slug}).one_or_none()
    if before is None:
        made, number = int(connection.execute(_ARTICLE, values).scalar_one()), 1
    elif before.written_here or before.shipped in {article.checksum, None}:
        return
    else:
        made, number = before.id, before.number + 1
        connection.execute(_END, {"id": made})
    connection.execute(_VERSION, {**values, "id": made, "number": number, "shipped": article.checksum})


def _synonyms(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.reader(file):
            for phrase in row:
                yield {"phrase": phrase.strip(), "meaning": row[0].strip()}


def _read(path: Path) -> tuple[dict[str, str], str]:
    head, _, body = path.read_text(encoding="utf-8").partition("\n---\n")
    facts = dict(line.split(": ", 1) for line in head.removeprefix("---\n").splitlines())
    return facts, cleaned(body)
