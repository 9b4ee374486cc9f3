"""Makes a draft of an article from what a ticket was answered: the answers alone, never what its reporter wrote."""

from __future__ import annotations

import re
import secrets
import unicodedata
from typing import TYPE_CHECKING, Final

from sqlalchemy import text

from registry.articles.articles import SaveArticle, save_article
from registry.errors import NotFound
from registry.office_refusals import TicketUnknown
from registry.support.tickets import HIDDEN, set_article

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_LONGEST_SLUG: Final = 60
_TICKET: Final = text("""
    SELECT k.subject, array(SELECT s.words FROM ekasih.ticket_step AS s
                            WHERE s.ticket_id = k.id AND s.action IN ('jawab', 'selesai') AND s.words <> ''
                            ORDER BY s.id) AS answers
    FROM ekasih.ticket AS k WHERE k.number = :number AND ekasih.handles_place(k.place) AND k.article_slug IS NULL
""")


def draft_article(session: Session, number: str) -> str:
    """Begin an article with the answers of a ticket, and keep it on the ticket; its name in its address.

    Raises:
        NotFound: who acts handles no such ticket, or it has an article.
        TicketUnknown: nothing was answered yet.
        RegistryError: who acts writes no articles.

    """
    found = session.execute(_TICKET, {"number": number}).one_or_none()
    if found is None:
        raise NotFound
    if not found.answers:
        raise TicketUnknown
    slug = slug_of(found.subject)
    body = "\n\n".join(answer.replace(HIDDEN, "…") for answer in found.answers)
    save_article(
        session,
        SaveArticle(slug=slug, kind="soalan_lazim", audience="pegawai", title_ms=found.subject, body_ms=body),
    )
    set_article(session, number, slug)
    return slug


def slug_of(subject: str) -> str:
    """A name for an address, from the words of a subject without its numbers, that no other article has."""
    plain = unicodedata.normalize("NFKD", subject).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z]+", "-", plain)[:_LONGEST_SLUG].strip("-")
    return f"{words or 'tiket'}-{secrets.token_hex(3)}"
