"""Every page says in both languages what it is, what its words mean and which keys it knows."""

from __future__ import annotations

import pytest

from dashboard.about import PAGES as ABOUT
from dashboard.about import about_page
from dashboard.pages.catalogue import PAGES
from words import LANGUAGES, words_of


def test_every_page_says_what_it_is() -> None:
    assert [page.path for page in PAGES if page.about not in ABOUT] == []


def test_what_is_said_belongs_to_a_page() -> None:
    assert {page.about for page in PAGES} == set(ABOUT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", sorted(ABOUT))
def test_the_help_of_a_page_is_told_in_words(name: str, language: str) -> None:
    words = words_of(language)
    told = str(about_page(name, words).to_plotly_json())
    assert words(f"about.{name}") in told
    assert all(words(f"about.meaning_{term}") in told for term in ABOUT[name].terms)
    assert all(words(f"about.key_{key}") in told for key in (*ABOUT[name].keys, "find", "keys"))
