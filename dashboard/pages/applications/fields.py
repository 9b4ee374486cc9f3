"""The fields in which an application asks for something, and what was filled in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.components.days import beside_day
from dashboard.components.detail_page import number_in
from dashboard.pages.applications import ids
from dashboard.pages.applications.parts import named, rm
from layers import numbers
from registry.aid.lines import read_money
from registry.applications.models import CHANNELS
from registry.errors import InvalidInput
from registry.households.typed_values import day_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from queries.row_types.applications import ApplicationRow, OpenKindRow
    from words import Words

HEAD: Final = "ketua"
_BY_REPRESENTATIVE: Final = "wakil"
_LONGEST: Final = 200
_LONGEST_PURPOSE: Final = 1_000
NAMES: Final = (
    "kind", "person", "amount", "first_day", "last_day", "purpose", "who", "asked_by", "relation", "phone", "channel",
)  # fmt: skip
"""In the order of the form."""


def asked(given: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, by the names of ``AskedFor``.

    Raises:
        InvalidInput: the kind, the amount or a day is missing or cannot be read.

    """

    def text(name: str, longest: int = _LONGEST) -> str:
        return " ".join(str(given.get(name) or "").split())[:longest]

    days = {name: day_of(text(name)) for name in ("first_day", "last_day")}
    amount, kind = read_money(text("amount")), number_in(given.get("kind"))
    problems = {name: "date" for name, day in days.items() if text(name) and day is None}
    problems |= {} if kind is not None else {"kind": "required"}
    problems |= {} if amount is not None else {"amount": "money" if text("amount") else "required"}
    if problems:
        raise InvalidInput(problems)
    return {
        "kind_id": kind,
        "person_id": number_in(given.get("person")),
        "channel": text("channel") if text("channel") in CHANNELS else CHANNELS[0],
        "head_present": given.get("who") == HEAD,
        "asked_by": text("asked_by"),
        "relation": text("relation"),
        "phone": text("phone"),
        "purpose": text("purpose", _LONGEST_PURPOSE),
        "amount_rm": amount,
        **days,
    }


def known_of(row: ApplicationRow) -> dict[str, str]:
    """What the fields hold of an application as it stands."""
    return {
        "kind": str(row["kind_id"]),
        "person": str(row["person_id"] or ""),
        "amount": f"{row['amount_asked_rm']:.2f}",
        "first_day": numbers.day(row["asked_first"]) if row["asked_first"] else "",
        "last_day": numbers.day(row["asked_last"]) if row["asked_last"] else "",
        "purpose": row["purpose"],
        "who": HEAD if row["head_present"] else _BY_REPRESENTATIVE,
        "asked_by": row["asked_by"],
        "relation": row["asked_relation"],
        "phone": row["asked_phone"],
        "channel": row["channel"],
    }


def label_of(name: str, words: Words) -> str:
    """What a field is called."""
    keys = {"purpose": "application.purpose", "who": "application.who_asks", "channel": "application.channel"}
    return words(keys.get(name, f"application.field_{name}"))


def shown(
    name: str, value: str, kinds: Sequence[OpenKindRow], people: Sequence[Mapping[str, str]], words: Words
) -> str:
    """The value of a field as a person reads it; empty for none."""
    if name == "kind":
        return next((_kind(row, words) for row in kinds if str(row["kind_id"]) == value), value)
    if name == "person":
        return next((one["label"] for one in people if one["value"] == value), value)
    if name in {"who", "channel"} and value:
        return words(f"application.{name}_{value}")
    return value


def _kind(row: OpenKindRow, words: Words) -> str:
    return f"{named(row, 'programme', words)} · {named(row, 'kind', words)}"


def what(
    kinds: Sequence[OpenKindRow], people: Sequence[Mapping[str, str]], known: Mapping[str, str], words: Words
) -> list[Component]:
    """The fields that say which aid, for whom, how much and for how long."""
    agencies: dict[str, list[dict[str, str]]] = {}
    for row in kinds:
        most = f" ({words('application.up_to', amount=rm(row['ceiling_rm'], words))})" if row["ceiling_rm"] else ""
        label = f"{_kind(row, words)}{most}"
        agencies.setdefault(named(row, "agency", words), []).append({"value": str(row["kind_id"]), "label": label})
    choose: dict[str, Any] = {
        "searchable": True, "placeholder": words("form.choose"), "nothingFoundMessage": words("form.no_match"),
    }  # fmt: skip

    def text(name: str, **more: Any) -> Component:
        field: Component = dmc.TextInput(
            id=ids.field(name), label=words(f"application.field_{name}"), value=known.get(name, ""), **more
        )
        return field

    days = [text(name, **beside_day(words(f"application.field_{name}"), words)) for name in ("first_day", "last_day")]
    fields: list[Component] = [
        dmc.Select(
            id=ids.field("kind"), label=words("application.field_kind"), withAsterisk=True, **choose,
            value=known.get("kind"), data=[{"group": agency, "items": items} for agency, items in agencies.items()],
        ),
        text("amount", withAsterisk=True),
        html.P(words("application.period_hint"), className="ek-footnote"),
        *days,
        dmc.Textarea(
            id=ids.field("purpose"), label=words("application.purpose"), value=known.get("purpose", ""), autosize=True,
            minRows=2,
        ),
    ]  # fmt: skip
    if people:
        person = dmc.Select(
            id=ids.field("person"), label=words("application.field_person"), data=list(people), clearable=True,
            value=known.get("person") or None,
            description=words("application.person_hint"), **choose,
        )  # fmt: skip
        fields.insert(1, person)
    return fields


def who(known: Mapping[str, str], words: Words) -> list[Component]:
    """The fields that say who asks, and by which way."""

    def text(name: str) -> Component:
        field: Component = dmc.TextInput(
            id=ids.field(name), label=words(f"application.field_{name}"), value=known.get(name, "")
        )
        return field

    return [
        dmc.RadioGroup(
            dmc.Stack(
                [dmc.Radio(words(f"application.who_{name}"), value=name) for name in (HEAD, _BY_REPRESENTATIVE)],
                gap="sm",
            ),
            id=ids.field("who"), label=words("application.who_asks"), value=known.get("who", HEAD), withAsterisk=True,
        ),
        text("asked_by"),
        text("relation"),
        text("phone"),
        dmc.Select(
            id=ids.field("channel"), label=words("application.channel"), allowDeselect=False,
            value=known.get("channel", CHANNELS[0]),
            data=[{"value": name, "label": words(f"application.channel_{name}")} for name in CHANNELS],
        ),
    ]  # fmt: skip
