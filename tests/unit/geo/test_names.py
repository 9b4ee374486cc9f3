"""Claims about place names: one key for every spelling, one code for every name."""

from __future__ import annotations

import string

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import REFERENCE, AliasBook, load_alias_book, load_areas
from geo.normalising import STEPS, normalise, sql_expression


@pytest.fixture(scope="module")
def book() -> AliasBook:
    return load_alias_book()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hulu Langat", "ULU  LANGAT"),
        ("Larut & Matang", "Larut dan Matang"),
        ("Kg. Sg. Ara", "Kampong Sungei Ara"),
        ("S.P. Selatan", "Seberang Prai Selatan"),
        ("W.P. Kuala Lumpur", "Wilayah Persekutuan Kuala Lumpur"),
        ("Tg.Malim", "Tanjong Malim"),
        ("Kota Bharu", "KOTA BAHRU"),
        ("Chukai", "Cukai"),
        ("Ba'kelalan", "Bakelalan"),
        ("Mukim Rim", "Rim"),
        ("Menuku Land District", "MENUKU"),
        ("Simpang Ampat", "Simpang Empat"),
    ],
)
def test_spellings_of_one_place_share_a_key(one: str, other: str) -> None:
    assert normalise(one) == normalise(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("Kuala Langat", "Hulu Langat"), ("Bandar Kangar", "Pekan Kangar"), ("Perak Tengah", "Perak"), ("Batu", "Bukit")],
)
def test_different_places_keep_different_keys(one: str, other: str) -> None:
    assert normalise(one) != normalise(other)


@given(st.text())
def test_a_key_has_only_capitals_digits_and_single_blanks(name: str) -> None:
    key = normalise(name)
    assert set(key) <= set(string.ascii_uppercase + string.digits + " ")
    assert key == key.strip()
    assert "  " not in key


@given(st.text(), st.sampled_from([" ", "  ", "\t", ". ", "-"]))
def test_case_and_outer_blanks_never_matter(name: str, blank: str) -> None:
    plain = name.encode("ascii", "ignore").decode()
    assert normalise(f"{blank}{plain.lower()}{blank}") == normalise(plain.upper())


def test_the_sql_expression_carries_every_step_in_order() -> None:
    expression = sql_expression("name")
    assert expression.count("replace(") == len(STEPS)
    assert "'''', ''" in expression


def test_every_canonical_name_leads_to_its_own_code(book: AliasBook) -> None:
    areas = load_areas()
    named = areas[areas["level"].isin(["state", "district", "mukim"]) & (areas["kind"] != "tanpa_mukim")]
    wrong = [
        (code, name)
        for code, level, name, parent in zip(
            named["code"], named["level"], named["name"], named["parent_code"], strict=True
        )
        if book.code(name, level=level, parent="" if level == "state" else parent) != code
    ]
    assert wrong == []


def test_every_alias_in_the_file_leads_to_the_code_beside_it(book: AliasBook) -> None:
    aliases = pd.read_csv(REFERENCE / "area_aliases.csv", dtype=str, keep_default_na=False)
    wrong = [
        alias
        for level, state, alias, code in aliases.itertuples(index=False)
        if book.code(alias, level=level, parent=code[:4] if level == "mukim" else state) != code
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "state", "code"),
    [
        ("Larut & Matang", "08", "0806"),
        ("LARUT, MATANG DAN SELAMA", "08", "0806"),
        ("Selama", "08", "0813"),
        ("Hulu Langat", "10", "1008"),
        ("Ulu Selangor", "10", "1009"),
        ("S.P. Selatan", "07", "0703"),
        ("SPU", "07", "0702"),
        ("K. Terengganu", "11", "1104"),
        ("Ulu Terengganu", "11", "1106"),
        ("Cameron Highland", "06", "0602"),
        ("Bagan Datoh", "08", "0812"),
        ("Wilayah Persekutuan Kuala Lumpur", "14", "1401"),
        ("Putrajaya", "16", "1601"),
        ("Bt. Pahat", "01", "0101"),
        ("0803", "08", "0803"),
        ("Daerah Entah", "08", None),
        ("", "08", None),
    ],
)
def test_districts_are_found_by_the_spellings_in_use(book: AliasBook, name: str, state: str, code: str | None) -> None:
    assert book.code(name, level="district", parent=state) == code


@pytest.mark.parametrize(
    ("name", "code"),
    [("Pulau Pinang", "07"), ("Penang", "07"), ("N. Sembilan", "05"), ("Malacca", "04"), ("WPKL", "14"), ("8", "08")],
)
def test_states_are_found_by_the_spellings_in_use(book: AliasBook, name: str, code: str) -> None:
    assert book.code(name, level="state") == code


def test_a_bandar_is_found_without_that_word_where_nothing_else_is_so_called(book: AliasBook) -> None:
    assert book.code("Kangar", level="mukim", parent="0901") == "090141"
    assert book.code("Arau", level="mukim", parent="0901") == "090102"
    assert book.code("Bandar Arau", level="mukim", parent="0901") == "090140"


def test_a_name_shared_by_two_districts_needs_its_district(book: AliasBook) -> None:
    assert book.code("Belanja", level="mukim") is None
    assert book.code("Belanja", level="mukim", parent="0803") == "080301"
    assert book.candidates("Belanja", level="mukim") == {"080301", "080902"}


def test_a_misspelt_name_gets_the_nearest_suggestions(book: AliasBook) -> None:
    assert book.suggest("Kuala Kangsr", level="district", parent="08")[0] == "0805"
    assert book.suggest("zzzz", level="district") == ()


def test_the_alias_table_has_one_code_for_each_name_within_a_parent(book: AliasBook) -> None:
    frame = book.frame()
    assert list(frame.columns) == ["alias_normalised", "level", "state_code", "parent_code", "code"]
    assert not frame.duplicated(["level", "parent_code", "alias_normalised"]).any()
    assert not frame.isna().any().any()
    assert (frame["alias_normalised"] == frame["alias_normalised"].map(normalise)).all()
