"""Writes commands as JSON and reads them back, so that a change can wait for somebody's approval."""

from __future__ import annotations

import re
from dataclasses import asdict
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from registry.audit import plain
from registry.households import commands

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from registry.households.commands import HouseholdCommand

KINDS: dict[str, type[HouseholdCommand]] = {
    re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__).lower(): kind
    for kind in (
        commands.EditDwelling,
        commands.EditAssets,
        commands.EditLocation,
        commands.MoveHousehold,
        commands.EditMember,
        commands.EditMembers,
        commands.EditIncome,
        commands.AddMember,
        commands.RemoveMember,
        commands.ChangeHead,
        commands.AddAid,
        commands.RemoveAid,
        commands.ExitHousehold,
        commands.ReinstateHousehold,
        commands.ChangeSeveral,
    )
}
"""The commands that can be kept, by the name they are kept under."""

_COMPONENTS: dict[str, type[commands.MemberFields]] = {
    "education": commands.EducationFields,
    "work": commands.WorkFields,
    "health": commands.HealthFields,
}
_DATES = frozenset({"birth_date", "given_on"})
_AMOUNTS = frozenset({"land_acres", "amount_rm"})


def kind_of(command: HouseholdCommand) -> str:
    """The name that a command is kept under; what is no change of the forms goes by its own name."""
    known = {kind: name for name, kind in KINDS.items()}
    return known.get(type(command), type(command).__name__)


def payload_of(command: HouseholdCommand) -> dict[str, Any]:
    """What a command says, as JSON keeps it."""
    if isinstance(command, commands.ChangeSeveral):
        return {"changes": [{"kind": kind_of(one), **payload_of(one)} for one in command.changes]}
    values = asdict(command)
    del values["household_id"], values["version"]
    if isinstance(command, commands.EditMembers):
        fields = next(iter(command.members.values()), None)
        values["component"] = next((name for name, kind in _COMPONENTS.items() if isinstance(fields, kind)), "work")
    return plain(_with_text_keys(values))


def command_from(kind: str, payload: Mapping[str, Any], *, household_id: int, version: int) -> HouseholdCommand:
    """The command that was kept.

    Raises:
        KeyError: there is no such kind of change.

    """
    if kind == "change_several":
        at = {"household_id": household_id, "version": version}
        return commands.ChangeSeveral(**at, changes=tuple(_one_of_several(one, **at) for one in payload["changes"]))
    values = {name: _value(name, value) for name, value in payload.items()}
    if kind == "edit_members":
        component = _COMPONENTS[values.pop("component")]
        values["members"] = {int(person): component(**fields) for person, fields in values["members"].items()}
    if kind in {"edit_member", "add_member"}:
        personal = {name: _value(name, value) for name, value in values["personal"].items()}
        values["personal"] = commands.PersonalFields(**personal)
    if kind == "add_member":
        values["income"] = _amounts(values["income"])
    if kind == "edit_income":
        values["amounts"] = {int(person): _amounts(amounts) for person, amounts in values["amounts"].items()}
    make: Callable[..., HouseholdCommand] = KINDS[kind]
    return make(household_id=household_id, version=version, **values)


def _one_of_several(payload: Mapping[str, Any], *, household_id: int, version: int) -> HouseholdCommand:
    values = {name: value for name, value in payload.items() if name != "kind"}
    return command_from(payload["kind"], values, household_id=household_id, version=version)


def _value(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _DATES:
        return date.fromisoformat(value)
    return Decimal(value) if name in _AMOUNTS else value


def _amounts(values: Mapping[str, str]) -> dict[str, Decimal]:
    return {source: Decimal(amount) for source, amount in values.items()}


def _with_text_keys(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _with_text_keys(item) for key, item in value.items()}
    return value
