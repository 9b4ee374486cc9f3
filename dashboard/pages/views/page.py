"""The page of kept views: what is kept, for whom, where one starts, and what is shown one after the other."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import answered, mark, pressed
from dashboard.components.detail_page import done, sentence
from dashboard.components.feedback import skeleton
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.localpath import asked_path
from dashboard.pages.views import ids
from dashboard.pages.views.parts import MOST, body
from dashboard.sent.kinds import Clicks, Code, Fields, Names, View, whole_number
from dashboard.urlstate import UrlState, code, whole
from queries import views
from registry.errors import InvalidInput
from registry.principals import Permission
from registry.views.kept import arrange, change_view, drop_view, keep_view, start_at, take_down
from registry.views.models import LONGEST_PATH

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/paparan"
TITLE: Final = "nav.views"


@dataclass(frozen=True)
class ViewsView(UrlState):
    """What is open on the page: an address to be kept, a view to be changed, a presentation to be put together."""

    keep: str = code("", pattern=rf"/[^\x00-\x1f\x7f]{{0,{LONGEST_PATH}}}", name="simpan")
    change: int = whole(0, at_least=0, at_most=999_999_999, name="ubah")
    arrange: int = whole(-1, at_least=0, at_most=999_999_999, name="susun")

    @property
    def path(self) -> str:
        """The address to be kept; empty where it is none of this site's."""
        return asked_path(self.keep)


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("views"), data=[{"label": words("nav.views")}]),
            urlstate.view_store(ids.VIEW, ViewsView.parse(query)),
            dcc.Store(id=ids.DONE),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            html.H1(words("nav.views")),
            html.P(words("views.lead"), className="ek-lead"),
            html.Div(id=ids.MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("views.loading"), lines=4), id=ids.BODY, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)

    @app.callback(Output(ids.BODY, "children"), Input(ids.VIEW, "data"), Input(ids.DONE, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(view: View, acted: View | None) -> list[Component]:
        state = ViewsView.parse(view)
        if acted and acted.get("view") == state.address(PATH):
            # what was open is done with
            state = ViewsView()
        with deps.reading() as conn:
            kept = views.seen(conn, limit=MOST)
            shown = views.presentations(conn, limit=MOST)
        return body(state, kept, shown, current_words())

    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.MESSAGE, "children"),
        Output(ids.KEY, "data"),
        Input({"type": ids.ACT, "act": ALL, "number": ALL}, "n_clicks"),
        State({"type": ids.FIELD, "name": ALL}, "value"),
        State({"type": ids.FIELD, "name": ALL}, "id"),
        State(ids.VIEW, "data"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def act(
        _clicks: Clicks, values: Fields, names: Names, view: View, key: Code | None
    ) -> tuple[object, object, object]:
        words, button = current_words(), pressed()
        if button is None or not key:
            return no_update, no_update, no_update
        given = {name["name"]: value for name, value in zip(names, values, strict=True)}
        number, state = whole_number(button["number"]), ViewsView.parse(view)
        result, message = answered(
            deps,
            f"views {button['act']} {key}",
            lambda session: _carried_out(session, button["act"], number, given, state),
            message=lambda _result: done(words(f"views.done_{button['act']}")),
            refused=lambda error: _refused(error, words),
        )
        if result is no_update:
            return no_update, message, no_update
        closes = state.address(PATH) if button["act"] in {"keep", "change", "arrange"} else ""
        return {"mark": mark(), "view": closes}, message, secrets.token_hex(16)


def _carried_out(
    session: Writes, act: str, number: int, given: dict[str, Any], state: ViewsView
) -> dict[str, object]:
    name, shared = str(given.get("name") or ""), str(given.get("shared") or "")
    match act:
        case "keep":
            if not state.path:
                raise InvalidInput({"path": "view_path"})
            view = keep_view(session, name=name, path=state.path, shared=shared)
            if given.get("home"):
                start_at(session, view)
        case "change":
            change_view(session, number, name=name, shared=shared)
        case "drop":
            drop_view(session, number)
        case "home":
            start_at(session, number)
        case "no_home":
            start_at(session, None)
        case "arrange":
            chosen = given.get("views")
            picked = [whole_number(one) for one in chosen] if isinstance(chosen, list) else []
            arrange(session, name=name, views=picked, shared=shared, presentation=number or None)
        case "take_down":
            take_down(session, number)
        case _:
            raise InvalidInput({"act": "choice"})
    return {"act": act}


def _refused(error: RegistryError, words: Words) -> Component:
    problems = error.problems if isinstance(error, InvalidInput) else {}
    listed = [html.Li(words(f"views.problem_{field}_{problem}")) for field, problem in problems.items()]
    told = html.P(words("views.refused") if listed else sentence(error.key, error.values, words))
    return html.Div([told, html.Ul(listed)], className="ek-error-summary", role="alert")
