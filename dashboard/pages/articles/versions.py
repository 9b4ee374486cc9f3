"""The versions of an article, and any two of them side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html, no_update

from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import ASKS
from dashboard.components.prose import prose
from dashboard.components.sortable import sortable
from dashboard.components.tables import exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.articles import ids
from dashboard.pages.articles.parts import PATH, address, known_slug
from dashboard.sent.kinds import Code
from layers import numbers
from queries import articles
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.articles import ArticleVersionRow, ArticleWordsRow
    from words import Words

VERSIONS_PATH: Final = f"{PATH}/<slug>/versi"


def layout(slug: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    known = known_slug(slug)
    trail = [{"label": words("nav.articles"), "href": PATH}]
    trail += [{"label": known, "href": address(known)}] if known else []
    return html.Div(
        [
            dcc.Store(id=ids.SLUG, data=known),
            dcc.Store(id=trail_of("articles-versions"), data=[*trail, {"label": words("article.versions")}]),
            html.H1(words("article.versions")),
            html.Div(skeleton(words("article.loading"), lines=4), id=ids.VERSIONS),
            html.Div(
                [
                    dmc.Select(id=name, label=words(key), data=[], value=None, allowDeselect=False)
                    for name, key in ((ids.OLDER, "article.older"), (ids.NEWER, "article.newer"))
                ],
                className="ek-ilmu-search",
                **ASKS,
            ),
            html.Div(id=ids.PAIR),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.VERSIONS, "children"),
        Output(ids.OLDER, "data"),
        Output(ids.NEWER, "data"),
        Output(ids.OLDER, "value"),
        Output(ids.NEWER, "value"),
        Input(ids.SLUG, "data"),
    )
    @requires(Permission.WRITE_ARTICLES)
    def show(slug: Code | None) -> tuple[object, ...]:
        words = current_words()
        with deps.reading() as conn:
            rows = articles.versions(conn, slug) if slug else []
        if not rows:
            return empty(words("article.not_found"), words("article.not_found_hint")), [], [], None, None
        offered = [
            {"value": str(row["number"]), "label": f"{row['number']} · {words('article.state_' + row['state'])}"}
            for row in rows
        ]
        newest = rows[0]["number"]
        before = rows[min(1, len(rows) - 1)]["number"]
        return _table(rows, words), offered, offered, str(before), str(newest)

    @app.callback(
        Output(ids.PAIR, "children"), Input(ids.OLDER, "value"), Input(ids.NEWER, "value"), State(ids.SLUG, "data")
    )
    @requires(Permission.WRITE_ARTICLES)
    def compare(older: Code | None, newer: Code | None, slug: Code | None) -> object:
        words = current_words()
        wanted = [int(one) for one in (older, newer) if one and one.isascii() and one.isdigit() and len(one) < 9]  # noqa: PLR2004
        if not slug or len(wanted) != 2:  # noqa: PLR2004 - two sides
            return no_update
        with deps.reading() as conn:
            sides = [articles.version(conn, slug, number) for number in wanted]
        shown = [_side(side, words) for side in sides if side]
        return [html.Div([side[language] for side in shown], className="ek-ilmu-pair") for language in ("ms", "en")]


def _side(row: ArticleWordsRow, words: Words) -> dict[str, Component]:
    said: dict[str, Component] = {}
    for language in ("ms", "en"):
        name = f"{words('article.version')} {row['number']} · {words(f'language.{language}')}"
        head: list[Any] = [
            html.P(name, className="ek-ilmu-language"),
            html.H2(row["title_ms" if language == "ms" else "title_en"]),
        ]
        body = row["body_ms"] if language == "ms" else row["body_en"]
        said[language] = html.Section([*head, *prose(body)], lang=language, className="ek-ilmu-text")
    return said


def _table(rows: list[ArticleVersionRow], words: Words) -> Component:
    head = [
        words(f"article.{name}") for name in ("version", "state", "title", "note", "writers", "published_by", "day")
    ]
    return sortable(
        head,
        [
            [
                exactly(str(row["number"]), row["number"]),
                words(f"article.state_{row['state']}"),
                row["title_ms"],
                row["note"] or "-",
                words("article.shipped") if row["shipped"] else ", ".join(row["writers"]),
                row["published_by"] or "-",
                exactly(
                    numbers.day(row["published_at"] or row["saved_at"]),
                    (row["published_at"] or row["saved_at"]).toordinal(),
                ),
            ]
            for row in rows
        ],
        words,
        name="articles-versions",
        label=words("article.versions"),
    )
