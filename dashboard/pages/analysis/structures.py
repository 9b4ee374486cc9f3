"""The structures of multidimensional poverty: each version in sentences, and the form by which one is added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, ctx, dcc, html, no_update

from dashboard.components.feedback import problem, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.tables import STEP, ruled
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.analysis import ids
from dashboard.pages.analysis.texts import indicator_name, rule_told
from dashboard.pages.analysis.view import PATH as ANALYSIS_PATH
from dashboard.sent.kinds import LongText, Number, Text
from layers import numbers
from queries import measures
from registry.errors import InvalidInput
from registry.measuring.structures import AddStructure, add_structure, checked, read_file
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from poverty.multidimensional import Structure
    from words import Words

PATH: Final = "/analisis/struktur"
ADD_PATH: Final = "/analisis/struktur/tambah"


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("nav.analysis"), "href": ANALYSIS_PATH}, {"label": words("structure.title")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("structures"), data=trail),
            dcc.Store(id=ids.STRUCTURES_OPENED, data=1),
            html.H1(words("structure.title")),
            html.P(words("structure.intro")),
            html.Div(skeleton(words("frame.loading")), id=ids.STRUCTURES, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.STRUCTURES, "children"), Input(ids.STRUCTURES_OPENED, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(_opened: object) -> list[Component]:
        words = current_words()
        with deps.reading() as conn:
            known = measures.structures(conn)
            rows = {row["code"]: row for row in measures.structure_rows(conn)}
        ways: list[Component] = []
        if Permission.ADMINISTER in deps.person().permissions:
            ways = [html.A(words("structure.add"), href=ADD_PATH, className="ek-button ek-button-main", **STEP)]
        parts: list[Component] = [html.Div(ways, className="ek-actions")]
        for code, structure in known.items():
            row = rows[code]
            who = (
                words("structure.shipped") if row["shipped"] else words("structure.added_by", who=row["added_by"] or "")
            )
            added = numbers.day(row["added_at"])
            parts += [html.Section([*told(structure, words), html.P(f"{who} · {added}", className="ek-footnote")])]
        return parts


def told(structure: Structure, words: Words) -> list[Component]:
    """A structure in sentences: what it is, and of each indicator when a household is deprived."""
    name = structure.name_en if words.language == "en" else structure.name_ms
    state = "structure.computed" if structure.computable else "structure.not_computed"
    head = [words(f"structure.{column}") for column in ("dimension", "indicator", "weight", "deprived", "basis")]
    rows: list[list[Any]] = [
        [
            words(f"dimension.{one.dimension}") if words.has(f"dimension.{one.dimension}") else one.dimension,
            indicator_name(one.code, words),
            str(one.weight),
            rule_told(one.rule, words),
            one.basis,
        ]
        for one in structure.indicators
    ]
    return [
        html.H2(f"{name} ({structure.code})"),
        html.P(words("structure.facts", day=structure.valid_from, k=str(structure.cutoff), state=words(state))),
        *([html.P(structure.comparable_with)] if structure.comparable_with else []),
        ruled(head, rows, label=structure.code, named=True),
        html.P(structure.source, className="ek-footnote"),
    ]


def _buttons(words: Words) -> Component:
    look = html.Button(words("structure.look"), id=ids.STRUCTURE_LOOK, type="button", className="ek-button")
    add = html.Button(
        words("structure.add"), id=ids.STRUCTURE_ADD, type="button", className="ek-button ek-button-main"
    )
    return html.Div([look, add], className="ek-actions")


def add_layout(**_query: object) -> Component:
    """The form's skeleton; reads no database."""
    words = current_words()
    trail = [
        {"label": words("nav.analysis"), "href": ANALYSIS_PATH},
        {"label": words("structure.title"), "href": PATH},
        {"label": words("structure.add")},
    ]
    return html.Div(
        [
            dcc.Store(id=trail_of("structures-add"), data=trail),
            html.H1(words("structure.add")),
            html.P(words("structure.add_intro")),
            html.Section(
                [
                    dmc.Textarea(
                        id=ids.STRUCTURE_FILE,
                        label=words("structure.file"),
                        value="",
                        autosize=True,
                        minRows=12,
                        maxRows=24,
                        withAsterisk=True,
                        attributes={"input": {"maxLength": 40_000, "spellCheck": False}},
                    ),
                    dmc.TextInput(
                        id=ids.STRUCTURE_REASON, label=words("structure.reason"), value="", withAsterisk=True,
                        attributes={"input": {"autoComplete": "off", "maxLength": 500}},
                    ),
                    _buttons(words),
                    html.Div(id=ids.STRUCTURE_MESSAGE, role="status"),
                ],
                className="ek-panel ek-spaced",
                **SAVES,
            ),
        ],
        className="ek-page ek-spaced",
    )  # fmt: skip


def register_add(app: Dash, deps: Deps) -> None:
    """Wire the form's callback onto ``app``."""

    @app.callback(
        Output(ids.STRUCTURE_MESSAGE, "children"),
        Output(ids.STRUCTURE_FILE, "error"),
        Output(ids.STRUCTURE_REASON, "error"),
        Input(ids.STRUCTURE_LOOK, "n_clicks"),
        Input(ids.STRUCTURE_ADD, "n_clicks"),
        State(ids.STRUCTURE_FILE, "value"),
        State(ids.STRUCTURE_REASON, "value"),
        prevent_initial_call=True,
        running=[(Output(ids.STRUCTURE_ADD, "disabled"), True, False)],
    )
    @requires(Permission.ADMINISTER)
    def act(
        look: Number | None, add: Number | None, content: LongText | None, reason: Text | None
    ) -> tuple[object, ...]:
        if not (look or add):
            return no_update, no_update, no_update
        words = current_words()
        try:
            found = read_file(content or "")
            if ctx.triggered_id == ids.STRUCTURE_LOOK:
                looked = [part for code, raw in found.items() for part in told(checked(code, raw), words)]
                return [html.P(words("structure.looked")), *looked], None, None
            with deps.writing() as session:
                for code, raw in found.items():
                    add_structure(session, AddStructure(code, raw, reason or ""))
        except InvalidInput as wrong:
            errors = (
                words(f"problem.{wrong.problems[name]}") if name in wrong.problems else None
                for name in ("file", "reason")
            )
            return problem(words("structure.not_added"), words("line.not_added_hint")), *errors
        done = html.P(words("structure.added", codes=", ".join(found)), className="ek-done")
        return [done, html.A(words("structure.title"), href=PATH, className="ek-button", **STEP)], None, None
