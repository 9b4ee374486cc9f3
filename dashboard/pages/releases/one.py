"""One release as everybody will read it, what it tells otherwise than the one before, and the decision on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import answered, pressed
from dashboard.components.detail_page import done, fact_list
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP, exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.releases import ids
from dashboard.pages.releases.parts import PATH, address, known_number, refused, told
from dashboard.sent.kinds import Clicks, Code, Text, View
from dashboard.urlstate import UrlState
from layers import numbers
from queries import releases
from queries.maps import COUNTRY
from registry.principals import Permission
from registry.releases.releases import DecideRelease, decide_release

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.releases import OneReleaseRow, ReleaseAreaRow, ReleaseDifferenceRow, ReleaseToldRow
    from words import Words

ONE_PATH: Final = f"{PATH}/<number>"
_LONGEST: Final = 1_000
_STATE_CODE: Final = 2


@dataclass(frozen=True)
class ReleaseView(UrlState):
    """Whose areas are shown."""

    within: str = urlstate.code(COUNTRY, pattern=r"MY|[0-9]{2}", name="in")


def layout(number: str = "", **query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.NUMBER, data=known_number(number)),
            dcc.Store(id=ids.DECIDED),
            dcc.Store(id=trail_of("release"), data=[]),
            urlstate.view_store(ids.VIEW, ReleaseView.parse(query)),
            html.Div(id=ids.SAID, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("release.loading"), block=True), id=ids.BODY, className="ek-spaced"),
            _form(words),
        ],
        className="ek-page ek-spaced",
    )


def _form(words: Words) -> Component:
    return html.Section(
        [
            html.H2(words("release.decide")),
            html.P(words("release.decide_note"), className="ek-footnote"),
            dmc.Textarea(
                id=ids.ANSWER,
                label=words("release.reason"),
                value="",
                autosize=True,
                minRows=2,
                attributes={"input": {"maxLength": _LONGEST}},
            ),
            html.Div([_button("lulus", words, main=True), _button("tolak", words)], className="ek-actions"),
        ],
        id=ids.DECIDING,
        className="ek-panel ek-column-form",
        hidden=True,
        **SAVES,
    )


def _button(step: str, words: Words, *, main: bool = False) -> Component:
    return html.Button(
        words(f"release.press_{step}"),
        id=ids.decide(step),
        type="button",
        className="ek-button ek-button-main" if main else "ek-button",
        n_clicks=0,
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)

    @app.callback(
        Output(ids.BODY, "children"),
        Output(ids.DECIDING, "hidden"),
        Output(trail_of("release"), "data"),
        Input(ids.NUMBER, "data"),
        Input(ids.VIEW, "data"),
        Input(ids.DECIDED, "data"),
    )
    @requires(Permission.APPROVE_RELEASES)
    def show(number: Code | None, asked: View, _decided: object) -> tuple[object, bool, list[dict[str, str]]]:
        words, state = current_words(), ReleaseView.parse(asked)
        trail = [{"label": words("nav.releases"), "href": PATH}, {"label": number or ""}]
        with deps.reading() as conn:
            found = releases.one(conn, number) if number else None
            if found is None:
                return empty(words("release.unknown"), words("release.unknown_hint")), True, trail[:1]
            told_how = releases.told(conn, found["number"])
            rows = releases.areas(conn, found["number"], within=state.within)
            differing = releases.differences(conn, found["number"])
        body = [
            html.H1(words("release.title", number=found["number"])),
            _facts(found, told_how, words),
            *_preview(found, rows, state, words),
            *_differences(differing, words),
        ]
        return body, found["state"] != "sedia" or found["own"], trail

    @app.callback(
        Output(ids.DECIDED, "data"),
        Output(ids.SAID, "children"),
        Input({"type": ids.DECIDE_TYPE, "step": ALL}, "n_clicks"),
        State(ids.ANSWER, "value"),
        State(ids.NUMBER, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.APPROVE_RELEASES)
    def decide(clicks: Clicks, reason: Text | None, number: Code | None) -> tuple[object, object]:
        step, words = pressed(), current_words()
        if step is None or not number:
            return no_update, no_update
        approved = step["step"] == "lulus"
        command = DecideRelease(number=number, approved=approved, reason=(reason or "")[:_LONGEST])
        return answered(
            deps,
            f"release {number} {step['step']} {sum(click or 0 for click in clicks)}",
            lambda session: {"state": decide_release(session, command)},
            message=lambda result: done(words(f"release.did_{result['state']}", number=number)),
            refused=lambda error: refused(error, words),
        )


def _facts(found: OneReleaseRow, told_how: ReleaseToldRow | None, words: Words) -> Component:
    pairs: list[tuple[str, Any]] = [
        (words("release.month"), numbers.month(found["month"], words)),
        (words("release.state"), words(f"release.state_{found['state']}")),
        (
            words("release.made_on"),
            f"{numbers.day(found['made_at'])} · {found['made_by'] or words('release.by_itself')}",
        ),
    ]
    if found["corrects"]:
        pairs.append((words("release.kind"), words("release.corrects", number=found["corrects"])))
        pairs.append((words("release.reason"), found["reason"] or ""))
    if told_how and told_how["districts"]:
        counts = {name: numbers.count(told_how[name]) for name in ("numbers", "below", "held")}
        shown = {name: numbers.count(told_how[name]) for name in ("districts", "districts_told")}
        pairs.append((words("release.counts"), words("release.counts_told", **counts)))
        pairs.append((words("release.districts"), words("release.districts_told", **shown)))
    if found["decided_at"]:
        day, who = numbers.day(found["decided_at"]), found["decided_by"] or ""
        pairs.append((words("release.decided_on"), f"{day} · {who}: {found['answer']}"))
    if found["checksum"]:
        pairs.append((words("release.boundaries"), found["boundaries"] or ""))
        pairs.append((words("release.checksum"), html.Code(found["checksum"], className="ek-checksum")))
    if found["sample"]:
        pairs.append((words("release.kind_of_data"), words("release.sample")))
    return fact_list(pairs)


def _preview(found: OneReleaseRow, rows: Sequence[ReleaseAreaRow], state: ReleaseView, words: Words) -> list[Component]:
    if not rows:
        return []
    head = [words(f"release.{name}") for name in ("area", "poor", "tegar", "rate", "before")]
    where = address(found["number"])
    listed = [
        [
            _name(row, state, where, words),
            exactly(told(row["poor_told"], row["poor"], words), row["poor"] or 0),
            exactly(told(row["tegar_told"], row["tegar"], words), row["tegar"] or 0),
            exactly(numbers.decimal(row["rate"], places=2), int(100 * row["rate"])) if row["rate"] is not None else "",
            exactly(numbers.count(row["before"]), row["before"]) if row["before"] is not None else "",
        ]
        for row in rows
    ]
    back = [] if state.within == COUNTRY else [html.A(words("map.country"), href=ReleaseView().address(where), **STEP)]
    return [
        html.H2(words("release.preview")),
        html.P(words("release.preview_note"), className="ek-footnote"),
        *back,
        sortable(head, listed, words, name="release-areas", label=words("release.preview")),
    ]


def _name(row: ReleaseAreaRow, state: ReleaseView, where: str, words: Words) -> Any:
    if row["area_code"] == COUNTRY:
        return words("map.country")
    if len(row["area_code"]) == _STATE_CODE and state.within == COUNTRY:
        return html.A(row["area_name"], href=ReleaseView(within=row["area_code"]).address(where), **STEP)
    return row["area_name"]


def _differences(found: tuple[list[ReleaseDifferenceRow], int], words: Words) -> list[Component]:
    rows, total = found
    title = html.H2(words("release.differences"))
    if not rows:
        return [title, html.P(words("release.no_differences"))]
    head = [words(f"release.{name}") for name in ("month", "area", "cut", "measure", "was", "became")]
    listed = [
        [
            exactly(numbers.month(row["month"], words), row["month"].toordinal()),
            words("map.country") if row["area_code"] == COUNTRY else row["area_name"],
            words(f"release.cut_{row['cut'].rpartition(':')[2]}"),
            words(f"release.{row['measure']}"),
            told(row["told_before"], row["before"], words),
            told(row["told_now"], row["now"], words),
        ]
        for row in rows
    ]
    note = words("release.differ", n=numbers.count(len(rows)), total=numbers.count(total))
    table = sortable(head, listed, words, name="release-differences", label=words("release.differences"), total=total)
    return [title, html.P(note), table]
