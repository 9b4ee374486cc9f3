"""Conditions as somebody writes them: read whole or refused with what to do, and told as a sentence."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.aid.conditions.fields import FIELDS
from registry.aid.conditions.language import MOST_BYTES, MOST_TESTS, Comparison, Members, parse, parse_rows, read_json
from registry.aid.conditions.problems import REASONS, BadCondition
from registry.aid.conditions.sentence import Names, sentence, why_not
from words import words_of

MS, EN = words_of("ms"), words_of("en")
POOR = {"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": ["tegar", "miskin"]}
SQUARE = {"type": "Polygon", "coordinates": [[[101, 4], [101.1, 4], [101.1, 4.1], [101, 4.1], [101, 4]]]}


def _one(**parts: Any) -> Comparison:
    (node,) = parse([{"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": "tegar"} | parts]).nodes
    assert isinstance(node, Comparison)
    return node


def _row(who: str, name: str, operator: str, value: str, turn: str = "1") -> dict[str, str]:
    return {"kod_program": "P", "urutan": turn, "pada": who, "medan": name, "op": operator, "nilai": value}


def _refused(raw: Any, polygon: Any = None) -> BadCondition:
    with pytest.raises(BadCondition) as refused:
        parse(raw, polygon)
    assert MS(f"condition.problem_{refused.value.reason}", **refused.value.values)
    return refused.value


# reading


def test_what_was_read_is_kept_as_it_was_meant_and_reads_the_same_again() -> None:
    raw = [
        POOR,
        {
            "atau": [
                {"ahli": [{"pada": "ahli", "medan": "umur", "op": "antara", "nilai": [7, 17]}], "sekurang": 2},
                {
                    "pada": "isirumah",
                    "medan": "bantuan_berjalan",
                    "op": "tiada",
                    "nilai": {"keperluan": "RUMAH", "tarikh": "2026-03-15"},
                },
            ]
        },
        {"pada": "isirumah", "medan": "tanah_ekar", "op": "kosong", "nilai": True},
        {"pada": "isirumah", "medan": "pendapatan_perkapita", "op": "<", "nilai": 300.55},
    ]
    read = parse(read_json(json.dumps(raw)), SQUARE)
    assert read.stored() == raw
    assert parse(read.stored(), read.polygon) == read


@pytest.mark.parametrize(
    ("name", "written", "meant"),
    [
        ("strata", "luar bandar", "Luar Bandar"),
        ("strata", "LB", "Luar Bandar"),
        ("pemilikan", " sendiri ", "Sendiri"),
        ("bekalan_elektrik", True, "Ya"),
        ("bekalan_elektrik", "tidak", "Tidak"),
        ("tandas", "Kompos", "Kompos"),
    ],
)
def test_a_value_is_one_of_the_register_however_it_is_spelt(name: str, written: Any, meant: str) -> None:
    assert _one(medan=name, nilai=written).value == (meant,)


def test_rows_of_the_file_say_the_same_as_json() -> None:
    rows = [
        _row("penerima", "umur", "antara", "6|17", "3"),
        _row("isirumah", "status", "dalam", "tegar|miskin"),
        _row("kir", "umur", ">=", "60", "2"),
        _row("isirumah", "bantuan_berjalan", "tiada", "PENDAPATAN|2026-01-31", "4"),
        _row(
            "",
            "atau",
            "",
            json.dumps([POOR, {"pada": "ahli", "medan": "oku", "op": "bukan_dalam", "nilai": ["Tiada"]}]),
            "5",
        ),
        _row("ahli", "bersekolah", "dalam", "Tidak", "10"),
        _row("isirumah", "tanah_ekar", "kosong", "true", "11"),
    ]
    read = parse_rows(rows).stored()
    assert [node.get("medan", "") for node in read] == [
        "status", "umur", "umur", "bantuan_berjalan", "", "", "tanah_ekar"]  # fmt: skip
    assert read[2]["nilai"] == [6, 17]
    assert read[3]["nilai"] == {"keperluan": "PENDAPATAN", "tarikh": "2026-01-31"}
    assert read[4]["atau"][1]["sekurang"] == 1
    assert read[6]["nilai"] is True


def test_a_condition_on_a_member_alone_asks_for_one_member() -> None:
    (node,) = parse([{"pada": "ahli", "medan": "umur", "op": "<", "nilai": 7}]).nodes
    assert isinstance(node, Members)
    assert node.at_least == 1


def test_it_is_known_which_lists_are_sensitive_and_which_ask_who_is_aided() -> None:
    assert parse([{"atau": [POOR, {"pada": "kir", "medan": "oku", "op": "dalam", "nilai": "Fizikal"}]}]).is_sensitive
    assert not parse([POOR]).is_sensitive
    assert parse([{"pada": "penerima", "medan": "umur", "op": ">", "nilai": 6}]).asks_recipient


# refusing


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ({"medan": "statu"}, "unknown_field"),
        ({"pada": "kir"}, "wrong_who"),
        ({"pada": "jiran"}, "wrong_who"),
        ({"op": ">="}, "wrong_operator"),
        ({"op": "= 1; DROP"}, "wrong_operator"),
        ({"nilai": []}, "how_many_values"),
        ({"nilai": ["kaya"]}, "unknown_value"),
        ({"nilai": [{}]}, "no_text"),
        ({"nilai": "x" * 101}, "no_text"),
        ({"nilai": "a\x00b"}, "no_text"),
        ({"lain": 1}, "unknown_key"),
        ({"op": "kosong", "nilai": "mungkin"}, "true_or_false"),
        ({"medan": "bil_ahli", "op": "<", "nilai": True}, "no_number"),
        ({"medan": "bil_ahli", "op": "<", "nilai": "1e99"}, "no_number"),
        ({"medan": "bil_ahli", "op": "<", "nilai": "NaN"}, "no_number"),
        ({"medan": "bil_ahli", "op": "<", "nilai": [1, 2]}, "one_value"),
        ({"medan": "bil_ahli", "op": "antara", "nilai": [5, 2]}, "no_range"),
        ({"medan": "bantuan_pernah", "op": "ada", "nilai": 1}, "no_need"),
        ({"medan": "bantuan_berjalan", "op": "ada", "nilai": {"keperluan": "A", "tarikh": "esok"}}, "no_day"),
        ({"medan": "bantuan_pernah", "op": "ada", "nilai": {"keperluan": "A", "tarikh": "2026-01-01"}}, "no_need"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_its_place_and_what_to_write(parts: dict[str, Any], reason: str) -> None:
    refused = _refused([POOR, {"pada": "isirumah", "medan": "status", "op": "dalam", "nilai": "tegar"} | parts])
    assert refused.reason == reason
    assert " 2" in str(refused)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ({}, "no_list"),
        ([1], "no_condition"),
        ([{"atau": []}], "empty_list"),
        ([POOR] * (MOST_TESTS + 1), "too_many"),
        ([{"atau": [{"atau": [{"atau": [{"atau": [POOR]}]}]}]}], "too_deep"),
        ([{"ahli": [POOR]}], "not_of_member"),
        ([{"ahli": [{"pada": "ahli", "medan": "umur", "op": "<", "nilai": 7}], "sekurang": 0}], "at_least"),
        ([{"ahli": [{"ahli": [POOR]}]}], "too_deep"),
    ],
)
def test_a_list_that_is_none_or_goes_on_without_end_is_refused(raw: Any, reason: str) -> None:
    assert _refused(raw).reason == reason


@pytest.mark.parametrize(
    "text", ["{", "[" * 100_000, "[NaN]", '[{"op":1,"op":2}]', "[" + "9" * 5_000 + "]", "[-Infinity]", b"\xff\xfe\x00"]
)
def test_hostile_text_is_no_json(text: str | bytes) -> None:
    with pytest.raises(BadCondition) as refused:
        read_json(text)
    assert refused.value.reason == "no_json"


def test_text_that_is_too_large_is_not_even_read() -> None:
    with pytest.raises(BadCondition) as refused:
        read_json("[" + " " * MOST_BYTES + "]")
    assert refused.value.reason == "too_large"


@pytest.mark.parametrize(
    "polygon",
    [
        {},
        [],
        {"type": "Point", "coordinates": [101, 4]},
        {"type": ["Polygon"]},
        {"type": "Polygon", "coordinates": [[]]},
        {"type": "Polygon", "coordinates": [[[101, 4], [101.1, 4], [101.1, 4.1], [101, 4.1]]]},
        {"type": "Polygon", "coordinates": [[[10**400, 4], [101.1, 4], [101.1, 4.1], [10**400, 4]]]},
        {"type": "Polygon", "coordinates": [[[101, 4], [101.1, 4], [101.2, 4], [101, 4]]]},
    ],
)
def test_an_area_that_is_none_is_refused(polygon: Any) -> None:
    assert _refused([POOR], polygon).reason == "polygon"


@pytest.mark.parametrize(
    ("ring", "reason"),
    [
        ([[101, 4], [101.1, 4.1], [101.1, 4], [101, 4.1], [101, 4]], "polygon_crosses"),
        ([[1, 1], [2, 1], [2, 2], [1, 1]], "polygon_outside"),
        ([[4, 101], [4, 101.1], [4.1, 101.1], [4, 101]], "polygon_outside"),
    ],
)
def test_an_area_that_crosses_itself_or_is_elsewhere_is_told_so(ring: list[Any], reason: str) -> None:
    assert _refused([POOR], {"type": "Polygon", "coordinates": [ring]}).reason == reason


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["pada", "medan", "op", "nilai", "atau", "ahli", "sekurang"]), inner, max_size=5
        )
    ),
    max_leaves=20,
)


@given(_JSON)
def test_whatever_is_written_is_read_or_refused_in_words(raw: Any) -> None:
    reason = "read"
    try:
        parse(raw)
    except BadCondition as refused:
        reason = refused.reason
    assert reason in {"read", *REASONS}


# telling


def test_a_list_reads_as_one_sentence() -> None:
    rows = [
        _row("isirumah", "status", "dalam", "tegar|miskin"),
        _row("isirumah", "pemilikan", "dalam", "Sendiri", "2"),
        _row("isirumah", "jenis_kediaman", "dalam", "Sebuah|Berkembar|Teres", "3"),
    ]
    read = parse_rows(rows)
    assert sentence(read, MS, Names()) == (
        "isi rumah miskin tegar atau miskin, rumah sendiri, jenis sebuah, berkembar atau teres"
    )
    assert sentence(read, EN, Names()) == (
        "hardcore poor or poor households, own home, type detached, semi-detached or terraced"
    )


def test_members_alternatives_areas_and_aid_are_told_too() -> None:
    read = parse(
        [
            {"atau": [
                {"ahli": [{"pada": "ahli", "medan": "umur", "op": "antara", "nilai": [7, 17]},
                          {"pada": "ahli", "medan": "bersekolah", "op": "dalam", "nilai": ["Tidak"]}], "sekurang": 2},
                {"pada": "kir", "medan": "umur", "op": ">=", "nilai": 60}]},
            {"pada": "isirumah", "medan": "daerah", "op": "dalam", "nilai": ["0803", "0804"]},
            {"pada": "isirumah", "medan": "bantuan_pernah", "op": "tiada", "nilai": {"keperluan": "RUMAH"}},
            {"pada": "isirumah", "medan": "pendapatan_isirumah", "op": "<", "nilai": 1169},
        ],
        SQUARE,
    )  # fmt: skip
    names = Names(areas={"0803": "Kinta", "0804": "Kerian"}, needs={"RUMAH": "rumah"})
    assert sentence(read, MS, names) == (
        "isi rumah, (sekurang-kurangnya 2 ahli berumur 7 hingga 17 tahun dan tidak bersekolah atau KIR berumur 60 "
        "tahun ke atas), di daerah Kinta atau Kerian, tidak pernah menerima bantuan rumah, pendapatan isi rumah kurang "
        "daripada RM1,169, di dalam kawasan yang dilukis"
    )
    assert sentence(read, EN, names).startswith(
        "households, (at least 2 members aged 7 to 17 years and not in school or"
    )


def test_why_not_names_what_the_record_says_and_what_is_needed() -> None:
    assert why_not(_one(medan="pemilikan", nilai="Sendiri"), "Sewa", MS, Names()) == "Pemilikan: Sewa; perlu Sendiri"
    assert why_not(_one(medan="pemilikan", nilai="Sendiri"), None, EN, Names()) == "Tenure: not known; needs Owned"
    assert why_not(_one(medan="strata", nilai="Bandar"), "rural", EN, Names()) == "Strata: Rural; needs Urban"
    poor = why_not(_one(medan="pendapatan_perkapita", op="<", nilai=300), 412.5, MS, Names())
    assert poor == "Pendapatan per kapita: RM412.50; perlu pendapatan per kapita kurang daripada RM300"


@pytest.mark.parametrize("name", FIELDS)
@pytest.mark.parametrize("language", ["ms", "en"])
def test_every_question_of_every_field_has_words(name: str, language: str) -> None:
    field, words = FIELDS[name], words_of(language)
    for operator in field.operators:
        value: Any = field.values[0] if field.values else "0803"
        if field.kind == "number":
            value = [Decimal("1.5"), 2] if operator in {"antara", "dalam", "bukan_dalam"} else 3
        value = {"aid": {"keperluan": "RUMAH"}}.get(field.kind, value) if operator != "kosong" else True
        for who in field.who:
            read = parse([{"pada": who, "medan": name, "op": operator, "nilai": value}])
            told = sentence(read, words, Names())
            assert "condition." not in told
            assert "{" not in told
            for node in read.nodes:
                assert isinstance(node, Comparison | Members)
                assert "condition." not in why_not(node, None, words, Names())
