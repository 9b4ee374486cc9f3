"""Writes an article: both languages beside each other, saved as a draft, looked at before it is sent."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered
from dashboard.components.detail_page import done
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.articles import ids
from dashboard.pages.articles.parts import NEW_PATH, PATH, address, known_slug, refused, side_by_side
from dashboard.sent.kinds import Code, LongText, Names, Number
from queries import articles
from registry.articles.articles import LONGEST_BODY, LONGEST_TITLE, LONGEST_TOLD, SaveArticle, save_article
from registry.articles.markdown import cleaned
from registry.articles.models import AUDIENCES, KINDS
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.articles import ArticleWordsRow
    from words import Words

__all__ = ["EDIT_PATH", "NEW_PATH", "layout", "register", "register_nothing"]
EDIT_PATH: Final = f"{PATH}/<slug>/sunting"
_SAME: Final = "sama"
_FIELDS: Final = ("title_ms", "title_en", "body_ms", "body_en")
Written = list[LongText | None]
"""What stands in the fields, of which the texts are longer than those of other pages."""


def layout(slug: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database. Without ``slug`` it is a new article."""
    words = current_words()
    title = words("article.edit" if slug else "article.new")
    trail = [{"label": words("nav.articles"), "href": PATH}, {"label": title}]
    return html.Div(
        [
            dcc.Store(id=ids.SLUG, data=known_slug(slug)),
            dcc.Store(id=ids.OPENED),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            dcc.Store(id=trail_of("articles-edit"), data=trail),
            html.H1(title),
            html.P(words("article.edit_lead"), className="ek-lead"),
            html.Div(skeleton(words("article.loading"), lines=8), id=ids.FORM),
            html.Div(id=ids.EDITED, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(id=ids.PREVIEWED),
        ],
        className="ek-page ek-spaced",
    )


def register_nothing(_app: Dash, _deps: Deps) -> None:
    """The page of a new article is wired with that of an old one."""


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(Output(ids.FORM, "children"), Output(ids.OPENED, "data"), Input(ids.SLUG, "data"))
    @requires(Permission.WRITE_ARTICLES)
    def show_form(slug: Code | None) -> tuple[object, object]:
        words = current_words()
        if not slug:
            return _form(None, words), 0
        with deps.reading() as conn:
            found = articles.one(conn, slug)
            number = (found["open_number"] or found["number"]) if found else None
            written = articles.version(conn, slug, number) if number else None
        if not found or not written:
            return empty(words("article.not_found"), words("article.not_found_hint")), no_update
        if written["state"] == "semakan":
            link = dcc.Link(words("article.open"), href=address(slug), className="ek-button")
            return empty(words("error.article_stands"), action=link), no_update
        return _form(written, words), found["open_saved"] or 0

    @app.callback(
        Output(ids.SAVED, "data"),
        Output(ids.EDITED, "children"),
        Input(ids.SAVE, "n_clicks"),
        State({"type": ids.FIELD_TYPE, "name": ALL}, "value"),
        State({"type": ids.FIELD_TYPE, "name": ALL}, "id"),
        State(ids.OPENED, "data"),
        State(ids.SAVED, "data"),
        State(ids.SLUG, "data"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.WRITE_ARTICLES)
    def save(  # noqa: PLR0917 - what the form holds
        clicks: Number | None,
        values: Written,
        names: Names,
        opened: Number | None,
        saved: Number | None,
        slug: Code | None,
        key: Code | None,
    ) -> tuple[object, object]:
        words = current_words()
        if not clicks:
            return no_update, no_update
        given = {name["name"]: value or "" for name, value in zip(names, values, strict=True)}
        command = _command(given, slug, seen=saved or opened or 0)

        def act(session: Writes) -> dict[str, object]:
            return {"saved": save_article(session, command)}

        result, said = answered(
            deps, f"article-save {key} {clicks}", act,
            message=lambda _: done([words("article.saved"), " ", _to(command.slug, words)]),
            refused=lambda error: refused(error, words),
        )  # fmt: skip
        return (result["saved"] if isinstance(result, dict) else no_update), said

    @app.callback(
        Output(ids.PREVIEWED, "children"),
        Input(ids.PREVIEW, "n_clicks"),
        State({"type": ids.FIELD_TYPE, "name": ALL}, "value"),
        State({"type": ids.FIELD_TYPE, "name": ALL}, "id"),
        prevent_initial_call=True,
    )
    @requires(Permission.WRITE_ARTICLES)
    def preview(clicks: Number | None, values: Written, names: Names) -> object:
        words = current_words()
        if not clicks:
            return no_update
        given = {name["name"]: value or "" for name, value in zip(names, values, strict=True)}
        shown = {name: cleaned(given.get(name, "")) for name in _FIELDS}
        return [html.H2(words("article.preview")), side_by_side(shown, words, note=False)]


def _to(slug: str, words: Words) -> Component:
    return dcc.Link(words("article.open"), href=address(slug), className="ek-button")


def _command(given: dict[str, Any], slug: str | None, *, seen: int) -> SaveArticle:
    texts = {name: str(given.get(name, "")) for name in (*_FIELDS, "note", "kind", "audience")}
    named = tuple(str(given.get("screens", "")).split())
    return SaveArticle(
        slug=slug or str(given.get("slug", "")),
        screens=named,
        en_same=given.get("en_same") == _SAME,
        seen=seen,
        **texts,
    )


def _form(written: ArticleWordsRow | None, words: Words) -> Component:
    empty_row = dict.fromkeys((*_FIELDS, "note"), "") | {"kind": "panduan", "audience": "pegawai", "screens": []}
    row: Any = written or empty_row
    first = [] if written else [_line("slug", "", words, most=80)]
    columns = [
        html.Div(
            [
                _line(f"title_{language}", row[f"title_{language}"], words, most=LONGEST_TITLE),
                _text(f"body_{language}", row[f"body_{language}"], words),
            ]
        )
        for language in ("ms", "en")
    ]
    return html.Div(
        [
            dcc.Store(id=ids.SAVED),
            *first,
            html.Div(
                [_choice("kind", KINDS, row["kind"], words), _choice("audience", AUDIENCES, row["audience"], words)],
                className="ek-ilmu-search",
            ),
            html.Div(columns, className="ek-ilmu-pair"),
            html.Div(
                [
                    _choice("en_same", ("ikut", _SAME), "ikut", words),
                    _line("note", "", words, most=LONGEST_TOLD),
                    _line("screens", " ".join(row["screens"]), words, most=400),
                ],
                className="ek-ilmu-search",
            ),
            _buttons(words),
        ],
        className="ek-ilmu-form",
        **SAVES,
    )


def _buttons(words: Words) -> Component:
    look = html.Button(words("article.preview"), id=ids.PREVIEW, type="button", className="ek-button", n_clicks=0)
    main = "ek-button ek-button-main"
    keep = html.Button(words("article.save"), id=ids.SAVE, type="button", className=main, n_clicks=0)
    return html.Div([look, keep], className="ek-actions")


def _line(name: str, value: str, words: Words, *, most: int) -> Component:
    hint = words(f"article.hint_{name}") if words.has(f"article.hint_{name}") else None
    made: Component = dmc.TextInput(
        id=ids.field(name), label=words(f"article.field_{name}"), value=value, description=hint,
        attributes={"input": {"maxLength": most}},
    )  # fmt: skip
    return made


def _text(name: str, value: str, words: Words) -> Component:
    made: Component = dmc.Textarea(
        id=ids.field(name), label=words(f"article.field_{name}"), value=value, autosize=True, minRows=14, maxRows=30,
        attributes={"input": {"maxLength": LONGEST_BODY}},
    )  # fmt: skip
    return made


def _choice(name: str, offered: tuple[str, ...], value: str, words: Words) -> Component:
    prefix = "article.en" if name == "en_same" else f"article.{name}"
    data = [{"value": one, "label": words(f"{prefix}_{one}")} for one in offered]
    made: Component = dmc.Select(
        id=ids.field(name), label=words(f"article.field_{name}"), data=data, value=value, allowDeselect=False
    )
    return made
