"""An address leads to its page, for who may open it; any other says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from dash import html
from flask import Flask

from dashboard.router import Page, page_at
from registry.principals import Permission, Role
from tests.unit.dashboard.app import PEOPLE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dash.development.base_component import Component

PLANNER, OFFICER = PEOPLE[Role.PLANNER], PEOPLE[Role.OFFICER]


def echo(**query: str) -> Component:
    """A page that shows what it was told."""
    return html.Pre(str(sorted(query.items())), id="echo")


def wire_nothing(_app: Any, _deps: Any) -> None:
    """A page without callbacks."""


PAGES = (
    Page("/", "nav.help", Permission.READ_AGGREGATES, echo, wire_nothing),
    Page("/isi-rumah/<household>", "nav.help", Permission.READ_PERSONS, echo, wire_nothing),
)


@pytest.fixture(autouse=True)
def request_context() -> Iterator[None]:
    with Flask("test").test_request_context("/"):
        yield


def opened(path: str, search: str = "", *, by: Any = OFFICER) -> str:
    """The page as it travels to the browser."""
    return str([part.to_plotly_json() for part in page_at(PAGES, by, path=path, search=search)])


def test_a_page_gets_its_query() -> None:
    assert "('in', '08')" in opened("/", "?in=08&level=district")


def test_a_page_gets_the_variable_of_its_address() -> None:
    assert "('household', '12')" in opened("/isi-rumah/12")


def test_a_query_cannot_take_the_place_of_the_address() -> None:
    assert "('household', '12')" in opened("/isi-rumah/12", "?household=99")


def test_a_name_that_is_no_word_does_no_harm() -> None:
    assert "('a b', '1')" in opened("/", "?a%20b=1&=2")


@pytest.mark.parametrize("path", ["/tiada", "/isi-rumah/12/more", "/isi-rumah/", "/ISI-RUMAH/12"])
def test_an_address_without_a_page_says_so(path: str) -> None:
    assert "echo" not in opened(path)
    assert "ek-state-empty" in opened(path)


def test_who_may_not_open_a_page_is_told_so_and_sees_nothing_of_it() -> None:
    page = opened("/isi-rumah/12", by=PLANNER)
    assert "echo" not in page
    assert "ek-state-refusal" in page


def test_nobody_sees_a_page() -> None:
    assert "echo" not in opened("/", by=None)
