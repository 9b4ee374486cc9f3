"""A running application and a browser that may speak to nothing else."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from playwright.sync_api import expect, sync_playwright
from werkzeug.serving import make_server

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.session import SignedIn
from registry.db import WEB_ROLE, make_engine
from registry.settings import Settings
from tests.browser import world
from tests.browser.visitor import CHROMIUM, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser

    from registry.cluster import Cluster
    from tests.databases import Databases


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def sample_register(databases: Databases) -> Iterator[str]:
    """A database with the small register of ``world``, shared by all browser tests of a worker."""
    template = databases.derived_template(
        "browser", from_template=databases.template(), fill=world.fill, sources=world.SOURCES
    )
    name = databases.create(template)
    yield name
    databases.drop(name)


@pytest.fixture(scope="session")
def address(cluster: Cluster, sample_register: str) -> Iterator[str]:
    """Where the application is served over the small register."""
    engine = make_engine(cluster.url(user=WEB_ROLE, database=sample_register).render_as_string(hide_password=False))
    settings = Settings(home=cluster.home)
    deps = Deps(settings, engine, SignedIn(engine, settings.session_hours, idle_minutes=600))
    server = make_server("127.0.0.1", 0, create_app(deps).server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, as far from the internet as it can be told to stay."""
    # a loaded machine is slow, which says nothing about the claim
    expect.set_options(timeout=20_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM.path(), args=CHROMIUM.arguments)
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    """Somebody with an empty browser; a request to elsewhere or an error in a script fails the test."""
    visitor = Visitor(browser, address)
    yield visitor
    visitor.close()
    assert visitor.requests_elsewhere == []
    assert visitor.script_errors == []
