"""The facts that a visit checks: each as it stands, and what was found otherwise as differences and as one change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dashboard.household import texts
from dashboard.household.answers import command_of, values_of
from dashboard.household.options import options_of
from dashboard.household.parts import ADD_MEMBER, AID, INCOME, PARTS, PERSONAL, REMOVED, Field, Part
from geo.route import distance_m
from queries import households
from registry.cases.draft import read_draft
from registry.errors import InvalidInput
from registry.households import rules
from registry.households.commands import ChangeSeveral, MoveHousehold, RemoveMember
from registry.mykad import masked
from registry.visits.visits import Difference, accuracy_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dashboard.deps import Reads
    from queries.households import WholeRecord
    from queries.row_types.cases import CaseRow
    from registry.households.commands import HouseholdCommand
    from registry.visits.visits import Place
    from words import Words

_ASKED_ELSEWHERE: Final = frozenset({"id_no", "district_code"})
"""What a visit shows and does not change: a number is looked up where it is typed, and another district is a move."""
_CHOSEN: Final = frozenset({"choice", "yes_no", "sex", "strata", "area", "reason"})
_PLACED: Final = frozenset({"given", "swapped", "manual"})
_LONGEST: Final = 200
NEW: Final = tuple(f"baru{number}" for number in range(1, 4))
"""The rows of members whom a visit finds and the record does not have."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What is on record: the household's row and the members', each with the key that its facts are named by.

    ``record`` is the registered household's; ``None`` where all there is yet is the form of the case.
    """

    household: Mapping[str, Any]
    members: Sequence[tuple[str, Mapping[str, Any]]]
    aid: Sequence[Mapping[str, Any]]
    record: WholeRecord | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: which field of whom, and what a form would hold for it."""

    part: Part
    field: Field
    row: str
    of: str
    source: Mapping[str, Any]

    @property
    def key(self) -> str:
        """What the fact is called between the device and the register."""
        return f"{self.row}.{self.field.name}"

    @property
    def value(self) -> str:
        """The fact as a form writes it."""
        return texts.input_text(self.field, self.source) or ""

    @property
    def changeable(self) -> bool:
        """Whether a visit may find it otherwise."""
        head = self.field.name == "relationship" and self.source.get("relationship") == rules.HEAD
        return self.field.name not in _ASKED_ELSEWHERE and not head


def standing_of(conn: Reads, case: CaseRow) -> Standing:
    """What is on record of the household of a case: the register's where it is registered, else its form's."""
    if case["household_id"] is not None:
        record = households.whole_record(conn, case["household_id"])
        if record is not None:
            members = [(str(member["person_id"]), member) for member in record.members]
            return Standing(record.household, members, record.aid, record)
    form, _problems = read_draft(case["draft"], today=texts.today())
    areas = {"district_name": case["district_name"], "mukim_name": case["mukim_name"]}
    found = [
        (member.key, {**member.values, **{f"{source}_rm": amount for source, amount in member.income.items()}})
        for member in form.members
    ]
    return Standing({**form.location, **form.dwelling, **form.assets, **areas}, found, form.aid)


def facts_of(standing: Standing) -> Iterator[Fact]:
    """Every fact that is asked about a household, component by component; aid is told in lines alone."""
    for part in PARTS.values():
        if part.name == AID:
            continue
        rows = standing.members if part.of_members else [("", standing.household)]
        for row, source in rows:
            of = str(source.get("name") or "") if part.of_members else ""
            for field in part.fields:
                yield Fact(part, field, row, of, source)
            # a form says itself who belongs to the household; of a record it is asked for
            if part.name == PERSONAL and standing.record and source.get("relationship") != rules.HEAD:
                yield Fact(part, REMOVED, row, of, {})
        if part.name == PERSONAL and standing.record:
            yield from (
                Fact(part, field, row, "", {})
                for row in NEW
                for field in part.fields
                if field.name not in _ASKED_ELSEWHERE
            )


def fact_shapes(standing: Standing, words: Words) -> dict[str, list[dict[str, object]]]:
    """The facts of each component as the device draws them; ``kind`` is there for those that may be changed."""
    found: dict[str, list[dict[str, object]]] = {name: [] for name in PARTS}
    for fact in facts_of(standing):
        shape: dict[str, object] = {
            "key": fact.key,
            "name": fact.field.name,
            "of": _of(fact, words),
            "label": words(f"field.{fact.field.name}"),
            "text": _text(fact, words),
        }
        if fact.changeable:
            kind = "choice" if fact.field.kind in _CHOSEN else fact.field.kind
            shape |= {"kind": kind, "value": fact.value, "required": fact.field.required}
        found[fact.part.name].append(shape)
    return found


def choices_of(conn: Reads, standing: Standing, words: Words) -> dict[str, list[dict[str, Any]]]:
    """The answers that each field offers, by its name; the mukim are those of the declared district."""
    offered = {
        field.name: options_of(field, None, words)
        for part in PARTS.values()
        for field in part.fields
        if field.kind in _CHOSEN and field.kind != "area" and part.name != AID
    }
    district = standing.household.get("district_code")
    found = households.mukims(conn, district) if district else []
    offered[REMOVED.name] = options_of(REMOVED, None, words)
    offered["mukim_code"] = [{"value": row["code"], "label": row["name"]} for row in found]
    return offered


def differences_of(standing: Standing, given: Mapping[str, str]) -> tuple[Difference, ...]:
    """What a device sends as found otherwise, beside what stands; what is the same after all is left out.

    Raises:
        InvalidInput: a fact that is not there any more, or that a visit does not change.

    """
    known = {fact.key: fact for fact in facts_of(standing) if fact.changeable}
    gone = {key: "member_gone" for key in given if key not in known}
    if gone:
        raise InvalidInput(gone)
    return tuple(
        Difference(
            part=fact.part.name,
            field=fact.field.name,
            before=fact.value,
            after=after,
            row=fact.row,
            of=given.get(f"{fact.row}.name", "") if fact.row in NEW else fact.of,
        )
        for key, fact in known.items()
        if key in given and (after := " ".join(given[key].split())[:_LONGEST]) != fact.value
    )


def change_of(
    standing: Standing, differences: Sequence[Difference], place: Place | None, *, version: int
) -> HouseholdCommand | None:
    """The one change that a visit asks for of a registered household; ``None`` where all is as it stands.

    Raises:
        InvalidInput: what was typed cannot be read, by ``<row>.<field>``.

    """
    record = standing.record
    if record is None:
        return None
    at: dict[str, int] = {"household_id": record.household["household_id"], "version": version}
    gone = {found.row: found.after for found in differences if found.field == REMOVED.name}
    stays = [found for found in differences if found.row not in gone and found.row not in NEW]
    changes: list[HouseholdCommand] = []
    for part, row in dict.fromkeys((found.part, found.row if found.part == PERSONAL else "") for found in stays):
        typed: dict[str, Any] = dict(values_of(part, row, record))
        typed |= {f"{one.row}.{one.field}": one.after for one in stays if one.part == part}
        changes.append(command_of(part, row, typed, **at))
    joined = dict.fromkeys(found.row for found in differences if found.row in NEW)
    changes += [_joined(row, [found for found in differences if found.row == row], at) for row in joined]
    changes += [RemoveMember(**at, person_id=int(row), reason=reason) for row, reason in gone.items()]
    if place is not None and _elsewhere(record, place):
        point = {"longitude": place.longitude, "latitude": place.latitude}
        accuracy = accuracy_of(place)
        move = MoveHousehold(household_id=at["household_id"], version=version, accuracy_m=accuracy, **point)
        changes.append(move)
    return ChangeSeveral(**at, changes=tuple(changes)) if changes else None


def _joined(row: str, said: Sequence[Difference], at: Mapping[str, int]) -> HouseholdCommand:
    """The member who is to be added; an identity number is looked up where it is typed, on the record.

    Raises:
        InvalidInput: what was typed cannot be read, or the name or the relationship is missing, by ``<row>.<field>``.

    """
    typed = {f".{field.name}": "" for field in PARTS[PERSONAL].fields if field.required}
    typed |= {f".{one.field}": one.after for one in said}
    try:
        return command_of(ADD_MEMBER, "", typed, **at)
    except InvalidInput as error:
        raise InvalidInput({f"{row}{place}": problem for place, problem in error.problems.items()}) from error


def _of(fact: Fact, words: Words) -> str:
    if fact.row in NEW:
        return words("visit.new_member", n=NEW.index(fact.row) + 1)
    return fact.of or (words("case.no_name") if fact.row else "")


def _elsewhere(record: WholeRecord, place: Place) -> bool:
    """Whether a visit knows better where the house is: nobody had placed it, or it lies beyond both accuracies."""
    household = record.household
    if place.accuracy_m is None or household["geom_method"] not in _PLACED:
        return True
    apart = distance_m((household["latitude"], household["longitude"]), (place.latitude, place.longitude))
    return apart > accuracy_of(place) + household["geom_accuracy_m"]


def _text(fact: Fact, words: Words) -> str:
    if fact.field.name == "id_no":
        number, kind = rules.identity(fact.source["id_no"])
        return masked(number, kind=kind or "mykad") if number else ""
    if fact.part.name == INCOME and not fact.source.get(fact.field.source):
        return ""
    return texts.value_text(fact.field, fact.source, words)
