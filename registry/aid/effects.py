"""Judges every programme by the households that it aided, half-year by half-year, and keeps what may be told of it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pandas as pd
from sqlalchemy import text

from poverty.disclosure import rounded_count
from poverty.effect import measure_effect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

WINDOWS: Final = 4
"""Half-years of first aid that are judged, the newest whose households can have been reassessed last."""
_AFTER_MONTHS: Final = 12
_HOUSEHOLDS: Final = text(Path(__file__).with_name("sql").joinpath("effect.sql").read_text(encoding="utf-8"))
_TODAY: Final = text("SELECT coalesce(CAST(ekasih.register_state() ->> 'as_of' AS date), current_date)")
_PROGRAMMES: Final = text("""
    SELECT DISTINCT k.programme_id FROM ekasih.aid_line AS l JOIN ekasih.aid_kind AS k ON k.id = l.kind_id
    WHERE l.day >= :begins AND l.day < :ends ORDER BY k.programme_id
""")
_KEEP: Final = text("""
    INSERT INTO ekasih.aid_effect (programme_id, begins, ends, measured_on, figures)
    VALUES (:programme, :begins, :ends, :today, CAST(:figures AS jsonb))
    ON CONFLICT (programme_id, begins) DO UPDATE
    SET ends = excluded.ends, measured_on = excluded.measured_on, figures = excluded.figures
""")
_COUNTS: Final = ("treated", "controls", "matched_treated", "matched_controls")


@dataclass(frozen=True, slots=True)
class Window:
    """A half-year of first aid: ``ends`` is the day after it."""

    begins: date
    ends: date


def windows(today: date) -> list[Window]:
    """The half-years that can be judged on a day, the newest first."""
    found: list[Window] = []
    year, half = today.year, 0 if today.month <= 6 else 1  # noqa: PLR2004 - July begins the second half
    while len(found) < WINDOWS:
        year, half = (year, 0) if half else (year - 1, 1)
        begins = date(year, 1 + 6 * half, 1)
        if (today.year - begins.year) * 12 + today.month - begins.month >= _AFTER_MONTHS:
            found.append(Window(begins, date(year + half, 7 - 6 * half, 1)))
    return found


def measure_effects(connection: Connection, *, progress: Callable[[int, int], None] | None = None) -> int:
    """Judge every programme in every window as the register stands; answers how many judgements were made."""
    today: date = connection.execute(_TODAY).scalar_one()
    asked = list(_asked(connection, today))
    for number, (programme, window) in enumerate(asked, start=1):
        values = {"programme": programme, "begins": window.begins, "ends": window.ends, "today": today}
        households = pd.DataFrame(connection.execute(_HOUSEHOLDS, values).mappings().all())
        if not households.empty and households["aided"].any():
            figures = tellable(measure_effect(households).as_dict())
            connection.execute(_KEEP, values | {"figures": json.dumps(figures)})
        if progress:
            progress(number, len(asked))
    return len(asked)


def tellable(figures: dict[str, Any]) -> dict[str, Any]:
    """What may be told to everybody: counts rounded, and no figure of fewer than ten households on either side."""
    counts = {name: rounded_count(figures[name]) for name in _COUNTS}
    exits = figures["exits"] | {"matched": [rounded_count(n) for n in figures["exits"]["matched"]]}
    if None in exits["matched"]:
        exits |= {"left_aided": None, "left_others": None, "logrank_chi2": None, "logrank_p": None}
    told = figures | counts | {"exits": exits}
    if counts["matched_treated"] is None or counts["matched_controls"] is None:
        told |= dict.fromkeys(
            ("smd", "before", "effect", "se", "ci", "detectable", "control_effective", "matched_share")
        )
    if counts["treated"] is None or counts["controls"] is None:
        told |= {"reassessed": None}
    return told | {"strata": None}


def _asked(connection: Connection, today: date) -> Iterator[tuple[int, Window]]:
    for window in windows(today):
        for programme in connection.scalars(_PROGRAMMES, {"begins": window.begins, "ends": window.ends}):
            yield int(programme), window
