"""A referral about a project: what may be handed over with it, and what of it was, with its values as they are now."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

import dash_mantine_components as dmc
from dash import html

from dashboard.components.detail_page import fact_list
from dashboard.pages.referrals import ids
from layers import numbers
from registry.referrals.models import PROJECT_COMPONENTS

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from queries.referrals import WholeReferral
    from queries.row_types.projects import ProjectRow
    from queries.row_types.referrals import ReferredProjectRow
    from words import Words

_GIVEN: Final = ("projek",)
"""What is ticked to begin with: without it the receiver could not tell which project it is."""


def project_form(row: ProjectRow, words: Words) -> list[Component]:
    """The project that is referred, and what of it goes along."""
    boxes = [dmc.Checkbox(label=words(f"referral.component_{name}"), value=name) for name in PROJECT_COMPONENTS]
    group = dmc.CheckboxGroup(
        dmc.Stack(boxes, gap="xs"),
        id=ids.field("components"),
        label=words("referral.field_project_components"),
        description=words("referral.project_components_hint"),
        value=list(_GIVEN),
    )
    return [html.P([html.Strong(row["title"]), " · ", row["number"], " · ", row["district_name"]]), group]


def told_project(found: WholeReferral, words: Words) -> Component:
    """What was handed over, by name, with its values as they are now."""
    named = ", ".join(words(f"referral.component_{name}") for name in found.referral["components"])
    parts: list[Component] = [html.P(words("referral.handed_note", components=named), className="ek-footnote")]
    if not found.project:
        parts.append(html.P(words("referral.nothing_told"), className="ek-none"))
    for component, rows in groupby(found.project, key=lambda row: row["component"]):
        pairs = [(_label(row, words), _value(row["kind"], row["value"], words)) for row in rows]
        parts += [html.H3(words(f"referral.component_{component}")), fact_list(pairs)]
    return html.Div(parts)


def _label(row: ReferredProjectRow, words: Words) -> str:
    label = words(f"referral.project_{row['field']}")
    return label if row["no"] is None else f"{label} · {row['no']}"


def _value(kind: str, value: Any, words: Words) -> str:
    if value is None:
        return numbers.MISSING
    if kind == "names":
        return str(value[words.language])
    if kind == "state":
        return words(f"project.state_{value}")
    if kind == "percent":
        return f"{value:.1f}%"
    if kind == "money":
        return numbers.money(Decimal(str(value)))
    return numbers.day(date.fromisoformat(value)) if kind == "date" else str(value)
