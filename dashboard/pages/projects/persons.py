"""Who a project is for while they are not in the register, the form that joins it to their record; its referrals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.forms import SAVES
from dashboard.pages.projects import ids
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from queries.row_types.projects import ProjectPersonRow
    from queries.row_types.referrals import ProjectReferralRow
    from words import Words


def person_text(row: ProjectPersonRow, words: Words) -> str:
    """Their name and where they live, and that they had no record."""
    joined = row["joined_at"]
    told = words("project.person_joined", day=numbers.day(joined)) if joined else words("project.person_unregistered")
    return " · ".join((row["name"], row["address"], told))


def joining(row: ProjectPersonRow | None, words: Words) -> Component | None:
    """The form that joins the project to their record; nothing where that is done, or was never needed."""
    if row is None or row["joined_at"] is not None:
        return None
    form: Component = html.Div(
        [
            html.P(words("project.join_hint"), className="ek-footnote"),
            dmc.TextInput(id=ids.field("join", "file_no"), label=words("project.join_file_no"), withAsterisk=True),
            dmc.Button(words("project.join"), id=ids.act("join"), variant="default"),
        ],
        className="ek-column-form",
        **SAVES,
    )
    return form


def new_fields(words: Words) -> Component:
    """The fields of who is not in the register, in a form that opens a project."""
    fields = [
        dmc.TextInput(id=ids.new(name), label=words(f"project.field_{name}"))
        for name in ("person_name", "person_address")
    ]
    hint = html.P(words("project.person_hint"), className="ek-footnote")
    details: Component = html.Details([html.Summary(words("project.person")), hint, *fields])
    return details


def referred(rows: Sequence[ProjectReferralRow], words: Words) -> Component:
    """The referrals of the project that the own party sent or received."""
    return html.Ul([html.Li(_referral(row, words)) for row in rows])


def _referral(row: ProjectReferralRow, words: Words) -> list[Any]:
    return [
        dcc.Link(row["number"], href=f"/rujukan/{row['number']}"),
        f" {numbers.day(row['sent_on'])} · {row['to_ms'] if words.language == 'ms' else row['to_en']} ",
        html.Span(words(f"referral.state_{row['state']}"), className="ek-tag"),
    ]
