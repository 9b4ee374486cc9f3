"""One file of the library: where it is from, the way to take it, and for its writers its facts and steps."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, mark, pressed
from dashboard.components.detail_page import done, fact_list, number_in
from dashboard.components.feedback import empty, skeleton
from dashboard.components.forms import SAVES
from dashboard.components.upload_zone import size
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.articles import ids
from dashboard.pages.articles.library import download_address
from dashboard.pages.articles.parts import FILES_PATH, PATH, refused, title_of
from dashboard.sent.kinds import Clicks, Code, Fields, Names, Number
from layers import numbers
from queries import articles
from registry.articles.library import LONGEST, DescribeFile, describe_file, move_file
from registry.articles.models import AUDIENCES
from registry.households.typed_values import day_of
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.articles import OneLibraryFileRow
    from words import Words

FILE_PATH: Final = f"{FILES_PATH}/<file>"


def layout(file: str = "", **_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.FILE, data=number_in(file)),
            dcc.Store(id=ids.FILE_DONE),
            dcc.Store(id=ids.KEY, data=secrets.token_hex(16)),
            dcc.Store(id=trail_of("articles-file"), data=[]),
            html.Div(id=ids.FILE_MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("article.loading"), block=True), id=ids.FILE_CONTENT),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.FILE_CONTENT, "children"),
        Output(trail_of("articles-file"), "data"),
        Input(ids.FILE, "data"),
        Input(ids.FILE_DONE, "data"),
    )
    @requires(Permission.READ_AGGREGATES)
    def show(number: Number | None, _again: object) -> tuple[object, object]:
        words = current_words()
        with deps.reading() as conn:
            found = articles.file(conn, number) if number is not None else None
        if found is None:
            link = dcc.Link(words("library.title"), href=FILES_PATH, className="ek-button")
            return empty(words("library.not_found"), words("article.not_found_hint"), action=link, page=True), no_update
        title = title_of(found, words) or found["file_name"]
        trail = [{"label": words("nav.articles"), "href": PATH}, {"label": words("library.title"), "href": FILES_PATH}]
        return _content(found, title, words), [*trail, {"label": title}]

    @app.callback(
        Output(ids.FILE_DONE, "data"),
        Output(ids.FILE_MESSAGE, "children"),
        Input({"type": ids.FILE_STEP_TYPE, "step": ALL}, "n_clicks"),
        State({"type": ids.FACT_TYPE, "name": ALL}, "value"),
        State({"type": ids.FACT_TYPE, "name": ALL}, "id"),
        State(ids.FILE, "data"),
        State(ids.KEY, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.WRITE_ARTICLES)
    def take(
        clicks: Clicks, values: Fields, names: Names, number: Number | None, key: Code | None
    ) -> tuple[object, object]:
        asked, words = pressed(), current_words()
        if not isinstance(asked, dict) or number is None:
            return no_update, no_update
        step = str(asked["step"])
        given = {name["name"]: value for name, value in zip(names, values, strict=True)}

        def act(session: Writes) -> dict[str, object]:
            if step == "simpan":
                describe_file(session, number, _command(given))
            else:
                move_file(session, number, step)
            return {"mark": mark()}

        return answered(
            deps,
            f"library {number} {step} {key} {sum(click or 0 for click in clicks)}",
            act,
            message=lambda _: done(words(f"library.did_{step}")),
            refused=lambda error: refused(error, words),
        )


def _command(given: dict[str, Any]) -> DescribeFile:
    texts = {name: str(given.get(name) or "") for name in ("title_ms", "title_en", "audience", "source", "licence")}
    return DescribeFile(dated=day_of(str(given.get("dated") or "")), replaces=number_in(given.get("replaces")), **texts)


def _content(found: OneLibraryFileRow, title: str, words: Words) -> list[Component]:
    facts = [
        (words("library.field_audience"), words(f"article.audience_{found['audience']}")),
        (words("library.kind"), f"{found['kind'].upper()}, {size(found['bytes'])}"),
        (words("article.version"), str(found["version"])),
        (words("library.field_source"), found["source"] or "-"),
        (words("library.field_licence"), found["licence"] or "-"),
        (words("library.field_dated"), numbers.day(found["dated"])),
        ("SHA-256", html.Code(found["sha256"], className="ek-ilmu-digest")),
    ]
    if found["kind"] == "pdf":
        facts.append((words("library.text"), words("library.text_read" if found["read_at"] else "library.text_waits")))
    link = html.A(
        words("library.take"),
        href=download_address(found["file_id"]),
        className="ek-button ek-button-main",
        download="",
    )
    parts: list[Component] = [html.H1(title), html.P(link, className="ek-actions"), fact_list(facts)]
    if may(Permission.WRITE_ARTICLES) and found["withdrawn_at"] is None:
        parts.append(_work(found, words))
    return parts


def _work(found: OneLibraryFileRow, words: Words) -> Component:
    open_one = found["published_at"] is None
    steps = ["terbit"] if open_one and not found["own"] and may(Permission.PUBLISH_ARTICLES) else []
    if may(Permission.PUBLISH_ARTICLES) or (open_one and found["own"]):
        steps.append("tarik")
    form = _form(found, words) if open_one and found["own"] else []
    buttons = [_button(step, words) for step in (["simpan"] if form else []) + steps]
    said = [html.P(words("library.waits_other"))] if open_one else []
    return html.Section(
        [*said, *form, html.Div(buttons, className="ek-actions")], className="ek-panel ek-column-form", **SAVES
    )


def _button(step: str, words: Words) -> Component:
    return html.Button(
        words(f"library.press_{step}"), id=ids.file_step(step), type="button", className="ek-button", n_clicks=0
    )


def _form(found: OneLibraryFileRow, words: Words) -> list[Component]:
    audiences = [{"value": name, "label": words(f"article.audience_{name}")} for name in AUDIENCES]
    dated = f"{found['dated']:%d/%m/%Y}" if found["dated"] else ""
    lines = (
        ("title_ms", found["title_ms"]),
        ("title_en", found["title_en"]),
        ("source", found["source"]),
        ("licence", found["licence"]),
        ("dated", dated),
        ("replaces", str(found["replaces_id"] or "")),
    )
    fields: list[Component] = [
        dmc.TextInput(
            id=ids.fact(name), label=words(f"library.field_{name}"), value=value,
            attributes={"input": {"maxLength": LONGEST}},
        )
        for name, value in lines
    ]  # fmt: skip
    choice = dmc.Select(
        id=ids.fact("audience"), label=words("library.field_audience"), data=audiences, value=found["audience"],
        allowDeselect=False,
    )  # fmt: skip
    return [*fields, choice]
