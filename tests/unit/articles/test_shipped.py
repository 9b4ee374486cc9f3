"""The articles that come along: both languages, plain Malay, and nothing named that is not there."""

from __future__ import annotations

import re

import pytest

from dashboard.pages.catalogue import PAGES
from portal.pages import PREFIX
from registry.articles.articles import LONGEST_BODY, LONGEST_TITLE
from registry.articles.markdown import cleaned
from registry.articles.models import AUDIENCES, KINDS
from registry.articles.shipped import FOLDER, ShippedArticle, shipped_articles
from tests.unit.dashboard.test_malay import AVOIDED

ARTICLES = list(shipped_articles())
SLUGS = {article.slug for article in ARTICLES}


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
