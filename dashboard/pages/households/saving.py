"""Saves an open form once, whatever is sent twice, and answers with what there is to say about it."""

from __future__ import annotations

import secrets
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from dash import ALL, Dash, Input, Output, State, no_update

from dashboard.acting import once
from dashboard.guards import requires
from dashboard.household.answers import command_of, placed, values_of
from dashboard.household.parts import HOSTS
from dashboard.i18n import current_words
from dashboard.pages.households import ids
from dashboard.pages.households.messages import (
    Values,
    Versions,
    people_of,
    problems_message,
    requested_message,
    saved_message,
    versions_message,
)
from dashboard.pages.households.rights import may_edit_at_once
from dashboard.sent.kinds import Code, Fields, Names, Number, Seen, Version, View
from queries import households
from registry.changes import requests as changes
from registry.errors import InvalidInput, NotFound, StaleRecord
from registry.principals import Permission

if TYPE_CHECKING:
    from dashboard.deps import Deps, Writes
    from queries.households import WholeRecord
    from registry.households.commands import HouseholdCommand

_FIELDS = {"type": ids.FIELD_TYPE, "name": ALL, "row": ALL}
Answer = tuple[Any, Any, Any, Any, list[Any]]
"""What was saved, what to say at the top, what to say in the dock, both versions, and the errors of the fields."""


@dataclass(frozen=True, slots=True)
class Editing:
    """Which form is open, of which row, and the key of this opening; as the page keeps it."""

    form: Code | None = None
    row: Code | None = None
    key: Code | None = None


@dataclass(frozen=True, slots=True)
class Both:
    """What was saved meanwhile, by field, where a save was refused; the version that this is."""

    version: Version
    theirs: View


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it was sent: against which version, and the key by which the same submit is known again."""

    form: str
    row: str
    household_id: int
    version: int
    key: str
    typed: Values
    baseline: Values


def register(app: Dash, deps: Deps) -> None:
    """Wire the saving of forms onto ``app``."""

    @app.callback(
        output=[
            Output(ids.SAVED, "data"),
            Output(ids.FLASH, "children"),
            Output(ids.DOCK_MESSAGE, "children"),
            Output(ids.CONFLICT, "data"),
            Output(_FIELDS, "error"),
        ],
        inputs={"clicks": Input(ids.SAVE, "n_clicks")},
        state={
            "editing": State(ids.EDITING, "data"),
            "household_id": State(ids.HOUSEHOLD, "data"),
            "loaded": State(ids.LOADED, "data"),
            "conflict": State(ids.CONFLICT, "data"),
            "baseline": State(ids.BASELINE, "data"),
            "values": State(_FIELDS, "value"),
            "names": State(_FIELDS, "id"),
        },
        running=[(Output(ids.SAVE, "loading"), True, False), (Output(ids.CANCEL, "disabled"), True, False)],
        prevent_initial_call=True,
    )
    @requires(Permission.REQUEST_CHANGES)
    def save(
        *,
        clicks: Number | None,
        editing: Editing | None,
        household_id: Number | None,
        loaded: Seen | None,
        conflict: Both | None,
        baseline: View | None,
        values: Fields,
        names: Names,
    ) -> Answer:
        keys = [f"{name['row']}.{name['name']}" for name in names]
        typed = dict(zip(keys, values, strict=True))
        sent = _sent(editing, household_id, conflict or loaded, typed, baseline or {})
        if not clicks or sent is None:
            return no_update, no_update, no_update, no_update, [no_update] * len(keys)
        return answer(deps, sent, keys)


def answer(deps: Deps, sent: Sent, keys: list[str]) -> Answer:
    """Carry the form out; refusals that a person can act on become words, others go on."""
    words = current_words()
    try:
        command = command_of(sent.form, sent.row, sent.typed, household_id=sent.household_id, version=sent.version)
        done = once(deps, sent.key, lambda session: _carried_out(session, command))
    except InvalidInput as refusal:
        at_fields, general = placed(refusal.problems, set(keys))
        message = problems_message(at_fields, general, people_of(_now(deps, sent)), words)
        errors = [words(f"problem.{at_fields[key]}") if key in at_fields else None for key in keys]
        return no_update, no_update, message, no_update, errors
    except StaleRecord:
        now = _now(deps, sent)
        theirs = values_of(sent.form, sent.row, now)
        fields = {key: Versions(sent.baseline.get(key), their, sent.typed.get(key)) for key, their in theirs.items()}
        kept = {"version": now.household["version"], "theirs": theirs, "mine": sent.typed}
        return no_update, no_update, versions_message(sent.form, fields, now, words), kept, [no_update] * len(keys)
    if "request_id" in done:
        return {"version": sent.version}, requested_message(words), None, None, [None] * len(keys)
    return {"version": done["version"]}, saved_message(done, words), None, None, [None] * len(keys)


def _carried_out(session: Writes, command: HouseholdCommand) -> dict[str, object]:
    """Make the change at once, or file it as a request where somebody else has to approve it."""
    if may_edit_at_once():
        return asdict(changes.carry_out(session, command))
    return {"request_id": changes.request_change(session, command)}


def _sent(
    editing: Editing | None, household_id: int | None, seen: Seen | Both | None, typed: Values, baseline: Values
) -> Sent | None:
    """The form that the page sends; ``None`` where none is open."""
    if editing is None or editing.form not in HOSTS or household_id is None or seen is None:
        return None
    if isinstance(seen, Both):
        # members who were taken out meanwhile have no fields any more
        typed = {key: value for key, value in typed.items() if key in seen.theirs}
    return Sent(
        form=editing.form,
        row=editing.row or "",
        household_id=household_id,
        version=seen.version,
        key=editing.key or secrets.token_hex(16),
        typed=typed,
        baseline=baseline,
    )


def _now(deps: Deps, sent: Sent) -> WholeRecord:
    with deps.reading() as conn:
        now = households.whole_record(conn, sent.household_id)
    if now is None:
        raise NotFound
    return now
