"""What each role may do: read by everyone, changed by administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert

from registry import audit
from registry.accounts.models import RolePermission
from registry.errors import InvalidInput, NotPermitted, StaleRecord
from registry.principals import Permission, Role

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import Session

_ADMINISTERS = text("SELECT ekasih.administers()")
_TAKE_TURN = text("SELECT pg_advisory_xact_lock(hashtextextended('ekasih.role_permission', 0))")


def permissions_of(connection: Connection | Session, role: Role) -> frozenset[Permission]:
    """What the register lets ``role`` do now."""
    held = connection.execute(select(RolePermission.permission).where(RolePermission.role == role.value)).scalars()
    return frozenset(Permission(name) for name in held if name in set(Permission))


def set_permissions(
    session: Session, role: Role, wanted: frozenset[Permission], *, seen: frozenset[Permission]
) -> frozenset[Permission]:
    """Let ``role`` do exactly ``wanted``; ``seen`` is what the person deciding was shown. Answers what it may do now.

    Raises:
        NotPermitted: the acting user is no administrator.
        StaleRecord: someone else has changed the role since.
        InvalidInput: the administrators would lose the right to administer.

    """
    if not session.execute(_ADMINISTERS).scalar_one():
        raise NotPermitted
    session.execute(_TAKE_TURN)
    held = permissions_of(session, role)
    if held != seen:
        raise StaleRecord
    wanted -= {Permission.PUBLIC}
    if role is Role.ADMINISTRATOR and Permission.ADMINISTER not in wanted:
        raise InvalidInput({"permissions": "last_administrator"})
    if wanted == held:
        return held
    taken, given = sorted(held - wanted), sorted(wanted - held)
    if taken:
        session.execute(
            delete(RolePermission).where(RolePermission.role == role.value, RolePermission.permission.in_(taken))
        )
    if given:
        session.execute(insert(RolePermission), [{"role": role.value, "permission": str(name)} for name in given])
    audit.record(
        session,
        "set_permissions",
        subject="role",
        subject_id=None,
        district_code=None,
        before={"role": role.value, "permissions": [str(name) for name in sorted(held)]},
        after={"role": role.value, "permissions": [str(name) for name in sorted(wanted)]},
    )
    return wanted
