"""What the database refuses of aid: lines, double aid, target groups, applications."""

from __future__ import annotations

from typing import Final

from registry.errors import InvalidInput, NotPermitted, RegistryError


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


class ConditionUnknown(RegistryError):
    """The conditions ask in a way that the register does not know."""

    key = "condition_unknown"


class NeedUnknown(InvalidInput):
    """There is no such need."""

    key = "need_unknown"

    def __init__(self) -> None:
        super().__init__({"keperluan": "choice"})


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


class OverlapsNothing(RegistryError):
    """Nothing is overlapped that needs leave, or leave was asked for, or given, already."""

    key = "application_overlaps_nothing"


class RateMissing(RegistryError):
    """No rate of this aid is in force, so that there is nothing to grant up to."""

    key = "rate_missing"


class SimulationMaking(RegistryError):
    """Where households stand is being read anew, after very many of them were decided again."""

    key = "simulation_making"


AID_REFUSALS: Final[dict[str, type[RegistryError]]] = {
    "EK060": AidGivenStands,
    "EK061": OverrideNotPermitted,
    "EK062": OverrideReason,
    "EK063": OverrideWords,
    "EK066": OverrideNeeded,
    "EK067": OriginalMissing,
    "EK100": TargetStepIllegal,
    "EK101": TargetOfWholeState,
    "EK102": OwnTarget,
    "EK103": TargetIsNational,
    "EK104": TooManyCounts,
    "EK105": TargetListClosed,
    "EK106": ConditionUnknown,
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
    "EK160": OverlapsNothing,
    "EK161": RateMissing,
    "EK132": NeedUnknown,
    "EK277": SimulationMaking,
}
"""By SQLSTATE."""
