"""The form by which money is allocated, warranted, committed and given back, an entry reversed, and a year closed."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered
from dashboard.components.days import beside_day
from dashboard.components.detail_page import done, sentence
from dashboard.components.forms import SAVES
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.vote_book import ids
from dashboard.sent.kinds import Code, Number, Text
from layers import numbers
from queries import ledger
from registry.errors import InvalidInput, RegistryError
from registry.ledger.posting import Entry, post
from registry.ledger.tables import amount_of, day_of
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from words import Words

COMMANDS: Final = ("peruntukan", "kurang", "waran", "waran_pulang", "tanggungan", "lepas", "batal", "tutup")
_FIELDS: Final = {
    "command": ids.COMMAND,
    "programme": ids.PROGRAMME,
    "year": ids.YEAR,
    "office": ids.OFFICE,
    "case_no": ids.CASE,
    "amount": ids.AMOUNT,
    "day": ids.DAY,
    "reference": ids.REFERENCE,
    "original": ids.ORIGINAL,
}


def form(words: Words) -> Component:
    """The form, hidden from who allocates nothing."""
    fields = [
        _choice(ids.COMMAND, words("vote.command"), [(name, words(f"vote.command_{name}")) for name in COMMANDS]),
        _choice(ids.PROGRAMME, words("vote.programme"), []),
        dmc.TextInput(
            id=ids.YEAR, label=words("vote.year"), value="", withAsterisk=True, inputProps={"inputMode": "numeric"}
        ),
        _choice(ids.OFFICE, words("vote.office"), [], needed=False),
        dmc.TextInput(id=ids.CASE, label=words("vote.case"), value=""),
        dmc.TextInput(id=ids.AMOUNT, label=words("vote.amount"), value="", inputProps={"inputMode": "decimal"}),
        dmc.TextInput(
            id=ids.DAY, label=words("vote.day"), value="", withAsterisk=True, **beside_day(words("vote.day"), words)
        ),
        dmc.TextInput(
            id=ids.REFERENCE, label=words("vote.reference"), description=words("vote.reference_hint"), value=""
        ),
        dmc.TextInput(id=ids.ORIGINAL, label=words("vote.original"), description=words("vote.original_hint"), value=""),
        html.Button(words("vote.post"), id=ids.POST, className="ek-button ek-button-main", n_clicks=0),
    ]
    return html.Section(
        [
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            html.H2(words("vote.entry")),
            html.P(words("vote.entry_intro")),
            html.Div(fields, className="ek-column-form", **SAVES),
            html.Div(id=ids.MESSAGE, role="status"),
        ],
        id=ids.POST_PART,
        hidden=True,
        className="ek-screen-only",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the form's callbacks onto ``app``."""

    @app.callback(
        Output(ids.PROGRAMME, "data"),
        Output(ids.OFFICE, "data"),
        Output(ids.DAY, "value"),
        Output(ids.YEAR, "value"),
        Output(ids.POST_PART, "hidden"),
        Input(ids.VIEW, "data"),
    )
    @requires(Permission.READ_LEDGER)
    def offer(_view: object) -> tuple[object, ...]:
        if not deps.person().may(Permission.MANAGE_ALLOCATION):
            return no_update, no_update, no_update, no_update, True
        with deps.reading() as conn:
            programmes, offices = ledger.programmes(conn), ledger.offices(conn)
        named = "name_ms" if current_words().language == "ms" else "name_en"
        today = datetime.now(numbers.MALAYSIA).date()
        return (
            [{"value": row["code"], "label": f"{row['code']} · {row[named]}"} for row in programmes],  # type: ignore[literal-required]
            [{"value": row["code"], "label": f"{row['code']} · {row[named]}"} for row in offices],  # type: ignore[literal-required]
            numbers.day(today),
            str(programmes[0]["fiscal_year"] if programmes else today.year),
            not programmes,
        )

    @app.callback(
        Output(ids.KEY, "data"),
        Output(ids.MESSAGE, "children"),
        *(Output(name, "error") for name in _FIELDS.values()),
        Input(ids.POST, "n_clicks"),
        State(ids.KEY, "data"),
        *(State(name, "value") for name in _FIELDS.values()),
        prevent_initial_call=True,
        running=[(Output(ids.POST, "disabled"), True, False)],
    )
    @requires(Permission.MANAGE_ALLOCATION)
    def send(clicks: Number | None, key: Code | None, *typed: Text | None) -> tuple[object, ...]:
        words = current_words()
        if not clicks:
            return (no_update,) * (2 + len(_FIELDS))
        given = {name: (value or "").strip() for name, value in zip(_FIELDS, typed, strict=True)}
        problems = _problems(given)
        errors = [words(f"problem.{problems[name]}") if name in problems else None for name in _FIELDS]
        if problems:
            return no_update, None, *errors
        posted, message = answered(
            deps,
            f"ledger-entry {key}",
            lambda session: _post(session, given),
            message=lambda _result: done(words("vote.posted")),
            refused=lambda error: html.P(_why(error, words), className="ek-refused"),
        )
        return (no_update if posted is no_update else secrets.token_hex(16)), message, *errors


def _problems(given: dict[str, str]) -> dict[str, str]:
    problems = {name: "required" for name in ("command", "programme", "year", "day") if not given[name]}
    if given["day"] and day_of(given["day"]) is None:
        problems["day"] = "date"
    if given["year"] and not (
        given["year"].isascii() and given["year"].isdecimal() and len(given["year"]) == len("2026")
    ):
        problems["year"] = "number"
    if given["amount"] and amount_of(given["amount"]) is None:
        problems["amount"] = "number"
    if given["command"] and given["command"] not in COMMANDS:
        problems["command"] = "choice"
    return problems


def _post(session: Writes, given: dict[str, str]) -> dict[str, object]:
    made = post(
        session,
        Entry(
            command=given["command"],
            day=day_of(given["day"]),
            year=int(given["year"]),
            programme=given["programme"],
            office=given["office"],
            case_no=given["case_no"],
            amount=amount_of(given["amount"]),
            reference=given["reference"],
            original=given["original"],
        ),
    )
    return {"entry": made}


def _why(error: RegistryError, words: Words) -> str:
    return words("error.invalid") if isinstance(error, InvalidInput) else sentence(error.key, error.values, words)


def _choice(name: str, label: str, offered: list[tuple[str, str]], *, needed: bool = True) -> Component:
    words = current_words()
    data: list[dict[str, Any]] = [{"value": value, "label": text} for value, text in offered]
    chosen: Component = dmc.Select(
        id=name,
        label=label,
        data=data,
        value=None,
        searchable=True,
        clearable=not needed,
        withAsterisk=needed,
        placeholder=words("form.choose"),
        nothingFoundMessage=words("form.no_match"),
    )
    return chosen
