"""A formula is accepted or refused in the promised order, and works out or says why not."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from poverty.kpi.checks import accepted
from poverty.kpi.evaluation import MISSING, Value, value_of
from poverty.kpi.grammar import read_formula
from poverty.kpi.measures import LEVELS, Measure, shipped_measures
from poverty.kpi.refused import FormulaRefused
from registry.kpi.sentences import refusal, sentence
from words import LANGUAGES, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

CODES = {
    "terlalu_panjang", "sintaks", "nombor_terlalu_besar", "terlalu_dalam", "fungsi_tidak_dikenali",
    "ukuran_tidak_dikenali", "penapis_tidak_dikenali", "aliran_tanpa_jumlah", "stok_dalam_jumlah",
    "bulan_di_luar_julat", "unit_tidak_sepadan", "tahap_tidak_disokong",
}  # fmt: skip
VALUES: Mapping[str, Value] = {
    "poor": Decimal(3205), "households": Decimal(4000), "tegar": Decimal(909), "quality_open": "disembunyikan",
    "review_overdue": Decimal(0), "gap_rm": Decimal("1432876.50"),
}  # fmt: skip


def refused(formula: str, unit: str = "isi_rumah", level: str = "district") -> FormulaRefused:
    with pytest.raises(FormulaRefused) as caught:
        accepted(formula, unit=unit, level=level)
    return caught.value


def value(formula: str, unit: str = "isi_rumah") -> Value:
    return value_of(accepted(formula, unit=unit, level="district").tree, VALUES)


@pytest.mark.parametrize(
    ("formula", "code", "place", "found"),
    [
        ("poor + Tegar", "sintaks", 7, "T"),
        ("poor +", "sintaks", 6, ""),
        ("poor tegar", "sintaks", 5, "tegar"),
        ("(poor", "sintaks", 5, ""),
        ("poor)", "sintaks", 4, ")"),
        ("min(poor)", "sintaks", 8, ")"),
        ("poor, tegar", "sintaks", 4, ","),
        ("ago(poor, ytd)", "sintaks", 10, "ytd"),
        ("ago(poor, 1.5)", "sintaks", 10, "1.5"),
        ("ago(poor + tegar, 3)", "sintaks", 9, "+"),
        ("poor[strata]", "sintaks", 11, "]"),
        ("poor[]", "sintaks", 5, "]"),
        ("0.1234567 * poor", "nombor_terlalu_besar", 0, "0.1234567"),
        ("poor + median(poor)", "fungsi_tidak_dikenali", 7, "median"),
        ("poor + now()", "fungsi_tidak_dikenali", 7, "now"),
        ("tegar + pour", "ukuran_tidak_dikenali", 8, "pour"),
        ("poor[strata=urban, strata=rural]", "penapis_tidak_dikenali", 0, "poor"),
        ("tegar[status=tegar]", "penapis_tidak_dikenali", 0, "tegar"),
        ("ago(exits, 3)", "aliran_tanpa_jumlah", 4, "exits"),
        ("ago(census_households, 3)", "stok_dalam_jumlah", 4, "census_households"),
        ("total(exits, 61)", "bulan_di_luar_julat", 13, "61"),
        ("poor - 3", "unit_tidak_sepadan", 5, "-"),
        ("min(poor, gap_rm)", "unit_tidak_sepadan", 0, "min"),
    ],
)
def test_a_refusal_says_where_and_what(formula: str, code: str, place: int, found: str) -> None:
    error = refused(formula)
    assert (error.code, error.position, error.found) == (code, place, found)


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("1234567890123 * Poor", "sintaks"),
        ("1234567890123 * (poor", "nombor_terlalu_besar"),
        ("(" * 25 + "poor" + ")" * 24, "sintaks"),
        ("(" * 25 + "abs(poor)" + ")" * 25, "terlalu_dalam"),
        ("pour + abs(poor)", "fungsi_tidak_dikenali"),
        ("poor[etnik=cina] + pour", "ukuran_tidak_dikenali"),
        ("exits + poor[etnik=cina]", "penapis_tidak_dikenali"),
        ("total(poor, 99) + exits", "aliran_tanpa_jumlah"),
        ("ago(poor, 99) + total(poor, 3)", "stok_dalam_jumlah"),
        ("ago(poor, 99) + 1", "bulan_di_luar_julat"),
        ("(census_households + 1) / poor", "unit_tidak_sepadan"),
    ],
)
def test_of_several_faults_the_first_in_the_order_of_the_checks_is_told(formula: str, code: str) -> None:
    assert refused(formula, level="mukim").code == code


@pytest.mark.parametrize(("levels", "is_accepted"), [(20, True), (21, False)])
@pytest.mark.parametrize("nesting", ["({})", "-{}", "min(1, {})", "2 * -({})"])
def test_twenty_levels_are_nested_and_no_more(nesting: str, levels: int, is_accepted: bool) -> None:
    formula, depth = "1", nesting.count("-") + nesting.count("(")
    for _ in range(levels // depth):
        formula = nesting.format(formula)
    if is_accepted or levels % depth:
        assert value(formula, "tiada") != "tiada_data"
    else:
        assert refused(formula, "tiada").code == "terlalu_dalam"


def test_what_is_nested_as_deep_as_a_formula_is_long_is_refused_and_not_a_crash() -> None:
    for deep in ("(" * 500, "-" * 500, "(-" * 250, "min(" * 125, "-" * 499 + "1", "(" * 249 + "1" + ")" * 249):
        assert refused(deep).code in {"sintaks", "terlalu_dalam"}


@pytest.mark.parametrize(
    ("formula", "unit"),
    [
        ("gap_rm / poor", "RM/isi_rumah"),
        ("gap_rm * poor / poor", "RM"),
        ("max(poor, 0)", "isi_rumah"),
        ("poor + (0)", "isi_rumah"),
        ("dosm_rate", "tiada"),
        ("dosm_rate", "syer"),
        (" poor\t/\n households ", "syer"),
    ],
)
def test_units_are_multiplied_and_divided_and_a_bare_nought_has_any(formula: str, unit: str) -> None:
    assert accepted(formula, unit=unit, level="district").text == formula


@pytest.mark.parametrize("text", ["poor²", "poor\u00a0+ tegar", "١٢", "poor; DROP TABLE kpi", "{poor}", "poor\x00"])
def test_signs_of_other_scripts_and_languages_mean_nothing(text: str) -> None:
    assert refused(text).code == "sintaks"


@pytest.mark.parametrize(
    ("formula", "unit", "worked_out"),
    [
        ("households - poor - tegar", "isi_rumah", Decimal(-114)),
        ("-poor + households", "isi_rumah", Decimal(795)),
        ("households / poor / tegar * households", "tiada", Decimal("5.491969")),
        ("review_overdue / households", "syer", Decimal(0)),
        ("max(-poor, tegar, 0)", "isi_rumah", Decimal(909)),
        ("coalesce(tegar, quality_open)", "isi_rumah", Decimal(909)),
        ("coalesce(mudah_miskin, tegar, poor)", "isi_rumah", Decimal(909)),
        ("households / review_overdue", "syer", "penyebut_sifar"),
        ("mudah_miskin / review_overdue", "syer", "penyebut_sifar"),
        ("mudah_miskin / poor", "syer", "tiada_data"),
        ("coalesce(mudah_miskin / poor, poor / review_overdue)", "syer", "penyebut_sifar"),
        ("coalesce(mudah_miskin, quality_open, tegar)", "isi_rumah", "disembunyikan"),
        ("min(poor, mudah_miskin)", "isi_rumah", "tiada_data"),
        ("quality_open * 0", "isi_rumah", "disembunyikan"),
        ("(quality_open + mudah_miskin) / review_overdue", "syer", "disembunyikan"),
    ],
)
def test_what_is_missing_is_told_with_the_first_of_its_reasons(formula: str, unit: str, worked_out: Value) -> None:
    found = value(formula, unit)
    assert (round(found, 6) if isinstance(found, Decimal) else found) == worked_out


def test_the_same_figure_is_known_however_it_is_written() -> None:
    one, other = (read_formula(text) for text in ("exits[reason=died|other]", " exits [ reason = other | died ] "))
    assert one.key == other.key == "exits[reason=died|other]"  # type: ignore[union-attr]


def test_a_third_is_kept_to_28_digits() -> None:
    assert value("1 / 3", "tiada") == Decimal("0." + "3" * 28)
    assert value("2 / 3", "tiada") == Decimal("0." + "6" * 27 + "7")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_refusal_has_a_sentence_that_names_the_place(language: str) -> None:
    words = words_of(language)
    texts = {
        refused("poor +").code: "poor +",
        **{refused(text, level="mukim").code: text for text in (
            "x" * 501, "1234567890123", "(" * 21 + "1" + ")" * 21, "abs(1)", "pour", "tegar[a=b]",
            "exits", "total(poor, 3)", "ago(poor, 0)", "poor + 1", "gap_rm", "review_overdue",
        )},
    }  # fmt: skip
    assert texts.keys() == CODES
    for text in (*texts.values(), "poor +", "Poor", "tegar[strata=kota]", "zzzz", "review_overdue[a=b]"):
        error = refused(text, level="mukim")
        said = refusal(error, words)
        assert said.endswith(".")
        assert error.code == "terlalu_panjang" or error.position == 0 or str(error.position + 1) in said


def test_a_formula_is_a_sentence_in_both_languages() -> None:
    tree = accepted("(tegar - ago(tegar[strata=rural], 1)) / households", unit="syer", level="state").tree
    malay, english = (sentence(tree, shipped_measures(), words_of(language)) for language in LANGUAGES)
    assert malay == (
        "Nilainya ialah (“Isi rumah miskin tegar” tolak “Isi rumah miskin tegar” [strata: Luar bandar]"
        " pada akhir bulan 1 bulan sebelumnya) dibahagi dengan “Isi rumah berdaftar”."
    )
    assert english == (
        "The value is (“Hardcore poor households” minus “Hardcore poor households” [strata: Rural]"
        " at the end of the month 1 month before) divided by “Registered households”."
    )


FIGURES = st.sampled_from([
    "poor", "tegar[strata=rural|urban]", "ago(poor, 12)", "total(exits[reason=died], 12)", "total(spent_rm, ytd)",
    "gap_rm", "dosm_rate", "quality_open", "mudah_miskin", "0", "1", "999999999999.999999", "0.000001",
])  # fmt: skip
FORMULAS = st.recursive(
    FIGURES,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" + ", " - ", " * ", "/"]), inner).map("".join),
        inner.map("({})".format),
        inner.map("-{}".format),
        st.tuples(st.sampled_from(["min", "max", "coalesce"]), inner, inner).map(lambda t: f"{t[0]}({t[1]}, {t[2]})"),
    ),
    max_leaves=12,
)
ANY_UNIT = {
    name: Measure(name, name, name, each.kind, "tiada", "mukim", each.additive, each.filters)
    for name, each in shipped_measures().items()
}
AMOUNTS = st.one_of(st.decimals(-(10**15), 10**15, places=6), st.sampled_from(MISSING))


def fault(text: str, unit: str, level: str, measures: Mapping[str, Measure] | None = None) -> FormulaRefused | None:
    try:
        accepted(text, unit=unit, level=level, measures=measures)
    except FormulaRefused as error:
        return error
    return None


@given(FORMULAS, st.dictionaries(st.sampled_from(["poor", "gap_rm", "dosm_rate", "ago(poor,12)"]), AMOUNTS))
def test_an_accepted_formula_works_out_or_says_why_not(formula: str, values: dict[str, Value]) -> None:
    if error := fault(formula, "tiada", "mukim", ANY_UNIT):
        assert error.code in {"terlalu_panjang", "terlalu_dalam"}
        return
    tree = read_formula(formula)
    found = value_of(tree, values)
    assert found in MISSING if isinstance(found, str) else found.is_finite()
    for language in LANGUAGES:
        assert sentence(tree, ANY_UNIT, words_of(language))


SIGNS = st.lists(
    st.one_of(st.sampled_from([*"()[]+-*/,=|.;'\"_ 0123Aé"]), st.sampled_from(["poor", "min", "ago", "total", "ytd"])),
    max_size=40,
).map("".join)


@given(st.one_of(st.text(max_size=520), SIGNS), st.text(max_size=8), st.sampled_from(LEVELS))
def test_hostile_text_is_refused_with_a_code_and_a_sentence_and_nothing_else(text: str, unit: str, level: str) -> None:
    if error := fault(text, unit, level):
        assert error.code in CODES
        assert 0 <= error.position <= len(text)
        assert all(refusal(error, words_of(language)) for language in LANGUAGES)
