"""The page of one identity card: its print, and its end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, pressed
from dashboard.components.detail_page import DetailIds, detail_layout, done
from dashboard.components.feedback import empty
from dashboard.components.forms import SAVES
from dashboard.components.tables import facts
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.limits import DOWNLOADS, limited
from dashboard.pages.cards import ids
from dashboard.pages.cards.lists import PATH as LISTS_PATH
from dashboard.pages.cards.parts import (
    card_state,
    link,
    printable,
    printed,
    reason_field,
    refused,
    step_button,
)
from dashboard.sent.kinds import Clicks, Number, Seen, Text
from layers import numbers
from queries import accounts, cards
from registry.cards.cards import ReplaceCard, WithdrawCard, replace_card, withdraw_card
from registry.mykad import masked
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.cards import CardRow
    from words import Words

PATH: Final = "/kad/<card>"
_IDS: Final = DetailIds(
    record=ids.CARD,
    loaded=ids.CARD_LOADED,
    done=ids.CARD_DONE,
    message=ids.CARD_MESSAGE,
    content=ids.CARD_CONTENT,
    trail="cards-one",
)


def layout(card: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    file = dcc.Download(id=ids.CARD_FILE)
    return detail_layout(_IDS, card, loading=current_words()("card.loading"), extra=[file])


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.CARD_CONTENT, "children"),
        Output(ids.CARD_LOADED, "data"),
        Output(trail_of(_IDS.trail), "data"),
        Input(ids.CARD, "data"),
        Input(ids.CARD_DONE, "data"),
    )
    @requires(Permission.ISSUE_CARDS)
    def show(card: Number | None, _done: object) -> tuple[object, object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = cards.card(conn, card) if card is not None else None
        if found is None:
            return empty(words("card.no_card_found"), words("error.not_found"), page=True), None, no_update
        deps.note_read("read", subject="card", subject_id=card)
        trail = [{"label": words("nav.cards"), "href": LISTS_PATH}, {"label": found["number"]}]
        return _page(found, words), {"version": found["version"]}, trail

    @app.callback(
        Output(ids.CARD_DONE, "data"),
        Output(ids.CARD_MESSAGE, "children"),
        Input({"type": ids.CARD_STEP, "step": ALL}, "n_clicks"),
        State({"type": ids.CARD_REASON, "step": ALL}, "value"),
        State(ids.CARD, "data"),
        State(ids.CARD_LOADED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.ISSUE_CARDS)
    def end(
        _clicks: Clicks, reasons: list[Text | None], card: Number | None, loaded: Seen | None
    ) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None or card is None or not loaded:
            return no_update, no_update
        reason = next((text or "" for text in reasons), "")
        step, version = str(asked["step"]), loaded.version
        return answered(
            deps,
            f"card-end {card} {version} {step}",
            lambda session: _end(session, step, card, version, reason),
            message=lambda result: done(_message(result, words)),
            refused=lambda error: refused(error, words),
        )

    @app.callback(
        Output(ids.CARD_FILE, "data"),
        Input({"type": ids.CARD_PRINT, "step": ALL}, "n_clicks"),
        State(ids.CARD, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.ISSUE_CARDS)
    @limited(DOWNLOADS)
    def print_card(_clicks: Clicks, card: Number | None) -> object:
        if pressed() is None or card is None:
            return no_update
        with deps.reading() as conn:
            found = cards.card(conn, card)
            sample = accounts.register_state(conn).sample
        usable = printable([found]) if found else []
        return printed(deps, usable, current_words(), sample=sample) if usable else no_update


def _end(session: Writes, step: str, card: int, version: int, reason: str) -> dict[str, object]:
    if step == "replace":
        new = replace_card(session, ReplaceCard(card_id=card, version=version, reason=reason))
        return {"new": new.id, "number": new.number}
    withdraw_card(session, WithdrawCard(card_id=card, version=version, reason=reason))
    return {"new": None}


def _message(result: Mapping[str, Any], words: Words) -> list[object]:
    if result["new"] is None:
        return [words("card.did_withdraw")]
    return [words("card.did_replace"), " ", link(result["number"], f"/kad/{result['new']}")]


def _page(found: CardRow, words: Words) -> Component:
    home = found["household_id"]
    entries: list[tuple[str, object]] = [
        (words("card.name"), link(found["head_name"] or "", f"/isi-rumah/{home}") if home else words("card.gone")),
        (words("card.id_no"), masked(found["id_no"], kind=found["id_kind"]) or numbers.MISSING),
        (words("card.file_no"), found["file_no"] or numbers.MISSING),
        (words("card.district"), f"{found['district_name']}, {found['state_name']}"),
        (words("card.issued_on"), numbers.day(found["issued_on"])),
        (words("card.valid_until"), numbers.day(found["valid_until"])),
        (words("card.printed_at"), numbers.moment(found["printed_at"])),
    ]
    if found["ended_at"]:
        entries.append((words("card.ended_at"), numbers.moment(found["ended_at"])))
    if found["ended_reason"]:
        entries.append((words("card.reason"), found["ended_reason"]))
    if found["request_number"]:
        where = f"/kad/permohonan/{found['request_id']}"
        entries.append((words("card.request"), link(found["request_number"], where)))
    parts: list[Component] = [
        html.H1([words("card.card_title", number=found["number"]), " ", card_state(found, words)]),
        facts(entries),
    ]
    if printable([found]):
        button = step_button(ids.CARD_PRINT, "print", words, main=True)
        parts.append(html.Div([button, html.P(words("card.print_note"), className="ek-footnote")]))
    return html.Article([*parts, _steps(found, words)])


def _steps(found: CardRow, words: Words) -> Component:
    if found["state"] != "valid":
        return html.Div()
    steps = ["replace", "withdraw"] if found["household_id"] else ["withdraw"]
    buttons = [step_button(ids.CARD_STEP, step, words) for step in steps]
    reason = reason_field({"type": ids.CARD_REASON, "step": "end"}, words)
    return html.Div([reason, html.Div(buttons, className="ek-actions")], className="ek-column-form", **SAVES)
