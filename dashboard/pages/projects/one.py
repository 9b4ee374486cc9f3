"""One project: its application, its steps, its plan and progress, its money, its photographs, its defects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import ALL, ClientsideFunction, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, mark, pressed
from dashboard.boundary_files import land_url
from dashboard.components.detail_page import done, fact_list, number_in
from dashboard.components.feedback import empty, skeleton
from dashboard.components.tables import ruled
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.projects import ids, papers, persons, photos, places, progress, steps
from dashboard.pages.projects.card import status_of
from dashboard.pages.projects.parts import (
    ONE_PATH,
    PATH,
    address,
    card,
    key_of,
    known_number,
    named,
    percent,
    refused,
    rm,
    site_address,
    state_tag,
    today,
    typed,
)
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Seen
from dashboard.stepping import stepped
from layers import numbers
from queries import projects, referrals
from registry.errors import InvalidInput
from registry.principals import Permission
from registry.projects.projects import (
    join_project,
    judge_report,
    mend_defect,
    note_defect,
    place_project,
    report_progress,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.projects import WholeProject
    from queries.row_types.projects import ContractorRow
    from queries.row_types.referrals import ProjectReferralRow
    from words import Words

__all__ = ["ONE_PATH", "layout", "register"]
_WORKING: Final = "dalam_pelaksanaan"
_OVER: Final = frozenset({"siap", "ditolak", "dibatalkan"})
_STATUSES: Final = ("tegar", "miskin", "mudah_miskin", "terkeluar")


def layout(number: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.NUMBER, data=known_number(number)),
            dcc.Store(id=ids.LOADED),
            dcc.Store(id=ids.TAKEN),
            dcc.Store(id=ids.WORKED),
            dcc.Store(id=ids.DRAWN),
            dcc.Store(id=trail_of("projects-one"), data=[]),
            html.Div(id=ids.MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(id=ids.WORK_MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("project.loading"), block=True, lines=6), id=ids.CONTENT),
        ],
        className="ek-page ek-households ek-cases",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    app.clientside_callback(
        ClientsideFunction("ekasih_projects", "draw"), Output(ids.DRAWN, "data"), Input(ids.CONTENT, "children")
    )
    photos.register(app.server, deps)
    papers.register(app.server, deps)

    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.LOADED, "data"),
        Output(trail_of("projects-one"), "data"),
        Input(ids.NUMBER, "data"),
        Input(ids.TAKEN, "data"),
        Input(ids.WORKED, "data"),
    )
    @requires(Permission.READ_PROJECTS)
    def show(number: Code | None, _taken: object, _worked: object) -> tuple[object, object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = projects.whole(conn, number, today=today()) if number else None
            hired = projects.contractors(conn) if found and any(s["action"] == "mula" for s in found.allowed) else []
            due_days = projects.terms(conn).due_days
            sent = referrals.of_project(conn, number) if found and number and may(Permission.REFER) else []
        deps.note_read("read", subject="project", facts={"number": number, "found": found is not None})
        trail = [{"label": words("nav.projects"), "href": PATH}, {"label": number or ""}]
        if found is None:
            return _not_found(words), None, trail
        page = _page(found, hired, words, due_days=due_days, land=land_url(deps.settings.home), sent=sent)
        return page, {"version": found.project["version"]}, trail

    _stepping(app, deps)
    _working(app, deps)


def _stepping(app: Dash, deps: Deps) -> None:
    @app.callback(*ids.STEPS.wires(), prevent_initial_call=True)
    @requires(Permission.READ_PROJECTS)
    def take(
        _clicks: Clicks, values: Fields, names: Names, number: Code | None, loaded: Seen | None
    ) -> tuple[object, object]:
        return stepped(deps, steps.stepping(number or "", current_words()), number, loaded, values=values, names=names)


def _working(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.WORKED, "data"),
        Output(ids.WORK_MESSAGE, "children"),
        Input({"type": ids.ACT_TYPE, "action": ALL, "row": ALL}, "n_clicks"),
        State({"type": ids.FIELD_TYPE, "form": ALL, "name": ALL, "row": ALL}, "value"),
        State({"type": ids.FIELD_TYPE, "form": ALL, "name": ALL, "row": ALL}, "id"),
        State(ids.NUMBER, "data"),
        State(ids.LOADED, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.OPEN_PROJECTS)
    def work(
        _clicks: Clicks, values: Fields, names: Names, number: Code | None, loaded: Seen | None
    ) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if asked is None or not number or not loaded:
            return no_update, no_update
        action, row = str(asked["action"]), str(asked["row"])
        form = "judge" if action in {"accept", "refuse"} else action
        given = typed(values, names, form=form, row=row)
        try:
            act = _act(action, number, number_in(row) or 0, loaded.version, given)
        except InvalidInput as error:
            return no_update, refused(error, words)
        if act is None:
            return no_update, no_update
        # the same words, or shares, for the same day are told once
        return answered(
            deps,
            f"project {number} {loaded.version} {action} {row} {key_of(given)}",
            lambda session: {"done": str(act(session)), "mark": mark()},
            message=lambda _result: done(words(f"project.did_{action}")),
            refused=lambda error: refused(error, words),
        )


def _act(
    action: str, number: str, row: int, version: int, given: Mapping[str, str]
) -> Callable[[Writes], object] | None:
    """What a button asks for.

    Raises:
        InvalidInput: something that was typed cannot be read.

    """
    if action == "report":
        command = progress.report_of(number, given)
        return lambda session: report_progress(session, command)
    if action == "place":
        place = places.place_of(given)
        return lambda session: place_project(session, number, version, place)
    acts: dict[str, Callable[[Writes], object]] = {
        "join": lambda session: join_project(session, number, version, given.get("file_no", "")),
        "accept": lambda session: judge_report(session, row, accepted=True),
        "refuse": lambda session: judge_report(session, row, accepted=False, reason=given.get("reason", "")),
        "defect": lambda session: note_defect(session, number, day=today(), words=given.get("words", "")),
        "mend": lambda session: mend_defect(session, row, day=today(), words=given.get("words", "")),
    }
    return acts.get(action)


def _page(
    found: WholeProject,
    hired: list[ContractorRow],
    words: Words,
    *,
    due_days: int,
    land: str | None,
    sent: Sequence[ProjectReferralRow] = (),
) -> Component:
    row = found.project
    works = may(Permission.OPEN_PROJECTS) and row["own"]
    notes = works and row["state"] in {_WORKING, "digantung", "siap"}
    reports = works and row["state"] == _WORKING
    adds = works and row["state"] not in {"ditolak", "dibatalkan"}
    main = [
        card(words("project.application"), _application(found, words, joins=works and row["state"] not in _OVER)),
        card(words("project.progress"), progress.section(found, words, due_days=due_days)),
        *([card(words("project.report"), progress.reporting(found, words), asks=True)] if reports else []),
        card(words("project.photos"), photos.gallery(row["number"], found.photos, found.milestones, words, adds=adds)),
        card(words("project.money"), _money(found, words)),
        card(words("project.defects"), progress.defects(found, words, notes=notes)),
    ]  # fmt: skip
    aside = [
        card(words("project.steps_now"), steps.offered(found, hired, words), asks=True),
        card(words("project.reports"), progress.reports(found, words)),
        card(words("project.place"), places.section(row, words, land, moves=works and row["state"] not in _OVER)),
        *([card(words("nav.referrals"), persons.referred(sent, words))] if sent else []),
        card(words("project.history"), steps.taken(found.steps, words)),
    ]
    return html.Article(
        [
            _header(found, words),
            html.Div(
                [html.Div(main, className="ek-record-main"), html.Div(aside, className="ek-record-aside")],
                className="ek-record-body",
            ),
        ]
    )


def _header(found: WholeProject, words: Words) -> Component:
    row = found.project
    where = [named(row, "office", words), named(row, "programme", words), row["district_name"]]
    links: list[Component] = [
        dcc.Link(
            words("project.to_household", number=one["file_no"]),
            href=f"/isi-rumah/{one['household_id']}",
            className="ek-button",
        )
        for one in found.households
        if one["household_id"] is not None
    ]
    if may(Permission.REFER):
        way = f"/rujukan/baharu?projek={row['number']}"
        links.append(dcc.Link(words("referral.new"), href=way, className="ek-button"))
    if row["own"] and row["state"] == _WORKING and may(Permission.OPEN_PROJECTS):
        links.append(dcc.Link(words("site.fill_in"), href=site_address(row["number"]), className="ek-button"))
    if row["state"] == "siap":
        links += [
            html.A(words(f"project.{kind}_{language}"), href=papers.address(row["number"], kind, language),
                   className="ek-button")
            for kind in papers.KINDS
            for language in ("ms", "en")
        ]  # fmt: skip
    return html.Header(
        [
            html.P([html.Span(row["number"]), " ", *state_tag(row["state"], words, status_of(found))]),
            html.H1(row["title"]),
            html.P(named(row, "type", words)),
            html.P(" · ".join(part for part in where if part), className="ek-footnote"),
            html.Div(links, className="ek-case-ways"),
        ],
        className="ek-case-header",
    )


def _application(found: WholeProject, words: Words, *, joins: bool) -> list[Component]:
    """Who asks, what was asked of the household and does not hold, the cost beside the rate, the documents."""
    row = found.project
    ceiling = rm(row["ceiling_rm"]) if row["ceiling_rm"] is not None else words("project.no_ceiling")
    opened = f"{numbers.day(row['opened_on'])} · {row['opened_by'] or ''}"
    pairs: list[tuple[str, Any]] = [(words("project.opened"), opened)]
    pairs += [(words("project.household"), _household(one, words)) for one in found.households]
    pairs += [(words("project.person"), persons.person_text(found.person, words))] if found.person else []
    pairs += [
        (words("project.estimate"), rm(row["estimate_rm"])),
        (words("project.rate_today"), ceiling),
        (words("project.cost"), rm(row["cost_rm"])),
    ]
    known = (("minutes_no", row["minutes_no"]), ("application_no", row["application_no"]), ("list_no", row["list_no"]))
    pairs += [(words(f"project.field_{name}"), value) for name, value in known if value]
    papers_asked = [
        html.Li(
            [
                html.Strong(words("project.there") if name in row["documents"] else words("project.missing")),
                f" {words(f'project.document_{name}')}",
            ]
        )
        for name in row["asked_documents"]
    ]
    parts: list[Component] = [fact_list(pairs)]
    form = persons.joining(found.person, words) if joins else None
    if form is not None:
        parts.append(form)
    if row["checks"]:
        checks = [_check(one, words) for one in row["checks"]]
        parts += [html.H3(words("project.checks")), html.Ul(checks, className="ek-projects-checks")]
    if papers_asked:
        parts += [html.H3(words("project.documents")), html.Ul(papers_asked, className="ek-projects-checks")]
    return parts


def _check(one: Mapping[str, Any], words: Words) -> Component:
    """Something that is asked of a household: whether it holds, as far as anybody knows, and its own value."""
    told = "not_known" if one["holds"] is None else "holds" if one["holds"] else "not_holds"
    own = [f": {_own(one, words)}"] if one["own"] else []
    item: Component = html.Li(
        [html.Strong(words(f"project.{told}")), " " + words(f"project.check_{one['check']}"), *own],
        className="ek-projects-held" if one["holds"] else "ek-projects-not-held",
    )
    return item


def _household(one: Any, words: Words) -> str:
    status = words(f"status.{one['status']}") if one["status"] in _STATUSES else ""
    told = words("project.per_capita", amount=rm(one["per_capita_rm"])) if one["per_capita_rm"] is not None else ""
    return " · ".join(part for part in (one["head_name"], one["file_no"], status, told) if part)


def _own(check: Mapping[str, Any], words: Words) -> str:
    """A household's own value, as the conditions say it."""
    if check["check"] == "status":
        return words(f"status.{check['own']}") if check["own"] in _STATUSES else words("project.exited")
    if check["check"] == "keperluan_bebas":
        return words("project.met_since", day=str(check["own"]))
    return str(check["own"])


def _money(found: WholeProject, words: Words) -> list[Component]:
    """What was committed, contracted, paid, and how much of it the work allows to be paid now."""
    row, standing = found.project, found.standing
    pairs: list[tuple[str, Any]] = [
        (words("project.committed_now"), rm(found.balances.get("TANGGUNGAN"))),
        (words("project.sum"), rm(row["sum_rm"])),
        (words("project.paid"), rm(found.balances.get("BELANJA"))),
    ]
    if standing is not None:
        pairs += [
            (words("project.financial"), words("project.a_of_p", actual=percent(standing.financial),
                                               planned=percent(standing.planned_financial))),
            (words("project.unpaid"), rm(standing.unpaid_rm)),
            (words("project.payable"), rm(standing.payable_rm)),
        ]  # fmt: skip
    parts: list[Component] = [fact_list(pairs)]
    if row["contractor"]:
        hired = (row["contractor"], row["contractor_no"], row["contractor_grade"], row["contractor_contact"])
        parts.append(html.P(" · ".join(part for part in hired if part)))
    if found.payments:
        head = [words(f"project.{name}") for name in ("payment", "amount", "payment_state", "sent_on", "answered_on")]
        rows = [
            [
                one["number"],
                rm(one["amount"]),
                words(f"project.paid_{one['state']}"),
                numbers.day(one["sent_on"]) if one["sent_on"] else "—",
                numbers.day(one["answered_on"]) if one["answered_on"] else "—",
            ]
            for one in found.payments
        ]
        parts.append(ruled(head, rows, label=words("project.payments"), named=True))
    return parts


def _not_found(words: Words) -> Component:
    link = dcc.Link(words("project.to_list"), href=address(""), className="ek-button")
    return empty(words("project.not_found"), words("error.not_found"), action=link, page=True)
