"""Puts a session into a transaction that approves somebody else's proposal, in which targets may be set."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import text

from tests.world import add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

PROPOSER: Final = "ujian.pencadang"
_NUMBER: Final = text("SELECT id FROM ekasih.app_user WHERE login = :login")
_ACTING: Final = text("SELECT ekasih.act_as(:user)")
_PROPOSED: Final = text("""
    INSERT INTO ekasih.target_proposal (area_code, wanted, seen, reason, state)
    VALUES ('MY', '{}', '{}', 'Ujian', 'waiting')
""")
_APPROVED: Final = text("UPDATE ekasih.target_proposal SET state = 'approved' WHERE state = 'waiting'")


def add_proposer(owner: Connection) -> int:
    """Another administrator, who proposes."""
    return add_user(owner, PROPOSER, role="administrator")


def approving_targets(session: Session | Connection, who: int) -> Any:
    """The session, in which ``who`` approves what the other administrator has proposed."""
    proposer = session.scalar(_NUMBER, {"login": PROPOSER})
    for user, statement in ((proposer, _PROPOSED), (who, _APPROVED)):
        session.execute(_ACTING, {"user": user})
        session.execute(statement)
    return session
