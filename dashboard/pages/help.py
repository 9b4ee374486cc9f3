"""The help page: what the words and colours mean, how to get about, who sees what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.components.badges import STATUSES, status_badge
from dashboard.i18n import current_words
from registry.principals import Role

if TYPE_CHECKING:
    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.deps import Deps

PATH = "/panduan"

_KEYS = (("/", "search"), ("?", "about"), ("Tab", "tab"), ("Enter", "enter"), ("⌫", "up"), ("Esc", "escape"))
# who sees the least comes first
ROLES = (
    Role.COMMUNITY_LEADER, Role.PLANNER, Role.AGENCY, Role.AUDITOR, Role.COUNCIL, Role.ENUMERATOR, Role.COORDINATOR,
    Role.OFFICER, Role.STATE_OFFICE, Role.NATIONAL, Role.ADMINISTRATOR,
)  # fmt: skip
_TERMS = ("kir", "air", "pgk", "food_line", "per_capita", "rate")


def layout(**_query: str) -> Component:
    """The article, in the reader's language."""
    words = current_words()
    return html.Article(
        [
            html.H1(words("help.title")),
            html.P(words("help.lead"), className="ek-lead"),
            html.H2(words("help.status_title")),
            html.P(words("help.status_text")),
            html.Dl([_term(status_badge(status, words), words(f"help.status_{status}")) for status in STATUSES]),
            html.H2(words("help.map_title")),
            html.P(words("help.map_text")),
            html.P(words("help.map_grey")),
            html.H2(words("help.keys_title")),
            html.Dl([_term(html.Kbd(key), words(f"help.key_{name}")) for key, name in _KEYS]),
            html.H2(words("help.figures_title")),
            html.P(words("help.figures_text")),
            html.P(words("help.small_text")),
            html.H2(words("help.roles_title")),
            html.Dl([_term(words(f"role.{role}"), words(f"help.role_{role}")) for role in ROLES]),
            html.H2(words("help.words_title")),
            html.Dl([_term(words(f"help.term_{term}"), words(f"help.meaning_{term}")) for term in _TERMS]),
        ],
        className="ek-article",
    )


def register(_app: Dash, _deps: Deps) -> None:
    """This page only tells; it has nothing to wire."""


def _term(term: Component | str, meaning: str) -> Component:
    return html.Div([html.Dt(term), html.Dd(meaning)])
