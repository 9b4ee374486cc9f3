"""Where a community leader tells of poor families, one after the other, and sees how far each notice is, no more."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import answered, mark, pressed
from dashboard.areas import area_options
from dashboard.components.detail_page import done, sentence
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP, exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.notices import ids
from dashboard.sent.kinds import Clicks, Code, Fields, Names, View
from dashboard.urlstate import UrlState, whole
from layers import numbers
from queries import households, intake
from registry.errors import InvalidInput
from registry.intake.forms import LONGEST, SEEN, SEEN_ON, read_form
from registry.intake.sending import tell_notice
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.intake import ToldNoticeRow
    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/pemakluman"
_ROWS: Final = 50
_TEXTS: Final = ("name", "village", "address", "phone")


@dataclass(frozen=True)
class NoticesView(UrlState):
    """Before which notice the list goes on."""

    before: int = whole(0, at_least=0, at_most=2**53, name="sebelum")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("notices"), data=[{"label": words("nav.notices")}]),
            urlstate.view_store(ids.VIEW, NoticesView.parse(query)),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            dcc.Store(id=ids.SENT),
            html.H1(words("nav.notices")),
            html.P(words("notice.lead"), className="ek-footnote"),
            _form(words),
            html.Div(id=ids.MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.H2(words("notice.own")),
            html.Div(skeleton(words("intake.loading"), lines=4), id=ids.LIST),
        ],
        className="ek-page ek-spaced",
    )


def _form(words: Words) -> Component:
    texts = [
        dmc.TextInput(
            id=ids.field(name), label=words(f"notice.field_{name}"), value="",
            attributes={"input": {"maxLength": LONGEST[name]}},
        )
        for name in _TEXTS
    ]  # fmt: skip
    seen = dmc.CheckboxGroup(
        [dmc.Checkbox(label=words(f"intake.seen_{code}"), value=code, my="xs") for code in SEEN],
        id=ids.field("seen"), label=words("intake.field_seen"), value=[],
    )  # fmt: skip
    told = dmc.Textarea(
        id=ids.field("words"), label=words("intake.field_words"), value="", autosize=True, minRows=2,
        attributes={"input": {"maxLength": LONGEST["words"]}},
    )  # fmt: skip
    when = dmc.Select(
        id=ids.field("seen_on"), label=words("intake.field_seen_on"), placeholder=words("form.choose"), clearable=True,
        data=[{"value": code, "label": words(f"intake.seen_on_{code}")} for code in SEEN_ON],
        clearButtonProps={"aria-label": words("form.clear"), "tabIndex": -1},
    )  # fmt: skip
    district = dmc.Select(
        id=ids.field("district"), label=words("intake.field_district"), data=[], searchable=True, withAsterisk=True,
        placeholder=words("form.choose"), nothingFoundMessage=words("form.no_match"),
    )  # fmt: skip
    send = dmc.Button(words("notice.send"), id={"type": ids.SEND_TYPE, "name": "send"}, n_clicks=0)
    fields = html.Div([district, *texts, seen, told, when], className="ek-case-start")
    return html.Div([fields, html.Div(send, className="ek-actions")], **SAVES)


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)

    @app.callback(
        Output(ids.field("district"), "data"), Output(ids.field("district"), "value"), Input(ids.LIST, "id")
    )
    @requires(Permission.TELL_NOTICES)
    def offer_districts(_once: object) -> tuple[list[dict[str, object]], str | None]:
        with deps.reading() as conn:
            found = households.districts(conn)
        offered = area_options((row["state_name"], row["code"], row["name"]) for row in found)
        return offered, found[0]["code"] if len(found) == 1 else None

    @app.callback(Output(ids.LIST, "children"), Input(ids.VIEW, "data"), Input(ids.SENT, "data"))
    @requires(Permission.TELL_NOTICES)
    def show(view: View, _sent: object) -> Component:
        state, words = NoticesView.parse(view), current_words()
        with deps.reading() as conn:
            rows = intake.told(conn, before=state.before, limit=_ROWS + 1)
        return _list(rows, state, words)

    _sending(app, deps)


def _sending(app: Dash, deps: Deps) -> None:
    fields = {"type": ids.DISTRICT_TYPE, "name": ALL}

    @app.callback(
        Output(ids.SENT, "data"),
        Output(ids.MESSAGE, "children"),
        Output(ids.KEY, "data"),
        Input({"type": ids.SEND_TYPE, "name": ALL}, "n_clicks"),
        State(fields, "value"),
        State(fields, "id"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.TELL_NOTICES)
    def send(_clicks: Clicks, values: Fields, names: Names, key: Code | None) -> tuple[object, object, object]:
        words = current_words()
        if pressed() is None or not key:
            return no_update, no_update, no_update
        given = {name["name"]: value for name, value in zip(names, values, strict=True)}

        def told(session: Writes) -> dict[str, object]:
            own = [row["code"] for row in households.districts(session.connection())]
            form = read_form("maklum", given, districts=own)
            return {"reference": tell_notice(session, form, key, key=deps.settings.portal_key).reference}

        sent, message = answered(
            deps,
            f"notice {key}",
            told,
            message=lambda result: done(words("notice.sent", reference=str(result["reference"]))),
            refused=lambda error: _refused(error, words),
        )
        if not isinstance(sent, dict):
            return no_update, message, no_update
        return mark(), message, secrets.token_hex(16)


def _list(rows: list[ToldNoticeRow], state: NoticesView, words: Words) -> Component:
    if not rows:
        return empty(words("notice.none"), words("notice.none_hint"))
    head = [words(f"notice.{name}") for name in ("reference", "sent_on", "state", "moved_on")]
    drawn: list[list[Any]] = [
        [
            row["reference"],
            exactly(numbers.day(row["sent_on"]), row["sent_on"].toordinal()),
            words(f"notice.shown_{row['shown']}"),
            exactly(numbers.day(row["moved_on"]), row["moved_on"].toordinal()),
        ]
        for row in rows[:_ROWS]
    ]
    parts = [sortable(head, drawn, words, name="notices", label=words("notice.own"))]
    if len(rows) > _ROWS:
        onward = state.but(before=rows[_ROWS - 1]["notice_id"]).address(PATH)
        parts.append(html.A(words("grid.next"), href=onward, className="ek-button", **STEP))
    return html.Div(parts)


def _refused(error: RegistryError, words: Words) -> Component:
    """Why a notice was not sent, and what is wrong with it."""
    problems = error.problems if isinstance(error, InvalidInput) else {}
    listed = [
        html.Li(words(f"borang.problem_{problem}", field=words(f"borang.field_{name}"), most=LONGEST.get(name, 0)))
        for name, problem in problems.items()
    ]
    told = html.P(words("notice.refused") if listed else sentence(error.key, error.values, words))
    return html.Div([told, html.Ul(listed)], className="ek-error-summary", role="alert")
