"""One programme: its state, its kinds with their rates, whom it is for; and what changes them from a day on."""

from __future__ import annotations

import json
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Final

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, mark, pressed
from dashboard.components.detail_page import DetailIds, detail_layout, done
from dashboard.components.feedback import empty
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.household.conditions import names_for, told
from dashboard.household.given import name_of
from dashboard.i18n import current_words
from dashboard.pages.programmes import editing, ids, view
from dashboard.pages.programmes.texts import PATH as LIST_PATH
from dashboard.pages.programmes.texts import refused
from dashboard.sent.kinds import Clicks, Fields, LongText, Names, Number, whole_number
from queries import programmes
from registry.aid.conditions.language import Conditions, parse
from registry.aid.conditions.problems import BadCondition
from registry.aid.judging import require_needs, with_area_codes
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.principals import Permission
from registry.programmes.administration import AddConditions, AddRate, SetState, add_conditions, add_rate, set_state
from registry.programmes.models import PROGRAMME_STATES

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from words import Words

PATH: Final = f"{LIST_PATH}/<programme>"
_IDS: Final = DetailIds(
    record=ids.PROGRAMME,
    loaded=ids.LOADED,
    done=ids.DONE,
    message=ids.MESSAGE,
    content=ids.CONTENT,
    trail="programmes-one",
)


def layout(programme: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    kept = dcc.Store(id=ids.KEPT)
    return detail_layout(_IDS, programme, loading=current_words()("programme.loading"), extra=[kept])


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    _reading(app, deps)

    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.STEP, "act": ALL}, "n_clicks"),
        State({"type": ids.FIELD, "name": ALL}, "value"),
        State({"type": ids.FIELD, "name": ALL}, "id"),
        State({"type": ids.CONDITION, "row": ALL, "name": ALL}, "value"),
        State({"type": ids.CONDITION, "row": ALL, "name": ALL}, "id"),
        State(ids.KEPT, "data"),
        State(ids.PROGRAMME, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.MANAGE_PROGRAMMES)
    def act(  # noqa: PLR0917 - one for each part of the forms
        _clicks: Clicks,
        values: Fields,
        names: Names,
        cells: Fields,
        places: Names,
        kept: LongText | None,
        programme: Number | None,
    ) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None or programme is None:
            return no_update, no_update
        step = str(asked["act"])
        given = {name["name"]: str(value or "") for name, value in zip(names, values, strict=True)}
        try:
            if step in {"preview", "conditions"}:
                conditions = _typed(deps, cells, places, given, kept)
            if step == "preview":
                return no_update, _preview(deps, conditions, words)
            carry = _command(step, programme, given, conditions.stored() if step == "conditions" else [])
        except (BadCondition, InvalidInput) as error:
            return no_update, refused(error, words)
        return answered(
            deps,
            f"programme {programme} {step} {mark()}",
            lambda session: {"done": carry(session), "mark": mark()},
            message=lambda _result: done(words("programme.did_state" if step in PROGRAMME_STATES
                                               else f"programme.did_{step}")),
            refused=lambda error: refused(error, words),
        )  # fmt: skip


def _reading(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.KEPT, "data"),
        Output(trail_of(_IDS.trail), "data"),
        Input(ids.PROGRAMME, "data"),
        Input(ids.DONE, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(programme: Number | None, _done: object) -> tuple[object, object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = programmes.programme(conn, programme) if programme is not None else None
            if found is None:
                return empty(words("programme.not_found"), words("error.not_found"), page=True), None, no_update
            rates = programmes.rates(conn, found["programme_id"])
            lists = programmes.conditions(conn, found["programme_id"])
            names = names_for(conn, [parse(row["conditions"]) for row in lists], words)
        changes = found["manages"] and may(Permission.MANAGE_PROGRAMMES)
        trail = [{"label": words("nav.programmes"), "href": LIST_PATH}, {"label": name_of(found, "programme", words)}]
        kept = editing.split(lists[0]["conditions"]).kept if lists else []
        page = view.page(found, rates, lists, names, words, changes=changes)
        return page, json.dumps(kept), trail


def _typed(deps: Deps, cells: Fields, places: Names, given: dict[str, str], kept: str | None) -> Conditions:
    """The conditions in the form: its rows in their groups, and those that it only shows.

    Raises:
        BadCondition: one of them cannot be meant.

    """
    rows: dict[int, dict[str, str]] = {}
    for value, place in zip(cells, places, strict=True):
        rows.setdefault(whole_number(place["row"]), {})[place["name"]] = str(value or "").strip()
    typed = [
        {"pada": row["who"], "medan": row["field"], "op": row["operator"], "nilai": row["value"],
         "group": row.get("group", "")}
        for _no, row in sorted(rows.items())
        if row.get("field")
    ]  # fmt: skip
    at_least = {group: given.get(f"at_least_{group}", "") for group in editing.MEMBERS}
    whole = parse(editing.joined(typed, at_least, json.loads(kept or "[]")))
    with deps.reading() as conn:
        require_needs(conn, whole)
        return with_area_codes(conn, whole)


def _preview(deps: Deps, conditions: Conditions, words: Words) -> Component:
    with deps.reading() as conn:
        names = names_for(conn, [conditions], words)
    return html.Div([html.P(words("programme.preview")), html.P(html.B(told(conditions, words, names)))])


def _command(
    step: str, programme: int, given: dict[str, str], conditions: list[dict[str, Any]]
) -> Callable[[Writes], object]:
    """What a press does.

    Raises:
        InvalidInput: a day, a kind or an amount is missing.

    """
    if step == "rate":
        rate = AddRate(
            kind_id=whole_number(given["kind"]) if given.get("kind") else _missing("kind"),
            from_date=_day(given, "rate_from"),
            ceiling_rm=_amount(given.get("ceiling_rm", "")),
            source=given.get("source", ""),
            source_date=day_of(given.get("source_date")),
        )
        return lambda session: add_rate(session, rate)
    if step == "conditions":
        added = AddConditions(programme_id=programme, from_date=_day(given, "conditions_from"), conditions=conditions)
        return lambda session: add_conditions(session, added)
    return lambda session: set_state(session, SetState(programme_id=programme, state=step))


def _missing(name: str) -> Any:
    raise InvalidInput({name: "required"})


def _day(given: dict[str, str], name: str) -> date:
    found = day_of(given.get(name))
    return found if found is not None else _missing(name)


def _amount(written: str) -> Decimal:
    text = written.strip().upper().removeprefix("RM").replace(",", "").strip()
    try:
        amount = Decimal(text)
    except InvalidOperation:
        raise InvalidInput({"ceiling_rm": "amount"}) from None
    if not amount.is_finite():
        raise InvalidInput({"ceiling_rm": "amount"})
    return amount
