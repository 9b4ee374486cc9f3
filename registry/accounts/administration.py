"""Commands that add, change, close accounts: for administrators, audited, never blindly."""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from argon2 import PasswordHasher
from sqlalchemy import select, text, update
from sqlalchemy.dialects.postgresql import insert

from registry import audit
from registry.accounts.models import AppUser
from registry.accounts.users import territory_levels
from registry.areas.models import Area
from registry.errors import InvalidInput, NotFound, NotPermitted, StaleRecord
from registry.principals import Role
from registry.refusals import refusals_named

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LOCAL_ROLES: Final = frozenset({Role.OFFICER, Role.ENUMERATOR, Role.COORDINATOR, Role.COUNCIL, Role.STATE_OFFICE})
"""Roles that work somewhere: without an area such an account would reach the whole country."""
_ADMINISTERS = text("SELECT ekasih.administers()")
_LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,59}")
_LONGEST_NAME = 120
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAccount:
    """A new account; ``territory`` holds codes of states, districts or catchments, none for the whole country."""

    login: str
    name: str
    role: str
    territory: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeAccount:
    """Another role or territory; ``version`` is the account's as it was shown."""

    user_id: int
    version: int
    role: str
    territory: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAccount:
    """Close an account, or open it again."""

    user_id: int
    version: int
    active: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassword:
    """A new first password in place of one that was forgotten."""

    user_id: int
    version: int


def add_account(session: Session, command: AddAccount) -> str:
    """Add an account; answers its first password, which is kept nowhere.

    Raises:
        NotPermitted: the acting user is no administrator.
        InvalidInput: the login is taken or none, the name is empty, the role or an area cannot be given.

    """
    _administering(session)
    login, name = command.login.strip().lower(), " ".join(command.name.split())
    problems = _problems_of(session, command.role, command.territory)
    if not _LOGIN.fullmatch(login):
        problems["login"] = "login_shape"
    elif session.scalar(select(AppUser.id).where(AppUser.login == login)):
        problems["login"] = "login_taken"
    if not name or len(name) > _LONGEST_NAME:
        problems["name"] = "name_needed"
    if problems:
        raise InvalidInput(problems)
    password = first_password()
    values = {"login": login, "display_name": name, "role": command.role, "territory": list(command.territory)}
    added = insert(AppUser).values(**values, password_hash=PasswordHasher().hash(password))
    number = session.execute(added.on_conflict_do_nothing().returning(AppUser.id)).scalar_one_or_none()
    if number is None:
        raise InvalidInput({"login": "login_taken"})
    _record(
        session, "add_account", number, None, {"login": login, "role": command.role, "territory": command.territory}
    )
    return password


def change_account(session: Session, command: ChangeAccount) -> None:
    """Give an account another role or territory; its sessions end.

    Raises:
        NotPermitted: the acting user is no administrator.
        NotFound: there is no such account.
        StaleRecord: someone else has changed it since.
        InvalidInput: the role or an area cannot be given, it is the own account or the last administrator's.

    """
    _administering(session)
    problems = _problems_of(session, command.role, command.territory)
    if problems:
        raise InvalidInput(problems)
    before = _found(session, command.user_id)
    after = {"role": command.role, "territory": list(command.territory)}
    if after == {"role": before["role"], "territory": before["territory"]}:
        return
    _set(session, command.user_id, command.version, after)
    kept = {name: before[name] for name in after}
    _record(session, "change_account", command.user_id, {"login": before["login"], **kept}, after)


def open_account(session: Session, command: OpenAccount) -> None:
    """Close an account, which ends its sessions, or open it again.

    Raises:
        NotPermitted: the acting user is no administrator.
        NotFound: there is no such account.
        StaleRecord: someone else has changed it since.
        InvalidInput: it is the own account, or the last administrator's.

    """
    _administering(session)
    before = _found(session, command.user_id)
    _set(session, command.user_id, command.version, {"active": command.active})
    action = "open_account" if command.active else "close_account"
    kept = {"login": before["login"], "active": before["active"]}
    _record(session, action, command.user_id, kept, {"active": command.active})


def reset_password(session: Session, command: ResetPassword) -> str:
    """Put a new first password in place of the old one; answers it, and keeps it nowhere.

    Raises:
        NotPermitted: the acting user is no administrator.
        NotFound: there is no such account.
        StaleRecord: someone else has changed it since.

    """
    _administering(session)
    before = _found(session, command.user_id)
    password = first_password()
    _set(session, command.user_id, command.version, {"password_hash": PasswordHasher().hash(password)})
    _record(session, "reset_password", command.user_id, None, {"login": before["login"]})
    return password


def first_password() -> str:
    """Four groups of letters and digits that are not taken for one another."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(4))


def _administering(session: Session) -> None:
    if not session.execute(_ADMINISTERS).scalar_one():
        raise NotPermitted


def _problems_of(session: Session, role: str, territory: tuple[str, ...]) -> dict[str, str]:
    problems: dict[str, str] = {}
    if role not in set(Role):
        return {"role": "unknown_role"}
    known = select(Area.code).where(Area.code.in_(territory), Area.level.in_(territory_levels(role)))
    if set(territory) - set(session.scalars(known)):
        problems["territory"] = "unknown_area"
    elif not territory and Role(role) in LOCAL_ROLES:
        problems["territory"] = "area_needed"
    return problems


def _found(session: Session, user_id: int) -> dict[str, Any]:
    asked = select(AppUser.login, AppUser.role, AppUser.territory, AppUser.active).where(AppUser.id == user_id)
    row = session.execute(asked).mappings().one_or_none()
    if row is None:
        raise NotFound
    return dict(row)


def _set(session: Session, user_id: int, version: int, values: dict[str, Any]) -> None:
    asked = update(AppUser).where(AppUser.id == user_id, AppUser.session_version == version).values(**values)
    with refusals_named(session):
        if session.execute(asked.returning(AppUser.id)).scalar_one_or_none() is None:
            raise StaleRecord


def _record(
    session: Session, action: str, user_id: int, before: dict[str, Any] | None, after: dict[str, Any] | None
) -> None:
    audit.record(session, action, subject="account", subject_id=user_id, district_code=None, before=before, after=after)
