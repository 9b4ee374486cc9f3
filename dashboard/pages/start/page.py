"""The first page on screen: three blocks, each with what to press."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from dash import Dash, Input, Output, dcc, html

from dashboard.actions import actions_of
from dashboard.areas import COUNTRY, map_source
from dashboard.components.aria import aria
from dashboard.components.badges import light_badge
from dashboard.components.cards import Figure, figure_card, figure_cards
from dashboard.components.course import course
from dashboard.components.feedback import empty, skeleton
from dashboard.components.figures_line import figures_line
from dashboard.components.icons import icon
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.localpath import START
from dashboard.navigation import address_of
from dashboard.pages.start import ids
from dashboard.pages.start.office import flow
from dashboard.pages.start.reading import read
from dashboard.signin import session
from layers import numbers
from poverty.months import month_before
from poverty.rates import change, rate
from queries.start import MOST_COUNTED
from registry.accounts.sessions import token_hash
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.pages.start.reading import Kind, Standing, Started
    from queries.start import Waiting
    from registry.principals import Principal
    from words import Words

PATH: Final = START
_BEGUN: Final = 4
"""So many things to begin are offered; the others are in the search."""
_HAPPENED: Final = (
    ("changed", "/tugasan", Permission.READ_PERSONS),
    ("case", "/kes", Permission.READ_PERSONS),
    ("decided", "/kes?keadaan=active", Permission.READ_PERSONS),
    ("answered", "/kemaskini?keadaan=approved", Permission.REQUEST_CHANGES),
    ("card_answered", "/kad/mohon", Permission.REQUEST_CARDS),
    ("entry", "/audit", Permission.READ_AUDIT),
)
_BEHIND: Final = frozenset({"kuning", "merah", "tidak_tercapai"})


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=trail_of("start"), data=[{"label": words("nav.start")}]),
            dcc.Store(id=ids.OPENED, data=1),
            html.H1(words("nav.start")),
            html.Div(skeleton(words("start.loading"), lines=4, block=True), id=ids.BODY, className="ek-start"),
        ],
        className="ek-page ek-start-page",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.BODY, "children"), Input(ids.OPENED, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(_once: object) -> list[Component]:
        words, principal = current_words(), deps.person()
        with deps.reading() as conn:
            started = read(conn, principal, token_hash(session.held_token() or ""))
        return body(started, principal, words)


def body(started: Started, principal: Principal, words: Words) -> list[Component]:
    """The work of the own office where there is one; what waits, how the own area stands, what happened."""
    steps = flow(started.office, words)
    return [
        *([_block("office", steps, words)] if steps else []),
        _block("waits", _waiting(started, principal, words), words),
        _block("area", _area(started.standing, words), words),
        _block("since", _since(started, principal, words), words),
    ]


def _block(name: str, parts: Sequence[Component], words: Words) -> Component:
    heading = f"start-{name}"
    return html.Section(
        [html.H2(words(f"start.{name}"), id=heading), *parts],
        className=f"ek-panel ek-start-{name}",
        **aria(labelledby=heading),
    )


def _waiting(started: Started, principal: Principal, words: Words) -> list[Component]:
    """What waits, each with its number and oldest day, as one link; then what can be begun."""
    lines = [html.Li(_line(kind, found, words)) for kind, found in started.waiting]
    behind = [one for one in started.standing.measured if one.light in _BEHIND]
    if behind:
        message = words.n("start.behind", len(behind))
        address = f"/kpi?in={started.standing.area.code}"
        lines.append(html.Li(_link(numbers.count(len(behind)), message, _of_area(started.standing, words), address)))
    parts: list[Component] = (
        [html.Ul(lines, className="ek-start-list")]
        if lines
        else [html.P([icon("check"), words("start.nothing")], className="ek-start-nothing")]
    )
    begun = [
        html.Li(dcc.Link(words(f"start.do_{one.name}"), href=address_of(one.path, principal), className="ek-button"))
        for one in actions_of(principal)[:_BEGUN]
    ]
    return [*parts, html.H3(words("start.begin")), html.Ul(begun, className="ek-start-begin")]


def _line(kind: Kind, found: Waiting, words: Words) -> Component:
    day = "" if found.oldest_on is None else words(f"start.oldest_{kind.dated}", date=numbers.day(found.oldest_on))
    return _link(_counted(found.waiting), words.n(f"start.wait_{kind.name}", found.waiting), day, kind.address)


def _link(number: str, text: str, note: str, address: str) -> Component:
    noted = [html.Span(note, className="ek-start-note")] if note else []
    return dcc.Link(
        [
            html.Span(number, className="ek-start-number"),
            html.Span([html.Span(text), *noted], className="ek-start-told"),
            icon("chevron"),
        ],
        href=address,
        className="ek-start-link",
    )


def _counted(number: int) -> str:
    """A number as far as it was counted."""
    return f"{MOST_COUNTED - 1}+" if number >= MOST_COUNTED else numbers.count(number)


def _of_area(standing: Standing, words: Words) -> str:
    return words("map.country") if standing.area.code == COUNTRY else standing.area.name


def _area(standing: Standing, words: Words) -> list[Component]:
    """The sentence of the area, its figures, its course, where from; and the way to the map and the indicators."""
    figures, area = standing.figures, standing.area
    if standing.footing.empty:
        return [empty(words("map.empty"), words("map.empty_hint"))]
    links = html.P(
        [
            dcc.Link(words("start.to_map"), href=f"/?in={area.code}", className="ek-button"),
            dcc.Link(words("start.to_kpi"), href=f"/kpi?in={area.code}", className="ek-button"),
        ],
        className="ek-actions",
    )
    source = map_source(standing.footing, area.level, words, census_year=area.census_year)
    line = figures_line(_of_figures(source), words)
    if figures.hidden:
        return [html.P(words("map.hidden", n=standing.footing.threshold)), line, links]
    cards = [_card(status, standing, words) for status in ("tegar", "miskin")]
    share = rate(figures.totals.poor, area.census_households)
    if share is not None:
        note = words("map.of_census", n=numbers.count(area.census_households), year=str(area.census_year))
        cards.append(figure_card(Figure(words("map.rate"), numbers.share(share), note=note)))
    return [html.P(_sentence(standing, words), className="ek-lead"), figure_cards(cards), line, links]


def _of_figures(source: Any) -> Any:
    """A source without the boundaries, which no figure here rests on."""
    return replace(source, boundary_name="", boundary_accuracy_m=None, boundary_approximate=False)


def _sentence(standing: Standing, words: Words) -> str:
    """What the area is told by: how many, how it moved in a year, how it stands against its target."""
    figures = standing.figures
    entries = [
        words(
            "start.stands",
            area=_of_area(standing, words),
            poor=numbers.count(figures.totals.poor),
            tegar=numbers.count(figures.totals.tegar),
        )
    ]
    before = figures.before(12)
    moved = change(figures.totals.poor, before.poor) if before is not None else None
    if moved is not None:
        way = "same" if not moved else "up" if moved > 0 else "down"
        entries.append(words(f"start.year_{way}", share=numbers.share(abs(moved))))
    goal = next((one for one in standing.measured if one.indicator.indicator_code == "miskin" and one.light), None)
    if goal is not None and goal.goal is not None:
        light = words(f"light.{goal.light}").lower()
        entries.append(words("start.target", year=str(goal.goal.due_on.year), light=light))
    return "; ".join(entries)


def _card(status: Any, standing: Standing, words: Words) -> Component:
    figures = standing.figures
    name = words(f"map.{status}")
    now, before = getattr(figures.totals, status), figures.before(12)
    changes = []
    if before is not None:
        then = change(now, getattr(before, status))
        since = words("map.since", month=numbers.month(month_before(figures.series["month"].iloc[-1], 12), words))
        if then is not None:
            key = "none" if not then else "up" if then > 0 else "down"
            changes.append(words(f"map.change_{key}", change=numbers.change(then), since=since))
    light = next((one.light for one in standing.measured if one.indicator.indicator_code == status), None)
    badge = light_badge(light, words) if light and status == "tegar" else None
    figure = Figure(name, numbers.count(now), unit=words("map.households"), changes=changes, tone=status)
    return figure_card(figure, chart=course(figures.series, words, column=status, label=name), action=badge)


def _since(started: Started, principal: Principal, words: Words) -> list[Component]:
    """What happened since the last time, each with its list; where nothing did, what moved in a year."""
    key = "start.since_last" if started.known else "start.since_first"
    parts: list[Component] = [html.P(words(key, at=numbers.moment(started.since)), className="ek-start-note")]
    lines = []
    for name, address, permission in _HAPPENED:
        number = started.happened.get(name, 0)
        if number and principal.may(permission):
            note = _ways(started.happened, words) if name == "changed" else ""
            lines.append(html.Li(_link(_counted(number), words.n(f"start.happened_{name}", number), note, address)))
    for row in started.news:
        told, on_day = words("start.table_made", title=row["title"]), numbers.day(row["made_at"])
        lines.append(html.Li(_link(row["number"], told, on_day, f"/laporan/{row['number']}")))
    if lines:
        parts.append(html.Ul(lines, className="ek-start-list"))
    elif principal.sees_persons:
        parts.append(html.P([icon("check"), words("start.nothing_happened")], className="ek-start-nothing"))
    chain = started.chain
    if chain is not None and chain["verified_at"] is not None:
        verdict = "start.chain_broken" if chain["broken_link"] is not None else "start.chain_holds"
        parts.append(html.P(words(verdict, at=numbers.moment(chain["verified_at"]))))
    return [*parts, *_moved(started.standing, words)]


def _ways(happened: dict[str, int], words: Words) -> str:
    """Which way the households went whose status changed; nothing where they are too many to be counted."""
    changed, worse = happened["changed"], happened.get("worse", 0)
    if changed >= MOST_COUNTED:
        return ""
    return words("start.ways", worse=numbers.count(worse), better=numbers.count(changed - worse))


def _moved(standing: Standing, words: Words) -> list[Component]:
    if not standing.moved:
        return []
    lines = [
        html.Li(
            [
                dcc.Link(one.name, href=f"/?in={one.code}"),
                html.Span(
                    words(f"start.moved_{'up' if one.by > 0 else 'down'}", change=numbers.change_count(one.by)),
                    className="ek-start-note",
                ),
            ]
        )
        for one in standing.moved
    ]
    date = numbers.day(standing.footing.as_of)
    return [
        html.H3(words("start.moved", area=_of_area(standing, words))),
        html.Ul(lines, className="ek-start-moved"),
        html.P(words("start.moved_source", date=date), className="ek-footnote"),
    ]
