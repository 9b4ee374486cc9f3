"""What stands on the page of one delivery."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.feedback import problem, progress
from dashboard.components.forms import SAVES
from dashboard.components.tables import facts, ruled
from dashboard.components.upload_zone import size
from dashboard.pages.deliveries import ids, report
from dashboard.pages.deliveries.page import state_tag
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.pages.deliveries.report import Report
    from queries.row_types.deliveries import StepRow, UploadRow
    from words import Words

_MAIN: Final = "ek-button ek-button-main"


def content(found: UploadRow, reported: Sequence[Component], words: Words) -> Component:
    """The whole of it: what was sent, what can be done, what was ``reported`` of it."""
    tried = found["report"] is not None
    tag = state_tag(found["state"], words, problem=bool(found["problem"]), tried=tried)
    entries = [
        (words("delivery.column_sent_at"), numbers.moment(found["uploaded_at"])),
        (words("delivery.column_sender"), found["sender"] or ""),
        (words("delivery.column_size"), size(found["bytes"])),
        (words("delivery.checksum"), html.Code(found["sha256"][:16])),
    ]
    parts: list[Component] = [html.H1([found["file_name"], " ", tag]), facts(entries)]
    if found["problem"]:
        parts.append(_problem(found["problem"], words))
    parts.append(_actions(found, words, tried=tried))
    return html.Article([*parts, *reported], className="ek-spaced")


def progress_line(step: StepRow, words: Words) -> Component:
    """How far a trial or an import has come."""
    total, steps = step["steps_total"], step["steps_done"]
    label = words(f"delivery.under_way_{step['state']}")
    if not total:
        return html.P(f"{label} {words('delivery.waits')}")
    message = html.P(words("delivery.steps", what=label, done=steps, total=total))
    return html.Div([message, progress(steps, total, label)])


def _problem(refusal: Mapping[str, Any], words: Words) -> Component:
    key = refusal["key"] if words.has(refusal["key"]) else "error.refused"
    return problem(words("delivery.not_done"), words(key, **refusal["values"]))


def _actions(found: UploadRow, words: Words, *, tried: bool) -> Component:
    """What may be done now: a trial first, then the import."""
    act = ids.AID.act if found["layout"] == "aid" else ids.ACT
    hint = html.P(words(f"delivery.hint_{found['state']}"))
    if found["own"] and found["state"] in {"trial", "import"}:
        return html.Div([hint, html.Div(_button(act, "stop", words), className="ek-actions")], **SAVES)
    if not found["own"] or found["state"] != "ready":
        return hint
    order = ("import", "trial", "discard") if tried else ("trial", "import", "discard")
    buttons = [_button(act, name, words, main=place == 0) for place, name in enumerate(order)]
    hint = html.P(words(_tried_hint(found["layout"]) if tried else "delivery.hint_ready"))
    return html.Div([hint, html.Div(buttons, className="ek-actions")], **SAVES)


def _tried_hint(layout: str) -> str:
    return "aid_delivery.hint_tried" if layout == "aid" else "delivery.hint_tried"


def _button(kind: str, act: str, words: Words, *, main: bool = False) -> Component:
    style = _MAIN if main else "ek-button"
    return html.Button(words(f"delivery.act_{act}"), id={"type": kind, "act": act}, className=style, n_clicks=0)


def reported(found: UploadRow, result: Report, words: Words) -> list[Component]:
    """What became of a delivery of the census, or would become of it."""
    trial = found["state"] != "imported"
    parts: list[Component] = [
        html.H2(words("delivery.report_trial" if trial else "delivery.report_import")),
        html.P(report.sentence(result, words, trial=trial), className="ek-lead"),
    ]
    if result.figures["already_imported"]:
        parts.append(html.P(words("delivery.already_imported")))
    elif trial:
        parts.append(html.P(words("delivery.trial_note", at=numbers.moment(found["reported_at"]))))
    parts.append(report.counts(result, words))
    parts += report.ways_on(result, found["upload_id"], words, trial=trial, own=found["own"])
    parts += report.reasons(result, words)
    if result.figures["by_district"] or result.figures.get("apart_by_district"):
        parts += [html.H3(words("delivery.by_district")), report.by_district(result, words)]
    return parts


def findings(found: list[dict[str, Any]], words: Words) -> list[Component]:
    """The columns and first rows of each file of the delivery; nothing where they are no longer kept."""
    parts: list[Component] = [html.H2(words("delivery.found"))] if found else []
    for one in found:
        name = f"{one['table']}.csv"
        parts.append(html.H3(name))
        message = words(
            "delivery.columns",
            known=len(one["columns"]),
            encoding=words(f"delivery.encoding_{one['encoding'].lower()}"),
        )
        parts.append(html.P(message))
        if one["unknown"]:
            parts.append(html.P(words("delivery.columns_unknown", columns=", ".join(one["unknown"]))))
        if one["absent"]:
            parts.append(
                html.P(words("delivery.columns_absent", columns=", ".join(one["absent"])), className="ek-footnote")
            )
        if one["rows"]:
            label = words("delivery.first_rows", file=name, n=len(one["rows"]))
            parts.append(_rows(one, label))
    return parts


def _rows(one: dict[str, Any], label: str) -> Component:
    table = ruled(one["columns"], one["rows"], label=label)
    return html.Details([html.Summary(label), table], open=one["table"] == "isirumah")
