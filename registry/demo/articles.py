"""What the sample adds to Pangkalan Ilmu: articles under way, answers of readers, searches in vain, and a file."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select, text

from registry.accounts.models import AppUser
from registry.articles.articles import SaveArticle, move_article, note_miss, note_read, save_article, tell_article
from registry.articles.library import DescribeFile, describe_file, keep_file, move_file, read_file
from registry.db import writing
from registry.principals import Principal, Role
from registry.uploads.taking_in import Upload

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sqlalchemy import Engine

_PEOPLE: Final = ("icu", "pentadbir", "ppn.perak", "pegawai.kinta", "agensi")
_ANSWERS: Final = (
    ("status-isi-rumah", True, ""), ("status-isi-rumah", True, "Jelas"), ("bantuan-sewa", False, "Mana borangnya?"),
    ("bantuan-sewa", True, ""), ("lawatan", True, ""), ("kes-dan-borang", False, "Gambar langkah akan membantu"),
    ("rekod-isi-rumah", True, ""), ("log-audit", True, ""),
)  # fmt: skip
_MISSES: Final = ("kereta sorong", "kereta sorong", "yuran mengaji quran", "baja subsidi")
_SLUG: Final = "soalan-di-kaunter-contoh"
_THERE: Final = text("SELECT EXISTS (SELECT FROM ekasih.article WHERE slug = :slug)")


def load_articles_sample(engine: Engine, *, home: Path | None, today: date) -> None:
    """Add them, all marked as samples; nothing where they are there."""
    with engine.connect() as connection:
        if connection.scalar(_THERE, {"slug": _SLUG}):
            return
        accounts = select(AppUser.login, AppUser.id, AppUser.role, AppUser.territory).where(AppUser.login.in_(_PEOPLE))
        people = {
            row.login: Principal(row.id, row.login, row.login, Role(row.role), tuple(row.territory))
            for row in connection.execute(accounts)
        }
    _written(engine, people)
    _said(engine, people)
    if home is not None:
        _filed(engine, people, home, today)


def _written(engine: Engine, people: dict[str, Principal]) -> None:
    waiting = SaveArticle(
        slug=_SLUG, kind="amalan_terbaik", audience="pegawai", title_ms="Soalan di kaunter (contoh)",
        title_en="Questions at the counter (sample)",
        body_ms="Artikel contoh.\n\n- Tanya satu soalan pada satu masa.\n- Baca semula jawapan kepada pemohon.",
        body_en="A sample article.\n\n- Ask one question at a time.\n- Read the answer back to the applicant.",
    )  # fmt: skip
    draft = SaveArticle(
        slug="musim-tengkujuh-contoh", kind="pekeliling", audience="pegawai", title_ms="Musim tengkujuh (contoh)",
        body_ms="Artikel contoh.\n\n1. Semak isi rumah di kawasan rendah.\n2. Kemas kini nombor telefon.",
    )  # fmt: skip
    with writing(engine, people["icu"]) as session:
        seen = save_article(session, waiting)
        move_article(session, waiting.slug, "hantar", seen=seen)
    with writing(engine, people["ppn.perak"]) as session:
        save_article(session, draft)


def _said(engine: Engine, people: dict[str, Principal]) -> None:
    with writing(engine, people["pentadbir"]) as session:
        for slug, helpful, told in _ANSWERS:
            note_read(session, slug)
            tell_article(session, slug, helpful=helpful, told=told)
    with writing(engine, people["pegawai.kinta"]) as session:
        for asked in _MISSES:
            note_miss(session, asked)


def _filed(engine: Engine, people: dict[str, Principal], home: Path, today: date) -> None:
    kept = io.BytesIO()
    paper = Canvas(kept)
    for place, line in enumerate(("DATA CONTOH", "Senarai dokumen untuk kaunter:", "MyKad, sijil lahir, slip gaji")):
        paper.drawString(72, 760 - 24 * place, line)
    paper.save()
    content = kept.getvalue()
    upload = Upload(length=len(content), name="senarai-dokumen-contoh.pdf", stream=io.BytesIO(content))
    file = keep_file(home, lambda: writing(engine, people["icu"]), upload)
    facts = DescribeFile(
        title_ms="Senarai dokumen untuk kaunter (contoh)", title_en="Documents for the counter (sample)",
        audience="awam",
        source="Data contoh eKasih", licence="CC0 1.0", dated=today - timedelta(days=30),
    )  # fmt: skip
    with writing(engine, people["icu"]) as session:
        describe_file(session, file, facts)
    with writing(engine, people["pentadbir"]) as session:
        move_file(session, file, "terbit")
    with engine.begin() as connection:
        read_file(home, connection, file)
