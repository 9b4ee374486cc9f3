"""The page of one application: how far it is, what its conditions say, what may be told, and the steps to take now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html

from dashboard.components.aria import aria
from dashboard.components.detail_page import done, fact_list
from dashboard.components.feedback import empty, skeleton
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.applications import ids, letters, steps, verdict
from dashboard.pages.applications.parts import CLOSED, PATH, known_number, named, refused, rm, state_tag
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Seen
from dashboard.stepping import Stepping, stepped
from layers import numbers
from queries import applications
from registry.applications.applications import TakeStep, take_step
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads
    from queries.applications import WholeApplication
    from queries.row_types.applications import AidStepRow, ApplicationRow, EndedRow
    from words import Words

ONE_PATH: Final = f"{PATH}/<number>"
STAGES: Final = ("hantar", "semak", "lulus", "serah", "terima")
_AT: Final = {
    "draf": 0, "diterima": 1, "tidak_lengkap": 1, "disemak": 2, "dirayu": 2, "diluluskan": 3, "dalam_bayaran": 4,
    "diserah": 4, "selesai": 5,
}  # fmt: skip
"""Which stage is on in a state; in the others it is over."""


def layout(number: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.NUMBER, data=known_number(number)),
            dcc.Store(id=ids.LOADED),
            dcc.Store(id=ids.TAKEN),
            dcc.Store(id=trail_of("applications-one"), data=[]),
            html.Div(id=ids.MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("application.loading"), block=True, lines=6), id=ids.CONTENT),
        ],
        className="ek-page ek-households ek-cases",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    letters.register(app.server, deps)

    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.LOADED, "data"),
        Output(trail_of("applications-one"), "data"),
        Input(ids.NUMBER, "data"),
        Input(ids.TAKEN, "data"),
    )
    @requires(Permission.APPLY_AID)
    def show(number: Code | None, _taken: object) -> tuple[object, object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = applications.whole(conn, number) if number else None
            ended = applications.ended(conn, number) if number and found is None else None
            page = _page(conn, found, words) if found else _over(ended, words) if ended else _not_found(words)
        deps.note_read("read", subject="aid_application", facts={"number": number, "found": found is not None})
        trail = [{"label": words("nav.applications"), "href": PATH}, {"label": number or ""}]
        return page, {"version": found.application["version"]} if found else None, trail

    @app.callback(*ids.STEPS.wires(), prevent_initial_call=True)
    @requires(Permission.APPLY_AID)
    def take(
        _clicks: Clicks, values: Fields, names: Names, number: Code | None, loaded: Seen | None
    ) -> tuple[object, object]:
        return stepped(deps, _stepping(number or "", current_words()), number, loaded, values=values, names=names)


def _stepping(number: str, words: Words) -> Stepping[TakeStep]:
    def message(action: str, result: dict[str, Any]) -> Component:
        state = words(f"application.state_{result['state']}")
        return done(words("application.taken", step=steps.action_name(action, words), state=state))

    return Stepping(
        kind="application",
        command=lambda version, action, given: steps.command_of(number, version, action, given),
        take=lambda session, command: {"state": take_step(session, command)},
        message=message,
        refused=lambda error: refused(error, words),
    )


def _page(conn: Reads, found: WholeApplication, words: Words) -> Component:
    application = found.application
    kinds = _other_kinds(conn, application, words) if any(s["action"] == "alih" for s in found.allowed) else []
    main = [
        _card(words("application.request"), _request(application, found.steps, words)),
        _card(words("application.conditions"), html.Div(verdict.judged(conn, found, words))),
        _card(words("application.needs"), verdict.needs(found.needs, words)),
        _card(words("application.told"), verdict.told(conn, found, words)),
    ]
    aside = [
        _card(words("application.steps_now"), _offered(found, kinds, words)),
        _card(words("application.history"), steps.taken(found.steps, words)),
    ]
    return html.Article(
        [
            _header(found, words),
            _stages(application, found.steps, words),
            html.Div(
                [
                    html.Div(main, className="ek-record-main"),
                    html.Div(aside, className="ek-record-aside"),
                ],
                className="ek-record-body",
            ),
        ]
    )


def _offered(found: WholeApplication, kinds: steps.Options, words: Words) -> Component:
    note = []
    if found.application["form"] == "tunai" and found.application["state"] == "diluluskan":
        key = "application.paid_by_list" if found.application["has_ledger"] else "application.paid_by_agency"
        note = [html.P(words(key), className="ek-footnote")]
    for name in ("override_asked", "override_given"):
        if found.application[name] and found.application["state"] == "disemak":
            note.append(html.P(words(f"application.{name}"), className="ek-footnote"))
    return html.Div([*note, steps.offered(found.application, found.allowed, kinds=kinds, words=words)])


def _other_kinds(conn: Reads, application: ApplicationRow, words: Words) -> steps.Options:
    """The open kinds of other agencies, to which the application may be routed."""
    return [
        {
            "value": str(row["kind_id"]),
            "label": f"{named(row, 'agency', words)} · {named(row, 'programme', words)} · {named(row, 'kind', words)}",
        }
        for row in applications.open_kinds(conn)
        if row["agency_code"] != application["agency_code"]
    ]


def _header(found: WholeApplication, words: Words) -> Component:
    row = found.application
    where = [named(row, "agency", words), named(row, "office", words), row["district_name"]]
    links: list[Component] = []
    if row["household_id"] is not None and may(Permission.READ_PERSONS):
        href = f"/isi-rumah/{row['household_id']}"
        text = words("application.to_household", number=row["file_no"] or "")
        links.append(dcc.Link(text, href=href, className="ek-button"))
    if letters.kind_of(row, found.steps):
        links += [
            html.A(
                words(f"application.letter_{language}"),
                href=letters.address(row["number"], language),
                className="ek-button",
            )
            for language in ("ms", "en")
        ]
    due = []
    if row["due_on"] and (row["state"] not in CLOSED or row["state"] == "ditolak"):
        key = "application.appeal_until" if row["state"] == "ditolak" else "application.due"
        due = [html.P(words(key, date=numbers.day(row["due_on"])), className="ek-footnote")]
    return html.Header(
        [
            html.P([html.Span(row["number"]), " ", *state_tag(row["state"], words, late=row["late"])]),
            html.H1(row["for_name"]),
            html.P(f"{named(row, 'kind', words)} · {named(row, 'programme', words)}"),
            html.P(" · ".join(part for part in where if part), className="ek-footnote"),
            *due,
            html.Div(links, className="ek-case-ways"),
        ],
        className="ek-case-header",
    )


def _stages(row: ApplicationRow, taken: Sequence[AidStepRow], words: Words) -> Component:
    """The stages in their order: which are done and since when, which is on now, which come next."""
    ended = row["state"] in CLOSED and row["state"] != "selesai"
    last = next((no for no, name in reversed(list(enumerate(STAGES))) if _since(name, taken)), -1)
    now = last + 1 if ended else _AT[row["state"]]
    items = [_stage(name, place, now, _since(name, taken), words, over=ended) for place, name in enumerate(STAGES)]
    return html.Nav(html.Ol(items), className="ek-stages", **aria(label=words("application.stages")))


def _since(name: str, taken: Sequence[AidStepRow]) -> str:
    asked = {name, "bayar"} if name == "serah" else {name, "tolak"} if name == "lulus" else {name}
    return next((numbers.day(step["at"].astimezone(numbers.MALAYSIA)) for step in taken if step["action"] in asked), "")


def _stage(name: str, place: int, now: int, since: str, words: Words, *, over: bool) -> Component:
    kind = "done" if place < now else "skipped" if over else "now" if place == now else "next"
    said = words(f"case.stage_is_{kind}")
    current: dict[str, Any] = {"aria-current": "step"} if kind == "now" else {}
    mark = html.Span("✓" if kind == "done" else str(place + 1), className="ek-stage-mark", **aria(hidden=True))
    note = f"{said} {since}" if kind == "done" and since else said
    told = html.Span(words(f"application.stage_{name}"), className="ek-stage-name")
    return html.Li([mark, told, html.Span(note, className="ek-stage-note")], className=f"is-{kind}", **current)


def _request(row: ApplicationRow, taken: Sequence[AidStepRow], words: Words) -> Component:
    """Who asks for whom, for what, how much, and what was granted."""
    who = words("application.head_present")
    if not row["head_present"]:
        who = " · ".join(part for part in (row["asked_by"], row["asked_relation"], row["asked_phone"]) if part)
    pairs: list[tuple[str, object]] = [
        (words("application.for_name"), row["for_name"]),
        (words("application.who_asks"), who),
        (words("application.channel"), words(f"application.channel_{row['channel']}")),
        (words("application.need"), named(row, "need", words)),
        (words("application.amount_asked"), rm(row["amount_asked_rm"], words)),
    ]
    if row["asked_first"]:
        pairs.append((words("application.asked_period"), _period(row["asked_first"], row["asked_last"], words)))
    if row["purpose"]:
        pairs.append((words("application.purpose"), row["purpose"]))
    if row["amount_rm"] is not None:
        pairs.append((words("application.amount_granted"), rm(row["amount_rm"], words)))
        pairs.append((words("application.period"), _period(row["first_day"], row["last_day"], words)))
    opened = [row["opened_by"] or (taken[-1]["actor"] if taken else ""), numbers.moment(row["opened_at"])]
    pairs.append((words("application.opened"), " · ".join(opened)))
    if row["submitted_version"]:
        pairs.append((words("application.versions"), _versions(row, words)))
    return fact_list(pairs)


def _versions(row: ApplicationRow, words: Words) -> str:
    """Which version of the record it was judged by, and whether the record is another one now."""
    told = [words("application.version_submitted", version=row["submitted_version"])]
    if row["decided_version"]:
        told.append(words("application.version_decided", version=row["decided_version"]))
    if row["household_version"] and row["household_version"] != (row["decided_version"] or row["submitted_version"]):
        told.append(words("application.version_now", version=row["household_version"]))
    return " · ".join(told)


def _period(first: Any, last: Any, words: Words) -> str:
    until = numbers.day(last) if last else words("application.without_end")
    return words("application.from_until", first=numbers.day(first), last=until)


def _over(row: EndedRow, words: Words) -> Component:
    """An application of which no more is told than its number, its day and its reason."""
    reason = [words(f"application.code_{row['code']}")] if row["code"] else []
    return html.Article(
        [
            html.H1(row["number"]),
            fact_list(
                [
                    (words("application.state"), words(f"application.state_{row['state']}")),
                    (words("application.ended_on"), numbers.day(row["ended_on"])),
                    (words("application.field_reason"), " · ".join([*reason, *filter(None, [row["reason"]])]) or "—"),
                ]
            ),
            html.P(words("application.over_note"), className="ek-footnote"),
        ]
    )


def _card(title: str, body: Component) -> Component:
    return html.Section([html.Div(html.H2(title), className="ek-part-head"), body], className="ek-part")


def _not_found(words: Words) -> Component:
    link = dcc.Link(words("application.to_list"), href=PATH, className="ek-button")
    return empty(words("application.not_found"), words("error.not_found"), action=link, page=True)
