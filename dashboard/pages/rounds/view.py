"""What the page of a round shows: how far it is, where, what was found, and a page of the frozen list beside today."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.components.aria import aria
from dashboard.components.badges import status_badge
from dashboard.components.tables import ruled
from dashboard.guards import may
from dashboard.pages.rounds import ids
from dashboard.pages.rounds.parts import far, office_name, tags
from geo.route import Point, length_m, nearest_order
from layers import numbers
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.row_types.rounds import (
        OneRoundRow,
        RoundFindingRow,
        RoundHouseholdRow,
        RoundMukimRow,
        RoundNowRow,
    )
    from words import Words


def head(
    found: OneRoundRow, marks: Sequence[RoundFindingRow], places: Sequence[RoundMukimRow], words: Words
) -> Component:
    """The number, the office, how far the round is; what was found and which mukim are done behind a press."""
    about = words(
        "round.about", office=office_name(found, words), years=found["years"], date=numbers.day(found["frozen_on"])
    )
    parts: list[Component] = [
        html.P(
            [html.Span(found["number"]), " ", html.Span(words(f"round.state_{found['state']}"), className="ek-tag")]
        ),
        html.H1(words("round.title", number=found["number"])),
        html.P(about),
        far(found, words),
    ]
    if found["terbuka"] > found["proposed"]:
        keep = html.Button(
            words("round.keep_unmarked"), id={"type": ids.DECIDE_TYPE, "decision": "semua"}, type="button",
            className="ek-button", n_clicks=0,
        )  # fmt: skip
        parts.append(html.P([keep, " ", html.Small(words("round.keep_note"))], className="ek-actions"))
    parts += [_marks(marks, words), _places(places, words)]
    return html.Header(parts, className="ek-case-header")


def _marks(marks: Sequence[RoundFindingRow], words: Words) -> Component:
    heads = [words(f"round.{name}") for name in ("finding", "households", "open")]
    rows = [
        [
            words(f"round.finding_{row['finding']}"),
            numbers.count(row["households"]),
            numbers.count(row["open_households"]),
        ]
        for row in marks
    ]
    table = (
        ruled(heads, rows, label=words("round.findings"), named=True) if rows else html.P(words("round.no_findings"))
    )
    return html.Details([html.Summary(words("round.findings")), table], className="ek-case-step")


def _places(places: Sequence[RoundMukimRow], words: Words) -> Component:
    heads = [words(f"round.{name}") for name in ("mukim", "households", "decided")]
    rows = [
        [row["mukim_name"] or words("round.no_mukim"), numbers.count(row["households"]), numbers.count(row["decided"])]
        for row in places
    ]
    table = ruled(heads, rows, label=words("round.by_mukim"), named=True)
    return html.Details([html.Summary(words("round.by_mukim")), table], className="ek-case-step")


def table(rows: Sequence[RoundHouseholdRow], today: dict[int, RoundNowRow], words: Words, *, by_way: bool) -> Component:
    """A page of the list; in the order of a way it is told how long that is."""
    listed = list(rows)
    note: list[Component] = []
    if by_way:
        order = nearest_order([_place(row) for row in listed])
        listed = [listed[index] for index in order]
        way = [place for row in listed if (place := _place(row)) is not None]
        note = [html.P(words("round.way", km=f"{length_m(way) / 1000:,.1f}"), className="ek-footnote")]
    heads = [words(f"round.{name}") for name in ("household", "mukim", "frozen", "today", "decision")]
    drawn = [_row(row, today.get(row["household_id"]), words) for row in listed]
    return html.Div([*note, ruled(heads, drawn, label=words("round.list"), named=True)])


def _place(row: RoundHouseholdRow) -> Point | None:
    latitude, longitude = row["latitude"], row["longitude"]
    return None if latitude is None or longitude is None else (latitude, longitude)


def _row(row: RoundHouseholdRow, now: RoundNowRow | None, words: Words) -> list[Any]:
    name: Any = row["head_name"]
    if now is not None and now["readable"] and may(Permission.READ_PERSONS):
        name = dcc.Link(row["head_name"], href=f"/isi-rumah/{row['household_id']}")
    return [
        [name, html.Br(), html.Small(row["file_no"])],
        row["mukim_name"] or row["district_name"],
        [status_badge(row["status"], words), " ", *tags(row["findings"], words)],
        changes(row, now, words),
        _decision(row, words),
    ]


def changes(row: RoundHouseholdRow, now: RoundNowRow | None, words: Words) -> list[Any]:
    """What is otherwise today than on the day of the list."""
    if now is None:
        return [html.Span(words("round.unchanged"))]
    told: list[Any] = []
    if now["status"] is not None and now["status"] != row["status"]:
        told += [html.Span(words("round.now_status")), " ", status_badge(now["status"], words), html.Br()]
    fresh = [name for name in now["findings"] if name not in row["findings"]]
    gone = [name for name in row["findings"] if name not in now["findings"]]
    if fresh:
        told += [html.Span(words("round.now_found")), " ", *tags(fresh, words), html.Br()]
    if gone:
        names = ", ".join(words(f"round.finding_{name}") for name in gone)
        told += [html.Span(words("round.now_gone", findings=names)), html.Br()]
    if not told and now["version"] is not None and now["version"] != row["version"]:
        told.append(html.Span(words("round.now_edited")))
    return told or [html.Span(words("round.unchanged"))]


def _decision(row: RoundHouseholdRow, words: Words) -> list[Any]:
    told: list[Any] = []
    if row["decision"]:
        told.append(html.Span(words(f"round.decided_{row['decision']}"), className="ek-tag"))
        who = " · ".join(name for name in (row["decided_by"], row["second_by"]) if name)
        told += [html.Br(), html.Small(who)]
        if row["reason"]:
            told += [html.Br(), html.Small(row["reason"])]
        if row["case_id"] is not None:
            told += [html.Br(), dcc.Link(words("round.to_case"), href=f"/kes/{row['case_id']}")]
    if not row["settled"]:
        key = "round.second" if row["decision"] else "round.decide"
        told.append(
            html.Button(
                words(key),
                id={"type": ids.CHOOSE_TYPE, "household": str(row["household_id"])},
                type="button",
                className="ek-button",
                n_clicks=0,
                **aria(label=words(f"{key}_named", name=row["head_name"])),
            )
        )
    return told
