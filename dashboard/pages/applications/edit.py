"""Changes a draft: the form as it was filled in, and both versions where somebody else changed it meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, pressed
from dashboard.components.detail_page import done
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.tables import ruled
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.applications import fields, ids
from dashboard.pages.applications.parts import PATH, address, known_number, refused
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Seen
from queries import applications, households
from registry.applications.applications import EditApplication, edit_application
from registry.errors import InvalidInput, StaleRecord
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from queries.row_types.applications import ApplicationRow
    from words import Words

EDIT_PATH: Final = f"{PATH}/<number>/ubah"


def layout(number: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    known = known_number(number)
    trail: list[dict[str, str]] = [{"label": words("nav.applications"), "href": PATH}]
    trail += [{"label": known, "href": address(known)}] if known else []
    return html.Div(
        [
            dcc.Store(id=ids.EDIT_NUMBER, data=known),
            dcc.Store(id=ids.EDIT_SEEN),
            dcc.Store(id=ids.EDIT_NEWER),
            dcc.Store(id=trail_of("applications-edit"), data=[*trail, {"label": words("application.edit")}]),
            html.H1(words("application.edit")),
            html.Div(skeleton(words("application.loading"), lines=6), id=ids.EDIT_FORM),
            html.Div(id=ids.EDIT_MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.EDIT_FORM, "children"), Output(ids.EDIT_SEEN, "data"), Input(ids.EDIT_NUMBER, "data"))
    @requires(Permission.APPLY_AID)
    def show(number: Code | None) -> tuple[object, object]:
        words = current_words()
        with deps.reading() as conn:
            row = _draft(conn, number)
            form = _form(conn, row, words) if row else _no_draft(number, words)
        deps.note_read("read", subject="aid_application", facts={"number": number, "found": row is not None})
        return form, {"version": row["version"]} if row else None

    @app.callback(
        Output(ids.EDIT_NEWER, "data"),
        Output(ids.EDIT_MESSAGE, "children"),
        Input({"type": ids.KEEP_TYPE, "name": ALL}, "n_clicks"),
        State({"type": ids.FIELD_TYPE, "name": ALL}, "value"),
        State({"type": ids.FIELD_TYPE, "name": ALL}, "id"),
        State(ids.EDIT_NUMBER, "data"),
        State(ids.EDIT_SEEN, "data"),
        State(ids.EDIT_NEWER, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.APPLY_AID)
    def keep(
        _clicks: Clicks, values: Fields, names: Names, number: Code | None, seen: Seen | None, newer: Seen | None
    ) -> tuple[object, object]:
        words = current_words()
        if pressed() is None or not number or not seen:
            return no_update, no_update
        given = {name["name"]: value for name, value in zip(names, values, strict=True)}
        version = newer.version if newer else seen.version
        try:
            command = EditApplication(number=number, version=version, **fields.asked(given))
        except InvalidInput as error:
            return no_update, refused(error, words)
        stale: list[dict[str, int]] = []

        def not_kept(error: Any) -> Component:
            if not isinstance(error, StaleRecord):
                return refused(error, words)
            with deps.reading() as conn:
                row = _draft(conn, number)
                stale.extend([{"version": row["version"]}] if row else [])
                return _both(conn, row, given, words) if row else refused(error, words)

        kept, said = answered(
            deps,
            f"application-edit {number} {version}",
            lambda session: {"version": edit_application(session, command)},
            message=lambda _result: done([words("application.edited"), " ", _back(number, words)]),
            refused=not_kept,
        )
        return stale[0] if stale else kept, said


def _draft(conn: Reads, number: str | None) -> ApplicationRow | None:
    row = applications.application(conn, number) if number else None
    return row if row and row["state"] == "draf" else None


def _no_draft(number: str | None, words: Words) -> Component:
    action = _back(number, words) if number else None
    return empty(words("application.no_draft"), words("application.no_draft_note"), action=action)


def _back(number: str, words: Words) -> Component:
    return dcc.Link(words("application.go_on"), href=address(number), className="ek-button")


def _people(conn: Reads, row: ApplicationRow) -> list[dict[str, str]]:
    household = row["household_id"]
    members = households.members(conn, household) if household is not None else []
    return [{"value": str(one["person_id"]), "label": f"{one['name']} ({one['relationship']})"} for one in members]


def _form(conn: Reads, row: ApplicationRow, words: Words) -> Component:
    known, kinds = fields.known_of(row), applications.open_kinds(conn)
    about = html.P([html.Strong(row["for_name"]), " · ", row["number"], " · ", row["district_name"]])
    button = html.Button(
        words("application.keep"), id={"type": ids.KEEP_TYPE, "name": "keep"}, className="ek-button ek-button-main",
        n_clicks=0,
    )  # fmt: skip
    return html.Div(
        [about, *fields.what(kinds, _people(conn, row), known, words), *fields.who(known, words), button],
        className="ek-column-form",
        **SAVES,
    )


def _both(conn: Reads, row: ApplicationRow, given: Mapping[str, Any], words: Words) -> Component:
    """What somebody else has kept meanwhile beside what is typed here; another press keeps the latter."""
    kinds, people, theirs = applications.open_kinds(conn), _people(conn, row), fields.known_of(row)
    mine = {name: " ".join(str(given.get(name) or "").split()) for name in fields.NAMES if name in given}
    who = next((step["actor_name"] or step["actor"] for step in applications.steps(conn, row["number"])), "")

    def read(name: str, value: str) -> str:
        return fields.shown(name, value, kinds, people, words)

    rows = [
        [fields.label_of(name, words), read(name, theirs[name]), read(name, value)]
        for name, value in mine.items()
        if theirs[name] != value
    ]
    head = [words(f"application.{name}") for name in ("edit_field", "edit_theirs", "edit_mine")]
    parts: list[Any] = [html.P(words("application.edit_stale", name=who))]
    parts += [ruled(head, rows, label=words("application.edit_both"), named=True)] if rows else []
    return html.Div(parts, className="ek-problems is-stale", role="alert")
