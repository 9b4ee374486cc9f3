"""Malay as government writes it: the words of Dewan Bahasa, none twice in a row, figures as Malaysia writes them."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Final

import pytest

from dashboard.pages import help as help_page
from geo.names import REFERENCE
from layers import numbers
from registry.principals import Role
from words import CATALOGUES, LANGUAGES, read_catalogue, words_of

# what is written otherwise, by mistake or in another standard, and how it should be
AVOIDED: Final = {
    r"kemaskini|dikemaskini|mengemaskini": "kemas kini, dikemas kini, mengemas kini",
    r"mutu": "kualiti",
    r"bertindan|pertindanan": "bertindih, pertindihan",
    r"kejituan": "ketepatan",
    r"diisytihar|dianggar|diguna|ditanda|dimuat": "diisytiharkan, dianggarkan, digunakan, ditandakan, dimuatkan",
    r"ditandai|tandai": "ditandakan, tandakan",
    r"dipakai|memakai": "digunakan, menggunakan",
    r"sengkang": "sempang",
    r"set semula|agih semula": "tetapkan semula, agihkan semula",
    r"daftar masuk|daftar keluar|log in|log out": "log masuk, log keluar",
    r"on track|off track": "mengikut sasaran, tertinggal",
    r"di mana (?:ia|bilangan|terdapat)": "yang, jika",
}
# English that has a usual Malay word; names of things (English, Natural Earth, GeoPackage, .zip) are not among them
ENGLISH: Final = frozenset({
    "about", "account", "address", "admin", "and", "any", "area", "back", "by", "cancel", "case", "change",
    "check", "close", "code", "cohort", "dashboard", "date", "default", "delete", "delivery", "download",
    "draft", "email", "error", "export", "file", "filter", "for", "form", "from", "help", "household", "income",
    "layer", "list", "login", "logout", "map", "member", "name", "number", "of", "officer", "offline", "online",
    "open", "page", "password", "please", "poor", "rate", "record", "report", "reset", "row", "sample", "save",
    "search", "settings", "system", "table", "target", "the", "to", "trend", "update", "upload", "user", "view",
    "visit", "with", "worklist", "year", "you", "your",
})  # fmt: skip
# the words a boundary file is read by stand there as they have to stand in the file
_MAY_BE_ENGLISH: Final = {"boundary.problem_no_column": {"code", "name"}}
TEXTS: Final = {
    language: {
        key: " | ".join(forms) for path in sorted((CATALOGUES / language).glob("*.po"))
        for key, forms in read_catalogue(path).items()
    }
    for language in LANGUAGES
}  # fmt: skip


def _plain(text: str) -> str:
    return re.sub(r"\{\w+\}", "…", text)


@pytest.mark.parametrize("avoided", AVOIDED)
def test_words_are_those_of_the_standard(avoided: str) -> None:
    pattern = re.compile(rf"\b(?:{avoided})\b", re.IGNORECASE)
    assert {key: text for key, text in TEXTS["ms"].items() if pattern.search(_plain(text))} == {}


def test_no_english_stands_inside_malay() -> None:
    found = {
        key: english
        for key, text in TEXTS["ms"].items()
        if (english := ENGLISH & set(re.findall(r"[a-z]+", _plain(text).lower())) - _MAY_BE_ENGLISH.get(key, set()))
        and key != "language.en_title"
    }
    assert found == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_comes_twice_in_a_row(language: str) -> None:
    twice = re.compile(r"\b([^\W\d_]+) \1\b", re.IGNORECASE)
    assert {key: text for key, text in TEXTS[language].items() if twice.search(_plain(text))} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_how_a_place_is_known_reads_well_in_its_sentences(language: str) -> None:
    words = words_of(language)
    methods = [key for key in TEXTS[language] if key.startswith("method.")]
    said = [words("tasks.why_unplaced", method=words(method)) for method in methods]
    assert said
    assert not [text for text in said if re.search(r"\b(\w+) \1\b", text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_per_cent_stands_at_its_figure(language: str) -> None:
    assert {key: text for key, text in TEXTS[language].items() if re.search(r"[\d}]\s+%", text)} == {}
    written = (numbers.share(0.004), numbers.share(0.0000001), numbers.change(-0.031), numbers.change(0.5))
    assert written == ("0.4%", "< 0.1%", "▼ 3.1%", "▲ 50.0%")


def test_money_stands_at_its_sign() -> None:
    assert {key: text for key, text in TEXTS["ms"].items() if re.search(r"\bRM\s+\d", text)} == {}


def test_months_are_as_malaysia_writes_them() -> None:
    words = words_of("ms")
    written = [numbers.month(date(2025, month, 1), words) for month in range(1, 13)]
    names = ("Jan", "Feb", "Mac", "Apr", "Mei", "Jun", "Jul", "Ogos", "Sep", "Okt", "Nov", "Dis")
    assert written == [f"{name} 2025" for name in names]


def test_no_text_has_two_blanks_or_a_blank_before_a_stop() -> None:
    assert {key: text for key, text in TEXTS["ms"].items() if re.search(r"\S  \S|\w [.,;:?!](?:\s|$)", text)} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_says_of_each_role_what_it_sees(language: str) -> None:
    assert sorted(help_page.ROLES) == sorted(Role)
    said = [words_of(language)(f"help.role_{role}") for role in Role]
    assert len(set(said)) == len(Role) == 11


def test_indicators_are_named_in_the_same_malay() -> None:
    names = " | ".join(
        text
        for indicator in json.loads((REFERENCE / "indicators.json").read_text(encoding="utf-8"))
        for text in (indicator["name_ms"], indicator["source_ms"])
    )
    assert not [avoided for avoided in AVOIDED if re.search(rf"\b(?:{avoided})\b", names, re.IGNORECASE)]
    assert not ENGLISH & set(re.findall(r"[a-z]+", names.lower()))
