"""The form that opens a project at the office's counter, or from a household's record or application."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered
from dashboard.components.detail_page import done, number_in
from dashboard.components.feedback import skeleton
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.projects import ids, persons
from dashboard.pages.projects.parts import NEW_PATH, PATH, address, named, refused, rm
from dashboard.sent.kinds import Code, Fields, Names, Number
from queries import projects
from registry.aid.lines import read_money
from registry.errors import InvalidInput
from registry.principals import Permission
from registry.projects.models import DOCUMENTS
from registry.projects.projects import OpenProject, Person, Place, open_project

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from words import Words

__all__ = ["NEW_PATH", "layout", "register"]
_MOST_HOUSEHOLDS: Final = 60
_LONGEST: Final = 4_000


def layout(fail: str = "", permohonan: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database. ``fail`` and ``permohonan`` are where one comes from."""
    words = current_words()
    trail = [{"label": words("nav.projects"), "href": PATH}, {"label": words("project.new")}]
    return html.Div(
        [
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            dcc.Store(id=ids.LED, data={"file": str(fail)[:40], "application": str(permohonan)[:40]}),
            dcc.Store(id=trail_of("projects-new"), data=trail),
            html.H1(words("project.new")),
            html.P(words("project.new_lead"), className="ek-lead"),
            html.Div(skeleton(words("project.loading"), lines=6), id=ids.FORM),
            html.Div(id=ids.NEW_MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.FORM, "children"), Input(ids.LED, "data"))
    @requires(Permission.OPEN_PROJECTS)
    def show_form(led: dict[Code, Code] | None) -> Component:
        with deps.reading() as conn:
            return _form(conn, led or {}, current_words())

    @app.callback(
        Output(ids.FORM, "hidden"),
        Output(ids.NEW_MESSAGE, "children"),
        Input(ids.OPEN, "n_clicks"),
        State({"type": ids.NEW_TYPE, "name": ALL}, "value"),
        State({"type": ids.NEW_TYPE, "name": ALL}, "id"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.OPEN, "disabled"), True, False)],
    )
    @requires(Permission.OPEN_PROJECTS)
    def open_one(clicks: Number | None, values: Fields, names: Names, key: Code | None) -> tuple[object, object]:
        words = current_words()
        if not clicks:
            return no_update, no_update
        given = {name["name"]: value for name, value in zip(names, values, strict=True)}
        try:
            with deps.reading() as conn:
                command = _command(conn, given)
        except InvalidInput as error:
            return no_update, refused(error, words)

        def message(result: dict[str, Any]) -> Component:
            number = str(result["number"])
            link = dcc.Link(words("project.go_on"), href=address(number), className="ek-button ek-button-main")
            return done([words("project.opened_one", number=number), " ", link])

        hidden, said = answered(
            deps,
            f"project-open {key}",
            lambda session: {"number": open_project(session, command)},
            message=message,
            refused=lambda error: refused(error, words),
        )
        return (True if isinstance(hidden, dict) else no_update), said


def _form(conn: Reads, led: dict[str, str], words: Words) -> Component:
    types = [row for row in projects.types(conn) if row["active"]]
    paid_from = projects.programmes(conn)
    if not paid_from:
        return html.P(words("project.no_programmes"), className="ek-refused")
    ceilings = "; ".join(
        f"{named(row, 'name', words)} {rm(row['ceiling_rm'])}" for row in types if row["ceiling_rm"] is not None
    )
    choices = {
        "type": [{"value": row["code"], "label": named(row, "name", words)} for row in types],
        "programme": [{"value": row["code"], "label": named(row, "name", words)} for row in paid_from],
    }
    selects = [
        dmc.Select(
            id=ids.new(name), label=words(f"project.{name}"), data=data, withAsterisk=True, searchable=True,
            placeholder=words("form.choose"), nothingFoundMessage=words("form.no_match"),
            value=data[0]["value"] if name == "programme" and len(data) == 1 else None,
        )
        for name, data in choices.items()
    ]  # fmt: skip
    texts = [
        _text("title", words, asks=True),
        _text("households", words, value=led.get("file", ""), hint=words("project.households_hint")),
        _text("estimate_rm", words, asks=True, hint=words("project.ceilings", ceilings=ceilings) if ceilings else ""),
        _text("application_no", words, value=led.get("application", "")),
        _text("minutes_no", words, hint=words("project.minutes_hint")),
    ]
    button = dmc.Button(words("project.open"), id=ids.OPEN)
    fields = [*selects, *texts, persons.new_fields(words), *_papers_and_place(words), button]
    return html.Div(fields, className="ek-column-form", **SAVES)


def _papers_and_place(words: Words) -> list[Component]:
    papers = dmc.MultiSelect(
        id=ids.new("documents"),
        label=words("project.documents"),
        data=[{"value": name, "label": words(f"project.document_{name}")} for name in DOCUMENTS],
        value=[],
        placeholder=words("form.choose"),
        nothingFoundMessage=words("form.no_match"),
    )
    place = html.Details(
        [
            html.Summary(words("project.place")),
            html.P(words("project.place_hint"), className="ek-footnote"),
            *(_text(name, words) for name in ("latitude", "longitude", "accuracy")),
            dmc.Textarea(
                id=ids.new("polygon"), label=words("project.polygon"), description=words("project.polygon_hint"),
                value="", autosize=True, minRows=2, maxRows=6,
            ),
        ]
    )  # fmt: skip
    return [papers, place]


def _text(name: str, words: Words, *, value: str = "", hint: str = "", asks: bool = False) -> Component:
    label = words(f"project.field_{name}") if words.has(f"project.field_{name}") else words(f"project.{name}")
    field: Component = dmc.TextInput(
        id=ids.new(name), label=label, value=value, description=hint or None, withAsterisk=asks
    )
    return field


def _command(conn: Reads, given: dict[str, Any]) -> OpenProject:
    """What the form asks for; households by their file numbers.

    Raises:
        InvalidInput: an amount, a place or a file number cannot be read.

    """
    text = {name: str(value or "").strip()[:_LONGEST] for name, value in given.items() if not isinstance(value, list)}
    amount = read_money(text.get("estimate_rm"))
    numbers = [one.strip() for one in text.get("households", "").replace(";", ",").split(",")[:_MOST_HOUSEHOLDS]]
    homes = [projects.household_of_file(conn, number) for number in numbers if number]
    problems = {"estimate_rm": "money"} if amount is None else {}
    problems |= {"households": "choice"} if None in homes else {}
    problems |= {name: "required" for name in ("type", "programme", "title") if not text.get(name)}
    place = _place(text)
    if problems:
        raise InvalidInput(problems)
    chosen = given.get("documents")
    return OpenProject(
        type_code=text["type"],
        programme=text["programme"],
        title=text["title"],
        estimate_rm=amount,
        households=tuple(home["household_id"] for home in homes if home),
        documents=tuple(str(one) for one in chosen) if isinstance(chosen, list) else (),
        minutes_no=text.get("minutes_no", ""),
        application_no=text.get("application_no", ""),
        place=place,
        person=_person(text),
    )


def _person(text: dict[str, str]) -> Person | None:
    """Who is not in the register; ``None`` where nobody was named."""
    name, address = (text.get(one, "") for one in ("person_name", "person_address"))
    return Person(name=name, address=address) if name or address else None


def _place(text: dict[str, str]) -> Place | None:
    """The place that was typed; ``None`` where none was, and the household's own is taken.

    Raises:
        InvalidInput: half of one, or no numbers.

    """
    if text.get("polygon"):
        return Place(polygon=text["polygon"], method="peta")
    if not text.get("latitude") and not text.get("longitude"):
        return None
    try:
        latitude, longitude = (float(text.get(name, "").replace(",", ".")) for name in ("latitude", "longitude"))
    except ValueError:
        raise InvalidInput({"place": "invalid"}) from None
    accuracy = number_in(text.get("accuracy"))
    method = "gps" if accuracy is not None else "ditaip"
    return Place(latitude=latitude, longitude=longitude, method=method, accuracy_m=accuracy)
