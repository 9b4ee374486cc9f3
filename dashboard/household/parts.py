"""The nine components of a record and their fields, as data: what is shown, asked, and counted as complete."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from registry.households.rules import CHOICES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from words import Words

Kind = Literal[
    "text",
    "choice",
    "yes_no",
    "date",
    "money",
    "whole",
    "acres",
    "degrees",
    "strata",
    "sex",
    "area",
    "reason",
    "tick",
    "accuracy",
]

PERSONAL, LOCATION, DWELLING, EDUCATION, WORK, ASSETS, HEALTH, INCOME, AID = (
    "peribadi", "lokasi", "kediaman", "pendidikan", "pekerjaan", "harta", "kesihatan", "pendapatan", "bantuan",
)  # fmt: skip
PLACE = "titik"
ADD_MEMBER, REMOVE_MEMBER, CHANGE_HEAD, REMOVE_AID = "tambah-ahli", "keluarkan-ahli", "tukar-kir", "buang-bantuan"


@dataclass(frozen=True, slots=True)
class Field:
    """A question of a form: ``column`` names the record's own, where it differs from the field's name."""

    name: str
    kind: Kind = "text"
    required: bool = False
    wide: bool = False
    column: str = ""

    @property
    def source(self) -> str:
        """The column of the record it is read from."""
        return self.column or self.name


@dataclass(frozen=True, slots=True)
class Part:
    """A component of the record; ``of_members`` says that each member answers its fields."""

    name: str
    fields: tuple[Field, ...]
    of_members: bool = False


PARTS: dict[str, Part] = {
    part.name: part
    for part in (
        Part(
            PERSONAL,
            (
                Field("name", required=True, wide=True),
                Field("relationship", "choice", required=True),
                Field("id_no"),
                Field("birth_date", "date"),
                Field("sex", "sex"),
                Field("ethnicity", "choice"),
                Field("religion", "choice"),
                Field("marital_status", "choice"),
                Field("citizen", "yes_no"),
            ),
            of_members=True,
        ),
        Part(
            LOCATION,
            (
                Field("address", wide=True),
                Field("village"),
                Field("town"),
                Field("postcode"),
                Field("phone"),
                Field("strata", "strata", required=True),
                Field("district_code", "area", required=True),
                Field("mukim_code", "area"),
            ),
        ),
        Part(
            DWELLING,
            (
                Field("dwelling_type", "choice"),
                Field("tenure", "choice"),
                Field("dwelling_condition", "choice"),
                Field("room_count", "whole"),
                Field("toilet", "choice"),
                Field("water_supply", "choice"),
                Field("electricity", "yes_no"),
                Field("rubbish_collection", "yes_no"),
            ),
        ),
        Part(EDUCATION, (Field("education_level", "choice"), Field("in_school", "yes_no")), of_members=True),
        Part(WORK, (Field("employment_status", "choice"), Field("skill", "choice")), of_members=True),
        Part(ASSETS, (Field("vehicle", "choice"), Field("land_acres", "acres"))),
        Part(HEALTH, (Field("disability", "choice"), Field("chronic_illness", "choice")), of_members=True),
        Part(
            INCOME,
            (
                Field("employment", "money", column="employment_rm"),
                Field("self_employment", "money", column="self_employment_rm"),
                Field("property", "money", column="property_rm"),
                Field("transfers", "money", column="transfers_rm"),
            ),
            of_members=True,
        ),
        Part(
            AID,
            (
                Field("agency", required=True),
                Field("programme", required=True),
                Field("person_id", "choice"),
                Field("given_on", "date"),
                Field("amount_rm", "money"),
                Field("frequency", "choice"),
            ),
        ),
    )
}

# What a form may hold besides a component's own fields.
OTHER_FIELDS: dict[str, tuple[Field, ...]] = {
    PLACE: (
        Field("latitude", "degrees", required=True),
        Field("longitude", "degrees", required=True),
        Field("accuracy", "accuracy", required=True, wide=True),
        Field("device_accuracy"),
    ),
    ADD_MEMBER: (*PARTS[PERSONAL].fields, *PARTS[INCOME].fields),
    REMOVE_MEMBER: (Field("reason", "reason", required=True),),
    CHANGE_HEAD: (Field("former_head_relationship", "choice", required=True),),
    REMOVE_AID: (),
}

REMOVED = Field("removed", "reason")
"""That a member is of the household no longer, as a fact beside the others: why."""

# Under which part of the page a form opens.
HOSTS: dict[str, str] = {name: name for name in PARTS} | {
    PLACE: PLACE,
    ADD_MEMBER: PERSONAL,
    REMOVE_MEMBER: PERSONAL,
    CHANGE_HEAD: PERSONAL,
    REMOVE_AID: AID,
}


def fields_of(form: str) -> tuple[Field, ...]:
    """The fields that a form asks."""
    return OTHER_FIELDS[form] if form in OTHER_FIELDS else PARTS[form].fields


def completeness(
    part: Part, household: Mapping[str, object], members: Sequence[Mapping[str, object]]
) -> tuple[int, int]:
    """How many answers of a component are known, of how many; nothing known of nothing where it has no questions.

    Income has no unknown: a source without an amount is none.
    """
    asked: Sequence[Mapping[str, object]] = members if part.of_members else [household]
    if part.name == AID:
        return 0, 0
    known = sum(row[field.source] not in {None, ""} for row in asked for field in part.fields)
    return known, len(asked) * len(part.fields)


def choice_label(field: str, value: str | None, words: Words) -> str:
    """An answer in the reader's language; one that the register does not know stays as it was declared."""
    if value is None:
        return ""
    if value == "KIR" and field == "relationship":
        return words("choice.kir")
    return words(f"choice.{slug(value)}") if value in CHOICES.get(field, ()) else value


def slug(value: str) -> str:
    """The answer as part of a catalogue key: ``Janda/Duda`` is ``janda_duda``."""
    return re.sub(r"[^a-z0-9]+", "_", value.casefold()).strip("_")
