"""Badges: a word with its colour, never the colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from dashboard.components.aria import aria

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from layers.numbers import Words

STATUSES = ("tegar", "miskin", "mudah_miskin", "terkeluar")


def status_badge(status: str, words: Words) -> Component:
    """The status of a household, in the colour that it has on every page, chart and legend."""
    tone = status.replace("_", "-") if status in STATUSES else "terkeluar"
    return html.Span(words(f"status.{status}"), className=f"ek-badge ek-badge-{tone}")


def light_badge(light: str, words: Words) -> Component:
    """How an indicator stands against its target (``poverty.targets.LIGHTS``): a word with a shape of its own."""
    tone = light.replace("_", "-")
    return html.Span(
        [html.Span(className="ek-light", **aria(hidden=True)), words(f"light.{light}")],
        className=f"ek-badge ek-badge-light ek-badge-{tone}",
    )


def sample_badge(words: Words) -> Component:
    """What every page says while the sample register is loaded."""
    return html.Span(words("frame.sample"), className="ek-badge ek-badge-sample", title=words("frame.sample_title"))
