"""What the pages of target groups say in the same words: names, sentences, counts, refusals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dash import html

from dashboard.components.sortable import sortable
from layers import numbers
from queries import targets
from registry.aid.conditions.language import parse
from registry.aid.conditions.problems import BadCondition
from registry.aid.conditions.sentence import Names, sentence

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dash.development.base_component import Component

    from dashboard.deps import Reads
    from queries.row_types.targets import ChoiceRow, TargetGroupRow
    from registry.aid.conditions.language import Conditions
    from registry.errors import RegistryError
    from words import Words

PATH: Final = "/kumpulan-sasaran"
BUILD_PATH: Final = f"{PATH}/bina"
TAGS: Final = {
    "draf": "", "dipohon": " ek-tag-warning", "diluluskan": " ek-tag-good", "ditolak": "", "beku": " ek-tag-good",
    "luput": "",
}  # fmt: skip


def label_of(row: Mapping[str, Any], words: Words, *, name: str = "name") -> str:
    """The name of an agency or a need in the reader's language; empty where there is none."""
    return row[f"{name}_{words.language}"] or ""


def state_tag(state: str, words: Words) -> Component:
    """In what state a group is."""
    return html.Span(words(f"target.state_{state}"), className="ek-tag")


def names_for(conn: Reads, conditions: Conditions, choices: list[ChoiceRow], words: Words) -> Names:
    """The names of the areas and needs that conditions speak of."""
    codes = [
        str(code)
        for test in conditions.tests()
        if test.field.kind == "area" and isinstance(test.value, tuple)
        for code in test.value
    ]
    needs = {row["code"]: label_of(row, words).lower() for row in choices if row["kind"] == "need"}
    return Names(targets.area_names(conn, codes) if codes else {}, needs)


def told(conn: Reads, group: TargetGroupRow, words: Words) -> str:
    """Whom a group means, as one sentence."""
    read = parse(group["conditions"], group["polygon"])
    text = sentence(read, words, names_for(conn, read, targets.choices(conn), words))
    return text[:1].upper() + text[1:]


def count_text(total: int | None, words: Words, *, rounded: bool) -> str:
    """How many households: exactly, to the nearest five, or below ten."""
    if total is None:
        return words("target.below_ten")
    return words("target.about" if rounded else "target.exactly", n=numbers.count(total))


def area_table(by_area: Mapping[str, int], names: Mapping[str, str], words: Words, *, rounded: bool) -> Component:
    """The counts by area, the largest first, and what is said of the areas that are not there."""
    ordered = sorted(by_area.items(), key=lambda one: (-one[1], names.get(one[0], one[0])))
    rows = [[names.get(code, code), numbers.count(n)] for code, n in ordered]
    note = html.P(words("target.rounded_note" if rounded else "target.exact_note"), className="ek-footnote")
    if not rows:
        return note
    head = [words("target.area_name"), words("target.households")]
    return html.Div([sortable(head, rows, words, name="targets-areas", label=words("target.by_area")), note])


def refusal_text(error: RegistryError, words: Words) -> str:
    """Why something was refused, and what to do."""
    if isinstance(error, BadCondition):
        return words(f"condition.problem_{error.reason}", **error.values)
    key = f"error.{error.key}"
    return words(key, **error.values) if words.has(key) else words("error.refused")
