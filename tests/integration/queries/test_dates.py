"""Two dates side by side: what changed is worked out from what is shown at both, and from nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from dashboard.pages.poverty_map.dates.reading import read_dates
from dashboard.pages.poverty_map.dates.table import number_rows, written_rows
from dashboard.pages.poverty_map.dates.view import CHANGE, MODES, MONTHS, DatesView
from registry.db import reading
from tests.integration.queries.test_course import people
from words import words_of

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from dashboard.pages.poverty_map.dates.reading import Dates
    from registry.principals import Principal

__all__ = ["people"]
MS = words_of("ms")


def shown(web: Engine, who: Principal, **asked: str) -> Dates:
    with reading(web, who) as connection:
        return read_dates(connection, DatesView.parse(asked), who, MS)


def by_code(found: Dates) -> dict[str, list[Any]]:
    return {row[0]: row[2:] for row in number_rows(found, MS)[1]}


def test_what_changed_is_the_later_less_the_earlier_and_the_sides_share_a_scale(
    people: dict[str, Principal], web: Engine
) -> None:
    found = shown(web, people["national"], level="district", dari="2025-04", hingga="2026-07")
    figures = by_code(found)
    assert figures["1005"] == [12, 18, 6, 0.5]
    assert figures["0803"] == [9, 20, 11, pytest.approx(11 / 9)]
    assert figures["0810"] == [0, 2, 2, None]
    one, other = (moment.layer for moment in found.moments)
    assert (one.breaks, one.colours, one.labels) == (other.breaks, other.colours, other.labels)


def test_dates_the_wrong_way_round_and_months_that_are_not_closed_are_put_right(
    people: dict[str, Principal], web: Engine
) -> None:
    turned = shown(web, people["national"], level="district", dari="2026-07", hingga="2025-04")
    assert by_code(turned)["1005"][:2] == [12, 18]
    assert shown(web, people["national"], level="district", dari="2010-01", hingga="2031-01").moments[1].month is None


@pytest.mark.parametrize("mode", MODES)
def test_who_sees_no_persons_is_shown_no_change_of_what_is_hidden(
    people: dict[str, Principal], web: Engine, mode: str
) -> None:
    """The same pages without protection would tell what the planner's leave out."""
    asked = {"level": "district", "dari": "2025-04", "hingga": "2026-07", "mode": mode}
    planned, exact = (shown(web, people[who], **asked) for who in ("planner", "national"))
    hidden, known = by_code(planned), by_code(exact)
    small = {code for code, row in known.items() if any(0 < (value or 0) < 5 for value in row[: len(exact.moments)])}
    assert small
    for code in small:
        for value, truth in zip(hidden[code][: len(exact.moments)], known[code], strict=False):
            assert value is None or value == 0 == truth or value >= 5
        if mode != MONTHS:
            assert hidden[code][2:] == [None, None]
    for code, row in hidden.items():
        assert all(value is None or value == truth for value, truth in zip(row, known[code], strict=True))
    if mode == CHANGE:
        assert set(planned.change.codes) == set(exact.change.codes)
        drawn = dict(zip(planned.change.codes, planned.change.values, strict=True))
        assert all(drawn[code] is None for code in small)


def test_the_table_says_what_is_hidden_in_words(people: dict[str, Principal], web: Engine) -> None:
    head, rows = written_rows(shown(web, people["planner"], level="district", hingga="2026-07", mode=MONTHS), MS)
    assert len(head) == len(rows[0]) == 14
    assert MS("map.few") in {cell for row in rows for cell in row}
