"""Says of figures over time on which days the line or the rule changed: not a change of incomes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dash import html

from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.lines import Break
    from words import Words


def break_texts(breaks: Sequence[Break], words: Words) -> list[str]:
    """One sentence for each day on which the line or the rule changed."""
    return [
        words(f"line.break_{kind}", day=numbers.day(one.on_day))
        for one in breaks
        for kind, changed in (("lines", one.lines), ("rules", one.rules))
        if changed
    ]


def breaks_note(breaks: Sequence[Break], words: Words) -> list[Component]:
    """The same as a note below the figures; nothing where there was no such day."""
    message = break_texts(breaks, words)
    if not message:
        return []
    return [html.P(f"⋮ {'. '.join(message)}. {words('line.break_note')}", className="ek-footnote ek-break")]
