"""What both pages of boundaries say: names, distances, how far the work has come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal

from dash import html

from dashboard.components.feedback import progress
from layers import numbers
from registry.principals import Permission

if TYPE_CHECKING:
    from dash.development.base_component import Component

    from queries.row_types.boundaries import BoundarySetRow, StepRow
    from registry.principals import Principal
    from words import Words

PATH: Final = "/sempadan"
FILE_PATH: Final = f"{PATH}/fail"
CATCHMENT_PATH: Final = "/kawasan-pejabat"
_KM: Final = 1_000


def changes_boundaries(principal: Principal) -> bool:
    """Whether somebody is offered to change boundaries; the database decides it again."""
    return principal.may(Permission.ADMINISTER) and not principal.territory


def set_name(row: BoundarySetRow, words: Words) -> str:
    """What a set is called; the bundled ones in the reader's language."""
    return words("boundary.bundled") if row["approximate"] else row["name"]


def stated(row: BoundarySetRow, what: Literal["source", "licence"], words: Words) -> str:
    """The source or the licence of a set; the bundled ones' in the reader's language."""
    if not row["approximate"]:
        return row[what] or words("boundary.not_said")
    if what == "licence":
        return words("boundary.public_domain") if row["licence"] == "public domain" else row["licence"]
    return words("map.bundled_state" if row["level"] == "state" else "map.bundled")


def distance(metres: int, words: Words, *, approximate: bool = False) -> str:
    """How far an edge may be off."""
    message = f"{numbers.decimal(metres / _KM, places=0)} km" if metres >= _KM else f"{numbers.count(metres)} m"
    return words("boundary.about", distance=message) if approximate else message


def progress_line(step: StepRow, words: Words) -> Component:
    """How far a check or an activation has come."""
    label = words(f"boundary.under_way_{step['task'].rsplit('.', 1)[1]}")
    total, came = step["steps_total"], step["steps_done"]
    if not total:
        return html.P(f"{label} {words('boundary.waits')}")
    message = html.P(words("boundary.steps", what=label, done=came, total=total))
    return html.Div([message, progress(came, total, label)])
