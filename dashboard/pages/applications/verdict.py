"""What the conditions of a programme say of an application: a sentence, why not, and what may be told of the record."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from dash import html

from dashboard.components.detail_page import fact_list
from dashboard.household.given import not_given
from dashboard.household.told import told_codes, told_fields
from dashboard.pages.applications.parts import named
from layers import numbers
from queries import applications
from registry.aid.conditions.language import parse, read_json
from registry.aid.conditions.sentence import Names, sentence, why_not
from registry.aid.judging import leaves

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dash.development.base_component import Component

    from dashboard.deps import Reads
    from queries.applications import WholeApplication
    from queries.row_types.applications import MetNeedRow, ToldFieldRow
    from registry.aid.conditions.language import Conditions
    from words import Words


def judged(conn: Reads, found: WholeApplication, words: Words) -> list[Component]:
    """The conditions as one sentence, and each that did not hold when the application was sent in."""
    asked = found.application["conditions"]
    if asked is None:
        key = "application.no_conditions" if found.application["submitted_version"] else "application.not_judged"
        return [html.P(words(key), className="ek-footnote")]
    conditions = conditions_of(asked)
    names = names_of(conn, conditions, found.told, words)
    by_path = leaves(conditions.nodes)
    failed = [
        why_not(by_path[tuple(row["path"])], row["own"], words, names)
        for row in found.application["verdict"]
        if not row["holds"] and tuple(row["path"]) in by_path
    ]
    meets = not found.application["outside_target"]
    verdict = html.P(
        words("application.meets" if meets else "application.meets_not"),
        className="ek-case-done" if meets else "ek-refused",
    )
    told_all = sentence(conditions, words, names)
    parts: list[Component] = [html.P(f"{told_all[:1].upper()}{told_all[1:]}."), verdict]
    if not meets and failed:
        parts += [html.H3(words("application.why_not")), html.Ul([html.Li(text) for text in failed])]
    return [*parts, html.P(words("application.judged_note"), className="ek-footnote")]


def told(conn: Reads, found: WholeApplication, words: Words) -> Component:
    """The record's values that may be shown, by component; of members by their number and place in the family."""
    if not found.told:
        return html.P(words("application.nothing_told"), className="ek-footnote")
    asked = found.application["conditions"]
    names = names_of(conn, conditions_of(asked) if asked else None, found.told, words)
    return told_fields(found.told, names, words, listed=fact_list)


def needs(rows: Sequence[MetNeedRow], words: Words) -> Component:
    """Which needs are met, until when and by which agency."""
    if not rows:
        return html.P(words("application.no_needs"), className="ek-footnote")
    return html.Ul([html.Li(_need(row, words)) for row in rows])


def conditions_of(asked: Any) -> Conditions:
    """Conditions as they are stored, with exact numbers; a polygon stands beside the list."""
    whole = read_json(json.dumps(asked))
    return parse(whole["syarat"], whole.get("poligon")) if isinstance(whole, dict) else parse(whole)


def names_of(conn: Reads, conditions: Conditions | None, told: Sequence[ToldFieldRow], words: Words) -> Names:
    """The names of the areas and needs that conditions and values speak of."""
    codes = {
        str(value)
        for test in (conditions.tests() if conditions else ())
        if test.field.kind == "area" and isinstance(test.value, tuple)
        for value in test.value
    }
    codes |= told_codes(told)
    rows = applications.names(conn, sorted(codes))
    return Names(
        areas={row["code"]: named(row, "name", words) for row in rows if not row["need"]},
        needs={row["code"]: named(row, "name", words) for row in rows if row["need"]},
    )


def _need(row: MetNeedRow, words: Words) -> Component:
    until = numbers.day(row["ends"]) if row["ends"] else words("application.without_end")
    agency = named(row, "agency", words) or words("application.agency_hidden")
    begins, need = numbers.day(row["begins"]), named(row, "need", words)
    text = words("application.met", need=need, agency=agency, begins=begins, ends=until)
    if not row["given"]:
        text = f"{text} ({not_given(row['form'], words)})"
    return html.Strong(text) if row["same_need"] else html.Span(text)
