"""Keeps what a person would share in the address: parsed once, written back without reloading the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import Field, field, fields, replace
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urlencode

from dash import ClientsideFunction, Input, Output, State, dcc, html

if TYPE_CHECKING:
    from collections.abc import Callable

    from dash import Dash
    from dash.development.base_component import Component

_READ, _NAME = "read", "name"


class UrlState:
    """A frozen dataclass whose fields are made by :func:`choice`, :func:`code` and :func:`whole`.

    What an address says is input: a value that a field does not take is its default, an unknown name is nothing.
    """

    @classmethod
    def parse(cls, query: object) -> Self:
        """The state that an address, or a store filled from one, describes; the defaults where that is no mapping."""
        message = query if isinstance(query, Mapping) else {}
        read = {item.name: item.metadata[_READ](message.get(_name(item))) for item in _fields(cls)}
        return cls(**read)

    def query(self) -> dict[str, str]:
        """What the address says: only what differs from the defaults."""
        values = ((item, getattr(self, item.name)) for item in _fields(type(self)))
        return {_name(item): str(value) for item, value in values if value != item.default}

    def address(self, path: str) -> str:
        """The address of this state at ``path``."""
        query = urlencode(self.query())
        return f"{path}?{query}" if query else path

    def but(self, **changes: object) -> Self:
        """This state with some fields changed, each checked like an address's."""
        known = {item.name: item.metadata[_READ] for item in _fields(type(self))}
        return replace(self, **{name: known[name](value) for name, value in changes.items()})  # type: ignore[type-var]


def choice(default: str, *others: str, name: str = "") -> Any:
    """A field that takes one of a few values."""
    allowed = frozenset({default, *others})
    return _made(default, lambda value: value if isinstance(value, str) and value in allowed else default, name)


def code(default: str = "", *, pattern: str = r"[A-Za-z0-9.\-]{1,40}", name: str = "") -> Any:
    """A field that takes a code of the given shape."""
    shape = re.compile(pattern, re.ASCII)
    return _made(default, lambda value: value if isinstance(value, str) and shape.fullmatch(value) else default, name)


def whole(default: int, *, at_least: int, at_most: int, name: str = "") -> Any:
    """A field that takes a whole number within bounds."""

    def read(value: object) -> int:
        text = str(value)
        number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else default
        return number if at_least <= number <= at_most else default

    return _made(default, read, name)


def view_store(store_id: str, state: UrlState) -> Component:
    """The store that holds a page's view: callbacks read it, what a person does writes it."""
    query = state.query()
    return html.Div([dcc.Store(id=store_id, data=query), dcc.Store(id=_followed(store_id), data=query)], hidden=True)


def follow(app: Dash, store_id: str) -> None:
    """Bind the address to a page's view store, both ways: a new view is a step that the browser's back undoes."""
    app.clientside_callback(
        ClientsideFunction("ekasih_url", "follow"),
        Output(_followed(store_id), "data"),
        Input(store_id, "data"),
        State(_followed(store_id), "data"),
    )


def _followed(store_id: str) -> str:
    """Where the view that the address holds is noted, from the one that the page was opened with."""
    return f"{store_id}-address"


def _made(default: object, read: Callable[[object], object], name: str) -> Any:
    return field(default=default, metadata={_READ: read, _NAME: name})


def _fields(state: type[UrlState]) -> tuple[Field[object], ...]:
    return fields(state)  # type: ignore[arg-type]


def _name(item: Field[Any]) -> str:
    return item.metadata[_NAME] or item.name
