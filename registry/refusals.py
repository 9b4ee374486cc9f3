"""What the database refuses: one error for each SQLSTATE, in one table.

Functions and triggers raise the codes that begin with EK, each with the key of its error as its message; PostgreSQL
itself raises the others. A code stands for one rule, wherever it is raised.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError

from registry.errors import InvalidInput, NotFound, NotPermitted, RecordBusy, RegistryError, StaleRecord, TookTooLong

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


class AidGivenStands(RegistryError):
    """What was given is on record for good: take it back by a line of its own."""

    key = "aid_given_stands"


class OverrideNotPermitted(NotPermitted):
    """To let aid overlap is for the state office or the ministry."""

    key = "aid_override_not_permitted"


class OverrideReason(InvalidInput):
    """The reason does not do: a second house only after a disaster that came later than the first."""

    key = "aid_override_reason"

    def __init__(self) -> None:
        super().__init__({"override_reason": "choice"})


class OverrideWords(InvalidInput):
    """An override needs twenty letters of words, and the number of its evidence."""

    key = "aid_override_words"

    def __init__(self) -> None:
        super().__init__({"override_words": "required"})


class OverrideNeeded(RegistryError):
    """The need is met already on some of these days: an override with a reason is needed."""

    key = "aid_override_needed"


class OriginalMissing(RegistryError):
    """The line that is to be taken back is not on record, was taken back already, or differs in its amount."""

    key = "aid_original_missing"


class TargetStepIllegal(RegistryError):
    """The target group is in a state from which this cannot be done."""

    key = "target_step_illegal"


class TargetOfWholeState(RegistryError):
    """What is sensitive is counted for whole states only: without an area inside one, by who works in all of it."""

    key = "target_whole_state"


class OwnTarget(NotPermitted):
    """Who made a target group does not decide on it."""

    key = "target_own"


class TargetIsNational(NotPermitted):
    """A target group of two states or more is decided on by the national office."""

    key = "target_national"


class TooManyCounts(RegistryError):
    """The agency has counted as often within an hour as it may."""

    key = "too_many_counts"


class TargetListClosed(RegistryError):
    """The list is not frozen yet, or its time is over."""

    key = "target_list_closed"
class ApplicationNotTheirs(NotPermitted):
    """This step of an application belongs to another agency, office or role."""

    key = "application_step_not_permitted"


class ApplicationHousehold(RegistryError):
    """There is no such household for who acts, or its number was not looked for today."""

    key = "application_household"


class ApplicantMissing(InvalidInput):
    """The head of the household is not present, and nobody is named who asks for it."""

    key = "applicant_missing"

    def __init__(self) -> None:
        super().__init__({"asked_by": "required"})


class ProgrammeNotOpen(RegistryError):
    """The programme takes no applications today."""

    key = "programme_not_open"


class ApplicationIncomplete(RegistryError):
    """Something that the step needs is missing or cannot be: an amount, a period, a day, a place, evidence."""

    key = "application_incomplete"


class ApplicationOpenAlready(RegistryError):
    """An application of this household, or person, for the same aid is open."""

    key = "application_open_already"


class ApplicationStepIllegal(RegistryError):
    """The application is in a state from which this step cannot be taken."""

    key = "application_step_illegal"


class ApplicationSamePerson(NotPermitted):
    """Who opened or checked the application, or acted on it before an appeal, does not decide on it."""

    key = "application_same_person"


class ApplicationCodeMissing(InvalidInput):
    """The step needs a recommendation, or one of the reasons that there are."""

    key = "application_code_missing"

    def __init__(self) -> None:
        super().__init__({"code": "required"})


class AmountAboveRate(InvalidInput):
    """The amount is above the rate in force."""

    key = "amount_above_rate"

    def __init__(self) -> None:
        super().__init__({"amount": "above_rate"})


class AppealedOnce(RegistryError):
    """The decision was appealed against already."""

    key = "appealed_once"


class AppealTooLate(RegistryError):
    """The days to appeal are over."""

    key = "appeal_too_late"


class HousingMet(RegistryError):
    """The household had a house built or repaired already."""

    key = "perumahan_pernah_diterima"


class NeedMetAgain(RegistryError):
    """The same aid of the same agency stands for these days already."""

    key = "bayaran_berulang"


class NeedMetElsewhere(RegistryError):
    """Another agency meets this need on some of these days."""

    key = "pertindihan_antara_agensi"


class NeedMetWithin(RegistryError):
    """Other aid of the agency meets this need on some of these days."""

    key = "pertindihan_dalam_agensi"


class SealOutOfTurn(RegistryError):
    """Another machine has sealed the log in the meantime, or the link to be sealed has gone; nothing was sealed."""

    key = "seal_out_of_turn"


class ReferenceTaken(RegistryError):
    """An accepted entry has this reference already."""

    key = "rujukan_berulang"


class AmountNotPositive(RegistryError):
    """The amount is not above nothing."""

    key = "amaun_tidak_positif"


class LedgerYearClosed(RegistryError):
    """The year of the entry is closed; nothing enters it."""

    key = "tahun_ditutup"


class LedgerYearOther(RegistryError):
    """The day of the entry does not lie in the year that it names."""

    key = "tahun_tidak_padan"


class LedgerYearRunning(RegistryError):
    """The year is not over, so it is not closed."""

    key = "tahun_belum_tamat"


class PaymentUnknown(RegistryError):
    """There is no such payment in this year and programme."""

    key = "bayaran_tidak_dikenali"


class PaymentAnswered(RegistryError):
    """The payment was answered already."""

    key = "sudah_dijawab"


class AmountDiffers(RegistryError):
    """The amount is not that of the payment."""

    key = "amaun_tidak_sama"


class OriginalUnknown(RegistryError):
    """There is no such entry in this year and programme."""

    key = "asal_tidak_ditemui"


class NotReversible(RegistryError):
    """An entry of this kind is not reversed."""

    key = "tidak_boleh_dibatalkan"


class AlreadyReversed(RegistryError):
    """The entry was reversed already."""

    key = "sudah_dibatalkan"


class PaymentsUnanswered(RegistryError):
    """Payments of the year wait for their answers, so it is not closed."""

    key = "dalam_bayaran_belum_selesai"


class BalanceTooLow(RegistryError):
    """The account has less than the entry takes from it."""

    key = "baki_tidak_cukup"


class EntryIncomplete(RegistryError):
    """The entry lacks its day, reference, office or case, or is no command of a ledger."""

    key = "arahan_tidak_lengkap"


class ProgrammeUnknown(RegistryError):
    """There is no such programme."""

    key = "program_tidak_dikenali"


class LedgerKept(RegistryError):
    """Entries of the ledger are only added, and sum to nothing."""

    key = "lejar_dikunci"


class AccountNotVerified(RegistryError):
    """The account of a payee was not verified, or was changed since."""

    key = "akaun_belum_disahkan"


class PaymentPrepared(RegistryError):
    """A payment of the case is on another list that was not released yet."""

    key = "sudah_disenaraikan"


class ListReleased(RegistryError):
    """The list was released or called off already."""

    key = "senarai_sudah_dilepaskan"


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
    "EK060": AidGivenStands,
    "EK061": OverrideNotPermitted,
    "EK062": OverrideReason,
    "EK063": OverrideWords,
    "EK065": NotFound,
    "EK066": OverrideNeeded,
    "EK067": OriginalMissing,
    "EK080": ReferenceTaken,
    "EK081": AmountNotPositive,
    "EK082": LedgerYearClosed,
    "EK083": LedgerYearOther,
    "EK084": LedgerYearRunning,
    "EK085": PaymentUnknown,
    "EK086": PaymentAnswered,
    "EK087": AmountDiffers,
    "EK088": OriginalUnknown,
    "EK089": NotReversible,
    "EK090": AlreadyReversed,
    "EK091": PaymentsUnanswered,
    "EK092": BalanceTooLow,
    "EK093": EntryIncomplete,
    "EK094": ProgrammeUnknown,
    "EK095": LedgerKept,
    "EK096": AccountNotVerified,
    "EK097": PaymentPrepared,
    "EK098": ListReleased,
    "EK100": TargetStepIllegal,
    "EK101": TargetOfWholeState,
    "EK102": OwnTarget,
    "EK103": TargetIsNational,
    "EK104": TooManyCounts,
    "EK105": TargetListClosed,
    "EK110": ApplicationNotTheirs,
    "EK111": ApplicationHousehold,
    "EK112": ApplicantMissing,
    "EK113": ProgrammeNotOpen,
    "EK114": ApplicationIncomplete,
    "EK115": ApplicationOpenAlready,
    "EK116": ApplicationStepIllegal,
    "EK117": ApplicationSamePerson,
    "EK118": ApplicationCodeMissing,
    "EK119": AmountAboveRate,
    "EK120": AppealedOnce,
    "EK121": AppealTooLate,
    "EK122": HousingMet,
    "EK123": NeedMetAgain,
    "EK124": NeedMetElsewhere,
    "EK125": NeedMetWithin,
}
"""The error that each SQLSTATE stands for."""


def sqlstate_of(error: DBAPIError) -> str:
    """The SQLSTATE of what the database has answered; empty where it has not answered at all."""
    return getattr(error.orig, "sqlstate", None) or ""


def refusal_of(error: DBAPIError) -> RegistryError | None:
    """What the database has refused, in the register's words; ``None`` for an error that is no refusal."""
    found = REFUSALS.get(sqlstate_of(error))
    return found() if found else None


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
