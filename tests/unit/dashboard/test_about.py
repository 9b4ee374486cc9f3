"""Every page says in both languages what it is, what its words mean and which keys it knows."""

from __future__ import annotations

import pytest

from dashboard.about import about_page
from dashboard.pages.catalogue import PAGES
from words import LANGUAGES, words_of

ABOUT = {page.about.name: page.about for page in PAGES if page.about is not None}


def test_every_page_says_what_it_is() -> None:
    assert [page.path for page in PAGES if page.about is None] == []


def test_each_page_has_a_name_of_its_own() -> None:
    assert len(ABOUT) == len(PAGES)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(ABOUT))
def test_the_help_of_a_page_is_told_in_words(name: str, language: str) -> None:
    words = words_of(language)
    told = str(about_page(ABOUT[name], words, path="/kpi").to_plotly_json())
    assert words(f"about.{name}") in told
    assert "/sokongan/baharu?halaman=%2Fkpi" in told
    assert "data-ek-keep-view" in told
    assert all(words(f"about.meaning_{term}") in told for term in ABOUT[name].terms)
    assert all(words(f"about.key_{key}") in told for key in (*ABOUT[name].keys, "find", "keys"))
