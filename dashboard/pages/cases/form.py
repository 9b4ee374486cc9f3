"""The registration form on screen: hands it to the browser, saves it as it is filled in, and sends it in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ClientsideFunction, Dash, Input, Output, dcc, html, no_update

from dashboard.components.detail_page import number_in
from dashboard.components.feedback import skeleton
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.household import texts
from dashboard.i18n import current_words
from dashboard.pages.cases import blank, ids
from dashboard.pages.cases.form_answers import Sent, answer, hints_of, remarks_on
from dashboard.pages.cases.queue import PATH as QUEUE_PATH
from dashboard.pages.cases.shape import described, form_of
from dashboard.sent.kinds import Nested, Number, View
from queries import cases, households
from registry.cases.cases import EDITABLE
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from words import Words

PATH: Final = "/kes/<case_id>/borang"
_DEVICE_WORDS: Final = (
    "saved", "saving", "kept", "restored", "closed", "steps", "previous", "next", "add_member", "remove_member",
    "add_aid", "remove_aid", "member", "head", "aid", "choose", "required", "date_hint", "use", "review", "submit",
    "review_note", "no_problems", "problems", "back_to_case", "conflict", "conflict_note", "mine", "theirs",
    "keep_mine", "take_theirs", "removed", "head_note", "question", "empty", "reporter_note", "saved_fields", "answers",
    "change", "back_to_review", "outlook", "outlook_unknown", "outlook_waits", "not_ready", "not_ready_note",
    "submit_unready", "unsaid", "not_asked", "income_note",
)  # fmt: skip


def layout(case_id: Any = None, **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    stores = (
        ids.FORM_SHAPE, ids.FORM_SENT, ids.FORM_ANSWER, ids.FORM_DRAWN, ids.FORM_HEARD, ids.FORM_MUKIM_ASKED,
        ids.FORM_MUKIMS, ids.FORM_MUKIMS_HEARD,
    )  # fmt: skip
    return html.Div(
        [
            dcc.Store(id=ids.FORM_CASE, data=number_in(case_id)),
            *(dcc.Store(id=name) for name in stores),
            dcc.Store(id=trail_of("cases-draft"), data=[]),
            html.Div(skeleton(words("case.loading"), block=True), id=ids.FORM_LOADED),
            html.Div(id=ids.FORM_HOST, className="ek-drawn", **SAVES),
        ],
        className="ek-page ek-cases",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks, and the blank form on paper, onto ``app``."""
    blank.register(app, deps)
    for name, source, target in (
        ("draw", ids.FORM_SHAPE, ids.FORM_DRAWN),
        ("hear", ids.FORM_ANSWER, ids.FORM_HEARD),
        ("hearMukims", ids.FORM_MUKIMS, ids.FORM_MUKIMS_HEARD),
    ):
        app.clientside_callback(
            ClientsideFunction("ekasih_case_form", name), Output(target, "data"), Input(source, "data")
        )

    @app.callback(
        Output(ids.FORM_SHAPE, "data"),
        Output(ids.FORM_LOADED, "children"),
        Output(trail_of("cases-draft"), "data"),
        Input(ids.FORM_CASE, "data"),
    )
    @requires(Permission.REGISTER)
    def give_form(case_id: Number | None) -> tuple[object, object, object]:
        words = current_words()
        shape = _shape(deps, case_id, words) if case_id is not None else None
        if shape is None:
            return None, html.P(words("case.not_found")), no_update
        deps.note_read("read", subject="case", subject_id=case_id)
        trail = [
            {"label": words("nav.cases"), "href": QUEUE_PATH},
            {"label": shape["number"], "href": f"{QUEUE_PATH}/{case_id}"},
            {"label": words("case.form")},
        ]
        return shape, None, trail

    @app.callback(Output(ids.FORM_ANSWER, "data"), Input(ids.FORM_SENT, "data"), prevent_initial_call=True)
    @requires(Permission.REGISTER)
    def save(sent: Nested | None) -> object:
        read = Sent.read(sent)
        return no_update if read is None else answer(deps, read)

    @app.callback(Output(ids.FORM_MUKIMS, "data"), Input(ids.FORM_MUKIM_ASKED, "data"), prevent_initial_call=True)
    @requires(Permission.REGISTER)
    def give_mukims(asked: View | None) -> object:
        district = str((asked or {}).get("district") or "")
        with deps.reading() as conn:
            return {"district": district, "options": mukim_options(conn, district)}


def mukim_options(conn: Reads, district: str) -> list[dict[str, str]]:
    """The mukim of a district, as answers."""
    found = households.mukims(conn, district) if district else []
    return [{"value": row["code"], "label": row["name"]} for row in found if not row["code"].endswith("00")]


def _shape(deps: Deps, case_id: int, words: Words) -> dict[str, object] | None:
    """All that the browser needs to draw the form, also without a connection later on."""
    with deps.reading() as conn:
        found = cases.whole_case(conn, case_id)
        if found is None:
            return None
        case = found.case
        district = str(case["draft"].get("lokasi", {}).get("district_code") or case["district_code"])
        offered = [
            {"value": row["code"], "label": f"{row['name']}, {row['state_name']}"} for row in households.districts(conn)
        ]
        mukims = mukim_options(conn, district)
        unnamed = case["channel"] == "representative" and not case["reporter_name"]
        remarks = remarks_on(conn, case["draft"], words, lacks_reporter=unnamed)
    remarks["hints"] = hints_of(deps, case["draft"], case_id, words)
    return {
        "case": case_id,
        "user": deps.person().user_id,
        "number": case["number"],
        "version": case["version"],
        "editable": case["state"] in EDITABLE,
        "submits": any(step["action"] == "submit" for step in found.allowed),
        "form": form_of(case),
        "parts": described(words),
        "districts": offered,
        "mukims": {"district": district, "options": mukims},
        "words": {name: words(f"case_form.{name}") for name in _DEVICE_WORDS},
        "said": remarks,
        "today": texts.today().isoformat(),
    }
