"""The codes of a household: makes one, tells it this once, withdraws one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, html, no_update

from dashboard.acting import mark, pressed
from dashboard.components.detail_page import DetailIds, detail_layout, done
from dashboard.components.feedback import empty
from dashboard.components.tables import ruled
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.inquiries import ids
from dashboard.sent.kinds import Clicks, Code, Number, Text, whole_number
from layers import numbers
from queries import inquiries
from registry.errors import DatabaseAway, RegistryError
from registry.inquiries.inquiries import MakeCode, make_code, withdraw_code
from registry.inquiries.mail import CodeNotMailed, checked, mail_code
from registry.inquiries.models import WAYS
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.inquiries import CheckCodeRow, CodeMemberRow
    from words import Words

PATH: Final = "/kod-semakan/<household>"
_IDS: Final = DetailIds(
    record=ids.HOUSEHOLD,
    loaded=ids.CODE_LOADED,
    done=ids.CODE_DONE,
    message=ids.CODE_MESSAGE,
    content=ids.CODE_CONTENT,
    trail="inquiries-codes",
)


def layout(household: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    return detail_layout(_IDS, household, loading=current_words()("inquiry.loading"))


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.CODE_CONTENT, "children"),
        Output(trail_of(_IDS.trail), "data"),
        Input(ids.HOUSEHOLD, "data"),
        Input(ids.CODE_DONE, "data"),
    )
    @requires(Permission.CHECK_STATUS)
    def show(household: Number | None, _done: object) -> tuple[object, object]:
        words = current_words()
        with deps.reading() as conn:
            members = [] if household is None else inquiries.members(conn, household)
            made = inquiries.codes(conn, household) if members and household is not None else []
        if not members or household is None:
            return empty(words("inquiry.code_nobody"), words("inquiry.code_nobody_hint"), page=True), no_update
        deps.note_read("read", subject="household", subject_id=household)
        head = members[0]
        trail = [
            {"label": f"{head['head_name']} ({head['file_no']})", "href": f"/isi-rumah/{household}"},
            {"label": words("inquiry.code")},
        ]
        form = _form(members, words, mails=deps.settings.smtp_host is not None)
        return [html.H1(words("inquiry.code")), form, _made(made, words)], trail

    @app.callback(
        Output(ids.CODE_DONE, "data"),
        Output(ids.CODE_MESSAGE, "children"),
        Input({"type": ids.CODE_MAKE, "act": ALL}, "n_clicks"),
        Input({"type": ids.CODE_WITHDRAW, "code": ALL}, "n_clicks"),
        State({"type": ids.CODE_MEMBER, "act": ALL}, "value"),
        State({"type": ids.CODE_WAY, "act": ALL}, "value"),
        State({"type": ids.CODE_MAIL, "act": ALL}, "value"),
        State(ids.HOUSEHOLD, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.CHECK_STATUS)
    def act(
        _made: Clicks,
        _withdrawn: Clicks,
        member: list[Code | None],
        way: list[Code | None],
        mail: list[Text | None],
        household: Number | None,
    ) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None or household is None:
            return no_update, no_update
        try:
            if asked["type"] == ids.CODE_WITHDRAW:
                with deps.writing() as session:
                    withdraw_code(session, whole_number(asked["code"]))
                return mark(), done(words("inquiry.code_withdrawn"))
            address = checked(next(iter(mail), None) or "")
            chosen = next((one for one in way if one in WAYS), WAYS[0])
            number = whole_number(next(iter(member), None))
            command = MakeCode(household_id=household, member_no=number, way=chosen)
            return mark(), _make(deps, command, address, words)
        except DatabaseAway:
            raise
        except RegistryError as error:
            return no_update, html.P(words(f"error.{error.key}"), className="ek-error-summary", role="alert")


def _make(deps: Deps, command: MakeCode, address: str, words: Words) -> Component:
    """Make a code and tell it: it is kept nowhere, so that it cannot be told again."""
    copies: dict[str, Any] = {"data-ek-copy": ids.CODE_SECRET, "data-ek-copied": words("api_key.copied")}
    with deps.writing() as session:
        code = make_code(session, command, key=deps.settings.portal_key)
    return html.Div(
        [
            html.P(words("inquiry.code_once")),
            html.P(html.Code(code, id=ids.CODE_SECRET, className="ek-admin-password ek-admin-secret")),
            html.P(words("inquiry.code_how", address=_portal(deps))),
            *_mailed(deps, address, code, words),
            html.Button(words("api_key.copy"), type="button", className="ek-button", **copies),
        ],
        role="status",
        className="ek-admin-done",
    )


def _portal(deps: Deps) -> str:
    return f"{deps.settings.public_url}/awam/kod"


def _mailed(deps: Deps, address: str, code: str, words: Words) -> list[Component]:
    """What became of the message, where one was asked for: the code stands in any case."""
    if not address or deps.settings.smtp_host is None:
        return []
    try:
        mail_code(deps.settings, address, code, portal=_portal(deps))
    except CodeNotMailed as error:
        return [html.P(words(f"error.{error.key}"), className="ek-error-summary")]
    return [html.P(words("inquiry.code_mailed"))]


def _form(members: list[CodeMemberRow], words: Words, *, mails: bool) -> Component:
    able = [member for member in members if member["has_number"]]
    if not able:
        return html.P(words("error.check_code_number"))
    options = [{"value": str(one["member_no"]), "label": f"{one['member_no']}. {one['name']}"} for one in able]
    ways = [{"value": way, "label": words(f"inquiry.way_{way}")} for way in WAYS]
    make = html.Button(
        words("inquiry.code_make"), id={"type": ids.CODE_MAKE, "act": "make"}, type="button", n_clicks=0,
        className="ek-button ek-button-main",
    )  # fmt: skip
    by_mail = dmc.TextInput(
        id={"type": ids.CODE_MAIL, "act": "make"}, label=words("inquiry.code_mail"),
        description=words("inquiry.code_mail_hint"), value="",
    )  # fmt: skip
    return html.Section(
        [
            html.P(words("inquiry.code_lead")),
            dmc.Select(
                id={"type": ids.CODE_MEMBER, "act": "make"}, label=words("inquiry.code_member"), data=options,
                value=options[0]["value"], allowDeselect=False,
            ),
            dmc.Select(
                id={"type": ids.CODE_WAY, "act": "make"}, label=words("inquiry.code_way"), data=ways,
                value=WAYS[0], allowDeselect=False,
            ),
            *([by_mail] if mails else []),
            html.Div(make, className="ek-actions"),
        ],
        className="ek-panel ek-spaced",
    )  # fmt: skip


def _made(found: list[CheckCodeRow], words: Words) -> Component:
    if not found:
        return html.P(words("inquiry.code_none"))
    head = [
        words(f"inquiry.{name}") for name in ("code_made_on", "code_way", "code_valid_until", "state", "code_withdraw")
    ]
    rows: list[list[object]] = [
        [
            numbers.day(row["made_at"]),
            words(f"inquiry.way_{row['way']}"),
            numbers.day(row["valid_until"]),
            words(f"inquiry.standing_{row['standing']}"),
            _withdraw(row, words) if row["standing"] == "sah" else numbers.MISSING,
        ]
        for row in found
    ]
    return ruled(head, rows, label=words("inquiry.code_made"))


def _withdraw(row: CheckCodeRow, words: Words) -> Component:
    return html.Button(
        [words("inquiry.code_withdraw"), html.Span(f" {numbers.day(row['made_at'])}", className="ek-sr")],
        id={"type": ids.CODE_WITHDRAW, "code": row["code_id"]}, type="button", n_clicks=0, className="ek-button",
    )  # fmt: skip
