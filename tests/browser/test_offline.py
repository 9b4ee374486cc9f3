"""Everything that pages need comes from the application itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dashboard.pages import PAGES
from tests.browser.visitor import ADMINISTRATOR

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

PLAIN_PATHS = [page.path for page in PAGES if "<" not in page.path]


@pytest.mark.parametrize("path", PLAIN_PATHS)
def test_a_page_asks_for_nothing_from_elsewhere(visitor: Visitor, path: str) -> None:
    visitor.signed_in(ADMINISTRATOR, then=path)
    assert visitor.page.url == f"{visitor.address}{path}"
    assert visitor.requests_elsewhere == []


def test_the_sign_in_page_asks_for_nothing_from_elsewhere(visitor: Visitor) -> None:
    visitor.open("/masuk")
    assert visitor.page.get_by_role("heading", level=1).is_visible()
    assert visitor.requests_elsewhere == []


@pytest.mark.parametrize("path", PLAIN_PATHS)
def test_every_file_of_a_page_is_found(visitor: Visitor, path: str) -> None:
    missing: list[str] = []
    visitor.page.on("response", lambda answer: answer.status >= 400 and missing.append(answer.url))
    visitor.signed_in(ADMINISTRATOR, then=path)
    assert missing == []
