"""Commands by which administrators change the register's settings and the names of the states of cases."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sqlalchemy import select, text

from registry import audit
from registry.cases.models import CaseState
from registry.errors import InvalidInput, NotPermitted, StaleRecord
from registry.status.models import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from sqlalchemy.orm import Session

LONGEST_NAME: Final = 40
_ADMINISTERS = text("SELECT ekasih.administers()")

Names = tuple[str, str]
"""The names of a state in Malay and in English."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSettings:
    """What the settings should be, by key, and what they were when they were shown."""

    wanted: Mapping[str, Decimal | None]
    seen: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameStates:
    """What the states should be called, by code, and what they were called when they were shown."""

    wanted: Mapping[str, Names]
    seen: Mapping[str, Names]


def change_settings(session: Session, command: ChangeSettings) -> int:
    """Set what differs from what was shown; answers how many settings that is.

    Raises:
        NotPermitted: the acting user is no administrator, or a setting is the program's own.
        InvalidInput: a value is missing, outside its bounds or between two steps; ``problems`` is by key.
        StaleRecord: someone else has changed one of them since.

    """
    _only_administrators(session)
    changed = {key: value for key, value in command.wanted.items() if value != command.seen.get(key)}
    query = select(Setting).where(Setting.key.in_(changed), Setting.step.is_not(None)).order_by(Setting.key)
    held = {setting.key: setting for setting in session.scalars(query.with_for_update())}
    if held.keys() != changed.keys():
        raise NotPermitted
    if problems := {key: "setting_range" for key, value in changed.items() if not _fits(held[key], value)}:
        raise InvalidInput(problems)
    before = {key: setting.value for key, setting in held.items()}
    if any(value != command.seen.get(key) for key, value in before.items()):
        raise StaleRecord
    after = {key: _as_json(value) for key, value in changed.items() if value is not None}
    for key, value in after.items():
        held[key].value = value
    _record(session, "change_settings", "setting", before, after)
    return len(after)


def rename_states(session: Session, command: RenameStates) -> int:
    """Give the states new names, which they have wherever they are shown; answers how many differ.

    Raises:
        NotPermitted: the acting user is no administrator.
        InvalidInput: a name is missing or too long, or two states would have one name; ``problems`` is by code.
        StaleRecord: someone else has renamed one of them since.

    """
    _only_administrators(session)
    states = {state.code: state for state in session.scalars(select(CaseState).with_for_update())}
    held = {code: (state.name_ms, state.name_en) for code, state in states.items()}
    named = {code: _tidy(names) for code, names in command.wanted.items() if code in held}
    changed = {code: names for code, names in named.items() if names != command.seen.get(code)}
    if problems := _problems(held | named, changed):
        raise InvalidInput(problems)
    if any(held[code] != command.seen.get(code) for code in changed):
        raise StaleRecord
    for code, (name_ms, name_en) in changed.items():
        states[code].name_ms, states[code].name_en = name_ms, name_en
    _record(session, "rename_states", "case_state", {code: held[code] for code in changed}, changed)
    return len(changed)


def _only_administrators(session: Session) -> None:
    if not session.execute(_ADMINISTERS).scalar_one():
        raise NotPermitted


def _fits(setting: Setting, value: Decimal | None) -> bool:
    if value is None or setting.least is None or setting.most is None or setting.step is None:
        return False
    return setting.least <= value <= setting.most and value % setting.step == 0


def _as_json(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _tidy(names: Names) -> Names:
    name_ms, name_en = (" ".join(name.split()) for name in names)
    return name_ms, name_en


def _problems(all_names: Mapping[str, Names], changed: Mapping[str, Names]) -> dict[str, str]:
    """What is wrong with the new names, by code."""
    uses = [Counter(names[language].casefold() for names in all_names.values()) for language in (0, 1)]
    problems = {}
    for code, names in changed.items():
        if not all(0 < len(name) <= LONGEST_NAME for name in names):
            problems[code] = "state_name"
        elif any(uses[language][name.casefold()] > 1 for language, name in enumerate(names)):
            problems[code] = "state_name_taken"
    return problems


def _record(
    session: Session, action: str, subject: str, before: Mapping[str, object], after: Mapping[str, object]
) -> None:
    if after:
        audit.record(session, action, subject=subject, subject_id=None, district_code=None, before=before, after=after)
