"""What the pages of administration share: the way between them, lists to choose from, tables, refusals in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from dash import dcc, html

from dashboard.areas import area_options
from dashboard.components.aria import aria
from registry.principals import Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.row_types.oversight import AreaRow
    from registry.errors import InvalidInput
    from words import Words

ROLES_PATH: Final = "/pentadbiran"
PEOPLE_PATH: Final = "/pentadbiran/pengguna"
DELEGATES_PATH: Final = "/pentadbiran/wakil"
SETTINGS_PATH: Final = "/pentadbiran/tetapan"
KEYS_PATH: Final = "/pentadbiran/kunci"
_TABS: Final = (
    (ROLES_PATH, "roles"),
    (PEOPLE_PATH, "people"),
    (DELEGATES_PATH, "delegates"),
    (SETTINGS_PATH, "settings"),
    (KEYS_PATH, "keys"),
)


def tabs(here: str, words: Words) -> Component:
    """Links between the pages of administration; the open one is marked."""
    links = [
        html.Li(
            dcc.Link(words(f"admin.tab_{key}"), href=path, className="ek-button" + (" is-open" if path == here else ""))
        )
        for path, key in _TABS
    ]
    return html.Nav(html.Ul(links, className="ek-admin-tabs"), **aria(label=words("admin.tabs")))


def role_options(words: Words) -> list[dict[str, str]]:
    """The roles, to choose one from."""
    return [{"value": str(role), "label": words(f"role.{role}")} for role in Role]


def territory_options(areas: Sequence[AreaRow], words: Words) -> list[dict[str, object]]:
    """States with their districts, to choose from."""
    whole = {row["code"]: words("admin.whole_state", state=row["name"]) for row in areas if row["level"] == "state"}
    return area_options((row["state_name"], row["code"], whole.get(row["code"], row["name"])) for row in areas)


def refused(error: InvalidInput, words: Words) -> Component:
    """Why nothing was done."""
    message = dict.fromkeys(words(f"problem.{problem}") for problem in error.problems.values())
    return html.Div([html.P(sentence) for sentence in message], className="ek-admin-refused", role="alert")
