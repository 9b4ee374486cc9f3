"""What the register knows while someone types: what a MyKad suggests, which area a point lies in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.household import texts
from dashboard.household.parts import PARTS, PERSONAL
from layers import numbers
from registry.households.typed_values import read

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.row_types.households import NearRow
    from registry.households.saving import MovePreview
    from registry.mykad import MyKad
    from words import Words

_AGREEMENTS = {"same": "same", "within_accuracy": "near", "outside": "far"}
_BIRTH_DATE = next(field for field in PARTS[PERSONAL].fields if field.name == "birth_date")


def identity_hint(card: MyKad, *, state: str | None, born: str | None, sex: str | None, words: Words) -> Component:
    """What the number suggests, what disagrees with it, and a button that fills in what it suggests."""
    entries = [
        words("hint.born", date=numbers.day(card.birth_date)) if card.birth_date else "",
        words(f"sex.{card.sex}"),
        words("hint.state", name=state) if state else words("hint.state_unknown"),
    ]
    typed, _ = read(_BIRTH_DATE.kind, born)
    odd = card.mismatches(birth_date=typed, sex=sex)
    children: list[Any] = [html.P(words("hint.mykad", facts=", ".join(text for text in entries if text)))]
    children += [html.P(words(f"flag.{code}"), className="ek-hint-odd") for code in odd]
    if odd or not born or not sex:
        filled: dict[str, Any] = {"data-ek-use-sex": card.sex, "data-ek-use-date": ""}
        if card.birth_date:
            filled["data-ek-use-date"] = numbers.day(card.birth_date)
        children.append(html.Button(words("hint.use"), type="button", className="ek-link-button", **filled))
    return html.Div(children, className="ek-hint-box")


def place_hint(preview: MovePreview, near: Sequence[NearRow], words: Words) -> Component:
    """How far the point would move, what is near, the declared area beside the computed one, and whether they agree."""
    places = "; ".join(f"{place['name']} ({texts.distance(place['away_m'])})" for place in near)
    lines = [
        (words("place.moved"), texts.distance(preview.moved_m)),
        (words("place.declared"), texts.names(preview.mukim_name, preview.district_name)),
        (words("place.near"), places or numbers.MISSING),
        (words("place.computed"), texts.names(preview.computed_mukim_name, preview.computed_district_name)),
    ]
    facts = html.Dl([html.Div([html.Dt(name), html.Dd(value)]) for name, value in lines], className="ek-place-facts")
    state = _AGREEMENTS.get(preview.district)
    if state is None:
        return html.Div(facts)
    text = words(f"place.{state}", distance=texts.distance(preview.outside_district_m))
    return html.Div([facts, html.P(text, className=f"ek-agreement is-{state}")])
