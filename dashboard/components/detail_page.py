"""What the pages of one record share: the number in their address, their skeleton, and what they say of an act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from dash import dcc, html

from dashboard.components.feedback import skeleton
from dashboard.frame_ids import trail_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dash.development.base_component import Component

    from words import Words

_LONGEST: Final = 18


class DetailIds(NamedTuple):
    """The ids of such a page: which record, as it was seen, what was done to it, what is said of it, its content."""

    record: str
    loaded: str
    done: str
    message: str
    content: str
    trail: str


def number_in(asked: object) -> int | None:
    """The number of a record that an address or a field names; ``None`` for what is none."""
    text = str(asked or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST else None


def detail_layout(
    names: DetailIds,
    asked: object,
    *,
    loading: str,
    extra: Sequence[Component] = (),
    above: Sequence[Component] = (),
    below: Sequence[Component] = (),
) -> Component:
    """The page's skeleton: the record that ``asked`` names is read into it; reads no database.

    ``above`` and ``below`` stand before and after what is read.
    """
    return html.Div(
        [
            dcc.Store(id=names.record, data=number_in(asked)),
            dcc.Store(id=names.loaded),
            dcc.Store(id=names.done),
            *extra,
            dcc.Store(id=trail_of(names.trail), data=[]),
            html.Div(id=names.message, role="status"),
            *above,
            html.Div(skeleton(loading, block=True), id=names.content),
            *below,
        ],
        className="ek-page ek-spaced",
    )


def fact_list(pairs: Sequence[tuple[str, Any]]) -> Component:
    """Names with their values, one above the other where there is little room."""
    listed: Component = html.Dl(
        [html.Div([html.Dt(name), html.Dd(value)]) for name, value in pairs],
        className="ek-case-facts ek-application-facts",
    )
    return listed


def done(message: Any) -> Component:
    """What was carried out."""
    return html.P(message, className="ek-done")


def sentence(key: str, values: Mapping[str, object], words: Words) -> str:
    """The sentence of a refusal."""
    return words(f"error.{key}", **values) if words.has(f"error.{key}") else words("error.refused")
