"""Saves articles, takes their steps, and keeps what readers say; the database judges each of these."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Final

from sqlalchemy import cast, func, select, text
from sqlalchemy.dialects.postgresql import JSONB

from registry.articles.markdown import cleaned
from registry.articles.models import AUDIENCES, KINDS
from registry.errors import InvalidInput, NotFound
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

STEPS: Final = ("hantar", "pulang", "terbit", "buang", "arkib", "semak")
LONGEST_TITLE: Final = 160
LONGEST_BODY: Final = 40_000
LONGEST_TOLD: Final = 200
_MOVE: Final = text("SELECT ekasih.move_article(:slug, :step, CAST(:seen AS integer))")
_TELL: Final = text("SELECT ekasih.tell_article(:slug, CAST(:helpful AS boolean), :told)")
_READ: Final = text("SELECT ekasih.note_article_read(:slug)")
_MISS: Final = text("SELECT ekasih.note_article_miss(:asked)")


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveArticle:
    """What is written; ``seen`` is how often the draft had been saved when it was opened, 0 where there was none."""

    slug: str
    kind: str
    audience: str
    title_ms: str
    title_en: str = ""
    body_ms: str = ""
    body_en: str = ""
    note: str = ""
    screens: tuple[str, ...] = ()
    en_same: bool = False
    seen: int = 0


def save_article(session: Session, command: SaveArticle) -> int:
    """Save the open version of an article, making it where there is none; how often it was saved now.

    Raises:
        InvalidInput: a field is empty, too long, or none of its choices.
        StaleRecord: somebody saved it meanwhile.
        RegistryError: it is waiting for review, or not for who acts.

    """
    command = replace(
        command,
        slug=command.slug.strip(),
        title_ms=cleaned(command.title_ms).replace("\n", " "),
        title_en=cleaned(command.title_en).replace("\n", " "),
        body_ms=cleaned(command.body_ms),
        body_en=cleaned(command.body_en),
        note=command.note.strip()[:LONGEST_TOLD],
    )
    _require(command)
    given = {name: value for name, value in asdict(command).items() if name != "seen"}
    asked = func.ekasih.save_article(cast(given | {"screens": list(command.screens)}, JSONB), command.seen)
    with refusals_named(session):
        return int(session.execute(select(asked)).scalar_one())


def move_article(session: Session, slug: str, step: str, *, seen: int) -> str:
    """Take a step of an article; the state of its version then.

    Raises:
        NotFound: there is no such article for who acts.
        RegistryError: the rule that the step would break.

    """
    if step not in STEPS:
        raise NotFound
    with refusals_named(session):
        became = session.execute(_MOVE, {"slug": slug, "step": step, "seen": seen}).scalar_one()
    if became is None:
        raise NotFound
    return str(became)


def tell_article(session: Session, slug: str, *, helpful: bool, told: str = "") -> None:
    """Keep whether a published article helped; nobody is named.

    Raises:
        NotFound: there is no such article for who acts.

    """
    values = {"slug": slug, "helpful": helpful, "told": told[: 2 * LONGEST_TOLD]}
    if session.execute(_TELL, values).scalar() is None:
        raise NotFound


def note_read(session: Session, slug: str) -> None:
    """Count that an article was opened."""
    session.execute(_READ, {"slug": slug})


def note_miss(session: Session, asked: str) -> None:
    """Keep what was searched and not found."""
    session.execute(_MISS, {"asked": asked})


def _require(command: SaveArticle) -> None:
    wrong = {}
    if not _is_slug(command.slug):
        wrong["slug"] = "slug"
    if not command.title_ms:
        wrong["title_ms"] = "required"
    if bool(command.title_en) != bool(command.body_en):
        wrong["title_en"] = "both"
    for name, most in (("title_ms", LONGEST_TITLE), ("title_en", LONGEST_TITLE), ("body_ms", LONGEST_BODY),
                       ("body_en", LONGEST_BODY)):  # fmt: skip
        if len(getattr(command, name)) > most:
            wrong[name] = "too_long"
    if command.kind not in KINDS:
        wrong["kind"] = "required"
    if command.audience not in AUDIENCES:
        wrong["audience"] = "required"
    if wrong:
        raise InvalidInput(wrong)


def _is_slug(slug: str) -> bool:
    parts = slug.split("-")
    plain = all(part.isascii() and part.isalnum() and part == part.lower() for part in parts)
    return plain and len(slug) <= 80  # noqa: PLR2004 - as the table holds it
