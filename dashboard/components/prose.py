"""Markdown on a page: what was written as elements, never as HTML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html
from markdown_it.tree import SyntaxTreeNode

from registry.articles.markdown import lowered, parsed

if TYPE_CHECKING:
    from dash.development.base_component import Component

_MADE: Final[dict[str, Any]] = {
    "paragraph": html.P, "bullet_list": html.Ul, "ordered_list": html.Ol, "list_item": html.Li,
    "blockquote": html.Blockquote,
    "strong": html.Strong, "em": html.Em, "table": html.Table, "thead": html.Thead, "tbody": html.Tbody, "tr": html.Tr,
    "th": html.Th, "td": html.Td,
}  # fmt: skip
_ALONE: Final[dict[str, Any]] = {"softbreak": " ", "hardbreak": html.Br, "hr": html.Hr}


def prose(text: str) -> list[Component | str]:
    """The text as elements; its headings stand below the title of the page."""
    return _all(SyntaxTreeNode(lowered(parsed(text))))


def _all(node: SyntaxTreeNode) -> list[Component | str]:
    return [part for child in node.children for part in _one(child)]


def _one(node: SyntaxTreeNode) -> list[Component | str]:
    kind = node.type
    if kind in {"text", "code_inline", "code_block", "fence"}:
        return [node.content if kind == "text" else html.Code(node.content)]
    if kind in _ALONE:
        made = _ALONE[kind]
        return [made if isinstance(made, str) else made()]
    if kind == "inline" or (kind == "paragraph" and node.hidden):
        return _all(node)
    if kind == "heading":
        return [{"h2": html.H2, "h3": html.H3}.get(node.tag, html.H4)(_all(node))]
    if kind == "link":
        address = str(node.attrs.get("href", ""))
        outside: dict[str, Any] = {"rel": "noopener noreferrer"} if address.startswith("https://") else {}
        return [html.A(_all(node), href=address, **outside)]
    return [_MADE[kind](_all(node))] if kind in _MADE else _all(node)
