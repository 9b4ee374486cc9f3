"""The applications for aid and the referrals of a household, on its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.guards import may
from layers import numbers
from queries import applications, referrals
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from dashboard.deps import Reads
    from queries.row_types.applications import HouseholdApplicationRow
    from queries.row_types.referrals import HouseholdReferralRow
    from words import Words


def cards(conn: Reads, household_id: int, words: Words) -> list[tuple[str, Component, str]]:
    """What was applied for and what was referred, each as a card where there is something and it may be seen."""
    applied = applications.of_household(conn, household_id) if may(Permission.APPLY_AID) else []
    referred = referrals.of_household(conn, household_id) if may(Permission.REFER) else []
    found = []
    if applied:
        found.append((words("nav.applications"), applied_list(applied, words), "ek-part-applied"))
    if referred:
        found.append((words("nav.referrals"), referred_list(referred, words), "ek-part-referred"))
    return found


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


def referred_list(found: list[HouseholdReferralRow], words: Words) -> Component:
    """Each referral with its day, to whom it went and how far it is."""
    return html.Ul(
        [
            html.Li(
                [
                    dcc.Link(row["number"], href=f"/rujukan/{row['number']}"),
                    f" {numbers.day(row['sent_on'])} · {row['to_ms'] if words.language == 'ms' else row['to_en']} ",
                    html.Span(words(f"referral.state_{row['state']}"), className="ek-tag"),
                ]
            )
            for row in found
        ]
    )
