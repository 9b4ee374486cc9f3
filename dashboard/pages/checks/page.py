"""The page of the assisted check: what was said goes in, what may be told comes out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.components.feedback import empty
from dashboard.components.forms import ASKS
from dashboard.components.tables import STEP
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.checks import ids
from dashboard.sent.kinds import Number, Text
from layers import numbers
from registry.errors import InvalidInput
from registry.households.checking import (
    Answer,
    CheckStatus,
    Told,
    check_status,
    check_told,
    reference_of_newest,
    verdict_of,
)
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

PATH: Final = "/semakan"
_BY_NUMBER: Final = "id_no"
_FIELDS: Final = {"id_no": ids.ID_NO, "name": ids.NAME, "phone": ids.PHONE, "address": ids.ADDRESS}


def layout(**_query: object) -> Component:
    """The questions; nothing of them comes from an address or goes into one."""
    words = current_words()
    at_office = may(Permission.READ_PERSONS)
    return html.Div(
        [
            html.H1(words("nav.check")),
            html.P(words("check.intro" if at_office else "check.intro_agency"), className="ek-lead"),
            html.Div(
                [
                    _question(field, name, words, asked=at_office or field == _BY_NUMBER)
                    for field, name in _FIELDS.items()
                ],
                className="ek-cleanse-form",
                role="search",
                **ASKS,
            ),
            html.Div(
                [
                    html.Button(words("check.check"), id=ids.CHECK, className="ek-button ek-button-main", n_clicks=0),
                    html.Button(words("check.clear"), id=ids.CLEAR, className="ek-button", n_clicks=0),
                ],
                className="ek-cleanse-actions",
            ),
            html.P(words("check.logged"), className="ek-footnote"),
            html.Div(id=ids.ANSWERS, role="status", className="ek-cleanse-flow"),
            *_references(words),
        ],
        className="ek-page ek-cleanse",
    )


def _question(field: str, name: str, words: Words, *, asked: bool) -> Component:
    text = dmc.TextInput(id=name, label=words(f"check.{field}"), value="", description=words(f"check.{field}_hint"))
    return html.Div(text, hidden=not asked)


def _references(words: Words) -> list[Component]:
    """Where a reference that somebody brings is looked at again."""
    return [
        html.H2(words("check.reference_again")),
        html.Div(
            [
                dmc.TextInput(
                    id=ids.REFERENCE,
                    label=words("check.reference"),
                    description=words("check.reference_hint"),
                    value="",
                ),
            ],
            className="ek-cleanse-form",
            **ASKS,
        ),
        html.Div(
            html.Button(words("check.reference_look"), id=ids.TELL, className="ek-button", n_clicks=0),
            className="ek-cleanse-actions",
        ),
        html.Div(id=ids.TOLD, role="status"),
    ]


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.ANSWERS, "children"),
        *(Output(name, "error") for name in _FIELDS.values()),
        Input(ids.CHECK, "n_clicks"),
        *(Input(name, "n_submit") for name in _FIELDS.values()),
        Input(ids.CLEAR, "n_clicks"),
        *(State(name, "value") for name in _FIELDS.values()),
        prevent_initial_call=True,
        running=[(Output(ids.CHECK, "disabled"), True, False)],
    )
    @requires(Permission.CHECK_STATUS)
    def check(*arguments: Text | Number | None) -> tuple[object, ...]:
        if not ctx.triggered_id or not ctx.triggered[0]["value"]:
            return (no_update,) * (1 + len(_FIELDS))
        if ctx.triggered_id == ids.CLEAR:
            return (None, *(None for _ in _FIELDS))
        words = current_words()
        typed = {name: str(value or "") for name, value in zip(_FIELDS, arguments[-len(_FIELDS) :], strict=True)}
        at_office = deps.person().sees_persons
        # an agency asks about one person at a time, by number
        command = CheckStatus(**typed) if at_office else CheckStatus(id_no=typed[_BY_NUMBER])
        secret = deps.settings.secret_key
        try:
            with deps.writing() as session:
                answers = check_status(session, command, secret=secret)
                reference = reference_of_newest(session, secret=secret)
        except InvalidInput as refusal:
            texts = {name: words(f"problem.{problem}") for name, problem in refusal.problems.items()}
            return (None, *(texts.get(name) for name in _FIELDS))
        told = (
            answer_list(answers, words) if at_office else verdict(answers, words, may_ask=may(Permission.REQUEST_CARDS))
        )
        return ([*told, reference_line(reference, words)], *(None for _ in _FIELDS))

    @app.callback(
        Output(ids.TOLD, "children"),
        Input(ids.TELL, "n_clicks"),
        Input(ids.REFERENCE, "n_submit"),
        State(ids.REFERENCE, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.CHECK_STATUS)
    def tell(clicks: Number | None, submits: Number | None, reference: Text | None) -> object:
        if not (clicks or submits):
            return no_update
        with deps.writing() as session:
            found = check_told(session, reference or "", secret=deps.settings.secret_key)
        return told_again(found, current_words())

    @app.callback(
        *(Output(name, "value") for name in _FIELDS.values()),
        Input(ids.CLEAR, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.CHECK_STATUS)
    def clear(clicks: Number | None) -> tuple[object, ...]:
        return tuple("" if clicks else no_update for _ in _FIELDS)


def verdict(answers: Sequence[Answer], words: Words, *, may_ask: bool) -> list[Component]:
    """Yes or no for one identity number, which office to ask, and what to do next."""
    state = verdict_of(answers)
    exact = [answer for answer in answers if state != "yes" or answer.likeness >= 1]
    offices = ", ".join(dict.fromkeys(answer.district_name for answer in exact))
    lines: list[Component] = [html.H2(words(f"check.verdict_{state}"))]
    if offices:
        lines.append(html.P(words("check.office", district=offices)))
    lines.append(html.P(words(f"check.next_{state}")))
    ways = [html.P([words("check.next_card"), " ", dcc.Link(words("nav.ask_cards"), href="/kad/mohon")])]
    return [html.Div([*lines, *(ways if may_ask and state == "yes" else [])], className=f"ek-check-verdict is-{state}")]


def reference_line(reference: str, words: Words) -> Component:
    """By what the answer is known again, and when it was given."""
    said = words("check.answered", at=numbers.moment(datetime.now(UTC)))
    return html.P(
        [words("check.reference"), ": ", html.Strong(reference), f" · {said}"], className="ek-check-reference"
    )


def told_again(found: Told | None, words: Words) -> Component:
    """What a reference stands for: when, by whom, and whether there was a record; never about whom."""
    if found is None:
        return html.P(words("check.reference_unknown"), className="ek-refused")
    key = "check.reference_yes" if found.records else "check.reference_no"
    return html.P(words(key, at=numbers.moment(found.checked_at), name=found.checked_by), className="ek-check-told")


def answer_list(answers: Sequence[Answer], words: Words) -> list[Component]:
    """What may be told: the own territory's records, then only whose office to ask."""
    if not answers:
        return [empty(words("check.none"), words("check.none_hint"))]
    own = [answer for answer in answers if answer.own]
    elsewhere = [answer for answer in answers if not answer.own]
    parts: list[Component] = []
    if own:
        parts.append(html.H2(words.n("check.own", len(own))))
        parts.append(html.Ul([_own(answer, words) for answer in own], className="ek-check-answers"))
    if elsewhere:
        parts.append(html.H2(words("check.elsewhere")))
        parts.append(html.Ul([_elsewhere(answer, words) for answer in elsewhere], className="ek-check-answers"))
    return parts


def _own(answer: Answer, words: Words) -> Component:
    place = ", ".join(name for name in (answer.mukim_name, answer.district_name) if name)
    how = words(f"check.by_{answer.matched_by}", likeness=numbers.share(answer.likeness, places=0))
    link = html.A(answer.head_name, href=f"/isi-rumah/{answer.household_id}", **STEP)
    return html.Li([link, html.Small(f"{answer.file_no} · {place}"), html.Small(how)])


def _elsewhere(answer: Answer, words: Words) -> Component:
    how = words(f"check.by_{answer.matched_by}", likeness=numbers.share(answer.likeness, places=0))
    return html.Li([words("check.office", district=answer.district_name), html.Small(how)])
