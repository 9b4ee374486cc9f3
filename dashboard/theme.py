"""The look handed to Mantine: the tokens of the stylesheet as its theme."""

from __future__ import annotations

from typing import Any, Final

from layers.palettes import TOKENS

FONT: Final = '-apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, system-ui, sans-serif'
_SMALL, _BODY, _TITLE, _FIGURE = "0.8125rem", "0.9375rem", "1.25rem", "1.75rem"
_ACCENTS: Final = (
    TOKENS["accent-soft"],
    "#c9e0df",
    "#9fc7c6",
    "#72acab",
    "#4a9192",
    "#277678",
    TOKENS["accent"],
    TOKENS["accent"],
    TOKENS["accent-strong"],
    "#063739",
)


def mantine_theme() -> dict[str, Any]:
    """The theme of ``MantineProvider``: one accent, the 4-step type scale, the 4 px grid, no shadows."""
    return {
        "colors": {"accent": list(_ACCENTS)},
        "primaryColor": "accent",
        "primaryShade": 6,
        "black": TOKENS["ink"],
        "fontFamily": FONT,
        "fontSizes": {"xs": _SMALL, "sm": _SMALL, "md": _BODY, "lg": _BODY, "xl": _TITLE},
        "headings": {
            "fontFamily": FONT,
            "fontWeight": "600",
            "sizes": {"h1": {"fontSize": _FIGURE}, "h2": {"fontSize": _TITLE}, "h3": {"fontSize": _BODY}},
        },
        "spacing": {"xs": "4px", "sm": "8px", "md": "16px", "lg": "24px", "xl": "32px"},
        "radius": {"xs": "4px", "sm": "6px", "md": "6px", "lg": "6px", "xl": "6px"},
        "shadows": dict.fromkeys(("xs", "sm", "md", "lg", "xl"), "none"),
        "defaultRadius": "md",
        "cursorType": "pointer",
        "respectReducedMotion": True,
        "components": {
            "Button": {"defaultProps": {"size": "sm"}},
            "Select": {"defaultProps": {"size": "sm", "allowDeselect": False, "checkIconPosition": "right"}},
            "TextInput": {"defaultProps": {"size": "sm"}},
        },
    }
