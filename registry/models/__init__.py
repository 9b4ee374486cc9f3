"""The tables of the register."""

from registry.models.areas import (
    Area,
    AreaAlias,
    AreaBoundary,
    AreaPiece,
    AreaStatistic,
    BoundarySet,
    GeocodePlace,
    PostcodeState,
)
from registry.models.base import Base
from registry.models.cards import Card, CardRequest
from registry.models.cases import CaseFile, CaseState, CaseStep, CaseTransition, Meeting, MeetingItem
from registry.models.cleansing import Cohort, CohortMember, DuplicateCandidate, HouseholdMerge, SearchWord
from registry.models.control import AuditBatch, AuditLink, SignInRefusal
from registry.models.counts import Headcount, HeadcountMonth
from registry.models.households import (
    AidReceived,
    AreaHistory,
    Household,
    Income,
    Person,
    QualityFlag,
    StatusDecision,
)
from registry.models.operations import (
    AppUser,
    AuditEntry,
    Delivery,
    DeliveryRow,
    HeldHousehold,
    IdempotencyKey,
    RolePermission,
    Setting,
)
from registry.models.oversight import Delegation
from registry.models.poverty import ClassificationRule, Indicator, PovertyLine, Target
from registry.models.sign_in import DearRequest, RecoveryCode, SecondFactor
from registry.models.updates import ChangeRequest, HouseholdExit, HouseholdVersion
from registry.models.visits import Visit, VisitPhoto

__all__ = [
    "AidReceived",
    "AppUser",
    "Area",
    "AreaAlias",
    "AreaBoundary",
    "AreaHistory",
    "AreaPiece",
    "AreaStatistic",
    "AuditBatch",
    "AuditEntry",
    "AuditLink",
    "Base",
    "BoundarySet",
    "Card",
    "CardRequest",
    "CaseFile",
    "CaseState",
    "CaseStep",
    "CaseTransition",
    "ChangeRequest",
    "ClassificationRule",
    "Cohort",
    "CohortMember",
    "DearRequest",
    "Delegation",
    "Delivery",
    "DeliveryRow",
    "DuplicateCandidate",
    "GeocodePlace",
    "Headcount",
    "HeadcountMonth",
    "HeldHousehold",
    "Household",
    "HouseholdExit",
    "HouseholdMerge",
    "HouseholdVersion",
    "IdempotencyKey",
    "Income",
    "Indicator",
    "Meeting",
    "MeetingItem",
    "Person",
    "PostcodeState",
    "PovertyLine",
    "QualityFlag",
    "RecoveryCode",
    "RolePermission",
    "SearchWord",
    "SecondFactor",
    "Setting",
    "SignInRefusal",
    "StatusDecision",
    "Target",
    "Visit",
    "VisitPhoto",
]
