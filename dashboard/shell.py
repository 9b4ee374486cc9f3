"""Draws the frame around every page: the rail, the top bar, what stands between them and the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import ALL, ClientsideFunction, Input, Output, dcc, html

from dashboard import frame_ids as ids
from dashboard.about import VIEWS_PATH, about_button
from dashboard.components.aria import aria
from dashboard.components.badges import sample_badge
from dashboard.components.days import day_words
from dashboard.components.feedback import skeleton
from dashboard.components.icons import icon
from dashboard.finding import find_button
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.navigation import address_of, entries, first_page, offered, under_the_thumb
from dashboard.signin import session
from dashboard.signin.page import LANGUAGE_PATH, SIGN_IN_PATH, SIGN_OUT_PATH
from dashboard.signin.steps import PASSWORD_PATH
from dashboard.theme import mantine_theme
from layers import numbers
from queries import accounts, alerts
from registry import db
from registry.principals import Permission
from words import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from dashboard.navigation import Entry
    from dashboard.router import Page
    from queries.accounts import RegisterState
    from registry.principals import Principal
    from words import Words

ME_PATH = "/saya"
HELP_PATH = "/panduan"
ARTICLES_PATH = "/ilmu"
SUPPORT_PATH = "/sokongan"
ALERTS_PATH = "/amaran"


def frame(principal: Principal | None, pages: Sequence[Page], words: Words) -> Component:
    """Everything around the page, for who is signed in; without anyone, the way to sign in."""
    inside = _signed_out(words) if principal is None else _signed_in(principal, pages, words)
    provider: Component = dmc.MantineProvider(
        [dcc.Location(id=ids.LOCATION, refresh="callback-nav"), *inside],
        theme=mantine_theme(),
        forceColorScheme="light",
    )
    return provider


def register(app: Dash, deps: Deps) -> None:
    """Wire the frame: what is stated about the register, where one is, which page of the rail is open."""

    @app.callback(Output(ids.STATE, "children"), Output(ids.BANNER, "children"), Input(ids.LOCATION, "pathname"))
    @requires(Permission.READ_AGGREGATES)
    def state_register(_path: object) -> tuple[list[Component], list[Component]]:
        words = current_words()
        with db.anonymous(deps.engine) as connection:
            state = accounts.register_state(connection)
        with deps.reading() as connection:
            waiting = alerts.waiting(connection)
        return [*register_line(state, words), alert_link(waiting, words)], []

    app.clientside_callback(
        ClientsideFunction("ekasih_frame", "where"),
        Output(ids.TRAIL, "children"),
        Input({"type": ids.TRAIL_TYPE, "page": ALL}, "data"),
    )


def register_line(state: RegisterState, words: Words) -> list[Component]:
    """The date of the figures, and that they are sample data while they are."""
    line: list[Component] = [sample_badge(words)] if state.sample else []
    if state.as_of is not None:
        line.append(html.Span(words("frame.as_of", date=numbers.day(state.as_of)), className="ek-as-of"))
    return line


def alert_link(waiting: int, words: Words) -> Component:
    """The way to the alerts, with how many wait."""
    count = [html.Span(numbers.count(waiting), className="ek-bell-count")] if waiting else []
    name = words.n("alert.count", waiting) if waiting else words("nav.alerts")
    link: Component = dcc.Link(
        [icon("alert"), *count, html.Span(name, className="ek-sr")], href=ALERTS_PATH, className="ek-bell", title=name
    )
    return link


def _signed_in(principal: Principal, pages: Sequence[Page], words: Words) -> list[Component]:
    return [
        html.A(words("frame.skip"), href=f"#{ids.MAIN}", className="ek-skip"),
        dmc.NotificationContainer(id=ids.NOTIFICATIONS, position="top-right", zIndex=1200),
        html.Div(
            [
                _rail(principal, pages, words),
                _top(principal, pages, words),
                html.Main(
                    [
                        html.Div(id=ids.BANNER, className="ek-banners"),
                        html.Div(skeleton(words("frame.loading"), block=True), id=ids.PAGE, className="ek-page-slot"),
                    ],
                    id=ids.MAIN,
                    className="ek-main",
                    tabIndex=-1,
                ),
            ],
            className="ek-frame",
        ),
        day_words(words),
        _away(words),
    ]


def _signed_out(words: Words) -> list[Component]:
    link = html.A(words("signin.again"), href=SIGN_IN_PATH, className="ek-button")
    return [html.Main([html.P(words("error.sign_in_required")), link], id=ids.MAIN, className="ek-signed-out")]


def _rail(principal: Principal, pages: Sequence[Page], words: Words) -> Component:
    thumb = under_the_thumb(principal, pages)
    others = [_rail_link(page, principal, words) for page in offered(principal, pages) if page not in thumb]
    items = [html.Li(_entry(entry, principal, words), className="ek-not-phone") for entry in entries(principal, pages)]
    phone = [html.Li(_rail_link(page, principal, words), className="ek-only-phone") for page in thumb]
    return html.Header(
        [
            dcc.Link(
                [html.Span(className="ek-mark"), html.Span("eKasih", className="ek-rail-word")],
                href=first_page(principal),
                className="ek-brand",
                title=words("frame.home"),
            ),
            html.Nav(
                html.Ul([*items, *phone, html.Li(_more_button(words), className="ek-only-phone")]),
                **aria(label=words("frame.nav")),
            ),
            _rail_foot(principal, others, words),
        ],
        id=ids.RAIL,
        className="ek-rail",
    )


def _entry(entry: Entry, principal: Principal, words: Words) -> Component:
    """A page, or a group that opens; the browser opens the group of the page one is on."""
    if entry.group is None:
        return _rail_link(entry.pages[0], principal, words)
    name = words(f"nav.group_{entry.group.name}")
    heading = [icon(entry.group.icon), html.Span(name, className="ek-rail-word"), icon("chevron")]
    inside = [html.Li(_rail_link(page, principal, words, called=page.called)) for page in entry.pages]
    attributes: dict[str, Any] = {"data-ek-group": entry.group.name}
    return html.Details(
        [html.Summary(heading, className="ek-rail-link", title=name), html.Ul(inside)],
        className="ek-rail-group",
        **attributes,
    )


def _rail_link(page: Page, principal: Principal, words: Words, *, called: str = "") -> Component:
    name = words(called or page.title)
    pictured = [icon(page.icon), html.Span(name, className="ek-rail-word")] if page.icon else []
    return dcc.Link(pictured, href=address_of(page.path, principal), className="ek-rail-link", title=name)


def _more_button(words: Words) -> Component:
    return html.Button(
        [icon("more"), html.Span(words("frame.more"), className="ek-rail-word")],
        id=ids.MORE,
        type="button",
        className="ek-rail-link",
        **aria(expanded=False, controls=ids.MORE_PANEL),
    )


def _rail_foot(principal: Principal, others: list[Component], words: Words) -> Component:
    helping = [icon("help"), html.Span(words("nav.help"), className="ek-rail-word")]
    articles = [icon("info"), html.Span(words("nav.articles"), className="ek-rail-word")]
    supporting = [icon("group"), html.Span(words("nav.support"), className="ek-rail-word")]
    folding = [icon("panel"), html.Span(words("frame.fold"), className="ek-rail-word")]
    return html.Div(
        [
            html.Button(
                folding,
                id=ids.RAIL_TOGGLE,
                type="button",
                className="ek-rail-link ek-not-phone",
                title=words("frame.fold"),
                **aria(pressed=False),
            ),
            html.Div(others, className="ek-only-phone"),
            dcc.Link(articles, href=ARTICLES_PATH, className="ek-rail-link", title=words("nav.articles")),
            dcc.Link(helping, href=HELP_PATH, className="ek-rail-link", title=words("nav.help")),
            dcc.Link(supporting, href=SUPPORT_PATH, className="ek-rail-link", title=words("nav.support")),
            _languages(words),
            _person(principal, words),
        ],
        id=ids.MORE_PANEL,
        className="ek-rail-foot",
    )


def _languages(words: Words) -> Component:
    def link(language: str) -> Component:
        current = language == words.language
        attributes: dict[str, Any] = {"data-ek-language": language, "lang": language}
        return html.A(
            words(f"language.{language}"),
            href=f"{LANGUAGE_PATH}/{language}",
            title=words(f"language.{language}_title"),
            className="ek-language",
            **attributes,
            **aria(current="true" if current else None),
        )

    return html.Div(
        [link(language) for language in LANGUAGES],
        className="ek-languages",
        role="group",
        **aria(label=words("frame.language")),
    )


def _person(principal: Principal, words: Words) -> Component:
    return html.Div(
        [
            html.Span(_initials(principal.name), className="ek-avatar", **aria(hidden=True)),
            html.Div(
                [
                    dcc.Link(principal.name, href=ME_PATH, className="ek-person-name"),
                    html.Span(words(f"role.{principal.role}"), className="ek-person-role"),
                    html.A(words("password.title"), href=PASSWORD_PATH),
                ],
                className="ek-person-words",
            ),
            html.Form(
                [
                    dcc.Input(type="hidden", name="form_token", value=session.form_token()),
                    html.Button(
                        icon("sign-out"),
                        type="submit",
                        className="ek-icon-button",
                        title=words("frame.sign_out"),
                        **aria(label=words("frame.sign_out")),
                    ),
                ],
                action=SIGN_OUT_PATH,
                method="post",
            ),
        ],
        className="ek-person",
    )


def _top(principal: Principal, pages: Sequence[Page], words: Words) -> Component:
    return html.Section(
        [
            html.Nav(html.Ol(id=ids.TRAIL), className="ek-trail", **aria(label=words("frame.trail"))),
            find_button(principal, pages, words),
            html.Div(id=ids.STATE, className="ek-state-line"),
            _keep_view(words),
            about_button(words),
        ],
        className="ek-top",
        **aria(label=words("frame.top")),
    )


def _keep_view(words: Words) -> Component:
    """The way to keep the page with what its address says; the browser puts the address in."""
    keeps: dict[str, Any] = {"data-ek-keep-view": "1"}
    name = words("views.keep")
    inside = [icon("bookmark"), html.Span(name, className="ek-sr")]
    # a telephone's bar has no room left: there the page's help has it
    return html.A(inside, href=VIEWS_PATH, className="ek-icon-button ek-not-phone", title=name, **keeps)


def _away(words: Words) -> Component:
    """What the browser itself shows when the server does not answer, or no longer knows this page."""
    attributes: dict[str, Any] = {"data-ek-reload": "true"}
    return html.Div(
        html.Div(
            [
                icon("alert"),
                html.P(words("error.server_away"), id="frame-away-silent"),
                html.P(words("error.page_outdated"), id="frame-away-outdated", hidden=True),
                html.Button(words("frame.try_again"), type="button", className="ek-button", **attributes),
            ],
            className="ek-banner",
        ),
        id="frame-away",
        className="ek-away",
        hidden=True,
        role="alert",
    )


def _initials(name: str) -> str:
    letters = [word[0] for word in name.replace("(", " ").split() if word[0].isalpha()]
    return "".join(letters[:2]).upper()
