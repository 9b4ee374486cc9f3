"""The fields that say when and where a meeting is and who takes part, and how they are read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc

from dashboard.components.days import beside_day
from layers import numbers
from registry.households.typed_values import day_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dash.development.base_component import Component

    from words import Words

NAMES: Final = ("number", "held_on", "place", "members")
_HINTS: Final = {"number": "number_hint", "held_on": "day_hint", "members": "members_hint"}


def fields(identity: Callable[[str], Any], known: Mapping[str, Any], words: Words) -> list[Component]:
    """A field for each thing that is said of a meeting, with what is known of it."""
    values = {name: known.get(name) or "" for name in NAMES}
    values["held_on"] = numbers.day(known["held_on"]) if known.get("held_on") else ""
    values["members"] = "\n".join(known.get("members") or ())
    made: list[Component] = []
    for name in NAMES:
        hint = words(f"meeting.{_HINTS[name]}") if name in _HINTS else ""
        shared: dict[str, Any] = {
            "id": identity(name), "label": words(f"meeting.{name}"), "description": hint, "value": values[name],
        }  # fmt: skip
        if name == "held_on":
            shared |= beside_day(words("meeting.held_on"), words)
        many = name == "members"
        made.append(dmc.Textarea(**shared, autosize=True, minRows=3) if many else dmc.TextInput(**shared))
    return made


def given(typed: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, as commands take it."""
    texts = {name: str(typed.get(name) or "").strip() for name in NAMES}
    return {
        "number": texts["number"],
        "held_on": day_of(texts["held_on"]),
        "place": texts["place"],
        "members": tuple(texts["members"].splitlines()),
    }
