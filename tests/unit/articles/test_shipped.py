"""The articles that come along: both languages, plain Malay, and nothing named that is not there."""

from __future__ import annotations

import re

import pytest

from dashboard.pages.catalogue import PAGES
from portal.pages import PREFIX
from registry.articles.articles import LONGEST_BODY, LONGEST_TITLE
from registry.articles.markdown import cleaned
from registry.articles.models import AUDIENCES, KINDS, TRANSLATED
from registry.articles.shipped import (
    FOLDER,
    ShippedArticle,
    ShippedTranslation,
    malay_mark,
    shipped_articles,
    shipped_translations,
)
from tests.unit.dashboard.test_malay import AVOIDED

ARTICLES = list(shipped_articles())
SLUGS = {article.slug for article in ARTICLES}
TRANSLATIONS = list(shipped_translations())
# the signs of its own script that a text of the language cannot do without
SCRIPTS = {"zh": re.compile(r"[\u4e00-\u9fff]"), "ta": re.compile(r"[\u0b80-\u0bff]")}


def test_there_is_an_english_file_for_each_malay_one() -> None:
    assert len(ARTICLES) >= 25
    assert {path.name.removesuffix(".en.md") for path in FOLDER.glob("*.en.md")} == SLUGS
    assert {article.facts["audience"] for article in ARTICLES} == set(AUDIENCES)


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_an_article_says_the_same_in_both_languages(article: ShippedArticle) -> None:
    values = article.values()
    assert values["kind"] in KINDS
    for language in ("ms", "en"):
        assert 0 < len(str(values[f"title_{language}"])) <= LONGEST_TITLE
        assert 0 < len(str(values[f"body_{language}"])) <= LONGEST_BODY
    for mark in (r"^## ", r"^\d\. ", r"^\| ", r"^- "):
        counts = {len(re.findall(mark, text, re.MULTILINE)) for text in (article.body_ms, article.body_en)}
        assert len(counts) == 1, mark
    links = [sorted(re.findall(r"\]\(([^)]*)\)", text)) for text in (article.body_ms, article.body_en)]
    assert links[0] == links[1]


def test_the_same_ten_public_articles_stand_in_each_further_language() -> None:
    slugs = [{one.slug for one in TRANSLATIONS if one.language == language} for language in TRANSLATED]
    assert len(slugs[0]) >= 10
    assert all(those == slugs[0] for those in slugs)
    assert slugs[0] <= {article.slug for article in ARTICLES if article.facts["audience"] == "awam"}


@pytest.mark.parametrize("translation", TRANSLATIONS, ids=lambda one: f"{one.slug}.{one.language}")
def test_a_translation_follows_the_malay_it_was_made_from(translation: ShippedTranslation) -> None:
    malay = next(article for article in ARTICLES if article.slug == translation.slug)
    assert translation.made_from == malay_mark(malay.facts["title"], malay.body_ms), "translate what has changed first"
    assert 0 < len(translation.title) <= LONGEST_TITLE
    for mark in (r"^## ", r"^\d\. ", r"^\| ", r"^- ", r"\*\*"):
        counts = {len(re.findall(mark, text, re.MULTILINE)) for text in (malay.body_ms, translation.body)}
        assert len(counts) == 1, mark
    links, figures = r"\]\(([^)]*)\)", r"\d+(?:,\d{3})*"
    for told in (links, figures):
        assert sorted(re.findall(told, malay.body_ms)) == sorted(re.findall(told, translation.body))
    lines = [translation.title, *filter(None, translation.body.replace("|---|---|", "").splitlines())]
    assert [line for line in lines if not SCRIPTS[translation.language].search(line)] == []


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.slug)
def test_an_article_leads_nowhere_that_is_not(article: ShippedArticle) -> None:
    known = {page.path for page in PAGES} | {f"/ilmu/{slug}" for slug in SLUGS}
    known |= {f"{PREFIX}/{name}" for name in ("daftar", "ikut", "kod", "maklum", "semak")}
    assert set(re.findall(r"\]\(([^)]*)\)", article.body_ms)) <= known
    assert cleaned(article.body_ms) == article.body_ms
    names = {page.about.name for page in PAGES if page.about}
    assert set(article.facts.get("screens", "").split()) <= names


@pytest.mark.parametrize("avoided", AVOIDED)
def test_its_malay_is_that_of_the_standard(avoided: str) -> None:
    pattern = re.compile(rf"\b(?:{avoided})\b", re.IGNORECASE)
    assert [article.slug for article in ARTICLES if pattern.search(f"{article.facts['title']} {article.body_ms}")] == []


def test_no_page_is_explained_twice() -> None:
    named = [name for article in ARTICLES for name in article.facts.get("screens", "").split()]
    assert len(named) == len(set(named))
    assert len(named) > 70
