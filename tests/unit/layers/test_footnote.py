"""Claims about the line under every figure."""

from dataclasses import replace

from layers.footnote import accuracy, footnote
from tests.unit.layers.words import words
from tests.unit.layers.world import SOURCE


def test_it_names_source_date_and_rule() -> None:
    assert footnote(SOURCE, words)[:3] == (
        "source.name name=Daftar",
        "source.as_of date=31/01/2025",
        "source.rule rule=rule.per_capita year=2022",
    )


def test_approximate_boundaries_say_so_with_their_accuracy() -> None:
    assert accuracy(SOURCE, words) == ("source.approximate_to distance=15 km",)


def test_exact_boundaries_state_metres() -> None:
    exact = replace(SOURCE, boundary_accuracy_m=200, boundary_approximate=False)
    assert accuracy(exact, words) == ("source.accurate_to distance=200 m",)


def test_an_unknown_accuracy_is_not_made_up() -> None:
    unknown = replace(SOURCE, boundary_accuracy_m=None, boundary_approximate=False)
    assert accuracy(unknown, words) == ()


def test_derived_lines_the_census_and_sample_data_are_told_where_they_apply() -> None:
    told = footnote(replace(SOURCE, lines_derived=True, census_year=2020, sample=True), words)
    plain = footnote(SOURCE, words)
    assert {"source.lines_derived", "source.census year=2020", "source.sample"} == set(told) - set(plain)
