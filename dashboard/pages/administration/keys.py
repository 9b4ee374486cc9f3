"""The page of keys by which programs of agencies ask: issued, changed, their secret replaced, revoked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import mark, pressed
from dashboard.components.days import beside_day
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.household.texts import today
from dashboard.i18n import current_words
from dashboard.pages.administration import ids
from dashboard.pages.administration.parts import KEYS_PATH, ROLES_PATH, refused, tabs
from dashboard.sent.kinds import Code, Codes, Number, Text
from layers import numbers
from queries import api_keys, programmes
from registry.api_keys.administration import SCOPES, IssueKey, change_key, issue_key, revoke_key, rotate_key
from registry.errors import InvalidInput, NotPermitted
from registry.households.typed_values import day_of
from registry.principals import Permission
from registry.refusals import ApiKeyOver

if TYPE_CHECKING:
    from datetime import date

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.api_keys import ApiKeyRow
    from words import Words

PATH = KEYS_PATH
DOCUMENT: Final = "/api/v1/dokumen"
_YEAR: Final = timedelta(days=365)
_BUTTONS: Final = (ids.KEY_CHANGE, ids.KEY_ROTATE, ids.KEY_ROTATE_NOW, ids.KEY_REVOKE)


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("admin.title"), "href": ROLES_PATH}, {"label": words("admin.tab_keys")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("kunci"), data=trail),
            *(dcc.Store(id=name) for name in (ids.KEY_ISSUED, ids.KEY_CHANGED)),
            html.H1(words("admin.tab_keys")),
            tabs(PATH, words),
            html.P([words("api_key.lead"), " ", html.A(words("api_key.document"), href=DOCUMENT)], className="ek-lead"),
            html.Section(html.Div(id=ids.KEYS), className="ek-panel"),
            _issuing_form(words),
            _changing_form(words),
            # beside the form: what was done to the last key is told when there is none left to change
            html.Div(id=ids.KEY_MESSAGE, role="status"),
        ],
        className="ek-page ek-admin",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    _listing(app, deps)
    _issuing(app, deps)
    _changing(app, deps)


def _listing(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.KEYS, "children"),
        Output(ids.KEY_CHOSEN, "data"),
        Output(ids.KEY_CHANGING, "hidden"),
        Input(ids.KEY_ISSUED, "data"),
        Input(ids.KEY_CHANGED, "data"),
    )
    @requires(Permission.ADMINISTER)
    def show_keys(_issued: object, _changed: object) -> tuple[object, object, bool]:
        words = current_words()
        with deps.reading() as conn:
            found = api_keys.keys(conn)
        open_ = [row for row in found if row["standing"] != "revoked"]
        offered = [{"value": str(row["key_id"]), "label": f"{row['name']} · {row['client_id']}"} for row in open_]
        return _keys(found, words), offered, not offered

    @app.callback(
        Output(ids.KEY_AGENCY, "data"), Output(ids.KEY_OFFICE, "data"), Output(ids.KEY_UNTIL, "value"),
        Input(ids.KEY_ISSUE, "id"),
    )  # fmt: skip
    @requires(Permission.ADMINISTER)
    def offer_agencies(_once: object) -> tuple[object, object, str]:
        words = current_words()
        agency, office = f"agency_{words.language}", f"office_{words.language}"
        with deps.reading() as conn:
            agencies: list[Any] = [*programmes.agencies(conn)]
            offices: list[Any] = [*programmes.offices(conn)]
        return (
            [{"value": str(row["agency_id"]), "label": f"{row['code']} · {row[agency]}"} for row in agencies],
            [{"value": row["code"], "label": f"{row[agency]} · {row[office]}"} for row in offices],
            numbers.day(today() + _YEAR),
        )


def _issuing(app: Dash, deps: Deps) -> None:
    fields = (ids.KEY_NAME, ids.KEY_AGENCY, ids.KEY_OFFICE, ids.KEY_SCOPES, ids.KEY_UNTIL)

    @app.callback(
        Output(ids.KEY_ISSUE_MESSAGE, "children"),
        Output(ids.KEY_ISSUED, "data"),
        Output(ids.KEY_NAME, "value"),
        Input(ids.KEY_ISSUE, "n_clicks"),
        *(State(name, "value") for name in fields),
        prevent_initial_call=True,
        running=[(Output(ids.KEY_ISSUE, "disabled"), True, False)],
    )
    @requires(Permission.ADMINISTER)
    def issue(
        _clicks: Number | None,
        name: Text | None,
        agency: Number | None,
        office: Code | None,
        scopes: Codes | None,
        until: Text | None,
    ) -> tuple[object, object, object]:
        words = current_words()
        command = IssueKey(
            name=name or "",
            agency_id=agency or 0,
            office_code=office or None,
            scopes=tuple(scopes or ()),
            expires_on=day_of(until),
        )
        try:
            with deps.writing() as session:
                issued = issue_key(session, command)
        except InvalidInput as refusal:
            return refused(refusal, words), no_update, no_update
        return _told_once(issued.client_id, issued.secret, words), mark(), ""


def _changing(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.KEY_CHANGED_SCOPES, "value"),
        Output(ids.KEY_CHANGED_UNTIL, "value"),
        *(Output(name, "disabled") for name in _BUTTONS),
        Input(ids.KEY_CHOSEN, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def pick_key(key_id: Number | None) -> tuple[object, ...]:
        with deps.reading() as conn:
            found = {row["key_id"]: row for row in api_keys.keys(conn) if row["standing"] != "revoked"}
        row = found.get(key_id or 0)
        if row is None:
            return [], "", *[True] * len(_BUTTONS)
        return row["scopes"], numbers.day(row["expires_on"]), *[False] * len(_BUTTONS)

    @app.callback(
        Output(ids.KEY_MESSAGE, "children"),
        Output(ids.KEY_CHANGED, "data"),
        Output(ids.KEY_SURE, "checked"),
        *(Input(name, "n_clicks") for name in _BUTTONS),
        State(ids.KEY_CHOSEN, "value"),
        State(ids.KEY_CHANGED_SCOPES, "value"),
        State(ids.KEY_CHANGED_UNTIL, "value"),
        State(ids.KEY_SURE, "checked"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def change_of_key(
        _change: Number | None,
        _rotate: Number | None,
        _rotate_now: Number | None,
        _revoke: Number | None,
        key_id: Number | None,
        scopes: Codes | None,
        until: Text | None,
        sure: bool | None,  # noqa: FBT001 - as the box holds it
    ) -> tuple[object, object, object]:
        asked, words = pressed(), current_words()
        if asked is None or not key_id:
            return no_update, no_update, no_update
        if asked in {ids.KEY_REVOKE, ids.KEY_ROTATE_NOW} and not sure:
            return html.P(words("api_key.be_sure"), className="ek-admin-refused", role="alert"), no_update, no_update
        try:
            with deps.writing() as session:
                told = _carried_out(session, str(asked), _Given(key_id, tuple(scopes or ()), day_of(until)), words)
        except InvalidInput as refusal:
            return refused(refusal, words), no_update, no_update
        except (ApiKeyOver, NotPermitted) as refusal:
            message = words(f"error.{refusal.key}")
            return html.P(message, className="ek-admin-refused", role="alert"), mark(), False
        return told, mark(), False


@dataclass(frozen=True, slots=True)
class _Given:
    """The key that is to be changed, and what the form says of it."""

    key_id: int
    scopes: tuple[str, ...]
    until: date | None


def _carried_out(session: Writes, asked: str, given: _Given, words: Words) -> Component:
    key_id = given.key_id
    if asked == ids.KEY_CHANGE:
        change_key(session, key_id, scopes=given.scopes, expires_on=given.until)
        return html.P(words("api_key.changed"), className="ek-admin-done")
    if asked == ids.KEY_REVOKE:
        revoke_key(session, key_id)
        return html.P(words("api_key.revoked_now"), className="ek-admin-done")
    rotated = rotate_key(session, key_id, at_once=asked == ids.KEY_ROTATE_NOW)
    old = words("api_key.old_until", at=numbers.moment(rotated.old_until))
    return _told_once(None, rotated.secret, words, *([] if asked == ids.KEY_ROTATE_NOW else [old]))


def _told_once(client_id: str | None, secret: str, words: Words, *more: str) -> Component:
    """A secret, told this once, with a button that copies it."""
    copies: dict[str, Any] = {"data-ek-copy": ids.SECRET, "data-ek-copied": words("api_key.copied")}
    named = [] if client_id is None else [html.P([words("api_key.client_id"), ": ", html.Code(client_id)])]
    return html.Div(
        [
            html.P(words("api_key.once")),
            *named,
            html.P(html.Code(secret, id=ids.SECRET, className="ek-admin-password ek-admin-secret")),
            html.Button(words("api_key.copy"), type="button", className="ek-button", **copies),
            *(html.P(line) for line in more),
        ],
        role="status",
        className="ek-admin-done",
    )


def _keys(found: list[ApiKeyRow], words: Words) -> Component:
    if not found:
        return html.P(words("api_key.none"))
    names = ("name", "agency", "scopes", "expires_on", "last_used", "calls", "standing")
    return sortable(
        [words(f"api_key.column_{name}") for name in names],
        [_line(row, words) for row in found],
        words,
        name="api-keys",
        label=words("admin.tab_keys"),
    )


def _line(row: ApiKeyRow, words: Words) -> tuple[Any, ...]:
    given: dict[str, Any] = {**row}
    agency, office = given[f"agency_{words.language}"], given[f"office_{words.language}"]
    calls = f"{row['calls']:,}" if not row["refused"] else words(
        "api_key.calls_refused", calls=f"{row['calls']:,}", refused=f"{row['refused']:,}"
    )  # fmt: skip
    standing = words(f"api_key.standing_{row['standing']}")
    if row["old_until"]:
        standing = f"{standing}; {words('api_key.old_until', at=numbers.moment(row['old_until']))}"
    return (
        f"{row['name']} · {row['client_id']} · …{row['ending']}",
        agency if office is None else f"{agency}, {office}",
        ", ".join(words(f"scope.{scope}") for scope in row["scopes"]),
        numbers.day(row["expires_on"]),
        numbers.moment(row["last_used_at"]) if row["last_used_at"] else words("api_key.never"),
        calls,
        standing,
    )


def _issuing_form(words: Words) -> Component:
    return html.Section(
        [
            html.H2(words("api_key.issue_title")),
            html.Div(
                [
                    dmc.TextInput(id=ids.KEY_NAME, label=words("api_key.name"), description=words("api_key.name_note")),
                    _select(ids.KEY_AGENCY, words("api_key.column_agency"), words),
                    _select(ids.KEY_OFFICE, words("api_key.office"), words, description=words("api_key.office_note")),
                    _day(ids.KEY_UNTIL, words("api_key.column_expires_on"), words),
                ],
                className="ek-admin-form",
            ),
            _scopes(ids.KEY_SCOPES, words),
            html.Button(words("api_key.issue"), id=ids.KEY_ISSUE, type="button", className="ek-button ek-button-main"),
            html.Div(id=ids.KEY_ISSUE_MESSAGE, role="status"),
        ],
        className="ek-panel",
        **SAVES,
    )


def _changing_form(words: Words) -> Component:
    def button(name: str, key: str) -> Component:
        return html.Button(words(f"api_key.{key}"), id=name, type="button", className="ek-button", disabled=True)

    return html.Section(
        [
            html.H2(words("api_key.change_title")),
            html.Div(
                [
                    _select(ids.KEY_CHOSEN, words("api_key.column_name"), words),
                    _day(ids.KEY_CHANGED_UNTIL, words("api_key.column_expires_on"), words),
                ],
                className="ek-admin-form",
            ),
            _scopes(ids.KEY_CHANGED_SCOPES, words),
            html.Div(
                [button(ids.KEY_CHANGE, "change"), button(ids.KEY_ROTATE, "rotate")], className="ek-admin-buttons"
            ),
            html.P(words("api_key.at_once_note"), className="ek-footnote"),
            dmc.Checkbox(id=ids.KEY_SURE, label=words("api_key.sure"), checked=False, my="xs"),
            html.Div(
                [button(ids.KEY_ROTATE_NOW, "rotate_now"), button(ids.KEY_REVOKE, "revoke")],
                className="ek-admin-buttons",
            ),
        ],
        id=ids.KEY_CHANGING,
        hidden=True,
        className="ek-panel",
        **SAVES,
    )


def _scopes(name: str, words: Words) -> Component:
    box: Component = dmc.CheckboxGroup(
        [dmc.Checkbox(value=scope, label=words(f"scope.{scope}"), description=scope, my="xs") for scope in SCOPES],
        id=name,
        label=words("api_key.column_scopes"),
        value=[],
    )
    return box


def _select(name: str, label: str, words: Words, **more: object) -> Component:
    more = {"placeholder": words("form.choose"), "nothingFoundMessage": words("form.no_match")} | more
    field: Component = dmc.Select(id=name, label=label, data=[], searchable=True, clearable=True, **more)
    return field


def _day(name: str, label: str, words: Words) -> Component:
    field: Component = dmc.TextInput(id=name, label=label, **beside_day(label, words))
    return field
