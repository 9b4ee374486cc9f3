"""The texts that answers of support begin with: read by who handles support, written and retired by administrators."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import ALL, Dash, Input, Output, State, dcc, html, no_update

from dashboard.acting import answered, mark, pressed
from dashboard.components.detail_page import done
from dashboard.components.feedback import skeleton
from dashboard.components.forms import SAVES
from dashboard.frame_ids import trail_of
from dashboard.guards import may, requires
from dashboard.i18n import current_words
from dashboard.pages.support import ids
from dashboard.pages.support.parts import PATH, card, refused
from dashboard.sent.kinds import Clicks, Fields, Names, version_number
from queries import support
from registry.principals import Permission
from registry.support.tickets import SaveTemplate, save_template

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps, Writes
    from queries.row_types.support import TicketTemplateRow
    from words import Words

_NAMES: Final = ("name_ms", "name_en")
_WORDS: Final = ("words_ms", "words_en")
_LONGEST: Final = 2_000
_LONGEST_NAME: Final = 80
_NEW: Final = ""
_KEEP, _RETIRE = "keep", "retire"


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    trail = [{"label": words("nav.support"), "href": PATH}, {"label": words("support.templates")}]
    return html.Div(
        [
            dcc.Store(id=trail_of("support-templates"), data=trail),
            dcc.Store(id=ids.TEMPLATES_OPENED, data=1),
            dcc.Store(id=ids.TEMPLATES_CHANGED),
            html.H1(words("support.templates")),
            html.P(words("support.templates_lead")),
            html.Div(id=ids.TEMPLATES_MESSAGE, role="status", tabIndex=-1, className="ek-flash-place"),
            html.Div(skeleton(words("support.loading"), lines=6), id=ids.TEMPLATES, className="ek-spaced"),
        ],
        className="ek-page ek-spaced",
    )


def register(app: Dash, deps: Deps) -> None:
    """Wire this page's callbacks onto ``app``."""

    @app.callback(
        Output(ids.TEMPLATES, "children"), Input(ids.TEMPLATES_OPENED, "data"), Input(ids.TEMPLATES_CHANGED, "data")
    )
    @requires(Permission.HANDLE_SUPPORT)
    def show(_opened: object, _changed: object) -> list[Component]:
        words = current_words()
        with deps.reading() as conn:
            rows = support.templates(conn, retired=True)
        if not may(Permission.ADMINISTER):
            return [_read(row, words) for row in rows if row["active"]]
        return [_form(None, words), *(_form(row, words) for row in rows)]

    @app.callback(
        Output(ids.TEMPLATES_CHANGED, "data"),
        Output(ids.TEMPLATES_MESSAGE, "children"),
        Input({"type": ids.TEMPLATE_KEEP_TYPE, "code": ALL, "what": ALL, "version": ALL}, "n_clicks"),
        State({"type": ids.TEMPLATE_FIELD_TYPE, "code": ALL, "name": ALL}, "value"),
        State({"type": ids.TEMPLATE_FIELD_TYPE, "code": ALL, "name": ALL}, "id"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def save(_clicks: Clicks, values: Fields, names: Names) -> tuple[object, object]:
        words, asked = current_words(), pressed()
        if asked is None:
            return no_update, no_update
        code = str(asked["code"])
        typed = {
            name["name"]: str(value or "") for name, value in zip(names, values, strict=True) if name["code"] == code
        }

        def act(session: Writes) -> dict[str, object]:
            save_template(session, _command(asked, typed))
            return {}

        result, said = answered(
            deps,
            f"support-template {mark()}",
            act,
            message=lambda _: done(words("support.template_saved")),
            refused=lambda error: refused(error, words),
        )
        return (mark() if isinstance(result, dict) else no_update), said


def _command(asked: dict[str, Any], typed: dict[str, str]) -> SaveTemplate:
    return SaveTemplate(
        code=str(asked["code"]),
        version=version_number(asked["version"]),
        active=asked["what"] != _RETIRE,
        **{name: typed.get(name, "")[:_LONGEST] for name in (*_NAMES, *_WORDS)},
    )


def _read(row: TicketTemplateRow, words: Words) -> Component:
    first, second = (0, 1) if words.language == "ms" else (1, 0)
    said = [html.P(row[_WORDS[one]], lang=("ms", "en")[one]) for one in (first, second)]
    return card(row["name_ms"] if first == 0 else row["name_en"], html.Div(said))


def _form(row: TicketTemplateRow | None, words: Words) -> Component:
    """One text to change, or a new one; closed until it is wanted."""
    code = row["code"] if row else _NEW
    name = words("support.template_new") if row is None else row["name_ms" if words.language == "ms" else "name_en"]
    if row is not None and not row["active"]:
        name = words("support.template_retired", name=name)
    fields: list[Component] = [
        _field(code, one, row, words, longest=_LONGEST_NAME if one in _NAMES else _LONGEST)
        for one in (*_NAMES, *_WORDS)
    ]
    buttons = [_button(row, _KEEP, words)]
    if row is not None and row["active"]:
        buttons.append(_button(row, _RETIRE, words))
    fields.append(html.Div(buttons, className="ek-case-ways"))
    return html.Details(
        [html.Summary(name), html.Div(fields, className="ek-column-form")], className="ek-card ek-case-step", **SAVES
    )


def _button(row: TicketTemplateRow | None, what: str, words: Words) -> Component:
    code, version = (row["code"], row["version"]) if row else (_NEW, 0)
    restores = what == _KEEP and row is not None and not row["active"]
    button: Component = dmc.Button(
        words("support.template_restore" if restores else f"support.template_{what}"),
        id=ids.keep_template(code, what, version),
        variant="filled" if what == _KEEP else "default",
    )
    return button


def _field(code: str, name: str, row: TicketTemplateRow | None, words: Words, *, longest: int) -> Component:
    given: dict[str, Any] = {
        "id": ids.of_template(code, name),
        "label": words(f"support.field_template_{name}"),
        "value": row[name] if row else "",  # type: ignore[literal-required]
        "withAsterisk": True,
        "attributes": {"input": {"maxLength": longest, "lang": name[-2:]}},
    }
    field: Component = dmc.TextInput(**given) if name in _NAMES else dmc.Textarea(**given, autosize=True, minRows=3)
    return field
