"""Which page answers an address, and who may open it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol
from urllib.parse import parse_qs, unquote

from dash import Input, Output, State, dcc, html

from dashboard import frame_ids as ids
from dashboard.about import About, about_page
from dashboard.components.feedback import empty, refusal
from dashboard.guards import requires
from dashboard.i18n import current_words
from dashboard.localpath import HOME
from dashboard.sent.kinds import Text
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dash import Dash
    from dash.development.base_component import Component

    from dashboard.components.icons import IconName
    from dashboard.deps import Deps
    from registry.principals import Principal


class Layout(Protocol):
    """Answers a page's skeleton from what the address says; reads no database, trusts nothing."""

    def __call__(self, **query: str) -> Component:
        """The components of the page."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its address (``/isi-rumah/<household>`` takes a variable), what it needs, and its place in the rail.

    ``group`` is a heading of the rail (``navigation.GROUPS``), under which it may be called otherwise: ``called``. It
    stands in the rail of who holds any of ``offered_to`` alone, where that is said; others open it by address.
    ``about`` is what the page says of itself.
    """

    path: str
    title: str
    permission: Permission
    layout: Layout
    register: Callable[[Dash, Deps], None]
    icon: IconName | None = None
    group: str = ""
    called: str = ""
    offered_to: tuple[Permission, ...] = ()
    about: About | None = None

    def variables(self, path: str) -> dict[str, str] | None:
        """What the address says where it is this page's; ``None`` where it is another's."""
        pattern = re.sub(r"<(\w+)>", r"(?P<\1>[^/]+)", self.path)
        found = re.fullmatch(pattern, path.rstrip("/") or HOME)
        return None if found is None else {name: unquote(value) for name, value in found.groupdict().items()}


def register(app: Dash, deps: Deps, pages: Sequence[Page]) -> None:
    """Show the page of the address when it changes; each page's own callbacks are wired beside."""

    @app.callback(
        Output(ids.PAGE, "children"),
        Input(ids.LOCATION, "pathname"),
        Input(ids.LOCATION, "search"),
        State(ids.LOCATION, "href"),
    )
    @requires(Permission.PUBLIC)
    def open_page(path: Text | None, search: Text | None, _address: object) -> list[Component]:
        return page_at(pages, deps.principal(), path=path or HOME, search=search or "")


def page_at(pages: Sequence[Page], principal: Principal | None, *, path: str, search: str) -> list[Component]:
    """The page of an address, or what to read instead: there is none, or this person may not open it."""
    words = current_words()
    home = dcc.Link(words("frame.to_map"), href=HOME, className="ek-button")
    for page in pages:
        variables = page.variables(path)
        if variables is None:
            continue
        if principal is None or not principal.may(page.permission):
            state = refusal(words("frame.refused"), words("frame.refused_hint"), action=home)
            return [_trail(words("frame.refused")), html.Div(state, className="ek-page")]
        query = {name: values[0] for name, values in parse_qs(search.lstrip("?")).items()}
        told = about_page(page.about, words, path=path)
        return [_trail(words(page.title)), page.layout(**{**query, **variables}), told]
    state = empty(words("frame.no_page"), words("error.page_not_found"), action=home, page=True)
    return [_trail(words("frame.no_page")), html.Div(state, className="ek-page")]


def _trail(title: str) -> Component:
    return dcc.Store(id=ids.trail_of(ids.DEFAULT_TRAIL), data=[{"label": title}])
