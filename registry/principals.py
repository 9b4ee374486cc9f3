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
    NATIONAL = "national"
    STATE_OFFICE = "state_office"
    ENUMERATOR = "enumerator"
    AGENCY = "agency"
    COUNCIL = "council"
    AUDITOR = "auditor"
    COMMUNITY_LEADER = "ketua_komuniti"


class Permission(StrEnum):
    """Something a callback, route or command can require; the database holds who has it in ``role_permission``."""

    PUBLIC = "public"
    READ_AGGREGATES = "read_aggregates"
    READ_PERSONS = "read_persons"
    EDIT_HOUSEHOLDS = "edit_households"
    REQUEST_CHANGES = "request_changes"
    APPROVE_CHANGES = "approve_changes"
    REGISTER = "register"
    ASSIGN = "assign"
    VISIT = "visit"
    DECIDE = "decide"
    CLEANSE = "cleanse"
    CHECK_STATUS = "check_status"
    REQUEST_CARDS = "request_cards"
    ISSUE_CARDS = "issue_cards"
    IMPORT_DELIVERIES = "import_deliveries"
    MANAGE_PROGRAMMES = "manage_programmes"
    DELIVER_AID_LINES = "deliver_aid_lines"
    SETTLE_AID = "settle_aid"
    OVERRIDE_DOUBLE_AID = "override_double_aid"
    APPLY_AID = "apply_aid"
    CHECK_AID = "check_aid"
    APPROVE_AID = "approve_aid"
    DECIDE_APPEAL = "decide_appeal"
    DELIVER_AID = "deliver_aid"
    READ_LEDGER = "read_ledger"
    MANAGE_ALLOCATION = "manage_allocation"
    MAKE_PAYMENTS = "make_payments"
    RELEASE_PAYMENTS = "release_payments"
    READ_PROJECTS = "read_projects"
    OPEN_PROJECTS = "open_projects"
    COORDINATE_PROJECTS = "coordinate_projects"
    CONFIRM_COSTS = "confirm_costs"
    ENDORSE_PROJECTS = "endorse_projects"
    BUILD_TARGETS = "build_targets"
    APPROVE_TARGETS = "approve_targets"
    PROPOSE_TARGETS = "propose_targets"
    DECIDE_TARGETS = "decide_targets"
    DEFINE_KPI = "define_kpi"
    REFER = "refer"
    TELL_NOTICES = "tell_notices"
    WRITE_ARTICLES = "write_articles"
    PUBLISH_ARTICLES = "publish_articles"
    HANDLE_SUPPORT = "handle_support"
    APPROVE_RELEASES = "approve_releases"
    READ_AUDIT = "read_audit"
    ADMINISTER = "administer"


_AGGREGATES = frozenset({Permission.READ_AGGREGATES})
_PERSONS = _AGGREGATES | {Permission.READ_PERSONS, Permission.CHECK_STATUS}
_CASES = _PERSONS | {Permission.REGISTER, Permission.REQUEST_CHANGES}
_EDITS = _CASES | {Permission.EDIT_HOUSEHOLDS}
_SETTLES = {
    Permission.APPLY_AID,
    Permission.SETTLE_AID,
    Permission.OVERRIDE_DOUBLE_AID,
    Permission.DECIDE_APPEAL,
    Permission.DELIVER_AID_LINES,
}
_AID = {Permission.APPLY_AID, Permission.CHECK_AID, Permission.APPROVE_AID, Permission.DELIVER_AID}
_TARGETS = {Permission.BUILD_TARGETS, Permission.APPROVE_TARGETS}
_LEADS = {Permission.ASSIGN, Permission.DECIDE, Permission.APPROVE_CHANGES, Permission.CLEANSE}
_MONEY = {
    Permission.READ_LEDGER, Permission.MANAGE_ALLOCATION, Permission.MAKE_PAYMENTS, Permission.RELEASE_PAYMENTS
}  # fmt: skip
_PROJECTS = {Permission.READ_PROJECTS, Permission.OPEN_PROJECTS, Permission.COORDINATE_PROJECTS}

DEFAULT_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.PLANNER: _AGGREGATES,
    Role.AUDITOR: _AGGREGATES | {Permission.READ_AUDIT, Permission.READ_LEDGER},
    Role.AGENCY: _AGGREGATES
    | {Permission.CHECK_STATUS, Permission.REQUEST_CARDS}
    | _AID
    | _MONEY
    | {Permission.MANAGE_PROGRAMMES, Permission.DELIVER_AID_LINES, Permission.BUILD_TARGETS, Permission.REFER},
    Role.COUNCIL: _PERSONS
    | {Permission.REQUEST_CARDS, Permission.BUILD_TARGETS, Permission.REFER}
    | _AID
    | _MONEY
    | _PROJECTS,
    Role.ENUMERATOR: _CASES | {Permission.VISIT},
    Role.COORDINATOR: _CASES
    | _LEADS
    | {Permission.HANDLE_SUPPORT}
    | {Permission.REFER, Permission.READ_PROJECTS, Permission.PROPOSE_TARGETS},
    Role.OFFICER: _EDITS
    | {Permission.VISIT, Permission.ASSIGN, Permission.CLEANSE, Permission.APPLY_AID, Permission.SETTLE_AID}
    | {Permission.REFER, Permission.READ_PROJECTS, Permission.HANDLE_SUPPORT},
    Role.STATE_OFFICE: _EDITS
    | _LEADS
    | _SETTLES
    | _TARGETS
    | {Permission.ISSUE_CARDS, Permission.IMPORT_DELIVERIES, Permission.READ_LEDGER, Permission.REFER}
    | {Permission.READ_PROJECTS, Permission.CONFIRM_COSTS, Permission.PROPOSE_TARGETS, Permission.DECIDE_TARGETS}
    | {Permission.WRITE_ARTICLES, Permission.HANDLE_SUPPORT},
    Role.NATIONAL: _EDITS
    | _LEADS
    | _SETTLES
    | _MONEY
    | _TARGETS
    | {Permission.ISSUE_CARDS, Permission.READ_AUDIT, Permission.MANAGE_PROGRAMMES, Permission.DEFINE_KPI}
    | {Permission.REFER, Permission.READ_PROJECTS, Permission.ENDORSE_PROJECTS, Permission.APPROVE_RELEASES}
    | {Permission.WRITE_ARTICLES, Permission.PUBLISH_ARTICLES, Permission.HANDLE_SUPPORT},
    Role.COMMUNITY_LEADER: _AGGREGATES | {Permission.TELL_NOTICES},
    Role.ADMINISTRATOR: frozenset(Permission) - {Permission.PUBLIC},
}
"""What each role may do in a new register; an administrator changes it on screen from there."""


@dataclass(frozen=True, slots=True)
class Principal:
    """The signed-in person: ``territory`` holds codes of districts and catchments, empty for the whole country.

    ``granted`` is what the register lets the role do now; without it, what it does in a new register.
    """

    user_id: int
    login: str
    name: str
    role: Role
    territory: tuple[str, ...] = ()
    granted: frozenset[Permission] | None = None

    @property
    def permissions(self) -> frozenset[Permission]:
        """What this person may do."""
        granted = DEFAULT_PERMISSIONS[self.role] if self.granted is None else self.granted
        return granted | {Permission.PUBLIC}

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
