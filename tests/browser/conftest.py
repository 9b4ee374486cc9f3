"""A running application and a browser that may speak to nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright

from registry.db import OWNER_ROLE, make_engine
from tests.browser.hasty import Hasty
from tests.browser.serving import served, small_register, visiting
from tests.browser.visitor import CHROMIUM, LOCALE, MOST_MS, ZONE, keep_window

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser
    from sqlalchemy import Engine

    from registry.installation.cluster import Cluster
    from tests.browser.visitor import Visitor
    from tests.databases import Databases


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def sample_register(databases: Databases) -> Iterator[str]:
    """A database with the small register of ``world``, shared by the tests of one file."""
    with small_register(databases) as name:
        yield name


@pytest.fixture(scope="module")
def address(cluster: Cluster, sample_register: str) -> Iterator[str]:
    """Where the application is served over the small register."""
    with served(cluster, sample_register) as place:
        yield place


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Chromium, as far from the internet as it can be told to stay, with a profile of its own."""
    expect.set_options(timeout=MOST_MS)
    with sync_playwright() as playwright:
        window = playwright.chromium.launch_persistent_context(
            tmp_path_factory.mktemp("profile"),
            executable_path=CHROMIUM.path(),
            # a page is seldom open long enough to earn what compiling its scripts to machine code takes beside it
            args=(*CHROMIUM.arguments, "--js-flags=--no-opt --no-maglev"),
            locale=LOCALE,
            timezone_id=ZONE,
        )
        keep_window(window)
        assert window.browser is not None
        yield window.browser
        window.close()


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    """Somebody with an empty browser; a request to elsewhere or an error in a script fails the test."""
    with visiting(browser, address) as visitor:
        yield visitor


@pytest.fixture
def register(cluster: Cluster, sample_register: str) -> Iterator[Engine]:
    """The register behind the pages, as its owner."""
    url = cluster.url(user=OWNER_ROLE, database=sample_register)
    engine = make_engine(url.render_as_string(hide_password=False))
    yield engine
    engine.dispose()


@pytest.fixture
def hasty(visitor: Visitor) -> Iterator[Hasty]:
    """The same person in a hurry, at a slow computer."""
    hasty = Hasty(visitor)
    yield hasty
    hasty.at_ease()
