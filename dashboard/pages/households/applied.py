"""The applications for aid, the referrals and the projects of a household, on its record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from dash import dcc, html

from dashboard.casework import PROJECT_PHOTO_ROUTE
from dashboard.components.compared import compared, unloaded
from dashboard.guards import may
from layers import numbers
from queries import applications, projects, referrals
from registry.principals import Permission

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Reads
    from queries.row_types.applications import HouseholdApplicationRow
    from queries.row_types.projects import HouseholdPhotoRow, HouseholdProjectRow
    from queries.row_types.referrals import HouseholdReferralRow
    from words import Words


class Applied(NamedTuple):
    """A part of the record: its title, what stands in it, the name of its looks."""

    title: str
    body: Component
    name: str


def read_applied(conn: Reads, household_id: int, words: Words) -> list[Applied]:
    """What was applied for and what is built, as far as there is any and who asks works with it."""
    parts = []
    applied = applications.of_household(conn, household_id) if may(Permission.APPLY_AID) else []
    if applied:
        listed = html.Ul([html.Li(_application(row, words)) for row in applied])
        parts.append(Applied(words("nav.applications"), listed, "ek-part-applied"))
    referred = referrals.of_household(conn, household_id) if may(Permission.REFER) else []
    if referred:
        listed = html.Ul([html.Li(_referral(row, words)) for row in referred])
        parts.append(Applied(words("nav.referrals"), listed, "ek-part-referred"))
    built = projects.of_household(conn, household_id)
    if built:
        photos = projects.photos_of_household(conn, household_id)
        listed = html.Ul([html.Li([*_project(row, words), *_photographs(row, photos, words)]) for row in built])
        parts.append(Applied(words("nav.projects"), listed, "ek-part-applied"))
    return parts


def _application(row: HouseholdApplicationRow, words: Words) -> list[Any]:
    malay = words.language == "ms"
    kind, agency = (row["kind_ms"], row["agency_ms"]) if malay else (row["kind_en"], row["agency_en"])
    return [
        dcc.Link(row["number"], href=f"/permohonan-bantuan/{row['number']}"),
        f" {kind} · {agency} ",
        html.Span(words(f"application.state_{row['state']}"), className="ek-tag"),
    ]


def _project(row: HouseholdProjectRow, words: Words) -> list[Any]:
    malay = words.language == "ms"
    kind, office = (row["type_ms"], row["office_ms"]) if malay else (row["type_en"], row["office_en"])
    number: Any = row["number"]
    if row["readable"] and may(Permission.READ_PROJECTS):
        number = dcc.Link(number, href=f"/projek/{row['number']}")
    told = " · ".join(part for part in (kind, office, numbers.day(row["state_since"])) if part)
    return [number, f" {told} ", html.Span(words(f"project.state_{row['state']}"), className="ek-tag")]


def _photographs(row: HouseholdProjectRow, photos: Sequence[HouseholdPhotoRow], words: Words) -> list[Component]:
    """A project's newest photographs side by side, and before under after; loaded once they are opened."""
    found = {one["phase"]: one for one in photos if one["number"] == row["number"]}
    if not found:
        return []
    shown = {
        phase: unloaded(f"{PROJECT_PHOTO_ROUTE}/{one['photo_id']}", _photo_text(one, words))
        for phase, one in found.items()
    }
    strip = [
        html.Figure([shown[phase], html.Figcaption(_photo_text(found[phase], words))])
        for phase in ("sebelum", "semasa", "selepas")
        if phase in shown
    ]
    parts: list[Component] = [html.Div(strip, className="ek-projects-strip")]
    if "sebelum" in shown and "selepas" in shown:
        parts.append(compared(shown["sebelum"], shown["selepas"], label=words("project.compare")))
    return [html.Details([html.Summary(words("project.photos")), *parts], className="ek-projects-of-household")]


def _photo_text(one: HouseholdPhotoRow, words: Words) -> str:
    milestone = one["milestone_ms"] if words.language == "ms" else one["milestone_en"]
    told = (words(f"project.phase_{one['phase']}"), milestone, numbers.day(one["day"]))
    return " · ".join(part for part in told if part)


def _referral(row: HouseholdReferralRow, words: Words) -> list[Any]:
    return [
        dcc.Link(row["number"], href=f"/rujukan/{row['number']}"),
        f" {numbers.day(row['sent_on'])} · {row['to_ms'] if words.language == 'ms' else row['to_en']} ",
        html.Span(words(f"referral.state_{row['state']}"), className="ek-tag"),
    ]
