"""The shelf of Pangkalan Ilmu: one box that searches both languages, and the articles that are opened most."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html

from dashboard import urlstate
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import ASKS
from dashboard.components.listing import pager, shown_of
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.articles import ids
from dashboard.pages.articles.parts import FILES_PATH, NEW_PATH, PATH, WORK_PATH, address, tags, title_of
from dashboard.sent.kinds import Code, Text, View
from dashboard.urlstate import UrlState, choice, whole
from layers import numbers
from queries import articles
from registry.articles.articles import note_miss
from registry.articles.models import KINDS
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.articles import FoundArticleRow, ShelfRow
    from words import Words

__all__ = ["PATH", "layout", "register"]
ROWS: Final = 20
_FAR: Final = 10_000
_MOST_ASKED: Final = 200


@dataclass(frozen=True)
class ShelfView(UrlState):
    """Which kind of articles, and which page of them; what is searched is never part of an address."""

    kind: str = choice("", *KINDS, name="jenis")
    page: int = whole(1, at_least=1, at_most=_FAR, name="halaman")


def layout(**query: object) -> Component:
    """The page's skeleton; reads no database."""
    words, state = current_words(), ShelfView.parse(query)
    kinds = [{"value": name, "label": words(f"article.kind_{name}")} for name in KINDS]
    return html.Div(
        [
            dcc.Store(id=trail_of("articles"), data=[{"label": words("nav.articles")}]),
            urlstate.view_store(ids.VIEW, state),
            html.H1(words("nav.articles")),
            html.P(words("article.lead"), className="ek-lead"),
            html.Div(
                [
                    dmc.TextInput(
                        id=ids.ASKED, label=words("article.search"), value="", debounce=400,
                        placeholder=words("article.search_hint"), attributes={"input": {"maxLength": _MOST_ASKED}},
                    ),
                    dmc.Select(
                        id=ids.KIND, label=words("article.kind"), data=kinds, value=state.kind or None, clearable=True,
                        placeholder=words("article.all_kinds"),
                        clearButtonProps={"aria-label": words("form.clear"), "tabIndex": -1},
                    ),
                ],
                className="ek-ilmu-search",
                **ASKS,
            ),
            html.Div(skeleton(words("article.loading"), lines=6), id=ids.LIST),
        ],
        className="ek-page ek-spaced",
    )  # fmt: skip


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""
    urlstate.follow(app, ids.VIEW)

    @app.callback(
        Output(ids.VIEW, "data"), Input(ids.KIND, "value"), State(ids.VIEW, "data"), prevent_initial_call=True
    )
    @requires(Permission.READ_AGGREGATES)
    def narrow(kind: Code | None, state: View) -> dict[str, str]:
        return ShelfView.parse(state).but(kind=kind or "", page=1).query()

    @app.callback(Output(ids.LIST, "children"), Input(ids.ASKED, "value"), Input(ids.VIEW, "data"))
    @requires(Permission.READ_AGGREGATES)
    def show(asked: Text | None, view: View) -> object:
        state, words, said = ShelfView.parse(view), current_words(), (asked or "").strip()[:_MOST_ASKED]
        if said:
            return _found(deps, said, state, words)
        with deps.reading() as conn:
            rows, total = articles.shelf(conn, kind=state.kind, limit=ROWS, offset=(state.page - 1) * ROWS)
        return [_ways(words), *_shelf(rows, total, state, words)]


def _found(deps: Deps, said: str, state: ShelfView, words: Words) -> list[Component]:
    with deps.reading() as conn:
        rows, total = articles.found(conn, said, language=words.language, kind=state.kind)
    if not total or rows[0]["near"]:
        with deps.writing() as session:
            note_miss(session, said)
    if not total:
        return [empty(words("article.none_found"), words("article.none_found_hint"), image="search")]
    lead = html.P(words("article.near"), className="ek-footnote") if rows[0]["near"] else None
    shown = shown_of(0, len(rows), total, words, key="article.shown")
    return [*([lead] if lead else []), shown, html.Ol([_hit(row, words) for row in rows], className="ek-ilmu-list")]


def _hit(row: FoundArticleRow, words: Words) -> Component:
    parts: list[Component | str] = []
    # the database marks what was found with signs that no text holds
    for place, part in enumerate(row["snippet"].replace("\x03", "\x02").split("\x02")):
        parts.append(html.Mark(part) if place % 2 else part)
    return html.Li(
        [
            html.H2(dcc.Link(row["title"], href=_address(row)), lang=row["language"]),
            html.P(parts, lang=row["language"]),
            html.P(tags(row, words)),
        ]
    )


def _address(row: FoundArticleRow) -> str:
    return address(row["slug"]) if row["slug"] else f"{FILES_PATH}/{row['file_id']}"


def _shelf(rows: list[ShelfRow], total: int, state: ShelfView, words: Words) -> list[Component]:
    if not rows:
        return [empty(words("article.none"), words("article.none_hint"))]
    listed = [
        html.Li(
            [
                html.H2(dcc.Link(title_of(row, words), href=address(row["slug"]))),
                html.P([*tags(row, words), " ", words("article.published_on", day=numbers.day(row["published_at"]))]),
            ]
        )
        for row in rows
    ]
    return [
        shown_of((state.page - 1) * ROWS, len(rows), total, words, key="article.shown"),
        html.Ol(listed, className="ek-ilmu-list"),
        pager(state.page, ROWS, total, lambda to: state.but(page=to).address(PATH), words),
    ]


def _ways(words: Words) -> Component:
    links = [("library.title", FILES_PATH)]
    if may(Permission.WRITE_ARTICLES):
        links += [("article.new", NEW_PATH), ("article.work", WORK_PATH)]
    return html.P([dcc.Link(words(key), href=to, className="ek-button") for key, to in links], className="ek-actions")
