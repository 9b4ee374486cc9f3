"""Writes down who read, searched for or took out what; a search is known by a keyed hash, never by its words."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import text

from registry.audit import plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

Noted = Literal["read", "search", "export"]
_NOTE = text("""
    SELECT ekasih.note_read(:action, :subject, CAST(:subject_id AS bigint), CAST(:facts AS jsonb)), ekasih.seal_sights()
""")
_SEAL = text("SELECT ekasih.seal_sights()")


def note_read(
    session: Session,
    action: Noted,
    *,
    subject: str,
    subject_id: int | None = None,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Add an entry to the audit log; the same read or search again within ten minutes is one entry.

    To be called in a transaction of its own that ends before the answer leaves: no entry, no answer. What anybody saw
    on the map in minutes that have ended is written down with it.
    """
    kept = None if facts is None else json.dumps(plain(facts), sort_keys=True)
    session.execute(_NOTE, {"action": action, "subject": subject, "subject_id": subject_id, "facts": kept})


def write_down_sights(session: Session) -> None:
    """Bring what was seen on the map in minutes that have ended into the audit log, before the log is looked at."""
    session.execute(_SEAL)


def keyed_hash(said: str, *, secret: str) -> str:
    """What a search is known again by; only the key's holder can make it."""
    key = hashlib.sha256(f"ekasih search {secret}".encode()).digest()
    return hmac.new(key, " ".join(said.upper().split()).encode(), hashlib.sha256).hexdigest()[:32]
