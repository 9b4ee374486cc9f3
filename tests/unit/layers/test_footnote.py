"""Claims about the line under every figure."""

from dataclasses import replace

from layers.breaks import Scheme
from layers.choropleth import choropleth
from layers.footnote import accuracy, footnote, how_classed
from layers.measures import MEASURES
from tests.unit.layers.words import words
from tests.unit.layers.world import AREAS, SOURCE, made


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


def test_classes_are_counted_as_they_were_chosen_or_it_says_why_not() -> None:
    assert how_classed(made(), words).startswith("legend.method_fewer")
    none = AREAS.assign(tegar=None, miskin=None, suppressed=True)
    empty = choropleth(none, measure=MEASURES["poor"], scheme=Scheme.QUANTILES, source=SOURCE)
    assert how_classed(empty, words) == "legend.nothing"
    zero = AREAS.assign(tegar=0, miskin=0, suppressed=False)
    all_zero = choropleth(zero, measure=MEASURES["poor"], scheme=Scheme.QUANTILES, source=SOURCE)
    assert how_classed(all_zero, words) == "legend.only_zero"
