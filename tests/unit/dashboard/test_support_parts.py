"""What the pages of support take from an address is what a page made, and nothing that was looked for goes along."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from dashboard.pages.support.board import average, share
from dashboard.pages.support.parts import known_number, known_page
from queries.support import After


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("/kpi", "/kpi"), ("/isi-rumah/12?nama=Aminah", "/isi-rumah/12"), ("/cari#Aminah", "/cari"),
        ("//luar.example", ""), ("javascript:alert(1)", ""), ("kpi", ""), ("/a b", ""),
        ("/" + "a" * 300, ""), ("", ""),
    ],
)  # fmt: skip
def test_the_page_of_a_ticket_is_an_address_of_ours_without_its_query(asked: str, kept: str) -> None:
    assert known_page(asked) == kept


def test_a_number_has_the_form_of_one() -> None:
    assert known_number("T00000012") == "T00000012"
    for wrong in ("T1", "R00000012", "T0000001x", "../T00000012", ""):
        assert known_number(wrong) is None


def test_a_key_of_a_list_is_written_and_read_exactly() -> None:
    key = After(datetime(2026, 11, 30, 10, 21, 7, 123457, tzinfo=UTC), 42)
    assert After.parse(key.written()) == key
    for wrong in ("", "12", "-12", "a-b", "1-"):
        assert After.parse(wrong) is None


def test_a_share_says_what_it_is_of() -> None:
    assert (share(1, 3), share(0, 0)) == ("33% (1/3)", "—")
    assert (average(13, 3), average(0, 0)) == ("4.3 / 5 (3)", "—")
