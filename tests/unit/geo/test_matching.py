"""Claims about finding which area a feature is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.codes import DUN_COUNTS, area_code, seat_codes
from geo.matching import NoIdentifyingColumnError, match_areas
from geo.names import AliasBook, load_alias_book
from geo.readers import read_boundaries

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def book() -> AliasBook:
    return load_alias_book()


def features(**columns: list[Any]) -> gpd.GeoDataFrame:
    count = len(next(iter(columns.values())))
    boxes = [shapely.box(101 + number, 4, 102 + number, 5) for number in range(count)]
    return gpd.GeoDataFrame(columns, geometry=boxes, crs="EPSG:4326")


@pytest.mark.parametrize(
    ("text", "level", "code"),
    [
        ("8", "state", "08"),
        ("08", "state", "08"),
        ("8_3", "district", "0803"),
        ("8_13", "district", "0813"),
        ("803", "district", "0803"),
        ("80305", "mukim", "080305"),
        ("P.066", "parliament", "P.066"),
        ("p66", "parliament", "P.066"),
        ("P.066 Batu Gajah", "parliament", "P.066"),
        ("8_N.33", "dun", "08-N.33"),
        ("08-N.33", "dun", "08-N.33"),
        ("c.ppkb-batu-gajah", "catchment", "C.PPKB-BATU-GAJAH"),
        ("Kinta", "district", None),
        ("N.33", "dun", None),
        ("", "state", None),
    ],
)
def test_codes_are_read_in_the_forms_in_use(text: str, level: str, code: str | None) -> None:
    assert area_code(text, level=level) == code


def test_a_state_seat_needs_its_state_because_numbers_repeat() -> None:
    assert area_code("N.33", level="dun", state_code="08") == "08-N.33"


@given(st.text(max_size=12), st.sampled_from(["state", "district", "mukim", "parliament", "dun", "catchment"]))
def test_a_code_read_once_is_read_the_same_again(text: str, level: str) -> None:
    code = area_code(text, level=level)
    assert code is None or area_code(code, level=level) == code


def test_there_are_222_and_600_seats() -> None:
    assert len(seat_codes("parliament")) == 222
    assert len(seat_codes("dun")) == sum(DUN_COUNTS.values()) == 600


def test_a_code_column_outranks_the_name(book: AliasBook) -> None:
    matching = match_areas(features(code_state_district=["8_3"], district=["Entah"]), level="district", book=book)
    assert list(matching.frame["code"]) == ["0803"]
    assert list(matching.frame["name"]) == ["Kinta"]


def test_names_are_looked_up_in_the_state_beside_them(book: AliasBook) -> None:
    file = features(State=["Perak", "Selangor", "P. Pinang"], District=["Larut & Matang", "Hulu Langat", "SPS"])
    matching = match_areas(file, level="district", book=book)
    assert list(matching.frame["code"]) == ["0703", "0806", "1008"]
    assert list(matching.frame["parent_code"]) == ["07", "08", "10"]


def test_a_code_that_does_not_exist_falls_back_to_the_name(book: AliasBook) -> None:
    matching = match_areas(features(code=["0899"], negeri=["Perak"], daerah=["Kinta"]), level="district", book=book)
    assert list(matching.frame["code"]) == ["0803"]


def test_what_is_not_understood_is_listed_with_suggestions(book: AliasBook) -> None:
    file = features(state=["Perak", "Perak"], district=["Kuala Kangsr", "Kinta"])
    (unmatched,) = match_areas(file, level="district", book=book).unmatched
    assert (unmatched.row, unmatched.name) == (1, "Kuala Kangsr")
    assert unmatched.suggestions[0] == ("0805", "Kuala Kangsar")


def test_several_features_of_one_area_are_joined_and_told(book: AliasBook) -> None:
    matching = match_areas(features(code=["08", "08", "09"]), level="state", book=book)
    assert matching.duplicates == ("08",)
    assert matching.frame.set_index("code").geometry["08"].equals(shapely.box(101, 4, 103, 5))


def test_areas_that_the_file_lacks_are_missing_and_the_level_incomplete(book: AliasBook) -> None:
    matching = match_areas(features(code=[f"{number:02d}" for number in range(1, 16)]), level="state", book=book)
    assert matching.missing == ("16",)
    assert not matching.complete


def test_a_mukim_without_its_district_is_found_where_it_lies(book: AliasBook) -> None:
    districts = gpd.GeoDataFrame(
        {"code": ["0803", "0809"]}, geometry=[shapely.box(101, 4, 102, 5), shapely.box(102, 4, 103, 5)], crs="EPSG:4326"
    )
    file = features(shapeName=["Mukim Belanja", "Mukim Belanja"])
    matching = match_areas(file, level="mukim", book=book, parents=districts)
    assert list(matching.frame["code"]) == ["080301", "080902"]


def test_the_rest_of_a_district_is_matched_but_never_missed(book: AliasBook) -> None:
    matching = match_areas(features(code=["080300"]), level="mukim", book=book)
    assert list(matching.frame["code"]) == ["080300"]
    assert "080400" not in matching.missing


def test_a_catchment_is_known_by_its_own_code_and_none_is_missing(book: AliasBook) -> None:
    matching = match_areas(features(code=["C.PPKB-IPOH"], name=["PPKB Ipoh"]), level="catchment", book=book)
    assert list(matching.frame["name"]) == ["PPKB Ipoh"]
    assert matching.complete


def test_a_file_that_names_nothing_is_refused(book: AliasBook) -> None:
    with pytest.raises(NoIdentifyingColumnError, match="code_state_district"):
        match_areas(features(luas=[1.5]), level="district", book=book)


@pytest.mark.parametrize(
    ("file", "level", "count"),
    [
        ("dosm_state", "state", 16),
        ("dosm_district", "district", 160),
        ("dosm_parlimen", "parliament", 222),
        ("dosm_dun", "dun", 600),
    ],
)
@pytest.mark.parametrize("with_codes", [True, False])
def test_official_sets_are_matched_whole_by_code_and_by_name(
    shared_folder: Path, book: AliasBook, *, file: str, level: str, count: int, with_codes: bool
) -> None:
    frame = read_boundaries(shared_folder / "reference" / "boundaries" / f"{file}.geojson")
    if not with_codes:
        frame = frame.drop(columns=[column for column in frame.columns if column.startswith("code")])
    matching = match_areas(frame, level=level, book=book)
    assert (len(matching.frame), matching.unmatched, matching.duplicates) == (count, (), ())
    assert matching.complete
    assert not (matching.frame["state_code"] == "").any()


def test_official_state_seats_know_their_parliament_seat(shared_folder: Path, book: AliasBook) -> None:
    frame = read_boundaries(shared_folder / "reference" / "boundaries" / "dosm_dun.geojson")
    seats = match_areas(frame, level="dun", book=book).frame.set_index("code")
    assert list(seats.loc[["08-N.31", "08-N.32", "08-N.33"], "parent_code"]) == ["P.066"] * 3
    assert seats.loc["08-N.33", "name"] == "Tronoh"
