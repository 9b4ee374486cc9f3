"""The callback that takes a step of a case, an application, a referral or a project: what it hears, what it does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from dash import ALL, Input, Output, State, no_update

from dashboard.acting import answered, answers_to, pressed
from registry.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dash.dependencies import DashDependency

    from dashboard.deps import Deps, Writes
    from dashboard.sent.kinds import Seen
    from registry.errors import RegistryError

Command = TypeVar("Command")
Typed = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepIds:
    """The ids of a page of one thing: whose it is, as it was loaded, where a step is told; its buttons and fields."""

    record: str
    loaded: str
    taken: str
    message: str
    step_type: str
    answer_type: str

    def wires(self) -> list[DashDependency]:
        """What the callback answers and hears; its arguments are presses, values, names, record, loaded."""
        fields = {"type": self.answer_type, "action": ALL, "name": ALL}
        return [
            Output(self.taken, "data"),
            Output(self.message, "children"),
            Input({"type": self.step_type, "action": ALL}, "n_clicks"),
            State(fields, "value"),
            State(fields, "id"),
            State(self.record, "data"),
            State(self.loaded, "data"),
        ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepping(Generic[Command]):
    """How a step of one kind of thing is taken and told; ``kind`` begins the key by which it is carried out once."""

    kind: str
    command: Callable[[int, str, Typed], Command]
    take: Callable[[Writes, Command], Mapping[str, object]]
    message: Callable[[str, dict[str, Any]], object]
    refused: Callable[[RegistryError], object]
    read: Callable[[str, Sequence[Any], Sequence[Mapping[str, str]]], Typed] = answers_to


def stepped(
    deps: Deps,
    how: Stepping[Any],
    record: object,
    loaded: Seen | None,
    *,
    values: Sequence[Any],
    names: Sequence[Mapping[str, str]],
) -> tuple[object, object]:
    """Take the step whose button was pressed, as the thing was loaded: its result and its message."""
    asked = pressed()
    if asked is None or not record or not loaded:
        return no_update, no_update
    action = str(asked["action"])
    try:
        command = how.command(loaded.version, action, how.read(action, values, names))
    except InvalidInput as error:
        return no_update, how.refused(error)
    return answered(
        deps,
        f"{how.kind} {record} {loaded.version} {action}",
        lambda session: how.take(session, command),
        message=lambda result: how.message(action, result),
        refused=how.refused,
    )
