"""What a role may do is changed by administrators only, never blindly, and never so that nobody can change it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from registry import db
from registry.accounts.permissions import permissions_of, set_permissions
from registry.errors import InvalidInput, NotPermitted, StaleRecord
from registry.principals import DEFAULT_PERMISSIONS, Permission, Principal, Role
from tests.world import add_user

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

PLANNER = DEFAULT_PERMISSIONS[Role.PLANNER]


def _person(owner: Connection, role: Role) -> Principal:
    user = add_user(owner, f"ujian.{role}", role=role.value)
    owner.commit()
    return Principal(user_id=user, login=f"ujian.{role}", name="Ujian", role=role)


def test_an_administrator_gives_and_takes_and_it_is_logged(owner: Connection, web: Engine) -> None:
    administrator = _person(owner, Role.ADMINISTRATOR)
    wanted = frozenset({Permission.READ_AUDIT})
    with db.writing(web, administrator) as session:
        assert set_permissions(session, Role.PLANNER, wanted, seen=PLANNER) == wanted
    assert permissions_of(owner, Role.PLANNER) == wanted
    entry = owner.execute(text("SELECT actor, before, after FROM ekasih.audit_log")).one()
    assert entry.actor == "ujian.administrator"
    assert entry.before["permissions"] == ["read_aggregates"]
    assert entry.after["permissions"] == ["read_audit"]


def test_who_decided_on_an_old_table_is_refused(owner: Connection, web: Engine) -> None:
    administrator = _person(owner, Role.ADMINISTRATOR)
    with pytest.raises(StaleRecord), db.writing(web, administrator) as session:
        set_permissions(session, Role.PLANNER, frozenset(), seen=frozenset())
    assert permissions_of(owner, Role.PLANNER) == PLANNER


def test_administrators_cannot_lose_the_right_to_administer(owner: Connection, web: Engine) -> None:
    administrator = _person(owner, Role.ADMINISTRATOR)
    seen = DEFAULT_PERMISSIONS[Role.ADMINISTRATOR]
    with pytest.raises(InvalidInput), db.writing(web, administrator) as session:
        set_permissions(session, Role.ADMINISTRATOR, seen - {Permission.ADMINISTER}, seen=seen)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
def test_no_other_role_changes_what_roles_may_do(owner: Connection, web: Engine, role: Role) -> None:
    with pytest.raises(NotPermitted), db.writing(web, _person(owner, role)) as session:
        set_permissions(session, Role.PLANNER, frozenset(Permission), seen=PLANNER)
