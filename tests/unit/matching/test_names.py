"""Two spellings of one name are alike, whatever community it is from; two names are not."""

from __future__ import annotations

import pytest

from registry.matching.names import consonants, name_key, telling_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Mohd Faizal bin Hassan", "MUHAMMAD FAIZAL B. HASAN"),
        ("Hj. Ahmad bin Othman", "Ahmad Osman"),
        ("Hajah Siti Aishah binti Yusof", "Siti Aisyah bt Yusoff"),
        ("Abd Rahman bin Ismail", "Abdul Rahman Ismail"),
        ("Tan Wei Jie", "Wei Jie Tan"),
        ("Lim Ah Kow @ Lim Kok Seng", "Lim Ah Kow"),
        ("Murugan a/l Subramaniam", "MURUGAN A / L SUBRAMANIAN"),
        ("Letchumy a/p Muniandy", "Letchumi d/o Muniandi"),
        ("Jelani anak Unggat", "Jelani ak Unggat"),
        ("Dayang Suli binti Awang Tajang", "dayang suli  awang tajang"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_have_one_form(one: str, other: str) -> None:
    assert name_key(one).ordered == name_key(other).ordered


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ahmad bin Ali", "Ali bin Abu"),
        ("Tan Wei Jie", "Lim Wei Jie"),
        ("Siti Aminah binti Daud", "Siti Halimah binti Daud"),
        ("Jelani anak Unggat", "Jipun anak Unggat"),
    ],
)  # fmt: skip
def test_two_names_keep_two_forms(one: str, other: str) -> None:
    assert name_key(one).ordered != name_key(other).ordered
    assert name_key(one).sound != name_key(other).sound


def test_a_clan_name_is_no_title() -> None:
    assert name_key("Tan Mei Ling").words == "TAN MEI LING"


def test_what_so_many_have_tells_nobody_apart_unless_there_is_nothing_else() -> None:
    assert name_key("Muhammad Nur Hakim bin Abdul Ghani").telling == "GHANI HAKIM"
    assert name_key("Siti").telling == "SITI"


def test_telling_words_are_those_to_look_up_by() -> None:
    assert telling_words("Mohd Zulkifli bin Haji Ali") == ("ZULKIFLI", "ALI")
    assert telling_words("Siti binti") == ("SITI",)
    assert telling_words("") == ()


@pytest.mark.parametrize(("one", "other"), [("HASSAN", "HASAN"), ("SYAFIE", "SHAFIE"), ("ZULKIFLI", "JULKIPLI")])
def test_slips_of_the_ear_sound_alike_or_nearly(one: str, other: str) -> None:
    assert consonants(one)[:2] == consonants(other)[:2]
