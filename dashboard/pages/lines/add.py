"""The page where published figures of the poverty line are added."""

from __future__ import annotations

from decimal import InvalidOperation
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html

from dashboard.components.days import beside_day
from dashboard.components.feedback import problem
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.lines import ids
from dashboard.pages.lines.forms import amount_of
from dashboard.pages.lines.texts import CHANGE_PATH, PATH, state_name
from dashboard.sent.kinds import Code, Codes, Fields, Names, Text
from queries import lines
from registry.errors import InvalidInput
from registry.households.typed_values import day_of
from registry.principals import Permission
from registry.status.lines import BASED, FIGURES, STRATA, AddLine, add_line

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

_PLAIN: Final = {
    ids.ADD_YEAR: "survey_year",
    ids.ADD_STATE: "state_code",
    ids.ADD_STRATA: "strata",
    ids.ADD_PUBLISHED: "published_on",
    ids.ADD_SOURCE: "source",
}


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("nav.lines"), "href": PATH}, {"label": words("line.add")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("lines-add"), data=trail),
            html.H1(words("line.add_title")),
            html.P(words("line.add_intro"), className="ek-lead"),
            html.Section(
                [
                    html.Div(_place(words), className="ek-lines-form"),
                    html.Div(_figures(words), className="ek-lines-form"),
                    dmc.CheckboxGroup(
                        [dmc.Checkbox(value=name, label=words(f"line.column_{name}"), my="xs") for name in BASED],
                        id=ids.ADD_DERIVED,
                        label=words("line.field_derived"),
                        description=words("line.field_derived_note"),
                        value=[],
                    ),
                    html.Button(words("line.add"), id=ids.ADD, type="button", className="ek-button ek-button-main"),
                    html.Div(id=ids.ADD_MESSAGE, role="status"),
                ],
                className="ek-panel ek-spaced",
                **SAVES,
            ),
        ],
        className="ek-page ek-spaced ek-lines",
    )


def _place(words: Words) -> list[Component]:
    return [
        _text(ids.ADD_YEAR, "line.field_survey_year", words, inputMode="numeric", maxLength=4),
        dmc.Select(
            id=ids.ADD_STATE,
            label=words("line.column_state"),
            data=[],
            searchable=True,
            placeholder=words("form.choose"),
            nothingFoundMessage=words("form.no_match"),
            withAsterisk=True,
        ),
        dmc.Select(
            id=ids.ADD_STRATA,
            label=words("line.column_strata"),
            data=[{"value": strata, "label": words(f"strata.{strata}")} for strata in STRATA],
            placeholder=words("form.choose"),
            withAsterisk=True,
        ),
        _text(
            ids.ADD_PUBLISHED, "line.field_published", words, beside=beside_day(words("line.field_published"), words)
        ),
        _text(ids.ADD_SOURCE, "line.field_source", words, placeholder=words("line.field_source_note")),
    ]


def _text(
    name: object, label: str, words: Words, *, beside: Mapping[str, Any] | None = None, **attributes: object
) -> Component:
    """A field that must be filled in; the browser offers nothing of its own for it."""
    field: Component = dmc.TextInput(
        id=name,
        label=words(label),
        value="",
        withAsterisk=True,
        attributes={"input": {"autoComplete": "off", **attributes}},
        **(beside or {}),
    )
    return field


def _figures(words: Words) -> list[Component]:
    return [
        _text(
            {"type": ids.ADD_FIGURE, "name": name},
            f"line.column_{name.removesuffix('_rm')}",
            words,
            inputMode="decimal",
        )
        for name in FIGURES
    ]


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    figure = {"type": ids.ADD_FIGURE, "name": ALL}

    @app.callback(Output(ids.ADD_STATE, "data"), Input(ids.ADD, "id"))
    @requires(Permission.ADMINISTER)
    def offer(_once: object) -> list[dict[str, str]]:
        words = current_words()
        with deps.reading() as conn:
            names = {row["state_code"]: row["state_name"] for row in lines.figures(conn)}
        codes = sorted(names, key=lambda code: (code != "MY", code))
        return [{"value": code, "label": state_name(code, names, words)} for code in codes]

    @app.callback(
        Output(ids.ADD_MESSAGE, "children"),
        *(Output(name, "error") for name in _PLAIN),
        Output(figure, "error"),
        Input(ids.ADD, "n_clicks"),
        *(State(name, "value") for name in _PLAIN),
        State(figure, "value"),
        State(figure, "id"),
        State(ids.ADD_DERIVED, "value"),
        prevent_initial_call=True,
        running=[(Output(ids.ADD, "disabled"), True, False)],
    )
    @requires(Permission.ADMINISTER)
    def add(  # noqa: PLR0917 - one for each field of the page
        _clicks: object,
        year: Text | None,
        state: Code | None,
        strata: Code | None,
        published: Text | None,
        source: Text | None,
        figures: Fields,
        names: Names,
        derived: Codes | None,
    ) -> tuple[object, ...]:
        words = current_words()
        amounts = {each["name"]: _amount(value) for each, value in zip(names, figures, strict=True)}
        given: dict[str, Any] = {name: amounts.get(name) for name in FIGURES}
        given |= {f"{name}_basis": "derived" if name in (derived or ()) else "published" for name in BASED}
        command = AddLine(
            survey_year=int(year) if year and year.strip().isdecimal() and len(year.strip()) <= 4 else None,  # noqa: PLR2004
            state_code=state or "",
            strata=strata or "",
            published_on=day_of(published),
            source=source or "",
            **given,
        )
        try:
            with deps.writing() as session:
                add_line(session, command)
        except InvalidInput as wrong:
            message = problem(words("line.not_added"), words("line.not_added_hint"))
            return (
                message,
                *_errors(list(_PLAIN.values()), wrong, words),
                _errors([e["name"] for e in names], wrong, words),
            )
        return _added(command, words), *[None] * len(_PLAIN), [None] * len(names)


def _amount(typed: object) -> Decimal | None:
    try:
        return amount_of(typed)
    except InvalidOperation:
        return None


def _errors(fields: list[str], wrong: InvalidInput, words: Words) -> list[str | None]:
    return [words(f"problem.{wrong.problems[name]}") if name in wrong.problems else None for name in fields]


def _added(command: AddLine, words: Words) -> Component:
    """What was added, and the way to put it into force."""
    year = str(command.survey_year)
    return html.Div(
        [
            html.P(words("line.added", year=year), className="ek-done"),
            html.Div(
                [
                    dcc.Link(words("line.see_year", year=year), href=f"{PATH}?tahun={year}", className="ek-button"),
                    dcc.Link(words("line.to_change"), href=CHANGE_PATH, className="ek-button"),
                ],
                className="ek-actions",
            ),
        ]
    )
