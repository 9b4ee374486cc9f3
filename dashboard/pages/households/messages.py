"""What is said after a save: what changed and what it did, what stands in the way, or that two versions differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import dash_mantine_components as dmc
from dash import dcc, html

from dashboard.components.aria import aria
from dashboard.components.icons import icon
from dashboard.components.tables import labelled
from dashboard.household.effects import effect_text
from dashboard.household.parts import OTHER_FIELDS, PARTS, PLACE, choice_label, fields_of
from dashboard.household.place import accuracy_options
from dashboard.pages.households import ids
from layers import numbers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from queries.households import WholeRecord
    from words import Words

Values = dict[str, Any]
"""What fields hold, by ``<row>.<name>``."""

_TOLD = frozenset(
    {field.name for part in PARTS.values() for field in part.fields}
    | {field.name for field in OTHER_FIELDS[PLACE]}
    | {"aid", "removed", "geom_accuracy_m"}
)
_CLOSES: dict[str, Any] = {"data-ek-close": "true"}


@dataclass(frozen=True, slots=True)
class Versions:
    """One field three times: as it was opened, as someone else saved it, as it was typed."""

    base: Any
    theirs: Any
    mine: Any

    @property
    def changed_by_them(self) -> bool:
        """Whether someone else changed it since it was opened."""
        return (self.theirs or None) != (self.base or None)

    @property
    def changed_by_me(self) -> bool:
        """Whether it was typed anew."""
        return (self.mine or None) != (self.base or None)


def saved_message(done: Mapping[str, Any], words: Words) -> Component:
    """What was saved and what it did to the status."""
    close = _close(words)
    if not done["changed"]:
        return html.Div([html.P(words("saved.nothing")), close], className="ek-flash")
    plain = dict.fromkeys(name.rpartition(".")[2] for name in done["changed"])
    changed = [words(f"field.{name}") for name in plain if name in _TOLD]
    what = words("saved.changed", fields=", ".join(changed)) if changed else words("saved.done")
    lines = [html.P([html.B(words("saved.title")), " ", what]), html.P(effect_text(done, words))]
    return html.Div([*lines, close], className="ek-flash")


def requested_message(words: Words) -> Component:
    """That a change was asked for and waits for somebody else."""
    lines: list[Any] = [html.B(words("requested.title")), " ", words("requested.note")]
    link = html.P(dcc.Link(words("requested.link"), href="/kemaskini"))
    return html.Div([html.P(lines), link, _close(words)], className="ek-flash")


def _close(words: Words) -> Component:
    label = words("saved.close")
    return html.Button(icon("close"), className="ek-flash-close", title=label, **aria(label=label), **_CLOSES)


def problems_message(
    at_fields: Mapping[str, str], general: list[str], people: Mapping[str, str], words: Words
) -> Component:
    """What stands in the way, each with a link to its field; a member's field is said with the member's name."""
    items = [html.Li(words(f"problem.{problem}")) for problem in general]
    for key, problem in at_fields.items():
        row, _, name = key.rpartition(".")
        label = _label(name, row, people, words)
        leads: dict[str, Any] = {"data-ek-field": name, "data-ek-row": row}
        items.append(html.Li(html.A(f"{label}: {words(f'problem.{problem}')}", href="#", **leads)))
    title = words.n("dock.problems", len(items))
    return html.Div([html.H2(title), html.Ul(items)], className="ek-problems", role="alert")


def versions_message(form: str, fields: Mapping[str, Versions], now: WholeRecord, words: Words) -> Component:
    """Both versions side by side, field by field; what was typed stays until another choice is made."""
    household = now.household
    title = words("dock.stale", name=household["updated_by"], at=numbers.clock(household["updated_at"]))
    people = people_of(now)
    rows = [
        _version_row(form, key, versions, people, words)
        for key, versions in fields.items()
        if versions.changed_by_them or versions.changed_by_me
    ]
    head = html.Tr([html.Th(words(f"dock.column.{name}"), scope="col") for name in ("field", "theirs", "mine", "keep")])
    table = html.Table([html.Thead(head), html.Tbody(rows)], className="ek-listing ek-versions") if rows else None
    note = words("dock.stale_note" if rows else "dock.stale_elsewhere")
    return html.Div([html.H2(title), html.P(note), table], className="ek-problems is-stale", role="alert")


def people_of(record: WholeRecord) -> dict[str, str]:
    """The members' names by the row of their fields."""
    return {str(member["person_id"]): member["name"] for member in record.members}


def _version_row(form: str, key: str, versions: Versions, people: Mapping[str, str], words: Words) -> Component:
    row, _, name = key.rpartition(".")
    label = _label(name, row, people, words)
    cells: list[Component] = [html.Th(label, scope="row")]
    for which, value in (("theirs", versions.theirs), ("mine", versions.mine)):
        cells.append(html.Td(_shown(form, name, value, words), **labelled(words(f"dock.column.{which}"))))
    choice: Any = words("dock.mine_only")
    if versions.changed_by_them:
        offered = [dmc.Radio(label=words(f"dock.keep.{which}"), value=which) for which in ("theirs", "mine")]
        choice = dmc.RadioGroup(
            dmc.Group(offered, gap="sm"),
            id=ids.take(name, row),
            value="mine" if versions.changed_by_me else "theirs",
            **aria(label=words("dock.keep_of", label=label)),
        )
    return html.Tr([*cells, html.Td(choice)])


def _label(name: str, row: str, people: Mapping[str, str], words: Words) -> str:
    label = words(f"field.{name}")
    return words("form.of_member", name=people[row], label=label) if row in people else label


def _shown(form: str, name: str, value: object, words: Words) -> Any:
    """A typed value as people read it."""
    text = str(value) if value not in {None, ""} else ""
    if not text:
        return html.Span(words("record.missing"), className="ek-missing")
    if name == "accuracy":
        return next((one["label"] for one in accuracy_options(words) if one["value"] == text), text)
    kind = next((field.kind for field in fields_of(form) if field.name == name), "text")
    prefix = {"yes_no": "answer", "sex": "sex", "strata": "strata", "reason": "reason"}.get(kind)
    return words(f"{prefix}.{text}") if prefix else choice_label(name, text, words)
