"""The targets on the page of settings: those of one area, an indicator a row, set by administrators."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, cast

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from dashboard.areas import COUNTRY
from dashboard.components.aria import aria
from dashboard.components.forms import SAVES
from dashboard.components.tables import ruled
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.indicators import typed_value, with_own_target
from dashboard.pages.administration import ids, proposals, target_paths
from dashboard.pages.administration.parts import territory_options
from dashboard.proposed_targets import not_shared, told
from dashboard.sent.kinds import Code, Fields, Names, Nested, Number, Text
from layers import numbers
from queries import households, kpi, oversight
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.kpi.target_proposals import effects, in_another_way, propose
from registry.kpi.target_trees import TargetsNotShared
from registry.kpi.targets import SetTargets, TargetValues
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from poverty.kpi.cascade import How
    from queries.kpi import Indicator
    from words import Words

STORES: Final = (ids.TARGETS_SEEN, ids.TARGETS_SAVED, ids.PROPOSAL_DECIDED)
"""What the page keeps of them."""
_NAMES: Final = ("baseline", "baseline_on", "target", "due_on")
_DAYS: Final = ("baseline_on", "due_on")
_FIELD: Final = {"type": ids.TARGET_TYPE, "code": ALL, "name": ALL}
_HUNDRED: Final = 100
_WAYS: Final = ("as_before", "syer", "keperluan")
MOST_REASON: Final = 300


def _shared_anew(words: Words) -> Component:
    """Which indicator's targets are shared out anew in another way."""
    chosen: Component = dmc.Select(
        id=ids.TARGETS_AGAIN,
        label=words("target.again"),
        description=words("target.again_hint"),
        data=[],
        value=None,
        clearable=True,
    )
    return chosen


def section(words: Words) -> Component:
    """Which area, its targets, and the button that sets them."""
    return html.Section(
        [
            html.H2(words("target.title"), id="sasaran"),
            html.P(words("target.lead")),
            html.Div(_places(words), className="ek-admin-form"),
            html.Div(id=ids.TARGETS),
            _ways(words),
            _shared_anew(words),
            target_paths.fields(words),
            dmc.TextInput(
                id=ids.TARGETS_REASON,
                label=words("target.why"),
                description=words("target.why_hint"),
                value="",
                attributes={"input": {"autoComplete": "off", "maxLength": MOST_REASON}},
            ),
            html.Div(
                [
                    html.Button(words("target.preview"), id=ids.TARGETS_PREVIEW, type="button", className="ek-button"),
                    html.Button(
                        words("target.send"), id=ids.TARGETS_SAVE, type="button", className="ek-button ek-button-main"
                    ),
                ],
                className="ek-actions",
            ),
            html.Div(id=ids.TARGETS_MESSAGE, role="status"),
            html.Div(id=ids.TARGETS_EFFECT),
            proposals.section(words),
        ],
        className="ek-panel",
        **SAVES,
    )


def _places(words: Words) -> list[Component]:
    """The area whose targets are shown: the country, a state, a district, or one of its mukim."""
    return [
        dmc.Select(
            id=ids.TARGET_AREA,
            label=words("target.area"),
            data=[],
            value=COUNTRY,
            searchable=True,
            allowDeselect=False,
            nothingFoundMessage=words("form.no_match"),
        ),
        dmc.Select(
            id=ids.TARGET_MUKIM,
            label=words("target.mukim"),
            placeholder=words("target.whole_area"),
            data=[],
            value=None,
            clearable=True,
            disabled=True,
        ),
    ]


def _ways(words: Words) -> Component:
    field: Component = dmc.RadioGroup(
        [dmc.Radio(value=way, label=words(f"target.how_{way}"), my="xs") for way in _WAYS],
        id=ids.TARGETS_HOW,
        label=words("target.how"),
        description=words("target.how_hint"),
        value=_WAYS[0],
    )
    return field


def register(app: Dash, deps: Deps) -> None:
    """Wire the targets onto ``app``."""
    proposals.register(app, deps)
    target_paths.register(app, deps)

    @app.callback(Output(ids.TARGET_AREA, "data"), Input(ids.TARGET_AREA, "id"))
    @requires(Permission.ADMINISTER)
    def offer_areas(_once: object) -> list[dict[str, object]]:
        words = current_words()
        with deps.reading() as conn:
            areas = oversight.areas(conn)
        return [{"value": COUNTRY, "label": words("map.country")}, *territory_options(areas, words)]

    @app.callback(
        Output(ids.TARGET_MUKIM, "data"),
        Output(ids.TARGET_MUKIM, "disabled"),
        Output(ids.TARGET_MUKIM, "value"),
        Input(ids.TARGET_AREA, "value"),
    )
    @requires(Permission.ADMINISTER)
    def offer_mukims(area: Code | None) -> tuple[list[dict[str, str]], bool, None]:
        with deps.reading() as conn:
            found = households.mukims(conn, area or COUNTRY)
        return [{"value": row["code"], "label": row["name"]} for row in found], not found, None

    @app.callback(
        Output(ids.TARGETS, "children"),
        Output(ids.TARGETS_SEEN, "data"),
        Output(ids.TARGETS_AGAIN, "data"),
        Output(ids.TARGETS_AGAIN, "value"),
        Output(ids.TARGETS_PATH_OF, "data"),
        Output(ids.TARGETS_PATH_OF, "value"),
        Input(ids.TARGET_AREA, "value"),
        Input(ids.TARGET_MUKIM, "value"),
        Input(ids.TARGETS_SAVED, "data"),
        Input(ids.PROPOSAL_DECIDED, "data"),
    )
    @requires(Permission.ADMINISTER)
    def show_targets(area: Code | None, mukim: Code | None, _saved: object, _decided: object) -> tuple[object, ...]:
        words, code = current_words(), mukim or area or COUNTRY
        with deps.reading() as conn:
            found = with_own_target(kpi.indicators(conn, areas=[code]), code)
        shown = {item.indicator_code: {name: _typed(item, name) for name in _NAMES} for item in found}
        exact = {item.indicator_code: {name: _exact(item, name) for name in _NAMES} for item in found}
        units = {item.indicator_code: item.unit for item in found}
        seen = {"area": code, "units": units, "shown": shown, "exact": exact}
        ways = target_paths.offered(found, code, words)
        return _table(found, words), seen, _shared(found, code, words), None, ways, None

    _proposing(app, deps)


def _proposing(app: Dash, deps: Deps) -> None:
    """What targets would do, and sending them to somebody else."""

    @app.callback(
        Output(ids.TARGETS_MESSAGE, "children"),
        Output(ids.TARGETS_EFFECT, "children"),
        Output(ids.TARGETS_SAVED, "data"),
        Output(_FIELD, "error"),
        Output(ids.TARGETS_REASON, "error"),
        Output(ids.TARGETS_HOW, "error"),
        Output(ids.TARGETS_PATH_ERROR, "children"),
        Input(ids.TARGETS_SAVE, "n_clicks"),
        Input(ids.TARGETS_PREVIEW, "n_clicks"),
        State(_FIELD, "value"),
        State(_FIELD, "id"),
        State(ids.TARGETS_SEEN, "data"),
        State(ids.TARGETS_REASON, "value"),
        State(ids.TARGETS_HOW, "value"),
        State(ids.TARGETS_AGAIN, "value"),
        State(ids.TARGETS_PATH_OF, "value"),
        State(ids.TARGETS_PATH, "value"),
        State(target_paths.POINT, "value"),
        State(target_paths.POINT, "id"),
        prevent_initial_call=True,
        running=[(Output(name, "disabled"), True, False) for name in (ids.TARGETS_SAVE, ids.TARGETS_PREVIEW)],
    )
    @requires(Permission.ADMINISTER)
    def propose_targets(  # noqa: PLR0917 - one for each field of the page
        clicks: Number | None,
        _previews: Number | None,
        values: Fields,
        fields: Names,
        seen: Nested,
        reason: Text | None,
        how: Code | None,
        again: Code | None,
        path_of: Code | None,
        path: Code | None,
        points: Fields,
        rows: Names,
    ) -> tuple[Any, Any, Any, list[Any], Any, Any, Any]:
        words = current_words()
        asked = _again(_command(values, fields, seen, reason or "", how), again)
        nothing: list[Any] = [None] * len(fields)
        try:
            unit = _mapping(seen.get("units")).get(path_of or "")
            command = target_paths.with_path(asked, path_of, path, list(zip(rows, points, strict=True)), unit)
            with deps.writing() as session:
                found = effects(session, command)
                other = in_another_way(session, command)
                sent = ctx.triggered_id == ids.TARGETS_SAVE and propose(session, command)
        except InvalidInput as refusal:
            problems = [refusal.problems.get(f"{each['code']}.{each['name']}") for each in fields]
            errors = [words(f"problem.{problem}") if problem else None for problem in problems]
            wrongs = [refusal.problems.get(name) for name in ("reason", "how", "path")]
            missing, wrong, astray = (words(f"problem.{one}") if one else None for one in wrongs)
            return words("settings.not_saved"), None, no_update, errors, missing, wrong, astray
        except TargetsNotShared as refused:
            with deps.reading() as conn:
                return not_shared(refused, conn, words), None, no_update, nothing, None, None, None
        if not found and not other:
            return words("settings.unchanged"), None, no_update, nothing, None, None, None
        with deps.reading() as conn:
            effect = told(command.wanted, found, conn, words)
        said = words("target.sent" if sent else "target.not_sent")
        return said, effect, clicks if sent else no_update, nothing, None, None, None


def _command(
    values: Sequence[Any], fields: Sequence[Any], seen: Mapping[str, Any], reason: str, how: str | None
) -> SetTargets:
    """What the fields ask for, beside what they showed."""
    typed: dict[str, dict[str, str]] = {}
    for each, value in zip(fields, values, strict=True):
        typed.setdefault(each["code"], {})[each["name"]] = str(value or "")
    shown, units = _mapping(seen.get("shown")), _mapping(seen.get("units"))
    exact = {code: read_target(_mapping(one), None) for code, one in _mapping(seen.get("exact")).items()}
    wanted = {}
    for code, one in typed.items():
        # a field that was left alone stands for the whole value, of which it shows the first decimals
        same = [name for name in _NAMES if one.get(name) == _mapping(shown.get(code)).get(name)]
        kept = {name: getattr(exact.get(code, TargetValues()), name) for name in same}
        wanted[code] = replace(read_target(one, units.get(code)), **kept)
    command = SetTargets(area_code=str(seen.get("area") or ""), wanted=wanted, seen=exact, reason=reason)
    return replace(command, how=cast("How", how)) if how in _WAYS[1:] else command


def _again(command: SetTargets, again: str | None) -> SetTargets:
    """The same, with one indicator's targets shared out anew though the country's stays."""
    one = command.wanted.get(again or "")
    if again is None or one is None:
        return command
    return replace(command, wanted={**command.wanted, again: replace(one, again=True)})


def _shared(found: list[Indicator], area: str, words: Words) -> list[dict[str, str]]:
    """The indicators whose targets can be shared out anew from here."""
    shared = [item for item in found if item.how and area == COUNTRY]
    return [
        {"value": item.indicator_code, "label": f"{_name(item, words)}: {words(f'target.how_short_{item.how}')}"}
        for item in shared
    ]


def read_target(typed: Mapping[str, Any], unit: object) -> TargetValues:
    """A target as it stands in the fields, where shares are per cent."""
    values = {name: typed_value(typed.get(name), unit) for name in ("baseline", "target")}
    days = {name: day_of(typed.get(name)) for name in _DAYS}
    return TargetValues(**values, **days)  # type: ignore[arg-type]


def _typed(item: Indicator, name: str) -> str:
    """A value as its field has it: plain, a share in per cent, to two decimals."""
    value = getattr(item, name)
    if value is None:
        return ""
    if name in _DAYS:
        return numbers.day(value)
    scaled = round(value * _HUNDRED if item.unit == "syer" else value, 2)
    return f"{scaled.normalize():f}"


def _exact(item: Indicator, name: str) -> str:
    """A value whole, to be known again."""
    value = getattr(item, name)
    return "" if value is None else value.isoformat() if name in _DAYS else f"{value:f}"


def _mapping(found: object) -> dict[str, Any]:
    return found if isinstance(found, dict) else {}


def _table(found: list[Indicator], words: Words) -> Component:
    heads = [words("target.indicator"), *(words(f"target.{name}") for name in _NAMES)]
    lines = [(_name(item, words), *(_field(item, name, words) for name in _NAMES)) for item in found]
    return ruled(heads, lines, label=words("target.title"), named=True)


def _name(item: Indicator, words: Words) -> str:
    name = item.name_ms if words.language == "ms" else item.name_en
    key = f"target.unit_{item.unit.lower()}"
    return f"{name} ({words(key)})" if words.has(key) else name


def _field(item: Indicator, name: str, words: Words) -> Component:
    field: Component = dmc.TextInput(
        id={"type": ids.TARGET_TYPE, "code": item.indicator_code, "name": name},
        value=_typed(item, name),
        placeholder=words("form.date_shape") if name in _DAYS else None,
        attributes={"input": {"autoComplete": "off", "inputMode": "decimal" if name not in _DAYS else "text"}},
        **aria(label=f"{_name(item, words)}: {words(f'target.{name}')}"),
    )
    return field
