"""What stands on the page of one boundary file: what was sent, what is said of it, what can be done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.days import beside_day
from dashboard.components.feedback import problem
from dashboard.components.forms import SAVES
from dashboard.components.tables import facts
from dashboard.components.upload_zone import size
from dashboard.pages.boundaries import ids, report
from dashboard.pages.boundaries.parts import PATH, distance
from layers import numbers
from registry.areas.preparing import LEVELS
from registry.areas.uploads import FARTHEST_M, LONGEST

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from queries.row_types.boundaries import UploadRow
    from words import Words

_MAIN: Final = "ek-button ek-button-main"


def content(found: UploadRow, names: Mapping[str, str], words: Words) -> Component:
    """The whole of it."""
    state = "activate" if found["wanted"] else found["state"]
    told = "waits" if found["wanted"] and found["holds_from"] else state
    tag = html.Span(words(f"boundary.state_{told}"), className="ek-tag")
    parts: list[Component] = [html.H1([found["file_name"], " ", tag]), _facts(found, words)]
    for refusal in (found["problem"], found["wish_problem"]):
        if refusal:
            key = refusal["key"] if words.has(refusal["key"]) else "error.refused"
            parts.append(problem(words("boundary.not_done"), words(key, **refusal["values"])))
    if state == "ready":
        parts.append(_form(found, words))
        parts.append(html.Div(_buttons(["discard"], words), **SAVES))
    elif state == "checked":
        parts.append(_using(found, words))
        parts += report.sections(found["report"], found["level"], names, words)
        again = [html.Summary(words("boundary.state_again")), _form(found, words)]
        parts.append(html.Details(again))
    elif state == "used":
        back = dcc.Link(words("boundary.to_sets"), href=PATH, className="ek-button")
        parts += [html.P(words("boundary.hint_used", at=numbers.moment(found["activated_at"]))), html.Div(back)]
    elif state == "expired":
        parts += [html.P(words("boundary.hint_expired")), html.Div(_buttons(["discard"], words), **SAVES)]
    elif found["holds_from"]:
        parts.append(html.P(words("boundary.hint_waits", day=numbers.day(found["holds_from"]))))
        parts.append(html.Div(_buttons(["withdraw"], words), **SAVES))
    else:
        parts.append(html.P(words(f"boundary.hint_{state}")))
    if found["report"] and state in {"activate", "used"}:
        parts += report.sections(found["report"], found["level"], names, words)
    return html.Article(parts, className="ek-spaced")


def _facts(found: UploadRow, words: Words) -> Component:
    entries = [
        (words("boundary.column_sent_at"), numbers.moment(found["uploaded_at"])),
        (words("boundary.column_sender"), found["sender"] or ""),
        (words("boundary.column_size"), size(found["bytes"])),
        (words("boundary.checksum"), html.Code(found["sha256"][:16])),
    ]
    if found["state"] not in {"ready", "expired"}:
        entries += [
            (words("boundary.column_level"), words(f"level.{found['level']}")),
            (words("boundary.column_source"), found["source"]),
            (words("boundary.column_licence"), found["licence"]),
            (words("boundary.column_dated"), numbers.day(found["dated"])),
            (words("boundary.column_accuracy"), distance(found["accuracy_m"] or 0, words)),
        ]
    return facts(entries)


def _form(found: UploadRow, words: Words) -> Component:
    """What must be said of a file before it is checked."""
    button = html.Button(words("boundary.check"), id=ids.CHECK, type="button", className=_MAIN, n_clicks=0)
    return html.Section(
        [
            html.H2(words("boundary.stated")),
            html.P(words("boundary.stated_hint")),
            html.Div(_fields(found, words), className="ek-boundary-fields"),
            html.Div(button, className="ek-actions"),
        ],
        className="ek-panel",
        **SAVES,
    )


def _fields(found: UploadRow, words: Words) -> list[Component]:
    stated = {"source": found["source"], "licence": found["licence"]}
    return [
        dmc.Select(
            id=ids.LEVEL,
            label=words("boundary.field_level"),
            data=[{"value": level, "label": words(f"level.{level}")} for level in LEVELS],
            value=found["level"],
            withAsterisk=True,
        ),
        *(
            dmc.TextInput(
                id=field,
                label=words(f"boundary.field_{name}"),
                description=words(f"boundary.field_{name}_hint"),
                value=stated[name] or "",
                withAsterisk=True,
                attributes={"input": {"autoComplete": "off", "maxLength": LONGEST}},
            )
            for field, name in ((ids.SOURCE, "source"), (ids.LICENCE, "licence"))
        ),
        dmc.TextInput(
            id=ids.DATED,
            label=words("boundary.field_dated"),
            description=words("boundary.field_dated_hint"),
            **beside_day(words("boundary.field_dated"), words),
            value="" if found["dated"] is None else numbers.day(found["dated"]),
            withAsterisk=True,
        ),
        dmc.NumberInput(
            id=ids.ACCURACY,
            label=words("boundary.field_accuracy"),
            description=words("boundary.field_accuracy_hint"),
            value=found["accuracy_m"] if found["accuracy_m"] is not None else "",
            min=1,
            max=FARTHEST_M,
            allowDecimal=False,
            clampBehavior="none",
            withAsterisk=True,
        ),
    ]


def _using(found: UploadRow, words: Words) -> Component:
    """Making the file the active set; what is incomplete must be accepted as such."""
    complete = (found["report"] or {}).get("complete", False)
    message = words("boundary.use_hint", level=words(f"level.{found['level']}"))
    accept = dmc.Checkbox(id={"type": ids.PARTIAL, "of": "file"}, label=words("boundary.accept_partial"), checked=False)
    holds = dmc.TextInput(
        id={"type": ids.HOLDS, "of": "file"}, label=words("boundary.holds_from"), value="",
        description=words("boundary.holds_from_hint"), **beside_day(words("boundary.holds_from"), words),
    )  # fmt: skip
    return html.Section(
        [
            html.H2(words("boundary.use")),
            html.P(message),
            *([] if complete else [accept]),
            *([holds] if found["level"] == "catchment" else []),
            _buttons(["activate", "discard"], words),
        ],
        className="ek-panel ek-spaced",
        **SAVES,
    )


def _buttons(acts: list[str], words: Words) -> Component:
    buttons = [
        html.Button(
            words(f"boundary.act_{act}"),
            id={"type": ids.FILE_ACT, "act": act},
            type="button",
            className=_MAIN if act == "activate" else "ek-button",
            n_clicks=0,
        )
        for act in acts
    ]
    return html.Div(buttons, className="ek-actions")
