"""The Markdown of articles: cleaned on its way in, parsed without HTML, pictures or foreign schemes."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

_PICTURE: Final = re.compile(r"!\[([^\]\n]*)\]\([^)\n]*\)")
_LINK: Final = re.compile(r"\[([^\]\n]*)\]\(\s*<?([^)\s>]*)>?[^)\n]*\)")
_NO_SIGN: Final = re.compile(r"[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
_INSIDE: Final = re.compile(r"(/(?!/|%5[cC])|#|\?|[A-Za-z0-9_-]+(/|$|#))[^\\]*", re.ASCII)


def cleaned(text: str) -> str:
    """The text as it is kept: plain line ends, no unseen signs, no pictures, no link but to here or by https."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    text = _PICTURE.sub(r"\1", _NO_SIGN.sub("", text))
    return _LINK.sub(lambda found: found[0] if is_allowed(found[2]) else found[1], text).strip()


def is_allowed(address: str) -> bool:
    """Whether a link may lead there: into this site, or to another one by https."""
    return bool(re.fullmatch(r"https://[^\s\\]+", address) or _INSIDE.fullmatch(address))


def parsed(text: str) -> Sequence[Token]:
    """The text as markdown-it reads it."""
    return _parser().parse(text)


def as_html(text: str, *, public: str = "") -> str:
    """The text as HTML, in which nothing is that was not written as Markdown; headings begin at the second level.

    ``public`` is where the public's pages are: links to articles lead there, and those to pages that need an account
    are left out.
    """
    tokens = lowered(parsed(text))
    if public:
        for token in tokens:
            token.children = _for_the_public(token.children, public) if token.children else token.children
    return str(_parser().renderer.render(tokens, _parser().options, {}))


def lowered(tokens: Sequence[Token]) -> list[Token]:
    """The same with every heading below the title of the page, and links to other sites marked as such."""
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{max(2, min(6, int(token.tag[1:])))}"
        for inner in token.children or ():
            if inner.type == "link_open" and str(inner.attrs.get("href", "")).startswith("https://"):
                inner.attrSet("rel", "noopener noreferrer")
    return list(tokens)


def _for_the_public(tokens: Sequence[Token], public: str) -> list[Token]:
    kept, left_out = [], False
    for token in tokens:
        if token.type == "link_open":
            address = str(token.attrs.get("href", ""))
            if address.startswith("/ilmu/"):
                token.attrSet("href", f"{public}{address}")
            left_out = address.startswith("/") and not address.startswith(("/ilmu/", f"{public}/"))
        if not (left_out and token.type in {"link_open", "link_close"}):
            kept.append(token)
    return kept


@cache
def _parser() -> MarkdownIt:
    made = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table").disable(["image", "html_block"])
    made.disable("html_inline")
    made.validateLink = is_allowed  # type: ignore[method-assign,assignment]
    return made
