"""Tells a person who they are to the register, for whom they act, and where they are signed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import Dash, Input, Output, dcc, html

from dashboard.areas import areas_text
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.account import ids, sessions
from dashboard.signin.steps import PASSWORD_PATH
from layers import numbers
from queries import oversight
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.oversight import LentRow
    from words import Words

PATH: Final = "/saya"


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("account"), data=[{"label": words("me.title")}]),
            html.H1(words("me.title")),
            html.P(id=ids.WHO),
            html.H2(words("me.acting_for")),
            html.Div(id=ids.ACTING),
            sessions.part(words),
            html.P(html.A(words("me.password"), href=PASSWORD_PATH)),
        ],
        className="ek-page ek-article",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    sessions.register(app, deps)

    @app.callback(Output(ids.WHO, "children"), Output(ids.ACTING, "children"), Input(ids.ACTING, "id"))
    @requires(Permission.READ_AGGREGATES)
    def show(_once: object) -> tuple[str, Component]:
        words, who = current_words(), deps.person()
        with deps.reading() as conn:
            found = oversight.acting_for(conn)
        return f"{who.name} ({who.login}), {words(f'role.{who.role}')}", _acting(found, words)


def _acting(found: list[LentRow], words: Words) -> Component:
    if not found:
        return html.P(words("me.nobody"))
    return html.Ul(
        [
            html.Li(
                words(
                    "me.acts",
                    name=row["display_name"],
                    areas=areas_text(row["areas"], words, none="delegate.all_areas"),
                    until=numbers.day(row["until_date"]),
                )
            )
            for row in found
        ]
    )
