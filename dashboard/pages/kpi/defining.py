"""The page where an indicator is defined: its fields, its formula as a sentence, what it would change, its versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard import urlstate
from dashboard.acting import mark
from dashboard.components.feedback import problem
from dashboard.components.forms import SAVES
from dashboard.components.tables import ruled
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.kpi import ids
from dashboard.pages.kpi.defined import FORM_PATH, PATH, day_text
from dashboard.pages.kpi.definition_fields import field_id, form_fields, typed_definition, values_of
from dashboard.pages.kpi.differences import differences
from dashboard.sent.kinds import Fields, Names, Nested, Text, View
from dashboard.urlstate import UrlState, code
from layers import numbers
from poverty.kpi.checks import accepted
from poverty.kpi.measures import LEVELS, shipped_measures
from poverty.kpi.refused import FormulaRefused
from queries import cleansing, kpi
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.kpi.defining import DefineIndicator, define
from registry.kpi.sentences import refusal, sentence
from registry.principals import Permission
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.kpi import VersionRow
    from words import Words

_FIELD: Final = {"type": ids.FIELD, "name": ALL}


@dataclass(frozen=True)
class DefinitionView(UrlState):
    """Which indicator the address names; none for a new one."""

    code: str = code("", pattern=r"[a-z][a-z0-9_]{1,39}", name="kod")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("define.title"), "href": PATH}, {"label": words("define.one")}]
    buttons = [
        html.Button(words("define.look"), id=ids.LOOK, type="button", className="ek-button"),
        html.Div(id=ids.OUTCOME, role="status"),
        html.Button(words("define.save"), id=ids.SAVE, type="button", className="ek-button ek-button-main"),
        html.Div(id=ids.MESSAGE, role="status"),
    ]
    return html.Div(
        [
            dcc.Store(id=trail_of("kpi-define"), data=trail),
            urlstate.view_store(ids.DEFINE, DefinitionView.parse(query)),
            *(dcc.Store(id=name) for name in (ids.SEEN, ids.LOOKED, ids.SAVED)),
            html.H1(words("define.one"), id=ids.TITLE),
            html.Section([*form_fields(words), *buttons], className="ek-panel ek-column-form", **SAVES),
            html.Div(id=ids.VERSIONS),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.DEFINE)

    @app.callback(
        Output(_FIELD, "value"),
        Output(field_id("code"), "disabled"),
        Output(field_id("cohort_id"), "data"),
        Output(ids.SEEN, "data"),
        Output(ids.TITLE, "children"),
        Output(ids.VERSIONS, "children"),
        Input(ids.DEFINE, "data"),
        Input(ids.SAVED, "data"),
        State(_FIELD, "id"),
    )
    @requires(Permission.DEFINE_KPI)
    def load(view: View, _saved: object, names: Names) -> tuple[Any, ...]:
        words, asked = current_words(), DefinitionView.parse(view)
        with deps.reading() as conn:
            rows = [row for row in kpi.versions(conn) if row["indicator_code"] == asked.code]
            lists = [{"value": str(row["cohort_id"]), "label": row["name"]} for row in cleansing.cohorts(conn)]
        latest = rows[-1] if rows else None
        values = values_of(asked.code if latest else "", latest["definition"] if latest else {})
        version = latest["version"] if latest else 0
        shown = [values[each["name"]] for each in names]
        seen = {"version": version, "code": asked.code if latest else ""}
        name = values["name_ms" if words.language == "ms" else "name_en"]
        title = words("define.change_of", name=name) if latest else words("define.new")
        return shown, latest is not None, lists, seen, title, _versions(rows, words)

    @app.callback(
        Output(ids.SAID, "children"),
        Input(field_id("formula"), "value"),
        Input(field_id("unit"), "value"),
        Input(field_id("lowest"), "value"),
    )
    @requires(Permission.DEFINE_KPI)
    def say(formula: Text | None, unit: Text | None, lowest: Text | None) -> Any:
        return said(formula or "", unit or "", lowest or "")

    @app.callback(
        Output(ids.OUTCOME, "children"),
        Output(ids.LOOKED, "data"),
        Input(ids.LOOK, "n_clicks"),
        State(_FIELD, "value"),
        State(_FIELD, "id"),
        State(ids.SEEN, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.LOOK, "disabled"), True, False)],
    )
    @requires(Permission.DEFINE_KPI)
    def look(_clicks: object, values: Fields, names: Names, seen: Nested) -> tuple[Any, Any]:
        words = current_words()
        typed = _typed(values, names)
        wanted = typed_definition(typed)
        try:
            accepted(wanted.formula, unit=wanted.unit, level=wanted.lowest)
        except (FormulaRefused, ValueError):
            return said(wanted.formula, wanted.unit, wanted.lowest), no_update
        with deps.reading() as conn:
            outcome = differences(conn, str(seen.get("code") or ""), wanted, words)
        sentences = said(wanted.formula, wanted.unit, wanted.lowest)
        return [sentences, *outcome], wanted.told

    _saving(app, deps)


def _saving(app: Dash, deps: Deps) -> None:
    """A version is made of what was looked at, and of nothing else."""

    @app.callback(
        Output(ids.MESSAGE, "children"),
        Output(_FIELD, "error"),
        Output(ids.SAVED, "data"),
        Input(ids.SAVE, "n_clicks"),
        State(_FIELD, "value"),
        State(_FIELD, "id"),
        State(ids.SEEN, "data"),
        State(ids.LOOKED, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.SAVE, "disabled"), True, False)],
    )
    @requires(Permission.DEFINE_KPI)
    def save(
        _clicks: object, values: Fields, names: Names, seen: Nested, looked: Nested | None
    ) -> tuple[Any, list[Any], Any]:
        words, typed = current_words(), _typed(values, names)
        definition = typed_definition(typed)
        nothing: list[Any] = [None] * len(names)
        if looked != definition.told:
            return problem(words("define.not_saved"), words("define.look_first")), nothing, no_update
        version = seen.get("version")
        command = DefineIndicator(
            code=str(seen.get("code") or typed["code"]),
            seen_version=version if isinstance(version, int) else 0,
            definition=definition,
            reason=typed["reason"],
            valid_from=day_of(typed["valid_from"]),
        )
        try:
            with deps.writing() as session:
                made = define(session, command)
        except InvalidInput as wrong:
            errors = [_error(wrong.problems.get(each["name"]), words) for each in names]
            return problem(words("define.not_saved"), words("define.see_fields")), errors, no_update
        links = [
            dcc.Link(words("define.to_kpi"), href="/kpi", className="ek-button"),
            dcc.Link(words("define.to_form"), href=f"{FORM_PATH}?kod={command.code}", className="ek-button"),
        ]
        done = html.P(words("define.saved", code=command.code, version=str(made)), className="ek-done")
        return html.Div([done, html.Div(links, className="ek-actions")]), nothing, mark()


def said(formula: str, unit: str, lowest: str) -> Component:
    """A formula as a sentence in both languages, or where it breaks a rule and what to do."""
    if not formula.strip() or lowest not in LEVELS:
        return html.P(current_words()("define.no_formula"), className="ek-kpi-note")
    try:
        tree = accepted(formula, unit=unit, level=lowest).tree
    except FormulaRefused as refused:
        return html.P(refusal(refused, current_words()), className="ek-error", role="alert")
    return html.Div(
        [html.P(sentence(tree, shipped_measures(), words_of(language)), lang=language) for language in LANGUAGES]
    )


def _typed(values: Sequence[Any], names: Sequence[dict[str, str]]) -> dict[str, Any]:
    return {each["name"]: value for each, value in zip(names, values, strict=True)}


def _error(key: str | None, words: Words) -> str | None:
    return words(f"problem.{key}") if key else None


def _versions(rows: Sequence[VersionRow], words: Words) -> list[Component]:
    """What was in force when, and why it was changed."""
    if not rows:
        return []
    heads = [words(f"define.column_{name}") for name in ("version", "valid_from", "formula", "reason", "decided")]
    lines = [
        (
            str(row["version"]),
            day_text(row["valid_from"], words),
            html.Code(row["formula"]),
            row["reason"],
            " · ".join(filter(None, (numbers.moment(row["decided_at"]), row["decided_by"]))),
        )
        for row in reversed(rows)
    ]
    title = words("define.versions")
    return [html.H2(title), ruled(heads, lines, label=title, named=True)]
