"""Who acts: roles, what each role may do, and the person behind a request.

The database decides access (row-level security reads the acting user's role and territory from its own tables);
the permissions here only decide which screens and commands are offered, so that a refusal comes early and in words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A kind of user; the database holds the same names in ``app_user.role``."""

    PLANNER = "planner"
    COORDINATOR = "coordinator"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    """Something a callback, route or command can require."""

    PUBLIC = "public"
    READ_AGGREGATES = "read_aggregates"
    READ_PERSONS = "read_persons"
    EDIT_HOUSEHOLDS = "edit_households"
    ADMINISTER = "administer"


_AGGREGATES = frozenset({Permission.PUBLIC, Permission.READ_AGGREGATES})
_PERSONS = _AGGREGATES | {Permission.READ_PERSONS}
_EDITS = _PERSONS | {Permission.EDIT_HOUSEHOLDS}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PLANNER: _AGGREGATES,
    Role.COORDINATOR: _PERSONS,
    Role.OFFICER: _EDITS,
    Role.ADMINISTRATOR: _EDITS | {Permission.ADMINISTER},
}


@dataclass(frozen=True, slots=True)
class Principal:
    """The signed-in person: ``territory`` holds district codes, empty for the whole country."""

    user_id: int
    login: str
    name: str
    role: Role
    territory: tuple[str, ...] = ()

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the role may do."""
        return PERMISSIONS[self.role]

    def may(self, permission: Permission) -> bool:
        """Whether this person holds ``permission``."""
        return permission in self.permissions

    @property
    def sees_persons(self) -> bool:
        """Whether names, MyKad numbers and points may be shown to this person (within the territory)."""
        return Permission.READ_PERSONS in self.permissions

    def covers(self, district_code: str) -> bool:
        """Whether the district lies in this person's territory."""
        return not self.territory or district_code in self.territory
