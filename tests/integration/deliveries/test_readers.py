"""The words of a census file are read in the database as they were meant, in every form that they are written in."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Connection

# the functions look at no table, so that one database serves every example
_EXAMPLES = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
_BLANKS = st.sampled_from(["", " ", "  ", "\t"])
_DAYS = st.dates(min_value=date(1850, 1, 1), max_value=date(2200, 12, 31))
_ANY_TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=24)
_FUNCTIONS = (
    *("read_money", "read_number", "read_date", "read_id_no", "read_sex", "read_strata", "read_yes_no"),
    *("name_key", "ethnicity_code", "area_key"),
)


def _read(owner: Connection, function: str, written: Iterable[str | None]) -> list[Any]:
    statement = text(
        f"SELECT {function}(w) FROM unnest(CAST(:written AS text[])) WITH ORDINALITY AS t (w, n) ORDER BY n"
    )
    return list(owner.scalars(statement, {"written": list(written)}))


@st.composite
def _money(draw: st.DrawFn) -> tuple[str, Decimal]:
    """An amount, and one of the ways in which people write it."""
    sen = draw(st.integers(0, 99_999_999_999))
    places = draw(st.sampled_from([0, 1, 2]))
    amount = Decimal(sen - sen % 10 ** (2 - places)) / 100
    figures = f"{amount:{draw(st.sampled_from([',', '']))}.{places}f}"
    sign = draw(st.sampled_from(["", "-"]))
    currency = draw(st.sampled_from(["", "RM", "RM ", "rm", "Rm "]))
    written = draw(st.sampled_from([f"{sign}{currency}{figures}", f"{currency}{sign}{figures}"]))
    return f"{draw(_BLANKS)}{written}{draw(_BLANKS)}", -amount if sign else amount


@given(st.lists(_money(), min_size=1, max_size=40))
@_EXAMPLES
def test_money_is_read_however_it_is_written(owner: Connection, told: list[tuple[str, Decimal]]) -> None:
    assert _read(owner, "read_money", [written for written, _ in told]) == [amount for _, amount in told]


def test_no_money_is_nothing_and_words_are_no_money(owner: Connection) -> None:
    assert _read(owner, "read_money", [None, "", "  "]) == [0, 0, 0]
    words = [
        "tiada",
        "lebih kurang 300",
        "1,20",
        "12,3456",
        "1.2.3",
        "RM",
        "-",
        "--5",
        "5-",
        "1e5",
        "NaN",
        "Infinity",
        "٣",
    ]
    assert _read(owner, "read_money", words) == [None] * len(words)


@st.composite
def _day(draw: st.DrawFn) -> tuple[str, date]:
    """A day, and one of the ways in which people write it."""
    day = draw(_DAYS)
    mark = draw(st.sampled_from(["/", "-", "."]))
    pad = draw(st.sampled_from(["02", ""]))
    forms = (
        f"{day.day:{pad}}{mark}{day.month:{pad}}{mark}{day.year}",
        f"{day.year}{mark}{day.month:{pad}}{mark}{day.day:{pad}}",
        f"{day.isoformat()} 00:00:00",
        f"{day.isoformat()}T08:30:00",
    )
    return f"{draw(_BLANKS)}{draw(st.sampled_from(forms))}{draw(_BLANKS)}", day


@given(st.lists(_day(), min_size=1, max_size=40))
@_EXAMPLES
def test_a_day_is_read_however_it_is_written(owner: Connection, told: list[tuple[str, date]]) -> None:
    assert _read(owner, "read_date", [written for written, _ in told]) == [day for _, day in told]


def _is_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@given(st.lists(st.tuples(st.integers(1850, 2200), st.integers(0, 13), st.integers(0, 32)), min_size=1, max_size=40))
@_EXAMPLES
def test_a_day_that_the_calendar_does_not_have_is_no_day(owner: Connection, told: list[tuple[int, int, int]]) -> None:
    expected = [_is_day(*parts) for parts in told]
    assert _read(owner, "read_date", [f"{day:02}/{month:02}/{year}" for year, month, day in told]) == expected
    assert _read(owner, "read_date", [f"{year}-{month:02}-{day:02}" for year, month, day in told]) == expected


@given(st.lists(st.text("0123456789", min_size=12, max_size=12), min_size=1, max_size=40))
@_EXAMPLES
def test_a_mykad_number_is_the_same_with_and_without_dashes(owner: Connection, numbers: list[str]) -> None:
    expected = [number if number.strip("0") else None for number in numbers]
    assert _read(owner, "read_id_no", numbers) == expected
    assert _read(owner, "read_id_no", [f"{n[:6]}-{n[6:8]}-{n[8:]}" for n in numbers]) == expected
    assert _read(owner, "read_id_no", [f" {n[:6]} {n[6:8]} {n[8:]} " for n in numbers]) == expected


@given(st.lists(_ANY_TEXT, min_size=1, max_size=20))
@_EXAMPLES
def test_nothing_that_can_be_written_stops_a_reader(owner: Connection, words: list[str]) -> None:
    for function in _FUNCTIONS:
        assert len(_read(owner, function, words)) == len(words)


@pytest.mark.parametrize(
    ("function", "meaning", "spellings"),
    [
        ("read_sex", "male", ["Lelaki", " LELAKI ", "L", "lelaki", "Male"]),
        ("read_sex", "female", ["Perempuan", "perempuan ", "P", "Female", "Wanita"]),
        ("read_sex", None, ["", None, "?", "x"]),
        ("read_strata", "urban", ["Bandar", "BANDAR", " bandar "]),
        ("read_strata", "rural", ["Luar Bandar", "LUAR  BANDAR", "luar-bandar", "Luarbandar"]),
        ("read_strata", None, ["", None, "Kota"]),
        ("read_yes_no", True, ["Ya", "YA", " ya ", "Ada", "1"]),
        ("read_yes_no", False, ["Tidak", "TIDAK", "Tiada", "0"]),
        ("read_yes_no", None, ["", None, "mungkin"]),
        ("ethnicity_code", "bumiputera", ["Melayu", "MELAYU", "Iban", "Kadazan/Dusun", "Orang Asli", "Bajau"]),
        ("ethnicity_code", "chinese", ["Cina", " cina "]),
        ("ethnicity_code", "indian", ["India", "INDIA"]),
        ("ethnicity_code", "other", ["Lain-lain", "", None, "Indonesia"]),
        ("name_key", "SITI BINTI ALI", ["Siti binti Ali", "  siti   BINTI ali ", "Siti\tbinti Ali"]),
    ],
)
def test_words_in_use_have_one_meaning(
    owner: Connection, function: str, meaning: str | None, spellings: list[str | None]
) -> None:
    assert _read(owner, function, spellings) == [meaning] * len(spellings)
