"""The page of settings: the numbers the register works by, and the names that the states of cases go by."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.components.aria import aria
from dashboard.components.forms import SAVES
from dashboard.components.tables import facts, ruled
from dashboard.frame_ids import trail_of
from dashboard.guards import deps_of_request, requires
from dashboard.i18n import current_words
from dashboard.pages.administration import ids, targets
from dashboard.pages.administration.parts import ROLES_PATH, SETTINGS_PATH, tabs
from dashboard.sent.kinds import Amount, Code, Fields, Names, Number, Text
from layers import numbers
from queries import oversight
from registry.errors import InvalidInput
from registry.installation.register_settings import (
    LONGEST_NAME,
    ChangeSettings,
    RenameStates,
    change_settings,
    rename_states,
)
from registry.principals import Permission
from words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.oversight import SettingRow, StateNameRow
    from words import Words

PATH = SETTINGS_PATH


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("admin.title"), "href": ROLES_PATH}, {"label": words("admin.tab_settings")}]
    stores = (ids.SETTINGS_SEEN, ids.SETTINGS_SAVED, ids.STATES_SEEN, ids.STATES_SAVED, *targets.STORES)
    return html.Div(
        [
            dcc.Store(id=trail_of("settings"), data=trail),
            *(dcc.Store(id=name) for name in stores),
            html.H1(words("admin.tab_settings")),
            tabs(PATH, words),
            html.P(words("settings.lead"), className="ek-lead"),
            html.Section(
                [
                    html.H2(words("settings.title")),
                    html.Div(id=ids.SETTINGS, className="ek-admin-form"),
                    *_saving(ids.SETTINGS_SAVE, ids.SETTINGS_MESSAGE, words("settings.save")),
                ],
                className="ek-panel",
                **SAVES,
            ),
            targets.section(words),
            _mail(words),
            html.Section(
                [
                    html.H2(words("settings.states_title")),
                    html.P(words("settings.states_lead")),
                    html.Div(id=ids.STATES),
                    *_saving(ids.STATES_SAVE, ids.STATES_MESSAGE, words("settings.save_names")),
                ],
                className="ek-panel",
                **SAVES,
            ),
        ],
        className="ek-page ek-admin",
    )


def _mail(words: Words) -> Component:
    """The mail server as the installation names it; of the password only whether there is one."""
    settings = deps_of_request().settings
    if settings.smtp_host is None:
        told: Component = html.P(words("settings.mail_none"))
    else:
        told = facts(
            [
                (words("settings.mail_server"), f"{settings.smtp_host}:{settings.smtp_port}"),
                (words("settings.mail_security"), settings.smtp_security.upper()),
                (words("settings.mail_from"), settings.smtp_from),
                (words("settings.mail_user"), settings.smtp_user or numbers.MISSING),
                (words("settings.mail_password"), words("settings.yes" if settings.smtp_password else "settings.no")),
            ]
        )
    return html.Section([html.H2(words("settings.mail")), told], className="ek-panel")


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    _numbers(app, deps)
    targets.register(app, deps)
    _names(app, deps)


def _numbers(app: Dash, deps: Deps) -> None:
    field = {"type": ids.SETTING_TYPE, "key": ALL}

    @app.callback(
        Output(ids.SETTINGS, "children"), Output(ids.SETTINGS_SEEN, "data"), Input(ids.SETTINGS_SAVED, "data")
    )
    @requires(Permission.ADMINISTER)
    def show_settings(_saved: object) -> tuple[list[object], dict[str, str]]:
        words = current_words()
        with deps.reading() as conn:
            found = oversight.settings(conn)
        return [_number(row, words) for row in found], {row["key"]: str(row["value"]) for row in found}

    @app.callback(
        Output(ids.SETTINGS_MESSAGE, "children"),
        Output(ids.SETTINGS_SAVED, "data"),
        Output(field, "error"),
        Input(ids.SETTINGS_SAVE, "n_clicks"),
        State(field, "value"),
        State(field, "id"),
        State(ids.SETTINGS_SEEN, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.SETTINGS_SAVE, "disabled"), True, False)],
    )
    @requires(Permission.ADMINISTER)
    def save_settings(
        clicks: Number | None, values: Fields, fields: Names, seen: dict[Code, Amount]
    ) -> tuple[Any, Any, list[Any]]:
        words = current_words()
        wanted = {each["key"]: _decimal(value) for each, value in zip(fields, values, strict=True)}
        command = ChangeSettings(wanted=wanted, seen=seen)
        try:
            with deps.writing() as session:
                changed = change_settings(session, command)
        except InvalidInput as refusal:
            return words("settings.not_saved"), no_update, _errors([each["key"] for each in fields], refusal, words)
        named = [words(f"settings.{_name(key)}") for key, value in wanted.items() if value != command.seen.get(key)]
        return _done(changed, named, words), clicks, [None] * len(fields)


def _names(app: Dash, deps: Deps) -> None:
    field = {"type": ids.STATE_TYPE, "code": ALL, "language": ALL}

    @app.callback(Output(ids.STATES, "children"), Output(ids.STATES_SEEN, "data"), Input(ids.STATES_SAVED, "data"))
    @requires(Permission.ADMINISTER)
    def show_states(_saved: object) -> tuple[Any, dict[str, list[str]]]:
        words = current_words()
        with deps.reading() as conn:
            found = oversight.state_names(conn)
        return _states(found, words), {row["code"]: [row["name_ms"], row["name_en"]] for row in found}

    @app.callback(
        Output(ids.STATES_MESSAGE, "children"),
        Output(ids.STATES_SAVED, "data"),
        Output(field, "error"),
        Input(ids.STATES_SAVE, "n_clicks"),
        State(field, "value"),
        State(field, "id"),
        State(ids.STATES_SEEN, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.STATES_SAVE, "disabled"), True, False)],
    )
    @requires(Permission.ADMINISTER)
    def save_states(
        clicks: Number | None, values: Fields, fields: Names, seen: dict[Code, tuple[Text, Text]]
    ) -> tuple[Any, Any, list[Any]]:
        words = current_words()
        typed: dict[str, dict[str, str]] = {}
        for each, value in zip(fields, values, strict=True):
            typed.setdefault(each["code"], {})[each["language"]] = str(value or "")
        command = RenameStates(
            wanted={code: (names.get("ms", ""), names.get("en", "")) for code, names in typed.items()},
            seen=seen,
        )
        try:
            with deps.writing() as session:
                changed = rename_states(session, command)
        except InvalidInput as refusal:
            return words("settings.not_saved"), no_update, _errors([each["code"] for each in fields], refusal, words)
        tidy = {code: tuple(" ".join(name.split()) for name in names) for code, names in command.wanted.items()}
        named = [words(f"case_state.{code}") for code, names in tidy.items() if names != command.seen.get(code)]
        return _done(changed, named, words), clicks, [None] * len(fields)


def _decimal(value: object) -> Decimal | None:
    """A number as the field tells it, which while it ends in a nought is a text, or the value of a choice."""
    try:
        number = Decimal(str(value).strip()) if isinstance(value, int | float | str) else None
    except InvalidOperation:
        return None
    return number if number is not None and number.is_finite() else None


def _errors(keys: list[str], refusal: InvalidInput, words: Words) -> list[str | None]:
    """What is wrong, field by field."""
    return [words(f"problem.{refusal.problems[key]}") if key in refusal.problems else None for key in keys]


def _done(changed: int, named: list[str], words: Words) -> str:
    """How much was saved, and what."""
    return f"{words.n('settings.saved', changed)} {', '.join(named)}." if changed else words("settings.unchanged")


def _name(key: str) -> str:
    return key.replace(".", "_")


def _number(row: SettingRow, words: Words) -> object:
    key, least, most, step = row["key"], row["least"], row["most"], row["step"]
    named = _name(key)
    if least == 0 and most == 1:
        return dmc.Select(
            id={"type": ids.SETTING_TYPE, "key": key},
            label=words(f"settings.{named}"),
            data=[{"value": value, "label": words(f"settings.{text}")} for value, text in (("0", "no"), ("1", "yes"))],
            value=str(int(row["value"])),
            allowDeselect=False,
        )
    whole = step == step.to_integral_value()
    return dmc.NumberInput(
        id={"type": ids.SETTING_TYPE, "key": key},
        label=words(f"settings.{named}"),
        description=words(
            "settings.range", least=_number_text(least), most=_number_text(most), step=_number_text(step)
        ),
        value=int(row["value"]) if whole else float(row["value"]),
        min=float(least),
        max=float(most),
        step=float(step),
        allowDecimal=not whole,
        clampBehavior="none",
    )


def _number_text(value: Decimal) -> str:
    return numbers.count(int(value)) if value == value.to_integral_value() else str(value.normalize())


def _states(found: list[StateNameRow], words: Words) -> Component:
    def field(row: StateNameRow, language: str) -> object:
        names: Mapping[str, object] = row
        meaning = words(f"case_state.{row['code']}")
        return dmc.TextInput(
            id={"type": ids.STATE_TYPE, "code": row["code"], "language": language},
            value=names[f"name_{language}"],
            attributes={"input": {"autoComplete": "off", "lang": language, "maxLength": LONGEST_NAME}},
            **aria(label=f"{words(f'settings.name_{language}')}: {meaning}"),
        )

    heads = [words("settings.meaning"), *(words(f"settings.name_{language}") for language in LANGUAGES)]
    lines = [(words(f"case_state.{row['code']}"), *(field(row, language) for language in LANGUAGES)) for row in found]
    return ruled(heads, lines, label=words("settings.states_title"), named=True)


def _saving(button: str, message: str, label: str) -> tuple[Component, Component]:
    return (
        html.Button(label, id=button, type="button", className="ek-button ek-button-main"),
        html.Div(id=message, role="status"),
    )
