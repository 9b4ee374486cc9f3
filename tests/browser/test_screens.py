"""Leaves a picture of every page, wide and narrow, in both languages, in ``.screens`` for people to look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dashboard.i18n import LANGUAGES
from dashboard.pages import PAGES
from tests.browser.visitor import ADMINISTRATOR, NARROW, PLANNER, WIDE

if TYPE_CHECKING:
    from tests.browser.visitor import Visitor

SCREENS = Path(__file__).resolve().parents[2] / ".screens"
PATHS = ["/masuk", *(page.path for page in PAGES if "<" not in page.path), "/tiada"]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
@pytest.mark.parametrize("path", PATHS)
def test_a_page_has_its_picture(visitor: Visitor, path: str, size: tuple[int, int], language: str) -> None:
    visitor.sized(size).reading(language)
    if path == "/masuk":
        visitor.open(path)
    else:
        visitor.signed_in(PLANNER if path == "/" else ADMINISTRATOR, then=path)
    SCREENS.mkdir(exist_ok=True)
    name = path.strip("/").replace("/", "-") or "peta"
    picture = SCREENS / f"{name}-{language}-{size[0]}.png"
    visitor.page.screenshot(path=picture, full_page=size == NARROW)
    assert picture.stat().st_size > 10_000
