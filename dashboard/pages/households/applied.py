"""The applications for aid of a household, on its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from queries.row_types.applications import HouseholdApplicationRow
    from words import Words


def applied_list(found: list[HouseholdApplicationRow], words: Words) -> Component:
    """Each application with its kind, its agency and how far it is."""
    return html.Ul([html.Li(_one(row, words)) for row in found])


def _one(row: HouseholdApplicationRow, words: Words) -> list[Any]:
    malay = words.language == "ms"
    kind, agency = (row["kind_ms"], row["agency_ms"]) if malay else (row["kind_en"], row["agency_en"])
    return [
        dcc.Link(row["number"], href=f"/permohonan-bantuan/{row['number']}"),
        f" {kind} · {agency} ",
        html.Span(words(f"application.state_{row['state']}"), className="ek-tag"),
    ]
