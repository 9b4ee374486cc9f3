"""Fields of a household's record that are told to who does not read the record itself: by component, in words."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from dash import html

from registry.aid.conditions.fields import FIELDS
from registry.aid.conditions.sentence import own_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dash.development.base_component import Component

    from registry.aid.conditions.sentence import Names
    from words import Words


def told_codes(told: Sequence[Mapping[str, Any]]) -> set[str]:
    """The codes of the areas that the values speak of."""
    codes: set[str] = set()
    for row in told:
        field = FIELDS.get(row["field"])
        if field is not None and field.kind == "area" and row["value"] is not None:
            codes |= set(row["value"] if isinstance(row["value"], list) else [row["value"]])
    return codes


def told_fields(
    told: Sequence[Mapping[str, Any]],
    names: Names,
    words: Words,
    *,
    listed: Callable[[Sequence[tuple[str, Any]]], Component],
) -> Component:
    """Each component with its values; of members by their number and place in the family."""
    parts: list[Component] = []
    for component, rows in groupby(told, key=lambda row: row["component"]):
        pairs = [(_label(row, words), _value(row, words, names)) for row in rows]
        parts += [html.H3(words(f"application.component_{component}")), listed(pairs)]
    return html.Div(parts)


def _value(row: Mapping[str, Any], words: Words, names: Names) -> str:
    field = FIELDS.get(row["field"])
    if field is None:
        return str(row["value"] or words("condition.unknown"))
    return own_text(field, row["value"], words, names)


def _label(row: Mapping[str, Any], words: Words) -> str:
    label = words(f"condition.field_{row['field']}")
    if row["member_no"] is None:
        return label
    who = words("application.member", number=row["member_no"], relationship=row["relationship"] or "")
    return f"{label} · {who}"
