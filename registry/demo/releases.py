"""Releases of the sample register: one that is public, and the last one, which waits for a decision."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from poverty.months import month_before
from registry.releases.making import make_release
from registry.releases.releases import DecideRelease, decide_release

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Engine

_ANY: Final = text("SELECT EXISTS (SELECT FROM ekasih.release)")
_APPROVER: Final = text("SELECT id FROM ekasih.app_user WHERE demo AND role = 'national' ORDER BY id LIMIT 1")
_ACT: Final = text("SELECT ekasih.act_as(:user_id)")


def load_releases(engine: Engine, *, today: date) -> None:
    """Release the month before the last closed one, approve it, and make the release of the last one."""
    with engine.begin() as connection:
        if connection.scalar(_ANY):
            return
        made = make_release(connection, today=month_before(today, 1))
    if made is not None:
        with Session(engine) as session, session.begin():
            session.execute(_ACT, {"user_id": session.scalar(_APPROVER)})
            decide_release(session, DecideRelease(number=made.number, approved=True, reason="Disemak: data contoh"))
    with engine.begin() as connection:
        make_release(connection, today=today)
