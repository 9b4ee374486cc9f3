"""The tables of articles."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Text,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from registry.base import Base

KINDS: Final = ("panduan", "soalan_lazim", "prosedur", "pekeliling", "amalan_terbaik")
AUDIENCES: Final = ("awam", "pegawai", "agensi", "pentadbir")
FILE_KINDS: Final = ("pdf", "docx", "xlsx", "ods")
STATES: Final = ("draf", "semakan", "terbit", "arkib")
TRANSLATED: Final = ("zh", "ta")
"""Languages of the portal in which some articles stand besides Malay and English."""


class Article(Base):
    """An article, whatever its versions say; it stands on a shelf while one of them is published.

    Kind, audience and screens are those of the version that is published, of the first one before that. ``screens`` are
    the pages that it explains, by the names of what they say of themselves.
    """

    __tablename__ = "article"
    __table_args__ = (
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"audience IN {AUDIENCES}", name="audience"),
        CheckConstraint("slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$' AND length(slug) <= 80", name="slug"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    slug: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    screens: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    review_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())


class ArticleVersion(Base):
    """What an article says; once it is sent for review its words stand.

    ``writers`` are all who saved something of it, none for one that came with the program: ``shipped`` is the checksum
    of its files. ``ms_at`` and ``en_at`` say when the words of a language last became others.
    """

    __tablename__ = "article_version"
    __table_args__ = (
        UniqueConstraint("article_id", "number"),
        CheckConstraint(f"state IN {STATES}", name="state"),
        CheckConstraint(f"kind IN {KINDS}", name="kind"),
        CheckConstraint(f"audience IN {AUDIENCES}", name="audience"),
        CheckConstraint("btrim(title_ms) <> '' AND length(title_ms) <= 160 AND length(title_en) <= 160", name="title"),
        CheckConstraint("length(body_ms) <= 40000 AND length(body_en) <= 40000", name="body"),
        CheckConstraint("published_by <> ALL (writers)", name="two_persons"),
        CheckConstraint("(shipped IS NOT NULL) = (writers = '{}')", name="shipped"),
        CheckConstraint(
            "state IN ('draf', 'semakan') OR (published_at IS NOT NULL"
            " AND (shipped IS NOT NULL OR published_by IS NOT NULL))",
            name="published",
        ),
        Index("article_version_published_key", "article_id", unique=True, postgresql_where=text("state = 'terbit'")),
        Index(
            "article_version_open_key",
            "article_id",
            unique=True,
            postgresql_where=text("state IN ('draf', 'semakan')"),
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(Text, server_default=text("'draf'"))
    title_ms: Mapped[str] = mapped_column(Text)
    title_en: Mapped[str] = mapped_column(Text, server_default=text("''"))
    body_ms: Mapped[str] = mapped_column(Text, server_default=text("''"))
    body_en: Mapped[str] = mapped_column(Text, server_default=text("''"))
    note: Mapped[str] = mapped_column(Text, server_default=text("''"))
    kind: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    screens: Mapped[list[str]] = mapped_column(ARRAY(Text), server_default=text("'{}'"))
    ms_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    en_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    writers: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default=text("'{}'"))
    saved: Mapped[int] = mapped_column(server_default=text("1"))
    saved_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    published_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    published_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    ended_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    shipped: Mapped[str | None] = mapped_column(Text)


class ArticleTranslation(Base):
    """An article in a further language, as the program brings it along.

    ``made_from`` is the mark of the Malay title and body that it was made from: where those that are published have
    another one, it is older than they are.
    """

    __tablename__ = "article_translation"
    __table_args__ = (
        CheckConstraint(f"language IN {TRANSLATED}", name="language"),
        CheckConstraint("btrim(title) <> '' AND length(title) <= 160 AND length(body) <= 40000", name="words"),
    )

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    language: Mapped[str] = mapped_column(Text, primary_key=True)
    title: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    made_from: Mapped[str] = mapped_column(Text)


class ArticleSearch(Base):
    """What is searched of a published article or file in one language; kept by the database itself.

    ``lead`` holds the words of title and headings, ``words`` those of the body as well.
    """

    __tablename__ = "article_search"
    __table_args__ = (
        UniqueConstraint("article_id", "language"),
        UniqueConstraint("file_id", "language"),
        CheckConstraint("num_nonnulls(article_id, file_id) = 1", name="of_one"),
        Index("article_search_words_idx", "words", postgresql_using="gin"),
        Index("article_search_lead_idx", "lead", postgresql_using="gin"),
        Index("article_search_heads_idx", "heads", postgresql_using="gin", postgresql_ops={"heads": "gin_trgm_ops"}),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    article_id: Mapped[int | None] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    file_id: Mapped[int | None] = mapped_column(ForeignKey("library_file.id", ondelete="CASCADE"))
    language: Mapped[str] = mapped_column(Text)
    audience: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)
    title: Mapped[str] = mapped_column(Text)
    heads: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    lead: Mapped[Any] = mapped_column(TSVECTOR)
    words: Mapped[Any] = mapped_column(TSVECTOR)


class LibraryFile(Base):
    """A file to take away, with where it is from; shown to readers once somebody else than who added it publishes it.

    ``content`` is the text of a PDF, read by a job. A file that ``replaces`` another is its next version.
    """

    __tablename__ = "library_file"
    __table_args__ = (
        CheckConstraint(f"kind IN {FILE_KINDS}", name="kind"),
        CheckConstraint(f"audience IN {AUDIENCES}", name="audience"),
        CheckConstraint("published_by <> added_by", name="two_persons"),
        CheckConstraint(
            "published_at IS NULL OR (published_by IS NOT NULL AND title_ms <> '' AND source <> '' AND licence <> ''"
            " AND dated IS NOT NULL)",
            name="facts",
        ),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    file_name: Mapped[str] = mapped_column(Text)
    stored_name: Mapped[str] = mapped_column(Text, unique=True)
    kind: Mapped[str] = mapped_column(Text)
    sha256: Mapped[str] = mapped_column(Text)
    bytes: Mapped[int] = mapped_column(BigInteger)
    title_ms: Mapped[str] = mapped_column(Text, server_default=text("''"))
    title_en: Mapped[str] = mapped_column(Text, server_default=text("''"))
    audience: Mapped[str] = mapped_column(Text, server_default=text("'pegawai'"))
    source: Mapped[str] = mapped_column(Text, server_default=text("''"))
    licence: Mapped[str] = mapped_column(Text, server_default=text("''"))
    dated: Mapped[date | None]
    version: Mapped[int] = mapped_column(server_default=text("1"))
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("library_file.id"))
    content: Mapped[str] = mapped_column(Text, server_default=text("''"))
    read_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    added_by: Mapped[int] = mapped_column(ForeignKey("app_user.id"))
    added_at: Mapped[datetime] = mapped_column(DateTime(timezone=True), server_default=func.now())
    published_by: Mapped[int | None] = mapped_column(ForeignKey("app_user.id"))
    published_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))
    withdrawn_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True))


class ArticleSynonym(Base):
    """Words that mean the same, in either language; ``meaning`` is what they have in common."""

    __tablename__ = "article_synonym"

    phrase: Mapped[str] = mapped_column(Text, primary_key=True)
    meaning: Mapped[str] = mapped_column(Text, index=True)


class ArticleMiss(Base):
    """What was searched and not found, for who owns articles; nothing of who searched."""

    __tablename__ = "article_miss"
    __table_args__ = (CheckConstraint("length(asked) <= 100", name="asked"),)

    shelf: Mapped[str] = mapped_column(Text, primary_key=True)
    asked: Mapped[str] = mapped_column(Text, primary_key=True)
    times: Mapped[int] = mapped_column(server_default=text("1"))
    last_on: Mapped[date] = mapped_column(server_default=func.current_date())


class ArticleFeedback(Base):
    """Whether an article helped, and up to 200 characters; nobody is named."""

    __tablename__ = "article_feedback"
    __table_args__ = (
        CheckConstraint("length(told) <= 200", name="told"),
        Index(None, "article_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(), primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"))
    version: Mapped[int]
    shelf: Mapped[str] = mapped_column(Text)
    helpful: Mapped[bool]
    told: Mapped[str] = mapped_column(Text, server_default=text("''"))
    given_on: Mapped[date] = mapped_column(server_default=func.current_date())


class ArticleRead(Base):
    """How often an article was opened in a month."""

    __tablename__ = "article_read"

    article_id: Mapped[int] = mapped_column(ForeignKey("article.id", ondelete="CASCADE"), primary_key=True)
    month: Mapped[date] = mapped_column(primary_key=True)
    times: Mapped[int] = mapped_column(server_default=text("0"))
