"""Moves a household from the map: compares the areas before anything is saved, saves once, refuses what is stale."""

from __future__ import annotations

import json
import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, html, no_update

from dashboard.components.aria import aria
from dashboard.components.forms import SAVES
from dashboard.guards import requires
from dashboard.household.hints import place_hint
from dashboard.household.place import accuracy_text
from dashboard.i18n import current_words
from dashboard.pages.poverty_map import ids
from dashboard.pages.poverty_map.card import opened_of
from dashboard.sent.kinds import Code, Number, Seen, Version, View
from layers import numbers
from layers.screen import PIN_ICON, RING
from queries import households
from registry import audit
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.households.commands import MoveHousehold
from registry.households.moves import ACCURACIES_M
from registry.households.saving import move_household, preview_move
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

Kept = View | None
"""What a store of the page holds."""


@dataclass(frozen=True, slots=True)
class Opened:
    """The household on the card, as the page saw it."""

    id: Number
    version: Version


_DECIMALS: Final = 6
_KEY_LENGTH: Final = 64


def editor(words: Words) -> Component:
    """Where a place is typed, compared and saved; shown while a household is being moved."""
    marker: dict[str, Any] = {
        "data-marker": words("place.marker"),
        "data-pin": json.dumps(PIN_ICON),
        "data-former": words("place.former_here"),
        "data-ring": json.dumps(RING),
    }
    return html.Section(
        [
            html.H3(words("map.moving")),
            html.P(words("map.moving_hint"), className="ek-poverty-map-note"),
            html.Div(
                [
                    _degrees(ids.LATITUDE, words("map.latitude"), least=0.5, most=8),
                    _degrees(ids.LONGITUDE, words("map.longitude"), least=99, most=120),
                ],
                className="ek-poverty-map-degrees",
            ),
            dmc.Select(
                id=ids.ACCURACY,
                label=words("field.accuracy"),
                data=[{"value": name, "label": accuracy_text(name, words)} for name in ACCURACIES_M],
                placeholder=words("form.choose"),
                allowDeselect=False,
                withAsterisk=True,
                # the card it opens from lies above the map's own layers
                comboboxProps={"zIndex": 2_000},
                size="sm",
            ),
            html.Div(id=ids.COMPARED, role="status", className="ek-compared"),
            _actions(words),
        ],
        id=ids.EDITOR,
        className="ek-poverty-map-card ek-poverty-map-editor",
        hidden=True,
        **SAVES,
        **marker,
        **aria(label=words("map.moving")),
    )


def _actions(words: Words) -> Component:
    return html.Div(
        [
            dmc.Button(words("map.save"), id=ids.SAVE, disabled=True),
            dmc.Button(words("map.cancel"), id=ids.CANCEL, variant="default"),
        ],
        className="ek-poverty-map-actions",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire moving onto ``app``."""

    @app.callback(
        Output(ids.COMPARED, "children"),
        Output(ids.SAVE, "disabled"),
        Output(ids.CONFLICT, "data"),
        Input(ids.PLACE, "data"),
        Input(ids.REFUSED, "data"),
        State(ids.OPENED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.EDIT_HOUSEHOLDS)
    def compare(place: Kept, refused: Seen | None, opened: Opened | None) -> tuple[Any, bool, Any]:
        point = point_of(place)
        if point is None or not opened:
            return None, True, None
        return compared(deps, opened.id, point, seen=opened.version, refused=refused.version if refused else None)

    @app.callback(
        Output(ids.CHANGED, "data"),
        Output(ids.REFUSED, "data"),
        Output(ids.FLASH, "children"),
        Output(ids.ACCURACY, "error"),
        Input(ids.SAVE, "n_clicks"),
        State(ids.PLACE, "data"),
        State(ids.OPENED, "data"),
        State(ids.CONFLICT, "data"),
        State(ids.ACCURACY, "value"),
        running=[(Output(ids.SAVE, "loading"), True, False), (Output(ids.CANCEL, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    @requires(Permission.EDIT_HOUSEHOLDS)
    def save(
        clicks: Number | None, place: Kept, opened: Opened | None, conflict: Opened | None, accuracy: Code | None
    ) -> tuple[Any, Any, Any, Any]:
        point = point_of(place)
        if not clicks or point is None or not opened:
            return no_update, no_update, no_update, no_update
        exact = ACCURACIES_M.get(accuracy or "")
        if exact is None:
            return no_update, no_update, no_update, current_words()("problem.accuracy_missing")
        version = (conflict or opened).version
        command = MoveHousehold(household_id=opened.id, version=version, **point, accuracy_m=exact)
        try:
            done = saved(deps, command, key=str((place or {}).get("key") or secrets.token_hex(16)))
        except StaleRecord:
            return no_update, {"version": opened.version, "clicks": clicks}, no_update, None
        return {"household": command.household_id, "version": done["version"]}, None, current_words()("map.moved"), None


def compared(
    deps: Deps, household_id: int, point: dict[str, float], *, seen: int, refused: int | None
) -> tuple[Any, bool, dict[str, Any] | None]:
    """What the point means, whether it cannot be saved, and the newer version where ``seen`` was refused as stale."""
    words = current_words()
    try:
        with deps.reading() as conn:
            preview = preview_move(conn, household_id=household_id, **point)
            near = households.places_near(conn, **point)
            now = households.record(conn, household_id)
    except InvalidInput as refusal:
        problems = sorted(set(refusal.problems.values()))
        return (
            [html.P(words(f"problem.{problem}"), className="ek-poverty-map-problem") for problem in problems],
            True,
            None,
        )
    if now is None:
        raise NotFound
    hint, unchanged = place_hint(preview, near, words), preview.moved_m == 0
    if refused != seen or now["version"] == seen:
        return hint, unchanged, None
    return [_versions(now, point, words), hint], unchanged, opened_of(now)


def saved(deps: Deps, command: MoveHousehold, *, key: str) -> dict[str, Any]:
    """Move the household, once for each key and version.

    Raises:
        StaleRecord: it was changed since it was opened.

    """
    once = f"{key[:_KEY_LENGTH]}.{command.version}"
    with deps.writing() as session:
        done, _ = audit.once(session, once, lambda: asdict(move_household(session, command)))
    return done


def point_of(place: Mapping[str, Any] | None) -> dict[str, float] | None:
    """The longitude and latitude of a place that the browser names; ``None`` while one is missing."""
    try:
        longitude, latitude = float((place or {})["longitude"]), float((place or {})["latitude"])
    except (KeyError, TypeError, ValueError):
        return None
    return {"longitude": round(longitude, _DECIMALS), "latitude": round(latitude, _DECIMALS)}


def _degrees(name: str, label: str, *, least: float, most: float) -> Component:
    field: Component = dmc.NumberInput(
        id=name,
        label=label,
        decimalScale=_DECIMALS,
        step=0.0005,
        min=least,
        max=most,
        clampBehavior="none",
        size="sm",
        hideControls=False,
    )
    return field


def _versions(now: Mapping[str, Any], mine: Mapping[str, float], words: Words) -> Component:
    """The place saved meanwhile beside one's own; saving again puts one's own in its stead."""
    return html.Div(
        [
            html.P(
                words("map.stale", time=numbers.clock(now["updated_at"]), by=now["updated_by"]),
                className="ek-poverty-map-problem",
            ),
            html.Dl(
                [
                    _fact(words("map.theirs"), now["latitude"], now["longitude"]),
                    _fact(words("map.mine"), mine["latitude"], mine["longitude"]),
                ],
                className="ek-poverty-map-facts",
            ),
            html.P(words("map.stale_again"), className="ek-poverty-map-note"),
        ],
        role="alert",
    )


def _fact(name: str, latitude: float, longitude: float) -> Component:
    return html.Div([html.Dt(name), html.Dd(f"{latitude:.5f}, {longitude:.5f}")])
