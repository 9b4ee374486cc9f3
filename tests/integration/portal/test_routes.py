"""Every address of the portal: stated, fenced, bounded, in four languages, without a script."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import pytest

from portal.factory import MOST_BYTES
from portal.language import COOKIE, LANGUAGES
from portal.routes import STATED
from words import CATALOGUES, read_catalogue

if TYPE_CHECKING:
    from flask import Flask
    from flask.testing import FlaskClient

    from tests.integration.portal.conftest import Visitor

MOST_PAGE_BYTES = 100 * 1024


def shown_addresses(app: Flask) -> list[str]:
    """The addresses that show a page and name nothing."""
    rules = [rule for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ()) and not rule.arguments]
    return sorted(rule.rule for rule in rules)


def size_of(portal: FlaskClient, path: str) -> int:
    with portal.get(path) as answer:
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        return len(answer.get_data())


def test_every_route_says_what_it_is_for(portal: FlaskClient) -> None:
    views = portal.application.view_functions
    assert len(views) > 8
    assert [name for name, view in views.items() if not hasattr(view, STATED)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_is_small_fenced_and_without_script_or_cookie(portal: FlaskClient, language: str) -> None:
    for path in shown_addresses(portal.application):
        answer: Any = portal.get(path, headers={"Cookie": f"{COOKIE}={language}"})
        assert answer.status_code in {HTTPStatus.OK, HTTPStatus.FOUND}, path
        assert "Set-Cookie" not in answer.headers, path
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; "), path
        assert "unsafe" not in answer.headers["Content-Security-Policy"], path
        assert answer.headers["Referrer-Policy"] == "no-referrer", path
        assert answer.headers["X-Content-Type-Options"] == "nosniff", path
        assert answer.headers["Cache-Control"] == "no-store", path
        page = answer.get_data(as_text=True)
        if answer.mimetype == "text/html" and answer.status_code == HTTPStatus.OK:
            assert f'<html lang="{language}">' in page, path
            assert re.search(r"<script(?![^>]* src=)|<style| style=| on\w+=|https?://", page) is None, path
            files = set(re.findall(r'(?:src|href|data-worker)="(/awam/fail/[^"]+)"', page))
            assert len(answer.data) + sum(size_of(portal, file) for file in files) <= MOST_PAGE_BYTES, path


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code not in {"ms", "en"}])
def test_what_the_portal_says_is_said_in_its_other_languages_too(language: str) -> None:
    for path in sorted((CATALOGUES / "ms").glob("portal*.po")):
        ours, theirs = read_catalogue(path), read_catalogue(CATALOGUES / language / path.name)
        assert theirs.keys() == ours.keys(), path.name
        for key, forms in ours.items():
            asked = set(re.findall(r"{\w+}", forms[0]))
            assert set(re.findall(r"{\w+}", theirs[key][0])) == asked, key


def test_the_portal_speaks_in_short_sentences() -> None:
    said = [
        sentence.split()
        for path in sorted((CATALOGUES / "ms").glob("portal*.po"))
        for forms in read_catalogue(path).values()
        for sentence in re.split(r"(?<=[.!?:])\s+|\n", forms[0])
    ]
    assert len(said) > 300
    assert [" ".join(words) for words in said if len(words) > 20] == []


def test_an_unchecked_language_says_that_it_is(visitor: Visitor) -> None:
    for language, marked in (("ms", False), ("en", False), ("zh", True), ("ta", True)):
        page = visitor.client.get("/awam", headers={"Cookie": f"{COOKIE}={language}"}).get_data(as_text=True)
        assert ('class="unchecked"' in page) == marked


def test_a_language_is_chosen_by_a_link_and_leads_nowhere_else(visitor: Visitor) -> None:
    chosen = visitor.get("/awam/bahasa/en?ke=/awam/semak")
    assert (chosen.headers["Location"], chosen.headers["Set-Cookie"].split(";")[0]) == ("/awam/semak", f"{COOKIE}=en")
    for elsewhere in ("//evil.example", "https://evil.example/awam", "/awam/\\evil.example", "/masuk", ""):
        assert visitor.get(f"/awam/bahasa/en?ke={elsewhere}").headers["Location"] == "/awam"
    assert "Set-Cookie" not in visitor.get("/awam/bahasa/xx").headers


def test_what_is_no_form_is_refused_in_words(visitor: Visitor) -> None:
    sent = visitor.client.post("/awam/semak", json={"identity": "900101081234"})
    assert sent.status_code == HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    large = visitor.post("/awam/semak", {"identity": "9" * (MOST_BYTES + 1)})
    assert large.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    many = visitor.post("/awam/semak", {f"f{n}": "x" for n in range(200)})
    assert many.status_code == HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    assert visitor.get("/awam/tiada").status_code == HTTPStatus.NOT_FOUND
    assert visitor.client.put("/awam/semak").status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_programs_are_told_what_to_leave_alone_and_whom_to_tell(visitor: Visitor) -> None:
    assert "Disallow: /\n" in visitor.get("/robots.txt").get_data(as_text=True)
    assert "/awam/semak</loc>" in visitor.get("/sitemap.xml").get_data(as_text=True)
    assert re.search(r"Contact: .+\nExpires: 20\d\d-", visitor.get("/.well-known/security.txt").get_data(as_text=True))
