"""Progress of a project on its page: plan, curve, a report to send, reports to accept, and defects."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.casework import place_text
from dashboard.components.aria import aria
from dashboard.components.days import beside_day
from dashboard.components.detail_page import fact_list
from dashboard.components.forms import SAVES
from dashboard.components.tables import ruled
from dashboard.guards import may
from dashboard.household.texts import distance
from dashboard.pages.projects import ids
from dashboard.pages.projects.card import standing_pairs, status_of
from dashboard.pages.projects.parts import named, percent, state_tag, today
from layers import numbers
from layers.charts import chart_config
from layers.progress import s_curve
from poverty.projects import curve
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.principals import Permission
from registry.projects.projects import ReportProgress

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from queries.projects import WholeProject
    from queries.row_types.projects import ProjectReportRow
    from words import Words

_MOST: Final = 100


def section(found: WholeProject, words: Words, *, due_days: int) -> list[Component]:
    """How the work stands against its plan, with the curve and the table that says the same."""
    if found.work is None or found.first is None or found.standing is None:
        return [html.P(words("project.no_plan"), className="ek-footnote"), _milestones(found, words)]
    day = today()
    figure = s_curve(curve(found.work, day, due_days=due_days), curve(found.first, day, due_days=due_days), day, words)
    status = status_of(found) or found.standing.status
    said = words(
        "project.standing",
        status=words(f"project.mark_{status}"),
        actual=percent(found.standing.actual),
        planned=percent(found.standing.planned),
        n=found.standing.days_late,
    )
    silent = [html.P(words("project.silent"), className="ek-footnote")] if found.standing.silent else []
    graph: Any = dcc.Graph(figure=figure, config=chart_config(words.language))
    return [
        html.P([*state_tag(found.project["state"], words, status), " ", said]),
        *silent,
        fact_list(standing_pairs(found, words)),
        html.Div(graph, role="img", className="ek-projects-curve", **aria(label=said)),
        _milestones(found, words),
        *_versions(found, words),
    ]


def _milestones(found: WholeProject, words: Words) -> Component:
    """Each milestone with its weight, its days and how much of it is done."""
    last = next((row for row in found.reports if row["state"] == "diterima"), None)
    head = [words(f"project.{name}") for name in ("milestone", "weight", "begins", "ends", "done")]
    rows = [
        [
            named(one, "name", words),
            percent(one["weight"]),
            numbers.day(one["begins"]) if one["begins"] else "—",
            numbers.day(one["ends"]) if one["ends"] else "—",
            percent(Decimal(str(last["shares"][place]))) if last else "—",
        ]
        for place, one in enumerate(found.milestones)
    ]
    return ruled(head, rows, label=words("project.milestones"), named=True)


def _versions(found: WholeProject, words: Words) -> list[Component]:
    """The extensions of time, each with its number and its reason."""
    later = [one for one in found.plans if one["version"] > 1]
    lines = [
        html.Li(
            words(
                "project.extended",
                number=one["reference"],
                reason=one["reason"],
                until=numbers.day(date.fromisoformat(max(one["ends"]))),
            )
        )
        for one in later
    ]
    return [html.H3(words("project.extensions")), html.Ul(lines)] if lines else []


def reporting(found: WholeProject, words: Words) -> Component:
    """The form that tells how much is done, as the last report has it."""
    last = next((row for row in found.reports if row["state"] != "ditolak"), None)
    day_label = words("project.report_day")
    fields: list[Component] = [
        dmc.TextInput(
            id=ids.field("report", "day"), label=day_label, value=numbers.day(today()), withAsterisk=True,
            **beside_day(day_label, words),
        )
    ]  # fmt: skip
    for place, one in enumerate(found.milestones):
        value = float(last["shares"][place]) if last else 0
        fields.append(
            dmc.NumberInput(
                id=ids.field("report", f"share_{one['position']}"),
                label=words("project.share_of", milestone=named(one, "name", words)),
                value=value,
                min=0,
                max=_MOST,
                step=5,
                suffix="%",
                decimalScale=2,
            )
        )
    fields += [
        dmc.Textarea(id=ids.field("report", "note"), label=words("project.report_note"), autosize=True, minRows=2),
        dmc.Textarea(
            id=ids.field("report", "reason"), label=words("project.report_reason"),
            description=words("project.report_reason_hint"), autosize=True, minRows=1,
        ),
    ]  # fmt: skip
    button = dmc.Button(words("project.report_send"), id=ids.act("report"))
    return html.Div([*fields, button], className="ek-column-form", **SAVES)


def reports(found: WholeProject, words: Words) -> Component:
    """The reports, the latest first; those that wait are accepted or refused by another coordinator."""
    if not found.reports:
        return html.P(words("project.no_reports"), className="ek-footnote")
    judges = (
        may(Permission.COORDINATE_PROJECTS) and found.project["own"] and found.project["state"] == "dalam_pelaksanaan"
    )
    return html.Ol([_report(row, words, judges=judges) for row in found.reports], className="ek-case-history")


def _report(row: ProjectReportRow, words: Words, *, judges: bool) -> Component:
    shares = ", ".join(f"{float(share):g}%" for share in row["shares"])
    told = [part for part in (row["note"], row["reason"], row["judged_reason"]) if part]
    buttons: list[Component] = []
    if judges and row["state"] == "dihantar" and not row["own"]:
        number = str(row["report_id"])
        buttons = [
            dmc.TextInput(id=ids.field("judge", "reason", number), label=words("project.judge_reason")),
            html.Div(
                [
                    dmc.Button(words("project.accept"), id=ids.act("accept", number)),
                    dmc.Button(words("project.refuse"), id=ids.act("refuse", number), variant="default"),
                ],
                className="ek-actions",
            ),
        ]
    return html.Li(
        [
            html.P([html.Strong(numbers.day(row["day"])), f" · {shares} · ", words(f"project.report_{row['state']}")]),
            html.P(" · ".join(part for part in (row["made_by"], row["judged_by"]) if part)),
            *_visited(row, words),
            *(html.P(part, className="ek-case-reason") for part in told),
            *([html.Div(buttons, className="ek-screen-only", **SAVES)] if buttons else []),
        ]
    )


def _visited(row: ProjectReportRow, words: Words) -> list[Component]:
    """When and where the site was visited for a report, and how far that is from the project's place."""
    if row["visited_at"] is None:
        return []
    told = [words("site.visited", at=numbers.moment(row["visited_at"])), place_text(row, words)]
    told += [words("site.apart", distance=distance(row["apart_m"]))] if row["apart_m"] is not None else []
    return [html.P(" · ".join(part for part in told if part), className="ek-footnote")]


def report_of(number: str, given: Mapping[str, Any]) -> ReportProgress:
    """What the form of a report held.

    Raises:
        InvalidInput: a day or a share cannot be read.

    """
    day = day_of(given.get("day"))
    count = sum(1 for name in given if name.startswith("share_"))
    shares = [_share(given.get(f"share_{no}")) for no in range(1, count + 1)]
    problems = {"report_day": "date"} if day is None else {}
    problems |= {"share": "number"} if None in shares else {}
    if problems:
        raise InvalidInput(problems)
    return ReportProgress(
        number=number,
        day=day,
        shares=[share for share in shares if share is not None],
        note=str(given.get("note") or ""),
        reason=str(given.get("reason") or ""),
    )


def _share(raw: object) -> Decimal | None:
    text = str(raw if raw is not None else "").strip().removesuffix("%").replace(",", ".")
    try:
        value = Decimal(text)
    except ArithmeticError:
        return None
    return value.quantize(Decimal("0.01")) if value.is_finite() and 0 <= value <= _MOST else None


def defects(found: WholeProject, words: Words, *, notes: bool) -> Component:
    """What was wrong and when it was mended; who works on it notes more."""
    items = []
    for row in found.defects:
        parts: list[Any] = [html.P([html.Strong(numbers.day(row["noted_on"])), f" · {row['words']}"])]
        if row["mended_on"]:
            parts.append(html.P(words("project.mended", day=numbers.day(row["mended_on"]), words=row["mended_words"])))
        elif notes:
            number = str(row["defect_id"])
            mend = dmc.TextInput(id=ids.field("mend", "words", number), label=words("project.mend_words"))
            parts.append(html.Div([mend, dmc.Button(words("project.mend"), id=ids.act("mend", number))], **SAVES))
        items.append(html.Li(parts))
    listed = (
        html.Ul(items, className="ek-case-history")
        if items
        else html.P(words("project.no_defects"), className="ek-footnote")
    )
    if not notes:
        return html.Div(listed)
    form = html.Div(
        [
            dmc.Textarea(
                id=ids.field("defect", "words"), label=words("project.defect_words"), autosize=True, minRows=1
            ),
            dmc.Button(words("project.defect_note"), id=ids.act("defect"), variant="default"),
        ],
        className="ek-column-form ek-screen-only",
        **SAVES,
    )
    return html.Div([listed, form])
