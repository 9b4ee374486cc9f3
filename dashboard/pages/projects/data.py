"""The types of projects with their milestones and rates, which administrators edit; everybody reads them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, mark, pressed
from dashboard.components.days import beside_day
from dashboard.components.detail_page import done
from dashboard.components.feedback import skeleton
from dashboard.components.forms import SAVES
from dashboard.components.tables import ruled
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.projects import ids
from dashboard.pages.projects.parts import PATH, TYPES_PATH, key_of, named, percent, refused, rm, today, typed
from dashboard.sent.kinds import Clicks, Code, Fields, Names
from layers import numbers
from queries import projects
from registry.aid.lines import read_money
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.principals import Permission
from registry.projects import models
from registry.projects.types import MilestoneOfType, SaveType, add_rate, save_type

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.projects import ProjectRateRow, ProjectTypeRow
    from words import Words

__all__ = ["TYPES_PATH", "layout", "register"]
_ONE_OF: Final[dict[str, tuple[str, ...]]] = {
    "geometry": models.GEOMETRIES, "households": models.LINKS, "damage": models.DAMAGES, "shape": models.SHAPES,
}  # fmt: skip
_SEVERAL: Final[dict[str, tuple[str, ...]]] = {
    "checks": models.CHECKS, "documents": models.DOCUMENTS, "photos": models.PHASES,
}  # fmt: skip
_WORDS_OF: Final = {"checks": "check", "documents": "document", "photos": "phase"}
_MILESTONE: Final = re.compile(r"\s*(.+?)\s*\|\s*(.+?)\s*\|\s*([0-9]+(?:[.,][0-9]{1,2})?)\s*%?\s*")


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("projects-types"), data=[{"label": words("nav.projects"), "href": PATH},
                                                           {"label": words("project.types")}]),
            dcc.Store(id=ids.SAVED),
            html.H1(words("project.types")),
            html.P(words("project.types_lead"), className="ek-lead"),
            html.Div(id=ids.DATA_MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("project.loading"), lines=6), id=ids.DATA),
        ],
        className="ek-page ek-spaced",
    )  # fmt: skip


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.DATA, "children"), Input(ids.SAVED, "data"))
    @requires(Permission.READ_PROJECTS)
    def show_types(_saved: object) -> list[Component]:
        words = current_words()
        with deps.reading() as conn:
            types, rates = projects.types(conn), projects.rates(conn)
        parts = [_type(row, [one for one in rates if one["type_code"] == row["code"]], words) for row in types]
        return [*parts, *([_form(None, words)] if may(Permission.ADMINISTER) else [])]

    @app.callback(
        Output(ids.SAVED, "data"),
        Output(ids.DATA_MESSAGE, "children"),
        Input({"type": ids.SAVE_TYPE, "name": ALL}, "n_clicks"),
        State({"type": ids.DATUM_TYPE, "form": ALL, "name": ALL}, "value"),
        State({"type": ids.DATUM_TYPE, "form": ALL, "name": ALL}, "id"),
        State(ids.SAVED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def save_one(
        _clicks: Clicks, values: Fields, names: Names, before: dict[Code, Code] | None
    ) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None:
            return no_update, no_update
        form, _, what = str(asked["name"]).partition(":")
        given = typed(values, names, form=form)
        chosen = {
            name["name"]: tuple(str(one) for one in value)
            for name, value in zip(names, values, strict=True)
            if name["form"] == form and isinstance(value, list)
        }
        try:
            act = _rate(form, given) if what == "rate" else _saved(form, given, chosen)
        except InvalidInput as error:
            return no_update, refused(error, words)
        return answered(
            deps,
            f"project-type {form} {what} {(before or {}).get('mark', '')} {key_of({**given, **chosen})}",
            lambda session: {"done": str(act(session)), "mark": mark()},
            message=lambda _result: done(words("project.type_saved")),
            refused=lambda error: refused(error, words),
        )


def _rate(code: str, given: Mapping[str, str]) -> Any:
    """A rate that is put in force.

    Raises:
        InvalidInput: the day or the amount cannot be read.

    """
    day, amount = day_of(given.get("from_date")), read_money(given.get("ceiling_rm"))
    problems = {} if day else {"from_date": "date"}
    problems |= {} if amount else {"ceiling_rm": "money"}
    if problems:
        raise InvalidInput(problems)
    return lambda session: add_rate(session, code, day=day, ceiling_rm=amount, source=given.get("source", ""))


def _saved(form: str, given: Mapping[str, str], chosen: Mapping[str, tuple[str, ...]]) -> Any:
    """A type as it was filled in; its milestones are lines of two names and a weight.

    Raises:
        InvalidInput: a line of the milestones cannot be read.

    """
    lines = [line for line in given.get("milestones", "").splitlines() if line.strip()]
    read = [_MILESTONE.fullmatch(line) for line in lines]
    if not lines or None in read:
        raise InvalidInput({"milestones": "invalid"})
    command = SaveType(
        code=given.get("code", "") or form,
        name_ms=given.get("name_ms", ""),
        name_en=given.get("name_en", ""),
        geometry=given.get("geometry", ""),
        households=given.get("households", ""),
        need_code=given.get("need_code") or None,
        kind_code=given.get("kind_code") or None,
        checks=chosen.get("checks", ()),
        damage=given.get("damage") or None,
        documents=chosen.get("documents", ()),
        photos=chosen.get("photos", ()),
        shape=given.get("shape", ""),
        active=given.get("active", "ya") == "ya",
        milestones=tuple(
            MilestoneOfType(name_ms=one[1], name_en=one[2], weight=read_money(one[3].replace(",", ".")))
            for one in read
            if one
        ),
    )
    return lambda session: save_type(session, command)


def _type(row: ProjectTypeRow, rates: Sequence[ProjectRateRow], words: Words) -> Component:
    """A type as data: what it is, its milestones with their weights, its rates; and its form for who edits it."""
    facts = [
        words(f"project.geometry_{row['geometry']}"),
        words(f"project.households_{row['households']}"),
        named(row, "need", words) or words("project.no_need"),
        *([] if row["active"] else [words("project.inactive")]),
    ]
    milestones = ", ".join(
        f"{one[f'name_{words.language}']} {percent(float(one['weight']))}" for one in row["milestones"]
    )
    head = [words(f"project.{name}") for name in ("from_date", "until_date", "ceiling_rm", "source")]
    lines = [
        [
            numbers.day(one["from_date"]) if one["from_date"] else words("project.history_only"),
            numbers.day(one["until_date"]) if one["until_date"] else "—",
            rm(one["ceiling_rm"]),
            one["source"],
        ]
        for one in rates
    ]
    parts: list[Component] = [html.P(" · ".join(facts)), html.P(words("project.milestones_are", milestones=milestones))]
    if lines:
        parts.append(ruled(head, lines, label=f"{words('project.rates')}: {named(row, 'name', words)}", named=True))
    if may(Permission.ADMINISTER):
        parts += [_rate_form(row["code"], words), _form(row, words)]
    title = html.Div(html.H2([named(row, "name", words), " ", html.Small(row["code"])]), className="ek-part-head")
    return html.Section([title, *parts], className="ek-part")


def _rate_form(code: str, words: Words) -> Component:
    label = words("project.from_date")
    fields = [
        dmc.TextInput(
            id=ids.datum(code, "from_date"), label=label, value=numbers.day(today()), **beside_day(label, words)
        ),
        dmc.TextInput(id=ids.datum(code, "ceiling_rm"), label=words("project.ceiling_rm"), value=""),
        dmc.TextInput(id=ids.datum(code, "source"), label=words("project.source"), value=""),
        dmc.Button(words("project.rate_add"), id=ids.save(f"{code}:rate"), variant="default"),
    ]
    return html.Details(
        [html.Summary(words("project.rate_add")), html.Div(fields, className="ek-column-form")], **SAVES
    )


def _form(row: ProjectTypeRow | None, words: Words) -> Component:
    """The form of a type, or of a new one."""
    form = row["code"] if row else "baharu"
    known: dict[str, Any] = dict(row) if row else {"geometry": "titik", "households": "satu", "shape": "bulat"}
    listed = known.get("milestones") or []
    lines = "\n".join(f"{one['name_ms']} | {one['name_en']} | {float(one['weight']):g}" for one in listed)
    texts = ([] if row else ["code"]) + ["name_ms", "name_en", "need_code", "kind_code"]
    fields: list[Component] = [
        dmc.TextInput(id=ids.datum(form, name), label=words(f"project.type_{name}"), value=known.get(name) or "")
        for name in texts
    ]
    fields += [
        dmc.Select(
            id=ids.datum(form, name), label=words(f"project.type_{name}"), value=known.get(name),
            clearable=name == "damage",
            data=[{"value": one, "label": words(f"project.{name}_{one}")} for one in choices],
        )
        for name, choices in _ONE_OF.items()
    ]  # fmt: skip
    fields += [
        dmc.MultiSelect(
            id=ids.datum(form, name), label=words(f"project.type_{name}"), value=list(known.get(name) or []),
            data=[{"value": one, "label": words(f"project.{_WORDS_OF[name]}_{one}")} for one in choices],
        )
        for name, choices in _SEVERAL.items()
    ]  # fmt: skip
    fields += [
        dmc.Textarea(
            id=ids.datum(form, "milestones"), label=words("project.type_milestones"),
            description=words("project.type_milestones_hint"), value=lines, autosize=True, minRows=3,
        ),
        dmc.Select(
            id=ids.datum(form, "active"), label=words("project.type_active"),
            value="ya" if known.get("active", True) else "tidak",
            data=[{"value": one, "label": words(f"project.active_{one}")} for one in ("ya", "tidak")],
        ),
        dmc.Button(words("project.type_save"), id=ids.save(f"{form}:type")),
    ]  # fmt: skip
    summary = words("project.type_edit") if row else words("project.type_new")
    return html.Details([html.Summary(summary), html.Div(fields, className="ek-column-form")], **SAVES)
