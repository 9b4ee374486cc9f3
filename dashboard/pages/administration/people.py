"""The page of accounts: who may sign in, with which role, where; added, changed, closed, given a new password."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ClientsideFunction, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import pressed
from dashboard.areas import areas_text
from dashboard.components.forms import ASKS, SAVES
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.administration import ids
from dashboard.pages.administration.parts import PEOPLE_PATH, ROLES_PATH, refused, role_options, tabs, territory_options
from dashboard.sent.kinds import Code, Codes, Number, Text, Version, View
from dashboard.urlstate import UrlState, whole
from layers import numbers
from queries import oversight
from registry.accounts.administration import (
    AddAccount,
    ChangeAccount,
    OpenAccount,
    ResetPassword,
    add_account,
    change_account,
    open_account,
    reset_password,
)
from registry.accounts.factors import reset_factor
from registry.accounts.sessions import end_sessions_of
from registry.errors import InvalidInput
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.oversight import AccountListRow
    from words import Words

PATH = PEOPLE_PATH
_BUTTONS: Final = (ids.CHANGE, ids.TOGGLE, ids.RESET, ids.RESET_FACTOR, ids.END_SESSIONS)


@dataclass(frozen=True)
class PeopleView(UrlState):
    """Which account is open to be changed: its number; 0 for none."""

    account: int = whole(0, at_least=0, at_most=999_999_999, name="akaun")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("admin.title"), "href": ROLES_PATH}, {"label": words("admin.tab_people")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("pengguna"), data=trail),
            *(dcc.Store(id=name) for name in (ids.ADDED, ids.CHANGED, ids.VERSION, ids.LED)),
            urlstate.view_store(ids.VIEW, PeopleView.parse(query)),
            html.H1(words("admin.tab_people")),
            tabs(PATH, words),
            _list(words),
            _change(words),
            _add(words),
        ],
        className="ek-page ek-admin",
    )


@dataclass(frozen=True, slots=True)
class SeenAccount:
    """An account as the page saw it."""

    version: Version
    active: bool
    login: Text
    role: Code
    areas: Codes


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    _opening(app)
    _listing(app, deps)
    _adding(app, deps)
    _changing(app, deps)


def _opening(app: Dash) -> None:
    """A row opens the form that changes its account."""

    @app.callback(Output(ids.ACCOUNT, "value"), Input(ids.VIEW, "data"))
    @requires(Permission.ADMINISTER)
    def choose(view: View) -> Any:
        opened = PeopleView.parse(view).account
        return str(opened) if opened else no_update

    app.clientside_callback(
        ClientsideFunction("ekasih_administration", "lead"),
        Output(ids.LED, "data"),
        Input(ids.VERSION, "data"),
        State(ids.VIEW, "data"),
        State(ids.ACCOUNT, "value"),
    )


def _listing(app: Dash, deps: Deps) -> None:
    @app.callback(
        *(Output(name, "data") for name in (ids.FILTER_AREA, ids.NEW_AREAS, ids.CHANGED_AREAS)),
        Input(ids.ADD, "id"),
    )
    @requires(Permission.ADMINISTER)
    def offer_areas(_once: object) -> tuple[list[dict[str, object]], ...]:
        with deps.reading() as conn:
            offered = territory_options(oversight.areas(conn), current_words())
        return offered, offered, offered

    @app.callback(
        Output(ids.ACCOUNTS, "children"),
        Output(ids.ACCOUNT, "data"),
        Input(ids.FILTER_NAME, "value"),
        Input(ids.FILTER_ROLE, "value"),
        Input(ids.FILTER_AREA, "value"),
        Input(ids.FILTER_STATE, "value"),
        Input(ids.ADDED, "data"),
        Input(ids.CHANGED, "data"),
    )
    @requires(Permission.ADMINISTER)
    def show(
        wanted: Text | None, role: Code | None, area: Code | None, state: Code | None, _added: object, _changed: object
    ) -> tuple[object, object]:
        words = current_words()
        asked = {"wanted": (wanted or "").strip(), "role": role or "", "area": area or "", "state": state or ""}
        with deps.reading() as conn:
            found, total = oversight.accounts(conn, **asked)
            everyone = oversight.accounts(conn)[0] if any(asked.values()) else found
        offered = {row["user_id"]: row for row in [*everyone, *found]}.values()
        options = [
            {"value": str(row["user_id"]), "label": f"{row['login']} · {row['display_name']}"} for row in offered
        ]
        return _accounts(found, total, words), options


def _adding(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.ADD_MESSAGE, "children"),
        Output(ids.ADDED, "data"),
        Output(ids.NEW_LOGIN, "value"),
        Output(ids.NEW_NAME, "value"),
        Input(ids.ADD, "n_clicks"),
        State(ids.NEW_LOGIN, "value"),
        State(ids.NEW_NAME, "value"),
        State(ids.NEW_ROLE, "value"),
        State(ids.NEW_AREAS, "value"),
        prevent_initial_call=True,
        running=[(Output(ids.ADD, "disabled"), True, False)],
    )
    @requires(Permission.ADMINISTER)
    def add(
        clicks: Number | None, login: Text | None, name: Text | None, role: Code | None, areas: Codes | None
    ) -> tuple[object, object, object, object]:
        words = current_words()
        command = AddAccount(login=login or "", name=name or "", role=role or "", territory=tuple(areas or ()))
        try:
            with deps.writing() as session:
                password = add_account(session, command)
        except InvalidInput as refusal:
            return refused(refusal, words), no_update, no_update, no_update
        return _password(command.login.strip().lower(), password, words), clicks, "", ""


def _changing(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.CHANGED_ROLE, "value"),
        Output(ids.CHANGED_AREAS, "value"),
        Output(ids.VERSION, "data"),
        Output(ids.TOGGLE, "children"),
        *(Output(name, "disabled") for name in _BUTTONS),
        Input(ids.ACCOUNT, "value"),
        Input(ids.CHANGED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def pick(user_id: Number | None, _changed: object) -> tuple[object, ...]:
        words, chosen = current_words(), ctx.triggered_id == ids.ACCOUNT
        row = None
        if user_id:
            with deps.reading() as conn:
                row = oversight.account(conn, user_id)
        if row is None:
            return None, [], None, words("admin.close_account"), *[True] * len(_BUTTONS)
        seen = {"version": row["version"], "active": row["active"], "login": row["login"], "role": row["role"],
                "areas": row["territory"]}  # fmt: skip
        toggle = words("admin.close_account") if row["active"] else words("admin.open_account")
        # what is chosen for the account stays where another button was pressed
        fields = (row["role"], row["territory"]) if chosen else (no_update, no_update)
        return *fields, seen, toggle, *[False] * len(_BUTTONS)

    @app.callback(
        Output(ids.CHANGE_MESSAGE, "children"),
        Output(ids.CHANGED, "data"),
        *(Input(name, "n_clicks") for name in _BUTTONS),
        State(ids.ACCOUNT, "value"),
        State(ids.VERSION, "data"),
        State(ids.CHANGED_ROLE, "value"),
        State(ids.CHANGED_AREAS, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def change(  # noqa: PLR0917 - one for each field of the page
        change: Number | None,
        toggle: Number | None,
        reset: Number | None,
        reset_factor: Number | None,
        end_sessions: Number | None,
        user_id: Number | None,
        seen: SeenAccount | None,
        role: Code | None,
        areas: Codes | None,
    ) -> tuple[object, object]:
        asked, clicks = pressed(), (change, toggle, reset, reset_factor, end_sessions)
        if asked is None or not user_id or not seen:
            return no_update, no_update
        words = current_words()
        try:
            with deps.writing() as session:
                outcome = _carry_out(
                    session,
                    str(asked),
                    user_id=user_id,
                    seen=seen,
                    role=role or "",
                    areas=tuple(areas or ()),
                )
        except InvalidInput as refusal:
            return refused(refusal, words), no_update
        message = words(f"admin.{outcome[0]}", login=seen.login)
        if asked == ids.CHANGE:
            message = f"{message}: {', '.join(_changed(seen, role, areas or [], words))}"
        answer = _password(seen.login, outcome[1], words) if outcome[1] else message
        return answer, sum(number or 0 for number in clicks)


def _changed(seen: SeenAccount, role: str | None, areas: Codes, words: Words) -> list[str]:
    """Which of the two fields of an account differ from what was shown."""
    differs = {
        "admin.column_role": role != seen.role,
        "admin.areas": sorted(areas) != sorted(seen.areas),
    }
    return [words(key) for key, changed in differs.items() if changed] or [words("settings.unchanged")]


def _carry_out(
    session: Writes, button: str, *, user_id: int, seen: SeenAccount, role: str, areas: tuple[str, ...]
) -> tuple[str, str]:
    """What a button does to an account: the key of the message, and a first password where there is one."""
    version = seen.version
    if button == ids.RESET:
        return "reset_done", reset_password(session, ResetPassword(user_id=user_id, version=version))
    if button == ids.RESET_FACTOR:
        return ("factor_reset_done" if reset_factor(session, user_id) else "factor_none"), ""
    if button == ids.END_SESSIONS:
        return ("sessions_ended" if end_sessions_of(session, user_id) else "sessions_none"), ""
    if button == ids.TOGGLE:
        active = not seen.active
        open_account(session, OpenAccount(user_id=user_id, version=version, active=active))
        return ("opened_done" if active else "closed_done"), ""
    change_account(session, ChangeAccount(user_id=user_id, version=version, role=role, territory=areas))
    return "changed_done", ""


def _accounts(found: list[AccountListRow], total: int, words: Words) -> list[Component]:
    heads = [words(f"admin.column_{name}") for name in ("login", "name", "role", "areas", "state")]
    lines = [
        (
            html.A(row["login"], href=PeopleView(account=row["user_id"]).address(PATH), **STEP),
            row["display_name"],
            words(f"role.{row['role']}"),
            areas_text(row["areas"], words, none="admin.whole_country"),
            words("admin.open") if row["active"] else words("admin.closed"),
        )
        for row in found
    ]
    note = words("admin.accounts_found", shown=numbers.count(len(found)), total=numbers.count(total))
    table = sortable(heads, lines, words, name="accounts", label=words("admin.tab_people"), total=total)
    return [html.P(note, role="status"), table]


def _password(login: str, password: str, words: Words) -> Component:
    return html.Div(
        [html.P(words("admin.password_once", login=login)), html.P(html.Code(password, className="ek-admin-password"))],
        role="status",
        className="ek-admin-done",
    )


def _select(name: str, label: str, data: list[Any], words: Words, **more: object) -> Any:
    more = {"placeholder": words("form.choose"), "nothingFoundMessage": words("form.no_match")} | more
    return dmc.Select(id=name, label=label, data=data, **more)


def _areas(name: str, words: Words) -> Any:
    return dmc.MultiSelect(
        id=name,
        label=words("admin.areas"),
        description=words("admin.areas_note"),
        data=[],
        searchable=True,
        nothingFoundMessage=words("form.no_match"),
    )


def _list(words: Words) -> Component:
    states = [{"value": "open", "label": words("admin.open")}, {"value": "closed", "label": words("admin.closed")}]
    clear = {"clearable": True, "clearButtonProps": {"aria-label": words("form.clear"), "tabIndex": -1}}
    every = {"placeholder": words("search.all")} | clear
    return html.Section(
        [
            html.Div(
                [
                    dmc.TextInput(id=ids.FILTER_NAME, label=words("admin.find"), debounce=400),
                    _select(ids.FILTER_ROLE, words("admin.column_role"), role_options(words), words, **every),
                    _select(ids.FILTER_AREA, words("admin.area"), [], words, searchable=True, **every),
                    _select(ids.FILTER_STATE, words("admin.column_state"), states, words, **every),
                ],
                className="ek-admin-form",
            ),
            html.Div(id=ids.ACCOUNTS),
        ],
        className="ek-panel",
        **ASKS,
    )


def _change(words: Words) -> Component:
    buttons = [(ids.CHANGE, "admin.save"), (ids.TOGGLE, "admin.close_account"), (ids.RESET, "admin.reset_password"),
               (ids.RESET_FACTOR, "admin.reset_factor"), (ids.END_SESSIONS, "admin.end_sessions")]  # fmt: skip
    return html.Section(
        [
            html.H2(words("admin.change_account")),
            html.P(words("admin.change_note"), className="ek-footnote"),
            html.Div(
                [
                    _select(ids.ACCOUNT, words("admin.account"), [], words, searchable=True),
                    _select(ids.CHANGED_ROLE, words("admin.column_role"), role_options(words), words),
                    _areas(ids.CHANGED_AREAS, words),
                ],
                className="ek-admin-form",
            ),
            html.Div(
                [
                    html.Button(words(key), id=name, type="button", disabled=True, className="ek-button")
                    for name, key in buttons
                ],
                className="ek-admin-buttons",
            ),
            html.Div(id=ids.CHANGE_MESSAGE, role="status"),
        ],
        className="ek-panel",
        **SAVES,
    )


def _add(words: Words) -> Component:
    return html.Section(
        [
            html.H2(words("admin.add_account")),
            html.Div(
                [
                    dmc.TextInput(id=ids.NEW_LOGIN, label=words("admin.column_login"), attributes=_unspelt()),
                    dmc.TextInput(id=ids.NEW_NAME, label=words("admin.column_name"), attributes=_unspelt()),
                    _select(ids.NEW_ROLE, words("admin.column_role"), role_options(words), words),
                    _areas(ids.NEW_AREAS, words),
                ],
                className="ek-admin-form",
            ),
            html.Button(words("admin.add"), id=ids.ADD, type="button", className="ek-button ek-button-main"),
            html.Div(id=ids.ADD_MESSAGE, role="status"),
        ],
        className="ek-panel",
        **SAVES,
    )


def _unspelt() -> dict[str, object]:
    return {"input": {"autoComplete": "off", "spellCheck": "false"}}
