"""The changes that can be made to a household, one small frozen dataclass each; every one names the version it saw."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from decimal import Decimal

INCOME_SOURCES = ("employment", "self_employment", "property", "transfers")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseholdCommand:
    """A change to the household as it was at ``version``."""

    household_id: int
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditDwelling(HouseholdCommand):
    """The whole of the dwelling component (kediaman), as it shall be."""

    dwelling_type: str | None = None
    tenure: str | None = None
    dwelling_condition: str | None = None
    room_count: int | None = None
    toilet: str | None = None
    water_supply: str | None = None
    electricity: bool | None = None
    rubbish_collection: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditAssets(HouseholdCommand):
    """The whole of the assets component (pemilikan harta)."""

    vehicle: str | None = None
    land_acres: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditLocation(HouseholdCommand):
    """The declared address and area (lokasi); the point on the map is :class:`MoveHousehold`'s."""

    district_code: str
    mukim_code: str | None
    strata: str
    address: str | None = None
    village: str | None = None
    postcode: str | None = None
    town: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveHousehold(HouseholdCommand):
    """Put the household's point where its house is: degrees of WGS 84. The declared area stands.

    ``accuracy_m`` is how exact the point is, as who moves it says or the device measured; without it nothing is moved.
    """

    longitude: float
    latitude: float
    accuracy_m: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalFields:
    """Who a member is (peribadi). ``id_no`` may be written with dashes; its kind is worked out."""

    name: str
    relationship: str
    id_no: str | None = None
    sex: str | None = None
    birth_date: date | None = None
    ethnicity: str | None = None
    religion: str | None = None
    marital_status: str | None = None
    citizen: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EducationFields:
    """A member's education (pendidikan)."""

    education_level: str | None = None
    in_school: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkFields:
    """A member's skill and work (kemahiran & pekerjaan)."""

    employment_status: str | None = None
    skill: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthFields:
    """A member's health (kesihatan)."""

    disability: str | None = None
    chronic_illness: str | None = None


MemberFields = EducationFields | WorkFields | HealthFields


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMember(HouseholdCommand):
    """Who one member is. A head stays head: :class:`ChangeHead` chooses another."""

    person_id: int
    personal: PersonalFields


@dataclass(frozen=True, slots=True, kw_only=True)
class EditMembers(HouseholdCommand):
    """One component (education, work or health) of several members, by person."""

    members: Mapping[int, MemberFields]


@dataclass(frozen=True, slots=True, kw_only=True)
class EditIncome(HouseholdCommand):
    """Monthly income in RM by person and source; a source left out is none.

    A correction says that the old figure was wrong, not that the income changed.
    """

    amounts: Mapping[int, Mapping[str, Decimal]]
    correction: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMember(HouseholdCommand):
    """A new member (AIR), with any income of his or her own."""

    personal: PersonalFields
    income: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMember(HouseholdCommand):
    """A member who is no longer of the household: ``reason`` is died, moved_out or entered_by_mistake."""

    person_id: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeHead(HouseholdCommand):
    """Another member becomes head (KIR); ``former_head_relationship`` is what the old head is to the new one."""

    person_id: int
    former_head_relationship: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddAid(HouseholdCommand):
    """Aid that the household says it receives or has received."""

    agency: str
    programme: str
    person_id: int | None = None
    given_on: date | None = None
    amount_rm: Decimal | None = None
    frequency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveAid(HouseholdCommand):
    """Aid that was entered by mistake."""

    aid_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitHousehold(HouseholdCommand):
    """Take the household out of the counts; ``reason`` is one of the published ones."""

    reason: str
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReinstateHousehold(HouseholdCommand):
    """Bring a household back that had exited; ``note`` says why."""

    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSeveral(HouseholdCommand):
    """Several changes that are one: all are carried out, in their order, or none."""

    changes: tuple[HouseholdCommand, ...]


@dataclass(frozen=True, slots=True)
class Saved:
    """What a change did: the fields that differ now, and what became of the status. Holds no personal data.

    ``changed`` names fields; a member's carries the member's number in front (``2.name``).
    """

    household_id: int
    version: int
    changed: tuple[str, ...]
    status_before: str
    status_after: str
    per_capita_before_rm: Decimal
    per_capita_after_rm: Decimal
    decided: bool
