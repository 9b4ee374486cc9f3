"""The page of one ticket: what was asked, its times, the thread, records, pictures, and the steps of the own side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import MATCH, Dash, Input, Output, dcc, html, no_update

from dashboard.components.detail_page import done, fact_list
from dashboard.components.feedback import empty, skeleton
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.support import ids, pictures, steps
from dashboard.pages.support.parts import (
    PATH,
    address,
    card,
    known_number,
    priority_text,
    refused,
    state_tag,
    time_text,
)
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Seen
from dashboard.stepping import Stepping, stepped
from layers import numbers
from queries import articles, support
from registry.principals import Permission
from registry.support.article import draft_article
from registry.support.models import OPEN_STATES
from registry.support.tickets import StepTicket, link_ticket, note_ticket, rate_ticket, set_article, step_ticket

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.support import TicketRow
    from queries.support import WholeTicket
    from words import Words

ONE_PATH: Final = f"{PATH}/<number>"
_BESIDE: Final = frozenset({"nota", "puas", "pautkan", "artikel", "jadi_artikel"})
"""What is done beside the steps: it moves the ticket nowhere."""


def layout(number: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.NUMBER, data=known_number(number)),
            dcc.Store(id=ids.LOADED),
            dcc.Store(id=ids.TAKEN),
            dcc.Store(id=trail_of("support-one"), data=[]),
            html.Div(id=ids.MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("support.loading"), block=True, lines=6), id=ids.CONTENT),
            pictures.place(known_number(number) or "", words),
        ],
        className="ek-page ek-households ek-cases",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    pictures.register(app, deps)

    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.LOADED, "data"),
        Output(trail_of("support-one"), "data"),
        Output(ids.PICTURES, "hidden"),
        Input(ids.NUMBER, "data"),
        Input(ids.TAKEN, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(number: Code | None, _taken: object) -> tuple[object, ...]:
        words = current_words()
        with deps.reading() as conn:
            found = support.whole(conn, number, language=words.language) if number else None
        deps.note_read("read", subject="ticket", facts={"number": number, "found": found is not None})
        trail = [{"label": words("nav.support"), "href": PATH}, {"label": number or ""}]
        if found is None:
            return _not_found(words), None, trail, True
        ticket = found.ticket
        return page_of(found, words), {"version": ticket["version"]}, trail, ticket["state"] not in OPEN_STATES

    _acting(app, deps)


def _acting(app: Dash, deps: Deps) -> None:
    @app.callback(*ids.STEPS.wires(), prevent_initial_call=True)
    @requires(Permission.READ_AGGREGATES)
    def take(
        _clicks: Clicks, values: Fields, names: Names, number: Code | None, loaded: Seen | None
    ) -> tuple[object, object]:
        return stepped(deps, _stepping(number or "", current_words()), number, loaded, values=values, names=names)

    @app.callback(
        Output({"type": ids.ANSWER_TYPE, "action": MATCH, "name": "words"}, "value"),
        Input({"type": ids.TEMPLATE_TYPE, "action": MATCH}, "value"),
        prevent_initial_call=True,
    )
    @requires(Permission.HANDLE_SUPPORT)
    def fill(chosen: Code | None) -> object:
        words = current_words()
        with deps.reading() as conn:
            if chosen and chosen.startswith(steps.ARTICLE):
                return steps.article_answer(articles.one(conn, chosen.removeprefix(steps.ARTICLE)), words) or no_update
            texts = {row["code"]: (row["words_ms"], row["words_en"]) for row in support.templates(conn)}
        return texts[chosen][words.language != "ms"] if chosen in texts else no_update


def _stepping(number: str, words: Words) -> Stepping[tuple[int, str, dict[str, Any]]]:
    def message(action: str, result: dict[str, Any]) -> Component:
        if action in _BESIDE:
            return done(words(f"support.done_{action}"))
        state = words(f"support.state_{result['state']}")
        return done(words("support.taken", step=words(f"support.did_{action}"), state=state))

    return Stepping(
        kind="ticket",
        command=lambda version, action, given: (version, action, given),
        take=lambda session, asked: _take(session, number, *asked),
        message=message,
        refused=lambda error: refused(error, words),
    )


def _take(session: Writes, number: str, version: int, action: str, given: dict[str, Any]) -> dict[str, object]:
    """Take a step, or do what is done beside the steps."""
    said = str(given.get("words") or "")[: steps.LONGEST]

    def field(name: str) -> str:
        return str(given.get(name) or "")

    if action == "nota":
        return {"note": note_ticket(session, number, said)}
    if action == "pautkan":
        return {"link": link_ticket(session, number, field("kind"), field("record"))}
    if action == "jadi_artikel":
        return {"slug": draft_article(session, number)}
    if action == "artikel":
        set_article(session, number, field("slug"))
        return {}
    if action == "puas":
        rate_ticket(session, number, int(field("rating")) if field("rating") in set("12345") else 0)
        return {}
    detail = {name: field(name) for name in ("to", "priority", "into") if field(name)}
    command = StepTicket(number=number, version=version, action=action, words=said, detail=detail)
    return {"state": step_ticket(session, command)}


def page_of(found: WholeTicket, words: Words) -> Component:
    """The whole page as one side reads it."""
    ticket = found.ticket
    main = [card(words("support.thread"), steps.thread(found.steps, words))]
    if ticket["handles"]:
        main.append(card(words("support.notes"), steps.notes(found.notes, words)))
    main.append(card(words("support.links"), pictures.links(found, words)))
    shown = pictures.listed(found, words)
    if shown is not None:
        main.append(card(words("support.pictures_here"), shown))
    aside = [
        card(words("application.steps_now"), steps.offered(found, words)),
        card(words("support.times"), _times(found, words)),
    ]
    return html.Article(
        [
            _header(ticket, words),
            html.Div(
                [html.Div(main, className="ek-record-main"), html.Div(aside, className="ek-record-aside")],
                className="ek-record-body",
            ),
        ]
    )


def _header(row: TicketRow, words: Words) -> Component:
    facts = [
        words(f"support.kind_{row['kind']}"),
        priority_text(row["priority"], words),
        row["place_name"],
        words("support.level", level=words(f"support.level_{row['level']}")),
        words(
            "support.opened_by", who=row["opener_name"] or words("support.public"), day=numbers.moment(row["opened_at"])
        ),
        words("support.handled_by", who=row["handler_name"] or words("support.nobody")),
    ]
    contact = [row["reference"], row["contact_name"], row["contact_phone"], row["contact_email"]]
    if any(contact):
        facts.append(words("support.contact", how=" · ".join(one for one in contact if one)))
    return html.Header(
        [
            html.P(
                [
                    html.Span(row["number"]),
                    " ",
                    *state_tag(row["state"], words, late=row["late"], exposure=row["exposure"]),
                ]
            ),
            html.H1(row["subject"]),
            html.P(" · ".join(facts), className="ek-footnote"),
            html.Div(_ways(row, words), className="ek-case-ways"),
        ],
        className="ek-case-header",
    )


def _ways(row: TicketRow, words: Words) -> list[Component]:
    """Where a ticket leads: the page it is about, the article made of it, the ticket it was merged into."""
    links: list[Component] = []
    if row["page"]:
        links.append(dcc.Link(words("support.to_page", page=row["page"]), href=row["page"], className="ek-button"))
    if row["article_slug"] and row["handles"]:
        to = f"/ilmu/{row['article_slug']}"
        links.append(dcc.Link(words("support.to_article"), href=to, className="ek-button"))
    if row["merged_no"]:
        links.append(
            dcc.Link(
                words("support.to_merged", number=row["merged_no"]),
                href=address(row["merged_no"]),
                className="ek-button",
            )
        )
    return links


def _times(found: WholeTicket, words: Words) -> Component:
    row = found.ticket
    pairs: list[tuple[str, Any]] = [
        (words("support.answer_due"), time_text(row["answer_due_at"], words, wound=row["wound"])),
        (words("support.solve_due"), time_text(row["solve_due_at"], words, wound=row["wound"])),
    ]
    for name, at, kept in (
        ("answered_at", row["first_answer_at"], row["answered_in_time"]),
        ("solved", row["solved_at"], row["solved_in_time"]),
    ):
        if at is not None:
            judged = "" if kept is None else f" · {words('support.in_time' if kept else 'support.not_in_time')}"
            pairs.append((words(f"support.{name}"), f"{numbers.moment(at)}{judged}"))
    if row["closed_at"] is not None:
        pairs.append((words("support.closed_at"), numbers.moment(row["closed_at"])))
    if row["satisfaction"] is not None:
        pairs.append((words("support.satisfaction"), words(f"support.rating_{row['satisfaction']}")))
    told = [
        html.Li(
            words(
                "support.told",
                who=words(f"support.told_{one['told']}"),
                percent=one["percent"],
                measure=words(f"support.measure_{one['measure']}"),
                day=numbers.moment(one["reached_at"]),
            )
        )
        for one in found.told
    ]
    listed = [html.H3(words("support.escalations")), html.Ul(told)] if told else []
    return html.Div([fact_list(pairs), html.P(words("support.times_note"), className="ek-footnote"), *listed])


def _not_found(words: Words) -> Component:
    link = dcc.Link(words("support.to_list"), href=PATH, className="ek-button")
    return empty(words("support.not_found"), words("error.not_found"), action=link, page=True)
