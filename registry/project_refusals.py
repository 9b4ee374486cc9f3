"""What the database refuses of projects: steps, places, costs, plans, payments."""

from __future__ import annotations

from typing import Final

from registry.errors import InvalidInput, NotPermitted, RegistryError


class ProjectNotTheirs(NotPermitted):
    """This step of a project belongs to another office or role."""

    key = "project_step_not_permitted"


class ProjectStepIllegal(RegistryError):
    """The project is in a state in which this cannot be done."""

    key = "project_step_illegal"


class ProjectSamePerson(NotPermitted):
    """Who opened the project does not check it; who reports does not accept, who tells completion does not confirm."""

    key = "project_same_person"


class ProjectIncomplete(RegistryError):
    """Something that the step needs is missing, or cannot be: a day, a number, an amount, a name."""

    key = "project_incomplete"


class ProjectPlace(InvalidInput):
    """The place is missing, is not what its type asks for, or lies outside Malaysia."""

    key = "project_place"

    def __init__(self) -> None:
        super().__init__({"place": "invalid"})


class ProjectAboveRate(InvalidInput):
    """The cost is above the rate in force."""

    key = "project_above_rate"

    def __init__(self) -> None:
        super().__init__({"cost_rm": "above_rate"})


class ProjectUnitFull(RegistryError):
    """The state's coordination unit has as many projects under way as it can."""

    key = "project_unit_full"


class SumAboveCommitment(RegistryError):
    """The contract's sum, or what is committed anew, does not fit what was committed or paid."""

    key = "project_sum_above_commitment"


class ProjectWorkOpen(RegistryError):
    """Not all milestones are done by a report that was accepted."""

    key = "project_work_open"


class ProjectPhotoMissing(RegistryError):
    """A photograph that this type asks for is missing."""

    key = "project_photo_missing"


class ProjectDefectOpen(RegistryError):
    """A defect is not mended yet."""

    key = "project_defect_open"


class ProjectReportInvalid(RegistryError):
    """The day has not come, or a share is not between 0 and 100 percent."""

    key = "project_report_invalid"


class PaymentAboveWork(RegistryError):
    """The payment would lift what is paid above the work that was done and accepted."""

    key = "payment_above_work"


class ProjectWeights(InvalidInput):
    """The weights of the milestones do not sum to 100."""

    key = "project_weights"

    def __init__(self) -> None:
        super().__init__({"milestones": "invalid"})


class ProjectPlanDays(InvalidInput):
    """A milestone lacks its days, or ends before it begins."""

    key = "project_plan_days"

    def __init__(self) -> None:
        super().__init__({"plan": "days_order"})


class ProjectHouseholds(RegistryError):
    """There is no such household for who acts, or not as many as projects of this type are for."""

    key = "project_household"


class ProjectKindMissing(RegistryError):
    """The programme gives no aid of the kind that this type meets its need by."""

    key = "project_kind_missing"


class ProjectWorkAccepted(RegistryError):
    """Work was accepted or paid: the project does not go back."""

    key = "project_work_accepted"


class ProjectUnregistered(RegistryError):
    """Who the project is for has no record in the register yet, so that the need cannot be claimed."""

    key = "project_person_unregistered"


class ProjectMinutesMissing(InvalidInput):
    """Who is not in the register is named on the minutes of the focus group."""

    key = "project_minutes_missing"

    def __init__(self) -> None:
        super().__init__({"minutes_no": "required"})


PROJECT_REFUSALS: Final[dict[str, type[RegistryError]]] = {
    "EK200": ProjectNotTheirs,
    "EK201": ProjectStepIllegal,
    "EK202": ProjectSamePerson,
    "EK203": ProjectIncomplete,
    "EK204": ProjectPlace,
    "EK205": ProjectAboveRate,
    "EK206": ProjectUnitFull,
    "EK207": SumAboveCommitment,
    "EK208": ProjectWorkOpen,
    "EK209": ProjectPhotoMissing,
    "EK210": ProjectDefectOpen,
    "EK212": ProjectReportInvalid,
    "EK213": PaymentAboveWork,
    "EK214": ProjectWeights,
    "EK215": ProjectPlanDays,
    "EK216": ProjectHouseholds,
    "EK217": ProjectKindMissing,
    "EK218": ProjectWorkAccepted,
    "EK259": ProjectUnregistered,
    "EK260": ProjectMinutesMissing,
}
"""By SQLSTATE."""
