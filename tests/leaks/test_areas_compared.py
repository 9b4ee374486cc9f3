"""What is told of areas held against each other gives no hidden count away, though what it is made from would."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.optimize import least_squares
from sqlalchemy import text

from dashboard.pages.areas_compared.missed import missed
from dashboard.pages.areas_compared.pockets import pockets
from dashboard.pages.areas_compared.rates import rates
from dashboard.pages.areas_compared.view import ComparedView, place_of
from queries import areas_compared
from registry.areas.neighbours import active_set, neighbours_among
from registry.db import reading
from registry.publishing.access import measure_access
from registry.publishing.pockets import District, compare_areas, found_of
from tests.leaks.thin import DISTRICTS, MONTHS, Watched, thin_months, watched
from tests.world import add_household
from words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Connection, Engine

WORDS = words_of("ms")
_HIDDEN = text("""
    SELECT c.area_code FROM ekasih.published_count AS c JOIN ekasih.area AS a ON a.code = c.area_code
    WHERE a.level = 'district' AND c.month = :month AND c.cut = 'all' AND c.tegar IS NULL
""")
_EXACT = text("""
    SELECT m.area_code, sum(m.households)::bigint AS households FROM ekasih.headcount_month AS m
    WHERE m.month = :month AND length(m.area_code) = 4 AND m.status IN ('tegar', 'miskin') GROUP BY m.area_code
""")


@pytest.fixture
def thin(owner: Connection, web: Engine) -> Watched:
    """A thin register, compared: some of its districts have counts that are hidden."""
    made = watched(owner, web, thin_months(), judged=[])
    compare_areas(owner)
    owner.commit()
    return made


def _hidden(owner: Connection) -> set[str]:
    return set(owner.scalars(_HIDDEN, {"month": MONTHS[-1]}))


def _exact(owner: Connection) -> dict[str, int]:
    return {row.area_code: row.households for row in owner.execute(_EXACT, {"month": MONTHS[-1]})}


def _bases(connection: Connection) -> dict[str, int]:
    found = areas_compared.expected(connection, within="MY")
    return {row["area_code"]: row["households"] for row in found if row["households"]}


def worked_out(rows: Sequence[Mapping[str, Any]], bases: Mapping[str, int]) -> float:
    """How many poor the areas without a row have together, by what the others were drawn to.

    What each is drawn to tells the mean of all and the variance between them; and the
    mean times all households is all poor.
    """
    told = [row for row in rows if row["rate"] is not None and row["smoothed"] is not None and row["rate"] > 0]
    r, b, smoothed = (np.array(one) for one in zip(
        *((row["rate"], bases[row["area_code"]], row["smoothed"]) for row in told), strict=True
    ))  # fmt: skip
    scale = r.mean()

    def apart(guess: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
        m, a = guess[0] * scale, guess[1] * scale**2
        return (m + (r - m) * a / (a + m / b) - smoothed) / scale * 1e6  # type: ignore[no-any-return]

    found = least_squares(apart, [0.5, 1.0], xtol=1e-15, ftol=1e-15, gtol=1e-15).x[0] * scale
    known = sum(row["rate"] * bases[row["area_code"]] for row in rows if row["rate"] is not None)
    return float(found * sum(bases.values()) - known)


def test_what_rates_are_drawn_to_does_not_tell_of_hidden_districts(thin: Watched) -> None:
    with reading(thin.web, thin.planner) as connection:
        rows = areas_compared.rates(connection, subject="register", within="MY")
        bases = _bases(connection)
    hidden, exact = _hidden(thin.owner), _exact(thin.owner)
    assert len(hidden) > 1
    assert {row["area_code"] for row in rows if row["rate"] is None} >= hidden
    assert {row["lisa"] for row in rows if row["area_code"] in hidden} == {None}
    truth = sum(exact.get(code, 0) for code in hidden)
    # the same with hidden counts going in, of which the rows alone are kept back, tells what they are together
    everybody = [District(code, exact.get(code, 0) / base, exact.get(code, 0), base) for code, base in bases.items()]
    set_id = active_set(thin.owner, "district")
    assert set_id is not None
    around = neighbours_among(thin.owner, set_id, list(bases))
    unprotected = [row for row in found_of(everybody, around, counted=True) if row["area_code"] not in hidden]
    assert worked_out(unprotected, bases) == pytest.approx(truth, abs=0.5)
    assert abs(worked_out(rows, bases) - truth) > 2


def test_hidden_counts_change_nothing_of_what_is_kept(thin: Watched) -> None:
    kept = text("SELECT p::text FROM ekasih.area_pocket AS p ORDER BY 1")
    before = list(thin.owner.scalars(kept))
    for code in sorted(_hidden(thin.owner)):
        thin.owner.execute(
            text("UPDATE ekasih.headcount_month SET households = households + 1 WHERE area_code = :code"),
            {"code": code},
        )
    thin.owner.execute(text("UPDATE ekasih.area_look SET mark = ''"))
    compare_areas(thin.owner)
    assert list(thin.owner.scalars(kept)) == before
    assert before


def test_gap_verdict_and_rank_go_with_the_count(thin: Watched) -> None:
    hidden = _hidden(thin.owner)
    with reading(thin.web, thin.planner) as connection:
        names = {
            row["area_name"] for row in areas_compared.expected(connection, within="08") if row["area_code"] in hidden
        }
        found = missed(connection, place_of(connection, ComparedView(area="08"), thin.planner), WORDS)
    assert not found.refused
    told = {row[0]: row for row in found.table.rows}
    cells = {row[1]: row for row in found.table.cells}
    for name in names:
        assert told[name][2] == ""
        assert set(told[name][7:]) == {WORDS("compared.hidden")}
        assert cells[name][3] is None
        assert cells[name][8:] == [None, None, None]
    shown = [row for name, row in told.items() if name not in names]
    assert any(row[2] for row in shown)
    # of the hidden nothing but that they are hidden stands on the map
    classes = dict(zip(found.layer.names, found.layer.classes, strict=True))
    assert {classes[name] for name in names} == {-2}


def test_no_view_shows_a_rate_or_a_pocket_of_a_hidden_district(thin: Watched) -> None:
    hidden = _hidden(thin.owner)
    with reading(thin.web, thin.planner) as connection:
        for area in ("MY", "08", DISTRICTS[0]):
            state = ComparedView(area=area)
            place = place_of(connection, state, thin.planner)
            for found in (rates(connection, state, place, WORDS), pockets(connection, state, place, WORDS)):
                assert found.level == "district"
                assert {row[0] for row in found.table.cells} & hidden == set()
                values = dict(zip(found.layer.codes, found.layer.values, strict=True))
                assert {values[code] for code in hidden if code in values} == {None}


def test_how_far_a_town_is_is_told_of_no_hidden_district(thin: Watched) -> None:
    hidden = min(_hidden(thin.owner))
    shown = next(code for code in DISTRICTS if code not in _hidden(thin.owner))
    for code in (hidden, shown):
        for number in range(35):
            add_household(thin.owner, f"J{code}{number:03}", district=code, on_date="2026-10-05")
    measure_access(thin.owner)
    thin.owner.commit()
    with reading(thin.web, thin.planner) as connection:
        found = {row["area_code"]: row for row in areas_compared.access(connection, level="district", within="08")}
    assert found[hidden]["households_m"] is None
    assert found[shown]["households_m"] is not None
