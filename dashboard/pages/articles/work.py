"""What waits for who writes articles: reviews, drafts, days to look again, what helped least, what was not found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import Dash, Input, Output, dcc, html

from dashboard.components.feedback import empty, skeleton
from dashboard.components.sortable import sortable
from dashboard.components.tables import exactly
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.articles import ids
from dashboard.pages.articles.parts import NEW_PATH, PATH, WORK_PATH, address, title_of
from layers import numbers
from queries import articles
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from queries.row_types.articles import ArticleMissRow, ArticleWorkRow
    from words import Words

__all__ = ["WORK_PATH", "layout", "register"]


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("nav.articles"), "href": PATH}, {"label": words("article.work")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("articles-work"), data=trail),
            dcc.Store(id=ids.WORK_OPENED, data=1),
            html.H1(words("article.work")),
            html.P(words("article.work_lead"), className="ek-lead"),
            html.P(dcc.Link(words("article.new"), href=NEW_PATH, className="ek-button"), className="ek-actions"),
            html.Div(skeleton(words("article.loading"), lines=6), id=ids.WORK),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.WORK, "children"), Input(ids.WORK_OPENED, "data"))
    @requires(Permission.WRITE_ARTICLES)
    def show(_once: object) -> object:
        words = current_words()
        with deps.reading() as conn:
            rows, missed = articles.work(conn), articles.misses(conn)
        if not rows:
            return empty(words("article.none"), words("article.none_hint"))
        return [_waiting(rows, words), html.H2(words("article.misses")), _missed(missed, words)]


def _waiting(rows: list[ArticleWorkRow], words: Words) -> Component:
    head = [
        words(f"article.{name}") for name in ("title", "state", "owner_short", "review_short", "no_share", "answers")
    ]
    lines: list[list[Any]] = []
    for row in rows:
        told = row["yes"] + row["no"]
        day = numbers.day(row["review_on"])
        due = words("article.due", day=day) if row["due"] else day
        share = row["no"] / told if told else None
        lines.append(
            [
                dcc.Link(title_of(row, words), href=address(row["slug"])),
                words(f"article.state_{row['state']}"),
                row["owner"] or "-",
                exactly(due, row["review_on"].toordinal()),
                exactly(numbers.share(share), -1 if share is None else round(1000 * share)),
                exactly(numbers.count(told), told),
            ]
        )
    return sortable(head, lines, words, name="articles-work", label=words("article.work"))


def _missed(rows: list[ArticleMissRow], words: Words) -> Component:
    if not rows:
        return html.P(words("article.no_misses"))
    head = [words(f"article.{name}") for name in ("asked", "times", "day")]
    lines: list[list[Any]] = [
        [
            row["asked"],
            exactly(numbers.count(row["times"]), row["times"]),
            exactly(numbers.day(row["last_on"]), row["last_on"].toordinal()),
        ]
        for row in rows
    ]
    return sortable(head, lines, words, name="articles-misses", label=words("article.misses"))
