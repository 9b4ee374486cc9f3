"""Checks that nothing was changed in the audit log or taken out of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import text

from registry import definitions

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

_BREAK = text("SELECT link, entry, reason FROM ekasih.audit_first_break(CAST(NULL AS bigint))")
_VERIFY = text("""
    SELECT link, entry, reason
    FROM ekasih.verify_audit(CAST(:newest AS bigint), CAST(:seal_link AS bigint), CAST(:seal_reason AS text))
""")
_HEAD = text("""
    SELECT count(*) AS links,
        coalesce((SELECT encode(hash, 'hex') FROM ekasih.audit_link ORDER BY position DESC LIMIT 1), '-') AS hash
    FROM ekasih.audit_link
""")


@dataclass(frozen=True, slots=True)
class Break:
    """Where the chain does not hold; ``link`` is ``None`` for an entry that was never linked."""

    link: int | None
    entry: int | None
    reason: str

    @property
    def sentence(self) -> str:
        """What is broken, in words."""
        place = "no link" if self.link is None else f"link {self.link}"
        return f"the audit log is broken at {place} (entry {self.entry or '-'}): {self.reason}"


@dataclass(frozen=True, slots=True)
class Head:
    """The newest link: kept elsewhere, its hash shows whether links were cut off the end."""

    links: int
    hash: str


def first_break(connection: Connection) -> Break | None:
    """The first place where the chain does not hold; for the owner of the tables.

    It is judged by the definitions that come with the program, whatever stands in their place in the database.
    """
    with connection.begin_nested() as trial:
        definitions.run_file(connection, "audit/audit_verify")
        row = connection.execute(_BREAK).one_or_none()
        trial.rollback()
    return None if row is None else Break(row.link, row.entry, row.reason)


def head(connection: Connection) -> Head:
    """How long the chain is, and the hash of its newest link."""
    row = connection.execute(_HEAD).one()
    return Head(row.links, row.hash)


def verify(session: Session, *, newest: int | None = None, broken_seal: Break | None = None) -> Break | None:
    """Verify the newest links, or all; that it was done is itself an entry. For who may read the log.

    Answers the first place where the chain does not hold, or the seal that does not, whichever is first.
    """
    told = {"seal_link": broken_seal and broken_seal.link, "seal_reason": broken_seal and broken_seal.reason}
    row = session.execute(_VERIFY, {"newest": newest} | told).one()
    return None if row.reason is None else Break(row.link, row.entry, row.reason)
