"""Families of the sample agree in themselves: names, ages, marriage, school, work, identity numbers and places."""

from __future__ import annotations

from collections import Counter
from datetime import date

import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.readers import read_boundaries
from registry.areas.boundaries import BUNDLED
from registry.demo.country import country
from registry.demo.families import CHILD, HEAD, SPOUSE, families
from registry.demo.family_names import family_names
from registry.demo.forms import members_of
from registry.demo.names import CHINESE, COMMUNITIES
from registry.demo.people import Sample, sample
from registry.mykad import parse

TODAY = date(2026, 11, 20)
HOUSEHOLDS = 5_000
_SEEDS = st.integers(0, 2**32 - 1)
_SIZES = st.lists(st.integers(1, 11), min_size=1, max_size=60)


@pytest.fixture(scope="module")
def made() -> Sample:
    facts = country(HOUSEHOLDS)
    district = np.repeat(np.arange(len(facts.districts)), facts.districts["households"].to_numpy())
    issued: Counter[str] = Counter()
    return sample(facts, district, first=1, issued=issued, today=TODAY, rng=np.random.default_rng(11))


@pytest.fixture(scope="module")
def persons(made: Sample) -> pd.DataFrame:
    """With ``age`` at the interview, and only those whose number agrees with what is declared: few are faulty."""
    people = made.persons.copy()
    people["born"] = pd.to_datetime(people["tarikh_lahir"], format="%d/%m/%Y")
    interviewed = pd.to_datetime(made.households["tarikh_banci"], format="%d/%m/%Y").to_numpy()
    people["age"] = (interviewed[people["household"]] - people["born"]).dt.days / 365.25
    numbers = [parse(number) for number in people["no_kp"]]
    sexes = people["jantina"].map({"Perempuan": "female", "Lelaki": "male"})
    right = np.array([
        number is not None and not number.mismatches(birth_date=born.date(), sex=sex)
        for number, born, sex in zip(numbers, people["born"], sexes, strict=True)
    ])  # fmt: skip
    assert right.mean() > 0.99
    return people[right]


# names


@given(seed=_SEEDS, sizes=_SIZES, community=st.integers(0, len(COMMUNITIES) - 1))
@settings(max_examples=60, deadline=None)
def test_children_carry_the_name_of_one_father(seed: int, sizes: list[int], community: int) -> None:
    rng = np.random.default_rng(seed)
    family = families(np.array(sizes), rng)
    names = family_names(np.full(len(sizes), community), family, rng)
    for home in range(len(sizes)):
        of_home = family.household == home
        man = of_home & (family.role != CHILD) & ~family.female
        children = names[of_home & (family.role == CHILD)]
        carried = {_last(name, community) for name in children}
        if children.size:
            assert len(carried) == 1
        if children.size and man.any():
            assert carried == {_called(names[man][0], community)}
        assert len({_first(name, community) for name in children}) == len(children)


@given(seed=_SEEDS, sizes=_SIZES, community=st.integers(0, len(COMMUNITIES) - 1))
@settings(max_examples=30, deadline=None)
def test_the_link_in_a_name_is_that_of_the_sex(seed: int, sizes: list[int], community: int) -> None:
    rng = np.random.default_rng(seed)
    family = families(np.array(sizes), rng)
    parts = COMMUNITIES[community]
    for name, female in zip(family_names(np.full(len(sizes), community), family, rng), family.female, strict=True):
        if parts is CHINESE:
            assert name.split(" ", 1)[0] in parts.family
        else:
            assert f" {parts.female_link if female else parts.male_link} " in name


def _link(community: int) -> tuple[str, ...]:
    parts = COMMUNITIES[community]
    return (f" {parts.male_link} ", f" {parts.female_link} ")


def _split(name: str, community: int) -> tuple[str, str]:
    """Given name, and the father's or the family's."""
    if COMMUNITIES[community] is CHINESE:
        family, given_name = name.split(" ", 1)
        return given_name, family
    link = next(link for link in _link(community) if link in name)
    given_name, father = name.split(link)
    return given_name, father


def _first(name: str, community: int) -> str:
    return _split(name, community)[0]


def _last(name: str, community: int) -> str:
    return _split(name, community)[1]


def _called(father: str, community: int) -> str:
    """What a father's children carry."""
    return _last(father, community) if COMMUNITIES[community] is CHINESE else _first(father, community)


# ages


@given(seed=_SEEDS, sizes=_SIZES)
@settings(max_examples=60, deadline=None)
def test_parents_are_16_to_50_years_older_and_births_lie_apart(seed: int, sizes: list[int]) -> None:
    family = families(np.array(sizes), np.random.default_rng(seed))
    for home in range(len(sizes)):
        of_home = family.household == home
        assert of_home.sum() == sizes[home]
        assert list(family.role[of_home]) == sorted(family.role[of_home])
        children = family.age[of_home & (family.role == CHILD)]
        assert (children >= 0).all()
        assert (np.diff(children) <= -0.9).all()
        for parent in np.flatnonzero(of_home & (family.role != CHILD)):
            older = family.age[parent] - children
            assert ((older >= 16) & (older <= (45 if family.female[parent] else 50))).all()


@given(seed=_SEEDS, sizes=_SIZES)
@settings(max_examples=30, deadline=None)
def test_a_household_has_one_head_and_a_spouse_of_the_other_sex_and_a_like_age(seed: int, sizes: list[int]) -> None:
    family = families(np.array(sizes), np.random.default_rng(seed))
    head, spouse = family.role == HEAD, family.role == SPOUSE
    assert list(family.household[head]) == list(range(len(sizes)))
    heads = np.flatnonzero(head)[family.household[spouse]]
    assert (family.female[heads] != family.female[spouse]).all()
    assert (np.abs(family.age[heads] - family.age[spouse]) <= 17).all()
    assert (family.age[head] >= 20).all()
    assert (family.age[spouse] >= 18).all()


def test_who_is_married_has_a_spouse_in_the_house_and_who_is_widowed_has_none(persons: pd.DataFrame) -> None:
    heads = persons[persons["hubungan"] == "KIR"].set_index("household")
    with_spouse = persons.loc[persons["hubungan"] == "Pasangan", "household"]
    known = heads.index.isin(with_spouse)
    assert (heads.loc[known, "taraf_kahwin"] == "Berkahwin").all()
    alone = heads.loc[~known]
    assert (alone["taraf_kahwin"] == "Berkahwin").mean() < 0.02  # those whose spouse's number is a faulty one
    assert (persons.loc[persons["hubungan"] == "Pasangan", "taraf_kahwin"] == "Berkahwin").all()
    assert (persons.loc[(persons["hubungan"] == "Anak") & (persons["age"] < 20), "taraf_kahwin"] == "Bujang").all()


# school and work


def test_nobody_below_16_works_or_earns(persons: pd.DataFrame) -> None:
    young = persons[persons["age"] < 16]
    assert set(young["status_pekerjaan"]) == {"Pelajar", "Tidak bekerja"}
    assert young.filter(like="pendapatan_").sum(axis=None) == 0
    assert set(young["kemahiran"]) == {"Tiada"}


def test_no_pupil_is_too_old_and_nobody_who_should_be_at_school_is_away_but_for_a_few(persons: pd.DataFrame) -> None:
    pupils = persons[persons["status_pekerjaan"] == "Pelajar"]
    assert pupils["age"].between(7, 25).all()
    assert (pupils["bersekolah"] == "Ya").all()
    assert (pupils["hubungan"] == "Anak").all()
    of_age = persons[persons["age"].between(7.1, 15.9)]
    assert (of_age["bersekolah"] == "Ya").mean() > 0.97
    assert (persons.loc[persons["status_pekerjaan"] != "Pelajar", "bersekolah"] == "Tidak").all()


def test_what_was_learnt_fits_the_age(persons: pd.DataFrame) -> None:
    least = {"Rendah": 13, "PMR/PT3": 16, "SPM": 18, "STPM/Diploma": 20}
    for level, age in least.items():
        assert persons.loc[persons["tahap_pendidikan"] == level, "age"].min() >= age - 0.01


def test_only_women_keep_house_and_only_the_old_are_retired(persons: pd.DataFrame) -> None:
    assert (persons.loc[persons["status_pekerjaan"] == "Suri rumah", "jantina"] == "Perempuan").all()
    assert persons.loc[persons["status_pekerjaan"] == "Pesara", "age"].min() >= 59.9


def test_wages_are_those_of_who_is_employed(persons: pd.DataFrame) -> None:
    earning = persons[persons["pendapatan_gaji"] > 0]
    assert set(earning["status_pekerjaan"]) == {"Bekerja dengan gaji"}
    assert set(persons.loc[persons["pendapatan_sendiri"] > 0, "status_pekerjaan"]) == {"Bekerja sendiri"}


# identity numbers


def test_numbers_name_the_state_of_birth(made: Sample) -> None:
    states = made.households["negeri"].to_numpy()[made.persons["household"]]
    places = pd.Series(states).groupby(made.persons["no_kp"].str[7:9].to_numpy()).nunique()
    assert (places == 1).all()
    assert all(parse(number).birth_state_code for number in made.persons["no_kp"].head(200))  # type: ignore[union-attr]


# places


def test_mukim_are_known_for_most_where_a_district_has_any(made: Sample) -> None:
    facts = country(HOUSEHOLDS).places
    having = set(facts.loc[facts["mukim"] != "", "district_code"])
    homes = made.households[made.households["no_isirumah"].str[1:5].isin(having)]
    assert 0.92 <= (homes["mukim"] != "").mean() <= 0.96
    assert (made.households.drop(homes.index)["mukim"] == "").mean() > 0.99


def test_points_lie_inside_the_mukim_that_is_stated(made: Sample) -> None:
    mukim = read_boundaries(BUNDLED / "mukim.geojson.gz").set_index("code")["geometry"]
    facts = country(HOUSEHOLDS).places
    codes = (
        facts[facts["mukim"] != ""].drop_duplicates(["district_code", "mukim"]).set_index(["district_code", "mukim"])
    )
    homes = made.households[(made.households["mukim"] != "") & (made.households["latitud"] != "")]
    keys = pd.MultiIndex.from_arrays([homes["no_isirumah"].str[1:5], homes["mukim"]])
    code = codes["area_code"].reindex(keys).to_numpy()
    stated = pd.notna(code)
    inside = [
        shapely.contains_xy(mukim[area], float(x), float(y))
        for area, x, y in zip(code[stated], homes["longitud"][stated], homes["latitud"][stated], strict=True)
    ]
    assert stated.mean() > 0.985  # some are misspelt
    assert np.mean(inside) > 0.985  # some are swapped, nowhere or astray


@pytest.mark.parametrize("households", [1, 3])
def test_a_few_households_are_placed_too(households: int) -> None:
    few = sample(
        country(households), np.arange(households), first=1, issued=Counter(), today=TODAY, rng=np.random.default_rng(1)
    )
    assert len(few.households) == households


def test_no_two_households_stand_on_one_point(made: Sample) -> None:
    homes = made.households[~made.households["latitud"].isin(("", "0"))]
    assert not homes.duplicated(["latitud", "longitud"]).any()


def test_no_word_comes_twice_in_a_row_in_an_address(made: Sample) -> None:
    assert not made.households["alamat"].str.contains(r"Kamp[uo]ng Kamp[uo]ng").any()


# forms of the case work


@pytest.mark.parametrize("number", range(21))
def test_a_registration_form_is_of_one_family(number: int) -> None:
    community = number % 3  # Malay, Chinese, Indian: as the forms and COMMUNITIES have them
    members = members_of(number, community, np.random.default_rng(number), TODAY)
    father, mother, *children = members
    years = {member["key"]: int(member["birth_date"][-4:]) for member in members}
    assert all(_last(child["name"], community) == _called(father["name"], community) for child in children)
    assert all(
        16 <= years[child["key"]] - years[parent["key"]] <= 50 for child in children for parent in (father, mother)
    )
    for member in members:
        mykad = parse(member["id_no"])
        assert mykad is not None
        born = date(years[member["key"]], int(member["birth_date"][3:5]), int(member["birth_date"][:2]))
        assert mykad.mismatches(birth_date=born, sex=member["sex"]) == ()
