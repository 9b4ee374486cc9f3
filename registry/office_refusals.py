"""What the database refuses of the work of an office: referrals."""

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


OFFICE_REFUSALS: Final[dict[str, type[RegistryError]]] = {
    "EK220": ReferralNotTheirs,
    "EK221": ReferralReceiver,
    "EK222": ReferralAbout,
    "EK223": ReferralIncomplete,
    "EK224": ReferralStepIllegal,
    "EK225": ReferralOtherSide,
    "EK226": ReferralDecisionMissing,
    "EK227": ReferralFileRefused,
}
"""By SQLSTATE."""
