"""Makes releases in a test: by the job's own function, approved by a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from registry import db
from registry.releases.making import make_release
from registry.releases.releases import DecideRelease, ask_release, decide_release

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection, Engine

    from registry.principals import Principal


def approve_next(
    owner: Connection, web: Engine, who: Principal, *, today: date, asked_by: Principal | None = None
) -> str:
    """Make the release that is due, or that ``asked_by`` asks for, and approve it; its number."""
    if asked_by is not None:
        with db.writing(web, asked_by) as session:
            ask_release(session, "Rekod dibetulkan")
    made = make_release(owner, today=today)
    owner.commit()
    assert made is not None
    with db.writing(web, who) as session:
        decide_release(session, DecideRelease(number=made.number, approved=True, reason="Disemak"))
    return made.number
