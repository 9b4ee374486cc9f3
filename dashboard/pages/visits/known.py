"""What is known of a household before a visit, component by component, in lines of plain text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from dashboard.household import texts
from dashboard.household.parts import AID, INCOME, PARTS, PERSONAL, Part
from layers import numbers
from registry.households import rules
from registry.mykad import masked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dashboard.pages.visits.facts import Standing
    from words import Words

Line = tuple[str, str]
Row = Mapping[str, object]


def known_lines(standing: Standing, words: Words) -> dict[str, list[Line]]:
    """Each component's lines: of the registered household, or of the case's form where it is not registered yet."""
    members = [member for _key, member in standing.members]
    return {part.name: _lines(part, standing.household, members, standing.aid, words) for part in PARTS.values()}


def _lines(
    part: Part, household: Row, members: Sequence[Row], aid: Sequence[Mapping[str, Any]], words: Words
) -> list[Line]:
    if part.name == AID:
        return [_aid_line(row) for row in aid]
    if part.of_members:
        return [_member_line(part, member, words) for member in members]
    found = ((words(f"field.{field.name}"), texts.value_text(field, household, words)) for field in part.fields)
    return [(label, text) for label, text in found if text]


def _member_line(part: Part, member: Row, words: Words) -> Line:
    row: dict[str, Any] = dict(member)
    if part.name == PERSONAL:
        number, kind = rules.identity(row["id_no"])
        row["id_no"] = masked(number, kind=kind or "mykad") if number else None
    entries = [(field, texts.value_text(field, row, words)) for field in part.fields if field.name != "name"]
    if part.name == INCOME:
        entries = [(field, text) for field, text in entries if row.get(field.source)]
    values = [f"{words(f'field.{field.name}')}: {text}" for field, text in entries if text]
    return row["name"] or words("case.no_name"), "; ".join(values) or numbers.MISSING


def _aid_line(row: Mapping[str, Any]) -> Line:
    amount = numbers.money(row["amount_rm"]) if row["amount_rm"] is not None else None
    given = numbers.day(row["given_on"]) if row["given_on"] else None
    return str(row["programme"] or numbers.MISSING), ", ".join(
        str(part) for part in (row["agency"], given, amount) if part
    )
