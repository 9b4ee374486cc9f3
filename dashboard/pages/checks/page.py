"""The page of the assisted check: what was said goes in, what may be told comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, ctx, html, no_update

from dashboard.components.feedback import empty
from dashboard.components.forms import ASKS
from dashboard.components.tables import STEP
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.checks import ids
from dashboard.sent.kinds import Number, Text
from layers import numbers
from registry.errors import InvalidInput
from registry.households.checking import Answer, CheckStatus, check_status
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

PATH: Final = "/semakan"
_FIELDS: Final = {"id_no": ids.ID_NO, "name": ids.NAME, "phone": ids.PHONE, "address": ids.ADDRESS}


def layout(**_query: object) -> Component:
    """The four questions; nothing of them comes from an address or goes into one."""
    words = current_words()
    return html.Div(
        [
            html.H1(words("nav.check")),
            html.P(words("check.intro"), className="ek-lead"),
            html.Div(
                [
                    dmc.TextInput(
                        id=name, label=words(f"check.{field}"), value="", description=words(f"check.{field}_hint")
                    )
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
        ],
        className="ek-page ek-cleanse",
    )


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
        typed = [str(value or "") for value in arguments[-len(_FIELDS) :]]
        command = CheckStatus(**dict(zip(_FIELDS, typed, strict=True)))
        try:
            with deps.writing() as session:
                answers = check_status(session, command, secret=deps.settings.secret_key)
        except InvalidInput as refusal:
            texts = {name: words(f"problem.{problem}") for name, problem in refusal.problems.items()}
            return (None, *(texts.get(name) for name in _FIELDS))
        return (answer_list(answers, words), *(None for _ in _FIELDS))

    @app.callback(
        *(Output(name, "value") for name in _FIELDS.values()),
        Input(ids.CLEAR, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.CHECK_STATUS)
    def clear(clicks: Number | None) -> tuple[object, ...]:
        return tuple("" if clicks else no_update for _ in _FIELDS)


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
