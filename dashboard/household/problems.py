"""Says in words why a step or a form was refused, and where the problems of a form stand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dash import dcc, html

from dashboard.components.detail_page import sentence
from registry.cases.draft import rows_of
from registry.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from registry.errors import RegistryError
    from words import Words


def refusal_message(error: RegistryError, words: Words, *, form_path: str) -> Component:
    """Why a step was not taken, and for a form that is not whole what it lacks."""
    problems: list[Any] = []
    if isinstance(error, InvalidInput):
        listed = sorted({problem_text(place, problem, {}, words) for place, problem in error.problems.items()})
        problems = [html.Ul([html.Li(text) for text in listed])]
        if any("." in place for place in error.problems):
            problems.append(dcc.Link(words("case.to_form"), href=form_path))
    return html.Div(
        [html.P(sentence(error.key, error.values, words)), *problems], className="ek-error-summary", role="alert"
    )


def problem_text(place: str, problem: str, draft: Mapping[str, object], words: Words) -> str:
    """A problem with the field it is about, and whose field it is: ``No. kad pengenalan (Ahli 2): …``."""
    row, _, name = place.rpartition(".")
    field = {"member": "person_id"}.get(name, name)
    label = words(f"field.{field}") if words.has(f"field.{field}") else words("case.reason")
    if name == "no_income":
        label = words("part.pendapatan")
    if name == "members":
        label = words("part.peribadi")
    if row[:1] == "m" and row[1:].isdecimal():
        keys = [member["key"] for member in rows_of(draft, "members")]
        number = keys.index(row) + 1 if row in keys else int(row[1:])
        label = words("case.of_member", field=label, number=number)
    return f"{label}: {words(f'problem.{problem}')}"
