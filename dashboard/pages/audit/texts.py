"""Entries of the audit log in words: what was done, which fields, what they were and became."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from layers import numbers

if TYPE_CHECKING:
    from queries.row_types.oversight import EntryRow
    from words import Words

_LENGTH_OF_DAY: Final = 10
_FIELDS_OF: Final = {"setting": "settings", "case_state": "case_state"}


def fields_text(row: EntryRow, words: Words) -> str:
    """The fields of an entry, one after the other."""
    return "; ".join(_field_text(row, name, words) for name in row["fields"])


def _field_text(row: EntryRow, name: str, words: Words) -> str:
    """A field in words, with what it was and became where that may be told and is one value."""
    field, was, became = _field_name(row["subject"], name, words), row["was"] or {}, row["became"] or {}
    if name not in was and name not in became:
        return field
    values = [value_text(name, values[name], words) for values in (was, became) if name in values]
    return f"{field}: {' → '.join(values)}"


def value_text(name: str, value: object, words: Words) -> str:
    """A value of an entry as it is read: a code in words, a day as one, an amount as a number."""
    if value is None or value == "":
        return words("audit.nothing")
    if isinstance(value, bool):
        return words(f"audit.{'yes' if value else 'no'}")
    if isinstance(value, int | float):
        return str(value)
    keys = (f"{kind}.{value}" for kind in (name, f"case_{name}", "audit_value", "exit.reason", "action"))
    known = next((words(key) for key in keys if words.has(key)), None)
    return known or (numbers.day(day) if (day := _iso_day(str(value))) else str(value))


def _iso_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if len(text) == _LENGTH_OF_DAY else None
    except ValueError:
        return None


def _field_name(subject: str, name: str, words: Words) -> str:
    name_of = name.replace(".", "_")
    key = f"account_field.{name_of}" if subject == "account" else f"{_FIELDS_OF.get(subject, 'field')}.{name_of}"
    return next((words(each) for each in (key, f"audit_field.{name_of}") if words.has(each)), name)


def action_text(name: str, words: Words) -> str:
    """What was done, in words."""
    keys = (f"audit.action_{name}", f"action.{name}", f"case.step_{name}")
    return next((words(key) for key in keys if words.has(key)), name)
