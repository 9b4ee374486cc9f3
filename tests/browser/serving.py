"""A small register, the application served over it, and somebody who visits."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING

from werkzeug.serving import make_server

from dashboard.deps import Deps
from dashboard.factory import create_app
from dashboard.signin.session import SignedIn
from registry.db import WEB_ROLE, make_engine
from registry.installation.settings import Settings
from tests.browser import world
from tests.browser.visitor import Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser

    from registry.installation.cluster import Cluster
    from tests.databases import Databases


@contextmanager
def small_register(databases: Databases) -> Iterator[str]:
    """The name of a database with the small register of ``world``."""
    template = databases.derived_template(
        "browser", from_template=databases.template(), fill=world.fill, sources=world.SOURCES
    )
    name = databases.create(template)
    yield name
    databases.drop(name)


@contextmanager
def served(cluster: Cluster, database: str, *, home: Path | None = None) -> Iterator[str]:
    """The address of the application over a database; ``home`` is where it keeps files, the cluster's without it."""
    engine = make_engine(cluster.url(user=WEB_ROLE, database=database).render_as_string(hide_password=False))
    settings = Settings(home=home or cluster.home, session_idle_minutes=600)
    deps = Deps(settings, engine, SignedIn(engine))
    server = make_server("127.0.0.1", 0, create_app(deps).server, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()
    engine.dispose()


@contextmanager
def visiting(browser: Browser, address: str) -> Iterator[Visitor]:
    """Somebody with an empty browser; a request to elsewhere or an error in a script fails the test."""
    visitor = Visitor(browser, address)
    yield visitor
    visitor.close()
    assert not visitor.requests_elsewhere, visitor.requests_elsewhere
    assert not visitor.script_errors, visitor.script_errors
