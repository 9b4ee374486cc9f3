"""Cases that can be paid: their accounts are entered and verified, and a list is made of those that are marked."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, mark, pressed
from dashboard.components.detail_page import done, sentence
from dashboard.components.feedback import empty
from dashboard.components.forms import SAVES
from dashboard.components.tables import STEP, ruled
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.payments import ids
from dashboard.pages.payments.texts import PATH, PaymentsView, amount
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Number, Text, View, whole_number
from queries import ledger
from registry.errors import InvalidInput, RegistryError
from registry.ledger.payments import MakeList, SetPayee, ToPay, make_list, set_payee, verify_payee
from registry.ledger.tables import amount_of
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from queries.row_types.ledger import LedgerProgrammeRow, PayableRow
    from words import Words

_ROWS: Final = 25
_PAYEE: Final = {
    "case": ids.PAYEE_CASE,
    "name": ids.PAYEE_NAME,
    "id_no": ids.PAYEE_ID,
    "bank": ids.PAYEE_BANK,
    "account": ids.PAYEE_ACCOUNT,
}
_APART: Final = "|"


def section(words: Words) -> Component:
    """The section, hidden from who makes no payments."""
    fields = [
        dmc.Select(
            id=ids.PAYEE_CASE, label=words("payment.case"), data=[], value=None, searchable=True, withAsterisk=True
        ),
        dmc.TextInput(id=ids.PAYEE_NAME, label=words("payment.payee"), value="", withAsterisk=True),
        dmc.TextInput(id=ids.PAYEE_ID, label=words("payment.id_no"), value="", withAsterisk=True),
        dmc.TextInput(
            id=ids.PAYEE_BANK,
            label=words("payment.bank"),
            description=words("payment.bank_hint"),
            value="",
            withAsterisk=True,
        ),
        dmc.TextInput(id=ids.PAYEE_ACCOUNT, label=words("payment.account"), value="", withAsterisk=True),
        html.Button(words("payment.save_payee"), id=ids.PAYEE_SAVE, className="ek-button", n_clicks=0),
    ]
    return html.Section(
        [
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            *(dcc.Store(id=name) for name in (ids.MADE, ids.SAVED, ids.VERIFIED)),
            html.H2(words("payment.make")),
            html.P(words("payment.make_intro")),
            html.Div(id=ids.PROGRAMME),
            html.Div(id=ids.PAYABLE, className="ek-spaced", **SAVES),
            html.Div(id=ids.MESSAGE, role="status"),
            html.Div(id=ids.VERIFY_MESSAGE, role="status"),
            html.Div(
                [
                    html.H3(words("payment.payees")),
                    html.P(words("payment.payees_intro")),
                    html.Div(fields, className="ek-column-form", **SAVES),
                    html.Div(id=ids.PAYEE_MESSAGE, role="status"),
                ],
                className="ek-screen-only",
            ),
        ],
        id=ids.MAKE_PART,
        hidden=True,
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire the section's callbacks onto ``app``."""

    @app.callback(
        Output(ids.PROGRAMME, "children"),
        Output(ids.PAYABLE, "children"),
        Output(ids.PAYEE_CASE, "data"),
        Output(ids.MAKE_PART, "hidden"),
        Input(ids.VIEW, "data"),
        Input(ids.MADE, "data"),
        Input(ids.SAVED, "data"),
        Input(ids.VERIFIED, "data"),
    )
    @requires(Permission.READ_LEDGER)
    def offer(view: View, _made: object, _saved: object, _verified: object) -> tuple[object, object, object, bool]:
        words, state, person = current_words(), PaymentsView.parse(view), deps.person()
        if not (person.may(Permission.MAKE_PAYMENTS) or person.may(Permission.RELEASE_PAYMENTS)):
            return None, None, [], True
        with deps.reading() as conn:
            offered = ledger.programmes(conn)
            chosen = _chosen(offered, state)
            found = _payable(conn, chosen, state) if chosen else []
        cases = [
            {"value": f"{row['office']}{_APART}{row['case_no']}", "label": f"{row['case_no']} · {row['office']}"}
            for row in found
        ]
        return (
            _choose(offered, chosen, words),
            _cases(found, chosen, state, person.user_id, words) if chosen else None,
            cases,
            chosen is None,
        )

    _making(app, deps)
    _payees(app, deps)


def _making(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.MADE, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.MAKE, "of": ALL}, "n_clicks"),
        State(ids.KEY, "data"),
        State(ids.MADE, "data"),
        State(ids.VIEW, "data"),
        State({"type": ids.PAY, "case": ALL}, "checked"),
        State({"type": ids.AMOUNT, "case": ALL}, "value"),
        State({"type": ids.AMOUNT, "case": ALL}, "id"),
        prevent_initial_call=True,
    )
    @requires(Permission.MAKE_PAYMENTS)
    def make(  # noqa: PLR0917 - one for each field of the page
        _clicks: Clicks,
        key: Code | None,
        before: Code | None,
        view: View,
        marked: Fields,
        amounts: list[Text | None],
        names: Names,
    ) -> tuple[object, object]:
        words = current_words()
        if pressed() is None:
            return no_update, no_update
        with deps.reading() as conn:
            chosen = _chosen(ledger.programmes(conn), PaymentsView.parse(view))
        paid = [
            (str(name["case"]).partition(_APART), amount_of((typed or "").strip()))
            for take, typed, name in zip(marked, amounts, names, strict=False)
            if take is True
        ]
        if chosen is None or not paid:
            return no_update, html.P(words("payment.mark_one"), className="ek-refused")
        known = [
            ToPay(office=where[0], case_no=where[2], amount=amount) for where, amount in paid if amount is not None
        ]
        if len(known) < len(paid):
            return no_update, html.P(words("error.amaun_tidak_positif"), className="ek-refused")
        offices = {one.office for one in known}
        command = MakeList(
            year=chosen["fiscal_year"],
            programme=chosen["code"],
            office=offices.pop() if len(offices) == 1 else "",
            payments=known,
        )
        made, message = answered(
            deps,
            f"payment-list {key} {before}",
            lambda session: {"list": make_list(session, command)},
            message=lambda result: done([words("payment.made"), " ", _link(result["list"], words)]),
            refused=lambda error: _refused(error, words),
        )
        return (no_update if made is no_update else mark()), message


def _payees(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.SAVED, "data"),
        Output(ids.PAYEE_MESSAGE, "children"),
        *(Output(name, "error") for name in _PAYEE.values()),
        Input(ids.PAYEE_SAVE, "n_clicks"),
        State(ids.KEY, "data"),
        State(ids.SAVED, "data"),
        State(ids.VIEW, "data"),
        *(State(name, "value") for name in _PAYEE.values()),
        prevent_initial_call=True,
    )
    @requires(Permission.MAKE_PAYMENTS)
    def save(
        clicks: Number | None, key: Code | None, before: Code | None, view: View, *typed: Text | None
    ) -> tuple[object, ...]:
        words = current_words()
        if not clicks:
            return (no_update,) * (2 + len(_PAYEE))
        given = {name: (value or "").strip() for name, value in zip(_PAYEE, typed, strict=True)}
        office, _, case_no = given.pop("case").partition(_APART)
        with deps.reading() as conn:
            chosen = _chosen(ledger.programmes(conn), PaymentsView.parse(view))
        programme = chosen["code"] if chosen else ""
        command = SetPayee(programme=programme, office=office, case_no=case_no, **given)
        problems: dict[str, str] = {}

        def refused(error: RegistryError) -> Component | None:
            if isinstance(error, InvalidInput):
                problems.update(error.problems)
                return None
            return _refused(error, words)

        saved, message = answered(
            deps,
            f"payee {key} {before}",
            lambda session: {"account": set_payee(session, command)},
            message=lambda _result: done(words("payment.payee_saved")),
            refused=refused,
        )
        named = {"case": "case_no"}
        errors = [problems.get(named.get(name, name)) for name in _PAYEE]
        told = [words(f"problem.{problem}") if problem else None for problem in errors]
        return (no_update if saved is no_update else mark()), message, *told

    @app.callback(
        Output(ids.VERIFIED, "data"),
        Output(ids.VERIFY_MESSAGE, "children"),
        Input({"type": ids.VERIFY, "account": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_LEDGER)
    def verify(_clicks: Clicks) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None:
            return no_update, no_update
        account = whole_number(asked["account"])

        def act(session: Any) -> dict[str, object]:
            verify_payee(session, account)
            return {"account": account}

        verified, message = answered(
            deps,
            f"verify-payee {account}",
            act,
            message=lambda _result: done(words("payment.verified_now")),
            refused=lambda error: _refused(error, words),
        )
        return (no_update if verified is no_update else mark()), message


def _chosen(offered: Sequence[LedgerProgrammeRow], state: PaymentsView) -> LedgerProgrammeRow | None:
    asked = [row for row in offered if row["code"] == state.programme]
    return next(iter([*asked, *(row for row in offered if row["committed"]), *offered]), None)


def _payable(conn: Reads, chosen: LedgerProgrammeRow, state: PaymentsView) -> list[PayableRow]:
    after = (state.office, state.case_no)
    return ledger.payable(conn, year=chosen["fiscal_year"], programme=chosen["code"], after=after, limit=_ROWS + 1)


def _choose(offered: Sequence[LedgerProgrammeRow], chosen: LedgerProgrammeRow | None, words: Words) -> Component:
    links = [
        html.A(
            row["code"],
            href=PaymentsView(programme=row["code"]).address(PATH),
            className="ek-button ek-button-main" if row is chosen else "ek-button",
            title=row["name_ms"] if words.language == "ms" else row["name_en"],
            **STEP,
        )
        for row in offered
    ]
    return html.Nav(links, className="ek-actions")


def _cases(
    found: Sequence[PayableRow], chosen: LedgerProgrammeRow, state: PaymentsView, user_id: int, words: Words
) -> list[Component]:
    if not found:
        return [empty(words("payment.no_cases"), words("payment.no_cases_hint"))]
    head = [words(f"payment.{name}") for name in ("case", "office", "committed", "payee", "account", "to_pay", "pay")]
    rows = [_case(row, user_id, words) for row in found[:_ROWS]]
    year = words("payment.of_year", programme=chosen["code"], year=str(chosen["fiscal_year"]))
    parts: list[Component] = [html.P(year), ruled(head, rows, label=words("payment.make"), named=True)]
    button = html.Button(
        words("payment.make_list"), id={"type": ids.MAKE, "of": chosen["code"]}, className="ek-button ek-button-main",
        n_clicks=0,
    )  # fmt: skip
    further = []
    if len(found) > _ROWS:
        last = found[_ROWS - 1]
        to = state.but(programme=chosen["code"], office=last["office"], case_no=last["case_no"]).address(PATH)
        further.append(html.A(words("payment.more_cases"), href=to, className="ek-button", **STEP))
    return [*parts, html.Div([button, *further], className="ek-actions")]


def _case(row: PayableRow, user_id: int, words: Words) -> list[Any]:
    name = f"{row['office']}{_APART}{row['case_no']}"
    if row["prepared"]:
        pay: list[Any] = [words("payment.on_list"), row["prepared"]]
    elif row["verified"]:
        pay = [
            dmc.TextInput(
                id={"type": ids.AMOUNT, "case": name},
                value=_written(row["amount"]),
                inputProps={"inputMode": "decimal", "aria-label": words("payment.to_pay_case", case=row["case_no"])},
            ),
            dmc.Checkbox(id={"type": ids.PAY, "case": name}, label=words("payment.pay"), checked=False),
        ]
    else:
        pay = [words("payment.account_first"), ""]
    return [
        row["case_no"],
        row["office"],
        amount(row["amount"]),
        row["payee_name"] or "",
        _account(row, user_id, words),
        *pay,
    ]


def _account(row: PayableRow, user_id: int, words: Words) -> Any:
    if row["account_id"] is None:
        return words("payment.no_account")
    said = [f"{row['bank_code']} {row['account_no']} · "]
    if row["verified"]:
        return "".join([*said, words("payment.verified")])
    if row["entered_by"] == user_id:
        return "".join([*said, words("payment.other_verifies")])
    button = html.Button(
        words("payment.verify"),
        id={"type": ids.VERIFY, "account": row["account_id"]},
        className="ek-button",
        n_clicks=0,
    )
    return html.Div([*said, words("payment.unverified"), " ", button])


def _written(value: Decimal) -> str:
    return f"{value:.2f}"


def _link(list_id: int, words: Words) -> Component:
    link: Component = html.A(words("payment.open_list"), href=f"{PATH}/{list_id}", **STEP)
    return link


def _refused(error: RegistryError, words: Words) -> Component:
    return html.P(sentence(error.key, error.values, words), className="ek-refused")
