"""Wires the cleansing page: what is shown, and what its buttons do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import mark, pressed
from dashboard.components.aria import aria
from dashboard.components.feedback import skeleton
from dashboard.components.forms import SAVES
from dashboard.components.sortable import order_of, page_of
from dashboard.components.tables import STEP
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.cleansing import cohorts, compare, ids, lists
from dashboard.pages.cleansing.view import COHORTS, MERGES, PAGE_ROWS, PAIRS, PATH, TABS, CleansingView
from dashboard.sent.kinds import Clicks, Fields, Names, View, version_number, whole_number
from queries import cleansing, households
from registry import audit
from registry.cleansing.cohorts import FreezeCohort, freeze_cohort
from registry.cleansing.merging import CHOICES, MergeHouseholds, mark_different, merge_households, undo_merge
from registry.db import FILE
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

_ACTS = {"type": ids.ACT_TYPE, "act": ALL, "row": ALL}
_FIELDS = {"type": ids.FIELD_TYPE, "name": ALL}
_MOST_MERGES = 100


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("cleansing")),
            dcc.Store(id=ids.CHANGED),
            urlstate.view_store(ids.VIEW, CleansingView.parse(query)),
            html.H1(words("nav.cleanse")),
            html.Nav(id=ids.TABS, className="ek-cleanse-tabs", **aria(label=words("nav.cleanse"))),
            html.Div(id=ids.MESSAGE, role="status"),
            html.Div(skeleton(words("frame.loading"), lines=5), id=ids.BODY, className="ek-cleanse-flow", **SAVES),
        ],
        className="ek-page ek-cleanse",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)

    @app.callback(
        Output(ids.BODY, "children"),
        Output(ids.TABS, "children"),
        Output(trail_of("cleansing"), "data"),
        Input(ids.VIEW, "data"),
        Input(ids.CHANGED, "data"),
    )
    @requires(Permission.CLEANSE)
    def show(view: View, _changed: object) -> tuple[list[Component], Component, list[dict[str, str]]]:
        words, state = current_words(), CleansingView.parse(view)
        trail = [
            {"label": words("nav.cleanse"), "href": PATH},
            {"label": words(f"cleanse.tab_{state.tab}")},
        ]
        return _body(deps, state, words), _tabs(state, words), trail

    @app.callback(
        Output(ids.MESSAGE, "children"),
        Output(ids.CHANGED, "data"),
        Output(ids.VIEW, "data"),
        Input(_ACTS, "n_clicks"),
        State(_FIELDS, "value"),
        State(_FIELDS, "id"),
        State(ids.VIEW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.CLEANSE)
    def act(_clicks: Clicks, values: Fields, names: Names, view: View) -> object:
        asked = pressed()
        if asked is None:
            return no_update, no_update, no_update
        given = {name["name"]: value for name, value in zip(names, values, strict=True)}
        words, state = current_words(), CleansingView.parse(view)
        try:
            message, after = _done(deps, asked["act"], str(asked["row"]), given, state)
        except InvalidInput as refusal:
            return _problems(refusal, words), no_update, no_update
        return html.P(words(message), className="ek-flash"), mark(), after.query()


def _done(deps: Deps, name: str, row: str, given: dict[str, Any], state: CleansingView) -> tuple[str, CleansingView]:
    """Carry out what was pressed; answers what to say and where one is then."""
    numbers = [whole_number(part) for part in row.split(".") if part.isdigit()]
    match name:
        case "different" if numbers:
            with deps.writing() as session:
                mark_different(session, numbers[0])
            return "cleanse.done_different", state.but(pair=0)
        case "merge" if len(numbers) == 3:  # noqa: PLR2004 - the pair and the versions of its two records
            _merge(deps, numbers, given)
            return "cleanse.done_merged", state.but(pair=0, tab=MERGES)
        case "undo" if numbers:
            with deps.writing() as session:
                undo_merge(session, numbers[0])
            return "cleanse.done_undone", state
        case "freeze":
            command = FreezeCohort(
                name=str(given.get("name") or ""),
                area_code=str(given.get("area") or ""),
                statuses=_listed(given.get("statuses")),
                on_day=day_of(given.get("on_day")),
            )
            with deps.writing(patience=FILE) as session:
                made = freeze_cohort(session, command)
            return "cohort.done", state.but(cohort=made)
        case _:
            raise InvalidInput({})


def _merge(deps: Deps, numbers: list[int], given: dict[str, Any]) -> None:
    candidate, versions = numbers[0], [version_number(number) for number in numbers[1:]]
    keep = "b" if given.get("keep") == "b" else "a"
    with deps.writing() as session:
        pair = cleansing.pair(session.connection(), candidate)
        if pair is None:
            raise InvalidInput({})
        pair_ids = (pair["household_a"], pair["household_b"])
        sides = dict(zip("ab", zip(pair_ids, versions, strict=True), strict=True))
        kept, gone = sides[keep], sides["a" if keep == "b" else "b"]
        members = {member["person_id"] for member in households.members(session.connection(), gone[0])}
        asked = {whole_number(person) for person in _listed(given.get("members"))}
        chosen = frozenset(name for name in CHOICES if given.get(name, keep) not in (keep, None))
        merge_households(
            session,
            MergeHouseholds(
                candidate_id=candidate,
                kept_id=kept[0],
                kept_version=kept[1],
                gone_id=gone[0],
                gone_version=gone[1],
                chosen=chosen,
                members=tuple(sorted(asked & members)),
            ),
        )


def _listed(given: object) -> tuple[str, ...]:
    """What was ticked."""
    return tuple(map(str, given)) if isinstance(given, list) else ()


def _body(deps: Deps, state: CleansingView, words: Words) -> list[Component]:
    match state.tab:
        case "kohort":
            with deps.reading() as conn:
                found = cleansing.cohorts(conn)
                one = next((row for row in found if row["cohort_id"] == state.cohort), None)
                flow = cleansing.flow(conn, state.cohort) if one else []
                areas = cleansing.own_areas(conn) if one is None else []
            if one is not None:
                return cohorts.cohort_page(state, one, flow, words)
            return cohorts.cohorts_list(state, found, areas, words)
        case "gabungan":
            with deps.reading() as conn:
                return lists.merges_list(cleansing.merges(conn, limit=_MOST_MERGES), words)
        case _:
            return _compared(deps, state, words) if state.pair else _pairs(deps, state, words)


def _pairs(deps: Deps, state: CleansingView, words: Words) -> list[Component]:
    with deps.reading() as conn:
        found, total = page_of(
            lambda limit, offset: cleansing.pairs(
                conn, kind=state.kind or None, district=state.district or None, limit=limit, offset=offset
            ),
            order_of(state.order),
            {"rekod": lambda row: row["head_a"], "skor": lambda row: row["score"]},
            start=state.offset,
            rows=PAGE_ROWS,
        )
        elsewhere, others = cleansing.pairs_elsewhere(conn, limit=PAGE_ROWS)
    return [*lists.pairs_list(state, found, total, words), *lists.elsewhere_list(elsewhere, others, words)]


def _compared(deps: Deps, state: CleansingView, words: Words) -> list[Component]:
    """Two records with their whole numbers, which is written down for both."""
    with deps.writing() as session:
        conn = session.connection()
        pair = cleansing.pair(conn, state.pair)
        if pair is None or pair["state"] != "open":
            return compare.settled(state, words)
        one, other = (households.whole_record(conn, of) for of in (pair["household_a"], pair["household_b"]))
        if one is None or other is None:
            return compare.settled(state, words)
        for record in (one, other):
            audit.record(
                session,
                "compare_duplicates",
                subject="household",
                subject_id=record.household["household_id"],
                district_code=record.household["district_code"],
                after={"pair": pair["candidate_id"]},
            )
    return compare.comparison(state, pair, (one, other), words)


def _tabs(state: CleansingView, words: Words) -> Component:
    def link(tab: str) -> Component:
        here: Any = aria(current="page") if tab == state.tab else {}
        target = CleansingView().but(tab=tab, district=state.district)
        return html.A(words(f"cleanse.tab_{tab}"), href=target.address(PATH), **STEP, **here)

    return html.Ul([html.Li(link(tab)) for tab in TABS])


def _problems(refusal: InvalidInput, words: Words) -> Component:
    entries = [
        words(
            "cleanse.problem", field=words(f"cohort.column_{_COLUMNS.get(name, name)}"), problem=words(f"problem.{key}")
        )
        for name, key in refusal.problems.items()
        if words.has(f"cohort.column_{_COLUMNS.get(name, name)}")
    ]
    return html.Div(
        [html.P(text) for text in entries] or html.P(words("error.invalid")), className="ek-problems", role="alert"
    )


_COLUMNS = {"on_day": "on"}


__all__ = ["COHORTS", "PAIRS", "PATH", "layout", "register"]
