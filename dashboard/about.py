"""What each page says of itself: what it is for, what its words mean, which keys it knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from dash import dcc, html

from dashboard import frame_ids as ids
from dashboard.components.aria import aria
from dashboard.components.icons import icon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dash.development.base_component import Component

    from words import Words

HELP_PATH: Final = "/panduan"
ARTICLE_PATH: Final = "/ilmu/_"
"""Before the name of a page: the article that explains it."""
ASK_PATH: Final = "/sokongan/baharu"
VIEWS_PATH: Final = "/paparan"


@dataclass(frozen=True, slots=True)
class About:
    """What a page is (``about.<name>``), its words (``about.term_…``), the keys that it knows beside the frame's."""

    name: str
    terms: tuple[str, ...] = ()
    keys: tuple[str, ...] = ()


_EVERYWHERE: Final = ("find", "keys", "tab", "enter", "escape")
_PRESSED: Final = {
    "find": ("/", "Ctrl K"),
    "keys": ("?",),
    "tab": ("Tab",),
    "enter": ("Enter",),
    "escape": ("Esc",),
    "map_enter": ("Enter",),
    "map_up": ("⌫",),
    "map_arrows": ("←", "→", "↑", "↓"),
    "map_plus": ("+", "-"),
    "grid_arrows": ("↑", "↓"),
    "grid_enter": ("Enter",),
}


def about_button(words: Words) -> Component:
    """What opens the page's own help; the browser does so by itself, with ``?`` as well."""
    return html.Button(
        [icon("help"), html.Span(words("about.open"), className="ek-about-word")],
        id=ids.ABOUT_BUTTON,
        type="button",
        className="ek-button ek-about-button",
        title=words("about.open"),
        **aria(haspopup="dialog", keyshortcuts="?", label=words("about.open")),
    )


def about_page(about: About | None, words: Words, *, path: str) -> Component:
    """The dialog of the page at ``path``: what it is, its words, its keys, the ways to the guide and to support."""
    keys: dict[str, Any] = {"data-ek-keys": "1"}
    closes: dict[str, Any] = {"data-ek-close": "1"}
    message = [html.P(words(f"about.{about.name}"), className="ek-lead")] if about else []
    parts: list[Component] = [
        html.Header(
            [
                html.H2(words("about.title"), id="frame-about-title", tabIndex=-1),
                html.Button(
                    icon("close"),
                    type="button",
                    className="ek-icon-button",
                    title=words("frame.close"),
                    **closes,
                    **aria(label=words("frame.close")),
                ),
            ]
        ),
        *message,
        _keep_view(words),
    ]
    if about and about.terms:
        meanings = [
            _pair(words(f"about.term_{term}"), words(f"about.meaning_{term}")) for term in dict.fromkeys(about.terms)
        ]
        parts += [html.H3(words("about.words")), html.Dl(meanings)]
    pressed = [
        _pair(_keys(_PRESSED[key]), words(f"about.key_{key}")) for key in (*(about.keys if about else ()), *_EVERYWHERE)
    ]
    parts += [html.H3(words("about.keys"), tabIndex=-1, **keys), html.Dl(pressed)]
    links: list[Any] = []
    if about:
        links = [dcc.Link(words("about.article_link"), href=f"{ARTICLE_PATH}{about.name}"), " · "]
    parts.append(html.P([*links, dcc.Link(words("about.guide"), href=HELP_PATH)]))
    # the page's address alone: what was asked of it may name somebody
    parts.append(html.P(dcc.Link(words("about.ask_support"), href=f"{ASK_PATH}?{urlencode({'halaman': path})}")))
    return html.Dialog(parts, id=ids.ABOUT, className="ek-pop ek-about", **aria(labelledby="frame-about-title"))


def _keep_view(words: Words) -> Component:
    """The way to keep the page as it is, for a telephone, whose bar has no room for it."""
    keeps: dict[str, Any] = {"data-ek-keep-view": "1"}
    inside: list[Any] = [icon("bookmark"), words("views.keep")]
    link: Component = html.A(inside, href=VIEWS_PATH, className="ek-button ek-phone", **keeps)
    return link


def _keys(names: Iterable[str]) -> list[Component]:
    return [html.Kbd(name) for name in names]


def _pair(term: Any, meaning: str) -> Component:
    return html.Div([html.Dt(term), html.Dd(meaning)])
