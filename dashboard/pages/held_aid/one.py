"""One row of aid that is held: what was delivered, whom it may be for, what stands in the way, and what is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, pressed
from dashboard.components.detail_page import DetailIds, detail_layout, done, sentence
from dashboard.components.feedback import empty
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.household.given import HELD_PATH
from dashboard.household.searching import may_look_up, searched
from dashboard.i18n import current_words
from dashboard.pages.held_aid import ids, view
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Number, Text, whole_number
from queries import given_aid, households
from queries.households import Filters, Question
from registry.aid.settling import AcceptRow, Override, accept_row, refuse_row
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads, Writes
    from queries.households import WholeRecord
    from queries.row_types.given_aid import HeldOneRow, InTheWayRow
    from registry.errors import RegistryError
    from words import Words

PATH: Final = f"{HELD_PATH}/<row>"
_LONGEST: Final = 60
_IDS: Final = DetailIds(
    record=ids.ROW, loaded=ids.LOADED, done=ids.DONE, message=ids.MESSAGE, content=ids.CONTENT, trail="held-aid-row"
)


def layout(row: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    return detail_layout(_IDS, row, loading=current_words()("held_aid.loading"))


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    _reading(app, deps)
    _finding(app, deps)

    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.STEP, "step": ALL}, "n_clicks"),
        State({"type": ids.FIELD, "name": ALL}, "value"),
        State({"type": ids.FIELD, "name": ALL}, "id"),
        State(ids.ROW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.SETTLE_AID)
    def act(_clicks: Clicks, values: Fields, names: Names, row: Number | None) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None or row is None:
            return no_update, no_update
        step = str(asked["step"])
        given = {name["name"]: str(value or "") for name, value in zip(names, values, strict=True)}
        if step != "refuse" and given.get("person") == "":
            return no_update, html.P(words("held_aid.choose_first"), className="ek-refused", role="alert")
        return answered(
            deps,
            f"aid-row {row} {step}",
            lambda session: _settle(session, step, row, given),
            message=lambda _result: done(_after(step, words)),
            refused=lambda error: _refused(error, words),
        )


def _settle(session: Writes, step: str, row: int, given: dict[str, str]) -> dict[str, object]:
    """Do what was pressed; its result says only what that was."""
    if step == "refuse":
        refuse_row(session, row, reason=given.get("reason", ""))
        return {"step": step}
    override = None
    if step == "override":
        override = Override(
            reason=given.get("override", ""), words=given.get("words", ""), evidence_no=given.get("evidence", "")
        )
    person = whole_number(given["person"]) if given.get("person") else None
    accept_row(session, AcceptRow(row_id=row, reason=given.get("reason", ""), person_id=person, override=override))
    return {"step": step}


def _after(step: str, words: Words) -> list[Any]:
    return [words(f"held_aid.did_{step}"), " ", dcc.Link(words("held_aid.back"), href=HELD_PATH)]


def _refused(error: RegistryError, words: Words) -> Component:
    return html.P(sentence(error.key, error.values, words), className="ek-refused", role="alert")


def _reading(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(trail_of(_IDS.trail), "data"),
        Input(ids.ROW, "data"),
        Input(ids.DONE, "data"),
    )
    @requires(Permission.SETTLE_AID)
    def show(row: Number | None, _done: object) -> tuple[object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = given_aid.held_one(conn, row) if row is not None else None
            record = _home(conn, found)
            way = _in_the_way(conn, found, record, found["person_id"] if found else None)
        if found is None:
            return empty(words("held_aid.not_found"), words("error.not_found"), page=True), no_update
        deps.note_read("read", subject="aid_row", subject_id=row)
        trail = [{"label": words("nav.held_aid"), "href": HELD_PATH}, {"label": found["reference"]}]
        page = view.page(found, record, way, words, overrides=may(Permission.OVERRIDE_DOUBLE_AID))
        return page, trail

    @app.callback(
        Output(ids.IN_THE_WAY, "children"),
        Input(ids.field("person"), "value"),
        State(ids.ROW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.SETTLE_AID)
    def compare(person: Code | None, row: Number | None) -> object:
        if not person or row is None:
            return no_update
        words, number = current_words(), whole_number(person)
        with deps.reading() as conn:
            found = given_aid.held_one(conn, row)
            home = households.household_of(conn, number)
            way = given_aid.in_the_way(conn, row, home, number) if found and home is not None else []
        return view.in_the_way(way, words)


def _finding(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.PERSONS, "children"),
        Output(ids.FOUND, "children"),
        Input(ids.FIND, "n_clicks"),
        Input(ids.FIND_TEXT, "n_submit"),
        State(ids.FIND_TEXT, "value"),
        State(ids.ROW, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.SETTLE_AID)
    def find(
        clicks: Number | None, entered: Number | None, asked: Text | None, row: Number | None
    ) -> tuple[object, object]:
        words, question = current_words(), Question.parse((asked or "")[:_LONGEST])
        if not (clicks or entered) or row is None:
            return no_update, no_update
        if not question.number:
            return no_update, words("held_aid.find_number")
        if not may_look_up(deps, question):
            return no_update, html.Span(words("error.too_many_checks"), role="alert")
        with deps.reading() as conn:
            found = households.find(conn, question, Filters(), limit=2)
            record = households.whole_record(conn, found.rows[0]["household_id"]) if found.total == 1 else None
            held = given_aid.held_one(conn, row)
            head = record.members[0]["person_id"] if record is not None else None
            way = _in_the_way(conn, held, record, head)
        deps.note_read(
            "search",
            subject="search",
            facts=searched(question, Filters(), found.total, secret=deps.settings.secret_key),
        )
        if record is None or held is None:
            return no_update, words("held_aid.find_several" if found.total else "held_aid.find_none")
        return view.persons(held, record, head, way, words), words("held_aid.found", number=record.household["file_no"])


def _home(conn: Reads, found: HeldOneRow | None) -> WholeRecord | None:
    """The household that the row was taken for, where there is one that may be seen."""
    if found is None or found["household_id"] is None:
        return None
    return households.whole_record(conn, found["household_id"])


def _in_the_way(
    conn: Reads, found: HeldOneRow | None, record: WholeRecord | None, person: int | None
) -> list[InTheWayRow]:
    if found is None or record is None:
        return []
    return given_aid.in_the_way(conn, found["row_id"], record.household["household_id"], person)
