"""The page where the line or the rule is changed: foreseen without writing, made by a job, followed to its end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import mark, pressed
from dashboard.components.feedback import empty, refusal
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.lines import ids
from dashboard.pages.lines.effect import effect_view
from dashboard.pages.lines.forms import FIELDS, adopt_form, asked_change, fields_of, rule_form, year_options
from dashboard.pages.lines.standing import standing
from dashboard.pages.lines.texts import PATH, sets_lines
from dashboard.sent.kinds import Clicks, Code, Number, Text, View, whole_number
from dashboard.urlstate import UrlState, whole
from layers import numbers
from queries import lines
from registry import db
from registry.errors import InvalidInput
from registry.jobs.lines import ask_change
from registry.principals import Permission
from registry.status.changes import change_of
from registry.status.effects import foresee
from registry.status.line_changes import require_sound, withdraw

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from queries.row_types.lines import ChangeRow
    from registry.status.changes import Change
    from registry.status.effects import Effect
    from words import Words

_LOOK_AGAIN_MS: Final = 1_500
_UNDER_WAY: Final = "waits"


@dataclass(frozen=True)
class ChangeView(UrlState):
    """The change whose effect is shown; without one that which waits to be made, if any."""

    change: int = whole(0, at_least=1, at_most=999_999_999, name="perubahan")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("nav.lines"), "href": PATH}, {"label": words("line.change_title")}]
    stores = (ids.SUPPOSED, ids.MADE, ids.WITHDRAWN, ids.LOADED, ids.CAME)
    forms = [
        html.P(words("line.change_intro"), className="ek-lead"),
        adopt_form(words),
        rule_form(words),
        html.Div(id=ids.FORESEEN, role="status", className="ek-spaced"),
    ]
    return html.Div(
        [
            dcc.Store(id=trail_of("lines-change"), data=trail),
            urlstate.view_store(ids.CHANGE_VIEW, ChangeView.parse(query)),
            *(dcc.Store(id=name) for name in stores),
            dcc.Interval(id=ids.CLOCK, interval=_LOOK_AGAIN_MS, disabled=True),
            html.H1(words("line.change_title")),
            html.Div(id=ids.MESSAGE, role="status"),
            html.Div(id=ids.PROGRESS, role="status"),
            html.Div(id=ids.STATE, className="ek-spaced"),
            html.Div(forms, id=ids.FORMS, className="ek-spaced", hidden=True),
        ],
        className="ek-page ek-spaced ek-lines",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.CHANGE_VIEW)
    _foreseeing(app, deps)
    _making(app, deps)
    _following(app, deps)


def _foreseeing(app: Dash, deps: Deps) -> None:
    @app.callback(Output(ids.ADOPT_YEAR, "data"), Input(ids.ADOPT, "id"))
    @requires(Permission.ADMINISTER)
    def offer(_once: object) -> list[dict[str, str]]:
        with deps.reading() as conn:
            return year_options(lines.figures(conn), current_words())

    @app.callback(
        Output(ids.FORESEEN, "children"),
        Output(ids.SUPPOSED, "data"),
        *(Output(name, "error") for name in FIELDS),
        Input(ids.ADOPT, "n_clicks"),
        Input(ids.SET_RULE, "n_clicks"),
        *(State(name, "value") for name in FIELDS),
        prevent_initial_call=True,
        running=[(Output(ids.ADOPT, "disabled"), True, False), (Output(ids.SET_RULE, "disabled"), True, False)],
    )
    @requires(Permission.ADMINISTER)
    def try_out(  # noqa: PLR0917 - one for each field of the page
        _adopt: object,
        _rule: object,
        year: Code | None,
        adopt_from: Text | None,
        rule: Code | None,
        urban: Text | None,
        rural: Text | None,
        rule_from: Text | None,
    ) -> tuple[object, ...]:
        words = current_words()
        adopting = ctx.triggered_id == ids.ADOPT
        typed = dict(zip(FIELDS, (year, adopt_from, rule, urban, rural, rule_from), strict=True))
        try:
            change = asked_change(typed, adopting=adopting)
            # one pass over every household, which waits for nobody and is ended after two minutes
            with deps.reading(patience=db.FILE) as conn:
                require_sound(conn, change)
                effect, names = foresee(conn, change), _names(conn)
        except InvalidInput as wrong:
            problems = fields_of(wrong.problems, adopting=adopting)
            return html.P(words("line.not_foreseen"), role="alert"), None, *_errors(problems, words)
        return _foreseen(effect, names, words), {"kind": change.kind, **change.supposed()}, *[None] * len(FIELDS)


def _errors(problems: dict[str, str], words: Words) -> list[str | None]:
    return [words(f"problem.{problems[name]}") if name in problems else None for name in FIELDS]


def _names(conn: Reads) -> dict[str, str]:
    return {row["state_code"]: row["state_name"] for row in lines.figures(conn)}


def _foreseen(effect: Effect, names: dict[str, str], words: Words) -> list[Component]:
    """What the change would do, and the button that makes it."""
    make = html.Button(
        words("line.make"),
        id={"type": ids.MAKE, "act": "make"},
        type="button",
        className="ek-button ek-button-main",
        n_clicks=0,
    )
    return [
        html.H2(words("line.foreseen")),
        *effect_view(effect, names, words, done=False),
        html.P(words("line.foreseen_note"), className="ek-footnote"),
        html.Div([make, html.P(words("line.make_hint"))], className="ek-actions", **SAVES),
    ]


def _making(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.MADE, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.MAKE, "act": ALL}, "n_clicks"),
        State(ids.SUPPOSED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def make(_clicks: Clicks, supposed: View | None) -> tuple[object, object]:
        if pressed() is None or supposed is None:
            return no_update, no_update
        change: Change = change_of(str(supposed.get("kind")), supposed)
        with deps.writing() as session:
            made = ask_change(session, change)
        return made, html.P(current_words()("line.asked"), className="ek-done")

    @app.callback(
        Output(ids.WITHDRAWN, "data"),
        Input({"type": ids.WITHDRAW, "change": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def take_back(_clicks: Clicks) -> object:
        asked = pressed()
        if asked is None:
            return no_update
        with deps.writing() as session:
            withdraw(session, whole_number(asked["change"]))
        return asked["change"]


def _following(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.STATE, "children"),
        Output(ids.LOADED, "data"),
        Output(ids.CLOCK, "disabled"),
        Output(ids.FORMS, "hidden"),
        Input(ids.CHANGE_VIEW, "data"),
        Input(ids.MADE, "data"),
        Input(ids.WITHDRAWN, "data"),
        Input(ids.CAME, "data"),
    )
    @requires(Permission.ADMINISTER)
    def show(view: View, made: Number | None, _withdrawn: object, _came: object) -> tuple[object, ...]:
        words, asked = current_words(), made or ChangeView.parse(view).change or None
        if not sets_lines(deps.person()):
            return refusal(words("line.not_nationwide"), words("line.not_nationwide_hint")), None, True, True
        with deps.reading() as conn:
            found, names = lines.change(conn, asked), _names(conn)
        if found is None and asked is not None:
            return empty(words("line.no_change"), words("error.not_found")), None, True, True
        if found is None:
            return None, None, True, False
        waits = found["state"] == _UNDER_WAY
        loaded = {"change": found["change_id"], "state": found["state"], "job": found["job_state"]}
        return standing(found, names, words), loaded, not waits, True

    @app.callback(
        Output(ids.PROGRESS, "children"),
        Output(ids.CAME, "data"),
        Input(ids.CLOCK, "n_intervals"),
        Input(ids.LOADED, "data"),
    )
    @requires(Permission.ADMINISTER)
    def follow(_ticks: object, loaded: View | None) -> tuple[object, object]:
        shown = loaded or {}
        if shown.get("state") != _UNDER_WAY:
            return None, no_update
        with deps.reading() as conn:
            found = lines.change(conn, whole_number(shown.get("change")))
        if found is None or (found["state"], found["job_state"]) != (shown["state"], shown.get("job")):
            return None, mark()
        return _progress(found, current_words()), no_update


def _progress(found: ChangeRow, words: Words) -> Component:
    """How far the job has come."""
    if found["job_state"] != "running":
        return html.P(words(f"line.job_{found['job_state'] or 'waiting'}"))
    done, total = (found["steps_done"] or 0) + 1, found["steps_total"] or 2
    label = words("line.job_running", done=numbers.count(min(done, total)), total=numbers.count(total))
    return html.P(label)
