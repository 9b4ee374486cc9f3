"""One article: its text in both languages, whether it helped, and for its writers the steps of its versions."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, mark, pressed
from dashboard.components.detail_page import done
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.articles import ids
from dashboard.pages.articles.parts import PATH, SCREEN_MARK, address, known_slug, refused, side_by_side, tags, title_of
from dashboard.sent.kinds import Clicks, Code, Text
from layers import numbers
from queries import articles
from registry.articles.articles import LONGEST_TOLD, move_article, note_read, tell_article
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.articles import ArticleRow, ArticleToldRow
    from words import Words

ONE_PATH: Final = f"{PATH}/<slug>"
_PUBLISHES: Final = {"terbit", "arkib"}


def layout(slug: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    helps = [
        html.Button(
            words(f"article.helps_{name}"), id=ids.helps(name), type="button", className="ek-button", n_clicks=0
        )
        for name in ("ya", "tidak")
    ]
    feedback = html.Section(
        [
            html.H2(words("article.helps")),
            dmc.TextInput(
                id=ids.FEEDBACK_TEXT, label=words("article.helps_why"), value="",
                description=words("article.helps_hint"), attributes={"input": {"maxLength": LONGEST_TOLD}},
            ),
            html.Div(helps, className="ek-actions"),
        ],
        id=ids.FEEDBACK,
        className="ek-panel ek-column-form ek-ilmu-helps",
        hidden=True,
        **SAVES,
    )  # fmt: skip
    return html.Div(
        [
            dcc.Store(id=ids.SLUG, data=known_slug(slug)),
            dcc.Store(id=ids.SEEN),
            dcc.Store(id=ids.DONE),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            dcc.Store(id=trail_of("articles-one"), data=[]),
            html.Div(id=ids.MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("article.loading"), block=True), id=ids.CONTENT, className="ek-ilmu-content"),
            feedback,
            html.Div(id=ids.FEEDBACK_MESSAGE, role="status", tabIndex=-1),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    _reading(app, deps)
    _telling(app, deps)

    @app.callback(
        Output(ids.DONE, "data"),
        Output(ids.MESSAGE, "children"),
        Input({"type": ids.STEP_TYPE, "step": ALL}, "n_clicks"),
        State(ids.SEEN, "data"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.WRITE_ARTICLES)
    def take(_clicks: Clicks, seen: Code | None, key: Code | None) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        slug, _, saved = (seen or "").partition(" ")
        if not isinstance(asked, dict) or not known_slug(slug):
            return no_update, no_update
        step, number = str(asked["step"]), int(saved) if saved.isascii() and saved.isdigit() else 0

        def act(session: Writes) -> dict[str, object]:
            return {"state": move_article(session, slug, step, seen=number), "mark": mark()}

        return answered(
            deps,
            f"article {slug} {step} {number} {key}",
            act,
            message=lambda _: done(words(f"article.did_{step}")),
            refused=lambda error: refused(error, words),
        )


def _reading(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.CONTENT, "children"),
        Output(ids.SEEN, "data"),
        Output(ids.FEEDBACK, "hidden"),
        Output(trail_of("articles-one"), "data"),
        Input(ids.SLUG, "data"),
        Input(ids.DONE, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(asked: Code | None, again: object) -> tuple[object, ...]:
        words, told = current_words(), []
        with deps.reading() as conn:
            found = None
            if asked:
                screen = asked.startswith(SCREEN_MARK)
                found = articles.explaining(conn, asked[1:]) if screen else articles.one(conn, asked)
            if found and may(Permission.WRITE_ARTICLES):
                told = articles.told(conn, found["slug"])
        if found is None:
            link = dcc.Link(words("article.to_shelf"), href=PATH, className="ek-button")
            told_of = "no_screen" if asked and asked.startswith(SCREEN_MARK) else "not_found"
            state = empty(words(f"article.{told_of}"), words(f"article.{told_of}_hint"), action=link, page=True)
            return state, None, True, no_update
        published = found["number"] is not None
        if published and not again:
            with deps.writing() as session:
                note_read(session, found["slug"])
        title = title_of(found, words) if published else found["slug"]
        trail = [{"label": words("nav.articles"), "href": PATH}, {"label": title}]
        seen = f"{found['slug']} {found['open_saved'] or 0}"
        return _content(found, told, title, words), seen, not published, trail


def _telling(app: Dash, deps: Deps) -> None:
    @app.callback(
        Output(ids.FEEDBACK, "className"),
        Output(ids.FEEDBACK_MESSAGE, "children"),
        Input({"type": ids.HELPS_TYPE, "answer": ALL}, "n_clicks"),
        State(ids.FEEDBACK_TEXT, "value"),
        State(ids.SEEN, "data"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.READ_AGGREGATES)
    def tell(_clicks: Clicks, told: Text | None, seen: Code | None, key: Code | None) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        slug = known_slug((seen or "").partition(" ")[0])
        if not isinstance(asked, dict) or not slug:
            return no_update, no_update

        def act(session: Writes) -> dict[str, object]:
            tell_article(session, slug, helpful=asked["answer"] == "ya", told=told or "")
            return {"told": True}

        result, said = answered(
            deps,
            f"article-helps {slug} {key}",
            act,
            message=lambda _: done(words("article.helps_thanks")),
            refused=lambda error: refused(error, words),
        )
        return ("ek-ilmu-told" if isinstance(result, dict) else no_update), said


def _content(found: ArticleRow, told: list[ArticleToldRow], title: str, words: Words) -> list[Component]:
    writes = may(Permission.WRITE_ARTICLES)
    parts: list[Component] = [html.H1(title), html.P(_facts(found, words), className="ek-ilmu-facts")]
    if writes:
        parts.append(_steps(found, words))
    if found["number"] is not None:
        parts.append(side_by_side(found, words))
    if told:
        parts.append(_told(told, words))
    return parts


def _facts(found: ArticleRow, words: Words) -> list[Any]:
    facts: list[Any] = [*tags(found, words), " "]
    if found["published_at"] is None:
        return [*facts, words("article.unpublished")]
    facts.append(
        words("article.version_of", number=numbers.count(found["number"] or 0), day=numbers.day(found["published_at"]))
    )
    facts += [" · ", words("article.review_on", day=numbers.day(found["review_on"]))]
    who = words("article.shipped") if found["shipped"] else words("article.owner", name=found["owner"] or "-")
    return [*facts, " · ", who]


def _steps(found: ArticleRow, words: Words) -> Component:
    """What a writer may do now; who publishes is none of the writers."""
    steps = {"draf": ["hantar", "buang"], "semakan": ["pulang", "terbit"]}.get(found["open_state"] or "", [])
    if found["number"] is not None:
        steps += ["semak", "arkib"]
    offered = [step for step in steps if step not in _PUBLISHES or may(Permission.PUBLISH_ARTICLES)]
    if found["open_mine"]:
        offered = [step for step in offered if step != "terbit"]
    buttons: list[Component] = [
        html.Button(words(f"article.press_{step}"), id=ids.step(step), type="button", className="ek-button", n_clicks=0)
        for step in offered
    ]
    links = [dcc.Link(words("article.versions"), href=f"{address(found['slug'])}/versi", className="ek-button")]
    if found["open_state"] != "semakan":
        links.append(dcc.Link(words("article.edit"), href=f"{address(found['slug'])}/sunting", className="ek-button"))
    state = found["open_state"]
    said = words(f"article.open_{state}", number=numbers.count(found["open_number"] or 0)) if state else ""
    waits = words("article.waits_other") if state == "semakan" and found["open_mine"] else ""
    return html.Div(
        [html.P(f"{said} {waits}".strip()), html.Div([*links, *buttons], className="ek-actions")], className="ek-panel"
    )


def _told(told: list[ArticleToldRow], words: Words) -> Component:
    no = sum(not row["helpful"] for row in told)
    answers = {True: words("article.helps_ya"), False: words("article.helps_tidak")}
    wrote = [row for row in told if row["told"]]
    lines = [html.Li(f"{numbers.day(row['given_on'])} · {answers[row['helpful']]}: {row['told']}") for row in wrote]
    share = numbers.share(no / len(told))
    return html.Details(
        [
            html.Summary(words("article.told", no=share, count=numbers.count(len(told)))),
            html.Ul(lines) if lines else html.P(words("article.told_nothing")),
        ],
        className="ek-panel",
    )
