"""The page of one referral: what was asked, what was handed over, the thread, and the steps of the own side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ALL, Dash, Input, Output, dcc, html, no_update

from dashboard.acting import mark, once, pressed
from dashboard.components.detail_page import done, fact_list
from dashboard.components.feedback import empty, skeleton
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.household.told import told_codes, told_fields
from dashboard.i18n import current_words
from dashboard.pages.referrals import files, ids, steps
from dashboard.pages.referrals.of_project import told_project
from dashboard.pages.referrals.parts import PATH, about_text, known_number, party_name, refused, state_tag
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Seen, whole_number
from dashboard.stepping import Stepping, stepped
from layers import numbers
from queries import applications, referrals
from registry.aid.conditions.sentence import Names as Named
from registry.principals import Permission
from registry.referrals.files import drop_file
from registry.referrals.referrals import StepReferral, step_referral

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Reads, Writes
    from queries.referrals import WholeReferral
    from queries.row_types.referrals import EndedReferralRow, ReferralRow, ReferredNeedRow
    from words import Words

ONE_PATH: Final = f"{PATH}/<number>"


def layout(number: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.NUMBER, data=known_number(number)),
            dcc.Store(id=ids.LOADED),
            dcc.Store(id=ids.TAKEN),
            dcc.Store(id=ids.DROPPED),
            dcc.Store(id=trail_of("referrals-one"), data=[]),
            html.Div(id=ids.MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("referral.loading"), block=True, lines=6), id=ids.CONTENT),
            files.place(known_number(number) or "", words),
        ],
        className="ek-page ek-households ek-cases",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    files.register(app, deps)

    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.LOADED, "data"),
        Output(trail_of("referrals-one"), "data"),
        Output(ids.LAID_BY, "children"),
        Output(ids.FILES, "hidden"),
        Input(ids.NUMBER, "data"),
        Input(ids.TAKEN, "data"),
        Input(ids.DROPPED, "data"),
    )
    @requires(Permission.REFER)
    def show(number: Code | None, _taken: object, _dropped: object) -> tuple[object, ...]:
        words = current_words()
        with deps.reading() as conn:
            found = referrals.whole(conn, number) if number else None
            ended = referrals.ended(conn, number) if number and found is None else None
            page = page_of(conn, found, words) if found else _over(ended, words) if ended else _not_found(words)
        deps.note_read("read", subject="referral", facts={"number": number, "found": found is not None})
        trail = [{"label": words("nav.referrals"), "href": PATH}, {"label": number or ""}]
        if found is None:
            return page, None, trail, None, True
        laid_by = files.laid_by(found.files, words)
        return page, {"version": found.referral["version"]}, trail, laid_by, not found.allowed

    _acting(app, deps)


def _acting(app: Dash, deps: Deps) -> None:
    @app.callback(*ids.STEPS.wires(), prevent_initial_call=True)
    @requires(Permission.REFER)
    def take(
        _clicks: Clicks, values: Fields, names: Names, number: Code | None, loaded: Seen | None
    ) -> tuple[object, object]:
        return stepped(deps, _stepping(number or "", current_words()), number, loaded, values=values, names=names)

    @app.callback(
        Output(ids.DROPPED, "data"),
        Input({"type": ids.DROP_TYPE, "file": ALL}, "n_clicks"),
        prevent_initial_call=True,
    )
    @requires(Permission.REFER)
    def drop(_clicks: Clicks) -> object:
        asked = pressed()
        if asked is None:
            return no_update
        file = whole_number(asked["file"])

        def gone(session: Writes) -> dict[str, object]:
            drop_file(session, file)
            return {}

        once(deps, f"referral-file {file}", gone)
        return mark()


def _stepping(number: str, words: Words) -> Stepping[StepReferral]:
    def message(action: str, result: dict[str, Any]) -> Component:
        state = words(f"referral.state_{result['state']}")
        return done(words("referral.taken", step=words(f"referral.step_{action}"), state=state))

    return Stepping(
        kind="referral",
        command=lambda version, action, given: steps.command_of(number, version, action, given),
        take=lambda session, command: {"state": step_referral(session, command)},
        message=message,
        refused=lambda error: refused(error, words),
    )


def page_of(conn: Reads, found: WholeReferral, words: Words) -> Component:
    """The whole page as one side reads it."""
    referral = found.referral
    main = [
        _card(words("referral.question"), html.P(referral["question"], className="ek-case-reason")),
        _card(words("referral.thread"), steps.thread(found.steps, found.files, words)),
    ]
    if referral["about"] == "isi_rumah":
        main.insert(1, _card(words("referral.handed_over"), _told(conn, found, words)))
    elif referral["about"] == "projek":
        main.insert(1, _card(words("referral.handed_over"), told_project(found, words)))
    aside = [_card(words("application.steps_now"), steps.offered(found.allowed, words))]
    return html.Article(
        [
            _header(referral, words),
            html.Div(
                [
                    html.Div(main, className="ek-record-main"),
                    html.Div(aside, className="ek-record-aside ek-screen-only"),
                ],
                className="ek-record-body",
            ),
        ]
    )


def _header(row: ReferralRow, words: Words) -> Component:
    about = about_text(row, row["shown_name"], words)
    way = words(
        "referral.way",
        sender=party_name(row["from_party"], row, "from", words),
        receiver=party_name(row["to_party"], row, "to", words),
    )
    facts = [words("referral.sent", date=numbers.day(row["sent_on"]), who=row["sent_by"] or "—")]
    if row["state"] in {"dihantar", "diterima"}:
        facts.append(words("referral.due", date=numbers.day(row["due_on"])))
    if row["decision"]:
        facts.append(words(f"referral.decision_{row['decision']}"))
    links: list[Component] = []
    if row["household_id"] is not None and may(Permission.READ_PERSONS):
        text = words("application.to_household", number=row["file_no"] or "")
        links.append(dcc.Link(text, href=f"/isi-rumah/{row['household_id']}", className="ek-button"))
    if row["project_no"] is not None and may(Permission.READ_PROJECTS):
        text = words("referral.to_project", number=row["project_no"])
        links.append(dcc.Link(text, href=f"/projek/{row['project_no']}", className="ek-button"))
    return html.Header(
        [
            html.P([html.Span(row["number"]), " ", *state_tag(row["state"], words, late=row["late"])]),
            html.H1(about),
            html.P(way),
            html.P(" · ".join(facts), className="ek-footnote"),
            html.Div(links, className="ek-case-ways"),
        ],
        className="ek-case-header",
    )


def _told(conn: Reads, found: WholeReferral, words: Words) -> Component:
    """What was handed over, by name, with its values as the record has them now."""
    named = ", ".join(words(f"application.component_{name}") for name in found.referral["components"])
    note = html.P(words("referral.handed_note", components=named), className="ek-footnote")
    if not found.told and not found.needs:
        return html.Div([note, html.P(words("referral.nothing_told"), className="ek-none")])
    rows = applications.names(conn, sorted(told_codes(found.told)))
    names = Named(
        areas={row["code"]: str(row[f"name_{words.language}"]) for row in rows if not row["need"]},  # type: ignore[literal-required]
        needs={},
    )
    parts: list[Any] = [note, told_fields(found.told, names, words, listed=fact_list)]
    if "bantuan" in found.referral["components"]:
        parts += [html.H3(words("application.component_bantuan")), _needs(found.needs, words)]
    return html.Div(parts)


def _needs(rows: list[ReferredNeedRow], words: Words) -> Component:
    if not rows:
        return html.P(words("application.no_needs"), className="ek-footnote")
    malay = words.language == "ms"
    return html.Ul(
        [
            html.Li(
                words(
                    "application.met",
                    need=row["need_ms"] if malay else row["need_en"],
                    agency=(row["agency_ms"] if malay else row["agency_en"]) or words("application.agency_hidden"),
                    begins=numbers.day(row["begins"]),
                    ends=numbers.day(row["ends"]) if row["ends"] else words("application.without_end"),
                )
            )
            for row in rows
        ]
    )


def _card(title: str, body: Component) -> Component:
    return html.Section([html.Div(html.H2(title), className="ek-part-head"), body], className="ek-part")


def _over(row: EndedReferralRow, words: Words) -> Component:
    """A referral of which no more is told than its number, its days and how it ended."""
    return html.Article(
        [
            html.H1(row["number"]),
            fact_list(
                [
                    (words("referral.state"), words(f"referral.state_{row['state']}")),
                    (words("referral.sent_on"), numbers.day(row["sent_on"])),
                    (words("referral.closed_on"), numbers.day(row["closed_on"])),
                ]
            ),
            html.P(words("referral.over_note"), className="ek-footnote"),
        ]
    )


def _not_found(words: Words) -> Component:
    link = dcc.Link(words("referral.to_list"), href=PATH, className="ek-button")
    return empty(words("referral.not_found"), words("error.not_found"), action=link, page=True)
