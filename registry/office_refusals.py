"""What the database refuses of the work of an office: referrals, rounds of cleansing, support."""

from __future__ import annotations

from typing import Final

from registry.errors import InvalidInput, NotPermitted, RegistryError


class ReferralNotTheirs(NotPermitted):
    """Who acts speaks for no office, district, state or country that refers."""

    key = "referral_not_permitted"


class ReferralReceiver(InvalidInput):
    """There is no such receiver, or it is who sends."""

    key = "referral_receiver"

    def __init__(self) -> None:
        super().__init__({"to": "choice"})


class ReferralAbout(RegistryError):
    """A referral is about one household that who acts reads, or about one area."""

    key = "referral_about"


class ReferralIncomplete(RegistryError):
    """A referral has a question; about a household, what is handed over as well, by name."""

    key = "referral_incomplete"


class ReferralStepIllegal(RegistryError):
    """The referral is in a state from which this step cannot be taken."""

    key = "referral_step_illegal"


class ReferralOtherSide(NotPermitted):
    """This step is the other side's."""

    key = "referral_step_not_permitted"


class ReferralDecisionMissing(InvalidInput):
    """An answer has a decision."""

    key = "referral_decision_missing"

    def __init__(self) -> None:
        super().__init__({"decision": "choice"})


class ReferralFileRefused(RegistryError):
    """The referral is over, or has as many files as are kept."""

    key = "referral_file_refused"


class RoundNotTheirs(NotPermitted):
    """Who acts does not work in this office, or may not take this step of a round."""

    key = "round_not_permitted"


class RoundYears(InvalidInput):
    """A round names one to ten years that have begun."""

    key = "round_years"

    def __init__(self) -> None:
        super().__init__({"years": "choice"})


class RoundEmpty(RegistryError):
    """Nobody was aided by the office in these years, and nobody has an open application."""

    key = "round_empty"


class RoundRunning(RegistryError):
    """The office has a round that is not done yet."""

    key = "round_running"


class RoundDecisionUnknown(RegistryError):
    """What is decided does not fit how the household stands in the round."""

    key = "round_decision"


class RoundStands(RegistryError):
    """What was frozen and what was decided is not changed any more."""

    key = "round_stands"


class RoundDoesNotAddUp(RegistryError):
    """Kept, dropped and investigated with those that are open are not as many as were frozen."""

    key = "round_does_not_add_up"


class RoundSamePerson(NotPermitted):
    """To drop a household takes a second person."""

    key = "round_same_person"


class RoundNoRecord(RegistryError):
    """The record was merged or is gone: there is nothing to look into."""

    key = "round_no_record"


class TicketStepIllegal(RegistryError):
    """The ticket is in a state from which who acts cannot take this step, or it ended too long ago."""

    key = "support_step"


class TicketExposure(NotPermitted):
    """A ticket of data that somebody saw wrongly is not made less urgent by who handles it."""

    key = "support_exposure"


class TicketUnknown(RegistryError):
    """What was given does not fit: words, a kind, a person, another ticket, a record, a day."""

    key = "support_unknown"


OFFICE_REFUSALS: Final[dict[str, type[RegistryError]]] = {
    "EK220": ReferralNotTheirs,
    "EK221": ReferralReceiver,
    "EK222": ReferralAbout,
    "EK223": ReferralIncomplete,
    "EK224": ReferralStepIllegal,
    "EK225": ReferralOtherSide,
    "EK226": ReferralDecisionMissing,
    "EK227": ReferralFileRefused,
    "EK230": RoundNotTheirs,
    "EK231": RoundYears,
    "EK232": RoundEmpty,
    "EK233": RoundRunning,
    "EK234": RoundDecisionUnknown,
    "EK235": RoundStands,
    "EK236": RoundDoesNotAddUp,
    "EK237": RoundSamePerson,
    "EK238": RoundNoRecord,
    "EK253": TicketStepIllegal,
    "EK254": TicketExposure,
    "EK255": TicketUnknown,
}
"""By SQLSTATE."""
