"""What the database refuses: one error for each SQLSTATE, in one table.

Functions and triggers raise the codes that begin with EK, each with the key of its error as its message; PostgreSQL
itself raises the others. A code stands for one rule, wherever it is raised.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from registry.aid_refusals import AID_REFUSALS
from registry.errors import (
    DatabaseAway,
    InvalidInput,
    NotFound,
    NotPermitted,
    RecordBusy,
    RegistryError,
    StaleRecord,
    TookTooLong,
)
from registry.intake_refusals import INTAKE_REFUSALS
from registry.money_refusals import MONEY_REFUSALS
from registry.office_refusals import OFFICE_REFUSALS
from registry.portal_refusals import PORTAL_REFUSALS
from registry.project_refusals import PROJECT_REFUSALS
from registry.report_refusals import REPORT_REFUSALS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection
    from sqlalchemy.orm import Session


class StepIllegal(RegistryError):
    """The case is in a state from which this step cannot be taken."""

    key = "case_step_illegal"


class StepNotPermitted(NotPermitted):
    """This step belongs to another role, to another area, or to the officer the case is assigned to."""

    key = "case_step_not_permitted"


class ReasonMissing(InvalidInput):
    """What is done needs a reason."""

    key = "reason_missing"

    def __init__(self) -> None:
        super().__init__({"reason": "required"})


class SamePerson(NotPermitted):
    """Who made or looked into the case may not decide on it as well."""

    key = "case_step_same_person"


class StepIncomplete(RegistryError):
    """The step needs an officer to assign the case to, or a meeting that has been held."""

    key = "case_step_incomplete"


class MeetingClosed(RegistryError):
    """The minutes of the meeting stand; nothing about it changes any more."""

    key = "meeting_closed"


class MeetingNotYet(RegistryError):
    """The day of the meeting has not come: nothing is decided at it, and it is not closed."""

    key = "meeting_not_yet"


class NotForAgenda(RegistryError):
    """The case is not recommended, of another area, waits on another agenda, or was decided on at this meeting."""

    key = "case_not_for_agenda"


class RequestDecided(RegistryError):
    """The request has been decided on or withdrawn already."""

    key = "change_request_decided"


class OwnRequest(NotPermitted):
    """Who asked for a change may not decide on it."""

    key = "change_own_request"


class ReleaseStands(RegistryError):
    """A release is decided on once, one after the other, and nothing of it changes."""

    key = "release_stands"


class TooManyChecks(RegistryError):
    """This person has checked too often in the last minute, or in the last day."""

    key = "too_many_checks"


class TooMuchOfTheMap(RegistryError):
    """This person has been shown too many views in a minute, or too many households in an hour."""

    key = "too_much_of_the_map"


class OwnAccount(InvalidInput):
    """Nobody closes or changes the own account, or takes its second factor away."""

    key = "own_account"

    def __init__(self) -> None:
        super().__init__({"account": "own_account"})


class LastAdministrator(InvalidInput):
    """The account is the last one that can administer accounts."""

    key = "last_administrator_account"

    def __init__(self) -> None:
        super().__init__({"account": "last_administrator_account"})


class MergeBlocked(RegistryError):
    """Something else in the register still needs the record that would leave."""

    key = "merge_blocked"


class SealOutOfTurn(RegistryError):
    """Another machine has sealed the log in the meantime, or the link to be sealed has gone; nothing was sealed."""

    key = "seal_out_of_turn"


class ApiKeyAgency(InvalidInput):
    """A key is of an agency that there is, or of one of its offices."""

    key = "api_key_agency"

    def __init__(self) -> None:
        super().__init__({"agency": "api_key_agency"})


class ApiKeyOver(RegistryError):
    """The key was revoked: it is not changed any more."""

    key = "api_key_over"


class ConnectionKeysMany(RegistryError):
    """Somebody has as many keys for their own tools as one may have."""

    key = "connection_keys_many"


class TargetsDoNotAddUp(RegistryError):
    """The targets of the areas inside an area, shared out from its own, do not add up to it."""

    key = "targets_do_not_add_up"


class TargetProposalDecided(RegistryError):
    """Somebody has decided on these proposed targets already."""

    key = "target_proposal_decided"


class OwnTargetProposal(NotPermitted):
    """Who proposes targets may not approve or refuse them as well."""

    key = "target_own_proposal"


class TargetNotFromHere(RegistryError):
    """From below, one target that is shared out is proposed at a time, and its value alone."""

    key = "target_not_from_here"


class DefinitionNotOpen(RegistryError):
    """A new version of an indicator counts from a day of the running month that has come; closed months keep theirs."""

    key = "definition_not_open"


class ArticleStands(RegistryError):
    """The version is in a state in which this cannot be done: its words stand, or this is not its next step."""

    key = "article_stands"


class OwnArticleVersion(NotPermitted):
    """Who wrote something of a version may not publish it."""

    key = "article_own_version"


REFUSALS: Final[dict[str, type[RegistryError]]] = {
    # raised by PostgreSQL; 42501 (insufficient_privilege) by functions as well, for who may not call them
    "42501": NotPermitted,
    "57014": TookTooLong,  # statement_timeout
    "25P03": TookTooLong,  # idle_in_transaction_session_timeout
    "55P03": RecordBusy,  # lock_timeout
    "40P01": RecordBusy,  # two that waited for each other
    # raised by the register's own functions and triggers
    "EK001": StepIllegal,
    "EK002": StepNotPermitted,
    "EK003": ReasonMissing,
    "EK004": SamePerson,
    "EK005": StepIncomplete,
    "EK006": MeetingClosed,
    "EK007": MeetingNotYet,
    "EK008": NotForAgenda,
    "EK009": RequestDecided,
    "EK010": TooManyChecks,
    "EK011": TooMuchOfTheMap,
    "EK012": OwnRequest,
    "EK019": StaleRecord,
    "EK030": OwnAccount,
    "EK031": LastAdministrator,
    "EK040": MergeBlocked,
    "EK050": SealOutOfTurn,
    "EK065": NotFound,
    "EK130": ApiKeyAgency,
    "EK131": ApiKeyOver,
    "EK285": ConnectionKeysMany,
    "EK180": TargetsDoNotAddUp,
    "EK181": TargetProposalDecided,
    "EK182": OwnTargetProposal,
    "EK191": DefinitionNotOpen,
    "EK250": TargetNotFromHere,
    "EK251": ArticleStands,
    "EK252": OwnArticleVersion,
    "EK256": ReleaseStands,
    **AID_REFUSALS,
    **INTAKE_REFUSALS,
    **MONEY_REFUSALS,
    **OFFICE_REFUSALS,
    **PORTAL_REFUSALS,
    **PROJECT_REFUSALS,
    **REPORT_REFUSALS,
}
"""The error that each SQLSTATE stands for."""


def sqlstate_of(error: DBAPIError) -> str:
    """The SQLSTATE of what the database has answered; empty where it has not answered at all."""
    return getattr(error.orig, "sqlstate", None) or ""


def refusal_of(error: DBAPIError) -> RegistryError | None:
    """What the database has refused, in the register's words; ``None`` for an error that is no refusal."""
    found = REFUSALS.get(sqlstate_of(error))
    return found() if found else None


def rule_of(error: Exception) -> RegistryError | None:
    """The rule that an error stands for: a database that went away in the middle is away all the same."""
    if isinstance(error, RegistryError):
        return error
    if isinstance(error, DBAPIError) and (refusal := refusal_of(error)):
        return refusal
    if isinstance(error, (OperationalError, InterfaceError, PoolTimeout)):
        return DatabaseAway()
    return None


@contextmanager
def refusals_named(session: Connection | Session) -> Iterator[None]:
    """A savepoint; what the database refuses in it is undone, and becomes the error of the rule that was broken.

    Raises:
        RegistryError: one of :data:`REFUSALS`.

    """
    try:
        with session.begin_nested():
            yield
    except DBAPIError as error:
        raise (refusal_of(error) or error) from None
