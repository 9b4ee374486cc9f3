"""The parts of the page of kept views: the form that is open, the lists of views and of presentations."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.feedback import empty
from dashboard.components.forms import SAVES
from dashboard.components.sortable import sortable
from dashboard.components.tables import STEP
from dashboard.pages.views import ids
from layers import numbers
from registry.views.models import LONGEST_NAME, SHARED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.pages.views.page import ViewsView
    from queries.row_types.views import PresentationRow, SavedViewRow
    from words import Words

MOST: Final = 200
_PATH: Final = "/paparan"


def body(
    state: ViewsView, kept: Sequence[SavedViewRow], shown: Sequence[PresentationRow], words: Words
) -> list[Component]:
    """The form that is open, and the lists."""
    own, others = [row for row in kept if row["own"]], [row for row in kept if not row["own"]]
    parts = [*_form(state, kept, shown, words), html.H2(words("views.own"))]
    parts.append(_own(own, words) if own else empty(words("views.none"), words("views.none_hint")))
    if others:
        parts += [html.H2(words("views.others")), _others(others, words)]
    parts += [html.H2(words("views.presentations")), html.P(words("views.presentations_lead"))]
    if kept:
        add = html.A(words("views.new_presentation"), href=f"{_PATH}?susun=0", className="ek-button", **STEP)
        parts.append(html.Div(add, className="ek-actions"))
    if shown:
        parts.append(_presentations(shown, words))
    return parts


def _form(
    state: ViewsView, kept: Sequence[SavedViewRow], shown: Sequence[PresentationRow], words: Words
) -> list[Component]:
    """The form that the address asks for; none where it asks for nothing, or for what is another's."""
    if state.path:
        address = html.P([words("views.address"), " ", html.Code(state.path)], className="ek-footnote")
        home = dmc.CheckboxGroup(
            [dmc.Checkbox(label=words("views.as_home"), value="ya")], id=ids.field("home"), value=[]
        )
        fields = [_name("", words), _shared("sendiri", words), home, address]
        return [_filled("keep", 0, words("views.keep"), fields, words)]
    changed = next((row for row in kept if row["own"] and row["view_id"] == state.change), None)
    if changed is not None:
        fields = [_name(changed["name"], words), _shared(changed["shared"], words)]
        return [_filled("change", changed["view_id"], words("views.change"), fields, words)]
    if state.arrange < 0 or not kept:
        return []
    row = next((one for one in shown if one["own"] and one["presentation_id"] == state.arrange), None)
    if state.arrange and row is None:
        return []
    views = dmc.MultiSelect(
        id=ids.field("views"),
        label=words("views.steps"),
        description=words("views.steps_hint"),
        data=[{"value": str(one["view_id"]), "label": one["name"]} for one in kept],
        value=[str(number) for number in row["views"]] if row else [],
        searchable=True,
        clearButtonProps={"aria-label": words("form.clear"), "tabIndex": -1},
    )
    fields = [_name(row["name"] if row else "", words), views, _shared(row["shared"] if row else "sendiri", words)]
    return [_filled("arrange", state.arrange, words("views.arrange"), fields, words)]


def _name(value: str, words: Words) -> Component:
    field: Component = dmc.TextInput(
        id=ids.field("name"), label=words("views.name"), value=value, withAsterisk=True,
        attributes={"input": {"maxLength": LONGEST_NAME}},
    )  # fmt: skip
    return field


def _shared(value: str, words: Words) -> Component:
    field: Component = dmc.Select(
        id=ids.field("shared"), label=words("views.shared"), value=value, allowDeselect=False,
        data=[{"value": code, "label": words(f"views.shared_{code}")} for code in SHARED],
    )  # fmt: skip
    return field


def _filled(act: str, number: int, title: str, fields: Sequence[Component], words: Words) -> Component:
    save = dmc.Button(words("views.save"), id=ids.act(act, number), n_clicks=0)
    back = html.A(words("views.back"), href=_PATH, className="ek-button", **STEP)
    parts = [html.H2(title), html.Div(list(fields), className="ek-case-start")]
    return html.Section([*parts, html.Div([save, back], className="ek-actions")], className="ek-panel", **SAVES)


def _own(rows: Sequence[SavedViewRow], words: Words) -> Component:
    head = [words(f"views.{name}") for name in ("name", "shared", "made_at", "acts")]
    drawn = [
        [
            _link(row, words),
            words(f"views.shared_{row['shared']}"),
            numbers.day(row["made_at"]),
            html.Div(
                [
                    html.A(
                        words("views.change"), href=f"{_PATH}?ubah={row['view_id']}", className="ek-button", **STEP
                    ),
                    _home(row, words),
                    _button("drop", row["view_id"], words("views.drop"), row["name"]),
                ],
                className="ek-actions",
            ),
        ]
        for row in rows
    ]
    return sortable(head, drawn, words, name="views", label=words("views.own"), fixed=1)


def _others(rows: Sequence[SavedViewRow], words: Words) -> Component:
    head = [words(f"views.{name}") for name in ("name", "shared_by", "made_at", "acts")]
    drawn = [
        [_link(row, words), words(f"role.{row['role']}"), numbers.day(row["made_at"]), _home(row, words)]
        for row in rows
    ]
    return sortable(head, drawn, words, name="views-shared", label=words("views.others"), fixed=1)


def _link(row: SavedViewRow, words: Words) -> Component:
    parts: list[Any] = [dcc.Link(row["name"], href=row["path"])]
    if row["home"]:
        parts += [" ", html.Span(words("views.is_home"), className="ek-badge")]
    return html.Span(parts)


def _home(row: SavedViewRow, words: Words) -> Component:
    if row["home"]:
        return _button("no_home", row["view_id"], words("views.no_home"), row["name"])
    return _button("home", row["view_id"], words("views.make_home"), row["name"])


def _button(act: str, number: int, label: str, name: str) -> Component:
    said: list[Any] = [label, html.Span(f" {name}", className="ek-sr")]
    button: Component = html.Button(
        said,
        id=ids.act(act, number),
        n_clicks=0,
        type="button",
        className="ek-button",
    )
    return button


def _presentations(rows: Sequence[PresentationRow], words: Words) -> Component:
    head = [words(f"views.{name}") for name in ("name", "steps", "shared", "acts")]
    return sortable(
        head, [_presentation(row, words) for row in rows], words,
        name="presentations", label=words("views.presentations"), fixed=1,
    )  # fmt: skip


def _presentation(row: PresentationRow, words: Words) -> list[Any]:
    steps = [{"name": name, "path": path} for name, path in zip(row["names"], row["paths"], strict=True)]
    said = {"name": row["name"], **{name: words(f"views.{name}") for name in ("before", "after", "end")}}
    told = json.dumps({"steps": steps, "back": _PATH, "words": said}, ensure_ascii=False)
    starts: dict[str, Any] = {"data-ek-present": told}
    acts: list[Component] = []
    if steps:
        label: list[Any] = [words("views.start"), html.Span(f" {row['name']}", className="ek-sr")]
        acts.append(html.Button(label, type="button", className="ek-button ek-button-main", **starts))
    if row["own"]:
        href = f"{_PATH}?susun={row['presentation_id']}"
        acts.append(html.A(words("views.change"), href=href, className="ek-button", **STEP))
        acts.append(_button("take_down", row["presentation_id"], words("views.drop"), row["name"]))
    whose = words(f"views.shared_{row['shared']}") if row["own"] else words(f"role.{row['role']}")
    order: Component = html.Ol([html.Li(name) for name in row["names"]])
    return [row["name"], order, whose, html.Div(acts, className="ek-actions")]
