"""Jobs: what waits and is under way with its progress, what failed and why, what is done by itself and when."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from dash import ALL, Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import mark, pressed
from dashboard.components.aria import aria
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.listing import Tab, pager, shown_of, tabs
from dashboard.components.sortable import Heads, order_field, order_of, page_of
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.jobs import ids, view
from dashboard.sent.kinds import Clicks, Code, View, whole_number
from dashboard.urlstate import UrlState, choice, whole
from layers import numbers
from queries import jobs
from queries.statements import counted
from registry.jobs.daily import KEPT_DAYS
from registry.jobs.queue import cancel, rerun
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.jobs import JobRow, StepRow, WorkerRow
    from words import Words

PATH: Final = "/pekerjaan"
_ROWS: Final = 25
_LAST_PAGE: Final = 40_000
_LOOK_AGAIN_MS: Final = 3_000
_LISTS: Final = {"terbuka": ("waiting", "running"), "gagal": ("failed",), "tamat": ("done", "cancelled")}
_ACTS: Final = {"cancel": cancel, "rerun": rerun}


@dataclass(frozen=True)
class JobsView(UrlState):
    """Which list, in which order, and which page of it."""

    name: str = choice(*_LISTS, name="senarai")
    order: str = order_field(*view.COLUMNS)
    page: int = whole(1, at_least=1, at_most=_LAST_PAGE, name="muka")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("jobs"), data=[{"label": words("nav.jobs")}]),
            urlstate.view_store(ids.VIEW, JobsView.parse(query)),
            dcc.Store(id=ids.LOADED),
            dcc.Store(id=ids.CHANGED),
            dcc.Store(id=ids.DONE),
            dcc.Interval(id=ids.CLOCK, interval=_LOOK_AGAIN_MS),
            html.H1(words("nav.jobs")),
            html.P(words("job.intro", days=KEPT_DAYS)),
            html.Div(id=ids.WORKER, role="status"),
            html.Nav(id=ids.LISTS, className="ek-tasks", **aria(label=words("nav.jobs"))),
            html.P(id=ids.MESSAGE, role="status"),
            html.Div(skeleton(words("job.loading")), id=ids.LIST, className="ek-spaced", **SAVES),
            html.Div(id=ids.SCHEDULES, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)
    _showing(app, deps)
    _following(app, deps)
    _acting(app, deps)


def _showing(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.LISTS, "children"),
        Output(ids.WORKER, "children"),
        Output(ids.LIST, "children"),
        Output(ids.SCHEDULES, "children"),
        Output(ids.LOADED, "data"),
        Input(ids.VIEW, "data"),
        Input(ids.DONE, "data"),
        Input(ids.CHANGED, "data"),
    )
    @requires(Permission.IMPORT_DELIVERIES)
    def show(asked: View, _done: object, _changed: object) -> tuple[object, ...]:
        words, state = current_words(), JobsView.parse(asked)
        with deps.reading() as conn:
            held, seen, under_way = jobs.counts(conn), jobs.worker(conn), jobs.steps(conn)
            rows, _total = page_of(
                lambda limit, offset: counted(jobs.jobs(conn, states=_LISTS[state.name], limit=limit, offset=offset)),
                order_of(state.order),
                view.orders(words),
                start=_ROWS * (state.page - 1),
                rows=_ROWS,
            )
            last = jobs.last_runs(conn)
        nightly = view.schedules(last, words) if deps.person().may(Permission.ADMINISTER) else []
        message = _away(seen, words) if seen["silent"] and under_way else None
        return tabs(_tabs(state, held, words)), message, _list(state, rows, words), nightly, _mark(under_way)


def _following(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output({"type": ids.STEPS, "job": ALL}, "children"),
        Output(ids.CHANGED, "data"),
        Input(ids.CLOCK, "n_intervals"),
        State(ids.LOADED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.IMPORT_DELIVERIES)
    def follow(_ticks: object, loaded: Code | None) -> tuple[list[object], object]:
        words = current_words()
        with deps.reading() as conn:
            found = jobs.steps(conn)
        shown = [one["id"]["job"] for one in ctx.outputs_list[0]]
        if loaded is not None and _mark(found) != loaded:
            # another list than the one on the page: it is drawn anew, and only then
            return [no_update] * len(shown), mark()
        by_job = {row["job_id"]: view.steps(row, words) for row in found}
        return [by_job.get(job, []) for job in shown], no_update


def _acting(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.ACT, "act": ALL, "job": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.IMPORT_DELIVERIES)
    def act(_clicks: Clicks) -> tuple[object, object]:
        asked = pressed()
        if asked is None or asked["act"] not in _ACTS:
            return no_update, no_update
        with deps.writing() as session:
            _ACTS[asked["act"]](session, whole_number(asked["job"]))
        return mark(), current_words()(f"job.said_{asked['act']}")


def _tabs(state: JobsView, counted: dict[str, int], words: Words) -> list[Tab]:
    return [
        Tab(
            words(f"job.list_{name}"),
            JobsView(name=name).address(PATH),
            here=name == state.name,
            count=sum(counted.get(one, 0) for one in states),
        )
        for name, states in _LISTS.items()
    ]


def _list(state: JobsView, rows: list[JobRow], words: Words) -> list[Component]:
    if not rows:
        return [html.H2(words(f"job.list_{state.name}")), empty(words(f"job.none_{state.name}"))]
    total = rows[0]["total"]
    return [
        html.H2(words(f"job.list_{state.name}")),
        view.table(
            rows,
            words,
            by=Heads((*view.COLUMNS, ""), state.order, lambda to: state.but(order=to, page=1).address(PATH), total),
        ),
        shown_of(_ROWS * (state.page - 1), len(rows), total, words, key="job.shown"),
        pager(state.page, _ROWS, total, lambda to: state.but(page=to).address(PATH), words, label=words("job.pages")),
    ]


def _away(seen: WorkerRow, words: Words) -> Component:
    """Nobody works at the jobs that wait."""
    at = seen["seen_at"]
    message = words("job.no_worker") if at is None else words("job.no_worker_since", at=numbers.moment(at))
    return html.Div([html.P(html.Strong(message)), html.P(words("job.no_worker_hint"))], className="ek-panel")


def _mark(rows: list[StepRow]) -> str:
    """What tells one state of the open jobs from another, but for their progress."""
    message = repr([(row["job_id"], row["state"], row["attempts"], row["cancel_asked"]) for row in rows])
    return hashlib.sha256(message.encode()).hexdigest()[:16]
