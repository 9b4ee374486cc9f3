"""The page of delegations: whose territory is lent to whom, for which days; lent, and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import pressed
from dashboard.areas import areas_text
from dashboard.components.aria import aria
from dashboard.components.days import beside_day
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.administration import ids
from dashboard.pages.administration.parts import DELEGATES_PATH, ROLES_PATH, refused, tabs, territory_options
from dashboard.sent.kinds import Clicks, Codes, Number, Text, whole_number
from layers import numbers
from queries import oversight
from registry.accounts.delegations import Delegate, RevokeDelegation, delegate, revoke_delegation
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.oversight import DelegationRow
    from words import Words

PATH = DELEGATES_PATH


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("admin.title"), "href": ROLES_PATH}, {"label": words("admin.tab_delegates")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("wakil"), data=trail),
            dcc.Store(id=ids.LENT),
            dcc.Store(id=ids.REVOKED),
            html.H1(words("admin.tab_delegates")),
            tabs(PATH, words),
            html.P(words("delegate.lead"), className="ek-lead"),
            _form(words),
            html.Section(
                [html.Div(id=ids.REVOKE_MESSAGE, role="status"), html.Div(id=ids.DELEGATIONS)], className="ek-panel"
            ),
        ],
        className="ek-page ek-admin",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    _listing(app, deps)
    _lending(app, deps)


def _listing(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.LENDER, "data"),
        Output(ids.BORROWER, "data"),
        Output(ids.LENT_AREAS, "data"),
        Input(ids.LEND, "id"),
    )
    @requires(Permission.ADMINISTER)
    def offer(_once: object) -> tuple[object, object, object]:
        words = current_words()
        with deps.reading() as conn:
            found, _total = oversight.accounts(conn, state="open")
            areas = territory_options(oversight.areas(conn), words)
        people = [
            {"value": str(row["user_id"]), "label": f"{row['login']} · {words('role.' + row['role'])}"} for row in found
        ]
        return people, people, areas

    @app.callback(Output(ids.DELEGATIONS, "children"), Input(ids.LENT, "data"), Input(ids.REVOKED, "data"))
    @requires(Permission.ADMINISTER)
    def show(_lent: object, _revoked: object) -> Any:
        words = current_words()
        with deps.reading() as conn:
            return _delegations(oversight.delegations(conn), words)


def _lending(app: Dash, deps: Deps) -> None:
    fields = (ids.LENDER, ids.BORROWER, ids.LENT_AREAS, ids.FROM_DATE, ids.UNTIL_DATE, ids.REASON)

    @app.callback(
        Output(ids.LEND_MESSAGE, "children"),
        Output(ids.LENT, "data"),
        Input(ids.LEND, "n_clicks"),
        *(State(name, "value") for name in fields),
        prevent_initial_call=True,
        running=[(Output(ids.LEND, "disabled"), True, False)],
    )
    @requires(Permission.ADMINISTER)
    def lend(  # noqa: PLR0917 - one for each field of the page
        clicks: Number | None,
        lender: Number | None,
        borrower: Number | None,
        areas: Codes | None,
        since: Text | None,
        until: Text | None,
        reason: Text | None,
    ) -> tuple[object, object]:
        words = current_words()
        first, last = day_of(since), day_of(until)
        if first is None or last is None:
            return refused(InvalidInput({"until_date": "date"}), words), no_update
        try:
            command = Delegate(
                from_user=lender or 0,
                to_user=borrower or 0,
                areas=tuple(areas or ()),
                from_date=first,
                until_date=last,
                reason=reason or "",
            )
            with deps.writing() as session:
                delegate(session, command)
        except InvalidInput as refusal:
            return refused(refusal, words), no_update
        return words("delegate.done"), clicks

    @app.callback(
        Output(ids.REVOKE_MESSAGE, "children"),
        Output(ids.REVOKED, "data"),
        Input({"type": ids.REVOKE_TYPE, "row": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def revoke(_clicks: Clicks) -> tuple[object, object]:
        asked = pressed()
        if asked is None:
            return no_update, no_update
        with deps.writing() as session:
            revoke_delegation(session, RevokeDelegation(delegation_id=whole_number(asked["row"])))
        return current_words()("delegate.revoked_done"), asked["row"]


def _delegations(found: list[DelegationRow], words: Words) -> Component:
    if not found:
        return html.P(words("delegate.none"))
    heads = [words(f"delegate.column_{name}") for name in ("lender", "borrower", "areas", "days", "reason", "standing")]
    lines = [
        (
            row["lender"],
            row["borrower"],
            areas_text(row["areas"], words, none="delegate.all_areas"),
            f"{numbers.day(row['from_date'])} – {numbers.day(row['until_date'])}",  # noqa: RUF001 - a span of days
            row["reason"],
            _standing(row, words),
        )
        for row in found
    ]
    return sortable(heads, lines, words, name="delegates", label=words("admin.tab_delegates"))


def _standing(row: DelegationRow, words: Words) -> Any:
    message = words(f"delegate.standing_{row['standing']}")
    if row["standing"] not in {"running", "coming"}:
        return message
    button = html.Button(
        words("delegate.revoke"),
        id={"type": ids.REVOKE_TYPE, "row": row["delegation_id"]},
        type="button",
        className="ek-button",
        **aria(label=words("delegate.revoke_of", lender=row["lender"], borrower=row["borrower"])),
    )
    return [html.Span(message), " ", button]


def _form(words: Words) -> Component:
    def person(name: str, key: str) -> Any:
        return dmc.Select(
            id=name,
            label=words(key),
            data=[],
            searchable=True,
            placeholder=words("form.choose"),
            nothingFoundMessage=words("form.no_match"),
        )

    return html.Section(
        [
            html.H2(words("delegate.title")),
            html.Div(
                [
                    person(ids.LENDER, "delegate.column_lender"),
                    person(ids.BORROWER, "delegate.column_borrower"),
                    dmc.MultiSelect(
                        id=ids.LENT_AREAS,
                        label=words("delegate.column_areas"),
                        description=words("delegate.areas_note"),
                        data=[],
                        searchable=True,
                        nothingFoundMessage=words("form.no_match"),
                    ),
                    _day(ids.FROM_DATE, words("delegate.from"), words),
                    _day(ids.UNTIL_DATE, words("delegate.until"), words),
                    dmc.TextInput(id=ids.REASON, label=words("delegate.column_reason")),
                ],
                className="ek-admin-form",
            ),
            html.Button(words("delegate.lend"), id=ids.LEND, type="button", className="ek-button ek-button-main"),
            html.Div(id=ids.LEND_MESSAGE, role="status"),
        ],
        className="ek-panel",
        **SAVES,
    )


def _day(identity: str, label: str, words: Words) -> Component:
    field: Component = dmc.TextInput(id=identity, label=label, **beside_day(label, words))
    return field
