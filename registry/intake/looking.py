"""Finds what a form may be about, after it was sent, and empties what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

AT_ONCE: Final = 200
"""How many forms are looked at in one transaction."""
_LOOK: Final = text("SELECT ekasih.look_at_intakes(:most)")
_FORGET: Final = text("SELECT ekasih.forget_intakes()")


def look(connection: Connection) -> int:
    """Look at the forms that nobody looked at yet, some at once; how many there were."""
    return int(connection.scalar(_LOOK, {"most": AT_ONCE}) or 0)


def forget(connection: Connection) -> int:
    """Empty what was marked or taken back long ago; how many forms became empty rows."""
    return int(connection.scalar(_FORGET) or 0)
