"""Saves an open form: says what changed and what it did to the status, or what stands in the way and where."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, ctx, html, no_update

from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.isirumah import ids
from dashboard.pages.isirumah.answers import carry_out, command_of, placed
from dashboard.pages.isirumah.forms import values_of
from dashboard.pages.isirumah.parts import HOSTS, PARTS, choice_label, fields_of
from layers import numbers
from queries import households
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.principals import Permission
from registry.services import audit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.i18n import Words
    from queries.households import WholeRecord

Values = dict[str, Any]
"""What fields hold, by ``<row>.<name>``."""
Answer = tuple[Any, Any, Any, Any, list[Any]]


def register(app: Dash, deps: Deps) -> None:
    """Wire the saving of forms onto ``app``."""

    @app.callback(
        Output(ids.SAVED, "data"),
        Output(ids.FLASH, "children"),
        Output(ids.DOCK_MESSAGE, "children"),
        Output(ids.CONFLICT, "data"),
        Output({"type": ids.FIELD_TYPE, "name": ALL, "row": ALL}, "error"),
        Input(ids.SAVE, "n_clicks"),
        State(ids.EDITING, "data"),
        State(ids.HOUSEHOLD, "data"),
        State(ids.LOADED, "data"),
        State(ids.CONFLICT, "data"),
        State(ids.BASELINE, "data"),
        State({"type": ids.FIELD_TYPE, "name": ALL, "row": ALL}, "value"),
        State({"type": ids.FIELD_TYPE, "name": ALL, "row": ALL}, "id"),
        running=[(Output(ids.SAVE, "loading"), True, False), (Output(ids.CANCEL, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    @requires(Permission.EDIT_HOUSEHOLDS)
    def save(
        clicks: int | None,
        editing: dict[str, Any] | None,
        household_id: int | None,
        loaded: dict[str, int] | None,
        conflict: dict[str, Any] | None,
        baseline: Values | None,
        values: list[Any],
        names: list[dict[str, str]],
    ) -> Answer:
        nothing: Answer = (no_update, no_update, no_update, no_update, [no_update] * len(names))
        form, row = (editing or {}).get("form"), str((editing or {}).get("row") or "")
        if not clicks or form not in HOSTS or household_id is None or not loaded:
            return nothing
        words = current_words()
        keys = [f"{name['row']}.{name['name']}" for name in names]
        typed = dict(zip(keys, values, strict=True))
        version = (conflict or loaded)["version"]
        if conflict:
            typed = {key: value for key, value in typed.items() if key in conflict["theirs"]}
        try:
            done = _saved(deps, form, row, typed, household_id, version, str((editing or {}).get("key") or ""))
        except InvalidInput as refusal:
            at_fields, general = placed(refusal.problems, set(keys))
            message = problems_message(at_fields, general, _labels(names, deps, household_id), words)
            errors = [words(f"problem.{at_fields[key]}") if key in at_fields else None for key in keys]
            return no_update, no_update, message, no_update, errors
        except StaleRecord as refusal:
            with deps.reading() as conn:
                now = households.whole_record(conn, household_id)
            if now is None:
                raise NotFound from refusal
            theirs = values_of(form, row, now)
            message = conflict_message(form, theirs, baseline or {}, typed, now, words)
            kept = {"version": now.household["version"], "theirs": theirs, "mine": typed}
            return no_update, no_update, message, kept, nothing[4]
        return {"version": done["version"]}, flash(done, words), None, None, [None] * len(names)


def _saved(
    deps: Deps, form: str, row: str, typed: Values, household_id: int, version: int, key: str
) -> Mapping[str, Any]:
    """Carry the form out once, whatever is sent twice; answers the fields of :class:`Saved` as JSON keeps them."""
    command = command_of(form, row, typed, household_id=household_id, version=version)
    with deps.writing() as session:
        done, _ = audit.once(session, key or f"{ctx.triggered_id}", lambda: asdict(carry_out(session, form, command)))
    return done


def flash(done: Mapping[str, Any], words: Words) -> Component:
    """What was saved and what it did to the status."""
    if not done["changed"]:
        return html.Div(html.P(words("saved.nothing")), className="ek-flash")
    known = {field.name for part in PARTS.values() for field in part.fields}
    plain = dict.fromkeys(name.rpartition(".")[2] for name in done["changed"])
    changed = [words(f"field.{name}") for name in plain if name in known or name in {"aid", "removed"}]
    what = words("saved.changed", fields=", ".join(changed)) if changed else words("saved.done")
    before, after = (words(f"status.{done[f'status_{when}']}") for when in ("before", "after"))
    money = {when: numbers.money(Decimal(str(done[f"per_capita_{when}_rm"]))) for when in ("before", "after")}
    if done["status_before"] != done["status_after"]:
        effect = words("saved.status_changed", before=before, after=after, old=money["before"], new=money["after"])
    elif done["decided"]:
        effect = words("saved.status_kept", status=after, old=money["before"], new=money["after"])
    else:
        effect = words("saved.status_untouched", status=after)
    moved = " is-moved" if done["status_before"] != done["status_after"] else ""
    return html.Div([html.P([html.B(words("saved.title")), " ", what]), html.P(effect)], className=f"ek-flash{moved}")


def problems_message(
    at_fields: Mapping[str, str], general: list[str], labels: Mapping[str, str], words: Words
) -> Component:
    """What stands in the way, each with a link to its field."""
    items = [html.Li(words(f"problem.{problem}")) for problem in general]
    for key, problem in at_fields.items():
        row, _, name = key.rpartition(".")
        text = f"{labels.get(row, '')}{words(f'field.{name}')}: {words(f'problem.{problem}')}"
        items.append(html.Li(html.A(text, href="#", **{"data-ek-field": name, "data-ek-row": row})))
    title = words.n("dock.problems", len(items))
    return html.Div([html.H2(title), html.Ul(items)], className="ek-problems", role="alert")


def conflict_message(
    form: str, theirs: Values, baseline: Values, typed: Values, now: WholeRecord, words: Words
) -> Component:
    """Both versions side by side, field by field; what was typed stays until another choice is made."""
    household = now.household
    at = numbers.clock(household["updated_at"])
    title = words("dock.stale", name=household["updated_by"], at=at)
    people = {str(member["person_id"]): member["name"] for member in now.members}
    rows = []
    for key, their in theirs.items():
        mine, base = typed.get(key), baseline.get(key)
        if (their or None) == (base or None) and (mine or None) == (base or None):
            continue
        rows.append(_version_row(form, key, their, mine, base, people, words))
    head = html.Tr([html.Th(words(f"dock.column.{name}"), scope="col") for name in ("field", "theirs", "mine", "keep")])
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="ek-listing ek-versions") if rows else None
    note = words("dock.stale_note") if rows else words("dock.stale_elsewhere")
    return html.Div([html.H2(title), html.P(note), table], className="ek-problems is-stale", role="alert")


def _version_row(
    form: str, key: str, their: Any, mine: Any, base: Any, people: Mapping[str, str], words: Words
) -> Component:
    row, _, name = key.rpartition(".")
    label = words(f"field.{name}")
    if row in people:
        label = words("form.of_member", name=people[row], label=label)
    both = [_shown(form, name, value, words) for value in (their, mine)]
    differs = (their or None) != (base or None)
    kept = "mine" if (mine or None) != (base or None) else "theirs"
    choice: Any = words("dock.mine_only")
    if differs:
        choice = dmc.RadioGroup(
            dmc.Group(
                [dmc.Radio(label=words(f"dock.keep.{which}"), value=which) for which in ("theirs", "mine")], gap="sm"
            ),
            id=ids.take(name, row),
            value=kept,
            **{"aria-label": words("dock.keep_of", label=label)},
        )
    cells = [html.Td(text, **{"data-label": words(f"dock.column.{which}")}) for which, text in
             zip(("theirs", "mine"), both, strict=True)]  # fmt: skip
    return html.Tr([html.Th(label, scope="row"), *cells, html.Td(choice)])


def _shown(form: str, name: str, value: Any, words: Words) -> Any:
    """A typed value as people read it."""
    text = str(value) if value not in {None, ""} else ""
    if not text:
        return html.Span(words("record.missing"), className="ek-missing")
    kind = next((field.kind for field in fields_of(form) if field.name == name), "text")
    match kind:
        case "yes_no":
            return words(f"answer.{text}")
        case "sex":
            return words(f"sex.{text}")
        case "strata":
            return words(f"strata.{text}")
        case _:
            return choice_label(name, text, words)


def _labels(names: list[dict[str, str]], deps: Deps, household_id: int) -> dict[str, str]:
    """The member that each row of fields is about, to be said before the field."""
    if not any(name["row"] for name in names):
        return {}
    with deps.reading() as conn:
        members = households.members(conn, household_id)
    return {str(member["person_id"]): f"{member['name']}, " for member in members}
