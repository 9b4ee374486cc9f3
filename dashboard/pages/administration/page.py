"""The administration page: the table of roles and what they may do, and the form that changes a role."""

from __future__ import annotations

from typing import TYPE_CHECKING

import dash_mantine_components as dmc
from dash import Dash, Input, Output, State, dcc, html

from dashboard.components.aria import aria
from dashboard.components.forms import SAVES
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.pages.administration import ids
from dashboard.pages.administration.parts import ROLES_PATH, tabs
from dashboard.sent.kinds import Codes, Number
from registry.accounts.permissions import permissions_of, set_permissions
from registry.errors import InvalidInput
from registry.principals import Permission, Role

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Deps
    from words import Words

PATH = ROLES_PATH
_GIVEN = tuple(name for name in Permission if name is not Permission.PUBLIC)


def layout(**_query: object) -> Component:
    """The page's skeleton; reads no database."""
    words = current_words()
    return html.Div(
        [
            dcc.Store(id=ids.SEEN),
            html.H1(words("admin.title")),
            tabs(PATH, words),
            html.P(words("admin.lead"), className="ek-lead"),
            html.Section(id=ids.TABLE, className="ek-panel"),
            html.Section(
                [
                    html.H2(words("admin.change_title")),
                    dmc.RadioGroup(
                        [dmc.Radio(value=str(role), label=words(f"role.{role}"), my="xs") for role in Role],
                        id=ids.ROLE,
                        label=words("admin.role"),
                        value=str(Role.PLANNER),
                    ),
                    dmc.CheckboxGroup(
                        [dmc.Checkbox(value=str(name), label=words(f"permission.{name}"), my="xs") for name in _GIVEN],
                        id=ids.PERMISSIONS,
                        label=words("admin.may"),
                        value=[],
                    ),
                    html.Button(words("admin.save"), id=ids.SAVE, type="button", className="ek-button ek-button-main"),
                    html.P(id=ids.MESSAGE, role="status"),
                ],
                className="ek-panel",
                **SAVES,
            ),
        ],
        className="ek-page ek-admin",
    )


def register(app: Dash, deps: Deps) -> None:
    """Show a role, and change it."""

    @app.callback(
        Output(ids.PERMISSIONS, "value"),
        Output(ids.SEEN, "data"),
        Output(ids.TABLE, "children"),
        Input(ids.ROLE, "value"),
        Input(ids.MESSAGE, "children"),
    )
    @requires(Permission.ADMINISTER)
    def show(role: Role, _saved: object) -> tuple[list[str], list[str], list[Component]]:
        with deps.reading() as connection:
            held = {each: permissions_of(connection, each) for each in Role}
        shown = sorted(held[role])
        return [*shown], [*shown], _table(held, current_words())

    @app.callback(
        Output(ids.MESSAGE, "children"),
        Input(ids.SAVE, "n_clicks"),
        State(ids.ROLE, "value"),
        State(ids.PERMISSIONS, "value"),
        State(ids.SEEN, "data"),
        prevent_initial_call=True,
    )
    @requires(Permission.ADMINISTER)
    def save(clicks: Number | None, role: Role, wanted: Codes, seen: Codes) -> str:
        words = current_words()
        try:
            with deps.writing() as session:
                set_permissions(session, role, _named(wanted), seen=_named(seen))
        except InvalidInput:
            return words("admin.last_administrator")
        changed = [words(f"permission.{name}") for name in sorted(_named(wanted) ^ _named(seen))]
        message = words("admin.saved", role=words(f"role.{role}"), n=clicks)
        return f"{message} {', '.join(changed)}." if changed else message


def _named(names: list[str]) -> frozenset[Permission]:
    return frozenset(Permission(name) for name in names if name in set(Permission))


def _table(held: dict[Role, frozenset[Permission]], words: Words) -> list[Component]:
    """Roles across, permissions down, a mark where a role may; the head and what may be done stay in sight."""
    head = html.Tr(
        [
            html.Th(words("admin.may"), scope="col"),
            *(html.Th(html.Span(words(f"role.{role}")), scope="col") for role in held),
        ]
    )
    return [
        html.H2(words("admin.table_title")),
        html.P(words("admin.table_note"), className="ek-footnote"),
        html.Div(
            html.Table(
                [html.Thead(head), html.Tbody([_line(name, held, words) for name in _GIVEN])],
                className="ek-table ek-matrix",
            ),
            tabIndex=0,
            role="region",
            className="ek-matrix-box",
            **aria(label=words("admin.table_title")),
        ),
    ]


def _line(name: Permission, held: dict[Role, frozenset[Permission]], words: Words) -> Component:
    cells = [_mark(words, may=name in held[role]) for role in held]
    return html.Tr([html.Th(words(f"permission.{name}"), scope="row"), *cells])


def _mark(words: Words, *, may: bool) -> Component:
    """A mark for who sees it, and the word for who does not."""
    word = html.Span(words("admin.yes" if may else "admin.no"), className="ek-unseen")
    return html.Td([html.Span("✓" if may else "·", **aria(hidden="true")), word], className="is-held" if may else "")
